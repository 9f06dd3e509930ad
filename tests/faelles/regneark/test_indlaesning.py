"""A file becomes typed rows, or every fault in it with row, column, value, rule and fix; hostile files harm nobody."""

import io
import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from faelles.fejl import UgyldigtInput
from faelles.regneark.fil import laes_fil
from faelles.regneark.indlaesning import EN_FOR_HVER, Indlaest, fejltabel, indlaes
from faelles.regneark.kolonner import (
    Ark,
    Kolonne,
    Ulaeselig,
    dato,
    decimaltal,
    et_af,
    flere_af,
    heltal,
    ja_nej,
    moenster,
    tekst,
)
from faelles.regneark.raa import FLEST_RAEKKER
from faelles.regneark.skabelon import skabelon
from tests.faelles.regneark.filer import GOD, HOVED, csv, xlsx

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


def test_numbers_and_days_are_told_the_danish_way() -> None:
    resultat = laest(xlsx(["A1", "Kærgården", "dag", 1.5, 44.5, 100_000.5], ["A2", "Bo", "dag", 2, None, 12.345]))
    pladser, fra, pris, decimaler = resultat.fejl
    assert (pladser.vaerdi, fra.vaerdi) == ("1,5", "44,5")
    assert (pris.vaerdi, pris.regel) == ("100000,5", "Et tal fra 0 til 100.000 med højst 2 decimaler.")
    assert pris.rettelse == "Ret tallet, så det ligger inden for grænserne."
    assert (decimaler.vaerdi, decimaler.rettelse) == ("12,345", "Afrund tallet til 2 decimaler.")
    dag = laest(xlsx(["A1", "Bo", "dag", date(2027, 1, 31)])).fejl
    assert [fejl.vaerdi for fejl in dag] == ["31.01.2027"]


@pytest.mark.parametrize("graense", ["0.01", "999999999999.99", "0", "-50.5"])
def test_bounds_of_a_number_stand_with_the_decimals_they_have(graense: str) -> None:
    with pytest.raises(Ulaeselig) as fejl:
        decimaltal(Decimal(graense), Decimal(graense), 2)("1")
    ventet = {"0.01": "0,01", "999999999999.99": "999.999.999.999,99", "0": "0", "-50.5": "−50,5"}[graense]
    assert fejl.value.regel == f"Et tal fra {ventet} til {ventet} med højst 2 decimaler."


def test_number_a_formula_left_behind_is_read_as_excel_shows_it() -> None:
    kr = decimaltal(Decimal(0), Decimal("1e9"), 2)
    assert 1.1 * 3 != 3.3, "the product has digits nobody sees"
    assert kr(1.1 * 3) == Decimal("3.3")
    assert kr(18_403_349.999999996) == Decimal(18_403_350)
    with pytest.raises(Ulaeselig, match="højst 2 decimaler"):
        kr(0.125)


def test_number_that_hides_a_cpr_number_is_not_repeated() -> None:
    fejl = laest(xlsx(["A1", "Bo", "dag", 1, None, 250170.1234])).fejl
    assert [(f.vaerdi, f.kolonne) for f in fejl] == [("", "Pris")]


def test_merged_cells_and_formulas_are_named_where_they_stand() -> None:
    def mere(bog: Any, blad: Any) -> None:
        blad.merge_range("B2:B3", "Samme navn")
        blad.write_formula("D3", "=1+1", None, 2)

    resultat = laest(xlsx(GOD, ["A2", "", "dag", 1], mere=mere))
    assert (2, "Navn") in steder(resultat)
    assert (3, "Pladser") in steder(resultat)
    assert {fejl.rettelse for fejl in resultat.fejl if fejl.kolonne == "Pladser"} == {EN_FOR_HVER}


def test_merged_cells_that_would_empty_others_are_faults_wherever_they_begin() -> None:
    def mere(bog: Any, blad: Any) -> None:
        blad.merge_range("A1:B1", "Id *")
        blad.merge_range("C2:D2", "dag")
        blad.merge_range("B40:C40", "en note langt nede")

    resultat = laest(xlsx(["A1", "Kærgården"], mere=mere))
    flettet = [(f.raekke, f.kolonne) for f in resultat.fejl if f.regel == "Flettede celler kan ikke læses."]
    assert flettet == [(1, "Id, Navn"), (2, "Art, Pladser"), (40, "Navn, Art")]


@pytest.mark.parametrize(
    ("fil", "navn"),
    [
        (xlsx([*GOD, "tabt"], ["A2", "Lindetoften", None, None, None, None, "også"], hoved=[*HOVED, ""]), "x.xlsx"),
        (csv("Id;Navn;Art;Pladser;Fra;Pris", "A1;Kærgården;dag;12;;2;tabt", "A2;Lindetoften"), "x.csv"),
    ],
)
def test_cell_under_no_heading_is_a_fault_once_for_its_column(fil: bytes, navn: str) -> None:
    assert [(f.raekke, f.kolonne, f.vaerdi, f.regel) for f in laest(fil, navn).fejl] == [
        (2, "Kolonne 7", "tabt", "Cellen har ingen overskrift.")
    ]


def test_sheet_of_another_name_is_a_fault_unless_it_is_empty_or_the_templates() -> None:
    def mere(bog: Any, _: Any) -> None:
        for navn in ("Vejledning", "Lister", "Plads"):
            bog.add_worksheet(navn).write("A1", "Id")
        bog.add_worksheet("Tomt")

    assert [(f.ark, f.regel) for f in laest(xlsx(GOD, mere=mere)).fejl] == [("Plads", "Arket kendes ikke.")]


@pytest.mark.django_db  # whether ten digits are a registered P-number is asked of the register
def test_no_fault_repeats_a_cpr_number_whatever_the_kind_of_column() -> None:
    fil = xlsx(["A1", "010190-1234", "010190-1234", "0101901234", "010190 1234", "0101901234"])
    faste = laest(fil).fejl
    overskrift = laest(xlsx(["A1", "Navn", "x"], hoved=["Id", "Navn", "010190-1234"])).fejl
    noegle = laest(xlsx(["x", "A"], ["x", "A"], hoved=["Id", "Navn"])).fejl
    loes = laest(csv("Id;Navn", f"A1;Navn;{'x' * 55}010190-1234"), "x.csv").fejl
    assert [f.kolonne for f in faste] == ["Navn", "Art", "Pladser", "Fra", "Pris"]
    assert {f.regel for f in (*faste, *overskrift, *loes)} == {"Et CPR-nummer må ikke stå her."}
    assert noegle[0].vaerdi == "x"
    for fejl in (*faste, *overskrift, *loes):
        assert not re.search(r"\d{3}", f"{fejl.kolonne}{fejl.vaerdi}{fejl.regel}{fejl.rettelse}"), fejl


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
