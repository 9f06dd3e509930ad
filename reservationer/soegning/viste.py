"""What is read only for the hits that are shown: open reports of errors, and from which day on the first of their places could be had."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject

from faelles.tid import KOEBENHAVN, Periode
from reservationer.soegning.plan import kun_egne_raekker
from reservationer.soegning.profil import Behovsprofil
from reservationer.soegning.rangering import Resultat
from tilbud.belaegning.loft import Afdelingsloft
from tilbud.belaegning.models import Optagelse
from tilbud.fejlmeldinger.queries import fejltal
from tilbud.fejlmeldinger.tillid import INGEN_FEJL, Fejltal
from tilbud.models import Plads

FEJL, PLADS = "fejl", "plads"


def suppleret(profil: Behovsprofil, resultater: Iterable[Resultat], nu: datetime) -> list[Resultat]:
    """The hits with the open reports about their offers, and the first day from which one of their places is free, and may be taken, until the period begins and through it.

    That day is none where no place may be called free. One statement, for a search over REST may send few; in a KKR it reads
    nothing outside it.
    """
    viste, idag = list(resultater), nu.astimezone(KOEBENHAVN).date()
    dage = Periode(idag, profil.periode.fra) if idag < profil.periode.fra else None
    ledige = [fundet for fundet in viste if fundet.er_ledig]
    grene = [_fejl(viste, idag), *_frie(profil, ledige, dage, nu)]
    laest: dict[str, dict[UUID, Any]] = {FEJL: {}, PLADS: {}}
    with kun_egne_raekker() if profil.kkr is not None else nullcontext():
        raekker = list(grene[0].union(*grene[1:], all=True))
    for slags, pk, svar in raekker:
        laest[slags][pk] = svar
    fejl = {pk: Fejltal(**svar) for pk, svar in laest[FEJL].items()}
    fra = {en.fakta.noegle: idag if dage is None else _dagen(profil, en, laest[PLADS], dage) for en in ledige}
    return [
        replace(en, fejl=fejl.get(en.fakta.tilbud_id, INGEN_FEJL), ledig_fra=fra.get(en.fakta.noegle)) for en in viste
    ]


def _fejl(viste: Iterable[Resultat], idag: date) -> "QuerySet[Any, Any]":
    """A row for each offer with open reports."""
    tal = fejltal({fundet.fakta.tilbud_id for fundet in viste}, idag)
    return tal.values_list(Value(FEJL), "tilbud", JSONObject(aabne="aabne", overskredne="overskredne"))


def _frie(
    profil: Behovsprofil, ledige: Collection[Resultat], dage: Periode | None, nu: datetime
) -> Iterator["QuerySet[Any, Any]"]:
    """A row for each place with the days it opens and was last taken until, if the period has not begun; `dage` are those until it does."""
    if dage is None:
        return
    ugedage = sorted(profil.ugedage) or OuterRef("ugedage")
    taget = Optagelse.objects.gaelder(nu).i_perioden(dage).filter(plads=OuterRef("pk"), ugedage__overlap=ugedage)
    til = taget.order_by().values("plads").annotate(til=Max("periode__endswith")).values("til")
    pladser = Plads.objects.filter(pk__in=[plads for fundet in ledige for plads in fundet.plads.alle])
    yield pladser.order_by().values_list(
        Value(PLADS), "pk", JSONObject(aaben="periode__startswith", taget=Subquery(til))
    )


def _dagen(
    profil: Behovsprofil, fundet: Resultat, laest: Mapping[UUID, Mapping[str, str | None]], dage: Periode
) -> date:
    """The first of the days that one of a hit's places may be taken from, which the period's first is for all of them."""
    fri_fra = {
        pk: max(dage.fra, *(date.fromisoformat(dag) for dag in laest[pk].values() if dag)) for pk in fundet.plads.alle
    }
    slut, loft = profil.periode.fra, fundet.plads.loft
    for plads, fra in sorted(fri_fra.items(), key=lambda en: en[1]):
        if fra < slut and _maa_tages(loft, plads, Periode(fra, slut), profil.ugedage):
            return fra
    return slut


def _maa_tages(loft: Afdelingsloft | None, plads: UUID, dage: Periode, ugedage: frozenset[int]) -> bool:
    return loft is None or bool(loft.plads_til([plads], dage, ugedage))
