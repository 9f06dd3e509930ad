"""What the secretariat does with a remark."""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction

from faelles.aktoer import Aktoer
from faelles.cpr import cpr_fejl
from faelles.fejl import IkkeFundet, UgyldigtInput
from rammeaftale.hoering.actions.faelles import kraev, laas_hoering
from rammeaftale.hoering.queries import mulige_versioner
from rammeaftale.hoering.regler import Behandlingsudfald, Hoeringsstand, behandlingsfejl
from rammeaftale.models import Hoeringsbehandling, Hoeringsbemaerkning

LAENGSTE_BEGRUNDELSE = 2_000  # characters


def behandl(
    *,
    aktoer: Aktoer,
    bemaerkning_id: UUID,
    hoering_id: UUID | None = None,
    udfald: Behandlingsudfald,
    version: int | None = None,
    begrundelse: str = "",
    kraev_set: Callable[[], None] = lambda: None,
) -> Hoeringsbehandling:
    """Register what was done with a remark; `version` is the number of the version it was worked into: the one that was heard, or a later.
    A remark that is not of `hoering_id`, when one is given, does not exist.

    The one registered last counts. `kraev_set` refuses under the lock what has been done since the caller saw it. Raises IkkeFundet, or
    UgyldigtInput with all faults.
    """
    kraev(aktoer)
    with transaction.atomic():
        bemaerkning = _laas(aktoer, bemaerkning_id, hoering_id)
        kraev_set()
        fundet = None
        if udfald is Behandlingsudfald.INDARBEJDET and version is not None:
            fundet = mulige_versioner(bemaerkning.svar.link.modtager.hoering).filter(nummer=version).first()
        felter = dict(cpr_fejl(begrundelse=begrundelse))
        felter |= behandlingsfejl(udfald, har_version=fundet is not None, begrundelse=begrundelse)
        if len(begrundelse) > LAENGSTE_BEGRUNDELSE:
            felter["begrundelse"] = [f"Skriv højst {LAENGSTE_BEGRUNDELSE} tegn."]
        if felter:
            raise UgyldigtInput("ugyldig_behandling", "Behandlingen kan ikke gemmes, før felterne er rettet.", felter)
        return Hoeringsbehandling.objects.create(
            bemaerkning=bemaerkning,
            udfald=udfald,
            version=fundet,
            begrundelse=begrundelse.strip(),
            registreret_af_id=aktoer.organisation_id,
            identitet=aktoer.identitet,
        )


def _laas(aktoer: Aktoer, bemaerkning_id: UUID, hoering_id: UUID | None) -> Hoeringsbemaerkning:
    """The remark, under the lock of its hearing, which is sent or closed. Raises IkkeFundet."""
    egne = {"svar__link__modtager__hoering__version__aftale__kkr__sekretariat": aktoer.organisation_id}
    bemaerkning = (
        Hoeringsbemaerkning.objects.filter(pk=bemaerkning_id, **egne)
        .select_related("svar__link__modtager__hoering__version")
        .first()
    )
    fundet = bemaerkning.svar.link.modtager.hoering_id if bemaerkning else None
    if bemaerkning is None or hoering_id not in {None, fundet}:
        raise IkkeFundet("bemaerkning_ikke_fundet", "Bemærkningen findes ikke.")
    laas_hoering(aktoer, bemaerkning.svar.link.modtager.hoering_id, Hoeringsstand.SENDT, Hoeringsstand.AFSLUTTET)
    return bemaerkning
