"""What providers do with the register."""

from uuid import UUID

from django.db import transaction

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import IkkeFundet
from faelles.haendelser import publicer
from tilbud.models import Afdeling, Bekraeftelse, Tilbud


def bekraeft(*, aktoer: Aktoer, afdeling_id: UUID) -> Bekraeftelse:
    """Confirm that a department's places are right now. Only the operator of the offer can; others get IkkeFundet."""
    aktoer.kraev(Rettighed.PLADSER_BEKRAEFT, Funktion.DRIFTSHERRE)
    with transaction.atomic():
        afdeling = Afdeling.objects.filter(pk=afdeling_id, tilbud__in=Tilbud.objects.drevet_af(aktoer)).first()
        if afdeling is None:
            raise IkkeFundet("afdeling_ikke_fundet", "Afdelingen findes ikke blandt jeres egne.")
        bekraeftelse = Bekraeftelse.objects.create(
            afdeling=afdeling, organisation_id=aktoer.organisation_id, rolle_navn=aktoer.rolle_navn
        )
        publicer("plads.bekraeftet", "afdeling", afdeling.id)
        return bekraeftelse
