"""The search: a handful of set-based statements over register, ledger and takster, whatever the number of offers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from faelles.aktoer import Aktoer, Rettighed
from faelles.sprog import soegefold
from faelles.tid import KOEBENHAVN
from reservationer.soegning.sammenfatning import Resultat, Soegekriterier, i_orden, krav
from takster.queries import Takstvisning, hoejst, offentlige_tilbud, takster_paa
from tilbud.belaegning.models import Optagelse
from tilbud.belaegning.querysets import er_ledig
from tilbud.models import Afdeling, Niveau, OffentligtTilbud, Plads
from tilbud.queries import Stand, stande

FOERSTE_PLADSER = 3


def soeg(aktoer: Aktoer, kriterier: Soegekriterier, *, nu: datetime) -> list[Resultat]:
    """Departments with at least one place that is open and unclaimed on every day of the period, best first.

    Takster and level are those of the period's first day.
    """
    aktoer.kraev(Rettighed.TILBUD_LAES)
    dag = kriterier.periode.fra
    ledige = {
        raekke["afdeling"]: raekke
        for raekke in _pladser(kriterier, nu)
        .order_by()
        .values("afdeling")
        .annotate(antal=Count("pk"), ids=ArrayAgg("pk", order_by=["betegnelse_sortering", "pk"]))
    }
    afdelinger = list(_afdelinger(list(ledige), dag))
    takster = takster_paa(list(ledige), dag, kriterier.hjemmel)
    stand = stande(
        {raekke["id"]: raekke["tilbud__beliggenhedskommune_id"] for raekke in afdelinger},
        nu,
        nu.astimezone(KOEBENHAVN).date(),
    )
    return i_orden(
        _resultat(raekke, ledige[raekke["id"]], stand[raekke["id"]], takster.get(raekke["id"]), kriterier)
        for raekke in afdelinger
    )


def _afdelinger(ider: list[UUID], dag: date) -> Iterable[Mapping[str, Any]]:
    niveau = Niveau.objects.paa(dag).filter(tilbud=OuterRef("tilbud")).values("niveau")
    return (
        Afdeling.objects.filter(pk__in=ider)
        .order_by()
        .annotate(niveau=Subquery(niveau))
        .values(
            "id",
            "navn",
            "niveau",
            "tilbud_id",
            "tilbud__navn",
            "tilbud__driftsherre_id",
            "tilbud__driftsherre__navn",
            "tilbud__beliggenhedskommune_id",
            "tilbud__beliggenhedskommune__kortnavn",
        )
    )


def _resultat(
    raekke: Mapping[str, Any],
    ledig: Mapping[str, Any],
    stand: Stand,
    takst: Takstvisning | None,
    kriterier: Soegekriterier,
) -> Resultat:
    return Resultat(
        afdeling_id=raekke["id"],
        afdeling=raekke["navn"],
        tilbud_id=raekke["tilbud_id"],
        tilbud=raekke["tilbud__navn"],
        driftsherre_id=raekke["tilbud__driftsherre_id"],
        driftsherre=raekke["tilbud__driftsherre__navn"],
        kommunekode=raekke["tilbud__beliggenhedskommune_id"],
        kommune=raekke["tilbud__beliggenhedskommune__kortnavn"],
        antal_ledige=ledig["antal"],
        pladser=tuple(ledig["ids"][:FOERSTE_PLADSER]),
        stand=stand,
        takst=takst,
        niveau=raekke["niveau"],
        krav=krav(kriterier, friskhed=stand.friskhed, takst=takst),
    )


def _pladser(kriterier: Soegekriterier, nu: datetime) -> QuerySet[Plads]:
    """The places that are free in the ledger, of offers that stay open and meet every criterion."""
    periode = kriterier.periode
    aaben = Q(afdeling__tilbud__lukket_fra__isnull=True)
    if periode.til is not None:
        aaben |= Q(afdeling__tilbud__lukket_fra__gte=periode.til)
    pladser = Plads.objects.aabne_i_hele(periode).filter(aaben, er_ledig(Optagelse.objects.all(), periode, nu))
    for betingelse in _betingelser(kriterier):
        pladser = pladser.filter(betingelse)
    return pladser


def _betingelser(kriterier: Soegekriterier) -> list[Q]:
    tilbud = "afdeling__tilbud__"
    betingelser = []
    if kriterier.maalgruppe is not None:
        betingelser.append(Q(**{f"{tilbud}maalgrupper": kriterier.maalgruppe}))
    if kriterier.hjemmel is not None:
        betingelser.append(Q(**{f"{tilbud}hjemler": kriterier.hjemmel}))
    if kriterier.kommuner:
        betingelser.append(Q(**{f"{tilbud}beliggenhedskommune__in": kriterier.kommuner}))
    if kriterier.driftsherre is not None:
        betingelser.append(Q(**{f"{tilbud}driftsherre": kriterier.driftsherre}))
    if kriterier.hoejeste_takst is not None:
        betingelser.append(hoejst(kriterier.hoejeste_takst, kriterier.periode.fra, kriterier.hjemmel, "afdeling"))
    if kriterier.tekst.strip():
        betingelser.append(Q(**{f"{tilbud}navn_soegning__contains": soegefold(kriterier.tekst)}))
    return betingelser


@dataclass(frozen=True, slots=True)
class Lempelse:
    """The criterion that alone removes most: its name, its field in the search form, and how many departments come without it."""

    navn: str
    felt: str
    antal: int


# field in the form -> name, and the criteria without it
_LEMPELSER: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "maalgruppe": ("Målgruppe", {"maalgruppe": None}),
    "hjemmel": ("Hjemmel", {"hjemmel": None}),
    "kommuner": ("Kommune", {"kommuner": ()}),
    "driftsherre": ("Driftsherre", {"driftsherre": None}),
    "hoejeste_takst": ("Højeste takst", {"hoejeste_takst": None}),
    "tekst": ("Navn", {"tekst": ""}),
}


def lempelse(kriterier: Soegekriterier, *, nu: datetime) -> Lempelse | None:
    """For an empty result: the one criterion whose removal gives most departments; None when no single one is enough."""
    bedste: Lempelse | None = None
    for felt, (navn, uden) in _LEMPELSER.items():
        lempet = replace(kriterier, **uden)
        if lempet == kriterier:
            continue
        antal = _pladser(lempet, nu).order_by().aggregate(antal=Count("afdeling", distinct=True))["antal"]
        if antal and (bedste is None or antal > bedste.antal):
            bedste = Lempelse(navn, felt, antal)
    return bedste


def offentliggjorte(kriterier: Soegekriterier) -> QuerySet[OffentligtTilbud]:
    """Offers known only from published lists, by municipality, hjemmel and name: target groups are free text, places unknown."""
    return offentlige_tilbud(kriterier.kommuner, kriterier.hjemmel, kriterier.tekst)
