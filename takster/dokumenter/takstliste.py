"""The takst list of a year as a document. Pure: the same takster give the same pages. Only the worker imports this."""

import gc
from collections.abc import Iterator, Sequence
from itertools import groupby

from django.template.loader import render_to_string

from faelles.dokument.fletning import flet
from faelles.dokument.kapitler import del_op
from faelles.dokument.pdf import Dokument, Stykke, lav_stykke
from faelles.dokument.tal import dato
from kommuner.models import Organisation
from takster.dokumenter.job import Listegrundlag
from takster.models import Takst
from vilkaar.kilde import klausuler_i_ord

TITEL = "Takstliste"
PORTION = 200  # takster in a piece, and as many more as the operator has that it ends with


def saet(grundlag: Listegrundlag) -> bytes:
    """The PDF, set piece by piece and joined: the boxes of one piece are all there is room for at a time."""
    opdelt = del_op(dokument(grundlag))
    return flet(opdelt.forside, [_stykke(kapitel) for kapitel in opdelt.kapitler])


def _stykke(kapitel: Stykke) -> bytes:
    pdf = lav_stykke(kapitel)
    gc.collect()  # the boxes point at each other, and would stay until far more of them were there
    return pdf


def dokument(g: Listegrundlag) -> Dokument:
    """A table for each operator, and the sets of terms the takster rest on."""
    om, kkr = g.dokument, g.dokument.kkr
    titel = f"{TITEL} {om.aar}"
    kontekst = {
        "titel": titel,
        "sidefod": f"{titel} · {kkr}{f' · {om.hjemmel.paragraf}' if om.hjemmel else ''} · Opgjort {dato(om.bestilt)}",
        "om": om,
        "antal": len(g.takster),
        "driftsherrer": list(_driftsherrer(g.takster)),
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


def _driftsherrer(takster: Sequence[Takst]) -> Iterator[tuple[Organisation, list[Takst], bool]]:
    """Each operator with its takster, and whether it begins a piece, on a page of its own."""
    i_stykket = 0
    for driftsherre, sine in groupby(takster, key=lambda takst: takst.afdeling.tilbud.driftsherre):
        begynder = i_stykket >= PORTION
        egne = list(sine)
        i_stykket = len(egne) + (0 if begynder else i_stykket)
        yield driftsherre, egne, begynder
