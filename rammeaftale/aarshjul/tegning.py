"""The wheel as a chart: the year's twelve months round the centre, the steps as numbered marks on the rim, and today.

Not by colour alone: what is done is a hollow circle, what is late a filled square, the rest filled circles; the numbers are the list's.
"""

from collections.abc import Sequence
from datetime import date
from math import cos, pi, sin
from typing import Any

from faelles.dokument.spec import MOERK, TEKST, Spec, ramme
from faelles.dokument.tal import MAANEDER
from rammeaftale.aarshjul.queries import Hjulpunkt
from rammeaftale.aarshjul.regler import Trinstand

BREDDE = 340  # pixels; a narrower screen shows it smaller
_MIDTE = BREDDE / 2
_INDRE, _YDRE = 66, 110  # the ring of months
_BANER = (126, 152, 50)  # where marks stand: outside the ring, further out, inside it
_FYLD = {Trinstand.UDFOERT: "#ffffff", Trinstand.OVERSKREDET: "#cc0000"}
_FORM = {Trinstand.OVERSKREDET: "square"}
_TAET = pi / 15  # radians within which marks are put on different lanes, so that none covers another


def tegn(punkter: Sequence[tuple[int, Hjulpunkt]], aar: int, dag: date) -> Spec:
    """The steps of a calendar year with their numbers in the list. Raises ValueError for a step of another year."""
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


def _maerker(punkter: Sequence[tuple[int, Hjulpunkt]], aar: int) -> list[dict[str, Any]]:
    maerker: list[dict[str, Any]] = []
    forrige, bane = -_TAET, 0
    for nummer, punkt in punkter:
        if punkt.frist.year != aar:
            raise ValueError(f"{punkt.opgave} hører til {punkt.frist.year}, ikke {aar}.")
        v = vinkel(punkt.frist)
        bane = (bane + 1) % len(_BANER) if v - forrige < _TAET else 0
        forrige = v
        x, y = _sted(v, _BANER[bane])
        maerker.append({"nr": str(nummer), "x": x, "y": y, "stand": punkt.stand.value})
    return maerker


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
    stande = [stand.value for stand in Trinstand]
    moerk = MOERK
    return [
        {
            "data": {"values": maerker},
            "mark": {"type": "point", "size": 380, "opacity": 1, "stroke": moerk, "strokeWidth": 2},
            "encoding": {
                **_XY,
                "fill": {"field": "stand", "type": "nominal", "legend": None,
                         "scale": {"domain": stande, "range": [_FYLD.get(s, moerk) for s in Trinstand]}},
                "shape": {"field": "stand", "type": "nominal", "legend": None,
                          "scale": {"domain": stande, "range": [_FORM.get(s, "circle") for s in Trinstand]}},
            },
        },
        {
            "data": {"values": maerker},
            "mark": {"type": "text", "fontWeight": 600},
            "encoding": {
                **_XY,
                "text": {"field": "nr"},
                "color": {"condition": {"test": "datum.stand == 'udfoert'", "value": TEKST}, "value": "#ffffff"},
            },
        },
    ]  # fmt: skip


def _beskrivelse(punkter: Sequence[tuple[int, Hjulpunkt]], aar: int) -> str:
    antal = len(punkter)
    overskredne = sum(p.stand is Trinstand.OVERSKREDET for _, p in punkter)
    trin = "1 trin" if antal == 1 else f"{antal} trin"
    sent = f", {overskredne} med overskredet frist" if overskredne else ""
    return f"Årshjul for {aar} med {trin}{sent}."
