"""What lists about agreements can be narrowed to over REST, the same in all of them."""

from uuid import UUID

from rest_framework.request import Request

from faelles.aktoer import Aktoer
from faelles.fejl import UgyldigtInput
from faelles.openapi import soegeord
from rammeaftale.models import Rammeaftale

RAMMEAFTALE = soegeord("rammeaftaleId", "Rammeaftalens id.", UUID)


def rammeaftale(request: Request, aktoer: Aktoer) -> UUID | None:
    """The agreement that is asked for, None when none is. Raises UgyldigtInput for one the actor does not see: an empty answer would
    hide the mistake.
    """
    felt = RAMMEAFTALE.name
    tekst = request.query_params.get(felt)
    if not tekst:
        return None
    try:
        fundet = UUID(tekst)
    except ValueError:
        raise UgyldigtInput("ugyldig_id", f"{felt} skal være et UUID.", {felt: ["Ikke et UUID."]}) from None
    if not Rammeaftale.objects.synlige_for(aktoer).filter(pk=fundet).exists():
        besked = f"{felt}: værdien kendes ikke. De mulige står i /rammeaftaler."
        raise UgyldigtInput("ugyldigt_soegeord", besked, {felt: ["Aftalen findes ikke."]})
    return fundet
