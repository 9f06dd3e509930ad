"""Total price against list price, and what is not in it, as tables to take out."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from reservationer.sag.prisudvikling.queries import EJERNAVN, Prisudvikling
from reservationer.sag.prisudvikling.regler import Aarspris
from reservationer.sag.prisudvikling.tekst import GRUNDNAVN
from vilkaar.kilde import KILDEHOVED, kildeceller

HOVED = (
    "Opdeling", "Navn", "År", "Enhed", "Døgn eller dage", "Efter offentliggjort takst i alt", "Aftalt i alt", "Heraf tillæg",
    "Takst pr. enhed i årets priser", "Samlet pris pr. enhed i årets priser", "Forskel pr. enhed", "Forskel i procent",
    "Takst i faste priser", "Samlet pris i faste priser", "Prisår", "Takstens indeks", "Prisens indeks", "PL efter",
    *KILDEHOVED,
)  # fmt: skip
HOVED_UDELADTE = ("Grund", "Tilbud", "År", "Enhed", "Døgn eller dage", "Aftalt i alt", *KILDEHOVED)


def raekker(p: Prisudvikling) -> Iterator[Sequence[Any]]:
    """A row for each year that may be shown, of the area and each way it is divided; last the term small counts are left out after."""
    for opdeling, serier in (
        ("I alt", [p.alle]), ("Ejer", p.ejere), ("Driftsherre", p.driftsherrer), ("Hjemmel", p.hjemler),
    ):  # fmt: skip
        for serie in serier:
            for et in serie.aarene:
                yield (opdeling, serie.navn, *_aar(p, et), *kildeceller(p.ramme.graensekilde))


def _aar(p: Prisudvikling, et: Aarspris) -> Iterator[Any]:
    tal, niveau = et.tal, p.ramme.niveau
    yield from (et.aar, p.ramme.enhed.label, tal.dage, tal.vejledende, tal.samlet, tal.tillaeg)
    yield from (_afrundet(tal.pr_dag(beloeb)) for beloeb in (tal.vejledende, tal.samlet, tal.forskel))
    yield from (_afrundet(tal.forskel_procent), _afrundet(et.vejledende), _afrundet(et.samlet))
    yield from (niveau and niveau.prisaar, _afrundet(et.vejledende_indeks), _afrundet(et.samlet_indeks))
    yield p.ramme.pl_kilde.i_ord if p.ramme.pl_kilde else ""


def _afrundet(tal: Decimal | None) -> Decimal | None:
    return None if tal is None else round(tal, 2)


def udeladte(p: Prisudvikling) -> Iterator[Sequence[Any]]:
    """A row for each reason and kind of owner that may be shown."""
    for et in p.udeladte:
        hvad = (GRUNDNAVN[et.grund], EJERNAVN[et.ejer], p.ramme.aar, p.ramme.enhed.label, et.dage, et.samlet)
        yield (*hvad, *kildeceller(p.ramme.graensekilde))
