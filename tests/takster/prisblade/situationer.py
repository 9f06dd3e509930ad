"""Prices beside the takst, taken on their way as people do it."""

from datetime import date
from decimal import Decimal

from faelles.aktoer import Aktoer
from takster.beregning.niveauer import Takstniveau
from takster.models import Prisblad, Takst
from takster.prisblade import actions
from takster.prisblade.actions import Hvor
from takster.prisblade.inddata import Tillaegsbudget
from tests import fabrik
from tests.takster.budget.situationer import oekonom

FRA = date(2026, 1, 1)
NATTEVAGT = Tillaegsbudget(navn="Vågen nattevagt", omkostning=Decimal(730_000), pladser=Decimal(2))


def gladsaxes(beloeb: str = "2687.00", fra: date = FRA, til: date = date(2027, 1, 1)) -> Takst:
    """A takst of an offer of Gladsaxe's."""
    return fabrik.takst(fabrik.afdeling(fabrik.tilbud(i="Gladsaxe")), beloeb, fra=fra, til=til)


def anden(blad: Prisblad) -> Aktoer:
    """The second person: a leader of the operator's."""
    return fabrik.aktoer(fabrik.Rolle.TILBUDSLEDER, fabrik.Organisation.objects.get(pk=blad.driftsherre_id))


def ved(takst: Takst, fra: date | None = None, begrundelse: str = "") -> Hvor:
    """Beside the takst."""
    return Hvor(takst.afdeling.tilbud_id, takst.pk, fra or takst.periode.lower, begrundelse)


def delt(*vaegte: str, pladser: str = "8") -> list[Takstniveau]:
    """Levels of as many places each."""
    return [
        Takstniveau(niveau=nummer, pladser=Decimal(pladser), vaegt=Decimal(vaegt))
        for nummer, vaegt in enumerate(vaegte, 1)
    ]


def niveauer(takst: Takst, *, af: Aktoer | None = None, fra: date | None = None, begrundelse: str = "") -> Prisblad:
    """Three levels that wait."""
    return actions.foreslaa_niveauer(
        aktoer=af or oekonom(), hvor=ved(takst, fra, begrundelse), niveauer=delt("1", "1.2", "1.5")
    )


def tillaeg(
    takst: Takst | None = None,
    *,
    af: Aktoer | None = None,
    fra: date | None = None,
    begrundelse: str = "",
    budget: Tillaegsbudget = NATTEVAGT,
) -> Prisblad:
    """A supplement that waits."""
    hvor = ved(takst or gladsaxes(), fra, begrundelse)
    return actions.foreslaa_tillaeg(aktoer=af or oekonom(), hvor=hvor, budget=budget)


def pakke(takst: Takst, *andre: Takst, af: Aktoer | None = None, navn: str = "Bolig og beskæftigelse") -> Prisblad:
    """A package that waits."""
    return actions.foreslaa_pakke(
        aktoer=af or oekonom(), hvor=ved(takst), navn=navn, andre=[anden_.pk for anden_ in andre]
    )


def udgivet(blad: Prisblad) -> Prisblad:
    """Published by the second person."""
    return actions.godkend(aktoer=anden(blad), prisblad_id=blad.pk)


def offentliggjort(takst: Takst | None = None) -> Prisblad:
    """A published supplement."""
    return udgivet(tillaeg(takst))
