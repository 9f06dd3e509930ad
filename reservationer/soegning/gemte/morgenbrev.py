"""What has begun to fit saved searches: told at once unless the one who saved it wants it in the morning, or not at all."""

from django.urls import reverse

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.brevslags import Maade, Punkt, brevslags
from reservationer.soegning.gemte.queries import nye_fund

FUND = "gemte_soegninger"


@brevslags(
    FUND,
    "Nyt, der passer jeres gemte søgninger",
    Rettighed.TILBUD_LAES,
    Funktion.MYNDIGHED,
    maader=(Maade.STRAKS, Maade.DAGLIGT, Maade.INGEN),
)
def fund(aktoer: Aktoer) -> Punkt | None:
    """What nobody in the municipality has seen."""
    en, flere = "nyt fund passer jeres gemte søgninger", "nye fund passer jeres gemte søgninger"
    return Punkt(nye_fund(aktoer).count(), en, flere, reverse("soegning:gemte"))
