"""The figures behind a report: found by their id in the PDF, as CSV, and compared with another report's."""

import io
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from pydoc import locate

import pytest
from pypdf import PdfReader

from rammeaftale.rapporter.poster import SKJULT, Post, vis
from rammeaftale.rapporter.rammeaftalen import dokument
from rammeaftale.rapporter.register import RAMMEAFTALE, fremstiller
from tests.rammeaftale.rapporter import situationer


def test_csv_is_danish_and_calculates_nothing() -> None:
    fil = Post(
        "R1-T1", "T", "k", ("Navn", "Kr.", "Dag", "Skjult", "Intet"),
        (("Ærø; Øst", Decimal("1234.50"), date(2026, 3, 1), SKJULT, None), ("=HYPERLINK()", 7, None, "", 0)),
    ).csv()  # fmt: skip
    assert fil.decode("utf-8-sig").splitlines() == [
        "Navn;Kr.;Dag;Skjult;Intet",
        '"Ærø; Øst";1234,50;2026-03-01;skjult;',
        "'=HYPERLINK();7;;;0",
    ]


@pytest.mark.django_db
class TestRammeaftale:
    """The type's own tables."""

    def test_every_table_and_drawing_of_the_pages_has_its_rows_and_the_other_way_round(self) -> None:
        data = situationer.data(situationer.omraade())
        html = dokument.dokument(data, fremstiller("rammeaftale").tegn(data)).html
        paa_siderne = re.findall(r'<(?:fig)?caption data-id="([^"]+)"', html)
        poster = RAMMEAFTALE.poster(data)
        assert len(re.findall(r"<(?:fig)?caption", html)) == len(paa_siderne) == len(set(paa_siderne))
        assert {post.id for post in vis(poster)} <= set(paa_siderne) <= {post.id for post in poster}
        assert len({post.id for post in poster}) == len(poster) == 22

    def test_every_source_is_a_function_that_exists(self) -> None:
        for post in RAMMEAFTALE.poster(situationer.data(situationer.omraade())):
            assert callable(locate(post.kilde)), post.kilde

    def test_figures_are_those_of_the_snapshot_and_hidden_ones_stay_hidden(self) -> None:
        poster = {post.id: post for post in RAMMEAFTALE.poster(situationer.data(situationer.omraade()))}
        assert poster["R1-T2"].raekker[0] == ("Gladsaxe", 1, 12, 0, 0, 0, 12)
        herlev = next(raekke for raekke in poster["R1-T3"].raekker if raekke[0] == "Herlev")
        assert herlev[1:3] == (1044, SKJULT)
        *_, i_alt = poster["R1-T14"].raekker
        assert (i_alt[0], i_alt[4], i_alt[-1]) == ("I alt", 10, 19)
        # Seven and three in one quarter: three may not be told, so they stand together.
        assert [(raekke[0], raekke[4]) for raekke in poster["R1-T14"].raekker] == [
            ("Autismespektrum", SKJULT), ("Øvrige målgrupper", 10), ("I alt", 10),
        ]  # fmt: skip

    def test_pdf_carries_the_rows_and_prints_the_ids(self) -> None:
        data = situationer.data(situationer.omraade())
        laeser = PdfReader(io.BytesIO(situationer.lav(data)))
        for post in vis(RAMMEAFTALE.poster(data)):
            assert laeser.attachments[f"{post.id}.csv"] == [post.csv()]
        hele = " ".join(side.extract_text() for side in laeser.pages)
        assert all(f"{post.id}" in hele for post in vis(RAMMEAFTALE.poster(data)))


def test_ids_are_written_in_the_templates_by_hand_and_only_there() -> None:
    mappe = Path(__file__).parents[3] / "templates" / "dokument" / "rammeaftale"
    ider = [id_ for fil in sorted(mappe.glob("*.html")) for id_ in re.findall(r'\bid="(R1-[^"]+)"', fil.read_text())]
    assert len(ider) == len(set(ider)) == 20
