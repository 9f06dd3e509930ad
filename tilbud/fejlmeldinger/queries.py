"""Reading reports: the public numbers of offers, and the reports somebody is a party to."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce, RowNumber

from faelles.aktoer import Aktoer, Funktion
from kommuner.models import KkrMedlemskab, Organisation
from tilbud.fejlmeldinger.overgange import AABNE, BESVAREDE, Fejltilstand, Overgang, Part, mulige
from tilbud.models import Fejlmelding, Fejlsag, OffentligtTilbud, Tilbud
from vilkaar.kilde import Kilde, Term, alle_i_ord, kilder, kilder_i_ord
from vilkaar.noegler import Noegle


def fejltal(tilbud: Collection[UUID], dag: date) -> QuerySet[Any, Any]:
    """How many open reports each offer that has any has, and how many are past their deadline: the fields of `Fejltal`."""
    return (
        Fejlmelding.objects.aabne()
        .filter(tilbud__in=list(tilbud))
        .order_by()
        .values("tilbud")
        .annotate(aabne=Count("pk"), overskredne=Count("pk", filter=Q(frist__lt=dag)))
    )


def aabne_fejl(tilbud_id: UUID) -> QuerySet[Fejlmelding]:
    """What everybody may see of an offer's open reports, the first deadline in front."""
    return Fejlmelding.objects.aabne().filter(tilbud=tilbud_id).select_related("afdeling").order_by("frist", "pk")


def aabne_fejl_i_klynge(klynge_id: UUID) -> QuerySet[Fejlmelding]:
    """As `aabne_fejl`, of a cluster's."""
    return Fejlmelding.objects.aabne().filter(klynge=klynge_id).order_by("frist", "pk")


def med_fejl(tilbud: QuerySet[OffentligtTilbud], dag: date) -> QuerySet[OffentligtTilbud]:
    """Published offers with how many open reports each has (`aabne_fejl`), and whether somebody would answer one (`har_modtager`, by the rule of `andre.kommunen`)."""
    fejl = Fejlmelding.objects.aabne().filter(offentligt=OuterRef("pk")).order_by().values("offentligt")
    svarende = KkrMedlemskab.objects.paa(dag).filter(kkr__sekretariat__isnull=False)
    i_kommunen = Exists(svarende.filter(kommune=OuterRef("kommune")))
    hos_driftsherren = Exists(svarende.filter(kommune__organisation__navn=OuterRef("driftsherre")))
    svarer = Case(When(Q(i_kommunen) | Q(hos_driftsherren, kommune=None), then=True), default=False)
    antal = Subquery(fejl.values(antal=Count("pk")), output_field=IntegerField())
    return tilbud.annotate(aabne_fejl=Coalesce(antal, 0), har_modtager=svarer)


def sager(aktoer: Aktoer) -> QuerySet[Fejlsag]:
    """The reports the actor is a party to: open ones first by deadline, then the latest."""
    return _aabne_foerst(Fejlsag.objects.synlige_for(aktoer))


def _aabne_foerst(fundne: QuerySet[Fejlsag]) -> QuerySet[Fejlsag]:
    aaben = Case(
        When(fejlmelding__tilstand__in=sorted(AABNE), then=Value(value=True)),
        default=Value(value=False),
        output_field=BooleanField(),
    )
    frist = Case(When(fejlmelding__tilstand__in=sorted(AABNE), then=F("fejlmelding__frist")))
    return (
        fundne.select_related(
            "fejlmelding__tilbud",
            "fejlmelding__afdeling",
            "fejlmelding__offentligt",
            "fejlmelding__klynge",
            "organisation",
            "driftsherre",
            "sekretariat",
        )
        .annotate(aaben=aaben, svarfrist=frist)
        .order_by("-aaben", F("svarfrist").asc(nulls_last=True), "-fejlmelding__meldt", "-fejlmelding_id")
    )


def fristens_kilde(fejl: Fejlmelding) -> Kilde | None:
    """The clause and set the deadline was made under."""
    return kilder([_term(fejl)]).get(_term(fejl))


def fristernes_kilder(fundne: Iterable[Fejlsag]) -> list[str]:
    """The clauses and sets the deadlines were made under, in words, each once. One statement."""
    return alle_i_ord(_term(sag.fejlmelding) for sag in fundne)


def _term(fejl: Fejlmelding) -> Term:
    return fejl.vilkaarssaet_id, Noegle.FEJLMELDING_FRIST_DAGE


