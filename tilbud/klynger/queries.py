"""Reading clusters: with their members of a day, and the offers they share."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.tid import Periode
from kommuner.kkr import kkr_paa, samles_i
from kommuner.models import Kkr
from kommuner.queries import kkrmedlemmer
from tilbud.models import Fejlmelding, Klynge, KlyngeMedlemskab, Niveau, Tilbud


@dataclass(frozen=True, slots=True)
class Klyngevisning:
    """A cluster and the names of its members on a day, in Danish order."""

    klynge: Klynge
    medlemmer: Sequence[str]


def klynger_i(kkr: Kkr, dag: date) -> list[Klyngevisning]:
    """The clusters of the KKR, and of those it has taken over from by the day, by name. Four statements however many."""
    medlemmer = _medlemmer(KlyngeMedlemskab.objects.paa(dag))
    klynger = _i(kkr.pk, dag).prefetch_related("maalgrupper", Prefetch("medlemskaber", queryset=medlemmer))
    return [Klyngevisning(k, [m.kommune.kortnavn for m in k.medlemskaber.all()]) for k in klynger]


def _i(kkr_id: UUID, dag: date) -> QuerySet[Klynge]:
    return Klynge.objects.filter(kkr__in=samles_i(kkrmedlemmer(), kkr_id, dag))


def _medlemmer(medlemskaber: QuerySet[KlyngeMedlemskab]) -> QuerySet[KlyngeMedlemskab]:
    return (
        medlemskaber.select_related("kommune")
        .defer("kommune__graense")
        .order_by("kommune__kortnavn_sortering", "periode")
    )


def medlemskaber(klynge: Klynge) -> QuerySet[KlyngeMedlemskab]:
    """Every membership, of today, before and to come."""
    return _medlemmer(KlyngeMedlemskab.objects.filter(klynge=klynge))


def medlemmer_paa(klynge: Klynge, dag: date) -> list[str]:
    """The names of its members on a day, in Danish order."""
    return [m.kommune.kortnavn for m in _medlemmer(KlyngeMedlemskab.objects.paa(dag).filter(klynge=klynge))]


def delte_tilbud(klynge: Klynge, dag: date) -> QuerySet[Tilbud]:
    """Open offers on level 2 in the members' municipalities on the day, for one of the cluster's target groups if it names any."""
    medlemmer = KlyngeMedlemskab.objects.paa(dag).filter(klynge=klynge).values("kommune")
    paa_niveauet = Niveau.objects.paa(dag).filter(niveau=Niveau.SPECIALISERET).values("tilbud")
    tilbud = Tilbud.objects.aabne(dag).filter(beliggenhedskommune__in=medlemmer, pk__in=paa_niveauet)
    grupper = klynge.maalgrupper.values("pk")
    if grupper.exists():
        tilbud = tilbud.filter(
            pk__in=Tilbud.maalgrupper.through.objects.filter(maalgruppe__in=grupper).values("tilbud")
        )
    return tilbud.select_related("driftsherre", "beliggenhedskommune").defer("beliggenhedskommune__graense")


def klynger_om(tilbud_id: UUID, kommune: str, dag: date) -> list[Klynge]:
    """The clusters that share an offer in the municipality on the day (`delte_tilbud`), by name."""
    medlem = KlyngeMedlemskab.objects.paa(dag).filter(kommune=kommune).values("klynge")
    paa_niveauet = Niveau.objects.paa(dag).filter(niveau=Niveau.SPECIALISERET, tilbud=tilbud_id)
    dens = Q(maalgrupper=None) | Q(maalgrupper__tilbud=tilbud_id)
    aabent = Tilbud.objects.aabne(dag).filter(pk=tilbud_id)
    return list(Klynge.objects.filter(Exists(aabent), Exists(paa_niveauet), dens, pk__in=medlem).distinct())


def maa_skrive(aktoer: Aktoer, kkr: Kkr) -> bool:
    """Whether the actor is the KKR's secretariat."""
    return (
        aktoer.funktion is Funktion.SEKRETARIAT
        and aktoer.maa(Rettighed.NIVEAUER_SKRIV)
        and kkr.sekretariat_id == aktoer.organisation_id
    )


def i_sekretariatets_kkr(aktoer: Aktoer, dag: date) -> QuerySet[Klynge]:
    """The clusters the actor may change: those of its KKR, which may have taken them over from another."""
    kkr_id = Kkr.objects.filter(sekretariat=aktoer.organisation_id).values_list("pk", flat=True).first()
    return _i(kkr_id, dag) if kkr_id else Klynge.objects.none()


