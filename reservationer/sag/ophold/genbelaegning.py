"""A place taken again ends what the one before still paid for it (rules-reservation § 3 nr. 11), whichever of the two is registered first.

The one before is who had the place last, on one of the same weekdays; not one who had moved on to another. The next is who began there,
after the one before had left. Both sides lock the place, so that of two at once the second sees the first.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypedDict
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from faelles.haendelser import publicer
from faelles.scope import som_systemet
from reservationer.sag.models import Ophold, Opholdsplads
from reservationer.sag.ophold.frister import EN_DAG
from reservationer.sag.overgange import Tilstand
from tilbud.belaegning.models import Optagelse
from tilbud.models import Plads
from vilkaar.noegler import Noegle
from vilkaar.queries import GaeldendeVilkaar

if TYPE_CHECKING:  # only mypy needs it, and it is not there at run time
    from django_stubs_ext import WithAnnotations

GRUND = "the other may be another municipality's"


class _Plads(TypedDict):
    """Of a stay: one of its places, and the weekdays it has it on."""

    plads_id: UUID
    ugedage: list[int]


def stop_betaling_for_forrige(ophold: Ophold, pladser: Sequence[Optagelse], vilkaar: GaeldendeVilkaar) -> None:
    """End the day before what is still paid for these places by those who have left them, where the terms say so."""
    if not pladser or vilkaar.ord(Noegle.GENBELAEGNING_STOPPER) == "nej":
        return
    fra, taget = ophold.betales_fra, {optagelse.plads_id: set(optagelse.ugedage) for optagelse in pladser}
    _laas(taget)
    with som_systemet(GRUND):
        betalende = Ophold.objects.for_systemet(GRUND).filter(
            tilstand=Tilstand.UDSKREVET, sidste_dag__lt=fra, betales_til__gte=fra
        )
        for et in _med_plads(betalende, "-optagelse__periode").filter(plads_id__in=taget):
            if not taget[et.plads_id] & set(et.ugedage):
                continue
            et.betales_til = fra - EN_DAG
            et.betaling_vilkaarssaet_id = vilkaar.saet_id
            et.save(update_fields=["betales_til", "betaling_vilkaarssaet"])
            publicer("ophold.genbelagt", "ophold", et.pk)


def genbelagt_fra(ophold: Ophold, sidste_dag: date) -> date | None:
    """The first day somebody else pays for the place the stay had until its last day; None when nobody has begun there yet."""
    with som_systemet(GRUND):
        sidste = _pladser().filter(ophold=ophold).order_by("-optagelse__periode").first()
        if sidste is None:
            return None
        _laas([sidste.optagelse.plads_id])
        senere = Ophold.objects.for_systemet(GRUND).filter(betales_fra__gt=sidste_dag)
        efter = _med_plads(senere, "optagelse__periode").filter(
            plads_id=sidste.optagelse.plads_id, ugedage__overlap=sidste.optagelse.ugedage
        )
        return efter.order_by("betales_fra").values_list("betales_fra", flat=True).first()


def _laas(pladser: Collection[UUID]) -> None:
    list(Plads.objects.select_for_update(no_key=True).filter(pk__in=pladser).order_by("pk"))


def _pladser() -> QuerySet[Opholdsplads]:
    return Opholdsplads.objects.for_systemet(GRUND).filter(optagelse__aktiv=True).select_related("optagelse")


def _med_plads(alle: QuerySet[Ophold], orden: str) -> "QuerySet[WithAnnotations[Ophold, _Plads]]":
    """These with the first of their places in the order, and its weekdays."""
    egne = _pladser().filter(ophold=OuterRef("pk")).order_by(orden)
    return alle.annotate(
        plads_id=Subquery(egne.values("optagelse__plads")[:1]), ugedage=Subquery(egne.values("optagelse__ugedage")[:1])
    )
