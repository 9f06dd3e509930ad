"""Strict reading: every fault at once, by its path, and nothing smoothed over."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faelles.fejl import UgyldigtInput
from takster.beregning.pris import Prislinje
from takster.beregning.sammenligning import Tilbudspris
from takster.beregning.strengjson import laes_json
from takster.beregning.takst import Budgetpost, Takstinddata
from tests.takster.beregning.eksempel import inddata


def fejl_i(type_: Any, data: object) -> dict[str, list[str]]:
    """The faults of data, by path."""
    with pytest.raises(UgyldigtInput) as fejl:
        type_.af_json(data)
    return fejl.value.felter


def post(tekst: str) -> Any:
    """A budget line of JSON text."""
    return laes_json(f'{{"art": "løn", "beloeb": {tekst}}}'.encode())


def test_af_json_tells_every_fault_at_once_with_its_path() -> None:
    data = {
        **inddata().som_json(),
        "aar": "2026",
        "pladser": 0,
        "direkteOmkostninger": [{"art": "løn", "beloeb": "1"}, {"art": "", "beloeb": "-5"}, {"art": "el"}, "leje"],
        "indtaegter": {"art": "salg", "beloeb": "1"},
        "overhead": {"metode": "procent", "procent": "101", "note": ""},
        "belaegning": {"faktisk": ["97,2", None], "min": "95", "max": "98"},
        "dagsbasis": 365,
        "efterregulering": [],
        "kommentar": "x",
    }
    del data["afrunding"]
    assert set(fejl_i(Takstinddata, data)) == {
        "aar",
        "pladser",
        "direkteOmkostninger[1].art",
        "direkteOmkostninger[1].beloeb",
        "direkteOmkostninger[2].beloeb",
        "direkteOmkostninger[3]",
        "indtaegter",
        "overhead.procent",
        "overhead.note",
        "belaegning.faktisk[0]",
        "belaegning.faktisk[1]",
        "dagsbasis",
        "efterregulering",
        "kommentar",
        "afrunding",
    }


@pytest.mark.parametrize("felt", sorted(set(inddata().som_json()) - {"model"}))
def test_af_json_no_field_of_a_takst_has_a_default(felt: str) -> None:
    data = inddata().som_json()
    del data[felt]
    assert "standardværdi" in fejl_i(Takstinddata, data)[felt][0]


@pytest.mark.parametrize("tekst", ['"17850000"', '"17850000.00"', '"17850000.000"', "17850000", '"0"', '"0.05"'])
def test_af_json_takes_plain_figures_as_text_and_whole_numbers(tekst: str) -> None:
    assert Budgetpost.af_json(post(tekst)).beloeb >= 0


@pytest.mark.parametrize(
    ("tekst", "hvad"),
    [
        ("96.4", 'uden anførselstegn. Skriv det som tekst, fx "17850000.00"'),
        ("1e3", "uden anførselstegn"),
        ("NaN", "uden anførselstegn"),
        ("-Infinity", "uden anførselstegn"),
        ('"NaN"', "tal med cifre"),
        ('"Infinity"', "tal med cifre"),
        ('"1e3"', "tal med cifre"),
        ('"1.000,50"', "tal med cifre"),
        ('"1_000"', "tal med cifre"),
        ('"+5"', "tal med cifre"),
        ('" 5"', "tal med cifre"),
        ('"5\\n"', "tal med cifre"),
        ('"٥"', "tal med cifre"),
        ('"5."', "tal med cifre"),
        ('""', "tal med cifre"),
        ("true", "der står true"),
        ("null", "der står null"),
        ("[5]", "der står en liste"),
        ('"-0.01"', "uden minus"),
        ("-1", "uden minus"),
        ('"0.005"', "højst 2 decimaler"),
        ('"1000000000000"', "højst 999999999999.99"),
        ("9" * 40, "højst 999999999999.99"),
        (f'"{"9" * 5000}"', "tal med cifre"),
    ],
)
def test_af_json_refuses_what_is_not_a_plain_amount(tekst: str, hvad: str) -> None:
    (besked,) = fejl_i(Budgetpost, post(tekst))["beloeb"]
    assert hvad in besked
    assert len(besked) < 250


def test_af_json_refuses_a_float_from_another_reader() -> None:
    assert "uden anførselstegn" in fejl_i(Budgetpost, {"art": "løn", "beloeb": 96.4})["beloeb"][0]


@pytest.mark.parametrize("aar", ["2026.0", '"2026"', "true", "1e3", "null"])
def test_af_json_year_is_a_whole_json_number(aar: str) -> None:
    data = {**inddata().som_json(), "aar": laes_json(aar.encode())}
    assert set(fejl_i(Takstinddata, data)) == {"aar"}


@pytest.mark.parametrize("art", ["", "  ", "to\nlinjer", "x" * 201, "\ud800", 5, None, {}])
def test_af_json_refuses_text_that_cannot_stand_on_a_line(art: object) -> None:
    assert set(fejl_i(Budgetpost, {"art": art, "beloeb": "1"})) == {"art"}


@pytest.mark.parametrize("dag", ["2026-02-30", "26-02-01", "20260201", "2026-02-01T00:00:00", 20260201, None])
def test_af_json_refuses_what_is_not_a_day(dag: object) -> None:
    assert set(fejl_i(Prislinje, {"navn": "Nat", "beloeb": "1", "fra": dag})) == {"fra"}


@pytest.mark.parametrize("privat", ["ja", 1, 0, None])
def test_af_json_yes_and_no_are_true_and_false(privat: object) -> None:
    assert set(fejl_i(Tilbudspris, {"navn": "A", "brutto": "1", "privat": privat})) == {"privat"}


def test_af_json_refuses_a_repeated_key_and_a_list_without_end() -> None:
    assert "flere gange" in fejl_i(Budgetpost, laes_json(b'{"art": "a", "beloeb": "1", "beloeb": "2"}'))["beloeb"][0]
    data = {**inddata().som_json(), "direkteOmkostninger": [{"art": "a", "beloeb": "1"}] * 10_001}
    assert "10000 linjer" in fejl_i(Takstinddata, data)["direkteOmkostninger"][0]


def test_af_json_shows_a_strange_key_on_one_short_line() -> None:
    (navn,) = fejl_i(Budgetpost, {"art": "a", "beloeb": "1", "x\n" * 5000: 1})
    assert len(navn) <= 40
    assert navn.isprintable()


@pytest.mark.parametrize(
    "indhold",
    [b"", b"[", b"{'aar': 2026}", b"\xff\xfe", b"[" * 100_000, b'[{"aar": ' + b"9" * 5000 + b"}]", b"[1,]", b"[1] 2"],
)
def test_laes_json_says_where_the_text_is_wrong(indhold: bytes) -> None:
    with pytest.raises(UgyldigtInput, match=r"Ret den|Gem den"):
        laes_json(indhold)


def test_laes_json_takes_the_mark_windows_puts_first() -> None:
    assert laes_json(b"\xef\xbb\xbf[]") == []


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda dele: st.lists(dele) | st.dictionaries(st.text() | st.sampled_from(list(inddata().som_json())), dele),
        max_leaves=20,
    )
)
def test_af_json_never_fails_in_another_way(data: object) -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        Takstinddata.af_json(laes_json(json.dumps(data).encode()))
    assert fejl.value.felter
