"""The introduction of a version: written while it is a draft, and nobody overwrites what she has not seen."""

from uuid import UUID

from django.db import transaction

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.cpr import cpr_fejl
from faelles.fejl import Konflikt, UgyldigtInput
from faelles.tid import nu
from rammeaftale.models import Version
from rammeaftale.tekst.actions import LAENGSTE_TEKST, laas_kladde


def laest(version: Version) -> str:
    """Which saving of the introduction it is, for `ret_indledning`."""
    return version.indledning_rettet.isoformat() if version.indledning_rettet else ""


def ret_indledning(*, aktoer: Aktoer, aftale_id: UUID, udgave: str, tekst: str) -> Version:
    """Save the introduction of the draft. `udgave` is the saving the writer began from (`laest`).

    Raises IkkeFundet, UgyldigtInput, or Konflikt: the agreement is no draft, or (`rettet_af_anden`) somebody has saved since; nothing
    is stored then, and the caller shows the writer both.
    """
    aktoer.kraev(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        _, version = laas_kladde(aktoer, aftale_id)
        if udgave != laest(version):
            besked = (
                "Indledningen er rettet af en anden, siden du åbnede den. Intet er gemt; se forskellen, og gem igen."
            )
            raise Konflikt("rettet_af_anden", besked)
        felter = dict(cpr_fejl(tekst=tekst))
        if len(tekst) > LAENGSTE_TEKST:
            felter["tekst"] = [f"Teksten må højst være {LAENGSTE_TEKST} tegn."]
        if felter:
            raise UgyldigtInput("ugyldig_tekst", "Indledningen kan ikke gemmes, før felterne er rettet.", felter)
        version.indledning, version.indledning_rettet = tekst.replace("\r\n", "\n").strip(), nu()
        version.save(update_fields=["indledning", "indledning_rettet"])
        return version
