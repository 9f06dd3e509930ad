"""Charts as plain Vega-Lite dicts, the same for page and PDF. A page shows them with `komponenter/diagram.html`, a PDF with `tegning`.

Readable without colour: bars carry their figures, lines differ in marker and dash, points in shape, stacked parts in lightness
and figure. A specification holds its data.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from faelles.dokument.spec import (
    MAERKER,
    MOERK,
    MOERKE_TONER,
    NAVNEAKSE,
    PUNKTFARVER,
    STREGER,
    TEKST,
    TONER,
    Bredde,
    Spec,
    faste,
    ramme,
)


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


@dataclass(frozen=True, slots=True)
class Prik:
    """A point by two measures, of a category; one that is `fremhaevet` is filled and carries its name."""

    navn: str
    kategori: str
    x: Decimal
    y: Decimal
    fremhaevet: bool = False


@dataclass(frozen=True, slots=True)
class OpOgNed:
    """What went up and what went down at a step, such as a year."""

    trin: str
    op: int
    ned: int


@dataclass(frozen=True, slots=True)
class Trappetrin:
    """That something had a value from a day; `dag` is ISO."""

    dag: str
    vaerdi: int


def soejler(data: Sequence[Soejle], *, akse: str, beskrivelse: str, decimaler: int = 0, bredde: Bredde = 620) -> Spec:
    """Horizontal bars in the order given, each with its value. `akse` names what is measured, with unit."""
    y = {"field": "navn", "type": "nominal", "sort": None, "title": None, "axis": NAVNEAKSE}
    laengst = float(max((s.vaerdi for s in data), default=Decimal(0)))
    x = {
        "field": "vaerdi", "type": "quantitative", "title": akse, "scale": {"domainMax": laengst * 1.08 or 1},
        "axis": {"format": f",.{decimaler}f", "tickCount": 6},
    }  # fmt: skip
    farve = {"condition": {"test": "datum.fremhaevet", "value": MOERK}, "value": "#6ea3db"}
    return ramme(
        [{"navn": s.navn, "vaerdi": float(s.vaerdi), "fremhaevet": s.fremhaevet} for s in data],
        beskrivelse=beskrivelse,
        bredde=bredde,
        height=20 * len(data) if bredde == "container" else {"step": 20},  # Vega-Lite cannot let both follow something
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
    bredde: Bredde = 620,
    hoejde: int = 260,
    fra_nul: bool = True,
) -> Spec:
    """Up to six series over the same steps, told apart by marker and dash as well as tone.

    Raises ValueError for more series.
    """
    serier = faste(list(dict.fromkeys(p.serie for p in data)))
    farver = list(PUNKTFARVER[: len(serier)])
    felt = {"field": "serie", "type": "nominal", "title": None, "sort": None, "legend": {"symbolStrokeWidth": 0, "columns": 3}}  # fmt: skip
    return ramme(
        [{"serie": p.serie, "trin": p.trin, "vaerdi": float(p.vaerdi)} for p in data],
        beskrivelse=beskrivelse,
        bredde=bredde,
        height=hoejde,
        mark={"type": "line", "strokeWidth": 2, "point": {"size": 55, "filled": True}},
        encoding={
            "x": {"field": "trin", "type": "ordinal", "sort": None, "title": None, "axis": {"labelAngle": 0, "labelOverlap": True}},
            "y": {
                "field": "vaerdi", "type": "quantitative", "title": akse, "scale": {"zero": fra_nul},
                # as for `stablet`: no two ticks that would be written alike
                "axis": {"format": f",.{decimaler}f", "grid": True, "tickCount": 6, "tickMinStep": 10**-decimaler},
            },
            "color": {**felt, "scale": {"domain": serier, "range": farver}},
            "shape": {**felt, "scale": {"domain": serier, "range": list(MAERKER[: len(serier)])}},
            "strokeDash": {**felt, "scale": {"domain": serier, "range": list(STREGER[: len(serier)])}},
        },
    )  # fmt: skip


def stablet(data: Sequence[Del], *, akse: str, beskrivelse: str, decimaler: int = 0, bredde: Bredde = 620) -> Spec:
    """Horizontal bars made of up to six categories, each part with its figure where it is wide enough.

    Raises ValueError for more categories.
    """
    kategorier = faste(list(dict.fromkeys(d.kategori for d in data)))
    farver = list(TONER[: len(kategorier)])
    hvide = [k for k, farve in zip(kategorier, farver, strict=True) if farve in MOERKE_TONER]
    summer: dict[str, Decimal] = {}
    for d in data:
        summer[d.navn] = summer.get(d.navn, Decimal(0)) + d.vaerdi
    mindst = float(max(summer.values(), default=Decimal(0)) / 25)
    stak = {"field": "vaerdi", "type": "quantitative", "stack": "zero"}
    orden = {"field": "nr", "type": "quantitative"}
    tekstfarve = {"condition": {"test": {"field": "kategori", "oneOf": hvide}, "value": "#ffffff"}, "value": TEKST}
    smal = {"columns": 1} if bredde == "container" else {}  # as wide as a name, where the page is a telephone
    return ramme(
        [{"navn": d.navn, "kategori": d.kategori, "vaerdi": float(d.vaerdi), "nr": kategorier.index(d.kategori)} for d in data],
        beskrivelse=beskrivelse,
        bredde=bredde,
        height=24 * len(summer) if bredde == "container" else {"step": 24},  # as for `soejler`
        encoding={"y": {"field": "navn", "type": "nominal", "sort": None, "title": None, "axis": NAVNEAKSE}, "order": orden},
        layer=[
            {
                "mark": {"type": "bar", "height": {"band": 0.75}, "stroke": TEKST, "strokeWidth": 0.5},
                "encoding": {
                    # no figure that the axis could not write: between 1 and 2 of something there is no tick that says 2
                    "x": {**stak, "title": akse, "axis": {"format": f",.{decimaler}f", "tickCount": 6, "tickMinStep": 10**-decimaler}},
                    "color": {
                        "field": "kategori", "type": "nominal", "title": None,
                        "scale": {"domain": kategorier, "range": farver}, "legend": {"symbolStrokeColor": TEKST, "symbolStrokeWidth": 0.5, **smal},
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


def prikker(
    data: Sequence[Prik], *, akse_x: str, akse_y: str, beskrivelse: str, bredde: Bredde = 620, hoejde: int = 320
) -> Spec:
    """Points of up to six categories, told apart by shape as well as tone. The x axis is logarithmic, with room for zero.

    Raises ValueError for more categories.
    """
    kategorier = faste(sorted(dict.fromkeys(p.kategori for p in data)))
    felt = {"field": "kategori", "type": "nominal", "title": None}
    farver = {"domain": kategorier, "range": list(PUNKTFARVER[: len(kategorier)])}
    former = {"domain": kategorier, "range": list(MAERKER[: len(kategorier)])}
    mindst, hoejst = (float(f((p.x for p in data), default=Decimal(0))) for f in (min, max))
    akser = {
        "x": {
            "field": "x", "type": "quantitative", "title": akse_x,
            "scale": {"type": "symlog", "domain": [mindst * 0.7, hoejst * 1.3 or 1], "nice": False},
            "axis": {"format": ",.0f", "values": [0, 1, 3, 10, 30, 100, 300, 1000, 3000, 10000], "labelOverlap": True},
        },
        "y": {"field": "y", "type": "quantitative", "title": akse_y, "scale": {"zero": True}, "axis": {"format": ",.0f", "grid": True, "tickCount": 6}},
    }  # fmt: skip
    midten = ((1 + mindst) * (1 + hoejst)) ** 0.5 - 1
    return ramme(
        [
            {"navn": p.navn, "kategori": p.kategori, "x": float(p.x), "y": float(p.y), "fremhaevet": p.fremhaevet, "hoejre": float(p.x) > midten}
            for p in data
        ],
        beskrivelse=beskrivelse,
        bredde=bredde,
        height=hoejde,
        encoding=akser,
        layer=[
            {
                "mark": {"type": "point", "size": 90, "strokeWidth": 1.5, "filled": False},
                "encoding": {
                    "stroke": {**felt, "scale": farver}, "shape": {**felt, "scale": former},
                    "fill": {"condition": {"test": "datum.fremhaevet", "value": TEKST}, "value": "transparent"},
                },
            },
            *_navnelag(data, midten),
        ],
    )  # fmt: skip


def _navnelag(data: Sequence[Prik], midten: float) -> list[Spec]:
    """The names of the filled points, each on the side of the middle where there is room for it."""
    return [
        {
            "transform": [{"filter": f"datum.fremhaevet && {'' if her else '!'}datum.hoejre"}],
            "mark": {"type": "text", "align": side, "dx": dx, "color": TEKST},
            "encoding": {"text": {"field": "navn"}},
        }
        for side, dx, her in (("left", 9, False), ("right", -9, True))
        if any(p.fremhaevet and (float(p.x) > midten) is her for p in data)  # Vega warns of a layer without rows
    ]


def op_og_ned(
    data: Sequence[OpOgNed], *, op: str, ned: str, akse: str, beskrivelse: str, bredde: Bredde = 620, hoejde: int = 260
) -> Spec:
    """Bars up and down from a line, each with its figure; `op` and `ned` name the two directions."""
    raekker = [
        {"trin": d.trin, "retning": navn, "antal": antal, "hoejde": fortegn * antal}
        for d in data
        for navn, antal, fortegn in ((op, d.op, 1), (ned, d.ned, -1))
    ]
    hoejest = max((max(d.op, d.ned) for d in data), default=0) or 1
    farve = {
        "field": "retning", "type": "nominal", "title": None, "legend": {"symbolStrokeColor": TEKST, "symbolStrokeWidth": 0.5, "symbolType": "square"},
        "scale": {"domain": [op, ned], "range": ["#00305f", "#a9c9ea"]},
    }  # fmt: skip
    tal = [
        {
            "transform": [{"filter": f"datum.hoejde {tegn} 0"}],
            "mark": {"type": "text", "dy": dy, "color": TEKST},
            "encoding": {"text": {"field": "antal", "format": ",.0f"}},
        }
        for tegn, dy in ((">", -8), ("<", 9))
    ]
    return ramme(
        raekker,
        beskrivelse=beskrivelse,
        bredde=bredde,
        height=hoejde,
        encoding={
            "x": {"field": "trin", "type": "ordinal", "sort": None, "title": None, "axis": {"labelAngle": 0, "labelOverlap": True}},
            "y": {
                "field": "hoejde", "type": "quantitative", "stack": None, "title": akse,
                "scale": {"domain": [-hoejest * 1.15, hoejest * 1.15]},
                "axis": {"labelExpr": "format(abs(datum.value), ',.0f')", "tickMinStep": 1, "tickCount": 6, "grid": True},
            },
        },
        layer=[
            {"mark": {"type": "bar", "stroke": TEKST, "strokeWidth": 0.5, "width": {"band": 0.6}}, "encoding": {"color": farve}},
            *tal,
            {"data": {"values": [{"nul": 0}]}, "mark": {"type": "rule", "color": TEKST}, "encoding": {"x": None, "y": {"datum": 0}}},
        ],
    )  # fmt: skip


def trappe(
    data: Sequence[Trappetrin],
    *,
    navne: Sequence[str],
    slut: str,
    akse: str,
    beskrivelse: str,
    bredde: Bredde = 620,
    hoejde: int = 180,
) -> Spec:
    """One value over time as a stair up to the day `slut` (ISO). `navne` name the values 1, 2, 3 …, of which 1 is on top."""
    raekker = [{"dag": trin.dag, "vaerdi": trin.vaerdi, "skift": True} for trin in data]
    if data and data[-1].dag < slut:
        raekker.append({"dag": slut, "vaerdi": data[-1].vaerdi, "skift": False})
    tekst = " : ".join(f"datum.value == {nr} ? {_js(navn)}" for nr, navn in enumerate(navne, start=1))
    return ramme(
        raekker,
        beskrivelse=beskrivelse,
        bredde=bredde,
        height=hoejde,
        encoding={
            "x": {"field": "dag", "type": "temporal", "title": None, "axis": {"format": "%Y", "tickCount": "year", "labelOverlap": True}},
            "y": {
                "field": "vaerdi", "type": "quantitative", "title": akse,
                "scale": {"domain": [0.6, len(navne) + 0.4], "reverse": True, "zero": False, "nice": False},
                "axis": {"values": list(range(1, len(navne) + 1)), "labelExpr": f"{tekst} : ''", "grid": True},
            },
        },
        layer=[
            {"mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 2.5, "color": MOERK}},
            {"transform": [{"filter": "datum.skift"}], "mark": {"type": "point", "filled": True, "size": 90, "color": MOERK}},
        ],
    )  # fmt: skip


def _js(tekst: str) -> str:
    """A text inside an expression of Vega's."""
    return "'" + tekst.replace("\\", "\\\\").replace("'", "\\'") + "'"
