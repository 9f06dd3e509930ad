"""Reading the notes on a hearing: the last one, those the actor may know of, and the file."""

from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce

from faelles.aktoer import Aktoer, Rettighed
from faelles.fejl import IkkeFundet
from faelles.models import Job, JobStatus
from rammeaftale.models import Hoering, Hoeringsnotat, Hoeringsnotatfil


def seneste_notat(hoering: Hoering) -> Hoeringsnotat | None:
    """The note ordered last, with whether it is made; one statement, which does not read the file."""
    fil = Hoeringsnotatfil.objects.filter(notat=OuterRef("pk"))
    return hoering.notater.annotate(faerdigt=Exists(fil)).order_by("-bestilt", "-id").first()


def notater(aktoer: Aktoer, hoering_id: UUID) -> QuerySet[Hoeringsnotat]:
    """The notes on a hearing the actor may see: those that are made, and for the secretariat that holds it those that are being made.
    With `status`, and `fejl` of what failed: the job is its own organisation's, so nobody else reads of it.
    """
    job = Job.objects.filter(pk=OuterRef("job"))
    synlige = Hoering.objects.synlige_for(aktoer).order_by().filter(pk=hoering_id).values("pk")
    alle = Hoeringsnotat.objects.filter(hoering__in=synlige).annotate(
        faerdigt=Exists(Hoeringsnotatfil.objects.filter(notat=OuterRef("pk"))),
        status=Case(
            When(faerdigt=True, then=Value(JobStatus.FAERDIG.value)), default=Subquery(job.values("status")[:1])
        ),
        fejl=Coalesce(Subquery(job.values("fejl")[:1]), Value(""), output_field=TextField()),
    )
    egne = Q(hoering__version__aftale__kkr__sekretariat=aktoer.organisation_id)
    return alle.filter(Q(faerdigt=True) | egne if aktoer.maa(Rettighed.HOERINGER_SKRIV) else Q(faerdigt=True))


def synligt_notat(aktoer: Aktoer, notat_id: UUID) -> bytes:
    """The note as PDF, for those who may see its hearing. Raises IkkeFundet, also while it is being made."""
    synlige = Hoering.objects.synlige_for(aktoer).order_by().values("pk")
    fil = Hoeringsnotatfil.objects.filter(pk=notat_id, notat__hoering__in=synlige).first()
    if fil is None:
        raise IkkeFundet("notat_ikke_fundet", "Notatet findes ikke, eller det er ikke færdigt.")
    return bytes(fil.pdf)
