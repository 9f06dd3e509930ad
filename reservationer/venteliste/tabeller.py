"""Entries as a table to take out."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from faelles.aktoer import Aktoer, Funktion
from reservationer.venteliste import queries
from vilkaar.kilde import kilder_i_ord

HOVED = (
    "Reference", "Jeres sagsreference", "Tilbud", "Afdeling", "Driftsherrens egen borger", "Hjemmel", "Målgruppe", "Alder",
    "Skrevet op", "Dage ventet", "Nummer i køen", "Eskaleres", "Eskaleres efter", "Eskaleret", "Sprunget over", "Seneste grund", "Alternativer tilbudt",
    "Afsluttet", "Hvorfor", "Platformens id",
)  # fmt: skip


def raekker(aktoer: Aktoer, noegler: Sequence[UUID]) -> Iterator[Sequence[Any]]:
    """A row for each of these entries the actor may see, in the order given; the municipality's own for itself only."""
    poster = queries.poster(aktoer).in_bulk(noegler)
    positioner = queries.positioner(list(poster.values()))
    forbi: dict[UUID, list[str]] = {}
    for en in queries.forbigaaelser(aktoer, noegler):
        forbi.setdefault(en.post_id, []).append(en.get_grund_display())
    andre: dict[UUID, set[UUID]] = {}
    for et in queries.alternativer(aktoer, noegler):
        andre.setdefault(et.post_id, set()).add(et.tilbud_id)
    kilder = kilder_i_ord(map(queries.term, poster.values()))
    koeber = aktoer.funktion is Funktion.MYNDIGHED
    for post in (poster[noegle] for noegle in noegler if noegle in poster):
        f = post.henvendelse.forespoergsel
        sprunget = forbi.get(post.pk, [])
        yield (
            f.reference,
            f.sagsreference if koeber else "",
            post.tilbud.navn,
            str(post.afdeling or ""),
            "ja" if post.handlekommune_id == post.driftsherre_id else "nej",
            f.hjemmel_id,
            f.maalgruppe.term if f.maalgruppe else "",
            f.get_aldersgruppe_display(),
            post.skrevet_op,
            post.ventet,
            positioner.get(post.pk),
            post.eskaleres,
            kilder[queries.term(post)],
            post.eskaleret,
            len(sprunget),
            sprunget[-1] if sprunget else "",
            len(andre.get(post.pk, ())) if koeber else "",
            post.afsluttet,
            post.get_afslutning_display(),
            str(post.pk),
        )
