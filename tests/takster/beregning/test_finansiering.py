"""F11, F13 and F14."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faelles.fejl import UgyldigtInput
from takster.beregning.finansiering import (
    Deltidsfaktor,
    Deltidsplads,
    DyrEnkeltsag,
    Noegletal,
    ObjektivFinansiering,
    Objektivfordeling,
    Refusion,
    Refusionstrin,
    central_refusion,
    deltidstakst,
    objektiv_fordeling,
)
from tests.takster.beregning.eksempel import KRONE, OERE

SATSER_2022 = tuple(
    Refusionstrin(graense=Decimal(graense), procent=Decimal(procent))
    for graense, procent in ((860_000, 25), (1_680_000, 50), (2_120_000, 75))
)
FAKTORER = tuple(
    Deltidsfaktor(mindst_dage=dage, procent=Decimal(procent)) for dage, procent in ((4, 100), (1, 60), (3, 85))
)


def finansiering(beloeb: str, **vaegte: str) -> ObjektivFinansiering:
    """A cost and its key."""
    noegler = tuple(Noegletal(part=part, vaegt=Decimal(vaegt)) for part, vaegt in vaegte.items())
    return ObjektivFinansiering(beloeb=Decimal(beloeb), noegler=noegler, afrunding=OERE)


def test_objektiv_fordeling_shares_by_the_key() -> None:
    resultat = objektiv_fordeling(finansiering("1000000", greve="11166", resten="148350"))
    assert {part: str(andel) for part, andel in resultat.andele.items()} == {
        "greve": "69999.25",
        "resten": "930000.75",
    }
    assert resultat.trin[0].udregning == "1.000.000,00 × 11.166 / 159.516, største rest"
    assert Objektivfordeling.af_json(resultat.som_json()) == resultat


@given(
    st.integers(0, 10**11),
    st.dictionaries(st.text("abcæøå", min_size=1, max_size=3), st.integers(1, 10**6).map(str), min_size=1, max_size=30),
)
def test_objektiv_fordeling_shares_sum_to_the_cost_exactly(oere: int, vaegte: dict[str, str]) -> None:
    beloeb = Decimal(oere) / 100
    assert sum(objektiv_fordeling(finansiering(str(beloeb), **vaegte)).andele.values()) == beloeb


def test_objektivfinansiering_without_parties_twice_or_in_broken_units_is_refused() -> None:
    en = Noegletal(part="a", vaegt=Decimal(1))
    for noegler in ((), (en, en)):
        with pytest.raises(UgyldigtInput) as fejl:
            ObjektivFinansiering(beloeb=Decimal(1), noegler=noegler, afrunding=OERE)
        assert set(fejl.value.felter) == {"noegler"}
    with pytest.raises(UgyldigtInput) as fejl:
        ObjektivFinansiering(beloeb=Decimal("1.50"), noegler=(en,), afrunding=KRONE)
    assert set(fejl.value.felter) == {"beloeb"}
    with pytest.raises(UgyldigtInput):
        Noegletal(part="a", vaegt=Decimal(0))


def sag(udgift: str) -> DyrEnkeltsag:
    """A year's cost at the thresholds of 2022."""
    return DyrEnkeltsag(aar=2022, udgift=Decimal(udgift), satser=SATSER_2022, afrunding=OERE)


@pytest.mark.parametrize(
    ("udgift", "refusion"),
    [
        ("2600000", "785000.00"),
        ("860000", "0.00"),
        ("500000", "0.00"),
        ("860000.02", "0.01"),
        ("1680000", "205000.00"),
        ("2120000", "425000.00"),
        ("2120004", "425003.00"),
    ],
)
def test_central_refusion_by_slices(udgift: str, refusion: str) -> None:
    assert str(central_refusion(sag(udgift)).refusion) == refusion


def test_central_refusion_gives_the_steps_of_the_example() -> None:
    resultat = central_refusion(sag("2600000"))
    assert [str(trin.vaerdi) for trin in resultat.trin] == [
        "205000.00",
        "220000.00",
        "360000.00",
        "785000.00",
        "1815000.00",
    ]
    assert resultat.netto == Decimal(1815000)
    assert Refusion.af_json(resultat.som_json()) == resultat


def test_dyrenkeltsag_without_thresholds_or_with_falling_ones_is_refused() -> None:
    for satser in ((), SATSER_2022[::-1]):
        with pytest.raises(UgyldigtInput) as fejl:
            DyrEnkeltsag(aar=2026, udgift=Decimal(1), satser=satser, afrunding=OERE)
        assert set(fejl.value.felter) == {"satser"}


@pytest.mark.parametrize(
    ("dage", "takst"), [(1, "372.60"), (2, "372.60"), (3, "527.85"), (4, "621.00"), (5, "621.00"), (7, "621.00")]
)
def test_deltidstakst_takes_the_highest_step_reached(dage: int, takst: str) -> None:
    plads = Deltidsplads(takst=Decimal(621), dage_om_ugen=dage, faktorer=FAKTORER, afrunding=OERE)
    assert str(deltidstakst(plads).takst) == takst


def test_deltidsplads_without_a_factor_for_its_days_is_refused() -> None:
    for faktorer in ((), FAKTORER[:1], (*FAKTORER, FAKTORER[0])):
        with pytest.raises(UgyldigtInput) as fejl:
            Deltidsplads(takst=Decimal(621), dage_om_ugen=2, faktorer=faktorer, afrunding=OERE)
        assert set(fejl.value.felter) == {"faktorer"}
