"""An operator's change of its own register: what harms nobody takes effect at once, the rest when a second person approves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import Konflikt
from faelles.haendelser import publicer
from faelles.regneark.indlaesning import Raekke, Raekkefejl
from faelles.scope import saet_database_aktoer
from faelles.tid import nu
from tilbud.aendringer.vaesentlige import del_op, kun
from tilbud.models import Importkilde, Registerimport
from tilbud.registerimport.actions import gem_ventende, laas_driftsherren, laas_register
from tilbud.registerimport.proeve import proev
from tilbud.registerimport.sammenligning import Aendring
from tilbud.registerimport.skriv import skriv

Raekker = Mapping[str, list[Raekke]]


@dataclass(slots=True)
class Plan:
    """What a change would do: take effect at once, wait for a second person, or break rules (then it does nothing)."""

    straks: list[Aendring] = field(default_factory=list)
    venter: list[Aendring] = field(default_factory=list)
    fejl: list[Raekkefejl] = field(default_factory=list)


def planlaeg(aktoer: Aktoer, raekker: Raekker) -> Plan:
    """Compare with the register of this moment; writes nothing. What cannot stand without the rest waits with it."""
    alt = proev(aktoer, raekker)
    if alt.fejl:
        return Plan(fejl=alt.fejl)
    straks, venter = del_op(alt.aendringer)
    if straks and venter and proev(aktoer, kun(raekker, straks)).fejl:
        return Plan(venter=alt.aendringer)
    return Plan(straks, venter)


def ret(
    *,
    aktoer: Aktoer,
    raekker: Raekker,
    kilde: Importkilde = Importkilde.SIDE,
    kraev_set: Callable[[], None] = lambda: None,
) -> tuple[Plan, Registerimport | None]:
    """Carry the plan out. Gives it, and the change that now waits for a second person, if any part of it does.

    `kraev_set` is asked when nobody else can change the register, and raises when it is not as the actor has seen it.
    With faults nothing is written: they stand in the plan. Raises Konflikt `register_aendret` when the database refuses.
    """
    aktoer.kraev(Rettighed.TILBUD_SKRIV, Funktion.DRIFTSHERRE)
    try:
        with transaction.atomic():
            saet_database_aktoer(aktoer)
            laas_driftsherren(aktoer)
            kraev_set()
            laas_register(planlaeg(aktoer, raekker).straks)
            plan = planlaeg(aktoer, raekker)
            if plan.straks:
                skriv(plan.straks, aktoer.organisation_id, nu())
                for tilbud_id in sorted({a.tilbud for a in plan.straks}):
                    publicer("tilbud.aendret", "tilbud", tilbud_id)
            if not plan.venter:
                return plan, None
            rest = kun(raekker, plan.venter)
            resultat = proev(aktoer, rest)
            if resultat.fejl:
                transaction.set_rollback(True)  # nothing half-written: what takes effect at once is not kept either
                return Plan(fejl=resultat.fejl), None
            return plan, gem_ventende(aktoer, rest, resultat, kilde)
    except IntegrityError as fejl:
        raise Konflikt(
            "register_aendret", "Registret tillader ikke ændringen, fx fordi navnet er brugt i forvejen. Intet er gemt."
        ) from fejl
