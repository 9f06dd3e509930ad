"""One place and rivals by every path there is: page, REST, import, the clock's job and a hand in the database itself.

One of them gets it. The others are told so with a code and in time, and which place is free instead.
"""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import httpx
import pytest
from django.conf import settings
from django.db import DatabaseError, connection

from bench.kaploeb import Deltager, Loeb, koer, rival
from bench.klienter import token
from bench.processer import webserver
from faelles.aktoer import Aktoer
from faelles.fejl import Konflikt, som_konflikt
from faelles.tid import Periode, nu
from reservationer.sag.actions import udloeb_reservationer
from tests import fabrik
from tests.database import database_url
from tests.kill.situation import ejer
from tests.kill.situationer import reserver_skema
from tests.stress.rivaler import FAA, FLERE, MANGE, VENTEDE_FORGAEVES
from tests.tilbud.registerimport.situationer import import_der_lukker
from tilbud.belaegning.models import Optagelse, Optagelsesart
from tilbud.models import Plads, Registerimport
from tilbud.registerimport import actions as registerimport

pytestmark = [pytest.mark.stress, pytest.mark.django_db(transaction=True)]

PERIODE = Periode(fabrik.om(3), fabrik.om(10))
LAASEFRIST: int = settings.LAASEFRIST  # seconds
SVARTID = (
    1.0  # seconds for everything besides waiting for the lock, on a machine that does all the others' work as well
)
AFSLAG = {"pladsen_er_optaget", "plads_ikke_aaben", VENTEDE_FORGAEVES}


def _deltagere(plads: Plads, antal: int) -> list[Deltager]:
    """Half of them by REST, half with the page's form, each from a municipality of its own."""
    kommuner = [fabrik.kommune(f"Kommune {nummer}") for nummer in range(antal)]
    return [
        reserver_skema(plads.pk, kommune.kortnavn, PERIODE)
        if nummer % 2
        else rival(token(kommune.organisation), plads.pk, PERIODE, "SEL-107")
        for nummer, kommune in enumerate(kommuner)
    ]


def _kode(svar: httpx.Response) -> str:
    """`vandt`, or the code of the refusal; a page says in words what the code means."""
    if svar.status_code in {httpx.codes.CREATED, httpx.codes.FOUND}:
        return "vandt"
    assert svar.status_code == httpx.codes.CONFLICT, svar.text
    if svar.headers["content-type"].startswith("application/problem+json"):
        return str(svar.json()["code"])
    return next(kode for kode, ord_ in I_ORD.items() if ord_ in svar.text)


I_ORD = {
    "pladsen_er_optaget": "netop blevet optaget",
    "plads_ikke_aaben": "ikke åben i hele perioden",
    VENTEDE_FORGAEVES: "En anden er i gang",
}


def _andre(plads: Plads, venter: Registerimport, leder: Aktoer) -> Sequence[Callable[[], Any]]:
    """The paths that are no requests: the clock's job, an import that closes the place, and a row written past every action."""
    return (
        udloeb_reservationer,
        lambda: registerimport.godkend(aktoer=leder, import_id=venter.pk),
        lambda: Optagelse.objects.create(plads=plads, periode=PERIODE.som_range, art=Optagelsesart.OPHOLD),
    )


def _proev(handling: Callable[[], Any]) -> str:
    try:
        handling()
    except Konflikt as fejl:
        return fejl.kode
    except DatabaseError as fejl:
        return (som_konflikt(fejl) or fejl).kode  # type: ignore[union-attr]  # anything else fails the test
    finally:
        connection.close()
    return "vandt"


def _plads_med_udloebet_hold() -> tuple[Plads, Plads]:
    """A place everybody wants, whose hold has run out, and another in the same department."""
    sag = fabrik.reservation(fabrik.ledig_plads(betegnelse="Bolig 1"), periode=PERIODE)
    Optagelse.objects.filter(pk=sag.optagelse_id).update(udloeber=nu() - timedelta(seconds=1))
    plads = sag.optagelse.plads
    return plads, fabrik.ledig_plads(plads.afdeling, betegnelse="Bolig 2")


def _naeste(svar: httpx.Response, anden: Plads) -> bool:
    """Whether the refusal names the other place."""
    return "I samme afdeling er Bolig 2 ledig." in svar.text and (str(anden.pk) in svar.text or "<html" in svar.text)


@pytest.mark.parametrize("antal", [FAA, FLERE, MANGE])
def test_one_place_by_every_path_at_once_goes_to_one_and_the_others_are_told_in_time(antal: int) -> None:
    plads, anden = _plads_med_udloebet_hold()
    andre = _andre(plads, *import_der_lukker(plads, fabrik.om(5)))
    with webserver(database_url(), LAASEFRIST) as web, ThreadPoolExecutor(len(andre)) as traade:
        deltagere = _deltagere(plads, antal)
        andres: list[Future[str]] = [traade.submit(_proev, handling) for handling in andre]
        loeb = koer(web.adresse, deltagere, plads.pk, database_url("DATABASE_OWNER_URL"), LAASEFRIST / 2)
        uret, importen, haanden = (et.result() for et in andres)
    koder = [_kode(svar) for svar in loeb.svar]
    assert loeb.ventede > 1, "a control: they did meet"
    assert uret == "vandt", "the clock is in nobody's way"
    assert [*koder, importen, haanden].count("vandt") == 1
    assert set(koder) <= {"vandt"} | AFSLAG
    assert {importen, haanden} <= {"vandt", "register_aendret", "pladsen_er_optaget", VENTEDE_FORGAEVES}
    assert all(_naeste(svar, anden) for svar in loeb.svar if svar.status_code == httpx.codes.CONFLICT)
    assert max(loeb.tider) < LAASEFRIST + SVARTID
    assert Optagelse.objects.filter(plads=plads, aktiv=True).count() == (importen != "vandt")


def test_control_without_the_constraint_the_place_goes_to_all_by_every_path(uden_udelukkelse: None) -> None:
    plads, _ = _plads_med_udloebet_hold()
    with webserver(database_url(), LAASEFRIST) as web:
        loeb: Loeb = koer(
            web.adresse, _deltagere(plads, 8), plads.pk, database_url("DATABASE_OWNER_URL"), LAASEFRIST / 2
        )
        haanden = _proev(_andre(plads, *import_der_lukker(plads, fabrik.om(60)))[-1])
    assert [*(_kode(svar) for svar in loeb.svar), haanden] == ["vandt"] * 9


def test_who_waits_in_vain_is_told_so_after_three_seconds_and_which_place_is_free() -> None:
    plads, anden = _plads_med_udloebet_hold()
    with webserver(database_url(), LAASEFRIST) as web, ejer() as laas, laas.transaction():
        for deltager in _deltagere(fabrik.ledig_plads(), FAA):  # the first of its kind loads what the process needs
            deltager.send(web.adresse)
        laas.execute("select 1 from tilbud_plads where id = %s for no key update", [plads.pk])
        for deltager in _deltagere(plads, FAA):
            begyndt = time.perf_counter()
            svar = deltager.send(web.adresse)
            tid = time.perf_counter() - begyndt
            assert _kode(svar) == VENTEDE_FORGAEVES
            assert _naeste(svar, anden)
            assert LAASEFRIST <= tid < LAASEFRIST + SVARTID
