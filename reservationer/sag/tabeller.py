"""Cases as a table to take out."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from faelles.aktoer import Aktoer
from faelles.tid import Periode
from reservationer.sag.overgange import TILSTAND_NAVN, Tilstand
from reservationer.sag.queries import reservationer
from vilkaar.kilde import fra_felt, kildefelt
from vilkaar.noegler import Noegle

SAGSHOVED = (
    "Sagsreference", "Reference", "Tilbud", "Afdeling", "Plads", "Fra", "Sidste dag", "Hjemmel", "Målgruppe", "Handlekommune",
    "Driftsherre", "Tilstand", "Udløber", "Udløber efter", "Oprettet", "Platformens id",
)  # fmt: skip


def sagsraekker(aktoer: Aktoer, noegler: Sequence[UUID], nu: datetime) -> Iterator[Sequence[Any]]:
    """A row for each of these cases the actor may see, in the order given."""
    fundne = reservationer(aktoer, nu).annotate(kilde=kildefelt(Noegle.RESERVATION_VARIGHED)).in_bulk(noegler)
    for noegle in noegler:
        if (r := fundne.get(noegle)) is None:
            continue  # anonymised since the list was made
        periode, afventer = Periode.af_range(r.vist_periode), r.aktuel_tilstand == Tilstand.AFVENTER
        yield (
            r.sagsreference,
            r.reference,
            r.tilbud.navn,
            r.optagelse.plads.afdeling.navn,
            r.optagelse.plads.betegnelse,
            periode.fra,
            periode.sidste_dag,
            r.hjemmel_id,
            r.maalgruppe.term if r.maalgruppe else "",
            r.handlekommune.navn,
            r.driftsherre.navn,
            TILSTAND_NAVN[Tilstand(r.aktuel_tilstand)],
            r.optagelse.udloeber if afventer else None,
            kilde.i_ord if afventer and (kilde := fra_felt(r.kilde)) else "",
            r.oprettet,
            str(r.pk),
        )
