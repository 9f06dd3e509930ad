"""What is wrong with pages as the typesetter laid them out: what nobody sees in the PDF's structure, but a reader would."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest.mock import patch

from weasyprint import HTML
from weasyprint.formatting_structure.boxes import MarginBox, PageBox, ReplacedBox, TableBox, TableCellBox, TextBox

from faelles.dokument import pdf

LUFT = 0.5  # of a pixel: the rounding of the layout
OVER_UNDER = 0.2  # of a line's height that is above and below its letters
LEDER_TIL_NOGET = {"h2", "h3", "h4", "caption", "figcaption", "thead"}
STOR, STOR_FED, FED = 24, 18.66, 700  # pixels and weight from where WCAG 2.1 lets a text do with less contrast
HVID = (1.0, 1.0, 1.0)


@dataclass(frozen=True)
class Blad:
    """A text or picture on a page, and what it stands in, the page first."""

    boks: Any
    om: tuple[Any, ...]

    @property
    def er_tekst(self) -> bool:
        return isinstance(self.boks, TextBox)

    @property
    def navn(self) -> str:
        return self.boks.text if self.er_tekst else "(billede)"

    @property
    def i_margen(self) -> bool:
        return any(isinstance(boks, MarginBox) for boks in self.om)

    @cached_property
    def kanter(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        boks = self.boks
        return boks.position_x, boks.position_y, boks.position_x + boks.width, boks.position_y + boks.height


def lagte(goer: Callable[[], object]) -> list[Any]:
    """The pages that are laid out while it is done."""
    dokumenter, render = [], HTML.render

    def husk(*args: Any, **andet: Any) -> Any:
        dokumenter.append(render(*args, **andet))
        return dokumenter[-1]

    with patch.object(HTML, "render", husk):
        goer()
    return [side._page_box for dokument in dokumenter for side in dokument.pages]


def fejl(sider: Sequence[Any]) -> list[str]:
    """Everything that is wrong, as the kind of fault and the text it is wrong with. Every page must have a text to look at."""
    fundne: list[str] = []
    delte = Counter(id(tabel.element) for side in sider for tabel in _tabeller(side))
    for side in sider:
        blade = list(_blade(side, ()))
        tekster = [blad for blad in blade if blad.er_tekst]
        assert tekster
        fundne += [f"stikker ud: {blad.navn}" for blad in tekster if _stikker_ud(blad)]
        fundne += [f"oven i hinanden: {a.navn} / {b.navn}" for a, b in _oven_i_hinanden(tekster)]
        fundne += [f"for svag: {blad.navn}" for blad in tekster if _for_svag(blad)]
        i_spalten = [blad for blad in blade if not blad.i_margen]
        fundne += [f"læses i utide: {b.navn}" for a, b in pairwise(i_spalten) if _tilbage(a, b)]
        fundne += [f"efterladt: {blad.navn}" for blad in i_spalten[-1:] if _leder_til_noget(blad)]
        uden_hoved = (tabel for tabel in _tabeller(side) if not any(del_.is_header for del_ in tabel.children))
        fundne += ["tabel uden hoved på sin næste side" for tabel in uden_hoved if delte[id(tabel.element)] > 1]
    return fundne


def _blade(boks: Any, om: tuple[Any, ...]) -> Iterator[Blad]:
    if isinstance(boks, TextBox | ReplacedBox):
        yield Blad(boks, om)
    for barn in getattr(boks, "children", ()):
        yield from _blade(barn, (*om, boks))


def _tabeller(boks: Any) -> Iterator[Any]:
    if isinstance(boks, TableBox):
        yield boks
    for barn in getattr(boks, "children", ()):
        yield from _tabeller(barn)


def _stikker_ud(blad: Blad) -> bool:
    """Of its table cell, or of its page."""
    om = next(boks for boks in reversed(blad.om) if isinstance(boks, TableCellBox | PageBox))
    i_celle = isinstance(om, TableCellBox)
    venstre, bredde = (om.position_x, om.border_width()) if i_celle else (0, om.margin_width())
    under = om.position_y + om.border_height() if i_celle else om.margin_height()
    fra, _, til, bund = blad.kanter
    return bool(fra < venstre - LUFT or til > venstre + bredde + LUFT or bund > under + LUFT)


def _oven_i_hinanden(tekster: Sequence[Blad]) -> Iterator[tuple[Blad, Blad]]:
    nedad = sorted(tekster, key=lambda blad: blad.kanter[1])
    for nr, a in enumerate(nedad, start=1):
        fra_a, top_a, til_a, bund_a = a.kanter
        for b in nedad[nr:]:
            fra_b, top_b, til_b, bund_b = b.kanter
            if top_b >= bund_a:
                break
            luft = OVER_UNDER * (bund_a - top_a + bund_b - top_b)
            if min(til_a, til_b) - max(fra_a, fra_b) > LUFT and min(bund_a, bund_b) - top_b > luft:
                yield a, b


def _tilbage(a: Blad, b: Blad) -> bool:
    """Whether what comes next stands higher up, and not to the right, as the next cell or column would."""
    return b.kanter[3] < a.kanter[1] + LUFT and b.kanter[0] < a.kanter[2] - LUFT


def _leder_til_noget(blad: Blad) -> bool:
    """Whether it is the heading of something that does not stand on its page."""
    ord_ = {boks.element_tag for boks in blad.om} | {
        klasse for boks in blad.om if boks.element is not None for klasse in boks.element.get("class", "").split()
    }
    return bool(ord_ & (LEDER_TIL_NOGET | {"gruppe"}))


def _for_svag(blad: Blad) -> bool:
    """Whether the contrast is less than WCAG's, also where a draft's watermark is under the text."""
    stil = blad.boks.style
    baggrunde = (boks.style["background_color"] for boks in reversed(blad.om))
    bag = next((_rgb(farve) for farve in baggrunde if farve.alpha), min(HVID, _vandmaerke(), key=_lys))
    stor = stil["font_size"] >= STOR or (stil["font_size"] >= STOR_FED and stil["font_weight"] >= FED)
    lyst, moerkt = sorted((_lys(_rgb(stil["color"])), _lys(bag)), reverse=True)
    return (lyst + 0.05) / (moerkt + 0.05) < (3 if stor else 4.5)


def _rgb(farve: Any) -> tuple[float, ...]:
    return tuple(farve.to("srgb").coordinates)


def _lys(rgb: tuple[float, ...]) -> float:
    """WCAG's relative luminance."""
    lineaer = [del_ / 12.92 if del_ <= 0.04045 else ((del_ + 0.055) / 1.055) ** 2.4 for del_ in rgb]
    return sum(vaegt * del_ for vaegt, del_ in zip((0.2126, 0.7152, 0.0722), lineaer, strict=True))


def _vandmaerke() -> tuple[float, ...]:
    stil = (Path(pdf.__file__).parent / "vandmaerke.css").read_text(encoding="utf-8")
    (farve,) = re.findall(r"color: #([0-9a-f]{6})", stil)
    return tuple(int(farve[nr : nr + 2], 16) / 255 for nr in (0, 2, 4))
