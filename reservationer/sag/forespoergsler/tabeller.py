"""Enquiries as a table to take out."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from faelles.aktoer import Aktoer, Funktion
from reservationer.sag.forespoergsler.queries import henvendelser
from reservationer.sag.overgange import TILSTAND_NAVN, Tilstand
from vilkaar.kilde import kilder_i_ord
from vilkaar.noegler import Noegle

HOVED = (
    "Reference", "Jeres sagsreference", "Tilbud", "Driftsherre", "Kommune", "Hjemmel", "Målgruppe", "Alder", "Ønsket fra",
    "Tilstand", "Svarfrist", "Svarfrist efter", "Sendt", "Først set", "Besvaret", "Kan tage imod fra", "Platformens id",
)  # fmt: skip


def raekker(aktoer: Aktoer, noegler: Sequence[UUID]) -> Iterator[Sequence[Any]]:
    """A row for each of these enquiries the actor may see, in the order given; the buyer's own reference for the buyer only."""
    fundne = henvendelser(aktoer).in_bulk(noegler)
    kilder = kilder_i_ord((h.vilkaarssaet_id, Noegle.FORESPOERGSEL_SVARFRIST) for h in fundne.values())
    koeber = aktoer.funktion is Funktion.MYNDIGHED
    for h in (fundne[noegle] for noegle in noegler if noegle in fundne):
        f = h.forespoergsel
        yield (
            f.reference,
            f.sagsreference if koeber else "",
            h.tilbud.navn,
            h.driftsherre.navn,
            h.handlekommune.navn,
            f.hjemmel_id,
            f.maalgruppe.term if f.maalgruppe else "",
            f.get_aldersgruppe_display(),
            f.fra,
            TILSTAND_NAVN[Tilstand(h.tilstand)],
            h.svarfrist,
            kilder[h.vilkaarssaet_id, Noegle.FORESPOERGSEL_SVARFRIST],
            h.sendt,
            h.foerst_set,
            h.besvaret,
            h.kan_fra,
            str(h.pk),
        )
