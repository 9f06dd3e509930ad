"""Reading levels: a KKR's offers with their places, knowledge and history, and one offer's."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.tid import Periode
from kommuner.kkr import kommuner_i as kkrets_kommuner
from kommuner.models import Kkr, KkrMedlemskab, Kommune
from kommuner.queries import TomtKkr, kkrmedlemmer, tomt_kkr
from tilbud.models import Niveau, Plads, Tilbud, Ydelse
from tilbud.niveauer.specialisering import Indplacering
from tilbud.niveauer.udvikling import Historik, Niveauperiode, paa


@dataclass(frozen=True, slots=True)
class Omraade:
    """A KKR's offers on a day: those open, in Danish order, and the levels of all it has had, closed ones too.

    `tomt`: when no municipality belongs to it. If others have taken its place, the offers are theirs.
    """

    dag: date
    tomt: TomtKkr | None
    indplaceringer: Sequence[Indplacering]
    historik: Historik
    navne: Mapping[UUID, str]


def kommuner_i(kkr: Kkr, dag: date) -> QuerySet[Kommune]:
    """The municipalities of the KKR on the day, or of what has taken its place by then, in Danish order. Two statements."""
    koder = kkrets_kommuner(kkrmedlemmer(), kkr.pk, dag)
    return Kommune.objects.filter(pk__in=koder).order_by("kortnavn_sortering").defer("graense")


def eget_kkr(aktoer: Aktoer, dag: date) -> Kkr | None:
    """The KKR the actor works in: the secretariat's, the municipality's own, or the one where most of a region's lie."""
    organisation = aktoer.organisation_id
    i_kkr = KkrMedlemskab.objects.paa(dag).filter(
        Q(kommune__organisation=organisation)
        | Q(kommune__region_medlemskaber__region=organisation, kommune__region_medlemskaber__periode__contains=dag)
    )
    flest = i_kkr.values("kkr").annotate(antal=Count("pk")).order_by("-antal", "kkr").values_list("kkr", flat=True)
    return Kkr.objects.filter(sekretariat=organisation).first() or Kkr.objects.filter(pk__in=flest[:1]).first()


def sekretariat_for(aktoer: Aktoer, tilbud: Tilbud, dag: date) -> bool:
    """Whether the actor may register the offer's level: the secretariat of the KKR it lies in on the day."""
    return (
        aktoer.funktion is Funktion.SEKRETARIAT
        and aktoer.maa(Rettighed.NIVEAUER_SKRIV)
        and KkrMedlemskab.objects.paa(dag)
        .filter(kommune=tilbud.beliggenhedskommune_id, kkr__sekretariat=aktoer.organisation_id)
        .exists()
    )


def omraade(kkr: Kkr, dag: date) -> Omraade:
    """Seven statements however many offers, and one for a KKR without municipalities."""
    medlemmer = kkrmedlemmer()
    alle = Tilbud.objects.filter(beliggenhedskommune__in=kkrets_kommuner(medlemmer, kkr.pk, dag))
    navne = dict(alle.order_by().values_list("pk", "navn"))
    historik = historik_for(alle)
    pladser = _antal(
        Plads.objects.aabne_paa(dag).filter(afdeling__tilbud__in=alle.order_by()).order_by(), "afdeling__tilbud"
    )
    ydelser = _antal(Ydelse.objects.paa(dag).filter(tilbud__in=alle.order_by()).order_by(), "tilbud")
    grupper: dict[UUID, list[str]] = defaultdict(list)
    koblinger = alle.filter(maalgrupper__isnull=False).order_by("maalgrupper__term_sortering")
    for tilbud, term in koblinger.values_list("pk", "maalgrupper__term"):
        grupper[tilbud].append(term)
    raekker = alle.aabne(dag).values_list(
        "pk", "navn", "beliggenhedskommune__kortnavn", "driftsherre__navn", "metoder"
    )  # in the model's own order
    fundne = []
    for pk, navn, kommune, driftsherre, metoder in raekker:
        niveau = paa(historik.get(pk, ()), dag)
        fundne.append(
            Indplacering(
                tilbud=pk,
                navn=navn,
                kommune=kommune,
                driftsherre=driftsherre,
                niveau=niveau.niveau if niveau else None,
                siden=niveau.periode.fra if niveau else None,
                grund=niveau.grund if niveau else "",
                pladser=pladser.get(pk, 0),
                viden=len(metoder) + ydelser.get(pk, 0),
                maalgrupper=grupper.get(pk, []),
            )
        )
    return Omraade(dag, tomt_kkr(medlemmer, kkr.pk, dag), fundne, historik, navne)


def _antal(raekker: QuerySet[Any], felt: str) -> dict[UUID, int]:
    return dict(raekker.values(felt).annotate(antal=Count("pk")).values_list(felt, "antal"))


def historik_for(tilbud: QuerySet[Tilbud]) -> Historik:
    """The levels of these offers in the order of their days."""
    fundne: dict[UUID, list[Niveauperiode]] = defaultdict(list)
    raekker = Niveau.objects.filter(tilbud__in=tilbud.order_by()).order_by("periode")
    for pk, niveau, periode, grund in raekker.values_list("tilbud", "niveau", "periode", "grund"):
        fundne[pk].append(Niveauperiode(niveau, Periode.af_range(periode), grund))
    return fundne


HOVED = ("Tilbud", "Kommune", "Driftsherre", "Niveau", "Gælder fra", "Sidste dag", "Begrundelse", "Platformens id")


def raekker_ud(kommuner: Iterable[Kommune]) -> Iterator[Sequence[Any]]:
    """Every level of the municipalities' offers as a row of the table that is taken out, closed offers too."""
    niveauer = (
        Niveau.objects.filter(tilbud__beliggenhedskommune__in=[kommune.pk for kommune in kommuner])
        .select_related("tilbud__driftsherre", "tilbud__beliggenhedskommune")
        .defer("tilbud__beliggenhedskommune__graense")
        .order_by("tilbud__navn_sortering", "tilbud", "periode")
    )
    for niveau in niveauer.iterator(chunk_size=500):
        periode = Periode.af_range(niveau.periode)
        yield (
            niveau.tilbud.navn,
            niveau.tilbud.beliggenhedskommune.kortnavn,
            niveau.tilbud.driftsherre.navn,
            niveau.niveau,
            periode.fra,
            periode.sidste_dag,
            niveau.grund,
            str(niveau.tilbud_id),
        )
