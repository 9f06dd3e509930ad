"""Note who is to be told of a changed takst, and that they have seen it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.haendelser import ved
from faelles.scope import som_systemet
from faelles.tid import nu
from reservationer.sag.models import Opholdsansvar, Opholdshjemmel, Opholdsplads, Takstbesked
from takster.models import Takst

GRUND = "an operator who changes a takst need not know who pays for the stays"


@ved("takst.aendret")
def noter(takst_id: str) -> None:
    """Note every municipality that pays for a stay on days the changed takst holds, in the transaction of the change."""
    takst = Takst.objects.select_related("afdeling").get(pk=UUID(takst_id))
    with som_systemet(GRUND):
        Takstbesked.objects.bulk_create(
            [Takstbesked(takst=takst, kommune_id=kommune) for kommune in sorted(_betalere(takst))]
        )


def _betalere(takst: Takst) -> set[UUID]:
    """Who pays, on any of the takst's days, for a stay under its legal basis in its department, or in the offer when it is without places."""
    pladser = Opholdsplads.objects.for_systemet(GRUND).filter(ophold=OuterRef("ophold"))
    i_afdelingen = pladser.filter(
        optagelse__plads__afdeling=takst.afdeling_id, optagelse__periode__overlap=takst.periode
    )
    hjemlen = Opholdshjemmel.objects.for_systemet(GRUND).filter(
        ophold=OuterRef("ophold"), hjemmel=takst.hjemmel_id, periode__overlap=takst.periode
    )
    betalt = Q(ophold__betales_til=None) | Q(ophold__betales_til__gte=takst.periode.lower)
    ansvar = Opholdsansvar.objects.for_systemet(GRUND).filter(
        betalt, periode__overlap=takst.periode, ophold__tilbud=takst.afdeling.tilbud_id
    )
    fundne = ansvar.filter(Exists(hjemlen), Exists(i_afdelingen) | ~Exists(pladser))
    return set(fundne.values_list("betalingskommune", flat=True))


def kvitter(*, aktoer: Aktoer, senest: datetime) -> None:
    """Note for the whole municipality that what it was told no later than `senest`, the latest it was shown, has been seen."""
    aktoer.kraev(Rettighed.RESERVATIONER_LAES, Funktion.MYNDIGHED)
    with transaction.atomic():
        Takstbesked.objects.synlige_for(aktoer).nye().filter(oprettet__lte=senest).update(kvitteret=nu())
