"""CSV that a Danish spreadsheet opens as it is and never calculates."""

import csv
import io
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from faelles.csvfil import celle, linjer


def test_file_begins_with_the_byte_order_mark_and_has_semicolons() -> None:
    assert b"".join(linjer(["Navn", "Ændring"], [["a;b", 'med "anførsel"']])) == (
        '\ufeffNavn;Ændring\r\n"a;b";"med ""anførsel"""\r\n'.encode()
    )


def test_rows_are_sent_one_by_one() -> None:
    laest: list[int] = []

    def raekker() -> Iterator[list[str]]:
        for nummer in range(3):
            laest.append(nummer)
            yield [str(nummer)]

    stykker = linjer(["n"], raekker())
    next(stykker)
    assert laest == []
    next(stykker)
    assert laest == [0]


@given(st.text(max_size=20))
def test_no_cell_is_a_formula_and_every_text_comes_back(tekst: str) -> None:
    vist = celle(tekst)
    assert not vist.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert vist.removeprefix("'") == tekst.removeprefix("'") or vist == tekst


@given(st.lists(st.lists(st.text(st.characters(exclude_characters="\x00\r\n", codec="utf-8")), min_size=2, max_size=2)))
def test_any_cells_survive_the_file(raekker: list[list[str]]) -> None:
    raa = b"".join(linjer(["a", "b"], raekker)).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(raa), delimiter=";"))[1:] == [[celle(t) for t in raekke] for raekke in raekker]
