"""Correcting the day a version was sent, when it was registered later than it was done."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.db import transaction

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.cpr import cpr_fejl
from faelles.fejl import Konflikt, UgyldigtInput
from rammeaftale.actions.faelles import laas_egen, noter_trin
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import Aftaletrin, Godkendelse, Rammeaftale, Version
from rammeaftale.queries import seneste_sendte


def ret_afsendelse(
    *,
    aktoer: Aktoer,
    aftale_id: UUID,
    dato: date,
    begrundelse: str,
    kraev_set: Callable[[], None] = lambda: None,
) -> Version:
    """Date the sending of what is out for approval back to the day it was done, so that what was decided since can be registered.

    Only back, so no step on the version comes before it; not before KKR recommended it, nor before a decision on an earlier version,
    which was taken while that was out. The step is kept anew (SENDT to SENDT) and stands in the place of the wrong one. `kraev_set`
    refuses under the lock what has changed since the caller saw it. Raises IkkeFundet, UgyldigtInput, or Konflikt.
    """
    aktoer.kraev(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        aftale = laas_egen(aktoer, aftale_id)
        version = seneste_sendte(aftale)
        if aftale.tilstand != Aftaletilstand.SENDT or version is None:
            raise Konflikt("aftale_ikke_sendt", f"{aftale.titel} er ikke sendt til godkendelse.")
        kraev_set()
        felter = cpr_fejl(begrundelse=begrundelse)
        if not begrundelse.strip():
            felter["begrundelse"] = ["Skriv, hvordan dagen blev forkert."]
        if fejl := _dagsfejl(aftale, version, dato):
            felter["dato"] = [fejl]
        if felter:
            raise UgyldigtInput("ugyldigt_trin", "Dagen kan ikke rettes, før felterne er rettet.", felter)
        version.sendt = dato
        version.save(update_fields=["sendt"])
        noter_trin(aktoer, aftale, Aftaletilstand.SENDT, version=version, dato=dato, begrundelse=begrundelse)
        return version


def _dagsfejl(aftale: Rammeaftale, version: Version, dato: date) -> str:
    """What is wrong with the day as the one the version was sent; the trigger `version_afsendelse_rettes_tilbage` asks the same."""
    if version.sendt and dato >= version.sendt:
        return f"Dagen rettes kun tilbage, til før den {version.sendt:%d.%m.%Y}."
    anbefalet = Aftaletrin.objects.filter(version=version, til=Aftaletilstand.KKR_ANBEFALET).order_by(
        "registreret", "id"
    )
    if (trin := anbefalet.last()) and dato < trin.dato:
        return f"Datoen ligger før den {trin.dato:%d.%m.%Y}, hvor KKR anbefalede versionen."
    tidligere = Godkendelse.objects.filter(version__aftale=aftale, version__nummer__lt=version.nummer)
    sidst = tidligere.select_related("part__organisation", "version").order_by("dato", "id").last()
    if sidst and dato < sidst.dato:
        return f"{sidst.part} besluttede den {sidst.dato:%d.%m.%Y} om version {sidst.version.nummer}; da var denne ikke sendt."
    return ""
