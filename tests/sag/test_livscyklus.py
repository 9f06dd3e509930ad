"""The whole life of places as a game: whatever municipalities, offers and the clock do, in any order, the books agree at every step."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from faelles.fejl import DomaeneFejl
from faelles.tid import Periode
from reservationer.sag.actions import beslut, reserver, udloeb_reservationer
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.models import Beslutning, Ophold, Opholdsplads, Reservation
from reservationer.sag.ophold.forloeb import afgoer_ophold
from reservationer.sag.ophold.indskrivning import indskriv
from reservationer.sag.overgange import Data, Grund, Tilstand, Udfald
from tests import fabrik
from tilbud.belaegning.models import Optagelse
from tilbud.models import Plads, Pladsart

IDAG, VINDUE = fabrik.om(0), 60
BESLUTNINGER = st.sampled_from(
    [
        (Udfald.BEKRAEFT, None, "saelger"), (Udfald.AFVIS, Grund.PLADS_IKKE_KLAR, "saelger"),
        (Udfald.ANNULLER, Grund.BEHOV_BORTFALDET, "koeber"), (Udfald.FORLAENG, None, "koeber"),
    ]
)  # fmt: skip
DAGE, VALG = st.integers(0, 20), st.integers(0, 50)


class Livscyklus(RuleBasedStateMachine):
    """Two municipalities and one offer with two døgn places, a merplads and a day place that can be shared by weekdays."""

    def __init__(self) -> None:
        super().__init__()
        self.omgang = transaction.atomic()
        self.omgang.__enter__()
        afdeling = fabrik.plads_med_takst(betegnelse="A").afdeling
        fabrik.ledig_plads(afdeling, betegnelse="B")
        fabrik.ledig_plads(afdeling, betegnelse="M", merplads=True, fra=fabrik.om(3), til=fabrik.om(40))
        fabrik.merpladstilladelse(afdeling, fra=fabrik.om(3), til=fabrik.om(40))
        fabrik.ledig_plads(afdeling, betegnelse="D", art=Pladsart.DAG, ugedage=[1, 2, 3, 4, 5])
        self.afdeling, self.pladser = afdeling, list(Plads.objects.filter(afdeling=afdeling).order_by("betegnelse"))
        self.koebere = [fabrik.sagsbehandler(navn) for navn in ("Rødovre", "Herlev")]
        self.saelger = fabrik.tilbudsleder()

    def teardown(self) -> None:
        """Nothing of the game is kept."""
        transaction.set_rollback(True)
        self.omgang.__exit__(None, None, None)

    def proev(self, handling: Callable[[], object]) -> None:
        """A refusal in the platform's own words is part of the game, and leaves nothing behind; anything else is not."""
        try:
            with transaction.atomic():
                handling()
        except DomaeneFejl:
            pass

    def sager(self) -> list[Reservation]:
        return list(Reservation.objects.for_systemet("game").select_related("optagelse").order_by("pk"))

    def ophold(self) -> list[Ophold]:
        return list(Ophold.objects.for_systemet("game").order_by("pk"))

    @rule(hvem=st.integers(0, 1), plads=st.integers(0, 4), fra=DAGE, dage=st.none() | st.integers(1, 30), del_=st.sampled_from([(), (1, 2, 3), (4, 5)]))  # fmt: skip
    def reserver(self, hvem: int, plads: int, fra: int, dage: int | None, del_: tuple[int, ...]) -> None:
        sted: dict[str, Any] = {"plads_id": self.pladser[plads].pk} if plads < 4 else {"afdeling_id": self.afdeling.pk}
        periode = Periode(fabrik.om(fra), fabrik.om(fra + dage) if dage else None)
        self.proev(lambda: reserver(aktoer=self.koebere[hvem], periode=periode, hjemmel="SEL-107", sagsreference="sag", ugedage=del_, **sted))  # fmt: skip

    @rule(nummer=VALG, valgt=BESLUTNINGER)
    def beslut(self, nummer: int, valgt: tuple[Udfald, Grund | None, str]) -> None:
        if not (sager := self.sager()):
            return
        sag, (udfald, grund, side) = sager[nummer % len(sager)], valgt
        koeber = next(k for k in self.koebere if k.organisation_id == sag.handlekommune_id)
        hvem = self.saelger if side == "saelger" else koeber
        self.proev(lambda: beslut(aktoer=hvem, reservation_id=sag.pk, udfald=udfald, grund=grund))

    @rule(nummer=VALG, dag=DAGE)
    def indskriv(self, nummer: int, dag: int) -> None:
        if sager := self.sager():
            indhold = Indhold(data={Data.DATO: fabrik.om(dag)})
            self.proev(
                lambda: indskriv(aktoer=self.saelger, reservation_id=sager[nummer % len(sager)].pk, indhold=indhold)
            )

    def skridt(self, nummer: int, udfald: Udfald, grund: Grund | None = None, **data: Any) -> None:
        if alle := self.ophold():
            indhold = Indhold(grund, data={Data(navn): vaerdi for navn, vaerdi in data.items()})
            et = alle[nummer % len(alle)]
            self.proev(lambda: afgoer_ophold(aktoer=self.saelger, ophold_id=et.pk, udfald=udfald, indhold=indhold))

    @rule(nummer=VALG, plads=st.integers(0, 3), fra=DAGE, dage=st.none() | st.integers(1, 20))
    def flyt(self, nummer: int, plads: int, fra: int, dage: int | None) -> None:
        til = fabrik.om(fra + dage) if dage else None
        self.skridt(nummer, Udfald.FLYT, plads=self.pladser[plads].pk, dato=fabrik.om(fra), til=til)

    @rule(nummer=VALG)
    def opsig(self, nummer: int) -> None:
        self.skridt(nummer, Udfald.OPSIG, Grund.KOMPETENCE, dato=IDAG)

    @rule(nummer=VALG, grund=st.sampled_from([Grund.FRAFLYTTET, Grund.DOED, Grund.ENIGE]))
    def udskriv(self, nummer: int, grund: Grund) -> None:
        self.skridt(nummer, Udfald.UDSKRIV, grund, dato=IDAG)

    @rule()
    def tiden_gaar(self) -> None:
        """Every hold that is left runs out; tidied up or not is the next step's luck."""
        Optagelse.objects.filter(aktiv=True, udloeber__isnull=False).update(udloeber=F("udloeber") - timedelta(days=40))

    @rule()
    def ryd_op(self) -> None:
        udloeb_reservationer()

    @invariant()
    def no_two_claims_share_a_day_of_a_place(self) -> None:
        for a, b in combinations(Optagelse.objects.filter(aktiv=True).order_by("plads_id"), 2):
            if a.plads_id == b.plads_id and set(a.ugedage) & set(b.ugedage):
                assert not Periode.af_range(a.periode).overlapper(Periode.af_range(b.periode))

    @invariant()
    def never_more_in_a_department_than_it_has_open(self) -> None:
        taget, aabent = (
            [(Periode.af_range(et.periode), set(et.ugedage)) for et in alle]
            for alle in (Optagelse.objects.filter(aktiv=True), Plads.objects.filter(afdeling=self.afdeling))
        )
        for dag in (IDAG + timedelta(days=n) for n in range(VINDUE)):
            optagne, aabne = (
                sum(p.indeholder(dag) and dag.isoweekday() in u for p, u in alle) for alle in (taget, aabent)
            )
            assert optagne <= aabne

    @invariant()
    def no_case_without_its_claim_and_no_claim_without_its_case(self) -> None:
        med_sag = {sag.optagelse_id for sag in self.sager()}
        med_sag |= set(Opholdsplads.objects.for_systemet("game").values_list("optagelse_id", flat=True))
        assert set(Optagelse.objects.values_list("pk", flat=True)) == med_sag
        for sag in self.sager():
            art = (sag.optagelse.aktiv, sag.optagelse.art)
            assert sag.tilstand != Tilstand.BEKRAEFTET or art == (True, "ophold")
            assert (
                sag.tilstand not in {Tilstand.AFVIST, Tilstand.ANNULLERET, Tilstand.UDLOEBET} or not sag.optagelse.aktiv
            )

    @invariant()
    def days_of_a_stay_are_its_days_in_the_ledger_without_a_gap(self) -> None:
        raekker = Opholdsplads.objects.for_systemet("game").filter(optagelse__aktiv=True).select_related("optagelse")
        for et in self.ophold():
            perioder = sorted((Periode.af_range(r.optagelse.periode) for r in raekker if r.ophold_id == et.pk), key=lambda p: p.fra)  # fmt: skip
            dage: Counter[date] = Counter()
            for periode in perioder:
                til = min(periode.til or fabrik.om(VINDUE), fabrik.om(VINDUE))
                dage.update(periode.fra + timedelta(days=n) for n in range(max(0, (til - periode.fra).days)))
            assert all(antal == 1 for antal in dage.values()), "one place at a time"
            assert all(foer.til == efter.fra for foer, efter in pairwise(perioder)), "no gap"
            if et.sidste_dag:
                assert et.betales_til is not None
                assert et.sidste_dag <= et.betales_til
                assert not any(dag > et.sidste_dag for dag in dage), "free from the day after"

    @invariant()
    def a_decision_stands_behind_every_state(self) -> None:
        sidste = {b.reservation_id: b.udfald for b in Beslutning.objects.for_systemet("game").exclude(reservation=None).exclude(udfald=Udfald.FORLAENG)}  # fmt: skip
        ventet = {Tilstand.BEKRAEFTET: "bekraeft", Tilstand.AFVIST: "afvis", Tilstand.ANNULLERET: "annuller", Tilstand.INDSKREVET: "indskriv"}  # fmt: skip
        for sag in self.sager():
            if udfald := ventet.get(Tilstand(sag.tilstand)):
                assert sidste.get(sag.pk) == udfald


@pytest.mark.django_db
def test_books_agree_whatever_happens() -> None:
    regler = settings(max_examples=8, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Livscyklus, settings=regler)
