"""The takst models by name. A new model of the whole area has been agreed in principle (rules-takst § 1, L8), so none is built in.

A model has its own `Inddata`, whose field `model` is the model's name, and a function from them to a result. Stored
inputs hold the name and are therefore always computed again by the model they were made for.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from faelles.fejl import UgyldigtInput
from takster.beregning.takst import OMKOSTNINGSBASERET, Takstinddata, beregn_takst
from takster.beregning.vaerdiobjekt import BESKED, KODE, Inddata, Vaerdiobjekt


@dataclass(frozen=True, slots=True)
class Takstmodel:
    """A way to compute a takst: its name in stored inputs, what it reads, and what it does."""

    navn: str
    inddata: type[Inddata]
    beregn: Callable[[Any], Vaerdiobjekt]

    def genberegn(self, data: object) -> Vaerdiobjekt:
        """The result of inputs as JSON. Raises UgyldigtInput with every faulty field."""
        return self.beregn(self.inddata.af_json(data))


_modeller: dict[str, Takstmodel] = {}


def registrer(model: Takstmodel) -> None:
    """Make a model known."""
    _modeller[model.navn] = model


def takstmodel(navn: object = OMKOSTNINGSBASERET) -> Takstmodel:
    """The model with the name. Raises UgyldigtInput when there is none."""
    if not isinstance(navn, str) or navn not in _modeller:
        kendte = ", ".join(f"»{kendt}«" for kendt in sorted(_modeller))
        raise UgyldigtInput(KODE, BESKED, {"model": [f"Modellen findes ikke. Skriv en af: {kendte}."]})
    return _modeller[navn]


def beregn(data: object) -> Vaerdiobjekt:
    """Compute inputs as JSON by the model they name; without a name the cost-based one, the only one in use."""
    navn = data.get("model", OMKOSTNINGSBASERET) if isinstance(data, Mapping) else OMKOSTNINGSBASERET
    return takstmodel(navn).genberegn(data)


registrer(Takstmodel(OMKOSTNINGSBASERET, Takstinddata, beregn_takst))
