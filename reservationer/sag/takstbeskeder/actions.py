"""Note who is to be told of a changed price, and that they have seen it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.haendelser import ved
from faelles.scope import som_systemet
from faelles.tid import Periode, nu
from kommuner.models import Kommune
from reservationer.sag.models import Opholdsansvar, Opholdshjemmel, Opholdsplads, Takstbesked
from takster.models import Finansiering, Prisblad, Takst
from tilbud.models import Afdeling

GRUND = "an operator who changes a price need not know who pays for the stays"


@ved("takst.aendret")
def noter_takst(takst_id: str) -> None:
    """Note every municipality that pays for a stay on days the changed takst holds, in the transaction of the change."""
    takst = Takst.objects.select_related("afdeling").get(pk=UUID(takst_id))
    with som_systemet(GRUND):
        _noter(_betalere(takst.afdeling, [takst.hjemmel_id], Periode.af_range(takst.periode)), takst=takst)


@ved("prisblad.aendret")
def noter_prisblad(prisblad_id: str) -> None:
    """The same of changed prices beside the takst: levels, a supplement or a package."""
    with som_systemet(GRUND):
        blad = Prisblad.objects.for_systemet(GRUND).select_related("afdeling").get(pk=UUID(prisblad_id))
        _noter(_betalere(blad.afdeling, blad.hjemler, Periode.af_range(blad.periode)), prisblad=blad)


@ved("finansiering.aendret")
def noter_finansiering(finansiering_id: str) -> None:
    """Note every municipality with a share of the changed financing, or of the one before: those are paid by a key and not for stays."""
    with som_systemet(GRUND):
        ny = Finansiering.objects.for_systemet(GRUND).select_related("erstatter").get(pk=UUID(finansiering_id))
        koder = {andel.kommunekode for en in (ny, ny.forgaenger) if en for andel in en.andele}
        kommuner = Kommune.objects.filter(pk__in=koder).values_list("organisation", flat=True)
        _noter(set(kommuner.order_by()), finansiering=ny)


def _noter(kommuner: Collection[UUID], **om: Takst | Prisblad | Finansiering) -> None:
    Takstbesked.objects.bulk_create([Takstbesked(kommune_id=kommune, **om) for kommune in sorted(kommuner)])


def _betalere(afdeling: Afdeling, hjemler: Collection[str], dage: Periode) -> set[UUID]:
    """Who pays, on any of the days, for a stay under one of the legal bases in the department, or in the offer when it is without places."""
    pladser = Opholdsplads.objects.for_systemet(GRUND).filter(ophold=OuterRef("ophold"))
    i_afdelingen = pladser.filter(optagelse__plads__afdeling=afdeling.pk, optagelse__periode__overlap=dage.som_range)
    hjemlen = Opholdshjemmel.objects.for_systemet(GRUND).filter(
        ophold=OuterRef("ophold"), hjemmel__in=hjemler, periode__overlap=dage.som_range
    )
    betalt = Q(ophold__betales_til=None) | Q(ophold__betales_til__gte=dage.fra)
    ansvar = Opholdsansvar.objects.for_systemet(GRUND).filter(
        betalt, periode__overlap=dage.som_range, ophold__tilbud=afdeling.tilbud_id
    )
    fundne = ansvar.filter(Exists(hjemlen), Exists(i_afdelingen) | ~Exists(pladser))
    return set(fundne.values_list("betalingskommune", flat=True))


def kvitter(*, aktoer: Aktoer, senest: datetime) -> None:
    """Note for the whole municipality that what it was told no later than `senest`, the latest it was shown, has been seen."""
    aktoer.kraev(Rettighed.RESERVATIONER_LAES, Funktion.MYNDIGHED)
    with transaction.atomic():
        Takstbesked.objects.synlige_for(aktoer).nye().filter(oprettet__lte=senest).update(kvitteret=nu())
