"""What closed accounts bring to the takst of a later year."""

from collections.abc import Callable

from django.db.models import QuerySet

from faelles.aktoer import Aktoer
from faelles.fejl import Konflikt
from takster import vilkaarsinddata
from takster.beregning.efterregulering import Efterregulering
from takster.models import Budget, Regnskab, Takstberegning
from vilkaar.queries import GaeldendeVilkaar


def indgaar_i(aktoer: Aktoer, budget: Budget) -> list[Regnskab]:
    """The closed accounts of the same part of the offer that enter the takst of the budget's year, oldest first."""
    i_delen = Regnskab.objects.egne(aktoer).filter(
        tilbud=budget.tilbud_id, afdeling=budget.afdeling_id, hjemmel=budget.hjemmel_id
    )
    return list(i_delen.filter(indgaar_aar=budget.aar).order_by("aar"))


def til_takst(aktoer: Aktoer, budget: Budget) -> Regnskab | None:
    """The one that enters it, if any does.

    Raises Konflikt `flere_regnskaber`: an agreement that shortens the years in between lets two enter at once, and a takst adjusts for one.
    """
    fundne = indgaar_i(aktoer, budget)
    if len(fundne) > 1:
        aar = " og ".join(str(et.aar) for et in fundne)
        raise Konflikt(
            "flere_regnskaber", f"Regnskaberne for {aar} indgår alle i taksten for {budget.aar}. Åbn det ene."
        )
    return fundne[0] if fundne else None


def efterregulering(et: Regnskab | None, aarets_vilkaar: Callable[[int], GaeldendeVilkaar]) -> Efterregulering | None:
    """What closed accounts bring to a takst, by the terms that govern their year now. Raises UgyldigtInput as the engine."""
    if et is None or et.provenu is None or et.omkostninger is None or et.taerskelgrundlag is None:
        return None
    return vilkaarsinddata.efterregulering(
        aarets_vilkaar(et.aar),
        regnskabsaar=et.aar,
        provenu=et.provenu,
        regnskab=et.omkostninger,
        budget=et.taerskelgrundlag,
        takstgrundlag=et.taerskelgrundlag,
        overfoert=et.overfoert,
    )


def har_taget_op(aktoer: Aktoer, et: Regnskab) -> QuerySet[Takstberegning]:
    """The calculations that are adjusted for the accounts."""
    return Takstberegning.objects.egne(aktoer).filter(
        tilbud=et.tilbud_id,
        afdeling=et.afdeling_id,
        hjemmel=et.hjemmel_id,
        aar=et.indgaar_aar or 0,
        beregning__inddata__efterregulering__regnskabsaar=et.aar,
    )
