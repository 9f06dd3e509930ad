"""The note on a hearing as a document. Pure: the same answers give the same pages. Only the worker imports this."""

from django.template.loader import render_to_string

from faelles.dokument.pdf import Dokument, lav_pdf
from faelles.dokument.tal import dato
from rammeaftale.hoering.queries import Hoeringsvisning
from rammeaftale.models import Hoeringsnotat

TITEL = "Høringsnotat"


def saet(om: tuple[Hoeringsnotat, Hoeringsvisning]) -> bytes:
    """The PDF."""
    return lav_pdf(dokument(*om))


def dokument(notat: Hoeringsnotat, v: Hoeringsvisning) -> Dokument:
    """What the note says."""
    aftale = v.hoering.version.aftale
    kontekst = {
        "titel": TITEL,
        "sidefod": f"{TITEL} · {aftale}, version {v.hoering.version.nummer} · {dato(notat.bestilt)}",
        "v": v,
        "aftale": aftale,
        "bestilt": notat.bestilt,
    }
    return Dokument(
        titel=f"{TITEL}: {v.hoering}",
        emne=f"Høring om {aftale}, version {v.hoering.version.nummer}",
        forfatter=str(aftale.kkr.sekretariat or aftale.kkr),
        html=render_to_string("dokument/hoeringsnotat.html", kontekst),
        dato=notat.bestilt,
    )
