"""What the secretariat does with reports."""

from uuid import UUID

from django.db import transaction

from faelles import job
from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import IkkeFundet, Konflikt
from faelles.haendelser import publicer
from faelles.ids import uuid7
from rammeaftale.models import Rammeaftale
from rammeaftale.queries import gaeldende_version
from rammeaftale.rapporter.job import JOBTYPE
from rammeaftale.rapporter.models import Rapport
from rammeaftale.rapporter.register import rapporttype


def bestil_rapport(*, aktoer: Aktoer, aftale_id: UUID, type_: str) -> Rapport:
    """Order a report of the agreement's current version; one that is being made already is returned instead of a second.

    Raises IkkeFundet when the agreement is not the actor's own secretariat's, UgyldigtInput for an unknown type, Konflikt
    when the agreement has no version yet.
    """
    aktoer.kraev(Rettighed.RAPPORTER_BESTIL, Funktion.SEKRETARIAT)
    noegle = rapporttype(type_).noegle
    with transaction.atomic():
        # The lock makes two simultaneous orders see each other.
        aftale = (
            Rammeaftale.objects.filter(pk=aftale_id, kkr__sekretariat=aktoer.organisation_id)
            .select_for_update(no_key=True, of=("self",))
            .first()
        )
        if aftale is None:
            raise IkkeFundet("aftale_ikke_fundet", "Rammeaftalen findes ikke.")
        version = gaeldende_version(aftale.id)
        if version is None:
            raise Konflikt("ingen_version", f"{aftale.titel} har ingen version, der kan laves en rapport om.")
        i_gang = Rapport.objects.filter(type=noegle, version=version, job__afsluttet__isnull=True).first()
        if i_gang is not None:
            return i_gang
        rapport_id = uuid7()
        rapport = Rapport.objects.create(
            id=rapport_id,
            type=noegle,
            version=version,
            job=job.bestil(type_=JOBTYPE, parametre={"rapport_id": str(rapport_id)}, aktoer=aktoer),
        )
        publicer("rapport.bestilt", "rapport", rapport.id)
        return rapport
