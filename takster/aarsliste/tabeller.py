"""The takst list of a year as a table to take out."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from faelles.tid import Periode
from takster.models import Takst
from takster.prisblade.queries import Aarspriser, ved
from vilkaar.kilde import klausuler_i_ord

PR_BID = 500  # rows fetched at a time while a file is streamed
HOVED = (
    "Tilbud", "Afdeling", "Driftsherre", "Kommune", "Hjemmel", "Takst", "Enhed", "Gælder fra", "Sidste dag",
    "Budgetteret belægning i procent", "Taksten året før", "Ændring i procent", "Vilkår", "Vilkårssættets status", "Klausuler",
    "Niveauer, tillæg og pakker",
)  # fmt: skip


def raekker(takster: "QuerySet[Takst]", priser: Aarspriser) -> Iterator[Sequence[Any]]:
    """A row for each takst of `queries.aarets_takster`, with what is paid beside it."""
    for takst in takster.iterator(chunk_size=PR_BID):
        tilbud, saet, periode = takst.afdeling.tilbud, takst.vilkaarssaet, Periode.af_range(takst.periode)
        sidste, aendring = (vars(takst)[navn] for navn in ("sidste", "aendring"))
        yield (
            tilbud.navn,
            takst.afdeling.navn,
            tilbud.driftsherre.navn,
            tilbud.beliggenhedskommune.kortnavn,
            takst.hjemmel_id,
            takst.beloeb,
            takst.get_enhed_display(),
            periode.fra,
            periode.sidste_dag,
            takst.belaegningsprocent,
            sidste,
            None if aendring is None else round(aendring * 100, 2),
            f"{saet.aftale}, sæt {saet.nummer}",
            takst.vilkaarsstatus,
            klausuler_i_ord(vars(takst)["klausuler"]),
            "; ".join(blad.i_ord for blad in ved(takst, priser)),
        )
