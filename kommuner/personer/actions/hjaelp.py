"""Help by a secretariat is never silent: it is stored, shown on the organisation's page and mailed to its administrators."""

from collections.abc import Sequence

from django.urls import reverse

from faelles.aktoer import Aktoer
from faelles.brev import adresse
from faelles.tid import idag
from kommuner.models import Hjaelp, Personhjaelp
from kommuner.personer import breve
from kommuner.personer.maal import Maal, administratorer


def noter_hjaelp(maal: Maal, aktoer: Aktoer, handling: Hjaelp, email: str, roller: Sequence[str] = ()) -> None:
    """Mark what was done as help; does nothing when an administrator of the organisation itself did it."""
    if not maal.hjaelp:
        return
    hjaelp = Personhjaelp.objects.create(
        organisation=maal.organisation,
        sekretariat_id=aktoer.organisation_id,
        handling=handling,
        email=email,
        roller=list(roller),
        identitet=aktoer.identitet,
    )
    modtagere = administratorer(maal.organisation.pk, idag()).values_list("bruger__email", flat=True)
    breve.send(
        "hjaelp",
        modtagere,
        hjaelp=hjaelp,
        organisation=maal.organisation,
        sekretariat=aktoer.organisation_navn,
        link=adresse(reverse("personer:liste", args=[maal.organisation.pk])),
    )
