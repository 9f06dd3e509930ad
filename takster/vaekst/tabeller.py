"""The growth, and what is not in it, as tables to take out."""

from collections.abc import Iterator, Sequence
from typing import Any

from takster.vaekst.queries import Raekke, Vaekst
from takster.vaekst.summer import Udeladelse
from takster.vaekst.tekst import GRUNDNAVN

HOVED = (
    "Opdeling", "Navn", "År", "Tilbud", "Pladser", "Pladsdage", "Omkostninger i årets priser", "Overhead i procent",
    "Udgift pr. plads pr. dag i årets priser", "Udgift pr. plads pr. dag i faste priser", "Prisår", "Indeks", "Loftets indeks",
    "Loft i kr.", "Under loftet i øre", "Loftet efter",
)  # fmt: skip
HOVED_UDELADTE = ("Grund", "Driftsherre", "Tilbud", "Afdeling", "Hjemmel")


def raekker(fundet: Vaekst) -> Iterator[Sequence[Any]]:
    """A row for each year of the area, of each operator and of each legal basis."""
    alle = [Raekke("Alle", fundet.alle)] if fundet.alle else []
    for opdeling, serier in (("I alt", alle), ("Driftsherre", fundet.driftsherrer), ("Hjemmel", fundet.hjemler)):
        for serie in serier:
            yield from _aar(fundet, opdeling, serie)


def _aar(fundet: Vaekst, opdeling: str, serie: Raekke) -> Iterator[Sequence[Any]]:
    for punkt in serie.maaling.punkter:
        tal, resultat = punkt.tal, serie.maaling.resultat if punkt.aar == fundet.aar else None
        procent = tal.overheadprocent
        yield (
            opdeling,
            serie.navn,
            punkt.aar,
            tal.tilbud,
            round(tal.pladser, 2),
            round(tal.pladsdage, 2),
            round(tal.omkostninger, 2),
            None if procent is None else round(procent, 2),
            round(tal.udgift, 2),
            punkt.udgift,
            fundet.aar,
            None if punkt.indeks is None else round(punkt.indeks, 2),
            round(punkt.maal, 2),
            resultat.loft if resultat else None,
            resultat.afstand_oere if resultat else None,
            fundet.loftets_kilde,
        )


def udeladte(alle: Sequence[Udeladelse]) -> Iterator[Sequence[Any]]:
    """A row for each takst or offer that is not in the year's figures."""
    return ((GRUNDNAVN[et.grund], et.driftsherre, et.tilbud, et.afdeling, et.hjemmel) for et in alle)
