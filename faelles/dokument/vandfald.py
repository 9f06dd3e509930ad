"""The waterfall: from one figure to another, step by step. As the charts of `diagram`, the same for page and PDF."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from faelles.dokument.diagram import Soejle
from faelles.dokument.spec import MOERK, NAVNEAKSE, TEKST, Bredde, Spec, ramme
from faelles.dokument.tal import tal


def vandfald(
    fra: Soejle,
    skridt: Sequence[Soejle],
    til: Soejle,
    *,
    akse: str,
    beskrivelse: str,
    bredde: Bredde = 620,
    decimaler: int = 2,
) -> Spec:
    """From one figure to another, a bar for each step on the way (`vaerdi` up positive), each with its figure.

    The axis does not begin at zero, or the steps could not be seen; up is dark and down is light, and the sign stands in the figure.
    """
    raekker, skala = _vej(fra, skridt, til, decimaler)
    farve = {
        "field": "art", "type": "nominal", "legend": None,
        "scale": {"domain": ["hele", "op", "ned"], "range": ["#4a5560", MOERK, "#a9c9ea"]},
    }  # fmt: skip
    return ramme(
        raekker,
        beskrivelse=beskrivelse,
        bredde=bredde,
        height=24 * len(raekker),
        encoding={"y": {"field": "navn", "type": "nominal", "sort": None, "title": None, "axis": NAVNEAKSE}},
        layer=[
            {
                "mark": {"type": "bar", "height": {"band": 0.72}, "stroke": TEKST, "strokeWidth": 0.5},
                "encoding": {
                    "x": {"field": "fra", "type": "quantitative", "title": akse, "scale": skala, "axis": {"format": ",.0f", "tickCount": 5}},
                    "x2": {"field": "til"},
                    "color": farve,
                },
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 5, "color": TEKST},
                "encoding": {"x": {"field": "hoejre", "type": "quantitative", "scale": skala}, "text": {"field": "tekst"}},
            },
        ],
    )  # fmt: skip


def _vej(
    fra: Soejle, skridt: Sequence[Soejle], til: Soejle, decimaler: int
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The rows of a waterfall, and the axis they can be seen on."""
    raekker, her = [_trappe(fra.navn, Decimal(0), fra.vaerdi, "hele", decimaler)], fra.vaerdi
    for et in skridt:
        raekker.append(_trappe(et.navn, her, her + et.vaerdi, "op" if et.vaerdi > 0 else "ned", decimaler))
        her += et.vaerdi
    raekker.append(_trappe(til.navn, Decimal(0), til.vaerdi, "hele", decimaler))
    paa_vejen = [raekke[ende] for raekke in raekker[1:-1] for ende in ("fra", "til")]
    ender = [*paa_vejen, float(fra.vaerdi), float(til.vaerdi)]
    luft = (max(ender) - min(ender)) * 0.2 or max(ender) * 0.02
    for raekke in raekker[:: len(raekker) - 1]:
        raekke["fra"] = min(ender) - luft
    # The text stands to the right of its bar, so there is more room there.
    return raekker, {"domain": [min(ender) - luft, max(ender) + 2 * luft], "zero": False, "nice": False}


def _trappe(navn: str, fra: Decimal, til: Decimal, art: str, decimaler: int) -> dict[str, Any]:
    tekst = tal(til, decimaler) if art == "hele" else f"{'+' if til > fra else ''}{tal(til - fra, decimaler)}"
    return {
        "navn": navn,
        "fra": float(fra),
        "til": float(til),
        "hoejre": float(max(fra, til)),
        "art": art,
        "tekst": tekst,
    }
