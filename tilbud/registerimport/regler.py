"""What must hold for an offer and a place, said of a row's values. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tilbud.beskyttelse import KRISECENTER, beskyttes

_STED = ("adresse", "laengdegrad", "breddegrad")


@dataclass(frozen=True, slots=True)
class Brud:
    """A rule that is broken: the column (by `felt`), the rule, and what to do."""

    felt: str
    regel: str
    rettelse: str


def tilbudsregler(felter: Mapping[str, Any]) -> Iterator[Brud]:
    """An offer's rules; `felter` are its values by `felt` as they would be afterwards."""
    if felter["alder_til"] is not None and felter["alder_fra"] >= felter["alder_til"]:
        yield Brud("alder_til", "Alder til er større end alder fra.", "Ret alderen, eller lad alder til stå tom.")
    if set(felter["rummer"]) & set(felter["rummer_ikke"]):
        yield Brud("rummer_ikke", "Adfærd kan ikke både rummes og ikke rummes.", "Fjern den fra en af kolonnerne.")
    if felter["beskyttet_adresse"]:
        udfyldte = [felt for felt in _STED if felter[felt] not in {None, ""}]
        for felt in udfyldte:
            yield Brud(felt, "En beskyttet adresse må ikke kunne findes.", "Tøm cellen.")
    elif beskyttes(felter["hjemler"]):
        yield Brud("beskyttet_adresse", f"Et tilbud efter {KRISECENTER} har beskyttet adresse.", "Skriv ja.")
    if (felter["laengdegrad"] is None) != (felter["breddegrad"] is None):
        yield Brud("breddegrad", "Længdegrad og breddegrad hører sammen.", "Skriv begge, eller tøm begge.")


def periodregler(felter: Mapping[str, Any]) -> Iterator[Brud]:
    """A dated fact's rule; dates are ISO texts, which are in the order of the days."""
    if felter["sidste_dag"] is not None and felter["sidste_dag"] < felter["fra"]:
        yield Brud(
            "sidste_dag", "Perioden har mindst én dag.", "Ret datoerne, så sidste dag ikke ligger før den første."
        )


def overlap(en: Mapping[str, Any], anden: Mapping[str, Any]) -> bool:
    """Whether two dated facts hold on the same day."""
    return all(b["sidste_dag"] is None or a["fra"] <= b["sidste_dag"] for a, b in ((en, anden), (anden, en)))


def pladsregler(felter: Mapping[str, Any]) -> Iterator[Brud]:
    """A place's rules; dates are ISO texts, which are in the order of the days."""
    if felter["sidste_dag"] is not None and felter["sidste_dag"] < felter["aaben_fra"]:
        yield Brud("sidste_dag", "Perioden har mindst én dag.", "Ret datoerne, så sidste dag ikke ligger før åben fra.")
    if not felter["ugedage"]:
        yield Brud("ugedage", "En plads er åben på mindst én ugedag.", "Skriv en ugedag, eller tøm cellen.")
    if felter["forbeholdt_beboere"] and felter["art"] != "dag":
        yield Brud("forbeholdt_beboere", "Kun en dagplads kan være forbeholdt beboerne.", "Skriv nej, eller ret arten.")
