"""For the case worker who takes a stay over: what is due, with the way to what is to be done, and whom one talks to, by role."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.urls import reverse

from faelles.aktoer import Funktion
from faelles.dokument.tal import ugedage
from faelles.tid import Periode, dansk_dag
from reservationer.sag.models import Ophold, Placeringsaftale
from reservationer.sag.ophold.overflytning import Forbindelser
from reservationer.sag.ophold.queries import Historie
from reservationer.sag.overgange import UDFALD_NAVN, Emne, Tilstand, Udfald, mulige


@dataclass(frozen=True, slots=True)
class Frist:
    """That something is due on a day, and where one does it; no address where there is nothing to do here, or it is the other's."""

    hvad: str
    dag: date
    handling: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Kontakt:
    """Whom to talk to, by role: the organisation, and the function, department or mailbox there; never a person."""

    rolle: str
    hvem: str
    hvordan: Sequence[str]


@dataclass(frozen=True, slots=True)
class Sagen:
    """What the page knows of a stay: its story, the agreements (the latest first), the stays and the reservation beside it."""

    ophold: Ophold
    historie: Historie
    aftaler: Sequence[Placeringsaftale]
    andre: Forbindelser


def frister(sagen: Sagen, kan: Collection[Udfald], funktion: Funktion, dag: date) -> list[Frist]:
    """Everything that is due in the stay from the day on, or overdue, the first first. `kan` are the steps the actor may take now."""
    alle = [*_i_opholdet(sagen, kan, dag), *_i_aftalen(sagen.aftaler, funktion, dag), *_i_overflytningen(sagen.andre)]
    return sorted(alle, key=lambda frist: frist.dag)


def _i_opholdet(sagen: Sagen, kan: Collection[Udfald], dag: date) -> Iterator[Frist]:
    et, historie = sagen.ophold, sagen.historie

    def frist(hvad: str, hvornaar: date, udfald: Udfald | None = None) -> Frist:
        if udfald not in kan or udfald is None:
            return Frist(hvad, hvornaar)
        return Frist(hvad, hvornaar, UDFALD_NAVN[udfald], reverse("ophold:beslut", args=[et.pk, udfald.value]))

    if historie.prisforslag:
        yield frist("Prisforslaget gælder fra", historie.prisforslag.periode.lower, Udfald.ACCEPTER_PRIS)
    for opsigelse in historie.opsigelser:
        if opsigelse.trukket is None and opsigelse.ophoer >= dag:
            yield frist("Opsigelsens sidste dag", opsigelse.ophoer, Udfald.UDSKRIV)
    if et.tilstand == Tilstand.UDSKREVET:
        if et.betales_til and et.betales_til >= dag:
            yield frist("Der betales til og med", et.betales_til)
        return
    if et.akutfrist:
        if et.tilsyn_orienteret is None:
            yield frist("Socialtilsynet skal orienteres", et.akut_fra or et.foerste_dag, Udfald.ORIENTER_TILSYN)
        forlaeng = None if et.akut_forlaenget or et.tilsyn_orienteret is None else Udfald.FORLAENG_AKUT
        yield frist("Sidste lovlige dag uden socialtilsynets godkendelse", et.akutfrist, forlaeng)
    yield from _af_det_daterede(sagen.historie, frist, dag)


def _af_det_daterede(historie: Historie, frist: Any, dag: date) -> Iterator[Frist]:
    """When what holds now is over, and what is agreed of later days."""
    pladser = [Periode.af_range(plads.optagelse.periode) for plads in historie.pladser]
    for foer, ny in pairwise(plads.optagelse for plads in historie.pladser):
        fra = Periode.af_range(ny.periode).fra
        if fra > dag and ny.plads != foer.plads:
            yield frist(f"Flytter til {ny.plads}", fra)
        elif fra > dag and ny.ugedage != foer.ugedage:
            yield frist(f"Skifter ugedage til {ugedage(ny.ugedage)}", fra)
    if pladser and all(periode.til for periode in pladser):
        yield frist("Pladsen er aftalt til og med", max(p.sidste_dag for p in pladser if p.sidste_dag), Udfald.FLYT)
    for fravaer in historie.fravaer:
        sidste = Periode.af_range(fravaer.periode).sidste_dag
        if sidste and sidste >= dag and fravaer.rettet is None:
            yield frist(f"Fraværet slutter ({fravaer.get_art_display().lower()})", sidste)
    priser = [Periode.af_range(pris.periode) for pris in historie.priser]
    if priser and (slut := priser[-1].sidste_dag) and slut >= dag:
        yield frist("Den aftalte pris gælder til og med", slut, Udfald.FORESLAA_PRIS)
    for ansvar in historie.ansvar:
        if (fra := Periode.af_range(ansvar.periode).fra) > dag:
            yield frist(f"{ansvar.handlekommune} bliver handlekommune", fra)