def til_startsiden(aktoer: Aktoer, siden: date, hoejst: int) -> tuple[list[Fejlsag], list[Fejlsag]]:
    """What the actor is to answer, the first deadline in front, and what its organisation reported and was answered on the day or
    later, the latest in front: at most so many of each. One statement.
    """
    synlige = Fejlsag.objects.synlige_for(aktoer)
    modtagne = synlige.modtaget_af(aktoer).filter(fejlmelding__tilstand__in=sorted(AABNE)).order_by()
    skal_svares = Q(pk__in=modtagne.values("pk"))
    besvaret = Q(
        organisation=aktoer.organisation_id,
        funktion=aktoer.funktion.value,
        fejlmelding__tilstand__in=sorted(BESVAREDE),
        fejlmelding__afsluttet__date__gte=siden,
    )
    orden = (F("svarfrist").asc(nulls_last=True), F("fejlmelding__afsluttet").desc(), F("fejlmelding_id").desc())
    fundne = (
        _aabne_foerst(synlige.filter(skal_svares | besvaret))
        .annotate(skal_svares=Case(When(skal_svares, then=Value(value=True)), default=Value(value=False)))
        .annotate(nummer=Window(RowNumber(), partition_by="skal_svares", order_by=orden))
        .filter(nummer__lte=hoejst)
        .order_by(*orden)
    )
    venter: list[Fejlsag] = []
    svar: list[Fejlsag] = []
    for sag in fundne:
        (venter if sag.skal_svares else svar).append(sag)
    return venter, svar


def overskredne(dag: date, sekretariat: Aktoer) -> QuerySet[Fejlmelding]:
    """Reports no operator has answered in time in the municipalities the secretariat works for, the oldest deadline first."""
    kommuner = KkrMedlemskab.objects.paa(dag).filter(kkr__sekretariat=sekretariat.organisation_id).values("kommune")
    return (
        Fejlmelding.objects.overskredne(dag)
        .filter(tilbud__beliggenhedskommune__in=kommuner)
        .exclude(sag__sekretariat=sekretariat.organisation_id)
        .select_related("tilbud__driftsherre")
        .order_by("frist", "pk")
    )


def sekretariat_for(tilbud: Tilbud, dag: date) -> Organisation | None:
    """The secretariat of the KKR the offer lies in on the day, if it has one."""
    kkr = KkrMedlemskab.objects.paa(dag).filter(kommune=tilbud.beliggenhedskommune_id).values("kkr")
    return Organisation.objects.filter(kkr__in=kkr).first()


def parter(aktoer: Aktoer, sag: Fejlsag) -> frozenset[Part]:
    """Which of its parties the actor is; both when it has reported an error in what is its own."""
    fundne = set()
    if sag.organisation_id == aktoer.organisation_id and sag.funktion == aktoer.funktion.value:
        fundne.add(Part.MELDER)
    if _ejer(aktoer, sag):
        fundne.add(Part.EJER)
    return frozenset(fundne)


def _ejer(aktoer: Aktoer, sag: Fejlsag) -> bool:
    if sag.sekretariat_id is None and sag.driftsherre_id is not None and sag.tilbud_id is not None:
        return aktoer.driver(sag.driftsherre_id, sag.tilbud_id)
    return aktoer.funktion is Funktion.SEKRETARIAT and sag.sekretariat_id == aktoer.organisation_id


def skridt(aktoer: Aktoer, sag: Fejlsag) -> tuple[Overgang, ...]:
    """What the actor may do about it now."""
    return mulige(Fejltilstand(sag.fejlmelding.tilstand), parter(aktoer, sag))


def _slags(fejl: Fejlmelding) -> str:
    return str(fejl.om._meta.verbose_name).capitalize()


HOVED = (
    "Oplysning", "Tilbud eller klynge", "Slags", "Afdeling", "Tilstand", "Frist", "Fristen efter", "Meldt", "Meldt af", "Modtager", "Afsluttet", "Platformens id",
)  # fmt: skip


def raekker_ud(fundne: Sequence[Fejlsag]) -> Iterator[Sequence[Any]]:
    """A row for each report, as the list shows it."""
    kilder = kilder_i_ord(_term(sag.fejlmelding) for sag in fundne)
    for sag in fundne:
        fejl = sag.fejlmelding
        yield (
            fejl.get_faktum_display(),
            fejl.om.navn,
            _slags(fejl),
            fejl.afdeling.navn if fejl.afdeling else "",
            fejl.get_tilstand_display(),
            fejl.frist,
            kilder[_term(fejl)],
            fejl.meldt,
            sag.organisation.navn,
            sag.modtager.navn,
            fejl.afsluttet,
            str(fejl.pk),
        )
