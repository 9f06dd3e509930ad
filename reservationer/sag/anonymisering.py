"""Retention: stays whose accounting and claim periods have passed are anonymised, with what is written about them."""

import logging
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

import pgtrigger
from django.db import transaction
from django.db.models import Model, Q, QuerySet

from faelles.fejl import Konflikt
from faelles.haendelser import publicer
from faelles.spor import historik, maa_rettes
from faelles.tid import idag, nu
from kommuner.models import Kommune
from reservationer.sag.models import (
    Aftaledokument,
    Akutforloeb,
    Beslutning,
    Fravaer,
    Fravaersart,
    Ophold,
    Opholdsansvar,
    Opholdshjemmel,
    Opholdsplads,
    Opholdspris,
    Opsigelse,
    Placeringsaftale,
    Reservation,
)
from reservationer.sag.opbevaring import Opbevaring
from reservationer.sag.queries import OPBEVARING, uaendrede_afsluttede, udskrevne_uden_reservation
from tilbud.belaegning.models import Optagelse
from vilkaar.noegler import Noegle
from vilkaar.queries import GaeldendeVilkaar, gaeldende_pr_kommune

log = logging.getLogger(__name__)
S = TypeVar("S", bound=Model)


_UFORANDERLIGE = (
    "sag.Beslutning:beslutning_kun_tilfoejes",
    "sag.Placeringsaftale:aftale_aftalt_aendres_ikke",
    "sag.Aftaledokument:aftaledokument_uforanderligt",
)
_AFTALENS = dict.fromkeys(("kommune_afdeling", "kommune_adresse", "betaler_kontakt", "maal", "fakturareference"), "")


def anonymiser_ophold(portion: int = 500) -> int:
    """Anonymise every reservation and stay whose accounting and claim periods have passed (`opbevaring`). Safe to run again.

    Returns how many cases; a reservation and the stay it became are one. The periods are the terms in force today where
    the offer lies. Where one of them is missing, nothing is touched and a warning names term, set and how many wait. Every
    `portion` of reservations, with one of stays nobody had reserved, is a transaction of its own.
    """
    dag, antal = idag(), 0
    for vilkaar, kommuner in kommuner_pr_vilkaar(dag):
        try:
            til = _opbevaring(vilkaar).skaeringsdag(dag)
        except Konflikt as fejl:
            _advar(kommuner, dag, fejl.besked)
            continue
        while fundet := _anonymiser_portion(kommuner, til, portion):
            antal += fundet
    return antal


def kommuner_pr_vilkaar(dag: date) -> Iterable[tuple[GaeldendeVilkaar | None, list[str]]]:
    """The municipalities that the same set of terms governs, and those that none does."""
    alle = list(Kommune.objects.order_by("kommunekode").values_list("kommunekode", flat=True))
    vilkaar = gaeldende_pr_kommune(alle, dag)
    pr_saet: dict[UUID | None, tuple[GaeldendeVilkaar | None, list[str]]] = {}
    for kode in alle:
        deres = vilkaar.get(kode)
        pr_saet.setdefault(deres.saet_id if deres else None, (deres, []))[1].append(kode)
    return pr_saet.values()


def _opbevaring(vilkaar: GaeldendeVilkaar | None) -> Opbevaring:
    if vilkaar is None:
        raise Konflikt(
            "vilkaar_mangler", "Kommunen hører ikke til noget KKR, der har vilkår, så der er ingen for opbevaring."
        )
    return Opbevaring(
        regnskab=vilkaar.heltal(Noegle.OPBEVARING_REGNSKAB_MAANEDER),
        krav=vilkaar.heltal(Noegle.OPBEVARING_KRAV_MAANEDER),
    )


def _advar(kommuner: Collection[str], dag: date, grund: str) -> None:
    with transaction.atomic():
        venter = sum(_hos(sager, kommuner).count() for sager in _forfaldne(dag))
    if venter:
        log.warning("ophold_ikke_anonymiseret antal=%s grund=%s", venter, grund)


def _forfaldne(sidste_dag: date) -> tuple[QuerySet[Reservation], QuerySet[Ophold]]:
    """Reservations with the stays they became, and the stays nobody had reserved."""
    return uaendrede_afsluttede(sidste_dag), udskrevne_uden_reservation(sidste_dag)


