"""The pure parts: the waterfall, the what-if, and days without a takst."""

import time
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faelles.dokument.tal import kr
from faelles.fejl import UgyldigtInput
from faelles.tid import Periode
from takster.beregning.takst import Budgetpost, Overhead, Overheadmetode, beregn_takst
from takster.fastsaettelse.figurer import udvikling, vandfald, vandfald_tekst
from takster.fastsaettelse.hvad_nu_hvis import Aendringer, med
from takster.fastsaettelse.perioder import huller
from takster.fastsaettelse.sammenligning import sammenlign
from takster.fastsaettelse.uden_budget import priser_i_ord
from takster.models import Takst, Takstenhed
from tests.takster.beregning.eksempel import inddata

KR = st.decimals(min_value=1_000_000, max_value=90_000_000, places=2)


def test_sammenlign__each_change_counts_and_together_they_are_the_difference() -> None:
    foer = beregn_takst(inddata())
    nu = beregn_takst(inddata(aar=2028, pladser=Decimal(25)))  # a leap year and one place more
    fundet = sammenlign(foer, nu)
    assert [skridt.navn for skridt in fundet.skridt] == ["Pladser", "Dage i året", "Afrunding"]
    assert all(skridt.virkning < 0 for skridt in fundet.skridt[:2])
    assert sum(skridt.virkning for skridt in fundet.skridt) == fundet.forskel == nu.takst - foer.takst


@given(loen=KR, andet=KR, pladser=st.integers(1, 200), belaegning=st.integers(95, 98))
def test_sammenlign__sums_to_the_difference_whatever_changed(
    loen: Decimal, andet: Decimal, pladser: int, belaegning: int
) -> None:
    foer = beregn_takst(inddata())
    linjer = (Budgetpost(art="Løn", beloeb=loen), Budgetpost(art="Noget ukendt", beloeb=andet))
    nu = beregn_takst(
        replace(
            inddata(),
            direkte_omkostninger=linjer,
            pladser=Decimal(pladser),
            belaegning=replace(inddata().belaegning, faktisk=(Decimal(belaegning),)),
        )
    )
    fundet = sammenlign(foer, nu)
    assert sum(skridt.virkning for skridt in fundet.skridt) == fundet.forskel
    assert vandfald_tekst(fundet, 2026).startswith("Taksten ")
    figur = vandfald(fundet, 2026, Takstenhed.DAG)
    assert len(figur["data"]["values"]) == len(fundet.skridt) + 2
    assert ("kr./dag" in str(figur), "døgn" in str(figur)) == (True, False)


def test_sammenlign__a_takst_with_itself_has_no_steps() -> None:
    foer = beregn_takst(inddata())
    assert sammenlign(foer, foer).skridt == ()
    assert (
        vandfald_tekst(sammenlign(foer, foer), 2026)
        == "Taksten er uændret fra 2.687,00\xa0kr. i 2025 til 2.687,00\xa0kr. i 2026."
    )


def test_med__nothing_changed_is_the_calculation_itself() -> None:
    assert med(inddata(), Aendringer()) == beregn_takst(inddata())


@pytest.mark.parametrize(
    ("aendringer", "takst"),
    [
        (Aendringer(pladser=Decimal(22)), "2932"),  # 22694814.12 / (22 × 365 × 0.964)
        (Aendringer(belaegning=Decimal(98)), "2644"),
        (Aendringer(pl=Decimal("2.9")), "2765"),
    ],
)
def test_med__one_change(aendringer: Aendringer, takst: str) -> None:
    assert str(med(inddata(), aendringer).takst) == takst


def test_med__a_line_is_changed_before_pl_is_put_on() -> None:
    art = inddata().direkte_omkostninger[0].art
    resultat = med(inddata(), Aendringer(linjer={art: Decimal(18_000_000)}, pl=Decimal(10)))
    assert resultat.inddata.direkte_omkostninger[0].beloeb == Decimal("19800000.00")


def test_med__pl_is_on_overhead_in_kr_as_it_is_in_next_years_budget() -> None:
    konkret = Overhead(metode=Overheadmetode.KONKRET, beloeb=Decimal("1284612.12"))
    resultat = med(inddata(overhead=konkret), Aendringer(pl=Decimal("2.9")))
    assert resultat.inddata.overhead.beloeb == Decimal("1321865.87")
    assert str(resultat.takst) == "2765"


def test_med__figures_the_engine_refuses_are_refused() -> None:
    with pytest.raises(UgyldigtInput):
        med(inddata(), Aendringer(pladser=Decimal(0)))


