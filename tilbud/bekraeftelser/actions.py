"""The operator confirms that places are right."""

from uuid import UUID

from django.db import transaction

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import IkkeFundet
from faelles.haendelser import publicer
from faelles.tid import idag
from tilbud.bekraeftelser.queries import egne_afdelinger
from tilbud.models import Afdeling, Bekraeftelse


def bekraeft(*, aktoer: Aktoer, afdeling_id: UUID) -> Bekraeftelse:
    """Confirm that a department's places are right now. IkkeFundet for all but departments with places of the actor's own open offers."""
    aktoer.kraev(Rettighed.PLADSER_BEKRAEFT, Funktion.DRIFTSHERRE)
    with transaction.atomic():
        afdeling = egne_afdelinger(aktoer, idag()).filter(pk=afdeling_id).first()
        if afdeling is None:
            raise ikke_fundet()
        return gem(aktoer, [afdeling])[0]


def gem(aktoer: Aktoer, afdelinger: list[Afdeling]) -> list[Bekraeftelse]:
    """Write a confirmation of each, and the events; in the caller's transaction, with its checks made."""
    nye = Bekraeftelse.objects.bulk_create(
        Bekraeftelse(afdeling=a, organisation_id=aktoer.organisation_id, rolle_navn=aktoer.rolle_navn)
        for a in afdelinger
    )
    for afdeling in afdelinger:
        publicer("plads.bekraeftet", "afdeling", afdeling.id)
    return nye


def ikke_fundet() -> IkkeFundet:
    """The one answer for a department that is somebody else's and for one that is not there."""
    return IkkeFundet("afdeling_ikke_fundet", "Afdelingen findes ikke blandt jeres egne.")
