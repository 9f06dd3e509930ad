"""What the parties agree on while a stay runs: its legal basis, its price, its agreement in versions; and what begins by itself or goes on elsewhere."""

from collections.abc import Callable
from uuid import UUID

from django.db.models import Q
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from faelles.tid import idag, nu
from reservationer.sag.aftaler.actions import afgoer, opret, skriv
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.models import Indgang, Opholdshjemmel, Placeringsaftale
from reservationer.sag.ophold.indskrivning import indskriv_uden_reservation
from reservationer.sag.overgange import Data, Grund, Udfald
from tests import fabrik
from tests.rammeaftale.ur import Ur
from tests.sag.aftaler.situationer import indhold, med_cvr
from tests.sag.livet.bogen import EN_DAG, HJEMMEL, SELV, Krav, Liv, Version
from tests.sag.livet.ophold import LEVENDE, NYLIG, OPSAGT_KOMMUNE, OPSAGT_TILBUD, UGYLDIG, UMULIG
from tests.sag.livet.reservationer import HVEM, HVILKEN, KOEBERE, PLADS
from tests.sag.livet.rettelser import Rettelser

KOMMUNE = st.integers(-6, 2)  # below zero: who is responsible


class Aftaler(Rettelser):
    """The stays of `Rettelser`, with what is agreed about them."""

    def __init__(self, ur: Ur) -> None:
        super().__init__(ur)
        organisationer = {kommune.organisation for kommune in self.kommuner.values()}
        med_cvr(*organisationer, *(afdeling.tilbud.driftsherre for afdeling in self.afdelinger.values()))

    @rule(hvem=HVEM, plads=st.integers(0, 6), fra=NYLIG, kode=st.sampled_from([HJEMMEL, SELV, SELV]))
    def kommer_selv(self, hvem: int, plads: int, fra: int, kode: str) -> None:
        """Without a reservation and without a decision of the municipality's, where the law and the offer allow it."""
        den, dag = self.bog.pladser[plads], fabrik.om(fra)
        krav = Krav(den, dag, None, den.ugedage)
        maa = kode == SELV and den.sted == "Herlev" and fra <= 0
        ventet = (
            self.bog.hindring(krav, nu(), idag(), egen=KOEBERE[hvem] == den.sted) if maa else "ugyldig_indskrivning"
        )
        forbi = self._grunde_til(None, den.sted)
        ny = self.spil(
            ventet,
            lambda: indskriv_uden_reservation(
                aktoer=self.saelgere[den.sted], tilbud_id=self.afdelinger[den.sted].tilbud_id,
                indgang=Indgang.SELVHENVENDELSE, handlekommune=self.kommuner[KOEBERE[hvem]].kommunekode, hjemmel=kode,
                sagsreference="selv", fra=dag, plads_id=den.id, forbi=forbi,
            ),
        )  # fmt: skip
        if ny is not None:
            self._spring(forbi)
            self.bog.krav.append(krav)
            self._begynd(ny, krav, dag, dag, (KOEBERE[hvem], KOEBERE[hvem]), kode)

    @rule(hvilken=HVILKEN, plads=PLADS, dage=st.sampled_from([1, 6]))
    def flyt_til_et_andet_tilbud(self, hvilken: int, plads: int, dage: int) -> None:
        """Many steps as one: the other offer confirms a place and the stay there begins; the first is left when it is."""
        valgt = self._vaelg(self.bog.liv, hvilken)
        if valgt is None or valgt[1].tilstand not in LEVENDE:
            return
        hvem = KOEBERE.index(valgt[1].ansvarlig(max(idag(), valgt[1].foerste_dag)))
        foer = set(self.bog.sager)
        self.reserver(hvem, plads, dage, None, (), hvilken)
        for pk in set(self.bog.sager) - foer:
            self._beslut(pk, self.bog.sager[pk], Udfald.BEKRAEFT)
            self.dage_gaar(dage)
            self._indskriv(pk, self.bog.sager[pk], self.bog.sager[pk].krav.fra)

    # --- Price and legal basis ------------------------------------------------------------------------------------------

    @rule(hvilken=HVILKEN, hvem=KOMMUNE)
    def afslaa_pris(self, hvilken: int, hvem: int) -> None:
        def ventet(liv: Liv) -> str:
            if liv.tilstand not in LEVENDE:
                return UMULIG
            return "" if liv.forslag and liv.ses(liv.forslag[0], idag()) else "intet_prisforslag"

        if liv := self.afgoer(hvilken, hvem, Udfald.AFSLAA_PRIS, ventet, Indhold(Grund.PRISEN)):
            liv.forslag = None

    @rule(hvilken=HVILKEN, hvem=KOMMUNE, kode=st.sampled_from([HJEMMEL, SELV, "SEL-104"]), fra=st.integers(-5, 20))
    def skift_hjemmel(self, hvilken: int, hvem: int, kode: str, fra: int) -> None:
        dag = fabrik.om(fra)

        def ventet(liv: Liv) -> str:
            if liv.tilstand not in LEVENDE:
                return UMULIG
            forkert = dag < liv.foerste_dag or liv.er_andres(dag, idag()) or kode not in {HJEMMEL, SELV}
            return UGYLDIG if forkert else ""

        data = {Data.DATO: dag, Data.HJEMMEL: kode}
        if liv := self.afgoer(hvilken, hvem, Udfald.SKIFT_HJEMMEL, ventet, Indhold(data=data)):
            liv.hjemler = [en for en in liv.hjemler if en[0] < dag] + [(dag, kode)]
            liv.aendret(dag)

    # --- The agreement --------------------------------------------------------------------------------------------------

    def _aftale(self, pk: UUID, nummer: int) -> UUID:
        hvis = Q(ophold=pk) | Q(reservation__ophold=pk)
        aftale: Placeringsaftale = self._alle(Placeringsaftale).get(hvis, nummer=nummer)
        return aftale.pk

    def _med_version(self, hvilken: int, har: Callable[[Liv], bool]) -> tuple[UUID, Liv] | None:
        return self._vaelg({pk: liv for pk, liv in self.bog.liv.items() if har(liv)}, hvilken)

    @rule(hvilken=HVILKEN, tilbuddet=st.booleans())
    def skriv_aftale(self, hvilken: int, tilbuddet: bool) -> None:
        """A draft, complete at once."""
        if fundet := self._vaelg(self.bog.liv, hvilken):
            pk, liv = fundet
            koeber = liv.ansvarlig(max(idag(), liv.foerste_dag))
            hvem = self.saelgere[liv.sted] if tilbuddet else self.koebere[KOEBERE.index(koeber)]
            ventet = "sag_ikke_i_gang" if liv.tilstand not in LEVENDE else "aftale_i_gang" if liv.aaben else ""
            ny = self.spil(ventet, lambda: opret(aktoer=hvem, ophold_id=pk))
            if ny is not None:
                liv.versioner.append(Version(koeber, idag()))
                self._skriv(ny.pk, liv, liv.versioner[-1])

    def _skriv(self, aftale: UUID, liv: Liv, version: Version) -> None:
        version.fra = max(idag(), liv.foerste_dag)
        sagt = indhold(gaelder_fra=version.fra, betaler_kontakt="betaling@example.dk")
        self.spil("", lambda: skriv(aktoer=self.saelgere[liv.sted], aftale_id=aftale, sagt=sagt))

    @rule(hvilken=HVILKEN, udfald=st.sampled_from([Udfald.FREMSAET, Udfald.FREMSAET, Udfald.TRAEK, Udfald.BORTFALD]))
    def tilbuddet_om_aftalen(self, hvilken: int, udfald: Udfald) -> None:
        """The offer puts the open version forward, takes it back or drops it."""
        if fundet := self._med_version(hvilken, lambda liv: liv.aaben is not None):
            pk, liv = fundet
            version = liv.aaben
            assert version is not None
            aftale = self._aftale(pk, liv.versioner.index(version) + 1)
            if udfald is Udfald.FREMSAET and version.tilstand == "kladde":
                self._skriv(aftale, liv, version)
            fra, til = {
                Udfald.FREMSAET: ("kladde", "hos_kommunen"),
                Udfald.TRAEK: ("hos_kommunen", "kladde"),
                Udfald.BORTFALD: ("kladde", "bortfaldet"),
            }[udfald]
            slut = udfald is Udfald.FREMSAET and liv.tilstand not in LEVENDE
            ventet = UMULIG if version.tilstand != fra else "sag_ikke_i_gang" if slut else ""
            hvem = self.saelgere[liv.sted]
            self.spil(ventet, lambda: afgoer(aktoer=hvem, aftale_id=aftale, udfald=udfald, indhold=Indhold()))
            if not ventet:
                version.tilstand, version.grundlag = til, liv.siger(idag())

    @rule(hvilken=HVILKEN, ja=st.sampled_from([True, True, False]))
    def kommunen_svarer(self, hvilken: int, ja: bool) -> None:
        """The municipality of the version accepts what was put forward, while the case still says it, or refuses."""
        if fundet := self._med_version(hvilken, lambda liv: liv.aaben is not None):
            pk, liv = fundet
            version = liv.aaben
            assert version is not None
            udfald, svar = (Udfald.GODKEND, Indhold()) if ja else (Udfald.AFVIS, Indhold(bemaerkning="Ikke sådan"))
            foraeldet = ja and version.grundlag != liv.siger(idag())
            ventet = UMULIG if version.tilstand != "hos_kommunen" else "aftale_foraeldet" if foraeldet else ""
            aftale, hvem = (
                self._aftale(pk, liv.versioner.index(version) + 1),
                self.koebere[KOEBERE.index(version.koeber)],
            )
            self.spil(ventet, lambda: afgoer(aktoer=hvem, aftale_id=aftale, udfald=udfald, indhold=svar))
            if not ventet:
                version.tilstand = "kladde"
                if ja:
                    liv.godkend(version)

    @rule(
        hvilken=HVILKEN,
        tilbuddet=st.booleans(),
        udfald=st.sampled_from([Udfald.OPSIG, Udfald.AFSLUT]),
        dag=st.integers(-8, 8),
    )
    def slut_aftale(self, hvilken: int, tilbuddet: bool, udfald: Udfald, dag: int) -> None:
        """Either party ends the latest version, by a notice or on a day. The stay goes on."""
        if fundet := self._med_version(hvilken, lambda liv: liv.versioner != []):
            pk, liv = fundet
            version, givet = liv.versioner[-1], fabrik.om(dag)
            if udfald is Udfald.OPSIG:
                kan, forkert, til = {"aftalt"}, givet > idag(), "opsagt"
            else:
                kan, forkert, til = {"aftalt", "opsagt"}, givet < version.fra - EN_DAG, "ophoert"
            ventet = UMULIG if version.tilstand not in kan else UGYLDIG if forkert else ""
            hvem = self.saelgere[liv.sted] if tilbuddet else self.koebere[KOEBERE.index(version.koeber)]
            grund = Grund.ENIGE if til == "ophoert" else OPSAGT_TILBUD if tilbuddet else OPSAGT_KOMMUNE
            indhold_ = Indhold(grund, data={Data.DATO: givet})
            aftale = self._aftale(pk, len(liv.versioner))
            self.spil(ventet, lambda: afgoer(aktoer=hvem, aftale_id=aftale, udfald=udfald, indhold=indhold_))
            if not ventet:
                version.tilstand = til

    # --- What is always true --------------------------------------------------------------------------------------------

    @invariant()
    def what_is_agreed_is_as_told(self) -> None:
        hjemler = self._under_ophold(self._alle(Opholdshjemmel))
        versioner = self._under_ophold_eller_reservation()
        for pk, liv in self.bog.liv.items():
            assert sorted((h.periode.lower, h.hjemmel_id) for h in hjemler[pk]) == liv.hjemler
            assert versioner.get(pk, []) == [
                (nummer, version.tilstand, version.koeber) for nummer, version in enumerate(liv.versioner, start=1)
            ]

    def _under_ophold_eller_reservation(self) -> dict[UUID, list[tuple[int, str, str]]]:
        fundne: dict[UUID, list[tuple[int, str, str]]] = {}
        alle = self._alle(Placeringsaftale).order_by("nummer")
        for aftale in alle.values("ophold", "reservation__ophold", "nummer", "tilstand", "handlekommune"):
            hvis = aftale["ophold"] or aftale["reservation__ophold"]
            en = (aftale["nummer"], aftale["tilstand"], self.navne[aftale["handlekommune"]])
            fundne.setdefault(hvis, []).append(en)
        return fundne
