"""Where a report's text lands: nothing outside its cell, its page or on top of something else."""

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

from weasyprint import HTML
from weasyprint.formatting_structure.boxes import PageBox, TableCellBox, TextBox

from rammeaftale.rapporter.register import fremstiller

LUFT = 0.5  # of a pixel: the rounding of the layout


def sider(data: str, type_: str) -> list[Any]:
    """The pages of every chapter as the typesetter laid them out."""
    maskine, lagt = fremstiller(type_), []
    saet = HTML.render

    def husk(*args: Any, **andet: Any) -> Any:
        lagt.append(saet(*args, **andet))
        return lagt[-1]

    with patch.object(HTML, "render", husk):
        for kapitel in maskine.opdel(data, maskine.tegn(data)).kapitler:
            maskine.saet(kapitel.kilde)
    return [side._page_box for dokument in lagt for side in dokument.pages]


def overloeb(data: str, type_: str) -> list[str]:
    """Every text that sticks out of its table cell or its page, as the text itself; and every page it was looked for on must have some."""
    fundne = []
    for side in sider(data, type_):
        tekster = list(_tekster(side, side))
        assert tekster
        fundne += [boks.text for boks, om in tekster if _uden_for(boks, om)]
    return fundne


def _tekster(boks: Any, om: Any) -> Iterator[tuple[Any, Any]]:
    """Each text with the innermost cell or page around it."""
    if isinstance(boks, TextBox):
        yield boks, om
    inderst = boks if isinstance(boks, TableCellBox | PageBox) else om
    for barn in getattr(boks, "children", ()):
        yield from _tekster(barn, inderst)


def _uden_for(boks: Any, om: Any) -> bool:
    hoejre, bund = boks.position_x + boks.width, boks.position_y + boks.height
    if isinstance(om, TableCellBox):
        venstre, kant, under = om.position_x, om.position_x + om.border_width(), om.position_y + om.border_height()
    else:
        venstre, kant, under = 0, om.margin_width(), om.margin_height()
    return bool(boks.position_x < venstre - LUFT or hoejre > kant + LUFT or bund > under + LUFT)
