"""Bodies the way the secretariat forms them."""

from datetime import date

from rammeaftale.models import Organ
from rammeaftale.organer.actions import opret_organ, optag_medlem
from rammeaftale.organer.regler import Hverv, Organart
from tests import fabrik

FRA = date(2026, 1, 1)


def organ(
    *medlemmer: str,
    art: Organart = Organart.EMBEDSMANDSUDVALG,
    navn: str = "Embedsmandsudvalget",
    i: str = "KKR Hovedstaden",
) -> Organ:
    """A body since New Year with these municipalities as members, the first of them its chair."""
    af = fabrik.sekretariat(i)
    nyt = opret_organ(aktoer=af, art=art, navn=navn, opgave="Forbereder rammeaftalen", fra=FRA)
    for nr, medlem in enumerate(medlemmer):
        optag_medlem(
            aktoer=af,
            organ_id=nyt.id,
            organisation_id=fabrik.kommune(medlem, i=i).organisation.id,
            hverv=Hverv.MEDLEM if nr else Hverv.FORMAND,
            fra=FRA,
        )
    return nyt
