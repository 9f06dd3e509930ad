"""Order a document about takster."""

from typing import Any
from uuid import UUID

from django.db import transaction

from faelles import job
from faelles.aktoer import Aktoer, Rettighed
from faelles.fejl import IkkeFundet
from faelles.ids import uuid7
from kommuner.models import Kkr
from takster.dokumenter import queries
from takster.dokumenter.job import DOKUMENTATION, TAKSTLISTE
from takster.models import Takst, Takstdokument


def bestil_dokumentation(*, aktoer: Aktoer, takst_id: UUID) -> Takstdokument:
    """Order the evidence pack of a published takst; one that is being made for the organisation is returned instead of a second.

    Raises IkkeFundet.
    """
    aktoer.kraev(Rettighed.TILBUD_LAES)
    with transaction.atomic():
        takst = Takst.objects.select_for_update(no_key=True).filter(pk=takst_id).first()
        if takst is None:
            raise IkkeFundet("takst_ikke_fundet", "Taksten findes ikke.")
        return _bestil(aktoer, DOKUMENTATION, takst=takst)


def bestil_takstliste(*, aktoer: Aktoer, aar: int, kkr: Kkr, hjemmel: str = "") -> Takstdokument:
    """Order the takst list of a KKR's year, of one legal basis when it is given; one that is being made is returned instead of a second.

    A KKR, since the whole country's would be a book of hundreds of pages: that is what the table to take out is for.
    """
    aktoer.kraev(Rettighed.TILBUD_LAES)
    with transaction.atomic():
        Kkr.objects.select_for_update(no_key=True).get(pk=kkr.pk)
        return _bestil(aktoer, TAKSTLISTE, aar=aar, kkr=kkr, hjemmel_id=hjemmel or None)


def _bestil(aktoer: Aktoer, type_: str, **om: Any) -> Takstdokument:
    i_gang = queries.i_gang(aktoer, **om)
    if i_gang is not None:
        return i_gang
    dokument_id = uuid7()
    bestilt = job.bestil(type_=type_, parametre={"dokument_id": str(dokument_id)}, aktoer=aktoer)
    return Takstdokument.objects.create(id=dokument_id, job=bestilt, **om)
