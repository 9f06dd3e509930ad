"""A file becomes typed rows, or every fault in it with row, column, value, rule and fix; hostile files harm nobody."""

import io
import resource
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from faelles.fejl import UgyldigtInput
from faelles.regneark.fil import FLEST_RAEKKER, laes_fil
from faelles.regneark.indlaesning import Indlaest, fejltabel, indlaes
from faelles.regneark.kolonner import Ark, Kolonne, dato, decimaltal, et_af, flere_af, heltal, ja_nej, moenster, tekst
from faelles.regneark.skabelon import skabelon
from tests.faelles.regneark.filer import GOD, HOVED, csv, med_arkets_xml, xlsx, zipbombe

ARTER = (("Døgn", "doegn"), ("Dag", "dag"))
ARK = Ark(
    "Pladser",
    (
        Kolonne("Id", "id", tekst(20), "Jeres eget id.", paakraevet=True),
        Kolonne("Navn", "navn", tekst(40), "Pladsens navn.", paakraevet=True),
        Kolonne("Art", "art", et_af(ARTER), "Døgn eller dag.", tom="doegn", valg=("Døgn", "Dag")),
        Kolonne("Pladser", "pladser", heltal(1, 99), "Antal."),
        Kolonne("Fra", "fra", dato, "Første dag."),
        Kolonne("Pris", "pris", decimaltal(Decimal(0), Decimal(100_000), 2), "Kroner."),
    ),
    noegle=("id",),
)


def laest(fil: bytes, navn: str = "pladser.xlsx", ark: Ark = ARK) -> Indlaest:
    return indlaes(laes_fil(fil, navn), [ark])


def steder(resultat: Indlaest) -> list[tuple[int, str]]:
    return [(fejl.raekke, fejl.kolonne) for fejl in resultat.fejl]


def test_workbook_gives_typed_rows() -> None:
    resultat = laest(xlsx(GOD, [], ["A2", "Lindetoften", None, None, "31.12.2027", "1.234,50"]))
    assert resultat.fejl == []
    foerste, anden = resultat.ark["Pladser"]
    assert (foerste.nummer, dict(foerste.felter)) == (
        2,
        {
            "id": "A1",
            "navn": "Kærgården",
            "art": "doegn",
            "pladser": 12,
            "fra": date(2027, 1, 1),
            "pris": Decimal("2450.5"),
        },
    )
    assert (anden.nummer, anden.felter["fra"], anden.felter["pris"]) == (4, date(2027, 12, 31), Decimal("1234.50"))
    assert anden.felter["art"] == "doegn"


@pytest.mark.parametrize("skilletegn", [";", ",", "\t"])
def test_csv_gives_the_same_rows_whatever_its_separator(skilletegn: str) -> None:
    linjer = [
        skilletegn.join(["Id", "Navn", "Art", "Pladser", "Fra"]),
        skilletegn.join(["A1", "Kærgården", "DAG", "12", "2027-01-01"]),
    ]
    resultat = laest(csv(*linjer), "x.csv")
    assert resultat.fejl == []
    assert resultat.ark["Pladser"][0].felter["art"] == "dag"
    assert resultat.ark["Pladser"][0].felter["fra"] == date(2027, 1, 1)


def test_every_fault_is_told_at_once_with_row_column_value_rule_and_fix() -> None:
    resultat = laest(
        xlsx(
            ["A1", "", "uge", 0, "1/2/27", "12,345"],
            ["A1", "x" * 41, "døgn", 1.5, date(2027, 1, 1), -1],
            ["A3", "Bo 010190-1234", "døgn", "mange", "snart", True],
        )
    )
    assert steder(resultat) == [
        (2, "Navn"),
        (2, "Art"),
        (2, "Pladser"),
        (2, "Fra"),
        (2, "Pris"),
        (3, "Navn"),
        (3, "Pladser"),
        (3, "Pris"),
        (3, "Id"),
        (4, "Navn"),
        (4, "Pladser"),
        (4, "Fra"),
        (4, "Pris"),
    ]
    assert all(fejl.regel and fejl.rettelse for fejl in resultat.fejl)
    art = resultat.fejl[1]
    assert (art.vaerdi, art.regel) == ("uge", "En værdi fra listen.")
    assert "række 2" in resultat.fejl[8].regel
    assert "010190" not in str(fejltabel(resultat.fejl))


def test_merged_cells_and_formulas_are_named_where_they_stand() -> None:
    def mere(bog: Any, blad: Any) -> None:
        blad.merge_range("B2:B3", "Samme navn")
        blad.write_formula("D3", "=1+1", None, 2)

    resultat = laest(xlsx(GOD, ["A2", "", "dag", 1], mere=mere))
    assert (2, "Navn") in steder(resultat)
    assert (3, "Pladser") in steder(resultat)
    assert {fejl.rettelse for fejl in resultat.fejl if fejl.kolonne == "Pladser"} == {
        "Kopiér cellerne, og indsæt dem som værdier, én celle for hver."
    }


def test_headings_may_stand_in_any_order_and_unknown_missing_and_double_ones_are_faults() -> None:
    assert laest(xlsx(["Kærgården", "A1"], hoved=["navn", "ID"])).fejl == []
    resultat = laest(xlsx(["A1", "x", "y"], hoved=["Id", "Farve", "Id"]))
    assert {(fejl.kolonne, fejl.regel) for fejl in resultat.fejl} == {
        ("Farve", "Kolonnen kendes ikke."),
        ("Id", "Kolonnen står der to gange."),
        ("Navn", "Kolonnen mangler."),
    }


