"""The board as a figure: a bar for each operator, from what is published to what is not begun."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

from faelles.dokument import diagram
from faelles.dokument.diagram import Del
from faelles.dokument.spec import Spec
from takster.frister.queries import Fristtavle
from takster.frister.regler import STADE_NAVN, Stade

# A figure has room for fewer stages than the board: a budget, calculated or not, is the operator's own draft.
TRIN: Mapping[Stade, str] = {**STADE_NAVN, Stade.BUDGET: "Kladde", Stade.BEREGNET: "Kladde"}


def stader(tavle: Fristtavle, tekst: str) -> Spec | None:
    """How far each operator's offers are; None when there are none. The darkest part is what is done."""
    dele = [
        Del(d.navn, trin, Decimal(antal))
        for d in tavle.driftsherrer
        for trin, antal in Counter(TRIN[et.stade] for et in d.tilbud if et.stade is not None).items()
    ]
    if not dele:
        return None
    # the categories in the order of their stages, whichever operator comes first
    raekkefoelge = list(dict.fromkeys(TRIN[stade] for stade in reversed(Stade)))
    dele.sort(key=lambda del_: raekkefoelge.index(del_.kategori))
    return diagram.stablet(
        dele, akse="Tilbud", beskrivelse=f"Søjlediagram over driftsherrernes tilbud. {tekst}", bredde="container"
    )
