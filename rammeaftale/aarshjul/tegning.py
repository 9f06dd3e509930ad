"""The wheel as a chart: the year's twelve months round the centre, the steps as numbered marks on the rim, and today.

Not by colour alone: what is done is a hollow circle, what nobody owes a grey one, what is late a filled square, the other steps filled circles; a meeting is a
diamond and a hearing's deadline a triangle, both light. The numbers are the list's.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from math import cos, dist, pi, sin
from typing import Any

from faelles.dokument.spec import MOERK, TEKST, Spec, ramme
from faelles.dokument.tal import MAANEDER
from rammeaftale.aarshjul.kalender import Kalenderdag
from rammeaftale.aarshjul.queries import Hjulpunkt
from rammeaftale.aarshjul.regler import Dagart, Trinstand

BREDDE = 340  # pixels; a narrower screen shows it smaller
_MIDTE = BREDDE / 2
_INDRE, _YDRE = 66, 110  # the ring of months
_BANER = (126, 152, 50)  # where marks stand: outside the ring, further out, inside it
_MAERKER = [*(stand.value for stand in Trinstand), *(art.value for art in Dagart)]
_LYS = "#ffffff"
_LYSE = {
    Trinstand.UDFOERT.value: _LYS,
    Trinstand.INGEN.value: "#e6e6e6",
    Dagart.MOEDE.value: "#fff3c4",
    Dagart.HOERING.value: "#d9f2e3",
}
_FYLD = {**_LYSE, Trinstand.OVERSKREDET.value: "#cc0000"}
_FORM = {Trinstand.OVERSKREDET.value: "square", Dagart.MOEDE.value: "diamond", Dagart.HOERING.value: "triangle-up"}
_STOERRELSE = {Dagart.MOEDE.value: 620, Dagart.HOERING.value: 820}  # a number needs more room between slanting sides
_TRYK = {Dagart.HOERING.value: 4}  # pixels further down, where a triangle is wide
_AFSTAND = 25.5  # pixels between two marks, so that neither covers the other
_SKRIDT = [
    nr * pi / 45 for nr in (0, 1, -1, 2, -2, 3, -3, 4, -4)
]  # radians a mark gives way on a crowded day, at most half a month

Nummereret = tuple[int, Hjulpunkt | Kalenderdag]


def tegn(punkter: Sequence[Nummereret], aar: int, dag: date) -> Spec:
    """The steps and days of a calendar year with their numbers in the list. Raises ValueError for one of another year."""
    maerker = [*_maerker(punkter, aar)]
    return ramme(
        [],
        beskrivelse=_beskrivelse(punkter, aar),
        bredde=BREDDE,
        height=BREDDE,
        autosize={"type": "none"},
        layer=[*_maaneder(), *_idag(aar, dag), *_punktlag(maerker)],
    )


def vinkel(dag: date) -> float:
    """Where on the wheel a day stands: radians clockwise from the top, where 1 January is."""
    foerste = date(dag.year, 1, 1)
    laengde = (date(dag.year + 1, 1, 1) - foerste).days
    return 2 * pi * (dag - foerste).days / laengde


def _maerker(punkter: Sequence[Nummereret], aar: int) -> list[dict[str, Any]]:
    maerker: list[dict[str, Any]] = []
    optagne: list[tuple[float, float]] = []
    for nummer, punkt in punkter:
        if punkt.frist.year != aar:
            raise ValueError(f"{punkt.opgave} hører til {punkt.frist.year}, ikke {aar}.")
        x, y = _ledigt(vinkel(punkt.frist), optagne)
        optagne.append((x, y))
        maerke = punkt.maerke
        form = {"maerke": maerke, "stoerrelse": _STOERRELSE.get(maerke, 380)}
        maerker.append({"nr": str(nummer), "x": x, "y": y, "tekst_y": round(y + _TRYK.get(maerke, 0), 1), **form})
    return maerker


def _ledigt(v: float, optagne: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The nearest place where a mark covers no other; its own, when there is none."""
    steder = (_sted(v + skridt, bane) for skridt in _SKRIDT for bane in _BANER)
    ledige = (sted for sted in steder if all(dist(sted, et) >= _AFSTAND for et in optagne))
    return next(ledige, _sted(v, _BANER[0]))


def _sted(v: float, radius: float) -> tuple[float, float]:
    return round(_MIDTE + radius * sin(v), 1), round(_MIDTE - radius * cos(v), 1)