def test_aendringer__are_told_in_words_and_read_back_as_they_were_stored() -> None:
    alle = Aendringer(
        pladser=Decimal(22), belaegning=Decimal("96.4"), pl=Decimal("3.2"), linjer={"Løn": Decimal("17900000.50")}
    )
    assert alle.i_ord == f"pladser 22, belægning 96,4 procent, PL 3,2 procent, Løn {kr(Decimal('17900000.50'))}"
    assert Aendringer.af_json(alle.som_json()) == alle
    assert (Aendringer().i_ord, Aendringer.af_json({})) == ("", Aendringer())


def test_med__is_fast_enough_to_follow_the_keyboard() -> None:
    """A bound with a lot of room on a busy machine: the page must answer within 200 ms, and this is a part of it."""
    begyndt = time.process_time()
    for _ in range(20):
        sammenlign(beregn_takst(inddata()), med(inddata(), Aendringer(pladser=Decimal(22))))
    assert (time.process_time() - begyndt) / 20 < 0.05


def test_huller__are_the_days_between_and_after() -> None:
    perioder = [Periode(date(2026, 7, 1), date(2027, 1, 1)), Periode(date(2025, 1, 1), date(2026, 1, 1))]
    assert huller(perioder, date(2027, 1, 1)) == [Periode(date(2026, 1, 1), date(2026, 7, 1))]
    assert huller(perioder, date(2027, 3, 1))[1:] == [Periode(date(2027, 1, 1), date(2027, 3, 1))]
    assert huller([Periode(date(2026, 1, 1))], date(2030, 1, 1)) == []
    assert huller([], date(2030, 1, 1)) == []


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(0, 30)), min_size=1, max_size=8))
def test_huller__and_periods_cover_every_day_once(stykker: list[tuple[int, int]]) -> None:
    dag, perioder = date(2026, 1, 1), []
    for laengde, hul in stykker:
        perioder.append(Periode(dag, dag + timedelta(days=laengde)))
        dag += timedelta(days=laengde + hul)
    alle = sorted([*perioder, *huller(perioder, dag)], key=lambda periode: periode.fra)
    assert (alle[0].fra, alle[-1].til) == (date(2026, 1, 1), dag)
    assert all(foer.til == efter.fra for foer, efter in pairwise(alle))


def _takster(enhed: Takstenhed, fra: int, *beloeb: int) -> list[Takst]:
    return [
        Takst(enhed=enhed, beloeb=Decimal(et), periode=Periode.aar(fra + nummer).som_range)
        for nummer, et in enumerate(beloeb)
    ]


def test_udvikling__axis_is_the_offers_own_unit() -> None:
    doegn, dag = _takster(Takstenhed.DOEGN, 2025, 2000, 2100), _takster(Takstenhed.DAG, 2025, 700, 750)
    kun_dag = udvikling({"Dagtilbud, § 104": dag})
    assert kun_dag is not None
    assert (kun_dag["encoding"]["y"]["title"], {p["serie"] for p in kun_dag["data"]["values"]}) == ("kr./dag", {"Dagtilbud, § 104"})  # fmt: skip
    begge = udvikling({"Bo, § 108": doegn, "Dagtilbud, § 104": dag})
    assert begge is not None
    assert begge["encoding"]["y"]["title"] == "kr./døgn og kr./dag"
    assert {p["serie"] for p in begge["data"]["values"]} == {"Bo, § 108, kr./døgn", "Dagtilbud, § 104, kr./dag"}


def test_udvikling__a_part_that_changes_unit_is_two_lines() -> None:
    skiftet = udvikling({"Huset": _takster(Takstenhed.DOEGN, 2024, 2000, 2100) + _takster(Takstenhed.DAG, 2026, 700)})
    assert skiftet is not None
    assert {p["serie"]: p["trin"] for p in skiftet["data"]["values"]} == {"Huset, kr./døgn": "2025", "Huset, kr./dag": "2026"}  # fmt: skip


def test_udvikling__lines_beyond_the_sixth_are_told_of() -> None:
    serier = {f"Hus {nummer}": _takster(Takstenhed.DOEGN, 2025, 2000, 2100) for nummer in range(7)}
    figur = udvikling(serier)
    assert figur is not None
    assert len({p["serie"] for p in figur["data"]["values"]}) == 6
    assert "de første 6 af 7" in figur["description"]


def test_priser_i_ord__lowest_and_highest_of_each_unit() -> None:
    doegn, dag = Takstenhed.DOEGN.value, Takstenhed.DAG.value
    assert priser_i_ord([(doegn, Decimal(2100)), (doegn, Decimal(2100))]) == "2.100,00 kr./døgn"
    priser = [(dag, Decimal(700)), (doegn, Decimal("2100.5")), (doegn, Decimal(1900)), (doegn, Decimal(2000))]
    assert priser_i_ord(priser) == "1.900,00 til 2.100,50 kr./døgn og 700,00 kr./dag"
    assert priser_i_ord([]) == ""
