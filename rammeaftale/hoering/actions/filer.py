"""What the secretariat decides about a file that goes with an answer."""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction

from faelles.aktoer import Aktoer
from faelles.cpr import cpr_fejl
from faelles.fejl import UgyldigtInput
from rammeaftale.hoering.actions.faelles import kraev, laas_hoering
from rammeaftale.hoering.filadgang import egen_fil
from rammeaftale.hoering.regler import Filudfald, filvurderingsfejl
from rammeaftale.models import Hoeringsfilvurdering

LAENGSTE_FILBEGRUNDELSE = 500  # characters


def vurder_fil(
    *,
    aktoer: Aktoer,
    fil_id: UUID,
    hoering_id: UUID | None = None,
    udfald: Filudfald,
    begrundelse: str = "",
    kraev_set: Callable[[], None] = lambda: None,
) -> Hoeringsfilvurdering:
    """Release a file to the agreement's parties, or close it, so that nobody is handed its content. The one registered last counts.
    A file that is not of `hoering_id`, when one is given, does not exist.

    `kraev_set` refuses under the lock what has been decided since the caller saw it. Raises IkkeFundet, or UgyldigtInput with all faults.
    """
    kraev(aktoer)
    with transaction.atomic():
        fil = egen_fil(aktoer, fil_id, hoering_id)
        laas_hoering(aktoer, fil.bemaerkning.svar.link.modtager.hoering_id)
        kraev_set()
        felter = dict(cpr_fejl(begrundelse=begrundelse)) | filvurderingsfejl(udfald, begrundelse)
        if len(begrundelse) > LAENGSTE_FILBEGRUNDELSE:
            felter["begrundelse"] = [f"Skriv højst {LAENGSTE_FILBEGRUNDELSE} tegn."]
        if felter:
            raise UgyldigtInput("ugyldig_filvurdering", "Filen kan ikke vurderes, før felterne er rettet.", felter)
        return Hoeringsfilvurdering.objects.create(
            fil=fil,
            udfald=udfald,
            begrundelse=begrundelse.strip(),
            registreret_af_id=aktoer.organisation_id,
            identitet=aktoer.identitet,
        )
