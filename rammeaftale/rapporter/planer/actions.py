"""What the secretariat plans, and what the platform orders on the day."""

import logging
from datetime import date
from uuid import UUID

from django.db import transaction

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import DomaeneFejl, IkkeFundet, UgyldigtInput
from faelles.tid import idag
from rammeaftale.rapporter.actions import bestil_rapport
from rammeaftale.rapporter.bestilling import bestillelige, som_sekretariat
from rammeaftale.rapporter.models import Rapportplan
from rammeaftale.rapporter.planer.regler import Hver, naeste_gang
from rammeaftale.rapporter.register import rapporttype

log = logging.getLogger(__name__)


def planlaeg(*, aktoer: Aktoer, aftale_id: UUID, type_: str, hver: Hver, foerste: date) -> Rapportplan:
    """Have a report of the agreement ordered from a day on, for the one who plans it.

    Raises IkkeFundet, UgyldigtInput with all faults: a type that is no report of a whole agreement or is planned already, a day that
    has been or is after the agreement's last.
    """
    aktoer.kraev(Rettighed.RAPPORTER_BESTIL, Funktion.SEKRETARIAT)
    hvilken = rapporttype(type_)
    with transaction.atomic():
        aftale = bestillelige(aktoer).filter(pk=aftale_id).select_for_update(no_key=True, of=("self",)).first()
        if aftale is None:
            raise IkkeFundet("aftale_ikke_fundet", "Rammeaftalen findes ikke.")
        felter: dict[str, list[str]] = {}
        if hvilken.om_kommune:
            felter["type"] = ["Rapporten er om én kommune og bestilles, når den skal bruges."]
        elif Rapportplan.objects.filter(aftale=aftale, type=hvilken.noegle).exists():
            felter["type"] = ["Rapporten laves allerede fast. Stop den først, hvis den skal laves på andre dage."]
        if foerste < idag():
            felter["foerste"] = ["Dagen har været. Vælg i dag eller en senere dag."]
        elif aftale.periode.upper and foerste >= aftale.periode.upper:
            felter["foerste"] = ["Dagen ligger efter aftalens sidste dag."]
        if felter:
            raise UgyldigtInput("ugyldig_rapportplan", "Rapporten kan ikke laves fast endnu.", felter)
        return Rapportplan.objects.create(
            aftale=aftale, type=hvilken.noegle, hver=hver, foerste=foerste, naeste=foerste, identitet=aktoer.identitet
        )


def stop(*, aktoer: Aktoer, plan_id: UUID) -> None:
    """Order it no more; the reports it has made stay. Raises IkkeFundet."""
    aktoer.kraev(Rettighed.RAPPORTER_BESTIL, Funktion.SEKRETARIAT)
    with transaction.atomic():
        plan = Rapportplan.objects.filter(aftale__in=bestillelige(aktoer), pk=plan_id).select_for_update().first()
        if plan is None:
            raise IkkeFundet("rapportplan_ikke_fundet", "Rapporten laves ikke fast.")
        plan.delete()


def bestil_forfaldne(dag: date) -> int:
    """Order every report that is due by the day, each once however late it is; gives how many. Safe to run twice at once.

    What goes wrong with one stops none of the others.
    """
    forfaldne = Rapportplan.objects.filter(naeste__lte=dag, aftale__periode__endswith__gt=dag)
    return sum(_bestil_for_sig(pk, dag) for pk in forfaldne.order_by("naeste", "pk").values_list("pk", flat=True))


def _bestil_for_sig(pk: UUID, dag: date) -> int:
    try:
        with transaction.atomic():
            return _bestil(pk, dag)
    except Exception:  # it is due until it is ordered: the next run tries again
        log.exception("planlagt_rapport_ikke_bestilt", extra={"plan": str(pk)})
        return 0


def _bestil(pk: UUID, dag: date) -> int:
    """Order it, or keep why it cannot be; either way it is due again the next time its day comes."""
    plan = (
        Rapportplan.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("aftale__kkr__sekretariat")
        .filter(pk=pk, naeste__lte=dag)
        .first()
    )
    if plan is None:
        return 0
    plan.fejl = ""
    try:
        with transaction.atomic():
            aktoer = som_sekretariat(plan.aftale, plan.identitet)
            bestil_rapport(aktoer=aktoer, aftale_id=plan.aftale_id, type_=plan.type)
    except DomaeneFejl as fejl:
        plan.fejl = fejl.besked
    plan.naeste = naeste_gang(plan.foerste, Hver(plan.hver), dag)
    plan.save(update_fields=["naeste", "fejl"])
    return int(not plan.fejl)
