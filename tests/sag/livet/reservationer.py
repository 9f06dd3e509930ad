"""What municipalities, offers and the clock do before a stay begins: enquire, offer, reserve, confirm, extend, cancel, run out."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from faelles.fejl import DomaeneFejl
from faelles.tid import Periode, idag, nu
from reservationer.sag.actions import beslut, reserver, udloeb_reservationer
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.foran import Spring
from reservationer.sag.forespoergsler.actions import besvar
from reservationer.sag.forespoergsler.pladstilbud import afgoer_pladstilbud, giv_pladstilbud, udloeb_pladstilbud
from reservationer.sag.models import Reservation
from reservationer.sag.overgange import Grund, Udfald
from reservationer.sag.priser import Prisaftale
from tests import fabrik
from tests.rammeaftale.ur import Ur
from tests.sag.livet.bogen import (
    BEGYNDER,
    FORLAENGELSER,
    GYLDIG,
    HJEMMEL,
    HOLD,
    SELV,
    Bog,
    Krav,
    Liv,
    Plads,
    Sag,
    Sted,
    Udbud,
    dage,
)
from tilbud.models import Afdeling, Pladsart

T = TypeVar("T")
KOEBERE = ("Rødovre", "Herlev", "Ishøj")  # Herlev runs an offer as well
TAKST = {HJEMMEL: 2687, SELV: 1500}
HVEM, HVILKEN, PLADS, FRA = st.integers(0, 2), st.integers(0, 50), st.integers(0, 8), st.integers(-1, 30)
LAENGDE = st.none() | st.integers(1, 40)
UGEDAGE = st.sampled_from([(), (), (1, 2, 3), (4, 5), (6,)])
SENEST = BEGYNDER + timedelta(days=230)  # the clock goes no further


class Reservationer(RuleBasedStateMachine):
    """An approved offer with three døgn places, a merplads and a day place shared by weekdays; and one that is not approved, with a place kept for its own."""

    def __init__(self, ur: Ur) -> None:
        super().__init__()
        self.ur = ur
        ur.move_to(datetime.combine(BEGYNDER, time(6)))
        self.punkt = transaction.atomic()
        self.punkt.__enter__()
        self._stil_databasens_ur()
        self.koebere = [fabrik.sagsbehandler(navn) for navn in KOEBERE]
        self.saelgere = {navn: fabrik.tilbudsleder(navn) for navn in ("Gladsaxe", "Herlev")}
        self.kommuner = {navn: fabrik.kommune(navn) for navn in KOEBERE}
        self.navne = {kommune.organisation_id: navn for navn, kommune in self.kommuner.items()}
        self.afdelinger = {navn: self._afdeling(navn) for navn in self.saelgere}
        self.bog = Bog(
            [Sted("Gladsaxe", "Gladsaxe", 3, dage(fabrik.om(3), fabrik.om(40))), Sted("Herlev", "Herlev")],
            list(self._pladser()),
        )
        fabrik.merpladstilladelse(self.afdelinger["Gladsaxe"], fra=fabrik.om(3), til=fabrik.om(40))
        for kode, pladser in {HJEMMEL: 2, SELV: 1}.items():
            fabrik.godkendelse(self.afdelinger["Gladsaxe"].tilbud, pladser, kode=kode)

    @staticmethod
    def _afdeling(navn: str) -> Afdeling:
        """With one place; to Herlev's, citizens can come by themselves."""
        ny = fabrik.afdeling(fabrik.tilbud(i=navn, hjemler=tuple(TAKST), selvhenvendelse=navn == "Herlev"))
        for kode, beloeb in TAKST.items():
            fabrik.takst(ny, f"{beloeb}.00", kode=kode, fra=fabrik.FOR_LAENGE_SIDEN, til=None)
        fabrik.ledig_plads(ny, betegnelse="A")
        return ny

    def _pladser(self) -> Any:
        her, der = self.afdelinger["Gladsaxe"], self.afdelinger["Herlev"]
        hverdage, altid, mer = [1, 2, 3, 4, 5], dage(date(2026, 1, 1), None), (fabrik.om(3), fabrik.om(60))
        yield Plads(her.pladser.get().pk, "A", "Gladsaxe", altid)
        for navn in ("B", "C"):
            yield Plads(fabrik.ledig_plads(her, betegnelse=navn).pk, navn, "Gladsaxe", altid)
        dag = fabrik.ledig_plads(her, betegnelse="D", art=Pladsart.DAG, ugedage=hverdage)
        yield Plads(dag.pk, "D", "Gladsaxe", altid, frozenset(hverdage))
        merplads = fabrik.ledig_plads(her, betegnelse="M", merplads=True, fra=mer[0], til=mer[1])
        yield Plads(merplads.pk, "M", "Gladsaxe", dage(*mer), merplads=True)
        yield Plads(der.pladser.get().pk, "A", "Herlev", altid)
        yield Plads(fabrik.ledig_plads(der, betegnelse="B", forbeholdt_egne=True).pk, "B", "Herlev", altid, egne=True)

    def teardown(self) -> None:
        """Forget it all."""
        transaction.set_rollback(True)
        self.punkt.__exit__(None, None, None)

    def _stil_databasens_ur(self) -> None:
        """The database's own guards are to see the same day (`databasens_ur` in the tests)."""
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL search_path = ur, pg_catalog, public")
            cursor.execute("SELECT set_config('ur.nu', %s, true)", [nu().isoformat()])

    def spil(self, ventet: str, handling: Callable[[], T]) -> T | None:
        """What came of it, which is what was foretold; a refusal leaves nothing behind."""
        svar, kode = None, ""
        try:
            with transaction.atomic():
                svar = handling()
        except DomaeneFejl as fejl:
            kode = fejl.kode
        assert kode == ventet
        return svar

    # --- Before the stay ------------------------------------------------------------------------------------------------

    @rule(hvem=HVEM, plads=PLADS, fra=FRA, laengde=LAENGDE, ugedage=UGEDAGE, fortsaetter=st.none() | HVILKEN)
    def reserver(
        self, hvem: int, plads: int, fra: int, laengde: int | None, ugedage: tuple[int, ...], fortsaetter: int | None
    ) -> None:
        """One of the seven places, or any in one of the departments; perhaps for somebody who has a stay already."""
        valgt = None if fortsaetter is None else self._vaelg(self.bog.liv, fortsaetter)
        fra_dag = fabrik.om(fra)
        til = fra_dag + timedelta(days=laengde) if laengde else None
        krav, grund = self._kan_faa(hvem, plads, fra_dag, til, frozenset(ugedage))
        if valgt and grund != "ugyldig_reservation" and KOEBERE[hvem] not in valgt[1].parter:
            grund = "ophold_ikke_fundet"
        elif (
            valgt
            and grund != "ugyldig_reservation"
            and KOEBERE[hvem] != valgt[1].ansvarlig(max(idag(), valgt[1].foerste_dag))
        ):
            grund = "ikke_handlekommune"
        elif valgt and grund != "ugyldig_reservation" and not valgt[1].kan_fortsaettes_fra(fra_dag):
            grund = "ugyldig_reservation"
        sted = self._sted(plads)
        ny = self.spil(
            grund,
            lambda: reserver(
                aktoer=self.koebere[hvem], periode=Periode(fra_dag, til), hjemmel="SEL-107", sagsreference="sag",
                ugedage=ugedage, fortsaetter=valgt[0] if valgt else None, **sted,
            ),
        )  # fmt: skip
        self._noter(ny, hvem, krav, valgt[1] if valgt else None)

    def _sted(self, plads: int) -> dict[str, Any]:
        if plads < len(self.bog.pladser):
            return {"plads_id": self.bog.pladser[plads].id}
        return {"afdeling_id": self.afdelinger[("Gladsaxe", "Herlev")[plads - len(self.bog.pladser)]].pk}

    def _kan_faa(
        self, hvem: int, plads: int, fra: date, til: date | None, ugedage: frozenset[int]
    ) -> tuple[Krav | None, str]:
        """The claim that would follow from it, or the refusal."""
        if fra < idag():
            return None, "ugyldig_reservation"
        if plads >= len(self.bog.pladser):
            sted = ("Gladsaxe", "Herlev")[plads - len(self.bog.pladser)]
            egen = sted == KOEBERE[hvem]
            return self.bog.en_hvilken_som_helst(sted, fra, til, ugedage, nu(), idag(), egen=egen)
        den = self.bog.pladser[plads]
        krav = Krav(den, fra, til, ugedage or den.ugedage)
        return krav, self.bog.hindring(krav, nu(), idag(), egen=den.sted == KOEBERE[hvem])

    def _noter(self, ny: Reservation | None, hvem: int, krav: Krav | None, fortsaetter: Liv | None = None) -> None:
        if ny is not None:
            assert krav is not None
            krav.udloeber = nu() + HOLD
            self.bog.krav.append(krav)
            self.bog.sager[ny.pk] = Sag(KOEBERE[hvem], krav, fortsaetter=fortsaetter)

    @rule(hvem=HVEM, plads=PLADS, fra=st.integers(0, 15), laengde=LAENGDE)
    def spoerg_og_faa_tilbudt(self, hvem: int, plads: int, fra: int, laengde: int | None) -> None:
        """An enquiry, and an offer of the place after it."""
        self._tilbud(hvem, plads, fra, laengde)

    def _tilbud(self, hvem: int, plads: int, fra: int, laengde: int | None) -> UUID | None:
        sted = "Gladsaxe" if plads in {0, 1, 2, 3, 4, 7} else "Herlev"
        fra_dag = fabrik.om(fra)
        til = fra_dag + timedelta(days=laengde) if laengde else None
        henvendelse = fabrik.henvendelse(self.afdelinger[sted].tilbud, af=self.koebere[hvem])
        valgt = self.bog.pladser[plads] if plads < len(self.bog.pladser) else None
        hindret = valgt and ((valgt.egne and KOEBERE[hvem] != sted) or not dage(fra_dag, til) <= valgt.aaben)
        givet = self.spil(
            "ugyldigt_pladstilbud" if hindret else self._hindret_tilbud(sted),
            lambda: giv_pladstilbud(
                aktoer=self.saelgere[sted], henvendelse_id=henvendelse.pk, afdeling_id=self.afdelinger[sted].pk,
                plads_id=valgt.id if valgt else None, periode=Periode(fra_dag, til), pris=Prisaftale(Decimal(TAKST[HJEMMEL])),
            ),
        )  # fmt: skip
        if givet is None:
            return None
        self.bog.udbud[givet.pk] = Udbud(hvem, plads, sted, fra_dag, til, idag() + GYLDIG, henvendelse.pk)
        return givet.pk

    def _hindret_tilbud(self, _sted: str) -> str:
        """Why no place of the offer can be offered straight after an enquiry."""
        return ""

    @rule(hvilken=HVILKEN)
    def tag_imod(self, hvilken: int) -> None:
        """The buyer takes what was offered, whatever has become of it and of the place."""
        if fundet := self._vaelg(self.bog.udbud, hvilken):
            self._tag_imod(*fundet)

    def _tag_imod(self, pk: UUID, udbud: Udbud) -> None:
        krav, grund = self._kan_faa(udbud.hvem, udbud.plads, udbud.fra, udbud.til, frozenset())
        if udbud.tilstand != "tilbudt":
            grund = "overgang_ikke_mulig"
        elif idag() > udbud.sidste:
            grund = "pladstilbud_udloebet"
        koeber = self.koebere[udbud.hvem]
        tag: dict[str, Any] = {"pladstilbud_id": pk, "udfald": Udfald.TAG_IMOD, "indhold": Indhold()}
        self.spil(grund, lambda: afgoer_pladstilbud(aktoer=koeber, **tag))
        if not grund:
            udbud.tilstand = "taget"
            self._noter(self._alle(Reservation).get(pladstilbud=pk), udbud.hvem, krav)

    @rule(hvilken=HVILKEN, udfald=st.sampled_from([Udfald.TRAEK, Udfald.AFVIS]))
    def slut_forespoergsel(self, hvilken: int, udfald: Udfald) -> None:
        """The buyer withdraws the enquiry, or the offer declines it after all."""
        if fundet := self._vaelg(self.bog.udbud, hvilken):
            self._slut_forespoergsel(fundet[1], udfald)

    def _slut_forespoergsel(self, udbud: Udbud, udfald: Udfald) -> None:
        trukket = udfald is Udfald.TRAEK
        hvem = self.koebere[udbud.hvem] if trukket else self.saelgere[udbud.sted]
        indhold = Indhold(Grund.BEHOV_BORTFALDET if trukket else Grund.KOMPETENCE)
        ventet = "" if udbud.svar == "accepteret" else "overgang_ikke_mulig"
        self.spil(ventet, lambda: besvar(aktoer=hvem, henvendelse_id=udbud.henvendelse, udfald=udfald, indhold=indhold))
        if not ventet:
            udbud.slut("trukket" if trukket else "afvist", idag())

    @rule(
        hvem=HVEM, plads=PLADS, fra=st.integers(0, 15), laengde=LAENGDE, venter=st.sampled_from([0, 0, 3, 8]),
        slut=st.sampled_from([None, None, None, Udfald.TRAEK, Udfald.AFVIS]),
    )  # fmt: skip
    def spoerg_faa_tilbudt_og_tag_imod(
        self, hvem: int, plads: int, fra: int, laengde: int | None, venter: int, slut: Udfald | None
    ) -> None:
        """Many steps as one: after so many days the buyer takes it; the place may be somebody else's by then, or the enquiry over."""
        pk = self._tilbud(hvem, plads, fra, laengde)
        if pk is None:
            return
        self.dage_gaar(venter)
        if slut:
            self._slut_forespoergsel(self.bog.udbud[pk], slut)
        self._tag_imod(pk, self.bog.udbud[pk])

    @staticmethod
    def _alle(model: Any) -> Any:
        return model.objects.for_systemet("game")

    @staticmethod
    def _vaelg(alle: dict[UUID, T], nummer: int) -> tuple[UUID, T] | None:
        return list(alle.items())[nummer % len(alle)] if alle else None

    @rule(
        hvilken=HVILKEN,
        udfald=st.sampled_from(
            [Udfald.BEKRAEFT, Udfald.BEKRAEFT, Udfald.AFVIS, Udfald.ANNULLER, Udfald.FORLAENG, Udfald.MELD_UDEBLEVET]
        ),
    )
    def beslut(self, hvilken: int, udfald: Udfald) -> None:
        if fundet := self._vaelg(self.bog.sager, hvilken):
            self._beslut(*fundet, udfald)

    def _beslut(self, pk: UUID, sag: Sag, udfald: Udfald) -> None:
        grund = {
            Udfald.AFVIS: Grund.PLADS_IKKE_KLAR,
            Udfald.ANNULLER: Grund.BEHOV_BORTFALDET,
            Udfald.MELD_UDEBLEVET: Grund.IKKE_MOEDT,
        }.get(udfald)
        egen = udfald in {Udfald.ANNULLER, Udfald.FORLAENG}
        hvem = self.koebere[KOEBERE.index(sag.koeber)] if egen else self.saelgere[sag.krav.plads.sted]
        ventet = self._ventet(sag, udfald)
        forbi = self._grunde_til(pk, sag.krav.plads.sted) if udfald is Udfald.BEKRAEFT else {}
        self.spil(ventet, lambda: beslut(aktoer=hvem, reservation_id=pk, udfald=udfald, grund=grund, forbi=forbi))
        if ventet:
            return
        self._spring(forbi)
        match udfald:
            case Udfald.BEKRAEFT:
                sag.tilstand, sag.krav.udloeber = "bekraeftet", None
            case Udfald.FORLAENG:
                assert sag.krav.udloeber
                sag.forlaengelser, sag.krav.udloeber = sag.forlaengelser + 1, sag.krav.udloeber + HOLD
            case Udfald.MELD_UDEBLEVET:
                sag.tilstand = "udeblevet"
                sag.krav.slut_foer(idag())
            case _:
                sag.tilstand = "afvist" if udfald is Udfald.AFVIS else "annulleret"
                sag.krav.opgivet = True

    def _grunde_til(self, _pk: UUID | None, _sted: str) -> dict[UUID, Spring]:
        """A reason for each who waits and does not get the place that this reservation, or a stay without one, takes; here nobody does."""
        return {}

    def _spring(self, grunde: dict[UUID, Spring]) -> None:
        """They were passed over."""

    @staticmethod
    def _ventet(sag: Sag, udfald: Udfald) -> str:
        if udfald is Udfald.MELD_UDEBLEVET and sag.tilstand == "bekraeftet":
            return "ventes_endnu" if sag.krav.fra > idag() else ""
        if sag.tilstand != "afventer" and (udfald is not Udfald.ANNULLER or sag.tilstand != "bekraeftet"):
            return "overgang_ikke_mulig"
        if udfald is Udfald.FORLAENG and sag.forlaengelser >= FORLAENGELSER:
            return "reservation_forlaenget"
        udloebet = not sag.krav.gaelder(nu())
        return "hold_udloebet" if udloebet and udfald in {Udfald.FORLAENG, Udfald.BEKRAEFT} else ""

    # --- The clock ------------------------------------------------------------------------------------------------------

    @rule(antal=st.sampled_from([1, 6, 15, 31]))
    def dage_gaar(self, antal: int) -> None:
        """Holds and offers run out; whether they are tidied up is the next step's luck."""
        if idag() + timedelta(days=antal) <= SENEST:
            self.ur.tick(timedelta(days=antal, minutes=5))  # past the hour at which what was begun then runs out
            self._stil_databasens_ur()

    @rule(efter=st.sampled_from([0, 15]))
    def ryd_op(self, efter: int) -> None:
        self.dage_gaar(efter)
        udloeb_reservationer()
        udloeb_pladstilbud()
        self.bog.udloeb(nu(), idag())
