"""Who has waited too long, in the morning mail; that somebody has begun to is told the municipality whatever it chooses (`eskalering`)."""

from django.urls import reverse

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.brevslags import Punkt, altid, brevslags
from reservationer.venteliste import queries

altid("En borger har ventet for længe på en plads", Rettighed.RESERVATIONER_SKRIV, Funktion.MYNDIGHED)


@brevslags(
    "ventelister", "Borgere, der har ventet for længe på en plads", Rettighed.RESERVATIONER_LAES, Funktion.MYNDIGHED
)
def ventelister(aktoer: Aktoer) -> Punkt | None:
    """Needs that have waited past the term."""
    en, flere = "borger har ventet for længe på en plads", "borgere har ventet for længe på en plads"
    return Punkt(queries.for_laenge(aktoer).count(), en, flere, reverse("venteliste:liste"))
