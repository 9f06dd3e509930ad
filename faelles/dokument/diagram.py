"""Charts as plain Vega-Lite dicts, the same for page and PDF, and their SVG for the PDF.

Readable without colour: bars carry their figures, lines differ in marker and dash, stacked parts in lightness and figure.
A specification holds its data; one that points at an address is refused, and the converter may fetch nothing.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

import vl_convert

from faelles.dokument import SKRIFTTYPER
from faelles.dokument.tal import MAANEDER

Spec = dict[str, Any]

SKRIFT = "IBM Plex Sans"
MOERK, TEKST = "#00305f", "#1a2129"
# Falling lightness, so that neighbours can be told apart in black and white; white text stands on the dark ones.
_TONER = ("#00305f", "#2f78c4", "#a9c9ea", "#e3ecf5", "#4a5560", "#b7bec6")
_MOERKE_TONER = frozenset({"#00305f", "#2f78c4", "#4a5560"})
_STREGER = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [12, 4], [4, 2, 1, 2])
_MAERKER = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
_DAGE = ["søndag", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag"]
DANSK = {
    "number": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", "\N{NO-BREAK SPACE}kr."], "minus": "\N{MINUS SIGN}"},
    "time": {
        "dateTime": "%A den %d. %B %Y %X", "date": "%d.%m.%Y", "time": "%H.%M", "periods": ["", ""],
        "days": _DAGE, "shortDays": [dag[:3] for dag in _DAGE], "months": list(MAANEDER), "shortMonths": [m[:3] for m in MAANEDER],
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Soejle:
    """One bar: what it is called and how long it is."""

    navn: str
    vaerdi: Decimal
    fremhaevet: bool = False


@dataclass(frozen=True, slots=True)
class Punkt:
    """A value of a series at a place on the x axis, such as a year or a quarter."""

    serie: str
    trin: str
    vaerdi: Decimal


@dataclass(frozen=True, slots=True)
class Del:
    """The part of a bar that belongs to one category."""

    navn: str
    kategori: str
    vaerdi: Decimal


def soejler(data: Sequence[Soejle], *, akse: str, beskrivelse: str, decimaler: int = 0, bredde: int = 620) -> Spec:
    """Horizontal bars in the order given, each with its value. `akse` names what is measured, with unit."""
    y = {"field": "navn", "type": "nominal", "sort": None, "title": None, "axis": _NAVNEAKSE}
    laengst = float(max((s.vaerdi for s in data), default=Decimal(0)))
    x = {
        "field": "vaerdi", "type": "quantitative", "title": akse, "scale": {"domainMax": laengst * 1.08 or 1},
        "axis": {"format": f",.{decimaler}f", "tickCount": 6},
    }  # fmt: skip
    farve = {"condition": {"test": "datum.fremhaevet", "value": MOERK}, "value": "#6ea3db"}
    return _spec(
        [{"navn": s.navn, "vaerdi": float(s.vaerdi), "fremhaevet": s.fremhaevet} for s in data],
        beskrivelse=beskrivelse,
        bredde=bredde,
        height={"step": 20},
        encoding={"y": y, "x": x},
        layer=[
            {"mark": {"type": "bar", "height": {"band": 0.72}}, "encoding": {"color": farve}},
            {
                "mark": {"type": "text", "align": "left", "dx": 4, "color": TEKST},
                "encoding": {"text": {"field": "vaerdi", "format": f",.{decimaler}f"}},
            },
        ],
    )


def linje(
    data: Sequence[Punkt],
    *,
    akse: str,
    beskrivelse: str,
    decimaler: int = 0,
    bredde: int = 620,
    hoejde: int = 260,
    fra_nul: bool = True,
) -> Spec:
    """Up to six series over the same steps, told apart by marker and dash as well as tone.

    Raises ValueError for more series.
    """
    serier = _faste(list(dict.fromkeys(p.serie for p in data)))
    farver = ["#00305f", "#0059b3", "#4a5560", "#2f78c4", "#1a2129", "#6b7885"][: len(serier)]
    felt = {"field": "serie", "type": "nominal", "title": None, "sort": None, "legend": {"symbolStrokeWidth": 0}}
    return _spec(
        [{"serie": p.serie, "trin": p.trin, "vaerdi": float(p.vaerdi)} for p in data],
        beskrivelse=beskrivelse,
        bredde=bredde,
        height=hoejde,
        mark={"type": "line", "strokeWidth": 2, "point": {"size": 55, "filled": True}},
        encoding={
            "x": {"field": "trin", "type": "ordinal", "sort": None, "title": None, "axis": {"labelAngle": 0, "labelOverlap": True}},
            "y": {
                "field": "vaerdi", "type": "quantitative", "title": akse, "scale": {"zero": fra_nul},
                "axis": {"format": f",.{decimaler}f", "grid": True, "tickCount": 6},
            },
            "color": {**felt, "scale": {"domain": serier, "range": farver}},
            "shape": {**felt, "scale": {"domain": serier, "range": list(_MAERKER[: len(serier)])}},
            "strokeDash": {**felt, "scale": {"domain": serier, "range": list(_STREGER[: len(serier)])}},
        },
    )  # fmt: skip


def stablet(data: Sequence[Del], *, akse: str, beskrivelse: str, decimaler: int = 0, bredde: int = 620) -> Spec:
    """Horizontal bars made of up to six categories, each part with its figure where it is wide enough.

    Raises ValueError for more categories.
    """
    kategorier = _faste(list(dict.fromkeys(d.kategori for d in data)))
    farver = list(_TONER[: len(kategorier)])
    hvide = [k for k, farve in zip(kategorier, farver, strict=True) if farve in _MOERKE_TONER]
    summer: dict[str, Decimal] = {}
    for d in data:
        summer[d.navn] = summer.get(d.navn, Decimal(0)) + d.vaerdi
    mindst = float(max(summer.values(), default=Decimal(0)) / 25)
    stak = {"field": "vaerdi", "type": "quantitative", "stack": "zero"}
    orden = {"field": "nr", "type": "quantitative"}
    tekstfarve = {"condition": {"test": {"field": "kategori", "oneOf": hvide}, "value": "#ffffff"}, "value": TEKST}
    return _spec(
        [{"navn": d.navn, "kategori": d.kategori, "vaerdi": float(d.vaerdi), "nr": kategorier.index(d.kategori)} for d in data],
        beskrivelse=beskrivelse,
        bredde=bredde,
        height={"step": 24},
        encoding={"y": {"field": "navn", "type": "nominal", "sort": None, "title": None, "axis": _NAVNEAKSE}, "order": orden},
        layer=[
            {
                "mark": {"type": "bar", "height": {"band": 0.75}, "stroke": TEKST, "strokeWidth": 0.5},
                "encoding": {
                    "x": {**stak, "title": akse, "axis": {"format": f",.{decimaler}f", "tickCount": 6}},
                    "color": {
                        "field": "kategori", "type": "nominal", "title": None,
                        "scale": {"domain": kategorier, "range": farver}, "legend": {"symbolStrokeColor": TEKST, "symbolStrokeWidth": 0.5},
                    },
                },
            },
            {
                "transform": [{"filter": {"field": "vaerdi", "gte": mindst}}],
                "mark": {"type": "text"},
                "encoding": {
                    "x": {**stak, "bandPosition": 0.5},
                    "text": {"field": "vaerdi", "format": f",.{decimaler}f"},
                    "color": tekstfarve,
                },
            },
        ],
    )  # fmt: skip


def svg(spec: Spec) -> bytes:
    """The chart as SVG for a document. The same specification gives the same bytes.

    Raises ValueError when the specification fetches its data from an address, or cannot be drawn.
    """
    if '"url"' in json.dumps(spec):
        raise ValueError("Et diagram skal indeholde sine tal, ikke en adresse.")
    _registrer_skrifttyper()
    return _faste_id(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[], show_warnings=False)).encode()


_NAVNEAKSE: Spec = {"labelLimit": 220, "labelPadding": 6, "ticks": False}


def _spec(data: list[dict[str, Any]], *, beskrivelse: str, bredde: int, **resten: Any) -> Spec:
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


def _faste(navne: list[str]) -> list[str]:
    if len(navne) > len(_STREGER):
        raise ValueError(f"Et diagram kan vise højst {len(_STREGER)} serier; her er {len(navne)}.")
    return navne


def _faste_id(tegnet: str) -> str:
    """The converter counts its ids through the life of the process; here they start over in each drawing."""
    kendte = dict.fromkeys(re.findall(r'\bid="([^"]+)"', tegnet))
    nye = {gammelt: f"d{nummer}" for nummer, gammelt in enumerate(kendte)}
    return re.sub(
        r'(\bid="|url\(#|href="#)([^")]+)',
        lambda fund: fund[1] + nye.get(fund[2], fund[2]),
        tegnet,
    )


@cache
def _registrer_skrifttyper() -> None:
    """Once per process: the converter measures texts with our fonts and needs none from the system."""
    vl_convert.register_font_directory(str(SKRIFTTYPER))
