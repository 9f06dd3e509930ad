"""The documentation tells the truth about what it names: links, make targets, commands, files and names in the code."""

import re
from importlib import import_module
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.core.management import get_commands

from drift.laan import ROD
from faelles.sprog import soegefold

SIDER = [ROD / "README.md", ROD / "CHANGELOG.md", *sorted((ROD / "docs").rglob("*.md"))]
HTTP = ("http://", "https://", "mailto:")
ETAGER = (
    "config",
    "rammeaftale",
    "reservationer",
    "takster",
    "tilbud",
    "vilkaar",
    "kommuner",
    "faelles",
    "drift",
    "tests",
)

LINK = re.compile(r"\]\(([^)\s]+)\)")
KODE = re.compile(r"`([^`\n]+)`")
STI = re.compile(rf"(?:(?:{'|'.join(ETAGER)}|docs|templates|static|\.ci)/)[\w./-]+|(?:[\w-]+\.(?:yml|toml))|Makefile")
ORD = re.compile(r"[A-Za-z]\w*(?:\.\w+)*(?:\(\w*\))?")  # a name, perhaps with what it is a part of, perhaps as a call
NAVN = re.compile(rf"(?:{'|'.join(ETAGER)})(?:\.\w+)+")

hver_side = pytest.mark.parametrize("side", SIDER, ids=lambda side: str(side.relative_to(ROD)))


def ankre(side: Path) -> set[str]:
    """What a heading can be linked to by, the way GitHub makes it."""
    overskrifter = re.findall(r"^#+ (.+)$", side.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", overskrift.lower()).replace(" ", "-") for overskrift in overskrifter}


def findes(navn: str) -> bool:
    """Whether a dotted name can be imported: a module, or what stands in one, attribute by attribute."""
    dele = navn.split(".")
    for antal in range(len(dele), 0, -1):
        try:
            fundet: object = import_module(".".join(dele[:antal]))
        except ModuleNotFoundError:
            continue
        for attribut in dele[antal:]:
            if not hasattr(fundet, attribut):
                return False
            fundet = getattr(fundet, attribut)
        return True
    return False


@pytest.fixture(scope="module")
def ord_i_koden() -> set[str]:
    """Every word of the source files, and of how they are named."""
    mapper = [ROD / etage for etage in (*ETAGER, "templates", ".ci")]
    filer = [fil for mappe in mapper for fil in mappe.rglob("*") if fil.suffix in {".py", ".html", ".sql"}]
    filer += [ROD / "pyproject.toml", ROD / "docker-compose.yml", ROD / "Makefile", ROD / "Dockerfile"]
    filer.remove(Path(__file__))
    return {ord_ for fil in filer for ord_ in re.findall(r"\w+", f"{fil} {fil.read_text(encoding='utf-8')}")}


@hver_side
def test_links_lead_somewhere(side: Path) -> None:
    doede = []
    for link in LINK.findall(side.read_text(encoding="utf-8")):
        if link.startswith(HTTP):
            continue
        sti, _, anker = link.partition("#")
        maal = (side.parent / sti).resolve() if sti else side
        if not maal.exists() or (anker and anker not in ankre(maal)):
            doede.append(link)
    assert doede == []


@hver_side
def test_files_named_in_the_text_exist(side: Path) -> None:
    koder = KODE.findall(side.read_text(encoding="utf-8"))
    assert sorted({kode for kode in koder if STI.fullmatch(kode) and not (ROD / kode).exists()}) == []


@hver_side
def test_names_in_the_text_stand_in_the_code(side: Path) -> None:
    navne = {kode for kode in KODE.findall(side.read_text(encoding="utf-8")) if NAVN.fullmatch(kode)}
    assert sorted(navn for navn in navne if not findes(navn)) == []


@hver_side
def test_words_in_code_type_stand_in_the_code(side: Path, ord_i_koden: set[str]) -> None:
    koder = {kode for kode in KODE.findall(side.read_text(encoding="utf-8")) if ORD.fullmatch(kode)}
    assert sorted(kode for kode in koder if not set(re.findall(r"\w+", kode)) <= ord_i_koden) == []


@hver_side
def test_make_targets_exist(side: Path) -> None:
    maal = set(re.findall(r"^([a-z]+):", (ROD / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    naevnt = set(re.findall(r"(?:^    |`)make ([a-z]+)", side.read_text(encoding="utf-8"), re.MULTILINE))
    assert naevnt <= maal


@hver_side
def test_commands_exist(side: Path) -> None:
    naevnt = set(re.findall(r"manage\.py ([a-z_]+)", side.read_text(encoding="utf-8"))) - {"indlaes_"}
    assert naevnt <= set(get_commands())


def test_adr_index_lists_every_decision_in_order() -> None:
    mappe = ROD / "docs" / "adr"
    listet = LINK.findall((mappe / "README.md").read_text(encoding="utf-8"))
    assert listet == sorted(fil.name for fil in mappe.glob("[0-9]*.md"))


def test_howto_index_lists_every_page() -> None:
    mappe = ROD / "docs" / "saadan"
    listet = {link for link in LINK.findall((mappe / "README.md").read_text(encoding="utf-8")) if "/" not in link}
    assert listet == {fil.name for fil in mappe.glob("*.md")} - {"README.md"}


def test_map_shows_every_floor_and_can_be_read_aloud() -> None:
    kort = ET.parse(ROD / "docs" / "kort.svg").getroot()  # noqa: S314 - our own file
    tekster = {"".join(tekst.itertext()) for tekst in kort.iter("{http://www.w3.org/2000/svg}text")}
    assert set(ETAGER) - {"drift", "tests"} <= tekster
    assert kort.find("{http://www.w3.org/2000/svg}title") is not None
    assert kort.find("{http://www.w3.org/2000/svg}desc") is not None


def test_word_list_words_stand_once() -> None:
    raekker = re.findall(r"^\| ([^|]+) \|", (ROD / "docs" / "ordliste.md").read_text(encoding="utf-8"), re.MULTILINE)
    ord_ = [soegefold(raekke) for raekke in raekker if raekke != "Ord" and not raekke.startswith("-")]
    assert sorted({o for o in ord_ if ord_.count(o) > 1}) == []
