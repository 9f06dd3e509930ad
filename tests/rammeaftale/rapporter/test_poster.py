"""The figures behind a report: found by their id in the PDF, as CSV, and compared with another report's."""

import io
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from pydoc import locate

import pytest
from pypdf import PdfReader

from rammeaftale.rapporter.poster import SKJULT, Post, forskelle, vis
from rammeaftale.rapporter.rammeaftalen import dokument
from rammeaftale.rapporter.register import RAMMEAFTALE, fremstiller
from tests.rammeaftale.rapporter import situationer

KOMMUNER = ("Kommune", "Tilbud", "Gennemsnit")


def post(*raekker: tuple[str | int | Decimal | None, ...], kolonner: tuple[str, ...] = KOMMUNER) -> Post:
    return Post("R1-T1", "Kommuner", "samling.kommuner", kolonner, raekker)


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


def test_difference_is_told_row_by_row_and_value_by_value() -> None:
    (fundet,) = forskelle(
        [post(("Herlev", 4, Decimal("1.5")), ("Rødovre", 2, None), ("Ærø", 1, Decimal(1)))],
        [post(("Gladsaxe", 1, None), ("Herlev", 6, Decimal("1.25")), ("Ærø", 1, Decimal("1.0")))],
    )
    assert (fundet.nye, fundet.udgaaede) == (("Gladsaxe",), ("Rødovre",))
    assert [(a.raekke, a.kolonne, a.foer, a.efter, a.forskel, a.decimaler) for a in fundet.aendringer] == [
        ("Herlev", "Tilbud", "4", "6", Decimal(2), 0),
        ("Herlev", "Gennemsnit", "1,5", "1,25", Decimal("-0.25"), 2),
    ]


@pytest.mark.parametrize(("foer", "efter"), [(SKJULT, 7), (7, SKJULT), (None, 7), (7, None)])
def test_no_difference_is_computed_from_what_is_hidden_or_missing(
    foer: str | int | None, efter: str | int | None
) -> None:
    (fundet,) = forskelle([post(("Herlev", foer, None))], [post(("Herlev", efter, None))])
    assert [aendring.forskel for aendring in fundet.aendringer] == [None]


def test_rows_with_the_same_name_are_told_apart_and_other_columns_named() -> None:
    (fundet,) = forskelle(
        [post(("Bofællesskabet", 1), ("Bofællesskabet", 2), kolonner=("Tilbud", "Belagte 2025"))],
        [post(("Bofællesskabet", 1), ("Bofællesskabet", 2), kolonner=("Tilbud", "Belagte 2026"))],
    )
    assert (fundet.kun_foer, fundet.kun_efter) == (("Belagte 2025",), ("Belagte 2026",))
    assert (fundet.nye, fundet.udgaaede, fundet.aendringer) == ((), (), ())


def test_table_that_one_report_lacks_is_all_new_or_all_gone() -> None:
    (ny,), (vaek,) = forskelle([], [post(("Herlev", 1, None))]), forskelle([post(("Herlev", 1, None))], [])
    assert (ny.nye, vaek.udgaaede) == (("Herlev",), ("Herlev",))


def test_same_figures_have_no_difference() -> None:
    assert [forskel.er_ens for forskel in forskelle([post(("Herlev", 1, None))], [post(("Herlev", 1, None))])] == [True]


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
