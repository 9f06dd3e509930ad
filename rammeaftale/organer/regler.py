"""Which bodies there are, what a member can be in one, and how a body is put together: pure rules."""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum


class Organart(StrEnum):
    """The kinds of bodies. A KKR has one of each of the first two at a time, and any number of working groups."""

    KKR = "kkr"
    EMBEDSMANDSUDVALG = "embedsmandsudvalg"
    ARBEJDSGRUPPE = "arbejdsgruppe"


ORGANART_NAVN: Mapping[Organart, str] = {
    Organart.KKR: "KKR",
    Organart.EMBEDSMANDSUDVALG: "Embedsmandsudvalg",
    Organart.ARBEJDSGRUPPE: "Arbejdsgruppe",
}


class Hverv(StrEnum):
    """What an organisation is in a body; who sits there for it is no business of the platform."""

    FORMAND = "formand"
    NAESTFORMAND = "naestformand"
    MEDLEM = "medlem"


HVERV_NAVN: Mapping[Hverv, str] = {
    Hverv.FORMAND: "Formand",
    Hverv.NAESTFORMAND: "Næstformand",
    Hverv.MEDLEM: "Medlem",
}

_ART = {"kommune": ("kommune", "kommuner"), "region": ("region", "regioner")}


def sammensaetning(arter: Iterable[str]) -> str:
    """The members by kind in words (`7 kommuner og 1 region`), from the kinds of their organisations; empty for none."""
    antal = Counter(arter)
    led = [f"{antal[art]} {navne[antal[art] > 1]}" for art, navne in _ART.items() if antal[art]]
    return " og ".join(led)