def _maaneder() -> list[Spec]:
    skiver = [
        {
            "fra": 2 * pi * nr / len(MAANEDER),
            "til": 2 * pi * (nr + 1) / len(MAANEDER),
            "tone": "#e3ecf5" if nr % 2 else "#a9c9ea",
        }
        for nr in range(len(MAANEDER))
    ]
    navne = []
    for nr, navn in enumerate(MAANEDER):
        x, y = _sted(2 * pi * (nr + 0.5) / len(MAANEDER), (_INDRE + _YDRE) / 2)
        navne.append({"navn": navn[:3], "x": x, "y": y})
    return [
        {
            "data": {"values": skiver},
            "mark": {"type": "arc", "innerRadius": _INDRE, "outerRadius": _YDRE, "stroke": "#ffffff"},
            "encoding": {
                "theta": {"field": "fra", "type": "quantitative", "scale": None},
                "theta2": {"field": "til"},
                "color": {"field": "tone", "type": "nominal", "scale": None},
            },
        },
        {
            "data": {"values": navne},
            "mark": {"type": "text", "color": TEKST},
            "encoding": {**_XY, "text": {"field": "navn"}},
        },
    ]


_XY: Spec = {
    "x": {"field": "x", "type": "quantitative", "scale": {"domain": [0, BREDDE]}, "axis": None},
    "y": {"field": "y", "type": "quantitative", "scale": {"domain": [BREDDE, 0]}, "axis": None},
}


def _idag(aar: int, dag: date) -> list[Spec]:
    """A pointer from the centre, and the day's date in the middle; nothing in another year than the one shown."""
    if dag.year != aar:
        return [_midte(str(aar))]
    x, y = _sted(vinkel(dag), _YDRE)
    x0, y0 = _sted(vinkel(dag), _INDRE - 30)
    viser = {
        "data": {"values": [{"x": x0, "y": y0, "x2": x, "y2": y}]},
        "mark": {"type": "rule", "color": MOERK, "strokeWidth": 3},
        "encoding": {**_XY, "x2": {"field": "x2"}, "y2": {"field": "y2"}},
    }
    return [viser, _midte(f"{aar}")]


def _midte(tekst: str) -> Spec:
    return {
        "data": {"values": [{"x": _MIDTE, "y": _MIDTE, "tekst": tekst}]},
        "mark": {"type": "text", "fontSize": 22, "fontWeight": 600, "color": TEKST},
        "encoding": {**_XY, "text": {"field": "tekst"}},
    }


def _punktlag(maerker: list[dict[str, Any]]) -> list[Spec]:
    if not maerker:
        return []
    return [
        {
            "data": {"values": maerker},
            "mark": {"type": "point", "opacity": 1, "stroke": MOERK, "strokeWidth": 2},
            "encoding": {
                **_XY,
                "fill": _efter_maerke(_FYLD, MOERK),
                "shape": _efter_maerke(_FORM, "circle"),
                "size": {"field": "stoerrelse", "type": "quantitative", "scale": None, "legend": None},
            },
        },
        {
            "data": {"values": maerker},
            "mark": {"type": "text", "fontWeight": 600},
            "encoding": {
                **_XY,
                "y": {**_XY["y"], "field": "tekst_y"},
                "text": {"field": "nr"},
                "color": _efter_maerke(dict.fromkeys(_LYSE, TEKST), _LYS),
            },
        },
    ]


def _efter_maerke(vaerdier: Mapping[str, str], ellers: str) -> Spec:
    """A channel that has a value of its own for each kind of mark."""
    skala = {"domain": _MAERKER, "range": [vaerdier.get(maerke, ellers) for maerke in _MAERKER]}
    return {"field": "maerke", "type": "nominal", "legend": None, "scale": skala}


def _beskrivelse(punkter: Sequence[Nummereret], aar: int) -> str:
    antal = Counter(punkt.maerke for _, punkt in punkter)
    trin = sum(antal[stand] for stand in Trinstand)
    dele = [_antal(trin, "trin", "trin")]
    if overskredne := antal[Trinstand.OVERSKREDET]:
        dele.append(f"{overskredne} med overskredet frist")
    if moeder := antal[Dagart.MOEDE]:
        dele.append(_antal(moeder, "møde", "møder"))
    if hoeringer := antal[Dagart.HOERING]:
        dele.append(_antal(hoeringer, "høringsfrist", "høringsfrister"))
    return f"Årshjul for {aar} med {', '.join(dele)}."


def _antal(antal: int, en: str, flere: str) -> str:
    return f"{antal} {en if antal == 1 else flere}"
