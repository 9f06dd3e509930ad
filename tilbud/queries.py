"""Reading the register: lists, latest confirmations and the terms that say how long they last."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import DateRangeField
from django.db.models import (
    Aggregate,
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from faelles.fejl import Konflikt
from faelles.sprog import soegefold
from faelles.tid import Periode, idag
from kommuner.models import Kommune
from tilbud.friskhed import Friskhed, Frister, Graenser, friskhed, frister
from tilbud.models import (
    Bekraeftelse,
    Merpladstilladelse,
    Niveau,
    OffentligtTilbud,
    Plads,
    Tilbud,
    Tilsynsgodkendelse,
    Tilsynsrapport,
    Ydelse,
)
from tilbud.pladsloft import Udloeb, udloebne
from vilkaar.kilde import Kilde, kilde
from vilkaar.noegler import Noegle
from vilkaar.queries import GaeldendeVilkaar, gaeldende_pr_kommune

FRISKHEDEN = (Noegle.BEKRAEFTELSE_FORFALD_DAGE, Noegle.BEKRAEFTELSE_FORAELDET_DAGE)


@dataclass(frozen=True, slots=True)
class Stand:
    """What is known about a department's places: confirmed when and by which organisation in which function, and how fresh that is.

    `frister` is None when it was never confirmed, or when no terms say how long a confirmation lasts. `nye_pladser`: places were added
    after the confirmation, which does not cover them. `kilde`: the clause and set that say how long one
    lasts; `mangler`: which term a set lacks to say it, or that there is no set.
    """

    friskhed: Friskhed
    tidspunkt: datetime | None = None
    organisation: str = ""
    funktion: str = ""
    frister: Frister | None = None
    nye_pladser: bool = False
    kilde: Kilde | None = None
    mangler: str = ""

    @property
    def hvem(self) -> str:
        """Who confirmed, in words; never a person."""
        return f"{self.organisation} ({self.funktion.lower()})" if self.organisation else ""


@dataclass(frozen=True, slots=True)
class Bloklister:
    """What is known of an offer beside its places, on a day: approvals, the latest report, services, permissions, level.

    `udloebne`: the legal bases it still delivers under that were approved and are so no longer.
    """

    godkendelser: Sequence[Tilsynsgodkendelse]
    udloebne: Sequence[Udloeb]
    rapport: Tilsynsrapport | None
    ydelser: Sequence[Ydelse]
    merpladser: Sequence[Merpladstilladelse]
    niveau: Niveau | None

    @property
    def godkendte_pladser(self) -> int:
        """Places socialtilsyn has approved, under all legal bases."""
        return sum(godkendelse.pladser for godkendelse in self.godkendelser)


def bloklister(tilbud_id: UUID, dag: date) -> Bloklister:
    """Five statements."""
    begyndte = _begyndte_godkendelser(tilbud_id, dag)
    return Bloklister(
        godkendelser=[g for g in begyndte if Periode.af_range(g.periode).indeholder(dag)],
        udloebne=_udloebne(begyndte, dag),
        rapport=Tilsynsrapport.objects.filter(tilbud=tilbud_id, dato__lte=dag).first(),
        ydelser=list(
            Ydelse.objects.paa(dag)
            .filter(tilbud=tilbud_id)
            .select_related("type")
            .order_by("type__term_sortering", "leveringsform")
        ),
        merpladser=list(
            Merpladstilladelse.objects.paa(dag)
            .filter(afdeling__tilbud=tilbud_id)
            .select_related("afdeling")
            .order_by("afdeling__navn_sortering", "pk")
        ),
        niveau=Niveau.objects.paa(dag).filter(tilbud=tilbud_id).first(),
    )


def _begyndte_godkendelser(tilbud_id: UUID, dag: date) -> list[Tilsynsgodkendelse]:
    """Those that hold or have held, in the order of their legal bases. `leveres`: the offer still delivers under it."""
    leveres = Tilbud.hjemler.through.objects.filter(tilbud=tilbud_id, hjemmel=OuterRef("hjemmel"))
    return list(
        Tilsynsgodkendelse.objects.filter(tilbud=tilbud_id, periode__startswith__lte=dag)
        .annotate(leveres=Exists(leveres))
        .select_related("hjemmel")
        .order_by("hjemmel__raekkefoelge", "hjemmel_id", "periode")
    )


def _udloebne(godkendelser: Iterable[Any], dag: date) -> list[Udloeb]:
    return udloebne([(str(g.hjemmel), Periode.af_range(g.periode)) for g in godkendelser if g.leveres], dag)


def udloebne_godkendelser(tilbud_id: UUID, dag: date) -> list[Udloeb]:
    """The legal bases an offer delivers under that were approved and are so no longer. One statement."""
    return _udloebne(_begyndte_godkendelser(tilbud_id, dag), dag)


def godkendt_til() -> QuerySet[Tilsynsgodkendelse, Any]:
    """Subquery of offers: the first day without an approval of places; none when the last of them has no end, or there is none."""
    godkendt = Tilsynsgodkendelse.objects.filter(tilbud=OuterRef("pk"), pladser__gt=0)
    return godkendt.order_by(F("periode__endswith").desc(nulls_first=True)).values("periode__endswith")[:1]


def godkendt_i_hele(periode: Periode, hjemmel: str | None = None) -> Case:
    """Whether offers are approved on every day of the period, under the legal basis or any: an expression, never null.

    Approvals that follow each other count as one; of no places as well, for places stand under one of an offer's legal bases.
    """
    egne = Tilsynsgodkendelse.objects.filter(tilbud=OuterRef("pk"), **({"hjemmel": hjemmel} if hjemmel else {}))
    samlet = Aggregate("periode", function="range_agg", output_field=DateRangeField())
    hele = Func(
        Subquery(egne.order_by().values("tilbud").annotate(dage=samlet).values("dage")),
        Value(periode.som_range, output_field=DateRangeField()),
        arg_joiner=" @> ",
        template="(%(expressions)s)",
        output_field=BooleanField(),
    )
    return Case(When(hele, then=True), default=False)


def _graenser(vilkaar: GaeldendeVilkaar | None, dag: date) -> tuple[Graenser | None, str]:
    """The limits of freshness; or None, and what is missing: there it is unknown, and the search still works."""
    if vilkaar is None:
        return None, f"Der er ingen vilkår for {dag:%d.%m.%Y}. Sekretariatet skal udsende et sæt."
    try:
        forfald, foraeldet = (vilkaar.heltal(noegle) for noegle in FRISKHEDEN)
    except Konflikt as fejl:
        return None, fejl.besked
    return Graenser(forfald_dage=forfald, foraeldet_dage=foraeldet), ""


def stande(kommune_pr_afdeling: Mapping[UUID, str], nu: datetime, dag: date) -> Mapping[UUID, Stand]:
    """The stand of each department, given the municipality it lies in. Two statements however many."""
    seneste = {raekke[0]: raekke[1:] for raekke in _seneste_bekraeftelser(kommune_pr_afdeling)}
    vilkaar = gaeldende_pr_kommune(set(kommune_pr_afdeling.values()), dag)
    pr_kommune = {kode: _graenser(vilkaar.get(kode), dag) for kode in set(kommune_pr_afdeling.values())}
    kilder = {kode: kilde(fundne, *FRISKHEDEN) for kode, fundne in vilkaar.items()}
    resultat = {}
    for afdeling_id, kommunekode in kommune_pr_afdeling.items():
        tidspunkt, organisation, funktion, tilfoejet = seneste.get(afdeling_id, (None, "", "", None))
        graense, mangler = pr_kommune[kommunekode]
        resultat[afdeling_id] = Stand(
            friskhed(tidspunkt, nu, graense, tilfoejet),
            tidspunkt,
            organisation,
            funktion,
            frister(tidspunkt, graense, tilfoejet) if tidspunkt and graense else None,
            nye_pladser=tidspunkt is not None and tilfoejet is not None and tilfoejet > tidspunkt,
            kilde=kilder.get(kommunekode) if graense else None,
            mangler=mangler,
        )
    return resultat


def _seneste_bekraeftelser(afdelinger: Iterable[UUID]) -> Iterable[tuple[UUID, datetime, str, str, datetime | None]]:
    return (
        Bekraeftelse.objects.filter(afdeling__in=list(afdelinger))
        .order_by("afdeling_id", "-tidspunkt", "-id")
        .distinct("afdeling_id")
        .values_list("afdeling_id", "tidspunkt", "organisation__navn", "rolle_navn", "afdeling__pladser_tilfoejet")
    )


def noget_ligger_i() -> Q:
    """Whether something is known to lie in a municipality, ours or published; a condition on municipalities."""
    return Exists(Tilbud.objects.filter(beliggenhedskommune=OuterRef("pk"))) | Exists(
        OffentligtTilbud.objects.filter(kommune=OuterRef("pk"))
    )


def kommuner_med_tilbud() -> list[tuple[str, str]]:
    """Code and name of the municipalities where something is known to lie, in Danish order."""
    kommuner = Kommune.objects.filter(noget_ligger_i()).order_by("kortnavn_sortering")
    return list(kommuner.values_list("pk", "kortnavn"))


def tilbud_hos(driftsherre_id: UUID) -> Mapping[UUID, str]:
    """An operator's offers by id with their names, in Danish order; those it has closed as well."""
    tilbud = Tilbud.objects.filter(driftsherre=driftsherre_id).order_by("navn_sortering", "pk")
    return dict(tilbud.values_list("pk", "navn"))


