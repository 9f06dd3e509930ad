"""A draft calculation as it is stored: whoever computes it, and of what. Called under the budget's and the offer's lock."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Max, QuerySet

from faelles.tid import Periode
from takster.beregning.takst import Takstresultat
from takster.models import Budget, Takstberegning
from vilkaar.queries import GaeldendeVilkaar


def ny_kladde(
    tilbuddets: QuerySet[Takstberegning],
    *,
    budget: Budget,
    periode: Periode,
    resultat: Takstresultat,
    vilkaar: GaeldendeVilkaar,
    egenbetaling: Sequence[Any],
    begrundelse: str,
    af: tuple[str, str],
) -> Takstberegning:
    """`tilbuddets` are the offer's calculations, whose numbers it goes on from; `af` who computed it: identity and role."""
    foer = tilbuddets.filter(tilbud=budget.tilbud_id, aar=budget.aar)
    identitet, rolle = af
    return Takstberegning.objects.create(
        budget=budget,
        driftsherre_id=budget.driftsherre_id,
        tilbud_id=budget.tilbud_id,
        afdeling_id=budget.afdeling_id,
        hjemmel_id=budget.hjemmel_id,
        aar=budget.aar,
        nummer=(foer.aggregate(seneste=Max("nummer"))["seneste"] or 0) + 1,
        enhed=budget.enhed,
        periode=periode.som_range,
        beloeb=resultat.takst,
        belaegningsprocent=resultat.belaegningsprocent,
        beregning=resultat.som_json(),
        egenbetaling=list(egenbetaling),
        vilkaarssaet_id=vilkaar.saet_id,
        begrundelse=begrundelse,
        beregnet_af=identitet,
        beregnet_rolle=rolle,
    )
