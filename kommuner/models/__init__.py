"""Organisations with their dated relations, the people and systems who act for them, and the log of what they read."""

from kommuner.models.breve import Brevvalg, Morgenbrev
from kommuner.models.brugere import ROLLE_ARTER, Bruger, Rolle, Tilknytning
from kommuner.models.klienter import ApiKlient, ApiNoegle
from kommuner.models.laesning import Laesning, Logrydning
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
from kommuner.models.personstyring import Administratorforslag, Forslagsudfald, Hjaelp, Invitation, Personhjaelp

__all__ = [
    "ROLLE_ARTER",
    "Administratorforslag",
    "ApiKlient",
    "ApiNoegle",
    "Brevvalg",
    "Bruger",
    "Folketal",
    "Forslagsudfald",
    "Hjaelp",
    "Invitation",
    "Kkr",
    "KkrMedlemskab",
    "Kommune",
    "Laesning",
    "Logrydning",
    "Morgenbrev",
    "Organisation",
    "Organisationsart",
    "Personhjaelp",
    "Postnummer",
    "Region",
    "RegionMedlemskab",
    "Rolle",
    "Tilknytning",
]
