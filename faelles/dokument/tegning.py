"""A chart as SVG for a document. Only the worker imports this: the converter is large.

A specification that points at an address is refused, and the converter may fetch nothing.
"""

import json
import re
from functools import cache

import vl_convert

from faelles.dokument import SKRIFTTYPER
from faelles.dokument.spec import Spec


def svg(spec: Spec) -> bytes:
    """The chart as SVG for a document. The same specification gives the same bytes.

    Raises ValueError when the specification fetches its data from an address, or cannot be drawn.
    """
    if '"url"' in json.dumps(spec):
        raise ValueError("Et diagram skal indeholde sine tal, ikke en adresse.")
    _registrer_skrifttyper()
    return _faste_id(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[], show_warnings=False)).encode()


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