def _i_aftalen(aftaler: Sequence[Placeringsaftale], funktion: Funktion, dag: date) -> Iterator[Frist]:
    """What waits for the actor's own acceptance, and what is agreed of days to come: by the version in force, and by those that take over."""
    for aftale in aftaler:
        muligheder = mulige(Emne.PLACERINGSAFTALE, Tilstand(aftale.tilstand), funktion)
        if any(overgang.udfald is Udfald.GODKEND for overgang in muligheder):
            yield _om(
                aftale, f"Placeringsaftalens version {aftale.nummer} skal godkendes; den gælder fra", aftale.gaelder_fra
            )
        if aftale.gaelder_fra > dag and aftale.gaelder(aftale.gaelder_fra):
            yield _om(aftale, f"Placeringsaftalens version {aftale.nummer} gælder fra", aftale.gaelder_fra)
    gaeldende = next((et for et in aftaler if et.gaelder(dag)), None)
    if gaeldende is None:
        return
    slutter = gaeldende.sidste_dag
    if gaeldende.opfoelgning and dag <= gaeldende.opfoelgning <= (slutter or gaeldende.opfoelgning):
        yield _om(gaeldende, "Første opfølgning", gaeldende.opfoelgning)
    if slutter and slutter >= dag and gaeldende.tilstand != Tilstand.AFLOEST:
        yield _om(gaeldende, "Placeringsaftalen slutter", slutter)


def _om(aftale: Placeringsaftale, hvad: str, dag: date) -> Frist:
    return Frist(hvad, dag, "Se placeringsaftalen", reverse("aftaler:detalje", args=[aftale.pk]))


def _i_overflytningen(andre: Forbindelser) -> Iterator[Frist]:
    """The place that is reserved elsewhere: until when it is held while nobody has answered, and from when it is there."""
    reserveret = andre.reserveret
    if reserveret is None:
        return
    url = reverse("sag:detalje", args=[reserveret.pk])
    if reserveret.tilstand == Tilstand.AFVENTER and reserveret.optagelse.udloeber:
        hvad = f"Pladsen i {reserveret.tilbud} holdes til"
        yield Frist(hvad, dansk_dag(reserveret.optagelse.udloeber), "Se reservationen", url)
    fra = Periode.af_range(reserveret.optagelse.periode).fra
    yield Frist(f"Flytter til {reserveret.tilbud}", fra, "Se reservationen", url)


def kontakter(sagen: Sagen, dag: date) -> list[Kontakt]:
    """Each party by its role. The municipalities' department and mailbox stand in the agreement in force on the day."""
    et: Any = sagen.ophold
    hendes = (en for en in sagen.aftaler if en.handlekommune_id == et.handlekommune_id)
    aftale = next((en for en in hendes if en.gaelder(dag)), None)
    tilbud, egen = et.tilbud, [aftale.kommune_afdeling, aftale.kommune_adresse] if aftale else []
    betaler = [aftale.betaler_kontakt] if aftale else []
    alle = [
        ("Handlekommune", et.handlekommune_navn, egen),
        (
            "Betalingskommune",
            et.betalingskommune_navn,
            betaler if et.betalingskommune_id != et.handlekommune_id else egen,
        ),
        ("Driftsherre", et.driftsherre.navn, []),
        ("Tilbud", tilbud.navn, [tilbud.kontakt_funktion, tilbud.kontakt_telefon, tilbud.kontakt_email]),
    ]
    return [Kontakt(rolle, hvem, [linje for linje in hvordan if linje]) for rolle, hvem, hvordan in alle if hvem]
