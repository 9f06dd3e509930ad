"""What happens to stays, and what is always true: the books of the platform are this game's own, at every step."""

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from itertools import combinations
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from faelles.tid import Periode, idag, nu
from rammeaftale.rapporter.rammeaftalen.pladsdage import pladsdage
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.models import (
    Beslutning,
    Fravaer,
    Indgang,
    Ophold,
    Opholdsansvar,
    Opholdsplads,
    Opholdspris,
    Pladstilbud,
    Reservation,
)
from reservationer.sag.ophold.forloeb import afgoer_ophold
from reservationer.sag.ophold.indskrivning import indskriv, indskriv_uden_reservation
from reservationer.sag.overgange import Data, Grund, Udfald
from tests import fabrik
from tests.sag.livet.bogen import AKUT, BEGYNDER, EN_DAG, HJEMMEL, PROCENT, SLUT, Krav, Liv, Sag, dage, ophoer
from tests.sag.livet.reservationer import HVEM, HVILKEN, KOEBERE, LAENGDE, TAKST, UGEDAGE, Reservationer
from tilbud.belaegning.models import Optagelse

SIDE = st.sampled_from([None, *range(-3, 3)])  # None: the offer; below zero: who is responsible
KOMMUNE = st.integers(-6, 2)
NYLIG = st.integers(-20, 1)  # days from today
UMULIG, UGYLDIG = "overgang_ikke_mulig", "ugyldig_beslutning"
LEVENDE = {"loebende", "opsagt"}
OPSAGT_KOMMUNE, OPSAGT_TILBUD = Grund.BEHOV_AENDRET, Grund.KOMPETENCE
UDSKRIVES = {"loebende": {Grund.DOED, Grund.ENIGE}, "opsagt": {Grund.FRAFLYTTET, Grund.OVERFLYTTET, Grund.DOED, Grund.ENIGE}}  # fmt: skip
BESLUTTET = {
    "bekraeftet": "bekraeft",
    "afvist": "afvis",
    "annulleret": "annuller",
    "indskrevet": "indskriv",
    "udeblevet": "meld_udeblevet",
}


