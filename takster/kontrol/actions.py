"""Order the control of a year, and stop it."""

from django.db import transaction

from faelles import job
from faelles.aktoer import Aktoer, Rettighed
from faelles.fejl import Konflikt
from faelles.models import Job
from kommuner.models import Organisation
from takster.kontrol import queries
from takster.kontrol.job import KONTROL


def bestil(*, aktoer: Aktoer, aar: int) -> Job:
    """Order that the year's published takster are computed again; an order of the organisation's that is on its way is returned instead of a second."""
    aktoer.kraev(Rettighed.TILBUD_LAES)
    with transaction.atomic():
        Organisation.objects.select_for_update(no_key=True).get(pk=aktoer.organisation_id)
        i_gang = queries.bestilte(aktoer, aar).filter(afsluttet=None).first()
        return i_gang or job.bestil(type_=KONTROL, parametre={"aar": aar}, aktoer=aktoer)


def annuller(*, aktoer: Aktoer, aar: int) -> None:
    """Stop the organisation's own order. Raises Konflikt `kontrol_ikke_i_gang`, or `job_afsluttet` when it ends meanwhile."""
    aktoer.kraev(Rettighed.TILBUD_LAES)
    with transaction.atomic():
        i_gang = queries.bestilte(aktoer, aar).filter(afsluttet=None).first()
        if i_gang is None:
            raise Konflikt("kontrol_ikke_i_gang", f"Ingen kontrolregning af {aar} er i gang.")
        job.annuller(job_id=i_gang.pk, aktoer=aktoer)
