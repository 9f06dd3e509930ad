"""What matters to others, and so waits for a second person. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from faelles.regneark.indlaesning import Raekke
from tilbud.registerimport.blokark import GODKENDELSER, MERPLADSER, TILSYNSRAPPORTER, YDELSER
from tilbud.registerimport.sammenligning import Aendring
from tilbud.registerimport.skema import AFDELINGER, PLADSER, TILBUD

# Columns (by `felt`) that decide whether somebody can be offered a place: who it is for, by which law, what the buildings and
# the staff can and cannot take in, how many live together, when it is open, and whether the citizen may ask it directly.
VAESENTLIGE: Mapping[str, frozenset[str]] = {
    TILBUD: frozenset(
        {
            "hjemler",
            "maalgrupper",
            "alder_fra",
            "alder_til",
            "kommune",
            "lukket_fra",
            "uden_pladser",
            "rummer",
            "rummer_ikke",
            "gruppe_hoejst",
            "fysiske_traek",
            "selvhenvendelse",
        }
    ),
    AFDELINGER: frozenset(),
    PLADSER: frozenset(
        {"art", "ugedage", "aaben_fra", "sidste_dag", "merplads", "forbeholdt_egne", "forbeholdt_beboere"}
    ),
    # What may be reserved follows from approvals and permissions (tilbud.pladsloft).
    GODKENDELSER: frozenset({"hjemmel", "pladser", "socialtilsyn", "fra", "sidste_dag"}),
    MERPLADSER: frozenset({"pladser", "grund", "fra", "sidste_dag"}),
    # The latest report's date, link and verdict stand before the price: what others judge the offer by.
    TILSYNSRAPPORTER: frozenset({"dato", "vurdering", "rapport_url"}),
    YDELSER: frozenset(),
}
# Columns that protect somebody: to say yes cannot wait, to say no must.
VAERN: Mapping[str, frozenset[str]] = {TILBUD: frozenset({"beskyttet_adresse"})}
# Which new rows wait as a whole; a new department is empty, and waits for nobody.
NYE_VENTER = frozenset({TILBUD, PLADSER, GODKENDELSER, MERPLADSER, TILSYNSRAPPORTER})


def venter(aendring: Aendring, felt: str) -> bool:
    """Whether the change of this column waits for a second person."""
    return (
        (aendring.ny and aendring.ark in NYE_VENTER)
        or felt in VAESENTLIGE[aendring.ark]
        or (felt in VAERN.get(aendring.ark, ()) and not aendring.felter[felt][1])
    )


def del_op(aendringer: Iterable[Aendring]) -> tuple[list[Aendring], list[Aendring]]:
    """The changes that take effect at once, and those that wait; one row may have both."""
    straks, senere = [], []
    for aendring in aendringer:
        vente = {felt: par for felt, par in aendring.felter.items() if venter(aendring, felt)}
        nu = {felt: par for felt, par in aendring.felter.items() if felt not in vente}
        if nu:
            straks.append(replace(aendring, felter=nu))
        if vente:
            senere.append(replace(aendring, felter=vente))
    return straks, senere


def kun(raekker: Mapping[str, list[Raekke]], aendringer: Iterable[Aendring]) -> dict[str, list[Raekke]]:
    """The rows with the columns these changes are about, and those that say which row it is."""
    felter = {(a.ark, a.raekke): set(a.felter) for a in aendringer}
    sted = {"id", "tilbud", "afdeling"}
    return {
        ark: [
            Raekke(r.nummer, {felt: v for felt, v in r.felter.items() if felt in felter[ark, r.nummer] | sted})
            for r in raekker_
            if (ark, r.nummer) in felter
        ]
        for ark, raekker_ in raekker.items()
    }
