"""The chart of unmet needs on a page. Pure."""

from decimal import Decimal

from faelles.dokument.diagram import Soejle, soejler
from faelles.dokument.spec import Spec
from faelles.dokument.tal import tal
from faelles.sprog import sortnoegle
from reservationer.soegning.behov.optaelling import OEVRIGE, Behovsopgoerelse


def behovsfigur(opgjort: Behovsopgoerelse) -> Spec | None:
    """The target groups that may be named, most needs shown first; None when there are none."""
    navngivne = ((r.i_alt, r.maalgruppe) for r in opgjort.raekker if r.i_alt and r.maalgruppe != OEVRIGE)
    vist = sorted(navngivne, key=lambda par: (-par[0], sortnoegle(par[1])))
    if not vist:
        return None
    hoejest, navn = vist[0]
    return soejler(
        [Soejle(navn=gruppe, vaerdi=Decimal(antal)) for antal, gruppe in vist],
        akse="Udækkede behov",
        beskrivelse=f"Søjlediagram over udækkede behov for hver målgruppe. Flest, {tal(hoejest)}, er for {navn}.",
        bredde="container",
    )
