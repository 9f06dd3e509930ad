"""Offers on levels, and knowledge they pass on the way their operators register it."""

from datetime import date

from faelles.aktoer import Aktoer
from faelles.tid import idag
from rammeaftale.models import Rammeaftale, Videndeling
from rammeaftale.videndeling.actions import Videnindhold, registrer
from rammeaftale.videndeling.regler import Videnform
from tests import fabrik
from tilbud.models import Niveau, Tilbud


def tilbud_paa(niveau: int, *, i: str = "Gladsaxe", navn: str = "") -> Tilbud:
    """An open offer on the level."""
    ny = fabrik.tilbud(navn, i=i)
    fabrik.niveau(ny, niveau)
    return ny


def meget_specialiseret(i: str = "Gladsaxe") -> Tilbud:
    """An offer that owes knowledge to all the other municipalities."""
    return tilbud_paa(Niveau.MEGET_SPECIALISERET, i=i)


def delt(
    aftale: Rammeaftale,
    tilbud: Tilbud,
    *til: str,
    af: Aktoer | None = None,
    dato: date | None = None,
    emne: str = "Kommunikation uden ord",
) -> Videndeling:
    """Knowledge passed on to these municipalities today, or on the day, as the secretariat registers it."""
    indhold = Videnindhold(
        emne=emne,
        form=Videnform.KURSUS,
        dato=dato or idag(),
        modtagere=[fabrik.kommune(navn, i=aftale.kkr.navn).organisation.pk for navn in til],
        url="",
    )
    hvem = af or fabrik.sekretariat(aftale.kkr.navn)
    return registrer(aktoer=hvem, aftale_id=aftale.pk, tilbud_id=tilbud.pk, indhold=indhold)


def registreret(tilbud: Tilbud, *til: str, i: str = "KKR Hovedstaden") -> Videndeling:
    """As above, outside any agreement's period."""
    deling = Videndeling.objects.create(
        tilbud=tilbud,
        emne="Kursus",
        form=Videnform.KURSUS,
        dato=idag(),
        registreret_af=tilbud.driftsherre,
        identitet="test",
    )
    for navn in til:
        deling.modtagere.create(organisation=fabrik.kommune(navn, i=i).organisation)
    return deling
