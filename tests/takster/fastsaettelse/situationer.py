"""Calculations at every step of their way, taken there the way people do."""

from datetime import date
from decimal import Decimal

from faelles.aktoer import Aktoer
from takster.fastsaettelse import actions
from takster.fastsaettelse.hvad_nu_hvis import Aendringer
from takster.fastsaettelse.scenarier import gem
from takster.models import Budget, Scenarie, Takstberegning
from tests import fabrik
from tests.takster.budget.situationer import budget, oekonom


def anden(beregning: Budget | Takstberegning) -> Aktoer:
    """The second person: a leader of the operator's."""
    return fabrik.aktoer(fabrik.Rolle.TILBUDSLEDER, fabrik.Organisation.objects.get(pk=beregning.driftsherre_id))


def beregnet(
    af_budget: Budget | None = None, *, af: Aktoer | None = None, fra: date | None = None, begrundelse: str = ""
) -> Takstberegning:
    """A draft."""
    af = af or oekonom()
    return actions.beregn(aktoer=af, budget_id=(af_budget or budget(af=af)).pk, fra=fra, begrundelse=begrundelse)


def beregning(
    af_budget: Budget | None = None, *, af: Aktoer | None = None, fra: date | None = None, begrundelse: str = ""
) -> Takstberegning:
    """A calculation that waits for a second person."""
    af = af or oekonom()
    ny = beregnet(af_budget, af=af, fra=fra, begrundelse=begrundelse)
    return actions.indsend(aktoer=af, beregning_id=ny.pk)


def godkendt(
    af_budget: Budget | None = None, *, af: Aktoer | None = None, fra: date | None = None, begrundelse: str = ""
) -> Takstberegning:
    """An approved one."""
    ny = beregning(af_budget, af=af, fra=fra, begrundelse=begrundelse)
    return actions.godkend(aktoer=anden(ny), beregning_id=ny.pk)


def offentliggjort(
    af_budget: Budget | None = None, *, af: Aktoer | None = None, fra: date | None = None, begrundelse: str = ""
) -> Takstberegning:
    """A published one."""
    ny = godkendt(af_budget, af=af, fra=fra, begrundelse=begrundelse)
    return actions.offentliggoer(aktoer=anden(ny), beregning_id=ny.pk)


def scenarie(en: Takstberegning, navn: str = "Færre pladser", *, af: Aktoer | None = None) -> Scenarie:
    """A what-if with two places less."""
    return gem(aktoer=af or oekonom(), beregning=en, navn=navn, aendringer=Aendringer(pladser=Decimal(22)))
