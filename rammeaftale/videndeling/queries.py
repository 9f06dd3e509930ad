"""Reading who owes knowledge to whom in an agreement, and what has been passed on in its period."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.tid import Periode
from kommuner.kkr import kommuner_i, samles_i
from kommuner.models import Organisation, Organisationsart
from kommuner.queries import kkrmedlemmer
from rammeaftale.livscyklus import afgoerelsesdag
from rammeaftale.models import Part, Rammeaftale, Videndeling, Videnmodtager
from rammeaftale.videndeling.regler import ALLE, KLYNGEN, Deling, Opgoerelse, Tilbudspligt, opgoer
from tilbud.models import Klynge, KlyngeMedlemskab, Niveau, Tilbud

SKYLDENDE = (ALLE, KLYNGEN)  # the levels that owe anybody knowledge


@dataclass(frozen=True, slots=True)
class Pligtvisning:
    """An offer's duty with what people read: the offer, its level, and whom it owes by name."""

    tilbud: Tilbud
    niveau: int
    opgoerelse: Opgoerelse
    navne: Mapping[UUID, str]

    @property
    def mangler(self) -> list[str]:
        """Those who have had nothing, in Danish order."""
        return [navn for pk, navn in self.navne.items() if pk in self.opgoerelse.mangler]

    @property
    def faaet(self) -> list[str]:
        """Those who have had something, in Danish order."""
        return [navn for pk, navn in self.navne.items() if pk in self.opgoerelse.faaet]

    @property
    def tekst(self) -> str:
        """`3 af 28 har fået viden`."""
        return f"{len(self.opgoerelse.faaet)} af {len(self.opgoerelse.skyldes)} har fået viden"


def pligtdag(aftale: Rammeaftale, dag: date) -> date:
    """The day whose members, levels and clusters decide who owes whom: the day itself, or the agreement's nearest to it.

    What an agreement that has run out owed is not changed by what its offers and municipalities are today.
    """
    return afgoerelsesdag(aftale.aftaleperiode, dag)


def kommuner_paa(aftale: Rammeaftale, dag: date) -> dict[UUID, str]:
    """The agreement's municipalities on the day by id, in Danish order."""
    parter = Part.objects.filter(
        aftale=aftale, periode__contains=pligtdag(aftale, dag), organisation__art=Organisationsart.KOMMUNE
    ).order_by("organisation__navn_sortering", "id")
    return dict(parter.values_list("organisation", "organisation__navn"))


def tilbud_i(aftale: Rammeaftale, dag: date) -> QuerySet[Tilbud]:
    """The offers open on the day in the municipalities of what the agreement's KKR is then, in Danish order."""
    return (
        Tilbud.objects.aabne(dag)
        .filter(beliggenhedskommune__in=kommuner_i(kkrmedlemmer(), aftale.kkr_id, dag))
        .select_related("driftsherre", "beliggenhedskommune")
        .defer("beliggenhedskommune__graense")
        .order_by("navn_sortering", "id")
    )


def pligter(aftale: Rammeaftale, niveau: int, dag: date) -> list[Pligtvisning]:
    """The duties of the offers on a level on the day (`pligtdag`), in Danish order, and what was done in the agreement's period until then.

    Eight statements however many offers.
    """
    dag = pligtdag(aftale, dag)
    paa_niveauet = Niveau.objects.paa(dag).filter(niveau=niveau).values("tilbud")
    return _vis(aftale, niveau, tilbud_i(aftale, dag).filter(pk__in=paa_niveauet), dag)


def pligt(aftale: Rammeaftale, tilbud_id: UUID, dag: date) -> Pligtvisning | None:
    """One offer's duty; None when it is not in the agreement's municipalities, is closed, or owes nobody anything."""
    dag = pligtdag(aftale, dag)
    niveau = Niveau.objects.paa(dag).filter(tilbud=tilbud_id, niveau__in=SKYLDENDE).first()
    if niveau is None:
        return None
    fundne = _vis(aftale, niveau.niveau, tilbud_i(aftale, dag).filter(pk=tilbud_id), dag)
    return fundne[0] if fundne else None


def _vis(aftale: Rammeaftale, niveau: int, tilbud: QuerySet[Tilbud], dag: date) -> list[Pligtvisning]:
    kommuner = kommuner_paa(aftale, dag)
    fundne = {t.pk: t for t in tilbud}
    klynger = _klyngernes(aftale, list(fundne.values()), dag) if niveau == KLYNGEN else {}
    skyldnere = [Tilbudspligt(t.pk, t.driftsherre_id, niveau, klynger.get(t.pk, frozenset())) for t in fundne.values()]
    gjort = (
        Deling(d.tilbud_id, d.dato, frozenset(m.organisation_id for m in d.modtagere.all()))
        for d in delinger(aftale, dag).filter(tilbud__in=list(fundne))
    )
    return [
        Pligtvisning(fundne[o.tilbud], niveau, o, {pk: n for pk, n in kommuner.items() if pk in o.skyldes})
        for o in opgoer(skyldnere, gjort, kommuner.keys())
    ]


