"""The tables of the report "Tilbud og takster" as rows."""

from collections.abc import Iterator

from rammeaftale.rapporter.kanonisk import fra_json
from rammeaftale.rapporter.poster import Post, Raekke
from rammeaftale.rapporter.tilbudsliste.data import Takst, Tilbudslistebillede

_TAKSTER = "takster.aarsliste.queries.aarets_takster"
_KOLONNER = (
    "Driftsherre", "Tilbud", "Afdeling", "Hjemmel", "Gælder fra", "Sidste dag", "Takst, kr.", "Enhed", "Budgetteret belægning, procent",
    "Vilkår", "Foreløbig", "Kommune", "Tilbuddets hjemler", "Målgrupper", "Pladser", "Kontakt",
)  # fmt: skip
_UDEN_TAKST: Raekke = (None,) * 9


def poster(data: str) -> tuple[Post, ...]:
    """The list, which stands with an operator at a time on the pages, and the terms behind; in order."""
    b = fra_json(Tilbudslistebillede, data)
    return (
        Post("R6-T1", f"Tilbud og takster {b.aar}", _TAKSTER, _KOLONNER, tuple(_raekker(b)), 5),
        Post("R6-T2", "Vilkårene bag taksterne", _TAKSTER, ("Vilkårssæt", "Status", "Klausuler"),
             tuple((s.navn, s.status, s.klausuler) for s in b.vilkaarssaet), 2),
    )  # fmt: skip


def _raekker(b: Tilbudslistebillede) -> Iterator[Raekke]:
    """A row for each takst, and one for each offer without."""
    for d in b.driftsherrer:
        for t in d.tilbud:
            om = (t.kommune, "; ".join(t.hjemler), "; ".join(t.maalgrupper), t.pladser, t.kontakt)
            for takst in map(_takst, t.takster) if t.takster else [_UDEN_TAKST]:
                yield (d.navn, t.navn, *takst, *om)


def _takst(takst: Takst) -> Raekke:
    return (
        takst.afdeling, takst.hjemmel, takst.fra, takst.sidste_dag, takst.beloeb, takst.enhed, takst.belaegning, takst.saet,
        "ja" if takst.foreloebig else "nej",
    )  # fmt: skip
