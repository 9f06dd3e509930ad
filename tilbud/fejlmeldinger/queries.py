"""Reading reports: the public numbers of offers, and the reports somebody is a party to."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Count, F, Q, QuerySet, Value, When

from faelles.aktoer import Aktoer, Funktion
from kommuner.models import KkrMedlemskab
from tilbud.fejlmeldinger.overgange import AABNE, BESVAREDE, Fejltilstand, Overgang, Part, mulige
from tilbud.fejlmeldinger.tillid import Fejltal
from tilbud.models import Fejlmelding, Fejlsag


def fejltal(tilbud: Collection[UUID], dag: date) -> Mapping[UUID, Fejltal]:
    """The open reports of each offer that has any. One statement."""
    raekker = (
        Fejlmelding.objects.aabne()
        .filter(tilbud__in=list(tilbud))
        .order_by()
        .values("tilbud")
        .annotate(aabne=Count("pk"), overskredne=Count("pk", filter=Q(frist__lt=dag)))
        .values_list("tilbud", "aabne", "overskredne")
    )
    return {tilbud_id: Fejltal(aabne, overskredne) for tilbud_id, aabne, overskredne in raekker}


def aabne_fejl(tilbud_id: UUID) -> QuerySet[Fejlmelding]:
    """What everybody may see of an offer's open reports, the first deadline in front."""
    return Fejlmelding.objects.aabne().filter(tilbud=tilbud_id).select_related("afdeling").order_by("frist", "pk")


def sager(aktoer: Aktoer) -> QuerySet[Fejlsag]:
    """The reports the actor is a party to: open ones first by deadline, then the latest."""
    aaben = Case(
        When(fejlmelding__tilstand__in=sorted(AABNE), then=Value(value=True)),
        default=Value(value=False),
        output_field=BooleanField(),
    )
    frist = Case(When(fejlmelding__tilstand__in=sorted(AABNE), then=F("fejlmelding__frist")))
    return (
        Fejlsag.objects.synlige_for(aktoer)
        .select_related("fejlmelding__tilbud", "fejlmelding__afdeling", "organisation", "driftsherre")
        .annotate(aaben=aaben, svarfrist=frist)
        .order_by("-aaben", F("svarfrist").asc(nulls_last=True), "-fejlmelding__meldt", "-fejlmelding_id")
    )


def til_svar(aktoer: Aktoer) -> QuerySet[Fejlsag]:
    """Open ones about the actor's own offers, the first deadline in front."""
    return sager(aktoer).filter(driftsherre=aktoer.organisation_id, fejlmelding__tilstand__in=sorted(AABNE))


def besvarede(aktoer: Aktoer, siden: date) -> QuerySet[Fejlsag]:
    """Those the actor's organisation reported and that were answered on the day or later, the latest first."""
    return (
        sager(aktoer)
        .filter(organisation=aktoer.organisation_id, funktion=aktoer.funktion.value)
        .filter(fejlmelding__tilstand__in=sorted(BESVAREDE), fejlmelding__afsluttet__date__gte=siden)
        .order_by("-fejlmelding__afsluttet", "-fejlmelding_id")
    )


def overskredne(dag: date, sekretariat_id: UUID) -> QuerySet[Fejlmelding]:
    """Reports nobody has answered in time about offers in the municipalities the secretariat works for, the oldest deadline first."""
    kommuner = KkrMedlemskab.objects.paa(dag).filter(kkr__sekretariat=sekretariat_id).values("kommune")
    return (
        Fejlmelding.objects.overskredne(dag)
        .filter(tilbud__beliggenhedskommune__in=kommuner)
        .select_related("tilbud__driftsherre")
        .order_by("frist", "pk")
    )


def parter(aktoer: Aktoer, sag: Fejlsag) -> frozenset[Part]:
    """Which of its parties the actor is; both when an operator has reported an error in its own offer."""
    fundne = set()
    if sag.organisation_id == aktoer.organisation_id and sag.funktion == aktoer.funktion.value:
        fundne.add(Part.MELDER)
    if aktoer.funktion is Funktion.DRIFTSHERRE and aktoer.driver(sag.driftsherre_id, sag.tilbud_id):
        fundne.add(Part.EJER)
    return frozenset(fundne)


def skridt(aktoer: Aktoer, sag: Fejlsag) -> tuple[Overgang, ...]:
    """What the actor may do about it now."""
    return mulige(Fejltilstand(sag.fejlmelding.tilstand), parter(aktoer, sag))


HOVED = (
    "Oplysning", "Tilbud", "Afdeling", "Tilstand", "Frist", "Meldt", "Meldt af", "Driftsherre", "Afsluttet", "Platformens id",
)  # fmt: skip


def raekker_ud(fundne: Iterable[Fejlsag]) -> Iterator[Sequence[Any]]:
    """A row for each report, as the list shows it."""
    for sag in fundne:
        fejl = sag.fejlmelding
        yield (
            fejl.get_faktum_display(),
            fejl.tilbud.navn,
            fejl.afdeling.navn if fejl.afdeling else "",
            fejl.get_tilstand_display(),
            fejl.frist,
            fejl.meldt,
            sag.organisation.navn,
            sag.driftsherre.navn,
            fejl.afsluttet,
            str(fejl.pk),
        )
