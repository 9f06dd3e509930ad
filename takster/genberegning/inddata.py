"""Stored inputs under other terms: what the operator budgeted stays, what the agreement decides is the other set's."""

from collections.abc import Callable
from dataclasses import replace

from takster import vilkaarsinddata
from takster.beregning.efterregulering import Efterregulering
from takster.beregning.finansiering import ObjektivFinansiering
from takster.beregning.niveauer import Niveauinddata
from takster.beregning.pris import Pakke
from takster.beregning.takst import Takstinddata
from takster.beregning.vaerdiobjekt import Inddata
from takster.models import Finansiering, Prisart, Prisblad, Takstenhed
from vilkaar.queries import GaeldendeVilkaar


def med_vilkaar(
    foer: Takstinddata,
    *,
    enhed: Takstenhed,
    kort: bool,
    vilkaar: GaeldendeVilkaar,
    aarets_vilkaar: Callable[[int], GaeldendeVilkaar],
) -> Takstinddata:
    """`kort`: the offer is for short and acute stays. `aarets_vilkaar` gives the terms of the year the accounts are of.

    Raises Konflikt `vilkaar_mangler`, and UgyldigtInput where the set asks for what was never budgeted.
    """
    return replace(
        foer,
        overhead=vilkaarsinddata.overhead(vilkaar, foer.overhead.beloeb),
        belaegning=vilkaarsinddata.belaegning(
            vilkaar, faktisk=foer.belaegning.faktisk or (), godkendt_afvigelse=foer.belaegning.aftalt, kort=kort
        ),
        dagsbasis=vilkaarsinddata.dagsbasis(vilkaar, dagtilbud=enhed is Takstenhed.DAG),
        efterregulering=_efterregulering(foer.efterregulering, aarets_vilkaar),
        afrunding=vilkaarsinddata.afrunding(vilkaar),
        vilkaarssaet=vilkaarsinddata.reference(vilkaar),
    )


def _efterregulering(
    foer: Efterregulering | None, aarets_vilkaar: Callable[[int], GaeldendeVilkaar]
) -> Efterregulering | None:
    if foer is None or foer.regnskabsaar is None:
        return foer
    return vilkaarsinddata.efterregulering(
        aarets_vilkaar(foer.regnskabsaar),
        regnskabsaar=foer.regnskabsaar,
        provenu=foer.provenu,
        regnskab=foer.regnskab,
        budget=foer.budget,
        takstgrundlag=foer.budget,
        overfoert=foer.overfoert,
    )


def prisbladets(blad: Prisblad, vilkaar: GaeldendeVilkaar) -> Inddata:
    """The takst the levels split, the supplement's budget, or the parts of the package. Raises as `med_vilkaar`."""
    foer, reference = blad.beregning["inddata"], vilkaarsinddata.reference(vilkaar)
    match Prisart(blad.art):
        case Prisart.NIVEAUER:
            afrunding = vilkaarsinddata.afrunding(vilkaar)
            return replace(Niveauinddata.af_json(foer), afrunding=afrunding, vilkaarssaet=reference)
        case Prisart.PAKKE:
            return replace(Pakke.af_json(foer), vilkaarssaet=reference)
        case Prisart.TILLAEG:
            tillaeg, enhed = Takstinddata.af_json(foer), Takstenhed(blad.enhed)
            return med_vilkaar(tillaeg, enhed=enhed, kort=False, vilkaar=vilkaar, aarets_vilkaar=lambda _: vilkaar)


def finansieringens(en: Finansiering, vilkaar: GaeldendeVilkaar) -> ObjektivFinansiering:
    """The amount and the key. Raises Konflikt `vilkaar_mangler`."""
    return replace(
        ObjektivFinansiering.af_json(en.beregning["inddata"]),
        afrunding=vilkaarsinddata.afrunding(vilkaar),
        vilkaarssaet=vilkaarsinddata.reference(vilkaar),
    )
