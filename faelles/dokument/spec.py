"""What every chart shares: fonts, tones, markers, Danish figures and dates, and the frame of its Vega-Lite specification."""

from typing import Any, Literal

from faelles.dokument.tal import MAANEDER

Spec = dict[str, Any]

Bredde = int | Literal["container"]  # pixels, or as wide as the page has room for

SKRIFT = "IBM Plex Sans"
MOERK, TEKST = "#00305f", "#1a2129"
# Falling lightness, so that neighbours can be told apart in black and white; white text stands on the dark ones.
TONER = ("#00305f", "#2f78c4", "#a9c9ea", "#e3ecf5", "#4a5560", "#b7bec6")
MOERKE_TONER = frozenset({"#00305f", "#2f78c4", "#4a5560"})
STREGER = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [12, 4], [4, 2, 1, 2])
PUNKTFARVER = ("#00305f", "#0059b3", "#4a5560", "#2f78c4", "#1a2129", "#6b7885")
MAERKER = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
_DAGE = ["søndag", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag"]
DANSK = {
    "number": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", "\N{NO-BREAK SPACE}kr."], "minus": "\N{MINUS SIGN}"},
    "time": {
        "dateTime": "%A den %d. %B %Y %X", "date": "%d.%m.%Y", "time": "%H.%M", "periods": ["", ""],
        "days": _DAGE, "shortDays": [dag[:3] for dag in _DAGE], "months": list(MAANEDER), "shortMonths": [m[:3] for m in MAANEDER],
    },
}  # fmt: skip


NAVNEAKSE: Spec = {"labelLimit": 220, "labelPadding": 6, "ticks": False}


def ramme(data: list[dict[str, Any]], *, beskrivelse: str, bredde: Bredde, **resten: Any) -> Spec:
    """A specification of rows with the look of all; `beskrivelse` is what it shows in words. `resten` is the chart itself."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": beskrivelse,
        "data": {"values": data},
        "width": bredde,
        "autosize": {"type": "fit-x", "contains": "padding"},
        **resten,
        "config": {
            "font": SKRIFT,
            "locale": DANSK,
            "background": "#ffffff",
            "view": {"stroke": None},
            "axis": {
                "labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": 600, "labelColor": TEKST, "titleColor": TEKST,
                "grid": False, "gridColor": "#e3e8ed", "domainColor": "#7a8896", "tickColor": "#7a8896",
            },
            "legend": {"orient": "top", "labelFontSize": 11, "labelColor": TEKST, "labelLimit": 260, "symbolSize": 110, "columnPadding": 18},
            "text": {"fontSize": 10.5, "font": SKRIFT},
        },
    }  # fmt: skip


def faste(navne: list[str]) -> list[str]:
    """The series of a chart. Raises ValueError for more than can be told apart."""
    if len(navne) > len(STREGER):
        raise ValueError(f"Et diagram kan vise højst {len(STREGER)} serier; her er {len(navne)}.")
    return navne
