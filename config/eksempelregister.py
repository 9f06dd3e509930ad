"""The examples of legal bases and clusters: values as in `eksempelvaerdier`."""

from collections.abc import Mapping
from typing import Any

REGISTERVAERDIER: Mapping[str, Any] = {
    "HjemmelUd.fra": None,
    "HjemmelUd.til": None,
    "HjemmelUd.kode": "SEL-107",
    "HjemmelUd.navn": "Midlertidigt botilbud",
    "HjemmelUd.lovudgave": "",
    "KlyngeUd.navn": "Hjerneskade",
    "KlyngeUd.formaal": "Deles om botilbud og udvikler dem sammen",
    "KlyngeUd.kkr": "KKR Hovedstaden",
    "KlyngeUd.til": None,
}
