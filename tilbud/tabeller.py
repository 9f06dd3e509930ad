"""The register's tables as they are taken out to Excel and CSV. A protected address never stands in them, nor the id that leads to it."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from faelles.tid import Periode
from tilbud.models import Fejlmelding, Niveau, Plads, Tilbud
from tilbud.ugedage import ugedagstekst

PR_BID = 500  # rows fetched at a time while a file is streamed

TILBUDSHOVED = (
    "Tilbud", "Driftsherre", "Driftsherrens art", "Kommune", "Adresse", "CVR-nummer", "P-nummer", "Niveau", "Hjemler", "Målgrupper", "Alder fra",
    "Alder til", "Åbne pladser", "Åbne fejlmeldinger", "Lukket fra", "Id på Tilbudsportalen", "Platformens id",
)  # fmt: skip
PLADSHOVED = (
    "Afdeling", "Plads", "Art", "Ugedage", "Åben fra", "Sidste dag", "Merplads", "Forbeholdt egne", "Forbeholdt beboere", "Platformens id",
)  # fmt: skip


def tilbudsraekker(tilbud: QuerySet[Tilbud], dag: date) -> Iterator[Sequence[Any]]:
    """A row for each offer of `tilbud.queries.tilbudsliste`, with its level on the day and how many reports are open now."""
    niveau = Niveau.objects.paa(dag).filter(tilbud=OuterRef("pk")).values("niveau")
    fejl = Fejlmelding.objects.aabne().filter(tilbud=OuterRef("pk")).order_by().values("tilbud")
    antal = Subquery(fejl.values(antal=Count("pk")), output_field=IntegerField())
    med_mere = tilbud.annotate(dagens_niveau=Subquery(niveau[:1]), aabne_fejl=Coalesce(antal, 0))
    for t in med_mere.prefetch_related("maalgrupper").iterator(chunk_size=PR_BID):
        yield (
            t.navn,
            t.driftsherre.navn,
            t.driftsherre.get_art_display(),
            t.beliggenhedskommune.kortnavn,
            "Beskyttet" if t.beskyttet_adresse else t.adresse,
            "" if t.beskyttet_adresse else t.cvr,
            "" if t.beskyttet_adresse else t.p_nummer,
            t.dagens_niveau,
            ", ".join(h.pk for h in t.hjemler.all()),
            ", ".join(m.term for m in t.maalgrupper.all()),
            t.alder_fra,
            t.alder_til,
            t.aabne_pladser,  # type: ignore[attr-defined]  # annotated by tilbudsliste
            t.aabne_fejl,
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
