"""The joint reports on a call: which covers the answers, which others than the secretariat read, and opening it."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, Exists, Max, OuterRef, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce
from django.utils.timezone import localtime

from faelles.aktoer import Aktoer
from faelles.models import Job, JobStatus
from rammeaftale.models import Udmelding, Udmeldingsfaktum, Udmeldingsrapport, Udmeldingsrapportfil
from rammeaftale.udmeldinger.queries import er_sekretariat, synlige
from rammeaftale.udmeldinger.regler import Felter, Udmeldingsart


def _bestilte(udmelding: Udmelding) -> QuerySet[Udmeldingsrapport]:
    """Every one, ordered last first, with whether it is made (`faerdig`); no file is read."""
    fil = Udmeldingsrapportfil.objects.filter(rapport=OuterRef("pk"))
    return udmelding.rapporter.annotate(faerdig=Exists(fil)).order_by("-bestilt", "-id")


def _faerdige(udmelding: Udmelding) -> QuerySet[Udmeldingsrapport]:
    return _bestilte(udmelding).filter(fil__isnull=False)


def mangel_ved_rapporten(udmelding: Udmelding) -> str:
    """Why no report can be said to be sent now, or nothing: the last that is made must have every answer in it."""
    rapport = _faerdige(udmelding).first()
    if rapport is None:
        return "Den fælles rapport er ikke lavet endnu. Bestil den, og registrér, at den er sendt, når den er færdig."
    seneste = udmelding.svar.aggregate(seneste=Max("registreret"))["seneste"]
    if seneste is not None and seneste > rapport.bestilt:
        return (
            "En kommune har svaret, efter at den seneste færdige rapport blev bestilt. Bestil en ny, og registrér, at den er "
            "sendt, når den er færdig; parterne ser de tal, der står i den."
        )
    return ""


def sendt_foer_bestilt(udmelding: Udmelding, dato: date) -> Felter:
    """What is wrong with the day as the one the report was sent: it is no earlier than the one it was ordered."""
    rapport = _faerdige(udmelding).first()
    bestilt = localtime(rapport.bestilt).date() if rapport else dato
    if bestilt <= dato:
        return {}
    return {"dato": [f"Den seneste færdige rapport er bestilt den {bestilt:%d.%m.%Y}. Vælg den dag eller en senere."]}


def sendt_rapport(udmelding: Udmelding, dag: date) -> Udmeldingsrapport | None:
    """The report that is sent, also while the call is taken up again: the last made of those ordered before it was registered."""
    if udmelding.annulleret:
        return None
    sendt = udmelding.fakta.gaeldende().filter(art=Udmeldingsart.RAPPORT_SENDT, dato__lte=dag)
    faktum = sendt.order_by("dato", "registreret", "id").last()
    return _sendt_med(faktum, list(_faerdige(udmelding))) if faktum else None


def vist_foer(udmelding: Udmelding, indtil: datetime) -> list[datetime]:
    """When the reports others could read before the instant were ordered; also those whose sending has been annulled since."""
    faerdige = list(_faerdige(udmelding))
    sendt = udmelding.fakta.filter(art=Udmeldingsart.RAPPORT_SENDT, registreret__lte=indtil)
    rapporter = {r.bestilt for f in sendt if (r := _sendt_med(f, faerdige))}
    return sorted(bestilt for bestilt in rapporter if bestilt < indtil)


def _sendt_med(faktum: Udmeldingsfaktum, faerdige: list[Udmeldingsrapport]) -> Udmeldingsrapport | None:
    return next((r for r in faerdige if r.bestilt <= faktum.registreret), None)


def seneste_rapport(aktoer: Aktoer, udmelding: Udmelding, dag: date) -> Udmeldingsrapport | None:
    """The report the actor may open, with whether it is made; the file is not read. Needs the call's agreement and KKR loaded.

    The secretariat's is the one ordered last, others' the one that is sent. Earlier ones and drafts would tell what changed
    between them.
    """
    if er_sekretariat(aktoer, udmelding.aftale):
        return _bestilte(udmelding).first()
    return sendt_rapport(udmelding, dag)


def rapporter(aktoer: Aktoer, udmelding: Udmelding, dag: date) -> QuerySet[Udmeldingsrapport]:
    """The reports the actor may know of, with `status`, and `fejl` of what failed: the secretariat's every one it ordered, others'
    the one that is sent. The job is its own organisation's, so nobody else reads of it. Needs as `seneste_rapport`.
    """
    job = Job.objects.filter(pk=OuterRef("job"))
    alle = udmelding.rapporter.annotate(
        faerdig=Exists(Udmeldingsrapportfil.objects.filter(rapport=OuterRef("pk"))),
        status=Case(
            When(faerdig=True, then=Value(JobStatus.FAERDIG.value)), default=Subquery(job.values("status")[:1])
        ),
        fejl=Coalesce(Subquery(job.values("fejl")[:1]), Value(""), output_field=TextField()),
    )
    if er_sekretariat(aktoer, udmelding.aftale):
        return alle
    sendt = sendt_rapport(udmelding, dag)
    return alle.filter(pk=sendt.pk) if sendt else alle.none()


def synlig_rapport(aktoer: Aktoer, rapport_id: UUID, dag: date) -> bytes | None:
    """The report as PDF, for those who may see its call; None for nothing to see, also while it is being made."""
    egne = synlige(aktoer).order_by().values("pk")
    fundne = Udmeldingsrapportfil.objects.select_related("rapport__udmelding__aftale__kkr")
    fil = fundne.filter(pk=rapport_id, rapport__udmelding__in=egne).first()
    if fil is None or not maa_se_rapporten(aktoer, fil.rapport, dag):
        return None
    return bytes(fil.pdf)


def maa_se_rapporten(aktoer: Aktoer, rapport: Udmeldingsrapport, dag: date) -> bool:
    """Whether somebody who may see the call may open this report of it: the secretariat any. Needs its call, agreement and KKR loaded."""
    udmelding = rapport.udmelding
    return er_sekretariat(aktoer, udmelding.aftale) or seneste_rapport(aktoer, udmelding, dag) == rapport
