"""Stays as tables to take out."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from faelles.aktoer import Aktoer
from reservationer.sag.models import Ophold
from reservationer.sag.ophold.queries import ophold
from reservationer.sag.overgange import TILSTAND_NAVN, Tilstand

HOVED = (
    "Sagsreference", "Reference", "Tilbud", "Plads", "Handlekommune", "Betalingskommune", "Driftsherre", "Hjemmel", "Målgruppe",
    "Tilstand", "Første dag", "Betales fra", "Opsagt til og med", "Sidste dag", "Betales til og med", "Pris nu", "Platformens id",
)  # fmt: skip
AKUTHOVED = (
    "Sagsreference", "Reference", "Tilbud", "Første dag", "Sidste lovlige dag", "Overskredet", "Socialtilsynet orienteret",
    "Forlænget", "Platformens id",
)  # fmt: skip


def raekker(aktoer: Aktoer, noegler: Sequence[UUID], dag: date) -> Iterator[Sequence[Any]]:
    """A row for each of these stays the actor may see, with what holds on the day, in the order given."""
    for o in _fundne(aktoer, noegler, dag):
        yield (
            o.sagsreference,
            o.reference,
            o.tilbud.navn,
            o.plads_navn,
            o.handlekommune_navn,
            o.betalingskommune_navn,
            o.driftsherre.navn,
            o.hjemmel_kode,
            o.maalgruppe.term if o.maalgruppe else "",
            TILSTAND_NAVN[Tilstand(o.tilstand)],
            o.foerste_dag,
            o.betales_fra,
            o.opsagt_til,
            o.sidste_dag,
            o.betales_til,
            o.pris_nu,
            str(o.pk),
        )


def akutraekker(aktoer: Aktoer, noegler: Sequence[UUID], dag: date) -> Iterator[Sequence[Any]]:
    """A row for each of these stays without approval the actor may see, in the order given."""
    for o in _fundne(aktoer, noegler, dag):
        yield (
            o.sagsreference,
            o.reference,
            o.tilbud.navn,
            o.foerste_dag,
            o.akutfrist,
            "ja" if o.akutfrist < dag else "nej",
            o.tilsyn_orienteret,
            "ja" if o.akut_forlaenget else "nej",
            str(o.pk),
        )


def _fundne(aktoer: Aktoer, noegler: Sequence[UUID], dag: date) -> Iterator[Any]:
    """The stays with their annotations; one anonymised since the list was made is left out."""
    fundne: dict[UUID, Ophold] = ophold(aktoer, dag).in_bulk(noegler)
    return (fundne[noegle] for noegle in noegler if noegle in fundne)
