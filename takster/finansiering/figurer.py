"""The shares as a figure: a bar for each municipality."""

from collections.abc import Sequence

from faelles.dokument import diagram
from faelles.dokument import tal as dansk
from faelles.dokument.diagram import Soejle
from faelles.dokument.spec import Spec
from takster.finansiering.andele import Andel

FLEST = 30


def andele(delt: Sequence[tuple[str, Andel]]) -> Spec:
    """The largest shares first, at most thirty; the table has them all."""
    stoerste = sorted(delt, key=lambda par: par[1].beloeb, reverse=True)[:FLEST]
    return diagram.soejler(
        [Soejle(navn, andel.beloeb) for navn, andel in stoerste],
        akse="kr. om året",
        beskrivelse=tekst(delt),
        bredde="container",
    )


def tekst(delt: Sequence[tuple[str, Andel]]) -> str:
    """What the figure shows, in words."""
    navn, stoerst = max(delt, key=lambda par: par[1].beloeb)
    hvem = f"{len(delt)} kommuner" if len(delt) > 1 else "Én kommune"
    kun = f" Figuren viser de {FLEST} største." if len(delt) > FLEST else ""
    return f"{hvem} deler beløbet. {navn} betaler mest: {dansk.kr(stoerst.beloeb)}, {dansk.procent(stoerst.del_)}.{kun}"