def test_sheet_that_is_missing_is_said_and_a_lone_sheet_is_found_by_its_headings() -> None:
    assert laest(xlsx(GOD, ark="Ark1")).fejl == []
    flere = xlsx(GOD, ark="Ark1", mere=lambda bog, _: bog.add_worksheet("Ark2"))
    assert [fejl.regel for fejl in laest(flere).fejl] == ["Arket »Pladser« mangler."]


@pytest.mark.parametrize(
    ("fil", "navn", "besked"),
    [
        (b"", "x.xlsx", "tom"),
        (b"%PDF-1.7", "x.xlsx", "hverken en Excel-fil"),
        (b"PK\x03\x04i stykker", "x.xlsx", "beskadiget"),
        (b"\xd0\xcf\x11\xe0 gammel Excel", "x.xls", "hverken en Excel-fil"),
        (csv("Id;Navn", "A1;Kærgården", kodning="cp1252"), "x.csv", "linje 2"),
        (csv("Id;Navn", 'A1;"uden slut'), "x.csv", "linje"),
        (csv("Id;Navn", "A1;\x00"), "x.csv", "tekstfil"),
        (csv("Id;Navn", *["A;B"] * (FLEST_RAEKKER + 1)), "x.csv", "20.000"),
        (csv(";".join("a" * 101)), "x.csv", "kolonne 100"),
    ],
)
def test_file_that_cannot_be_taken_is_refused_with_one_reason(fil: bytes, navn: str, besked: str) -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        laes_fil(fil, navn)
    assert besked in fejl.value.besked
    assert list(fejl.value.felter) == ["fil"]


def test_file_of_exactly_the_most_rows_is_read_and_one_more_refused() -> None:
    raekker = [[f"A{n}", "Navn"] for n in range(FLEST_RAEKKER)]
    assert len(laest(xlsx(*raekker)).ark["Pladser"]) == FLEST_RAEKKER
    with pytest.raises(UgyldigtInput, match=r"20\.000"):
        laes_fil(xlsx(*raekker, ["for", "meget"]), "x.xlsx")


def test_zip_bomb_is_refused_without_being_unpacked_into_memory() -> None:
    foer = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    bombe = zipbombe()
    toppen_med_bomben = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert len(bombe) < 2**20
    with pytest.raises(UgyldigtInput, match="pakkes ud"):
        laes_fil(bombe, "x.xlsx")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - max(foer, toppen_med_bomben) < 50_000  # kB


def test_cell_in_the_last_corner_is_refused_before_the_reader_lays_out_the_sheet() -> None:
    fil = med_arkets_xml(
        xlsx(GOD),
        lambda xml: xml.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
    )
    with pytest.raises(UgyldigtInput, match=r"20\.000"):
        laes_fil(fil, "x.xlsx")
    fil = med_arkets_xml(xlsx(GOD), lambda xml: xml.replace(b'r="B2"', b'r="XFD2"'))
    with pytest.raises(UgyldigtInput, match="kolonne 100"):
        laes_fil(fil, "x.xlsx")


def test_entities_in_the_xml_are_refused() -> None:
    lol = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'
    fil = med_arkets_xml(xlsx(GOD), lambda xml: lol + xml.split(b"?>", 1)[1])
    with pytest.raises(UgyldigtInput, match="beskadiget"):
        laes_fil(fil, "x.xlsx")


def test_template_filled_in_as_it_says_is_read_without_fault() -> None:
    fil = skabelon([ARK], "Pladser", {"Pladser": [["A1", "Kærgården", "Døgn", 3, date(2027, 1, 1), 2450.5]]})
    assert fil == skabelon([ARK], "Pladser", {"Pladser": [["A1", "Kærgården", "Døgn", 3, date(2027, 1, 1), 2450.5]]})
    resultat = laest(fil)
    assert resultat.fejl == []
    assert [raekke.felter["id"] for raekke in resultat.ark["Pladser"]] == ["A1"]
    assert laest(skabelon([ARK], "Pladser")).ark["Pladser"] == []


@pytest.mark.parametrize(
    ("laeser", "celle", "vaerdi"),
    [
        (ja_nej, "Ja", True),
        (ja_nej, "nej", False),
        (ja_nej, True, True),
        (flere_af(ARTER), "dag; Døgn;dag", ["dag", "doegn"]),
        (moenster(r"\d{8}", "Otte cifre.", "Ret."), "12 34 56 78", "12345678"),
        (moenster(r"\d{8}", "Otte cifre.", "Ret."), 12345678.0, "12345678"),
        (heltal(0, 9), "7", 7),
    ],
)
def test_cell_is_read_as_people_write_it(laeser: Any, celle: Any, vaerdi: Any) -> None:
    assert laeser(celle) == vaerdi


def test_headings_of_the_test_are_the_schemas() -> None:
    assert [ARK.kolonne(navn) is not None for navn in HOVED] == [True] * len(HOVED)
    assert io.BytesIO(xlsx(GOD)).read(2) == b"PK"