def _klyngernes(aftale: Rammeaftale, tilbud: Sequence[Tilbud], dag: date) -> dict[UUID, frozenset[UUID]]:
    """For each offer on level 2 the organisations of the clusters it is shared in, as `tilbud.klynger.queries.delte_tilbud` says."""
    medlemmer: dict[UUID, dict[str, UUID]] = defaultdict(dict)
    paa = KlyngeMedlemskab.objects.paa(dag).filter(klynge__kkr__in=samles_i(kkrmedlemmer(), aftale.kkr_id, dag))
    for klynge, kommune, organisation in paa.values_list("klynge", "kommune", "kommune__organisation"):
        medlemmer[klynge][kommune] = organisation
    klynger = {
        k.pk: {m.pk for m in k.maalgrupper.all()}
        for k in Klynge.objects.filter(pk__in=list(medlemmer)).prefetch_related("maalgrupper")
    }
    dets: dict[UUID, set[UUID]] = defaultdict(set)
    for tilbud_id, gruppe in Tilbud.maalgrupper.through.objects.filter(tilbud__in=tilbud).values_list(
        "tilbud", "maalgruppe"
    ):
        dets[tilbud_id].add(gruppe)
    return {
        t.pk: frozenset[UUID]().union(
            *(
                organisationer.values()
                for klynge, organisationer in medlemmer.items()
                if t.beliggenhedskommune_id in organisationer and (not klynger[klynge] or klynger[klynge] & dets[t.pk])
            )
        )
        for t in tilbud
    }


def delinger(aftale: Rammeaftale, dag: date) -> QuerySet[Videndeling]:
    """What was passed on in the agreement's period until the day, latest first, with those who had it."""
    periode = aftale.aftaleperiode
    modtagere = Videnmodtager.objects.select_related("organisation").order_by("organisation__navn_sortering", "id")
    fundne = Videndeling.objects.filter(dato__gte=periode.fra, dato__lte=dag)
    if periode.til is not None:
        fundne = fundne.filter(dato__lt=periode.til)
    return fundne.select_related("registreret_af").prefetch_related(Prefetch("modtagere", queryset=modtagere))


def maa_registrere(aktoer: Aktoer, aftale: Rammeaftale, tilbud: Tilbud) -> bool:
    """Whether the actor may say what the offer passed on: its operator, or the agreement's secretariat. Needs `aftale.kkr` loaded."""
    egen = aktoer.maa(Rettighed.TILBUD_SKRIV) and aktoer.driver(tilbud.driftsherre_id, tilbud.pk)
    sekretariat = aktoer.funktion is Funktion.SEKRETARIAT and aftale.kkr.sekretariat_id == aktoer.organisation_id
    return egen or (sekretariat and aktoer.maa(Rettighed.AFTALER_SKRIV))


def mulige_modtagere(aftale: Rammeaftale, dag: date) -> QuerySet[Organisation]:
    """The agreement's parties of the day, regions too, in Danish order."""
    parter = Part.objects.filter(aftale=aftale, periode__contains=pligtdag(aftale, dag)).values("organisation")
    return Organisation.objects.filter(pk__in=parter).order_by("navn_sortering", "pk")


def parter_hidtil(aftale: Rammeaftale, dag: date) -> QuerySet[Organisation]:
    """Those who have been the agreement's parties on any day of it until this one (`pligtdag`), regions too, in Danish order."""
    dage = Periode(aftale.aftaleperiode.fra, pligtdag(aftale, dag) + timedelta(days=1))
    parter = Part.objects.filter(aftale=aftale, periode__overlap=dage.som_range).values("organisation")
    return Organisation.objects.filter(pk__in=parter).order_by("navn_sortering", "pk")


HOVED = ("Tilbud", "Kommune", "Driftsherre", "Niveau", "Skylder", "Har fået viden", "Gange", "Senest", "Platformens id")


def raekker_ud(visninger: Iterable[Pligtvisning]) -> Iterator[Sequence[Any]]:
    """A row for each offer and each municipality it owes knowledge."""
    for v in visninger:
        fast = (v.tilbud.navn, v.tilbud.beliggenhedskommune.kortnavn, v.tilbud.driftsherre.navn, v.niveau)
        for pk, navn in v.navne.items():
            faaet = "Ja" if pk in v.opgoerelse.faaet else "Nej"
            yield (*fast, navn, faaet, v.opgoerelse.gange, v.opgoerelse.sidst, str(v.tilbud.pk))
