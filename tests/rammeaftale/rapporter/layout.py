"""What is wrong with how a report's pages are laid out, its front and its chapters."""

from collections import defaultdict

from faelles.dokument.pdf import lav_forside
from rammeaftale.rapporter.fremstilling import Pdfopdeling
from rammeaftale.rapporter.register import fremstiller
from tests.faelles.dokument import layout


def fejl_paa_siderne(data: str, type_: str) -> list[str]:
    """Every text that sticks out, covers another, is too faint, is left behind or is read in the wrong order."""
    maskine = fremstiller(type_)

    def saet() -> None:
        opdeling = maskine.opdel(data, maskine.tegn(data))
        assert isinstance(opdeling, Pdfopdeling)
        lav_forside(opdeling.opdelt.forside, defaultdict(int))
        for kapitel in opdeling.kapitler:
            maskine.saet(kapitel.kilde)

    return layout.fejl(layout.lagte(saet))
