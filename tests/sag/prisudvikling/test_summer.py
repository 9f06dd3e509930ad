"""The sums of stays: held up against days counted one by one, and against the same stay written in other ways."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

import pytest

from faelles.scope import som_systemet
from faelles.tid import Periode
from reservationer.sag.models import Opholdshjemmel, Opholdsplads, Opholdspris
from reservationer.sag.prisudvikling.regler import Celle, Ejer, Grund, Prissum
from reservationer.sag.prisudvikling.summer import Summer
from takster.models import Takst, Takstenhed
from tests import fabrik
from tests.sag.prisudvikling.situationer import AAR, BASIS, HJEMMEL, afdeling, betalt, hjemmel, ophold, pris
from tests.takster.vaekst.situationer import vilkaar
from tilbud.models import Afdeling

pytestmark = pytest.mark.django_db
SLUT = date(AAR + 1, 1, 1)
AARET = Periode.aar(AAR)


def aarets(enhed: Takstenhed = Takstenhed.DOEGN, *, slut: date = SLUT) -> list[Celle]:
    return list(Summer.hent(fabrik.kkr(), BASIS, AAR, enhed, slut).celler)


def ikke_med(enhed: Takstenhed = Takstenhed.DOEGN) -> dict[Grund, tuple[int, Decimal | None, int]]:
    return {
        et.grund: (et.dage, et.samlet, et.ophold) for et in Summer.hent(fabrik.kkr(), BASIS, AAR, enhed, SLUT).udeladte
    }


def dag_for_dag() -> dict[tuple[int, UUID, str], list[Decimal]]:
    """Days, kr. by the published takst, as agreed and in supplements, found by asking what held on each day of each claim."""
    with som_systemet("test"):
        pladser = list(Opholdsplads.objects.for_systemet("test").select_related("ophold", "optagelse__plads"))
        priser = list(Opholdspris.objects.for_systemet("test").exclude(accepteret=None))
        hjemler = list(Opholdshjemmel.objects.for_systemet("test"))
    takster = list(Takst.objects.gaeldende())
    fundet: dict[tuple[int, UUID, str], list[Decimal]] = {}
    for et in pladser:
        optagelse, hvis = et.optagelse, et.ophold_id
        dag = max(optagelse.periode.lower, date(BASIS, 1, 1))
        while dag < min(optagelse.periode.upper or SLUT, SLUT):
            koder = [h.hjemmel_id for h in hjemler if h.ophold_id == hvis and dag in h.periode]
            aftalt = [p for p in priser if p.ophold_id == hvis and dag in p.periode and p.enhed == Takstenhed.DOEGN]
            takst = [t for t in takster if t.afdeling_id == optagelse.plads.afdeling_id and t.hjemmel_id in koder and dag in t.periode]  # fmt: skip
            if dag.isoweekday() in optagelse.ugedage and aftalt and takst:
                tal = fundet.setdefault((dag.year, et.ophold.driftsherre_id, koder[0]), [Decimal(0)] * 4)
                dagens = (Decimal(1), takst[0].beloeb, aftalt[0].takst, aftalt[0].samlet - aftalt[0].takst)
                fundet[dag.year, et.ophold.driftsherre_id, koder[0]] = [a + b for a, b in zip(tal, dagens, strict=True)]
            dag += timedelta(days=1)
    return fundet


def tilfaeldigt_omraade(rng: Random) -> None:
    """Stays of every kind: part-time, moved, with prices, hjemler and takster that change, some without one of them."""
    fabrik.kommune("Rødovre")
    vilkaar()
    steder = [afdeling(i="Gladsaxe"), afdeling(i="Rødovre"), afdeling(i="Rødovre", ejer="Fonden")]
    for hvor in steder:
        for kode in (HJEMMEL, "SEL-108"):
            for periode in dele(rng, Periode(date(BASIS, 2, 1), date(AAR + 1, 6, 1))):
                if rng.random() < 0.8:
                    fabrik.takst(hvor, str(rng.randint(500, 3000)), kode=kode, fra=periode.fra, til=periode.til)
    for _ in range(8):
        fra = date(BASIS - 1, 6, 1) + timedelta(days=rng.randint(0, 500))
        periode = Periode(fra, fra + timedelta(days=rng.randint(30, 600)))
        hvor = rng.choice(steder)
        nyt = ophold(fabrik.ledig_plads(hvor), periode, ugedage=rng.choice([None, [1, 2, 3], [5, 7]]))
        for del_ in dele(rng, periode):
            hjemmel(nyt, del_, rng.choice([HJEMMEL, "SEL-108"]))
        for del_ in dele(rng, periode):
            if rng.random() < 0.9:
                pris(nyt, del_, rng.randint(500, 3000), rng.choice([0, 250]))


def dele(rng: Random, periode: Periode) -> list[Periode]:
    """The period cut at two days at the most."""
    til = periode.til or SLUT
    skel = sorted({periode.fra + timedelta(days=rng.randint(1, (til - periode.fra).days - 1)) for _ in range(2)})
    return [Periode(fra, slut) for fra, slut in zip([periode.fra, *skel], [*skel, til], strict=True)]


@pytest.mark.parametrize("seed", range(6))
def test_sums_are_those_of_days_counted_one_by_one(seed: int) -> None:
    tilfaeldigt_omraade(Random(seed))  # noqa: S311 - repeatable, not secret
    ventet = dag_for_dag()
    fundet = {
        (c.aar, c.driftsherre, c.hjemmel): [Decimal(c.tal.dage), c.tal.vejledende, c.tal.takst, c.tal.tillaeg]
        for c in aarets()
    }
    assert ventet
    assert fundet == ventet


def test_one_stay_at_the_published_takst() -> None:
    vilkaar()
    hvor = afdeling((AAR, "1000"))
    betalt(hvor, Periode(date(AAR, 1, 1), date(AAR, 1, 11)), 1000)
    (celle,) = aarets()
    assert celle == Celle(
        AAR, Ejer.KOMMUNE, hvor.tilbud.driftsherre_id, HJEMMEL, Prissum(10, Decimal(10_000), Decimal(10_000), Decimal(0), 1)
    )  # fmt: skip
    assert ikke_med() == {}


def _hel() -> Afdeling:
    vilkaar()
    return afdeling((AAR, "1000"))


def test_stay_cut_at_any_day_with_the_same_price_is_the_same_stay() -> None:
    hvor = _hel()
    betalt(hvor, AARET, 1000, 100)
    (hele,) = aarets()
    skel = date(AAR, 5, 16)
    nyt = ophold(fabrik.ledig_plads(hvor), AARET)
    hjemmel(nyt, AARET)
    for del_ in (Periode(AARET.fra, skel), Periode(skel, AARET.til)):
        pris(nyt, del_, 1000, 100)
    (begge,) = aarets()
    assert begge.tal == hele.tal + hele.tal


def test_takst_that_changes_inside_a_month_counts_by_its_days() -> None:
    vilkaar()
    hvor, skel = afdeling(), date(AAR, 1, 16)
    fabrik.takst(hvor, "1000", fra=AARET.fra, til=skel)
    fabrik.takst(hvor, "1100", fra=skel, til=AARET.til)
    betalt(hvor, Periode(date(AAR, 1, 1), date(AAR, 2, 1)), 1000)
    (celle,) = aarets()
    assert celle.tal.vejledende == 15 * 1000 + 16 * 1100
    assert celle.tal.samlet == 31 * 1000
    assert celle.tal.forskel == -1600


def test_only_days_before_the_end_and_on_the_stays_weekdays_are_counted() -> None:
    hvor = _hel()
    nyt = ophold(fabrik.ledig_plads(hvor), Periode(date(AAR - 1, 12, 1)), ugedage=[1, 2])
    hjemmel(nyt, Periode(date(AAR - 1, 12, 1)))
    pris(nyt, Periode(date(AAR - 1, 12, 1)), 1000)
    (celle,) = aarets(slut=date(AAR, 2, 1))
    dagene = (date(AAR, 1, 1) + timedelta(days=nr) for nr in range(31))
    assert celle.tal.dage == Counter(dag.isoweekday() in {1, 2} for dag in dagene)[True]


def test_price_that_waits_for_the_municipality_counts_for_nothing() -> None:
    nyt = betalt(_hel(), Periode(date(AAR, 1, 1), date(AAR, 7, 1)), 1000)
    pris(nyt, Periode(date(AAR, 3, 1)), 9999, accepteret=False)
    (celle,) = aarets()
    assert celle.tal.forskel == 0


def test_corrected_takst_is_the_one_that_counts() -> None:
    hvor = _hel()
    betalt(hvor, AARET, 1000)
    with som_systemet("test"):
        gammel = Takst.objects.get(afdeling=hvor)
        Takst.objects.filter(pk=gammel.pk).update(ophoert=gammel.oprettet)
    fabrik.takst(hvor, "900", fra=AARET.fra, til=AARET.til)
    (celle,) = aarets()
    assert celle.tal.vejledende == 900 * AARET.dage


def test_days_that_cannot_be_compared_are_left_out_with_the_first_reason_that_holds() -> None:
    hvor = _hel()
    halvaar = date(AAR, 7, 1)
    nyt = ophold(fabrik.ledig_plads(hvor), AARET)
    hjemmel(nyt, AARET)
    pris(nyt, Periode(halvaar, AARET.til), 1000)
    betalt(afdeling(), AARET, 500, 50)
    uden_takst = afdeling(ejer="Fonden")
    betalt(uden_takst, Periode(date(AAR, 1, 1), date(AAR, 1, 11)), 3000)
    anden = afdeling()
    fabrik.takst(anden, "400", enhed=Takstenhed.DAG, fra=AARET.fra, til=AARET.til)
    betalt(anden, AARET, 500)
    fundne = Summer.hent(fabrik.kkr(), BASIS, AAR, Takstenhed.DOEGN, SLUT).udeladte
    assert [(et.grund, et.ejer, et.dage, et.samlet, et.ophold) for et in fundne] == [
        (Grund.UDEN_PRIS, Ejer.KOMMUNE, (halvaar - AARET.fra).days, None, 1),
        (Grund.UDEN_TAKST, Ejer.KOMMUNE, AARET.dage, 550 * AARET.dage, 1),
        (Grund.UDEN_TAKST, Ejer.PRIVAT, 10, 30_000, 1),
        (Grund.ANDEN_ENHED, Ejer.KOMMUNE, AARET.dage, 500 * AARET.dage, 1),
    ]
    (celle,) = aarets()
    assert celle.tal.dage == (AARET.til - halvaar).days if AARET.til else False
    assert ikke_med(Takstenhed.DAG) == {Grund.UDEN_PRIS: ((halvaar - AARET.fra).days, None, 1)}


def test_prices_per_day_are_sums_of_their_own() -> None:
    vilkaar()
    hvor = afdeling()
    fabrik.takst(hvor, "400", enhed=Takstenhed.DAG, fra=AARET.fra, til=AARET.til)
    nyt = ophold(fabrik.ledig_plads(hvor), AARET, ugedage=[1, 2, 3, 4, 5])
    hjemmel(nyt, AARET)
    pris(nyt, AARET, 400, 40, enhed=Takstenhed.DAG)
    assert aarets() == []
    (celle,) = aarets(Takstenhed.DAG)
    assert celle.tal.dage == 261
    assert celle.tal.tillaeg == 261 * 40


def test_self_owned_offers_are_private_and_offers_outside_the_area_are_not_there() -> None:
    hvor = afdeling((AAR, "1000"), ejer="Fonden")
    vilkaar()
    hvor.tilbud.driftsherre.art = "selvejende"
    hvor.tilbud.driftsherre.save()
    betalt(hvor, AARET, 1000)
    fabrik.kommune("Roskilde", i="KKR Sjælland")
    betalt(afdeling((AAR, "1000"), i="Roskilde"), AARET, 1000)
    (celle,) = aarets()
    assert (celle.ejer, celle.driftsherre) == (Ejer.PRIVAT, hvor.tilbud.driftsherre_id)