def ansvarligt_kkr(klynge: Klynge, dag: date) -> Kkr:
    """The KKR the cluster belongs to on the day: its own, or the one that has become."""
    nu = kkr_paa(kkrmedlemmer(), klynge.kkr_id, dag)
    return klynge.kkr if klynge.kkr_id in nu or len(nu) != 1 else Kkr.objects.get(pk__in=nu)


def klyngeraekker(
    dag: date, maalgrupper: Collection[UUID] = (), kommuner: Collection[str] = ()
) -> "QuerySet[Klynge, Any]":
    """Clusters with every membership as they are told over REST: one statement however many.

    `maalgrupper`: those for one of them, one that names none is for all; `kommuner`: with one of them as a member on the day.
    """
    fundne: QuerySet[Klynge, Any] = Klynge.objects.values(
        "id", "navn", "navn_sortering", "formaal", "til", "kkr_id", "kkr__navn"
    )
    grupper = Klynge.maalgrupper.through.objects.filter(klynge=OuterRef("pk"))
    medlemmer = KlyngeMedlemskab.objects.filter(klynge=OuterRef("pk"))
    if maalgrupper:
        fundne = fundne.filter(~Exists(grupper) | Exists(grupper.filter(maalgruppe__in=maalgrupper)))
    if kommuner:
        fundne = fundne.filter(Exists(medlemmer.paa(dag).filter(kommune__in=kommuner)))
    perioder = JSONObject(kommunekode="kommune_id", fra="periode__startswith", til="periode__endswith")
    fejl = Fejlmelding.objects.aabne().filter(klynge=OuterRef("pk")).order_by().values("klynge")
    return fundne.annotate(
        gruppekoder=ArraySubquery(grupper.order_by("maalgruppe_id").values("maalgruppe_id")),
        medlemmer=ArraySubquery(medlemmer.order_by("kommune_id", "periode").values(r=perioder)),
        aabne_fejl=Coalesce(Subquery(fejl.annotate(antal=Count("pk")).values("antal")), 0),
    )


TILBUDSHOVED = ("Tilbud", "Kommune", "Driftsherre", "Platformens id")


def tilbud_ud(klynge: Klynge, dag: date) -> Iterator[Sequence[Any]]:
    """A row for each offer the cluster shares."""
    for t in delte_tilbud(klynge, dag).iterator(chunk_size=500):
        yield (t.navn, t.beliggenhedskommune.kortnavn, t.driftsherre.navn, str(t.pk))


HOVED = (
    "Klynge",
    "Formål",
    "Målgrupper",
    "Kommune",
    "Medlem fra",
    "Sidste dag",
    "Klyngen afsluttet fra",
    "Platformens id",
)


def afloeseres_navne(dag: date) -> Mapping[UUID, str]:
    """For each KKR that has become another by the day, what that one is called. One statement, and one more if any has."""
    medlemmer = kkrmedlemmer()
    nu = {kkr: kkr_paa(medlemmer, kkr, dag) for kkr in {m.kkr for m in medlemmer}}
    afloest = {kkr: next(iter(nye)) for kkr, nye in nu.items() if len(nye) == 1 and kkr not in nye}
    navne = dict(Kkr.objects.filter(pk__in=afloest.values()).values_list("pk", "navn"))
    return {kkr: navne[ny] for kkr, ny in afloest.items()}


def raekker_ud(kkr: Kkr, dag: date) -> Iterator[Sequence[Any]]:
    """Every membership of the KKR's clusters as a row of the table that is taken out; a cluster without members has one row."""
    alle = Prefetch("medlemskaber", queryset=_medlemmer(KlyngeMedlemskab.objects.all()))
    for klynge in _i(kkr.pk, dag).prefetch_related("maalgrupper", alle):
        fast = (klynge.navn, klynge.formaal, ", ".join(m.term for m in klynge.maalgrupper.all()))
        medlemmer = [(m.kommune.kortnavn, Periode.af_range(m.periode)) for m in klynge.medlemskaber.all()]
        for navn, periode in medlemmer:
            yield (*fast, navn, periode.fra, periode.sidste_dag, klynge.til, str(klynge.pk))
        if not medlemmer:
            yield (*fast, "", None, None, klynge.til, str(klynge.pk))
