"""Key figures over time: each read from the table it names, in every type of report, and told as chart, sentence and table alike."""

from decimal import Decimal

import pytest

from rammeaftale.rapporter.overblik.figurer import figur
from rammeaftale.rapporter.overblik.noegletal import NOEGLETAL, TYPER, Noegletal, ned, ned_hvor, paa_tvaers
from rammeaftale.rapporter.poster import SKJULT, Post
from rammeaftale.rapporter.register import RAPPORTTYPER
from tests.rammeaftale.rapporter.test_sporbarhed import DATA

EFTER = {noegletal.kode: noegletal for noegletal in NOEGLETAL}


def post(kolonner: tuple[str, ...], *raekker: tuple[str | int | Decimal | None, ...]) -> Post:
    return Post("R5-T1", "Belægning", "k", kolonner, raekker)


def test_rows_are_steps_and_a_hidden_one_is_in_the_table_and_not_in_the_chart() -> None:
    fundet = figur(
        EFTER["belaegning"],
        post(("Kvartal", "Procent"), ("1. kvt. 2026", Decimal("78.1")), ("2. kvt. 2026", SKJULT), ("3. kvt. 2026", Decimal("87.2"))),
    )  # fmt: skip
    assert fundet.tekst == (
        "Belægning: fra 78,1 (1. kvt. 2026) til 87,2 procent (3. kvt. 2026). 1 tal vises ikke, fordi de hviler på for få."
    )
    assert fundet.tabel.raekker == (
        ("1. kvt. 2026", ("78,1",)),
        ("2. kvt. 2026", ("skjult",)),
        ("3. kvt. 2026", ("87,2",)),
    )
    assert fundet.spec is not None
    assert [raekke["trin"] for raekke in fundet.spec["data"]["values"]] == ["1. kvt. 2026", "3. kvt. 2026"]
    assert fundet.tekst in fundet.spec["description"]


def test_series_stand_in_a_column_or_are_columns_or_lie_across() -> None:
    aar = post(("År", "Indeks", "Loft"), (2024, Decimal(100), Decimal(100)), (2025, None, Decimal(99)))
    assert [(m.serie, m.trin, m.tal) for m in ned(("Indeks", "Udgift"), ("Loft", "Loft"))(aar)] == [
        ("Udgift", "2024", Decimal(100)), ("Udgift", "2025", None), ("Loft", "2024", Decimal(100)), ("Loft", "2025", Decimal(99)),
    ]  # fmt: skip
    trin = post(("Halvår", "Trin", "Dage"), ("H1", "Svar", 3), ("H1", "Indflytning", 40), ("H2", "Svar", SKJULT))
    assert [(m.serie, m.trin, m.vaerdi) for m in ned_hvor("Trin", ("Svar",), "Dage")(trin)] == [
        ("Svar", "H1", 3), ("Svar", "H2", SKJULT),
    ]  # fmt: skip
    bredt = post(("Målgruppe", "K1", "K2", "I alt"), ("Autisme", 1, 2, 3), ("I alt", 4, SKJULT, 4))
    assert [(m.trin, m.vaerdi) for m in paa_tvaers("I alt", "Behov")(bredt)] == [("K1", 4), ("K2", SKJULT)]


def test_nothing_that_may_be_told_gives_no_chart_but_says_so() -> None:
    skjult = figur(EFTER["belaegning"], post(("Kvartal", "Procent"), ("1. kvt. 2026", SKJULT)))
    assert (skjult.spec, skjult.tabel.raekker) == (None, (("1. kvt. 2026", ("skjult",)),))
    assert skjult.tekst == "Rapporten har ingen tal om det, der kan vises."
    assert figur(EFTER["belaegning"], None).tabel.raekker == ()


def test_one_step_is_told_without_from() -> None:
    fundet = figur(EFTER["behov"], post(("Målgruppe", "K1", "I alt"), ("I alt", 12, 12)))
    assert fundet.tekst == "Udækkede behov: 12 behov (K1)."


@pytest.mark.django_db
@pytest.mark.parametrize("noegletal", NOEGLETAL, ids=lambda en: en.kode)
def test_key_figure_is_read_from_the_table_its_type_of_report_has(noegletal: Noegletal) -> None:
    poster = {post.id: post for post in RAPPORTTYPER[noegletal.type].poster(DATA[noegletal.type]())}
    maalinger = list(noegletal.laes(poster[noegletal.post]))
    assert maalinger
    assert {maaling.vaerdi for maaling in maalinger} <= {
        vaerdi for raekke in poster[noegletal.post].raekker for vaerdi in raekke
    }


def test_types_are_those_of_the_register() -> None:
    assert set(TYPER) <= set(RAPPORTTYPER)
