"""From a budget and the terms in force to the engine's inputs. What lacks is said by the form's fields, never guessed."""

from collections.abc import Sequence
from decimal import Decimal

from faelles.fejl import UgyldigtInput
from takster import vilkaarsinddata
from takster.beregning.efterregulering import Efterregulering
from takster.beregning.takst import Overheadmetode, Takstinddata
from takster.beregning.tal import uden_nuller
from takster.budget.indhold import Budgetindhold
from takster.models import Takstenhed
from vilkaar.noegler import Noegle
from vilkaar.queries import GaeldendeVilkaar


def takstinddata(
    indhold: Budgetindhold,
    *,
    aar: int,
    enhed: Takstenhed,
    vilkaar: GaeldendeVilkaar,
    efterregulering: Efterregulering | None,
) -> Takstinddata:
    """`efterregulering` is what the closed accounts of an earlier year bring, if any do.

    Raises UgyldigtInput `budget_ufuldstaendigt` with everything that lacks, and Konflikt `vilkaar_mangler`.
    """
    if mangler := {**indhold.mangler(), **_mangler_efter(indhold, vilkaar)}:
        raise UgyldigtInput(
            "budget_ufuldstaendigt",
            "Taksten kan ikke beregnes, før budgettet er udfyldt.",
            {felt: [besked] for felt, besked in mangler.items()},
        )
    return Takstinddata(
        aar=aar,
        pladser=uden_nuller(indhold.pladser or Decimal(0)),
        direkte_omkostninger=indhold.omkostninger(),
        indtaegter=indhold.indtaegter(),
        overhead=vilkaarsinddata.overhead(vilkaar, indhold.overhead),
        belaegning=vilkaarsinddata.belaegning(
            vilkaar,
            faktisk=_kendte(indhold),
            godkendt_afvigelse=None if indhold.aftalt_belaegning is None else uden_nuller(indhold.aftalt_belaegning),
            kort=indhold.kort,
        ),
        dagsbasis=vilkaarsinddata.dagsbasis(vilkaar, dagtilbud=enhed is Takstenhed.DAG),
        efterregulering=efterregulering,
        afrunding=vilkaarsinddata.afrunding(vilkaar),
        vilkaarssaet=vilkaarsinddata.reference(vilkaar),
    )


def _kendte(indhold: Budgetindhold) -> Sequence[Decimal]:
    """The known years; an offer so new that it has only one has the newest."""
    return [
        uden_nuller(procent) for procent in (indhold.belaegning_foer, indhold.belaegning_sidst) if procent is not None
    ]


def _mangler_efter(indhold: Budgetindhold, vilkaar: GaeldendeVilkaar) -> dict[str, str]:
    """What the agreement's methods need besides what every budget does."""
    fejl = {}
    konkret = vilkaar.ord(Noegle.OVERHEAD_METODE) == Overheadmetode.KONKRET
    if konkret and indhold.overhead is None:
        fejl["overhead"] = "Aftalen siger, at overhead beregnes konkret. Skriv beløbet."
    if not konkret and indhold.overhead is not None:
        fejl["overhead"] = "Aftalen siger, at overhead er en procent. Slet beløbet."
    if indhold.aftalt_belaegning is None:
        if vilkaar.ord(Noegle.BELAEGNING_METODE) == "aftale":
            fejl["aftalt_belaegning"] = (
                "Aftalen siger, at belægningen aftales. Skriv den, og hvem der har godkendt den."
            )
        elif indhold.belaegning_sidst is None:
            fejl["belaegning_sidst"] = (
                "Skriv den faktiske belægning to år før; et helt nyt tilbud skriver en godkendt afvigelse."
            )
    return fejl
