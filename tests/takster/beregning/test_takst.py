"""F1: the worked example of rules-takst § 4, and what must hold for any budget."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faelles.fejl import UgyldigtInput
from faelles.penge import Enhed
from takster.beregning import Grundlag, beregn_takst

EKSEMPEL = {
    "løn": "17850000",
    "ejendom": "620000",
    "øvrige personaleudgifter": "1480000",
    "øvrig drift": "740000",
    "afskrivning": "410000",
    "forrentning": "165000",
    "tilsyn": "49202",
    "tjenestemandspension": "96000",
}


def grundlag(**andet: object) -> Grundlag:
    """The budget of the example with something changed."""
    felter: dict[str, object] = {
        "aar": 2026,
        "pladser": Decimal(24),
        "direkte_omkostninger": {art: Decimal(beloeb) for art, beloeb in EKSEMPEL.items()},
        "overhead_procent": Decimal(6),
        "belaegningsprocent": Decimal("96.4"),
        "dagsbasis": "kalender",
        "afrunding": Enhed.KRONE,
    }
    return Grundlag(**{**felter, **andet})  # type: ignore[arg-type]  # a table of changes


def test_beregn_takst_gives_the_worked_example() -> None:
    resultat = beregn_takst(grundlag())
    vaerdier = [trin.vaerdi for trin in resultat.trin]
    assert vaerdier[:2] == [Decimal(21410202), Decimal("1284612.12")]
    assert vaerdier[3:5] == [Decimal("22694814.12"), Decimal("8444.64")]
    assert resultat.takst == Decimal(2687)
    assert str(resultat.uafrundet).startswith("2687.4815")


@pytest.mark.parametrize(
    ("andet", "takst"),
    [
        ({"afrunding": Enhed.OERE}, "2687.48"),
        ({"aar": 2028, "afrunding": Enhed.OERE}, "2680.14"),
        ({"aar": 2028, "dagsbasis": "365"}, "2687"),
        ({"efterregulering": Decimal(-302560)}, "2652"),
        ({"efterregulering": Decimal(-1322560)}, "2531"),
    ],
)
def test_beregn_takst_gives_the_variants_of_the_example(andet: dict[str, object], takst: str) -> None:
    assert beregn_takst(grundlag(**andet)).takst == Decimal(takst)


beloeb = st.decimals(min_value=Decimal(100_000), max_value=Decimal(10**9), places=2)
procenter = st.decimals(min_value=Decimal(1), max_value=Decimal(100), places=2)


@given(st.dictionaries(st.text("abc", min_size=1), beloeb, min_size=1), st.integers(1, 300), procenter, procenter)
def test_beregn_takst_recomputes_from_what_is_stored(
    omkostninger: dict[str, Decimal], pladser: int, overhead: Decimal, belaegning: Decimal
) -> None:
    resultat = beregn_takst(
        grundlag(
            direkte_omkostninger=omkostninger,
            pladser=Decimal(pladser),
            overhead_procent=overhead,
            belaegningsprocent=belaegning,
        )
    )
    gemt = json.loads(json.dumps(resultat.som_json()))
    assert beregn_takst(Grundlag.af_json(gemt["grundlag"])) == resultat


@given(beloeb, beloeb, procenter)
def test_beregn_takst_rises_with_costs_and_falls_with_occupancy(a: Decimal, mere: Decimal, belaegning: Decimal) -> None:
    lav = beregn_takst(grundlag(direkte_omkostninger={"løn": a}, belaegningsprocent=belaegning)).uafrundet
    assert beregn_takst(grundlag(direkte_omkostninger={"løn": a + mere}, belaegningsprocent=belaegning)).uafrundet > lav
    assert beregn_takst(grundlag(direkte_omkostninger={"løn": a}, belaegningsprocent=Decimal(100))).uafrundet <= lav


def test_grundlag_tells_all_faults_at_once() -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        grundlag(
            pladser=Decimal(0),
            belaegningsprocent=Decimal("100.01"),
            overhead_procent=Decimal(-1),
            dagsbasis="366",
            direkte_omkostninger={"løn": Decimal(-1)},
        )
    assert set(fejl.value.felter) == {
        "pladser",
        "belaegningsprocent",
        "overhead_procent",
        "dagsbasis",
        "direkte_omkostninger",
    }


def test_beregn_takst_that_is_not_above_zero_is_refused() -> None:
    with pytest.raises(UgyldigtInput):
        beregn_takst(grundlag(efterregulering=Decimal(-30_000_000)))
