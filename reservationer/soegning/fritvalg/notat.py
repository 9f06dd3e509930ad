"""The note as a document. The same check gives the same pages. Only the worker imports this."""

from django.template.loader import render_to_string

from faelles.dokument.pdf import Dokument, lav_pdf
from faelles.dokument.tal import dato
from reservationer.soegning.fritvalg.visning import TITEL, kontekst
from reservationer.soegning.models import Fritvalgsproeve


def saet(om: tuple[Fritvalgsproeve, str]) -> bytes:
    """The PDF."""
    return lav_pdf(dokument(*om))


def dokument(proeve: Fritvalgsproeve, klausul: str) -> Dokument:
    """What the note says. Pure."""
    return Dokument(
        titel=f"{TITEL}, {dato(proeve.dato)}",
        emne="Prøve af prisen efter serviceloven § 108, stk. 2",
        forfatter=proeve.kommune_navn,
        html=render_to_string("dokument/fritvalgsnotat.html", kontekst(proeve, klausul)),
        dato=proeve.oprettet,
    )
