"""Reading budgets and the terms they stand under."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet
from takster.budget.indhold import Budgetindhold, Linje
from takster.models import Budget, Budgetlinje
from tilbud.models import Tilbud
from vilkaar.queries import GaeldendeVilkaar, gaeldende_i_kommune, styrende_saet

# Columns that stand under the same name in the budget and in its content.
FELTER = (
    "pladser", "kort", "belaegning_foer", "belaegning_sidst", "aftalt_belaegning", "aftalt_grund", "overhead",
    "koncernnote",
)  # fmt: skip


def budget(aktoer: Aktoer, budget_id: UUID) -> Budget:
    """One of the actor's own, with what it is of. Raises IkkeFundet."""
    fundet = (
        Budget.objects.synlige_for(aktoer)
        .select_related("tilbud__driftsherre", "afdeling", "hjemmel")
        .filter(pk=budget_id)
        .first()
    )
    if fundet is None:
        raise IkkeFundet("budget_ikke_fundet", "Budgettet findes ikke.")
    return fundet


@dataclass(frozen=True, slots=True)
class Aarsraekke:
    """An offer the actor runs, its budgets of the year, and the newest of an earlier year to copy from."""

    tilbud: Tilbud
    budgetter: Sequence[Budget]
    tidligere: Budget | None


def aarets(aktoer: Aktoer, aar: int) -> list[Aarsraekke]:
    """Every offer open at some time in the year or with a budget of it. Two statements however many."""
    alle: dict[UUID, list[Budget]] = {}
    hele = Budget.objects.synlige_for(aktoer).filter(aar__lte=aar).select_related("tilbud", "afdeling", "hjemmel")
    for et in hele.order_by("-aar", F("afdeling__navn_sortering").asc(nulls_first=True), "hjemmel_id", "id"):
        alle.setdefault(et.tilbud_id, []).append(et)
    raekker = []
    for tilbud in Tilbud.objects.drevet_af(aktoer):
        sine = alle.get(tilbud.pk, [])
        aarets_ = [et for et in sine if et.aar == aar]
        tidligere = next((et for et in sine if et.aar < aar), None)
        if aarets_ or tilbud.lukket_fra is None or tilbud.lukket_fra > date(aar, 1, 1):
            raekker.append(Aarsraekke(tilbud, aarets_, tidligere))
    return raekker


def eget_tilbud(aktoer: Aktoer, tilbud_id: UUID) -> Tilbud:
    """An offer the actor runs. Raises IkkeFundet."""
    fundet = Tilbud.objects.drevet_af(aktoer).filter(pk=tilbud_id).first()
    if fundet is None:
        raise IkkeFundet("tilbud_ikke_fundet", "Tilbuddet findes ikke.")
    return fundet


def indhold(aktoer: Aktoer, et: Budget) -> Budgetindhold:
    """What the budget holds. One statement."""
    return indhold_for(aktoer, [et])[et.pk]


def indhold_for(aktoer: Aktoer, budgetter: Sequence[Budget]) -> Mapping[UUID, Budgetindhold]:
    """What each budget holds. One statement however many."""
    linjer: dict[UUID, dict[Linje, object]] = {et.pk: {} for et in budgetter}
    raekker = Budgetlinje.objects.synlige_for(aktoer).filter(budget__in=list(linjer))
    for budget_id, post, ejendom, beloeb in raekker.values_list("budget_id", "post", "ejendom", "beloeb"):
        linjer[budget_id][Linje(post, ejendom)] = beloeb
    return {
        et.pk: Budgetindhold(**{felt: getattr(et, felt) for felt in FELTER}, linjer=linjer[et.pk])  # type: ignore[arg-type]  # by name
        for et in budgetter
    }


def vilkaar_for(tilbud: Tilbud, dag: date) -> GaeldendeVilkaar:
    """The terms of an offer follow where it lies (serviceloven § 6). Raises Konflikt when there are none.

    Where a KKR that others have become has no set yet, the set of the one before goes on.
    """
    return gaeldende_i_kommune(tilbud.beliggenhedskommune_id, dag)


def aarets_vilkaar(tilbud: Tilbud, aar: int, ellers: GaeldendeVilkaar) -> GaeldendeVilkaar:
    """The terms a year's accounts are adjusted by: those its takst was made under, whatever has come in force or been merged since.

    `ellers` where no terms here are so old: that takst was made before the platform, and a later agreement's terms are all there is.
    """
    dag = date(aar, 1, 1)
    return vilkaar_for(tilbud, dag) if styrende_saet(tilbud.beliggenhedskommune_id, dag) else ellers
