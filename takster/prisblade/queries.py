"""Reading prices beside the takst."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet
from faelles.tid import Periode
from takster.models import Prisblad, Takst
from vilkaar.kilde import takstens_klausuler

MED = ("tilbud__driftsherre", "afdeling", "hjemmel", "vilkaarssaet", "bekraeftet")


def prisblad(aktoer: Aktoer, prisblad_id: UUID) -> Prisblad:
    """One the actor may see: her own, or a published one. Raises IkkeFundet."""
    fundet = (
        Prisblad.objects.synlige_for(aktoer)
        .select_related(*MED)
        .annotate(klausuler=takstens_klausuler())
        .filter(pk=prisblad_id)
        .first()
    )
    if fundet is None:
        raise IkkeFundet("prisblad_ikke_fundet", "Prisbladet findes ikke.")
    return fundet


def paa(aktoer: Aktoer, dag: date, foer: datetime | None = None) -> QuerySet[Prisblad]:
    """What holds on the day, as we say now or said just before the instant."""
    return Prisblad.objects.offentlige(aktoer, foer).filter(periode__contains=dag)


def for_tilbud(aktoer: Aktoer, tilbud_id: UUID) -> QuerySet[Prisblad]:
    """What is said of an offer's prices on any day, the newest first."""
    return (
        Prisblad.objects.offentlige(aktoer)
        .filter(tilbud=tilbud_id)
        .select_related(*MED)
        .annotate(klausuler=takstens_klausuler())
        .order_by(
            "afdeling__navn_sortering", "afdeling_id", "hjemmel__raekkefoelge", "hjemmel_id", "art", "navn", "-periode"
        )
    )


def undervejs(aktoer: Aktoer, tilbud_id: UUID) -> QuerySet[Prisblad]:
    """What waits for a second person of the operator's."""
    egne = Prisblad.objects.egne(aktoer).filter(tilbud=tilbud_id, tilstand="indsendt")
    return egne.select_related(*MED).order_by("indsendt", "id")


def ophoerte(aktoer: Aktoer, tilbud_id: UUID) -> QuerySet[Prisblad]:
    """What was said once and is not any more, the last ended first."""
    synlige = Prisblad.objects.synlige_for(aktoer).filter(tilbud=tilbud_id, ophoert__isnull=False)
    return synlige.select_related(*MED).order_by("-ophoert", "-periode", "id")


Aarspriser = Mapping[tuple[UUID, str], Sequence[Prisblad]]


def i_aaret(aktoer: Aktoer, aar: int, afdelinger: Collection[UUID] | None = None) -> Aarspriser:
    """What holds on days of the year by department and legal basis, a package by each of its own; of these departments, else of all.

    One statement.
    """
    blade = Prisblad.objects.offentlige(aktoer).filter(periode__overlap=Periode.aar(aar).som_range)
    if afdelinger is not None:
        blade = blade.filter(afdeling__in=afdelinger)
    fundne: dict[tuple[UUID, str], list[Prisblad]] = {}
    for blad in blade.order_by("art", "navn", "periode", "pk"):
        for hjemmel in blad.hjemler:
            fundne.setdefault((blad.afdeling_id, hjemmel), []).append(blad)
    return fundne


def ved(takst: Takst, priser: Aarspriser) -> list[Prisblad]:
    """What is paid beside the takst on some of its days."""
    dage = Periode.af_range(takst.periode)
    alle = priser.get((takst.afdeling_id, takst.hjemmel_id), ())
    return [blad for blad in alle if dage.overlapper(Periode.af_range(blad.periode))]


def fra(aktoer: Aktoer, tilbud_id: UUID, dag: date) -> QuerySet[Prisblad]:
    """What holds on the day or later."""
    return for_tilbud(aktoer, tilbud_id).filter(periode__overlap=Periode(dag).som_range)


def mulige_takster(tilbud_id: UUID, dag: date) -> QuerySet[Takst]:
    """The takster prices can stand beside: those that hold on the day or later."""
    return (
        Takst.objects.gaeldende()
        .filter(afdeling__tilbud=tilbud_id, periode__overlap=Periode(dag).som_range)
        .select_related("afdeling", "hjemmel")
        .defer("beregning")
        .order_by("periode", "afdeling__navn_sortering", "afdeling_id", "hjemmel__raekkefoelge", "hjemmel_id")
    )
