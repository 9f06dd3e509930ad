"""What the hearing's actions share: the right, and finding things under lock."""

from uuid import UUID

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import IkkeFundet, Konflikt
from rammeaftale.hoering.regler import HOERINGSSTAND_NAVN, Hoeringsstand, stand
from rammeaftale.models import Hoering, Hoeringsmodtager


def kraev(aktoer: Aktoer) -> None:
    """Raise IngenAdgang unless the actor is a secretariat that may hold hearings."""
    aktoer.kraev(Rettighed.HOERINGER_SKRIV, Funktion.SEKRETARIAT)


def laas_hoering(aktoer: Aktoer, hoering_id: UUID, *stande: Hoeringsstand) -> Hoering:
    """A hearing of the actor's own secretariat, locked, in one of these states. Raises IkkeFundet or Konflikt."""
    hoering = (
        Hoering.objects.filter(pk=hoering_id, version__aftale__kkr__sekretariat=aktoer.organisation_id)
        .select_related("version__aftale__kkr")
        .select_for_update(no_key=True, of=("self",))
        .first()
    )
    if hoering is None:
        raise IkkeFundet("hoering_ikke_fundet", "Høringen findes ikke.")
    nu_stand = stand(hoering.sendt, hoering.afsluttet)
    if stande and nu_stand not in stande:
        raise Konflikt("hoering_forkert_stand", f"Det kan ikke gøres: høringen er »{HOERINGSSTAND_NAVN[nu_stand]}«.")
    return hoering


def laas_modtager(aktoer: Aktoer, modtager_id: UUID, *stande: Hoeringsstand, i: UUID | None = None) -> Hoeringsmodtager:
    """A recipient of such a hearing (`modtager.hoering` is locked). One that is not of the hearing `i`, when it is given, does not
    exist. Raises IkkeFundet or Konflikt.
    """
    egne = {"pk": modtager_id, "hoering__version__aftale__kkr__sekretariat": aktoer.organisation_id}
    modtager = Hoeringsmodtager.objects.filter(**egne).first()
    if modtager is None or i not in {None, modtager.hoering_id}:
        raise IkkeFundet("modtager_ikke_fundet", "Høringsparten findes ikke.")
    modtager.hoering = laas_hoering(aktoer, modtager.hoering_id, *stande)
    return modtager
