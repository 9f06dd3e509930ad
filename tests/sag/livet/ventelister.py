"""Who waits for which offer: written up, offered a place, passed over with a reason, and no longer waiting."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from faelles.tid import Periode, idag, nu
from reservationer.sag.foran import Spring
from reservationer.sag.overgange import Udfald
from reservationer.sag.priser import Prisaftale
from reservationer.venteliste.actions import afmeld, fastsaet_regel, skriv_op
from reservationer.venteliste.begreber import Afslutning, Regel, Springgrund
from reservationer.venteliste.models import Forbigaaelse, Venteliste, Ventelistepost
from reservationer.venteliste.queries import positioner
from reservationer.venteliste.tildeling import Plads, giv_til_ingen, tilbyd
from tests import fabrik
from tests.rammeaftale.ur import Ur
from tests.sag.livet.aftaler import Aftaler
from tests.sag.livet.bogen import GYLDIG, HJEMMEL, Sag, Udbud
from tests.sag.livet.reservationer import HVEM, HVILKEN, KOEBERE, TAKST

REGLER = {"Gladsaxe": Regel.TUR, "Herlev": Regel.EGNE_FOERST}
STED = st.sampled_from(list(REGLER))
ALLE_PLADSER = {"Gladsaxe": 7, "Herlev": 8}  # the number that stands for any place there
GRUNDE = list(Springgrund)[:5]


@dataclass(eq=False)
class Post:
    """One who waits, or has: `sprunget` is how often and why somebody else came before."""

    hvem: int
    sted: str
    henvendelse: UUID
    afslutning: str = ""
    sprunget: Counter[str] = field(default_factory=Counter)


class Ventelister(Aftaler):
    """The life of `Aftaler`, in which some wait for a place."""

    def __init__(self, ur: Ur) -> None:
        super().__init__(ur)
        self.poster: dict[UUID, Post] = {}
        self.henvendelser: dict[UUID, UUID] = {}  # of each reservation that was offered
        self.lister = {
            sted: fastsaet_regel(aktoer=self.saelgere[sted], tilbud_id=afdeling.tilbud_id, regel=REGLER[sted])
            for sted, afdeling in self.afdelinger.items()
        }

    # --- What the book says ---------------------------------------------------------------------------------------------

    def _koe(self, sted: str) -> list[tuple[UUID, Post]]:
        """Those who wait for the offer, the first first; they were written in the order they came."""
        venter = [(pk, post) for pk, post in self.poster.items() if post.sted == sted and not post.afslutning]
        if REGLER[sted] is Regel.EGNE_FOERST:
            venter.sort(key=lambda en: KOEBERE[en[1].hvem] != sted)
        return venter

    def _er_tilbudt(self, post: Post) -> bool:
        aabne = (u for u in self.bog.udbud.values() if u.henvendelse == post.henvendelse)
        holdt = (self.bog.sager[pk] for pk, hvis in self.henvendelser.items() if hvis == post.henvendelse)
        return any(u.tilstand == "tilbudt" and idag() <= u.sidste for u in aabne) or any(
            sag.tilstand == "afventer" and sag.krav.gaelder(nu()) for sag in holdt
        )

    def _forbi(self, sted: str, valgt: UUID | None) -> list[UUID]:
        """Who is passed over when the place goes to this one, or to nobody on the list."""
        koe = self._koe(sted)
        foran = koe[: [pk for pk, _ in koe].index(valgt)] if valgt else koe
        return [pk for pk, post in foran if not self._er_tilbudt(post)]

    def _hindret_tilbud(self, sted: str) -> str:
        return "venter_foran" if self._forbi(sted, None) else ""

    def _slut_med(self, henvendelse: UUID, afslutning: str) -> None:
        for post in self.poster.values():
            if post.henvendelse == henvendelse and not post.afslutning:
                post.afslutning = afslutning

    # --- What is done ---------------------------------------------------------------------------------------------------

    @rule(hvem=HVEM, sted=STED)
    def skriv_op(self, hvem: int, sted: str) -> None:
        self.ur.tick(timedelta(minutes=1))  # nobody comes at the same instant
        self._stil_databasens_ur()
        koeber = self.koebere[hvem]
        henvendelse = fabrik.henvendelse(
            self.afdelinger[sted].tilbud, af=koeber, reference=f"venter {len(self.poster)}"
        )
        post = self.spil("", lambda: skriv_op(aktoer=koeber, henvendelse_id=henvendelse.pk))
        assert post is not None
        self.poster[post.pk] = Post(hvem, sted, henvendelse.pk)

    @rule(sted=STED, hvilken=HVILKEN, begrundet=st.sampled_from([True, True, True, False]), dag=st.integers(0, 5))
    def tilbyd_fra_listen(self, sted: str, hvilken: int, begrundet: bool, dag: int) -> None:
        """Any place of the department to one who waits, with a reason for each who is passed over or for all but the last."""
        if not (fundet := self._vaelg(dict(self._koe(sted)), hvilken)):
            return
        pk, post = fundet
        forbi = self._forbi(sted, pk)
        grunde = self._grunde(forbi, begrundet=begrundet)
        aabent = any(
            u.henvendelse == post.henvendelse and u.tilstand == "tilbudt" and idag() <= u.sidste
            for u in self.bog.udbud.values()
        )
        ventet = "ugyldig_tildeling" if len(grunde) < len(forbi) else "pladstilbud_findes" if aabent else ""
        plads = Plads(self.afdelinger[sted].pk, Periode(fabrik.om(dag)), Prisaftale(Decimal(TAKST[HJEMMEL])))
        liste = self._genlaest(sted)
        nyt = self.spil(
            ventet,
            lambda: tilbyd(
                aktoer=self.saelgere[sted], venteliste_id=liste.pk, henvendelse_id=post.henvendelse,
                set_=liste.tildelinger, plads=plads, grunde=grunde,
            ),
        )  # fmt: skip
        if nyt is not None:
            self.bog.udloeb_af(post.henvendelse, idag())
            sidste = idag() + GYLDIG
            ny = Udbud(post.hvem, ALLE_PLADSER[sted], sted, fabrik.om(dag), None, sidste, post.henvendelse)
            self.bog.udbud[nyt.pk] = ny
            self._spring(grunde)

    def _grunde(self, forbi: list[UUID], *, begrundet: bool) -> dict[UUID, Spring]:
        naevnt = forbi if begrundet else forbi[:-1]
        return {pk: Spring(GRUNDE[nummer % len(GRUNDE)]) for nummer, pk in enumerate(naevnt)}

    def _grunde_til(self, _pk: UUID | None, _sted: str) -> dict[UUID, Spring]:
        """What was offered is confirmed without asking again; whatever else is given passes over all who wait."""
        return {} if _pk in self.henvendelser else self._grunde(self._forbi(_sted, None), begrundet=True)

    def _genlaest(self, sted: str) -> Venteliste:
        self.lister[sted].refresh_from_db()
        return self.lister[sted]

    def _spring(self, grunde: dict[UUID, Spring]) -> None:
        for pk, spring in grunde.items():
            self.poster[pk].sprunget[spring.grund] += 1

    @rule(sted=STED, begrundet=st.booleans())
    def giv_til_ingen(self, sted: str, begrundet: bool) -> None:
        """A place is free and nobody gets it; each who could have has a reason."""
        forbi = self._forbi(sted, None)
        grunde = self._grunde(forbi, begrundet=begrundet)
        ventet = "ingen_venter" if not forbi else "ugyldig_tildeling" if len(grunde) < len(forbi) else ""
        liste = self._genlaest(sted)
        self.spil(
            ventet,
            lambda: giv_til_ingen(
                aktoer=self.saelgere[sted], venteliste_id=liste.pk, set_=liste.tildelinger,
                afdeling_id=self.afdelinger[sted].pk, grunde=grunde,
            ),
        )  # fmt: skip
        if not ventet:
            self._spring(grunde)

    @rule(hvilken=HVILKEN)
    def afmeld(self, hvilken: int) -> None:
        if fundet := self._vaelg(self.poster, hvilken):
            pk, post = fundet
            ventet = "venter_ikke_laengere" if post.afslutning else ""
            grund = Afslutning.BEHOV_BORTFALDET
            self.spil(ventet, lambda: afmeld(aktoer=self.koebere[post.hvem], post_id=pk, grund=grund))
            post.afslutning = post.afslutning or grund.value

    # --- What ends it ---------------------------------------------------------------------------------------------------

    def _tag_imod(self, pk: UUID, udbud: Udbud) -> None:
        foer = set(self.bog.sager)
        super()._tag_imod(pk, udbud)
        self.henvendelser |= dict.fromkeys(set(self.bog.sager) - foer, udbud.henvendelse)

    def _beslut(self, pk: UUID, sag: Sag, udfald: Udfald) -> None:
        super()._beslut(pk, sag, udfald)
        if sag.tilstand == "bekraeftet" and pk in self.henvendelser:
            self._slut_med(self.henvendelser[pk], "plads")

    def _slut_forespoergsel(self, udbud: Udbud, udfald: Udfald) -> None:
        super()._slut_forespoergsel(udbud, udfald)
        if udbud.svar in {"trukket", "afvist"}:
            self._slut_med(udbud.henvendelse, udbud.svar)
            for tidligere in self.bog.udbud.values():
                if tidligere.henvendelse == udbud.henvendelse:
                    tidligere.slut(udbud.svar, idag())

    # --- What is always true --------------------------------------------------------------------------------------------

    @invariant()
    def waiting_is_as_told(self) -> None:
        alle = {post.pk: post for post in self._alle(Ventelistepost).select_related("venteliste")}
        sprunget: dict[UUID, Counter[str]] = {pk: Counter() for pk in self.poster}
        for post, grund in self._alle(Forbigaaelse).values_list("post", "grund"):
            sprunget[post][grund] += 1
        assert {pk: post.afslutning for pk, post in alle.items()} == {
            pk: post.afslutning for pk, post in self.poster.items()
        }
        assert sprunget == {pk: post.sprunget for pk, post in self.poster.items()}
        numre = positioner(list(alle.values()))
        for sted in REGLER:
            assert [numre[pk] for pk, _ in self._koe(sted)] == list(range(1, len(self._koe(sted)) + 1))
