"""A matrix as a chart: readable without colour, since what differs is how large its discs are. Else as `diagram`."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from faelles.dokument.spec import MOERK, Bredde, Spec, ramme


@dataclass(frozen=True, slots=True)
class Felt:
    """A field of a matrix: its row and column, and how much stands in it."""

    raekke: str
    soejle: str
    vaerdi: Decimal


def bobler(
    data: Sequence[Felt],
    raekker: Sequence[str],
    soejler: Sequence[str],
    *,
    akse: str,
    beskrivelse: str,
    bredde: Bredde = 620,
) -> Spec:
    """A matrix whose fields hold a disc as large as their value; one without is blank. `akse` names what is measured, with unit."""
    skala = {"domain": [0, float(max((f.vaerdi for f in data), default=Decimal(0))) or 1], "range": [0, 260]}
    navne = {"labelLimit": 160, "ticks": False, "grid": True, "domain": False}
    return ramme(
        [{"raekke": f.raekke, "soejle": f.soejle, "vaerdi": float(f.vaerdi)} for f in data],
        beskrivelse=beskrivelse,
        bredde=bredde,
        height=18 * len(raekker) if bredde == "container" else {"step": 18},  # as for `soejler`
        mark={"type": "circle", "color": MOERK, "opacity": 1},
        encoding={
            "y": {"field": "raekke", "type": "nominal", "scale": {"domain": list(raekker)}, "title": None, "axis": navne},
            "x": {
                "field": "soejle", "type": "nominal", "scale": {"domain": list(soejler)}, "title": None,
                "axis": {**navne, "orient": "top", "labelAngle": -90},
            },
            "size": {"field": "vaerdi", "type": "quantitative", "title": akse, "scale": skala, "legend": {"format": ",.0f", "orient": "bottom"}},
        },
    )  # fmt: skip