class Livet(Reservationer):
    """Stays after reservations and in emergencies: moved, away, repriced, handed over, given notice of by either side, and over."""

    @initialize(hvem=st.tuples(HVEM, HVEM, HVEM), laengde=LAENGDE)
    def nogle_bor_der(self, hvem: tuple[int, int, int], laengde: int | None) -> None:
        self.flyt_ind(hvem[0], 0, None, (), 0)
        self.flyt_ind(hvem[1], 3, laengde, (1, 2), 0)
        self.begynd_akut(hvem[2], 5, -9)

    # --- How it begins --------------------------------------------------------------------------------------------------

    @rule(hvilken=HVILKEN, dag=st.integers(-5, 15))
    def indskriv(self, hvilken: int, dag: int) -> None:
        if fundet := self._vaelg(self.bog.sager, hvilken):
            self._indskriv(*fundet, fabrik.om(dag))

    def _indskriv(self, pk: UUID, sag: Sag, dag: date) -> None:
        gammelt = sag.fortsaetter
        hul = gammelt is not None and gammelt.sidste_dag is not None and dag > gammelt.sidste_dag + EN_DAG
        ventet = UMULIG if sag.tilstand != "bekraeftet" else "" if dag in sag.krav.dage and not hul else UGYLDIG
        indhold = Indhold(data={Data.DATO: dag})
        saelger = self.saelgere[sag.krav.plads.sted]
        ny = self.spil(ventet, lambda: indskriv(aktoer=saelger, reservation_id=pk, indhold=indhold))
        if ny is not None:
            sag.tilstand = "indskrevet"
            ansvar = sag.fortsaetter.ansvar_paa(dag) if sag.fortsaetter else (sag.koeber, sag.koeber)
            self._begynd(ny, sag.krav, dag, sag.krav.fra, ansvar)
            self.bog.liv[ny.pk].fortsaetter = gammelt

    def _begynd(
        self, ny: Ophold, krav: Krav, dag: date, betales_fra: date, ansvar: tuple[str, str], hjemmel: str = HJEMMEL
    ) -> None:
        sted = self.bog.steder[krav.plads.sted]
        krav.optaget = True
        self.bog.liv[ny.pk] = Liv(
            sted=sted.navn,
            krav=[krav],
            foerste_dag=dag,
            betales_fra=betales_fra,
            ansvar=[(betales_fra, *ansvar)],
            priser=[(betales_fra, TAKST[hjemmel])],
            hjemler=[(betales_fra, hjemmel)],
            akutfrist=None if sted.godkendt else dag + AKUT - EN_DAG,
        )

    @rule(hvem=HVEM, plads=st.integers(0, 6), fra=NYLIG)
    def begynd_akut(self, hvem: int, plads: int, fra: int) -> None:
        den, dag = self.bog.pladser[plads], fabrik.om(fra)
        krav = Krav(den, dag, None, den.ugedage)
        egen = KOEBERE[hvem] == den.sted
        ventet = "ugyldig_indskrivning" if fra > 0 else self.bog.hindring(krav, nu(), idag(), egen=egen)
        forbi = self._grunde_til(None, den.sted)
        ny = self.spil(
            ventet,
            lambda: indskriv_uden_reservation(
                aktoer=self.saelgere[den.sted], tilbud_id=self.afdelinger[den.sted].tilbud_id, indgang=Indgang.AKUT,
                handlekommune=self.kommuner[KOEBERE[hvem]].kommunekode, hjemmel="SEL-107", sagsreference="akut",
                fra=dag, plads_id=den.id, forbi=forbi,
            ),
        )  # fmt: skip
        if ny is not None:
            self._spring(forbi)
            self.bog.krav.append(krav)
            self._begynd(ny, krav, dag, dag, (KOEBERE[hvem], KOEBERE[hvem]))

    @rule(hvem=HVEM, plads=st.integers(0, 6), laengde=LAENGDE, ugedage=UGEDAGE, dag=st.integers(0, 20))
    def flyt_ind(self, hvem: int, plads: int, laengde: int | None, ugedage: tuple[int, ...], dag: int) -> None:
        """Many steps as one, so that there are stays to do something with."""
        foer = set(self.bog.sager)
        self.reserver(hvem, plads, 0, laengde, ugedage, None)
        for pk in set(self.bog.sager) - foer:
            sag = self.bog.sager[pk]
            self._beslut(pk, sag, Udfald.BEKRAEFT)
            self._indskriv(pk, sag, fabrik.om(dag if laengde is None else min(dag, laengde - 1)))

    # --- While it runs --------------------------------------------------------------------------------------------------

    def afgoer(
        self, nummer: int, hvem: int | None, udfald: Udfald, ventet: Callable[[Liv], str], indhold: Indhold
    ) -> Liv | None:
        """A decision by the offer (`hvem` None) or a municipality; the stay, if it was taken. `ventet` is why not, when it is their business."""
        fundet = self._vaelg(
            {pk: liv for pk, liv in self.bog.liv.items() if nummer % 4 == 0 or liv.tilstand in LEVENDE}, nummer
        )
        if fundet is None:
            return None
        pk, liv = fundet
        if hvem is not None and hvem < 0:
            hvem = KOEBERE.index(liv.ansvarlig(max(idag(), liv.foerste_dag)))
        aktoer = self.saelgere[liv.sted] if hvem is None else self.koebere[hvem]
        grund = ventet(liv)
        if hvem is not None and KOEBERE[hvem] not in liv.parter:
            grund = "ophold_ikke_fundet"
        elif hvem is not None and liv.ansvarlig(max(idag(), liv.foerste_dag)) != KOEBERE[hvem]:
            grund = "ikke_handlekommune"
        self.spil(grund, lambda: afgoer_ophold(aktoer=aktoer, ophold_id=pk, udfald=udfald, indhold=indhold))
        return None if grund else liv

    @rule(hvilken=HVILKEN, plads=st.integers(0, 6), fra=st.integers(-5, 30), laengde=LAENGDE)
    def flyt(self, hvilken: int, plads: int, fra: int, laengde: int | None) -> None:
        den, dag = self.bog.pladser[plads], fabrik.om(fra)
        til = dag + timedelta(days=laengde) if laengde else None
        nye: list[Krav] = []

        def ventet(liv: Liv) -> str:
            if liv.tilstand not in LEVENDE:
                return UMULIG
            if dag < liv.foerste_dag or den.sted != liv.sted:
                return UGYLDIG
            nu_, ny = liv.sidste, Krav(den, dag, til, liv.sidste.ugedage, optaget=True)
            if not nu_.fra < dag <= (nu_.til or dag):
                return "hul_i_opholdet"
            nye.append(ny)
            hidtil, nu_.til = nu_.til, dag
            grund = self.bog.hindring(ny, nu(), idag(), egen=den is nu_.plads or liv.ansvarlig(dag) == den.sted)
            nu_.til = hidtil
            return grund

        data = {Data.PLADS: den.id, Data.DATO: dag, Data.TIL: til - EN_DAG if til else None}
        if liv := self.afgoer(hvilken, None, Udfald.FLYT, ventet, Indhold(data=data)):
            liv.sidste.til = dag
            liv.krav += nye
            self.bog.krav += nye
            liv.flyttet(dag, idag())

    @rule(
        hvilken=HVILKEN, hvem=SIDE, fra=st.integers(-5, 10), laengde=st.integers(1, 10), art=st.sampled_from(sorted(PROCENT))
    )  # fmt: skip
    def meld_fravaer(self, hvilken: int, hvem: int | None, fra: int, laengde: int, art: str) -> None:
        dag = fabrik.om(fra)
        vaek = dage(dag, dag + timedelta(days=laengde))

        def ventet(liv: Liv) -> str:
            if liv.tilstand not in LEVENDE:
                return UMULIG
            for_sent = hvem is not None and liv.er_andres(dag, idag())
            return UGYLDIG if dag < liv.foerste_dag or liv.fravaer.keys() & vaek or for_sent else ""

        data = {Data.ART: art, Data.DATO: dag, Data.TIL: max(vaek)}
        if liv := self.afgoer(hvilken, hvem, Udfald.MELD_FRAVAER, ventet, Indhold(data=data)):
            liv.fravaer |= dict.fromkeys(vaek, PROCENT[art])

    @rule(hvilken=HVILKEN, fra=st.integers(-5, 20), takst=st.integers(1000, 3000))
    def foreslaa_pris(self, hvilken: int, fra: int, takst: int) -> None:
        dag = fabrik.om(fra)

        def ventet(liv: Liv) -> str:
            return UMULIG if liv.tilstand not in LEVENDE else UGYLDIG if dag < liv.foerste_dag else ""

        data = {Data.DATO: dag, Data.TAKST: takst}
        if liv := self.afgoer(hvilken, None, Udfald.FORESLAA_PRIS, ventet, Indhold(data=data)):
            liv.forslag = (dag, takst)

    @rule(hvilken=HVILKEN, hvem=KOMMUNE)
    def accepter_pris(self, hvilken: int, hvem: int) -> None:
        def ventet(liv: Liv) -> str:
            if liv.tilstand not in LEVENDE:
                return UMULIG
            return "" if liv.forslag and liv.ses(liv.forslag[0], idag()) else "intet_prisforslag"

        liv = self.afgoer(hvilken, hvem, Udfald.ACCEPTER_PRIS, ventet, Indhold())
        if liv and liv.forslag:
            liv.priser = [en for en in liv.priser if en[0] < liv.forslag[0]] + [liv.forslag]
            liv.aendret(liv.forslag[0])
            liv.forslag = None

    @rule(hvilken=HVILKEN, hvem=KOMMUNE, nye=st.tuples(HVEM, HVEM), fra=st.integers(-5, 20))
    def skift_kommune(self, hvilken: int, hvem: int, nye: tuple[int, int], fra: int) -> None:
        dag, (handle, betaler) = fabrik.om(fra), (KOEBERE[nye[0]], KOEBERE[nye[1]])

        def ventet(liv: Liv) -> str:
            if liv.tilstand not in LEVENDE:
                return UMULIG
            return UGYLDIG if dag < liv.foerste_dag or liv.er_andres(dag, idag()) else ""

        data = {
            Data.DATO: dag, Data.DOKUMENT: "AST 1", Data.HANDLEKOMMUNE: self.kommuner[handle].kommunekode,
            Data.BETALINGSKOMMUNE: self.kommuner[betaler].kommunekode,
        }  # fmt: skip
        if liv := self.afgoer(hvilken, hvem, Udfald.SKIFT_KOMMUNE, ventet, Indhold(Grund.AFGOERELSE, data=data)):
            liv.ansvar = [en for en in liv.ansvar if en[0] < dag] + [(dag, handle, betaler)]
            liv.parter |= {handle, betaler}
            liv.aendret(dag)

    @rule(hvilken=HVILKEN, hvem=KOMMUNE, foerst=st.booleans())
    def forlaeng_akut(self, hvilken: int, hvem: int, foerst: bool) -> None:
        """After the supervision has been told, or not."""
        oplyst = {Data.DATO: idag(), Data.DOKUMENT: "Brev 1"}

        def kan_orienteres(liv: Liv) -> str:
            if liv.tilstand not in LEVENDE:
                return UMULIG
            return UGYLDIG if idag() < liv.foerste_dag else "" if liv.akutfrist else "ophold_ikke_akut"

        def ventet(liv: Liv) -> str:
            if liv.tilstand not in LEVENDE:
                return UMULIG
            if not liv.akutfrist:
                return "ophold_ikke_akut"
            return "" if liv.orienteret and not liv.forlaenget else "akut_allerede_forlaenget" if liv.orienteret else "tilsyn_ikke_orienteret"  # fmt: skip

        if foerst and (liv := self.afgoer(hvilken, hvem, Udfald.ORIENTER_TILSYN, kan_orienteres, Indhold(data=oplyst))):
            liv.orienteret = True
        indhold = Indhold(data={Data.DOKUMENT: "Brev 2"})
        if liv := self.afgoer(hvilken, hvem, Udfald.FORLAENG_AKUT, ventet, indhold):
            liv.forlaenget, liv.akutfrist = True, liv.foerste_dag + 2 * AKUT - EN_DAG

    # --- How it ends ----------------------------------------------------------------------------------------------------

    @rule(hvilken=HVILKEN, hvem=SIDE, dag=NYLIG)
    def opsig(self, hvilken: int, hvem: int | None, dag: int) -> None:
        givet = fabrik.om(dag)

        def ventet(liv: Liv) -> str:
            if liv.tilstand != "loebende":
                return UMULIG
            return UGYLDIG if givet > idag() or givet < liv.foerste_dag else ""

        grund = OPSAGT_TILBUD if hvem is None else OPSAGT_KOMMUNE
        skrevet = Indhold(grund, data={Data.DATO: givet, Data.DOKUMENT: "Brev 1"})
        if liv := self.afgoer(hvilken, hvem, Udfald.OPSIG, ventet, skrevet):
            side = "driftsherre" if hvem is None else "myndighed"
            liv.tilstand, liv.opsagt_af, liv.ophoer = "opsagt", side, ophoer(givet, side, liv.hjemmel(givet))

    @rule(hvilken=HVILKEN, hvem=SIDE)
    def fortryd(self, hvilken: int, hvem: int | None) -> None:
        side = "driftsherre" if hvem is None else "myndighed"

        def ventet(liv: Liv) -> str:
            return UMULIG if liv.tilstand != "opsagt" else "" if liv.opsagt_af == side else "anden_parts_opsigelse"

        if liv := self.afgoer(hvilken, hvem, Udfald.FORTRYD_OPSIGELSE, ventet, Indhold(bemaerkning="Alligevel ikke")):
            liv.tilstand, liv.opsagt_af, liv.ophoer = "loebende", "", None

    @rule(hvilken=HVILKEN, dag=NYLIG, grund=st.sampled_from(sorted(UDSKRIVES["opsagt"])))
    def udskriv(self, hvilken: int, dag: int, grund: Grund) -> None:
        sidste = fabrik.om(dag)

        def ventet(liv: Liv) -> str:
            if liv.tilstand not in LEVENDE:
                return UMULIG
            forkert = sidste > idag() or sidste < liv.foerste_dag or grund not in UDSKRIVES[liv.tilstand]
            if grund is Grund.OVERFLYTTET and (nyt := self.bog.fortsaettelse(liv)):
                forkert |= nyt > sidste + EN_DAG
            return UGYLDIG if forkert else ""

        if liv := self.afgoer(hvilken, None, Udfald.UDSKRIV, ventet, Indhold(grund, data={Data.DATO: sidste})):
            liv.tilstand, liv.sidste_dag, liv.grund, liv.akutfrist = "udskrevet", sidste, grund.value, None
            for krav in liv.krav:
                krav.slut_foer(sidste + EN_DAG)

    @rule(hvilken=HVILKEN, hvem=SIDE, grund=st.sampled_from(sorted(UDSKRIVES["opsagt"])))
    def opsig_og_udskriv(self, hvilken: int, hvem: int | None, grund: Grund) -> None:
        """Two steps as one: days that are paid for after she has left, when somebody else may take the place."""
        self.opsig(hvilken, hvem, 0)
        self.udskriv(hvilken, 0, grund)

    # --- What is always true --------------------------------------------------------------------------------------------

    @invariant()
    def the_ledger_is_the_book(self) -> None:
        fundne = Optagelse.objects.gaelder(nu())
        assert Counter(
            (o.plads_id, o.periode.lower, o.periode.upper, tuple(o.ugedage), o.udloeber is not None) for o in fundne
        ) == Counter(
            (k.plads.id, k.fra, k.til, tuple(sorted(k.ugedage)), k.udloeber is not None)
            for k in self.bog.gaeldende(nu())
        )

    @invariant()
    def no_two_have_the_same_day_of_a_place(self) -> None:
        taget = [(o.plads_id, set(o.ugedage), dage(o.periode.lower, o.periode.upper)) for o in self._aktive()]
        for (plads, ugedage, egne), (anden, andre_ugedage, andres) in combinations(taget, 2):
            assert plads != anden or not ugedage & andre_ugedage or not egne & andres

    @staticmethod
    def _aktive() -> Any:
        return Optagelse.objects.filter(aktiv=True)

    @invariant()
    def never_more_than_approved_and_permitted(self) -> None:
        """From today on: what is registered late is a fact."""
        alle = self.bog.gaeldende(nu())  # which is the ledger
        for dag in (idag() + timedelta(days=n) for n in (*range(0, 50, 3), 100, 180)):
            assert not any(self.bog.for_mange(alle, "Gladsaxe", dag, ugedag) for ugedag in range(1, 8))

    @invariant()
    def no_case_without_its_claim_and_no_claim_without_its_case(self) -> None:
        sager = {sag.pk: sag for sag in self._alle(Reservation).select_related("optagelse")}
        med_sag = {sag.optagelse_id for sag in sager.values()}
        med_sag |= set(self._alle(Opholdsplads).values_list("optagelse_id", flat=True))
        assert set(Optagelse.objects.values_list("pk", flat=True)) == med_sag
        assert {pk: sag.tilstand for pk, sag in sager.items()} == {pk: sag.tilstand for pk, sag in self.bog.sager.items()}  # fmt: skip
        beslutninger = self._alle(Beslutning).exclude(reservation=None).exclude(udfald=Udfald.FORLAENG)
        sidste = dict(beslutninger.order_by("tidspunkt", "pk").values_list("reservation", "udfald"))
        for sag in sager.values():
            assert sidste.get(sag.pk) == BESLUTTET.get(sag.tilstand)
            assert sag.tilstand != "bekraeftet" or (sag.optagelse.aktiv, sag.optagelse.art) == (True, "hold")
            assert sag.tilstand not in {"afvist", "annulleret", "udloebet"} or not sag.optagelse.aktiv

    @invariant()
    def offers_of_a_place_stand_with_their_enquiries(self) -> None:
        fundne = self._alle(Pladstilbud).values_list("pk", "tilstand", "henvendelse__tilstand")
        assert {pk: tilstande for pk, *tilstande in fundne} == {
            pk: [udbud.tilstand, udbud.svar] for pk, udbud in self.bog.udbud.items()
        }

    @invariant()
    def stays_are_as_told(self) -> None:
        alle = {et.pk: et for et in self._alle(Ophold)}
        pladser, ansvar, priser, fravaer = map(
            self._under_ophold,
            (
                self._alle(Opholdsplads).filter(optagelse__aktiv=True).select_related("optagelse"),
                self._alle(Opholdsansvar),
                self._alle(Opholdspris).exclude(accepteret=None),
                self._alle(Fravaer).filter(rettet=None),
            ),
        )
        assert set(alle) == set(self.bog.liv)
        for pk, liv in self.bog.liv.items():
            et = alle[pk]
            assert (et.tilstand, et.foerste_dag, et.betales_fra, et.sidste_dag, et.akutfrist) == (
                liv.tilstand, liv.foerste_dag, liv.betales_fra, liv.sidste_dag, liv.akutfrist,
            )  # fmt: skip
            assert et.betales_til == self.bog.betales_til(liv)
            assert {self.navne[kommune] for kommune in et.parter} == liv.parter
            har_haft = [(p.optagelse.periode.lower, p.optagelse.plads_id) for p in pladser[pk]]
            assert sorted(har_haft) == sorted((k.fra, k.plads.id) for k in liv.krav if not k.opgivet)
            parter = [
                (a.periode.lower, self.navne[a.handlekommune_id], self.navne[a.betalingskommune_id]) for a in ansvar[pk]
            ]
            assert sorted(parter) == liv.ansvar
            assert sorted((pris.periode.lower, pris.takst) for pris in priser[pk]) == liv.priser
            vaek = {dag: f.betalingsprocent for f in fravaer[pk] for dag in dage(f.periode.lower, f.periode.upper)}
            assert vaek == liv.fravaer

    @staticmethod
    def _under_ophold(fundne: Any) -> defaultdict[UUID, list[Any]]:
        pr_ophold: defaultdict[UUID, list[Any]] = defaultdict(list)
        for et in fundne:
            pr_ophold[et.ophold_id].append(et)
        return pr_ophold

    @invariant()
    def occupied_days_are_the_days_in_the_ledger(self) -> None:
        vindue = Periode(BEGYNDER, SLUT)
        tal = pladsdage([afdeling.tilbud_id for afdeling in self.afdelinger.values()], vindue)
        for navn, afdeling in self.afdelinger.items():
            assert tal[afdeling.tilbud_id].belagte == self.bog.belagte(navn, dage(BEGYNDER, SLUT), nu())
