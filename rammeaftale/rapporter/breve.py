"""Letters to the one who ordered a report. A letter that cannot be sent stops nothing: the page says the same."""

from uuid import UUID

from django.urls import reverse

from faelles.brev import adresse, forsoeg
from kommuner.models import Bruger
from rammeaftale.rapporter.models import Rapport


def faerdig(rapport: Rapport) -> None:
    """The report can be read."""
    _send(rapport, "rapporter/faerdig.txt")


def fejlet(rapport: Rapport, grund: str) -> None:
    """The report could not be made, and why."""
    _send(rapport, "rapporter/fejlet.txt", grund=grund)


def _send(rapport: Rapport, skabelon: str, **andet: str) -> None:
    """To a person only: systems follow the report through the API."""
    modtager = _bestiller(rapport.job.identitet)
    if modtager is None:
        return
    kontekst = {
        "navn": rapport.typenavn,
        "aftale": rapport.version.aftale.titel,
        "link": adresse(reverse("rapporter:detalje", args=[rapport.pk])),
        **andet,
    }
    forsoeg(skabelon, modtager.email, kontekst, ellers="rapportbrev_ikke_sendt", rapport=str(rapport.pk))


def _bestiller(identitet: str) -> Bruger | None:
    art, _, nummer = identitet.partition(":")
    if art != "bruger":
        return None
    try:
        return Bruger.objects.filter(pk=UUID(nummer), is_active=True).first()
    except ValueError:
        return None
