"""What a need can ask for, in codes and in words. Imports nothing of Django, so that the settings can read the codes."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kriterium(StrEnum):
    """What a need can ask for. The values are the codes of the API and the names of the form's fields where there is one."""

    MAALGRUPPE = "maalgruppe"
    HJEMMEL = "hjemmel"
    ALDER = "alder"
    LEDIG = "ledig"
    FORBEHOLDT = "forbeholdt_egne"
    GODKENDT = "godkendt"
    IKKE_GODKENDT = "ikke_godkendt"
    ART = "arter"
    UGEDAGE = "ugedage"
    AABENT = "aabent"
    ADFAERD = "adfaerd"
    FYSISK = "fysiske_traek"
    KKR = "kkr"
    KOMMUNE = "kommuner"
    AFSTAND = "afstand"
    DRIFTSHERREART = "driftsherrearter"
    NIVEAU = "niveauer"
    TAKST = "hoejeste_takst"
    TEKST = "tekst"


@dataclass(frozen=True, slots=True)
class Beskrivelse:
    """A criterion's name, and why an offer that fails it was left out."""

    navn: str
    grund: str


BESKRIVELSER: Mapping[Kriterium, Beskrivelse] = {
    Kriterium.MAALGRUPPE: Beskrivelse("Målgruppe", "Tilbuddet er ikke for nogen af målgrupperne"),
    Kriterium.HJEMMEL: Beskrivelse("Hjemmel", "Tilbuddet leverer ikke efter hjemlen"),
    Kriterium.ALDER: Beskrivelse("Alder", "Borgeren er uden for tilbuddets alder"),
    Kriterium.LEDIG: Beskrivelse("Ledig i hele perioden", "Ingen plads er ledig i hele perioden på ugedagene"),
    Kriterium.FORBEHOLDT: Beskrivelse("Ikke forbeholdt andre", "Pladserne er forbeholdt driftsherrens egne borgere"),
    Kriterium.GODKENDT: Beskrivelse(
        "Godkendt af socialtilsynet", "Der står ingen godkendelse fra socialtilsynet for hele perioden"
    ),
    Kriterium.IKKE_GODKENDT: Beskrivelse(
        "Inden for godkendelsen", "Der er ingen ledig plads inden for socialtilsynets godkendelse i hele perioden"
    ),
    Kriterium.ART: Beskrivelse("Pladsens art", "Tilbuddet har ingen ledig plads af den art"),
    Kriterium.UGEDAGE: Beskrivelse("Ugedage", "Ingen ledig plads har åbent på alle ugedagene"),
    Kriterium.AABENT: Beskrivelse("Åbent i hele perioden", "Tilbuddet lukker, før perioden er slut"),
    Kriterium.ADFAERD: Beskrivelse("Adfærd", "Tilbuddet kan ikke rumme adfærden"),
    Kriterium.FYSISK: Beskrivelse("Fysiske behov", "Bygningen opfylder ikke de fysiske behov"),
    Kriterium.KKR: Beskrivelse("KKR", "Tilbuddet ligger uden for det KKR, der søges i"),
    Kriterium.KOMMUNE: Beskrivelse("Kommune", "Tilbuddet ligger i en anden kommune"),
    Kriterium.AFSTAND: Beskrivelse("Afstand", "Tilbuddet ligger for langt væk"),
    Kriterium.DRIFTSHERREART: Beskrivelse("Driftsherre", "Driftsherren er af en anden art"),
    Kriterium.NIVEAU: Beskrivelse("Niveau", "Tilbuddet er på et andet niveau"),
    Kriterium.TAKST: Beskrivelse("Højeste takst", "Taksten er højere"),
    Kriterium.TEKST: Beskrivelse(
        "Tekst", "Hverken tilbuddets navn og beskrivelse eller afdelingens navn rummer ordene"
    ),
}
