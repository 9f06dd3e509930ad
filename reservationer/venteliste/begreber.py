"""What a waiting list speaks of, in codes and in words. Imports nothing of Django, so that the settings can read them."""

from collections.abc import Mapping
from enum import StrEnum

from reservationer.sag.begreber import SPRINGGRUND_NAVN, Springgrund

__all__ = [
    "AFMELDINGSGRUNDE", "AFSLUTNING_NAVN", "ALTERNATIVSVAR_NAVN", "ANSVAR", "REGEL_NAVN", "SPRINGGRUND_NAVN", "Afslutning",
    "Alternativsvar", "Regel", "Springgrund",
]  # fmt: skip

# Said on every page and in every answer: a list is no place (rules-reservation § 5: Ankestyrelsen, December 2024).
ANSVAR = (
    "En venteliste opfylder ikke kommunens pligt. Efter serviceloven § 4 skal kommunen sørge for de nødvendige pladser, også "
    "mens en borger står her."
)


class Regel(StrEnum):
    """By which rule places are given (rules-reservation § 5: a parameter of the offer, visible to everybody)."""

    TUR = "tur"
    EGNE_FOERST = "egne_foerst"


REGEL_NAVN: Mapping[Regel, str] = {
    Regel.TUR: "Den, der har ventet længst, er først",
    Regel.EGNE_FOERST: "Driftsherrens egne borgere er først, og ellers den, der har ventet længst",
}


class Afslutning(StrEnum):
    """How the waiting ended. The first three follow from the enquiry, the others are the municipality's."""

    PLADS = "plads"
    AFVIST = "afvist"
    TRUKKET = "trukket"
    ANDET_TILBUD = "andet_tilbud"
    BEHOV_AENDRET = "behov_aendret"
    BEHOV_BORTFALDET = "behov_bortfaldet"
    ANDET = "andet"


AFSLUTNING_NAVN: Mapping[Afslutning, str] = {
    Afslutning.PLADS: "Fik pladsen",
    Afslutning.AFVIST: "Tilbuddet kan ikke hjælpe",
    Afslutning.TRUKKET: "Forespørgslen er trukket tilbage",
    Afslutning.ANDET_TILBUD: "Har fået plads i et andet tilbud",
    Afslutning.BEHOV_AENDRET: "Behovet er ændret",
    Afslutning.BEHOV_BORTFALDET: "Der er ikke længere brug for en plads",
    Afslutning.ANDET: "Andet",
}
# What the municipality itself can leave for.
AFMELDINGSGRUNDE = (Afslutning.ANDET_TILBUD, Afslutning.BEHOV_AENDRET, Afslutning.BEHOV_BORTFALDET, Afslutning.ANDET)


class Alternativsvar(StrEnum):
    """What the citizen said to another offer."""

    INTET_SVAR = "intet_svar"
    AFSLAAET = "afslaaet"
    TAGET_IMOD = "taget_imod"


ALTERNATIVSVAR_NAVN: Mapping[Alternativsvar, str] = {
    Alternativsvar.INTET_SVAR: "Intet svar endnu",
    Alternativsvar.AFSLAAET: "Sagt nej",
    Alternativsvar.TAGET_IMOD: "Sagt ja",
}
