"""From which day on the first of a hit's places could be had: for those that are shown."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max, OuterRef, Subquery

from faelles.tid import KOEBENHAVN, Periode
from reservationer.soegning.profil import Behovsprofil
from reservationer.soegning.rangering import Resultat
from tilbud.belaegning.loft import Afdelingsloft
from tilbud.belaegning.models import Optagelse
from tilbud.models import Plads


def med_ledig_fra(profil: Behovsprofil, resultater: Iterable[Resultat], nu: datetime) -> list[Resultat]:
    """The hits with the first day from which one of their places is free, and may be taken, until the period begins and through it.

    None where no place may be called free. One statement, or none for a period that has begun.
    """
    viste, idag = list(resultater), nu.astimezone(KOEBENHAVN).date()
    ledige = {fundet.fakta.noegle: fundet for fundet in viste if fundet.er_ledig}
    dage = Periode(idag, profil.periode.fra) if idag < profil.periode.fra else None
    fra = dict.fromkeys(ledige, idag) if dage is None else _fra(profil, ledige.values(), dage, nu)
    return [replace(fundet, ledig_fra=fra.get(fundet.fakta.noegle)) for fundet in viste]


def _fra(profil: Behovsprofil, ledige: Collection[Resultat], dage: Periode, nu: datetime) -> dict[UUID, date]:
    """The day for each department; `dage` are those from today until the period begins."""
    ugedage = sorted(profil.ugedage) or OuterRef("ugedage")
    taget = Optagelse.objects.gaelder(nu).i_perioden(dage).filter(plads=OuterRef("pk"), ugedage__overlap=ugedage)
    til = taget.order_by().values("plads").annotate(til=Max("periode__endswith")).values("til")
    pladser = Plads.objects.filter(pk__in=[plads for fundet in ledige for plads in fundet.plads.alle])
    fri_fra = {
        pk: max(dage.fra, *(dag for dag in dagene if dag))
        for pk, *dagene in pladser.values_list("pk", "periode__startswith", Subquery(til))
    }
    return {
        fundet.fakta.noegle: _tidligst(profil, [(pk, fri_fra[pk]) for pk in fundet.plads.alle], fundet.plads.loft)
        for fundet in ledige
    }


def _tidligst(profil: Behovsprofil, pladser: Iterable[tuple[UUID, date]], loft: Afdelingsloft | None) -> date:
    """The first of the days that one of the places may be taken from, which the period's first is for all of them."""
    slut = profil.periode.fra
    for plads, fra in sorted(pladser, key=lambda en: en[1]):
        if fra < slut and (loft is None or loft.plads_til([plads], Periode(fra, slut), profil.ugedage)):
            return fra
    return slut
