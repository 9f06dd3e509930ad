"""Reading documents about takster."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from faelles.aktoer import Aktoer
from faelles.scope import saet_database_aktoer
from takster.models import Takstdokument, Takstdokumentfil


@dataclass(frozen=True, slots=True)
class Dokumentstand:
    """The newest document that is made, and one ordered since by the actor's organisation which is not."""

    faerdigt: Takstdokument | None
    undervejs: Takstdokument | None


def stand(aktoer: Aktoer, **om: Any) -> Dokumentstand:
    """How far the documents are of a takst (`takst=…`), or of a year's list (`aar`, `kkr`, `hjemmel_id`)."""
    alle = Takstdokument.objects.filter(**om)
    faerdigt = alle.filter(fil__isnull=False).first()
    nye = alle.filter(bestilt__gt=faerdigt.bestilt) if faerdigt else alle
    return Dokumentstand(faerdigt, egne(aktoer, nye.filter(fil__isnull=True)).first())


def i_gang(aktoer: Aktoer, **om: Any) -> Takstdokument | None:
    """One that is being made for the actor's organisation."""
    return egne(aktoer, Takstdokument.objects.filter(**om, job__afsluttet__isnull=True)).first()


def egne(aktoer: Aktoer, dokumenter: "QuerySet[Takstdokument]") -> "QuerySet[Takstdokument]":
    """Of the documents those the actor's organisation has ordered, each with its job."""
    saet_database_aktoer(aktoer)
    return dokumenter.filter(job__organisation_id=aktoer.organisation_id).select_related("job")


def fil(dokument_id: UUID) -> bytes | None:
    """The PDF; None until it is made."""
    fundet = Takstdokumentfil.objects.filter(pk=dokument_id).first()
    return bytes(fundet.pdf) if fundet else None
