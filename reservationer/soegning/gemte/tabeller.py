"""Saved searches and what fits them, as a table to take out."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from reservationer.soegning.gemte.queries import GemtVisning

GEMTHOVED = (
    "Søgning", "Gemt", "Gemt af", "Tilbud", "Afdeling", "Passer siden", "Meldt", "Set", "Søgningens id", "Afdelingens id",
)  # fmt: skip


def gemtraekker(gemte: Iterable[GemtVisning]) -> Iterator[Sequence[Any]]:
    """A row for each department that fits a search, and one for a search nothing fits."""
    for en in gemte:
        soegning = en.soegning
        hvem = "dig" if en.min else "et fagsystem" if soegning.klient_id else "en kollega"
        for fund in en.fund or (None,):
            om = (
                (fund.afdeling.tilbud.navn, fund.afdeling.navn, fund.fundet, fund.meldt, fund.kvitteret)
                if fund
                else UDEN
            )
            yield (soegning.navn, soegning.oprettet, hvem, *om, str(soegning.pk), fund and str(fund.afdeling_id))


UDEN = (None,) * 5  # what is said of a fit
