"""The board as a figure: a bar for each operator, from what is published to what is not begun."""

from decimal import Decimal

from faelles.dokument import diagram
from faelles.dokument.diagram import Del
from faelles.dokument.spec import Spec
from takster.frister.queries import Fristtavle
from takster.frister.regler import STADE_NAVN, Stade


def stader(tavle: Fristtavle, tekst: str) -> Spec | None:
    """How far each operator's offers are; None when there are none. The darkest part is what is done."""
    kendte = [stade for stade in reversed(Stade) if tavle.antal(stade)]
    dele = [
        Del(d.navn, STADE_NAVN[stade], Decimal(d.antal(stade)))
        for d in tavle.driftsherrer
        for stade in kendte
        if d.antal(stade)
    ]
    if not dele:
        return None
    # the categories in the order of their stages, whichever operator comes first
    dele.sort(key=lambda del_: [STADE_NAVN[stade] for stade in kendte].index(del_.kategori))
    return diagram.stablet(
        dele, akse="Tilbud", beskrivelse=f"Søjlediagram over driftsherrernes tilbud. {tekst}", bredde="container"
    )
