"""Reading what is shared by a key."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet
from kommuner.models import KkrMedlemskab, Kommune
from takster.finansiering.andele import Andel
from takster.models import Finansiering
from tilbud.models import Tilbud
from vilkaar.kilde import takstens_klausuler
from vilkaar.noegler import Noegle

MED = ("tilbud__driftsherre", "vilkaarssaet", "bekraeftet")
KLAUSUL = takstens_klausuler((Noegle.AFRUNDING,))


def finansiering(aktoer: Aktoer, finansiering_id: UUID) -> Finansiering:
    """One the actor may see: her own, or a published one. Raises IkkeFundet."""
    synlige = Finansiering.objects.synlige_for(aktoer).select_related(*MED).annotate(klausuler=KLAUSUL)
    fundet = synlige.filter(pk=finansiering_id).first()
    if fundet is None:
        raise IkkeFundet("finansiering_ikke_fundet", "Finansieringen findes ikke.")
    return fundet


def for_tilbud(aktoer: Aktoer, tilbud_id: UUID) -> QuerySet[Finansiering]:
    """What an offer is paid by a key, alone or with others, the newest year first."""
    gaeldende = Finansiering.objects.offentlige(aktoer).filter(omfatter__contains=[tilbud_id])
    return gaeldende.select_related(*MED).annotate(klausuler=KLAUSUL)


def undervejs(aktoer: Aktoer, tilbud_id: UUID) -> QuerySet[Finansiering]:
    """What waits for a second person of the operator's."""
    egne = Finansiering.objects.egne(aktoer).filter(omfatter__contains=[tilbud_id], tilstand="indsendt")
    return egne.order_by("indsendt", "id")


def ophoerte(aktoer: Aktoer, tilbud_id: UUID) -> QuerySet[Finansiering]:
    """What was said once and has been corrected, the last first."""
    synlige = Finansiering.objects.synlige_for(aktoer).filter(omfatter__contains=[tilbud_id], ophoert__isnull=False)
    return synlige.order_by("-ophoert", "id")


def i_aaret(aktoer: Aktoer, aar: int, kommune: str = "") -> QuerySet[Finansiering]:
    """What municipalities pay by a key in the year; with a kommunekode, what that one is among those who pay."""
    gaeldende = Finansiering.objects.offentlige(aktoer).filter(aar=aar).select_related(*MED).annotate(klausuler=KLAUSUL)
    if kommune:
        gaeldende = gaeldende.filter(beregning__inddata__noegler__contains=[{"part": kommune}])
    return gaeldende.order_by("navn", "id")


def tilbuddene(et: Finansiering) -> Sequence[Tilbud]:
    """The offers it pays for."""
    return list(Tilbud.objects.filter(pk__in=et.omfatter).order_by("navn_sortering", "pk"))


@dataclass(frozen=True, slots=True)
class Betaling:
    """What a municipality pays of a financing."""

    finansiering: Finansiering
    kommune: str
    andel: Andel


def betalinger(finansieringer: Collection[Finansiering], kommune: str = "") -> list[Betaling]:
    """What each municipality pays, or one alone, in Danish order. One statement however many."""
    raekkefoelge = {kode: (nummer, navn) for nummer, (kode, navn) in enumerate(kommunenavne().items())}
    fundne = [
        Betaling(et, raekkefoelge[andel.kommunekode][1], andel)
        for et in finansieringer
        for andel in et.andele
        if not kommune or andel.kommunekode == kommune
    ]
    return sorted(fundne, key=lambda betaling: raekkefoelge[betaling.andel.kommunekode][0])


def kommunenavne() -> Mapping[str, str]:
    """The name of every municipality by its kommunekode, in Danish order."""
    return dict(Kommune.objects.order_by("kortnavn_sortering", "pk").values_list("kommunekode", "kortnavn"))


def egne_andre(aktoer: Aktoer, tilbud: Tilbud) -> QuerySet[Tilbud]:
    """The operator's further offers, that an amount can pay for as well."""
    return Tilbud.objects.drevet_af(aktoer).exclude(pk=tilbud.pk).order_by("navn_sortering", "pk")


def kommuner_i_kkr(tilbud: Tilbud, dag: date) -> list[str]:
    """The municipalities of the KKR the offer lies in: those that most often share a cost."""
    kkr = KkrMedlemskab.objects.paa(dag).filter(kommune=tilbud.beliggenhedskommune_id).order_by().values("kkr")
    medlemmer = KkrMedlemskab.objects.paa(dag).filter(kkr__in=kkr)
    return list(medlemmer.order_by("kommune").values_list("kommune_id", flat=True))