def _hos(sager: QuerySet[S], kommuner: Collection[str]) -> QuerySet[S]:
    return sager.filter(tilbud__beliggenhedskommune__in=kommuner)


def _anonymiser_portion(kommuner: Collection[str], til: date, portion: int) -> int:
    with transaction.atomic():
        reservationer, uden = (laas(_hos(sager, kommuner), portion) for sager in _forfaldne(til))
        blev = Ophold.objects.for_systemet(OPBEVARING).filter(reservation__in=reservationer)
        ophold = [*blev.values_list("pk", flat=True), *uden]
        _slet_spor(reservationer, ophold)
        for entitet, ider in (("reservation", reservationer), ("ophold", ophold)):
            for pk in ider:
                publicer(f"{entitet}.anonymiseret", entitet, pk)
        return len(reservationer) + len(uden)


def laas(sager: QuerySet[S], portion: int) -> list[UUID]:
    """The next of them nobody else is at, by id."""
    laaste = sager.select_for_update(no_key=True, skip_locked=True, of=("self",)).order_by("id")
    return list(laaste.values_list("pk", flat=True)[:portion])


def _slet_spor(reservationer: Collection[UUID], ophold: Collection[UUID]) -> None:
    """Empty what names a case, a need or somebody who worked with it: in the rows, in their history, and in its context."""
    sag = {"reference": None, "sagsreference": "", "maalgruppe": None, "oprettet_af": "", "anonymiseret": nu()}
    under, om_sagen = Q(ophold__in=ophold), Q(reservation__in=reservationer) | Q(ophold__in=ophold)
    aftaler = list(scoped(Placeringsaftale).filter(om_sagen).values_list("pk", flat=True))
    om_dem = om_sagen | Q(placeringsaftale__in=aftaler)
    frosne = Q(grundlag__isnull=False)
    toemmes: tuple[tuple[type[Model], Mapping[str, Any], Q, Q], ...] = (  # the table, what, in its rows, in its history
        (Opholdsansvar, {"dokument": ""}, under, under),
        (Fravaer, {"art": Fravaersart.ANDET}, under, under),  # illness and prison are nobody's business any more
        (Beslutning, {"bemaerkning": "", "dokument": "", "identitet": ""}, om_dem, om_dem),
        (Placeringsaftale, {"grundlag": {}}, frosne & Q(pk__in=aftaler), frosne & Q(pgh_obj__in=aftaler)),
        (
            Placeringsaftale,
            {**_AFTALENS, "anonymiseret": sag["anonymiseret"]},
            Q(pk__in=aftaler),
            Q(pgh_obj__in=aftaler),
        ),
        (Ophold, sag, Q(pk__in=ophold), Q(pgh_obj__in=ophold)),
        (Reservation, sag, Q(pk__in=reservationer), Q(pgh_obj__in=reservationer)),
    )
    with pgtrigger.ignore(*_UFORANDERLIGE):  # the one change they ever see
        scoped(Aftaledokument).filter(pk__in=aftaler).delete()
        for model, tomt, raekker, _ in toemmes:
            scoped(model).filter(raekker).update(**tomt)
    optagelser = [
        *scoped(Reservation).filter(pk__in=reservationer).values_list("optagelse", flat=True),
        *scoped(Opholdsplads).filter(under).values_list("optagelse", flat=True),
    ]
    uden_hvem: tuple[tuple[type[Model], Mapping[str, Any], Q], ...] = (
        *((model, {}, under) for model in (Opholdsplads, Opholdspris, Opholdshjemmel, Opsigelse, Akutforloeb)),
        (Optagelse, {}, Q(pgh_obj__in=optagelser)),
    )
    for model, tomt, hvilke in (*((model, tomt, spor) for model, tomt, _, spor in toemmes), *uden_hvem):
        spor = historik(model)
        with maa_rettes(spor):
            scoped(spor).filter(hvilke).update(**tomt, pgh_context={})


def scoped(model: type[Model]) -> Any:
    """Every row of it, for retention."""
    return model.objects.for_systemet(OPBEVARING)  # type: ignore[attr-defined]  # each of them is scoped
