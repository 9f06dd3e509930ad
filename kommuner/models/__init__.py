"""Organisations with their dated relations, the people and systems who act for them, and the log of what they read."""

from kommuner.models.brugere import Bruger, Rolle, Tilknytning
from kommuner.models.klienter import ApiKlient, ApiNoegle
from kommuner.models.laesning import Laesning
from kommuner.models.organisationer import (
    Folketal,
    Kkr,
    KkrMedlemskab,
    Kommune,
    Organisation,
    Organisationsart,
    Postnummer,
    Region,
    RegionMedlemskab,
)

__all__ = [
    "ApiKlient",
    "ApiNoegle",
    "Bruger",
    "Folketal",
    "Kkr",
    "KkrMedlemskab",
    "Kommune",
    "Laesning",
    "Organisation",
    "Organisationsart",
    "Postnummer",
    "Region",
    "RegionMedlemskab",
    "Rolle",
    "Tilknytning",
]
