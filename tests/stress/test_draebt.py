"""Web processes killed at every moment of a reservation: gunicorn with all its children, or the children alone."""

import pytest

from bench.processer import webserver
from tests.database import database_url
from tests.kill.situation import TABELLER, antal, bliver_til_netop_een, draeb_midt_i, forespoergsel

pytestmark = [pytest.mark.stress, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("tabel", TABELLER)
def test_children_killed_alone_are_replaced_and_nothing_is_lost(tabel: str) -> None:
    anmodning, foer = forespoergsel(), antal()
    with webserver(database_url()) as web:
        draeb_midt_i(web, anmodning, tabel, web.draeb_boern)
        assert antal() == foer
        bliver_til_netop_een(web, anmodning)


@pytest.mark.parametrize("tabel", TABELLER)
def test_server_killed_whole_and_started_again_loses_nothing(tabel: str) -> None:
    anmodning, foer = forespoergsel(), antal()
    with webserver(database_url()) as web:
        draeb_midt_i(web, anmodning, tabel, web.draeb)
        assert antal() == foer
    with webserver(database_url()) as web:
        bliver_til_netop_een(web, anmodning)
