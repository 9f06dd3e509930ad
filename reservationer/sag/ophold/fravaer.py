"""Absence of a stay: days away while the place is kept. What was reported wrong is put right, and stays as it was in the story."""

from datetime import date
from typing import Any

from faelles.fejl import UgyldigtInput
from faelles.scope import som_systemet
from faelles.tid import Periode, nu
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.models import Fravaer, Fravaersart, Ophold
from reservationer.sag.ophold.frister import EN_DAG
from reservationer.sag.overgange import Data
from vilkaar.noegler import Noegle
from vilkaar.queries import gaeldende_i_kommune

ALLE = "one absence at a time, also where the next municipality's has been reported already"


def meld(ophold: Ophold, _aktoer: object, indhold: Indhold) -> None:
    """Report days away. The per cent that is paid is the term of the first of them, for the kind and the stay's hjemmel that day."""
    _opret(ophold, indhold)


def ret(ophold: Ophold, aktoer: Any, indhold: Indhold) -> None:
    """What was reported is another: the wrong one counts no more, and the right one takes its place, by the term of its own first day."""
    gammelt = _gaeldende(ophold, aktoer, indhold)
    _saet_ud(gammelt)
    _opret(ophold, indhold, erstatter=gammelt)


def annuller(ophold: Ophold, aktoer: Any, indhold: Indhold) -> None:
    """There was no absence."""
    _saet_ud(_gaeldende(ophold, aktoer, indhold))


def _gaeldende(ophold: Ophold, aktoer: Any, indhold: Indhold) -> Fravaer:
    fundet = ophold.fravaer.synlige_for(aktoer).filter(pk=indhold.data[Data.FRAVAER], rettet=None).first()
    if fundet is None:
        raise _ugyldig("fravaer", "Fraværet findes ikke, eller det er rettet.")
    return fundet


def _saet_ud(fravaer: Fravaer) -> None:
    fravaer.rettet = nu()
    fravaer.save(update_fields=["rettet"])


def _opret(ophold: Ophold, indhold: Indhold, erstatter: Fravaer | None = None) -> None:
    art, fra, sidste = indhold.data[Data.ART], indhold.data[Data.DATO], indhold.data[Data.TIL]
    if art not in Fravaersart.values:
        raise _ugyldig("art", "Vælg en af arterne.")
    if sidste < fra:
        raise _ugyldig("til", "Sidste dag skal ligge efter første dag.")
    periode = Periode(fra, sidste + EN_DAG)
    vilkaar = gaeldende_i_kommune(ophold.tilbud.beliggenhedskommune_id, fra)
    with som_systemet(ALLE):
        if ophold.fravaer.for_systemet(ALLE).filter(rettet=None, periode__overlap=periode.som_range).exists():
            raise _ugyldig("dato", "Der er allerede meldt fravær i perioden.")
        procent = vilkaar.kode(Noegle.FRAVAER_PROCENT, art, _hjemmel(ophold, fra))
    Fravaer.objects.create(
        ophold=ophold,
        art=art,
        periode=periode.som_range,
        betalingsprocent=procent,
        vilkaarssaet_id=vilkaar.saet_id,
        erstatter=erstatter,
    )


def _hjemmel(ophold: Ophold, dag: date) -> str:
    """What the stay is given under on the day: what absence costs may differ by the kind of offer."""
    hjemler = ophold.hjemler.for_systemet(ALLE).filter(periode__contains=dag)
    return hjemler.values_list("hjemmel_id", flat=True)[0]


def _ugyldig(felt: str, besked: str) -> UgyldigtInput:
    return UgyldigtInput(
        "ugyldig_beslutning", "Beslutningen kan ikke registreres, før felterne er rettet.", {felt: [besked]}
    )
