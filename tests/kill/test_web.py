"""The web process dies in the middle of a reservation: nothing is half-written. Other moments and ways: tests/stress."""

import pytest

from bench.processer import webserver
from tests.database import database_url
from tests.kill.situation import antal, bliver_til_netop_een, draeb_midt_i, forespoergsel

pytestmark = pytest.mark.django_db(transaction=True)


def test_killed_web_server_leaves_nothing_and_the_same_key_succeeds_once() -> None:
    anmodning, foer = forespoergsel(), antal()
    with webserver(database_url()) as web:
        draeb_midt_i(web, anmodning, "faelles_idempotensnoegle", web.draeb)
        assert antal() == foer
    with webserver(database_url()) as web:
        bliver_til_netop_een(web, anmodning)
