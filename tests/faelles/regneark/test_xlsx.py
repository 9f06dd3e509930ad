"""A workbook is surveyed before it is laid out; hostile ones are refused and take little memory."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from faelles.fejl import UgyldigtInput
from faelles.regneark.fil import laes_fil
from tests.faelles.regneark.filer import GOD, med_arkets_xml, pakket, xlsx, zipbombe

LOEB = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{}</t></si></sst>'


MIG = Path("/proc/self")


def toppen() -> int:
    """The most memory this process has held since the mark was last put back, in kB."""
    fundet = re.search(r"VmHWM:\s+(\d+)", (MIG / "status").read_text())
    assert fundet
    return int(fundet[1])


@contextmanager
def tager_hoejst(kb: int) -> Iterator[None]:
    """What is done here takes no more memory than that, whatever was done before."""
    (MIG / "clear_refs").write_text("5")  # the mark is put back to what is held now
    foer = toppen()
    yield
    assert toppen() - foer < kb


def test_zip_bomb_is_refused_without_being_unpacked_into_memory() -> None:
    bombe = zipbombe()
    assert len(bombe) < 2**20
    with tager_hoejst(50_000), pytest.raises(UgyldigtInput, match="pakkes ud"):
        laes_fil(bombe, "x.xlsx")


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


def en_tekst_i_mange_celler() -> bytes:
    """A text that is stored once, 32,000 characters long, and shown in 40,000 cells: 1.2 GB in 100 kB."""
    raekke = '<row r="{0}">{1}</row>'
    raekker = "".join(
        raekke.format(nr, "".join(f'<c r="{kolonne}{nr}" t="s"><v>0</v></c>' for kolonne in "ABCD"))
        for nr in range(1, 10_001)
    )
    ark = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{raekker}</sheetData></worksheet>'
    return pakket(
        xlsx(["A1", "tekst"]),
        {"xl/sharedStrings.xml": LOEB.format("x" * 32_000).encode(), "xl/worksheets/sheet1.xml": ark.encode()},
    )


def en_lang_tekst() -> bytes:
    """One cell of 2 million characters."""
    return pakket(xlsx(["A1", "tekst"]), {"xl/sharedStrings.xml": LOEB.format("x" * 2_000_000).encode()})


def mange_ark() -> bytes:
    """Twenty sheets with one cell each, in the last corner that is allowed."""

    def mere(bog: object, _: object) -> None:
        for nr in range(20):
            bog.add_worksheet(f"Ark{nr}").write("CV20001", 1)  # type: ignore[attr-defined]

    return xlsx(GOD, mere=mere)


def tomme_raekker() -> bytes:
    """A million rows without a cell."""
    return med_arkets_xml(xlsx(GOD), lambda xml: xml.replace(b"</sheetData>", b"<row/>" * 1_000_000 + b"</sheetData>"))


@pytest.mark.parametrize(
    ("lav", "besked"),
    [
        (en_tekst_i_mange_celler, "for meget tekst"),
        (en_lang_tekst, "flere end 32.767 tegn"),
        (mange_ark, "for store tilsammen"),
    ],
)
def test_workbook_that_grows_when_it_is_laid_out_is_refused(lav: Callable[[], bytes], besked: str) -> None:
    bombe = lav()
    assert len(bombe) < 2**20
    with tager_hoejst(50_000), pytest.raises(UgyldigtInput, match=besked):
        laes_fil(bombe, "x.xlsx")


def test_rows_without_cells_take_no_memory() -> None:
    fil = tomme_raekker()
    with tager_hoejst(20_000):
        assert len(laes_fil(fil, "x.xlsx")[0].raekker) == 2


def test_sheet_is_found_when_the_workbook_names_it_from_the_root() -> None:
    def fra_roden(del_: bytes) -> bytes:
        return del_.replace(b'Target="worksheets/', b'Target="/xl/worksheets/')

    fil = xlsx(GOD)
    with zipfile.ZipFile(io.BytesIO(fil)) as pakke:
        sti = "xl/_rels/workbook.xml.rels"
        fil = pakket(fil, {sti: fra_roden(pakke.read(sti))})
    assert laes_fil(fil, "x.xlsx") == laes_fil(xlsx(GOD), "x.xlsx")


def test_entities_in_the_xml_are_refused() -> None:
    lol = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'
    fil = med_arkets_xml(xlsx(GOD), lambda xml: lol + xml.split(b"?>", 1)[1])
    with pytest.raises(UgyldigtInput, match="beskadiget"):
        laes_fil(fil, "x.xlsx")
