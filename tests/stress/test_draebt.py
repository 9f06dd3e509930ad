"""Web processes killed between every two statements of a reservation: nothing is lost, nothing is doubled.

How many statements there are is not known here: the process is killed one statement later each time, until it gets through alive.
"""

import httpx
import pytest

from bench.kaploeb import Deltager
from bench.processer import webserver
from tests.database import database_url
from tests.kill.mellemled import Mellemled, mellemled
from tests.kill.regnskab import forskel, regnskab
from tests.kill.situation import TABELLER, antal, bliver_til_netop_een, draeb_midt_i, ejer, forespoergsel, vent_til

pytestmark = [pytest.mark.stress, pytest.mark.django_db(transaction=True)]

MINDST = 10  # statements; what does fewer than that writes neither claim, case nor event
# The one that takes a dead process's place has everything loaded already; it dies many times.
HURTIGT_IGEN = {"GUNICORN_CMD_ARGS": "--preload", "WEB_CONCURRENCY": "1"}


def slut(led: Mellemled) -> None:
    """Wait until the database has noticed that the process is dead, and let the next through."""
    with ejer() as kig:
        vent_til(lambda: not kig.execute("select 1 from pg_stat_activity where pid = any(%s)", [led.pider]).fetchone())
    led.pider.clear()
    led.lad_vaere()


def test_web_killed_after_any_statement_loses_nothing_and_the_repetition_doubles_nothing() -> None:
    with mellemled(database_url()) as led, webserver(led.adresse, miljoe=HURTIGT_IGEN) as web:
        maalt = forespoergsel()
        foer = regnskab()
        assert maalt.send(web.adresse).status_code < httpx.codes.BAD_REQUEST
        hele = forskel(regnskab(), foer)
        udfald: list[bool] = []
        while not udfald or led.faldt:
            anmodning = forespoergsel()
            foer = regnskab()
            led.arm(len(udfald) + 1, web.draeb_boern)
            _send(anmodning, web.adresse, led)
            efter = forskel(regnskab(), foer)
            assert efter in ({}, hele), f"efter sætning {len(udfald) + 1}"
            udfald.append(efter == hele)
            for _ in range(2):
                anmodning.send(web.adresse)
                assert forskel(regnskab(), foer) == hele, f"gentaget, dræbt efter sætning {len(udfald)}"
    assert len(udfald) > MINDST
    assert udfald == sorted(udfald), "nothing before the commit, all after it"
    assert udfald.count(True) > 1, "killed after the commit too"


def _send(anmodning: Deltager, adresse: str, led: Mellemled) -> None:
    """Ask; the answer comes when, and only when, nobody was killed."""
    try:
        anmodning.send(adresse)
    except httpx.TransportError:
        assert led.faldt
        slut(led)
    else:
        assert not led.faldt
        led.lad_vaere()


@pytest.mark.parametrize("tabel", TABELLER)
def test_server_killed_whole_and_started_again_loses_nothing(tabel: str) -> None:
    anmodning, foer = forespoergsel(), antal()
    with webserver(database_url()) as web:
        draeb_midt_i(web, anmodning, tabel, web.draeb)
        assert antal() == foer
    with webserver(database_url()) as web:
        bliver_til_netop_een(web, anmodning)
