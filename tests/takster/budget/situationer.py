"""Budgets, made the way people make them: that of the worked example of rules-takst § 4."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from faelles.aktoer import Aktoer
from takster.budget.actions import gem, opret
from takster.budget.indhold import Budgetindhold, Linje
from takster.models import Budget, Takstenhed
from tests import fabrik
from tilbud.models import Tilbud

EKSEMPEL = Budgetindhold(
    pladser=Decimal(24),
    belaegning_foer=Decimal("97.2"),
    belaegning_sidst=Decimal("95.6"),
    linjer={
        Linje("loen"): Decimal(17_850_000),
        Linje("pension"): Decimal(0),
        Linje("tjenestemandspension"): Decimal(96_000),
        Linje("husleje", "Nordhuset"): Decimal(1_000_000),
        Linje("husleje", "Sydhuset"): Decimal(480_000),
        Linje("aktivitet"): Decimal(620_000),
        Linje("oevrig_drift"): Decimal(740_000),
        Linje("tilsyn"): Decimal("49202.00"),
        Linje("afskrivning"): Decimal(410_000),
        Linje("forrentning"): Decimal(165_000),
        Linje("egen_husleje"): Decimal(4_500),
    },
)


def oekonom(navn: str = "Gladsaxe") -> Aktoer:
    """Somebody who keeps the accounts of the municipality's own offers."""
    return fabrik.aktoer(fabrik.Rolle.DRIFTSHERRE_OEKONOMI, fabrik.kommune(navn).organisation)


def budget(
    tilbud: Tilbud | None = None,
    *,
    af: Aktoer | None = None,
    aar: int = 2026,
    del_: dict[str, Any] | None = None,
    **andet: Any,
) -> Budget:
    """The example's budget, of a new offer of Gladsaxe's unless one is given; `andet` is other content."""
    tilbud = tilbud or fabrik.afdeling(fabrik.tilbud(i="Gladsaxe")).tilbud
    af = af or oekonom()
    ny = opret(aktoer=af, tilbud_id=tilbud.pk, aar=aar, **(del_ or {}))
    return gem(aktoer=af, budget_id=ny.pk, enhed=Takstenhed.DOEGN, indhold=replace(EKSEMPEL, **andet))
