"""The takst list of a year as a document. Pure: the same takster give the same pages. Only the worker imports this."""

from itertools import groupby

from django.template.loader import render_to_string

from faelles.dokument.pdf import Dokument, lav_pdf
from faelles.dokument.tal import dato
from takster.dokumenter.job import Listegrundlag
from takster.models import Takst
from vilkaar.kilde import klausuler_i_ord

TITEL = "Takstliste"


def saet(grundlag: Listegrundlag) -> bytes:
    """The PDF."""
    return lav_pdf(dokument(grundlag))


def dokument(g: Listegrundlag) -> Dokument:
    """A table for each operator, and the sets of terms the takster rest on."""
    om, kkr = g.dokument, g.dokument.kkr
    titel = f"{TITEL} {om.aar}"
    kontekst = {
        "titel": titel,
        "sidefod": f"{titel} · {kkr}{f' · {om.hjemmel.paragraf}' if om.hjemmel else ''} · Opgjort {dato(om.bestilt)}",
        "om": om,
        "antal": len(g.takster),
        "driftsherrer": [
            (driftsherre, list(sine))
            for driftsherre, sine in groupby(g.takster, key=lambda takst: takst.afdeling.tilbud.driftsherre)
        ],
        "saet": sorted({_saet(takst) for takst in g.takster}),
    }
    return Dokument(
        titel=f"{titel}: {kkr}",
        emne=f"Offentliggjorte takster for {om.aar} ved siden af året før",
        forfatter=str(kkr),
        html=render_to_string("dokument/takstliste.html", kontekst),
        dato=om.bestilt,
    )


def _saet(takst: Takst) -> tuple[str, int, str, str]:
    saet = takst.vilkaarssaet
    return saet.aftale, saet.nummer, takst.vilkaarsstatus, klausuler_i_ord(vars(takst)["klausuler"])
