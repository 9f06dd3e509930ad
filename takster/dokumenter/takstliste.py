"""The takst list of a year as a document. Pure: the same takster give the same pages. Only the worker imports this."""

import gc
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

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
PORTION = 200  # takster after which a piece ends; with those of the operator it ends with it never has twice as many


class Afsnit(NamedTuple):
    """Takster of an operator under a heading: whether it begins a piece, on a page of its own, and whether the operator goes on in it."""

    driftsherre: Organisation
    takster: Sequence[Takst]
    begynder: bool
    fortsat: bool


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
    om, kkr, afsnit = g.dokument, g.dokument.kkr, list(_afsnit(g.takster))
    titel = f"{TITEL} {om.aar}"
    kontekst = {
        "titel": titel,
        "sidefod": f"{titel} · {kkr}{f' · {om.hjemmel.paragraf}' if om.hjemmel else ''} · Opgjort {dato(om.bestilt)}",
        "om": om,
        "antal": len(g.takster),
        "driftsherrer": sum(not et.fortsat for et in afsnit),
        "afsnit": afsnit,
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


def _afsnit(takster: Sequence[Takst]) -> Iterator[Afsnit]:
    """The operators one after another; one with more takster than a piece has room for goes on in the next."""
    i_stykket = 0
    for driftsherre, sine in groupby(takster, key=lambda takst: takst.afdeling.tilbud.driftsherre):
        egne = list(sine)
        for fra in range(0, len(egne), PORTION):
            del_ = egne[fra : fra + PORTION]
            begynder = fra > 0 or i_stykket >= PORTION
            i_stykket = len(del_) + (0 if begynder else i_stykket)
            yield Afsnit(driftsherre, del_, begynder=begynder, fortsat=fra > 0)
