"""The note as a document. Pure: the same choice gives the same pages. Only the worker imports this."""

from django.template.loader import render_to_string

from faelles.dokument.pdf import Dokument, lav_pdf
from faelles.dokument.tal import dato
from reservationer.soegning.models import Tilbudsvalg
from reservationer.soegning.valg.visning import TITEL, kontekst


def saet(valget: Tilbudsvalg) -> bytes:
    """The PDF."""
    return lav_pdf(dokument(valget))


def dokument(valget: Tilbudsvalg) -> Dokument:
    """What the note says."""
    return Dokument(
        titel=f"{TITEL}, {dato(valget.oprettet)}",
        emne="De sammenlignede tilbud, det valgte og begrundelsen",
        forfatter=valget.kommune_navn,
        html=render_to_string("dokument/valgnotat.html", kontekst(valget)),
        dato=valget.oprettet,
    )
