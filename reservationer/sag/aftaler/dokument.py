"""The agreement as a document. Pure: the same version gives the same pages. Only the worker imports this."""

from django.template.loader import render_to_string

from faelles.dokument.pdf import Dokument, lav_pdf
from reservationer.sag.aftaler.visning import kontekst
from reservationer.sag.models import Placeringsaftale


def saet(aftale: Placeringsaftale) -> bytes:
    """The PDF."""
    return lav_pdf(dokument(aftale))


def dokument(aftale: Placeringsaftale) -> Dokument:
    """What the document says."""
    viser = kontekst(aftale)
    return Dokument(
        titel=viser["titel"],
        emne="Parter, ydelse, pris, opsigelse og afregning, og hvem der har godkendt det",
        forfatter=viser["grundlag"].handlekommune.navn,
        html=render_to_string("dokument/placeringsaftale.html", viser),
        dato=max(filter(None, (aftale.kommune_accepteret, aftale.driftsherre_accepteret))),
    )