def driftsherrer_i(kommunekoder: Collection[str]) -> Collection[UUID]:
    """Those who run an offer in one of the municipalities that is open today."""
    return set(
        Tilbud.objects.aabne(idag())
        .filter(beliggenhedskommune__in=kommunekoder)
        .order_by()
        .values_list("driftsherre_id", flat=True)
    )


SORTERINGER: Mapping[str, str] = {
    "navn": "navn_sortering",
    "kommune": "beliggenhedskommune__kortnavn_sortering",
    "driftsherre": "driftsherre__navn_sortering",
    "pladser": "aabne_pladser",
}


def tilbudsliste(*, dag: date, tekst: str = "", kommune: str = "", sorter: str = "navn") -> QuerySet[Tilbud]:
    """Offers open on the day with the number of places open then, sorted by a key of SORTERINGER (`-` in front: descending)."""
    pladser = Plads.objects.aabne_paa(dag).filter(afdeling__tilbud=OuterRef("pk")).order_by()
    antal = pladser.values("afdeling__tilbud").annotate(antal=Count("pk")).values("antal")
    tilbud = Tilbud.objects.aabne(dag).annotate(aabne_pladser=Coalesce(Subquery(antal), 0))
    if tekst.strip():
        tilbud = tilbud.filter(navn_soegning__contains=soegefold(tekst))
    if kommune:
        tilbud = tilbud.filter(beliggenhedskommune=kommune)
    fald = "-" if sorter.startswith("-") else ""
    return (
        tilbud.select_related("driftsherre", "beliggenhedskommune")
        .defer("beliggenhedskommune__graense")
        .prefetch_related("hjemler")
        .order_by(f"{fald}{SORTERINGER.get(sorter.removeprefix('-'), 'navn_sortering')}", "navn_sortering", "pk")
    )
