"""What is taken out opens in a spreadsheet as it was, and nothing in it runs."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from faelles.regneark.udtraek import celle, som_csv, som_xlsx


def xlsx(*argumenter: Any) -> io.BytesIO:
    """The workbook, ready to be read."""
    ud = io.BytesIO()
    som_xlsx(ud, *argumenter)
    ud.seek(0)
    return ud


RAEKKE = ["Ålholm", Decimal("2450.50"), date(2027, 1, 31), datetime(2027, 1, 31, 11, 0, tzinfo=UTC), True, None, 7]


@pytest.mark.parametrize("farlig", ["=1+1", "+45 12", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＠x"])
def test_text_that_looks_like_a_formula_stays_text(farlig: str) -> None:
    assert celle(farlig) == f"'{farlig}"
    bog = CalamineWorkbook.from_filelike(xlsx("A", ["x"], [[farlig]]))
    assert bog.get_sheet_by_index(0).to_python()[1] == [farlig]


def test_csv_has_mark_semicolons_danish_decimals_and_danish_time() -> None:
    linjer = list(som_csv([["a", "b"], RAEKKE]))
    assert linjer[0] == "\ufeff"
    assert linjer[2] == "Ålholm;2450,50;2027-01-31;2027-01-31 12:00:00;ja;;7\r\n"


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_characters="\x00", codec="utf-8")), min_size=1, max_size=4), max_size=5
    )
)
def test_csv_read_again_gives_the_cells(raekker: list[list[str]]) -> None:
    tekst = "".join(list(som_csv(raekker))[1:])
    laest = list(csv.reader(io.StringIO(tekst, newline=""), delimiter=";"))
    assert laest == [[celle(c) for c in raekke] for raekke in raekker]


def test_excel_keeps_numbers_and_dates_as_such() -> None:
    fil = xlsx("Tilbud", list("abcdefg"), [RAEKKE])
    raekke: list[Any] = CalamineWorkbook.from_filelike(fil).get_sheet_by_name("Tilbud").to_python()[1]
    assert raekke == ["Ålholm", 2450.5, date(2027, 1, 31), "2027-01-31 12:00:00", "ja", "", 7.0]


def test_rows_are_sent_one_by_one() -> None:
    laest: list[int] = []

    def raekker() -> Iterator[list[int]]:
        for nummer in range(3):
            laest.append(nummer)
            yield [nummer]

    stykker = som_csv(raekker())
    next(stykker)
    assert laest == []
    next(stykker)
    assert laest == [0]


@given(st.text(st.characters(exclude_characters="\x00"), max_size=20))
def test_no_cell_is_a_formula_and_every_text_comes_back(tekst: str) -> None:
    vist = celle(tekst)
    assert not vist.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert vist.removeprefix("'") == tekst.removeprefix("'") or vist == tekst
