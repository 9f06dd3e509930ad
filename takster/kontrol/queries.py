"""Reading what came of computing a year again."""

from dataclasses import dataclass

from django.db.models import QuerySet

from faelles.aktoer import Aktoer
from faelles.models import Job, JobStatus
from faelles.scope import saet_database_aktoer
from takster.kontrol.job import KONTROL
from takster.models import Takst, Takstkontrol

VISTE = 100


@dataclass(frozen=True, slots=True)
class Kontrolstand:
    """The newest control of a year, the takster that came out otherwise with why, and the actor's own order since which is not done."""

    seneste: Takstkontrol | None
    forskelle: list[tuple[Takst, str]]
    undervejs: Job | None


def stand(aktoer: Aktoer, aar: int) -> Kontrolstand:
    """How far the control of the year is, with the first VISTE of what differs."""
    seneste = Takstkontrol.objects.filter(aar=aar).first()
    egne = bestilte(aktoer, aar).exclude(status=JobStatus.FAERDIG)
    if seneste is not None:
        egne = egne.filter(oprettet__gt=seneste.udfoert)
    return Kontrolstand(seneste, _forskelle(seneste), egne.order_by("-oprettet").first())


def bestilte(aktoer: Aktoer, aar: int | None = None) -> "QuerySet[Job]":
    """The organisation's own orders of the year's control, or of every year's."""
    saet_database_aktoer(aktoer)
    egne = Job.objects.filter(type=KONTROL, organisation_id=aktoer.organisation_id)
    return egne if aar is None else egne.filter(parametre__aar=aar)


def _forskelle(kontrol: Takstkontrol | None) -> list[tuple[Takst, str]]:
    ord_ = {et["takst"]: et["forskel"] for et in kontrol.forskelle} if kontrol else {}
    takster = Takst.objects.filter(pk__in=ord_).select_related("afdeling__tilbud", "hjemmel").defer("beregning")
    return [
        (takst, ord_[str(takst.pk)]) for takst in takster.order_by("afdeling__tilbud__navn_sortering", "pk")[:VISTE]
    ]
