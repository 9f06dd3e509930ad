"""Steps of a wheel, written and done the way the secretariat does it."""

from datetime import date

from faelles.aktoer import Aktoer
from faelles.tid import idag
from rammeaftale.aarshjul.actions import Trinindhold, opret_trin, udfoer
from rammeaftale.aarshjul.regler import Ansvar, Grundlag
from rammeaftale.models import Aarshjulstrin, Aarshjulsudfoerelse, Rammeaftale
from tests import fabrik


def indhold(
    opgave: str = "Indberet kapacitet",
    *,
    frist: date | None = None,
    ansvar: Ansvar = Ansvar.HVER_PART,
    kilde: str = "KKR's mødeplan",
    paamind_dage: int | None = 14,
) -> Trinindhold:
    """What is written of a step; due in a month unless another day is given."""
    return Trinindhold(opgave, frist or fabrik.om(30), ansvar, Grundlag.AFTALT, kilde, paamind_dage)


def trin(
    aftale: Rammeaftale,
    opgave: str = "Indberet kapacitet",
    *,
    om: int = 30,
    ansvar: Ansvar = Ansvar.HVER_PART,
    paamind_dage: int | None = 14,
    af: Aktoer | None = None,
) -> Aarshjulstrin:
    """A step due so many days from today."""
    skrevet = indhold(opgave, frist=fabrik.om(om), ansvar=ansvar, paamind_dage=paamind_dage)
    return opret_trin(aktoer=af or fabrik.sekretariat(), aftale_id=aftale.id, indhold=skrevet)


def udfoert(hvad: Aarshjulstrin, *kommuner: str, af: Aktoer | None = None) -> list[Aarshjulsudfoerelse]:
    """The municipalities have done the step today."""
    return udfoer(
        aktoer=af or fabrik.sekretariat(),
        aftale_id=hvad.aftale_id,
        trin_id=hvad.id,
        organisationer=[fabrik.kommune(navn, i=hvad.aftale.kkr.navn).organisation.id for navn in kommuner],
        dato=idag(),
    )
