"""The growth's pure rules: a worked example by hand, and what holds whatever the figures."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takster.beregning.loft import Loftmetode, Pl, Pladsudgift, Vaekstloft
from takster.vaekst.regler import (
    Aarsudgift,
    Grund,
    Gruppe,
    Gruppetal,
    anden_laesning,
    faste_priser,
    grund,
    gruppe,
    maal,
    sammensaetning,
)

FOER, NU = 2024, 2026
EN = Pladsudgift(aar=FOER, omkostninger=Decimal(1), pladsdage=Decimal(1))
# PL of 2 percent twice and 1 percent off: index 104.04, of which 102.9996 is allowed (multiplicative) or 103.04 (additive).
LOFT = Vaekstloft(
    basis=EN,
    aaret=replace(EN, aar=NU),
    pl=(Pl(aar=2025, procent=Decimal(2)), Pl(aar=2026, procent=Decimal(2))),
    fradrag_procent=Decimal(1),
    metode=Loftmetode.MULTIPLIKATIV,
)


def udgift(aar: int, kr: int | Decimal, dage: int | Decimal, overhead: int = 0) -> Aarsudgift:
    return Aarsudgift(aar, Decimal(kr), Decimal(overhead), Decimal(dage), Decimal(1), 1)


def aarene(nu: int, foer: int = 1000) -> list[Aarsudgift]:
    """A place day at so many kr. in the base year, the year between and the year."""
    return [udgift(FOER, foer, 1), udgift(2025, foer, 1), udgift(NU, nu, 1)]


GRUPPER = (
    Gruppetal(Gruppe.SAMME, udgift(FOER, 1_000_000, 1000), udgift(NU, 1_050_000, 1000)),
    Gruppetal(Gruppe.AENDRET, udgift(FOER, 1_000_000, 500), udgift(NU, 2_000_000, 1000)),
    Gruppetal(Gruppe.NY, None, udgift(NU, 1_200_000, 1000)),
    Gruppetal(Gruppe.LUKKET, udgift(FOER, 1_500_000, 500), None),
)


def test_series_is_in_the_years_prices_with_index_and_target() -> None:
    maaling = maal(LOFT, aarene(1030))
    assert [(p.aar, p.udgift) for p in maaling.punkter] == [
        (2024, Decimal("1040.40")),  # 1,000 × 1.02 × 1.02
        (2025, Decimal("1020.00")),
        (2026, Decimal("1030.00")),
    ]
    assert [f"{p.indeks:.4f}" for p in maaling.punkter] == ["100.0000", "98.0392", "99.0004"]
    assert [p.maal for p in maaling.punkter] == [100, 99, 99]
    assert maaling.resultat is not None
    assert maaling.resultat.loft == Decimal("1030.00")  # 1,029.996
    assert maaling.resultat.overholdt


def test_additive_ceiling_is_a_higher_target_and_the_other_reading_can_be_told() -> None:
    additiv = maal(replace(LOFT, metode=Loftmetode.ADDITIV), aarene(1031))
    assert f"{additiv.punkter[-1].maal:.4f}" == "99.0388"  # 103.04 / 104.04
    assert additiv.resultat is not None
    assert (additiv.resultat.afstand_oere, anden_laesning(additiv.resultat).afstand_oere) == (-60, -100)
    assert anden_laesning(anden_laesning(additiv.resultat)) == additiv.resultat


def test_series_without_the_base_year_or_the_year_has_no_verdict() -> None:
    uden_basis, uden_aaret = maal(LOFT, aarene(1030)[1:]), maal(LOFT, aarene(1030)[:2])
    assert (uden_basis.resultat, uden_aaret.resultat) == (None, None)
    assert {p.indeks for p in uden_basis.punkter} == {None}
    assert (uden_aaret.aaret, uden_aaret.punkt(NU)) == (None, None)
    assert maal(LOFT, [udgift(FOER, 0, 0), udgift(NU, 5, 1)]).resultat is None


def test_overhead_is_in_percent_of_the_direct_costs() -> None:
    assert udgift(NU, 1060, 1, overhead=60).overheadprocent == 6
    assert udgift(NU, 60, 1, overhead=60).overheadprocent is None


def test_effects_of_the_worked_example() -> None:
    hele = sammensaetning(LOFT, GRUPPER)
    assert (hele.foer, hele.nu) == (Decimal("1820.70"), Decimal("1416.67"))
    assert [(v.gruppe, v.tilbud, v.kr) for v in hele.virkninger] == [
        (Gruppe.SAMME, 1, Decimal("4.80")),  # 3,651,000 / 2,000
        (Gruppe.AENDRET, 1, Decimal("18.74")),  # 4,610,600 / 2,500
        (Gruppe.NY, 1, Decimal("-184.07")),  # 5,810,600 / 3,500
        (Gruppe.LUKKET, 1, Decimal("-243.50")),  # 4,250,000 / 3,000
    ]
    assert hele.pris == Decimal("4.80")


def test_offers_of_which_none_is_in_both_years_have_effects_too() -> None:
    hele = sammensaetning(LOFT, [GRUPPER[3], GRUPPER[2]])
    assert (hele.foer, hele.nu, hele.pris) == (Decimal("3121.20"), Decimal("1200.00"), Decimal(0))
    umaalt = Gruppetal(Gruppe.UMAALT, udgift(FOER, 1000, 1), udgift(NU, 2000, 1))
    assert [(v.tilbud, v.kr) for v in sammensaetning(LOFT, [umaalt]).virkninger] == [(2, Decimal("959.60"))]


@pytest.mark.parametrize("flag", list(product([True, False], repeat=5)))
def test_offer_is_what_can_be_told_of_it(flag: tuple[bool, bool, bool, bool, bool]) -> None:
    maalt_foer, maalt_nu, findes_foer, findes_nu, uaendret = flag
    fundet = gruppe(*flag)
    if maalt_foer and maalt_nu:
        assert fundet is (Gruppe.SAMME if uaendret else Gruppe.AENDRET)
    elif findes_foer and findes_nu:
        assert fundet is Gruppe.UMAALT
    else:
        assert fundet is (Gruppe.NY if maalt_nu else Gruppe.LUKKET)


def test_takst_is_left_out_for_the_first_reason_that_holds() -> None:
    assert grund(i_enheden=False, beregnet=False, hele_aaret=False) is Grund.ANDEN_ENHED
    assert grund(i_enheden=True, beregnet=False, hele_aaret=False) is Grund.UDEN_BEREGNING
    assert grund(i_enheden=True, beregnet=True, hele_aaret=False) is Grund.DEL_AF_AARET
    assert grund(i_enheden=True, beregnet=True, hele_aaret=True) is None


BELOEB = st.decimals(Decimal(1), Decimal(10**9), places=2)
DAGE = st.decimals(Decimal(1), Decimal(10**6), places=2)
AAR = {aar: st.builds(udgift, st.just(aar), BELOEB, DAGE) for aar in (FOER, NU)}
I_GRUPPE = {
    Gruppe.SAMME: (AAR[FOER], AAR[NU]),
    Gruppe.AENDRET: (AAR[FOER], AAR[NU]),
    Gruppe.NY: (st.none(), AAR[NU]),
    Gruppe.UMAALT: (st.none() | AAR[FOER], st.none() | AAR[NU]),
    Gruppe.LUKKET: (AAR[FOER], st.none()),
}


@st.composite
def grupper(draw: st.DrawFn) -> list[Gruppetal]:
    """Any groups with something in both years, in any order."""
    valgte = draw(st.lists(st.sampled_from(Gruppe), min_size=1, unique=True))
    alle = [Gruppetal(g, draw(I_GRUPPE[g][0]), draw(I_GRUPPE[g][1])) for g in valgte]
    if not (any(g.foer for g in alle) and any(g.nu for g in alle)):
        return [*GRUPPER]
    return alle


@given(grupper(), st.randoms())
def test_effects_sum_to_the_difference_in_any_order(alle: Sequence[Gruppetal], tilfaeldig: Random) -> None:
    hele = sammensaetning(LOFT, alle)
    assert hele.foer + sum(v.kr for v in hele.virkninger) == hele.nu
    blandet = list(alle)
    tilfaeldig.shuffle(blandet)
    assert sammensaetning(LOFT, blandet) == hele


@given(BELOEB, DAGE)
def test_costs_that_follow_pl_have_index_100_and_no_effect(kr: Decimal, dage: Decimal) -> None:
    nu = faste_priser(LOFT, kr, FOER)
    maaling = maal(LOFT, [udgift(FOER, kr, dage), udgift(NU, nu, dage)])
    assert f"{maaling.punkter[-1].indeks:.10f}" == "100.0000000000"
    samme = Gruppetal(Gruppe.SAMME, udgift(FOER, kr, dage), udgift(NU, nu, dage))
    assert sammensaetning(LOFT, [samme]).pris == 0


@given(BELOEB, DAGE)
def test_costs_that_do_not_change_have_the_deflator_as_index(kr: Decimal, dage: Decimal) -> None:
    maaling = maal(LOFT, [udgift(FOER, kr, dage), udgift(NU, kr, dage)])
    assert f"{maaling.punkter[-1].indeks:.10f}" == f"{Decimal(10000) / Decimal('104.04'):.10f}"


@given(BELOEB, DAGE, st.permutations([0, 1, 2]))
def test_series_is_the_same_in_any_order(kr: Decimal, dage: Decimal, orden: Sequence[int]) -> None:
    alle = [udgift(FOER, kr, dage), udgift(2025, 2 * kr, dage), udgift(NU, 3 * kr, dage)]
    assert maal(LOFT, [alle[nr] for nr in orden]) == maal(LOFT, alle)
