"""What the secretariat does with reports."""

from uuid import UUID

from django.db import transaction

from faelles import job
from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import IkkeFundet, Konflikt
from faelles.haendelser import publicer
from faelles.ids import uuid7
from rammeaftale.models import Rammeaftale, Version
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
        aftale = _laas_aftale(aktoer, aftale_id)
        version = gaeldende_version(aftale.id)
        if version is None:
            raise Konflikt("ingen_version", f"{aftale.titel} har ingen version, der kan laves en rapport om.")
        i_gang = _i_gang(noegle, version)
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


def proev_igen(*, aktoer: Aktoer, rapport_id: UUID) -> Rapport:
    """Make a failed report after all: from its snapshot, and with the chapters that are finished.

    Raises IkkeFundet when it is not the actor's own, Konflikt when it has not failed or another of its kind is being made.
    """
    aktoer.kraev(Rettighed.RAPPORTER_BESTIL, Funktion.SEKRETARIAT)
    with transaction.atomic():
        rapport = Rapport.objects.synlige_for(aktoer).select_related("version").filter(pk=rapport_id).first()
        if rapport is None:
            raise IkkeFundet("rapport_ikke_fundet", "Rapporten findes ikke.")
        _laas_aftale(aktoer, rapport.version.aftale_id)
        if _i_gang(rapport.type, rapport.version) is not None:
            raise Konflikt(
                "rapport_i_gang", "En nyere rapport af samme slags er ved at blive lavet. Vent, til den er færdig."
            )
        job.proev_igen(job_id=rapport.job_id, aktoer=aktoer)
        return rapport


def _laas_aftale(aktoer: Aktoer, aftale_id: UUID) -> Rammeaftale:
    """The lock makes two simultaneous orders see each other."""
    aftale = (
        Rammeaftale.objects.filter(pk=aftale_id, kkr__sekretariat=aktoer.organisation_id)
        .select_for_update(no_key=True, of=("self",))
        .first()
    )
    if aftale is None:
        raise IkkeFundet("aftale_ikke_fundet", "Rammeaftalen findes ikke.")
    return aftale


def _i_gang(type_: str, version: Version) -> Rapport | None:
    return Rapport.objects.filter(type=type_, version=version, job__afsluttet__isnull=True).first()
