"""Every icon a template asks for is one of Det Fælles Designsystem's: one that is not there leaves a gap nobody is told of."""

import re
from pathlib import Path

import pytest

from drift.laan import ROD

SKABELONER = sorted((ROD / "templates").rglob("*.html"))
FINDES = set(re.findall(r'id="([a-z0-9-]+)"', (ROD / "node_modules/dkfds/dist/img/all-svg-icons.svg").read_text()))
NAEVNT = re.compile(r"""\{%\s*ikon\s+"([^"]+)"|\bikon="([^"]+)\"""")


@pytest.mark.parametrize("fil", SKABELONER, ids=[str(fil.relative_to(ROD)) for fil in SKABELONER])
def test_icons_of_a_template_exist(fil: Path) -> None:
    assert {a or b for a, b in NAEVNT.findall(fil.read_text())} <= FINDES
