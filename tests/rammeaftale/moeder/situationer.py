"""Bodies that decide, the way the secretariat registers it."""

from datetime import date

from faelles.tid import idag
from rammeaftale.models import Moede, Organ, Organbeslutning, Rammeaftale
from rammeaftale.moeder.actions import Sagsvalg, opret_moede, registrer_beslutning
from rammeaftale.moeder.regler import Organudfald
from rammeaftale.organer.actions import opret_organ
from rammeaftale.organer.regler import ORGANART_NAVN, Organart
from tests import fabrik

REFERAT = "https://www.example.dk/referat"
FRA = date(2020, 1, 1)


def organ_i(aftale: Rammeaftale, art: Organart) -> Organ:
    """The body of the agreement's KKR of this kind, formed if it is not there."""
    fundet = Organ.objects.filter(kkr=aftale.kkr_id, art=art).first()
    hvem = fabrik.sekretariat(aftale.kkr.navn)
    return fundet or opret_organ(aktoer=hvem, art=art, navn=ORGANART_NAVN[art], opgave="", fra=FRA)


def moede(organ: Organ) -> Moede:
    """A meeting the body holds today."""
    return opret_moede(aktoer=fabrik.sekretariat(organ.kkr.navn), organ_id=organ.pk, dato=idag())


def besluttet(
    aftale: Rammeaftale,
    udfald: Organudfald,
    *,
    af: Organ,
    dato: date | None = None,
    tekst: str = "Som indstillet.",
    retter: bool = True,
) -> Organbeslutning:
    """What the body decided about the agreement today, or on the day; in the place of what it is registered with already, if anything."""
    return registrer_beslutning(
        aktoer=fabrik.sekretariat(aftale.kkr.navn),
        organ_id=af.pk,
        dato=dato or idag(),
        sag=Sagsvalg(aftale_id=aftale.pk),
        udfald=udfald,
        tekst=tekst,
        referat_url=REFERAT,
        retter=retter,
    )
