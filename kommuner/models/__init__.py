"""Organisations with their dated relations (`organisationer`) and those who act for them (`brugere`)."""

from kommuner.models.brugere import ApiKlient, Bruger, Laesning, Rolle, Tilknytning
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
