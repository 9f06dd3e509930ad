"""The register's tables as they are taken out to Excel and CSV. A protected address never stands in them, nor the id that leads to it."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from faelles.tid import Periode
from tilbud.models import Plads, Tilbud
from tilbud.ugedage import ugedagstekst

PR_BID = 500  # rows fetched at a time while a file is streamed

TILBUDSHOVED = (
    "Tilbud", "Driftsherre", "Kommune", "Adresse", "Hjemler", "Målgrupper", "Alder fra", "Alder til", "Åbne pladser",
    "Lukket fra", "Id på Tilbudsportalen", "Platformens id",
)  # fmt: skip
PLADSHOVED = (
    "Afdeling", "Plads", "Art", "Ugedage", "Åben fra", "Sidste dag", "Merplads", "Forbeholdt egne", "Forbeholdt beboere", "Platformens id",
)  # fmt: skip


def tilbudsraekker(tilbud: QuerySet[Tilbud]) -> Iterator[Sequence[Any]]:
    """A row for each offer of `tilbud.queries.tilbudsliste`."""
    for t in tilbud.prefetch_related("maalgrupper").iterator(chunk_size=PR_BID):
        yield (
            t.navn,
            t.driftsherre.navn,
            t.beliggenhedskommune.kortnavn,
            "Beskyttet" if t.beskyttet_adresse else t.adresse,
            ", ".join(h.pk for h in t.hjemler.all()),
            ", ".join(m.term for m in t.maalgrupper.all()),
            t.alder_fra,
            t.alder_til,
            t.aabne_pladser,  # type: ignore[attr-defined]  # annotated by tilbudsliste
            t.lukket_fra,
            "" if t.beskyttet_adresse else t.tilbudsportal_id,
            str(t.pk),
        )


def pladsraekker(tilbud_id: UUID) -> Iterator[Sequence[Any]]:
    """A row for each place of an offer, closed ones too."""
    pladser = Plads.objects.filter(afdeling__tilbud=tilbud_id).select_related("afdeling")
    for p in pladser.order_by("afdeling__navn_sortering", "betegnelse_sortering", "pk").iterator(chunk_size=PR_BID):
        periode = Periode.af_range(p.periode)
        yield (
            p.afdeling.navn,
            p.betegnelse,
            p.get_art_display(),
            ugedagstekst(p.ugedage),
            periode.fra,
            periode.sidste_dag,
            p.merplads,
            p.forbeholdt_egne,
            p.forbeholdt_beboere,
            str(p.pk),
        )
