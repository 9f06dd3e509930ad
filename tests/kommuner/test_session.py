"""A log-in ends when nobody uses it; asking how long is left does not prolong it."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from freezegun import freeze_time

from faelles.tid import nu
from kommuner.models import Rolle
from kommuner.session import VARSEL, ryd
from tests import fabrik

pytestmark = pytest.mark.django_db

TIME = 3600


@pytest.fixture
def client() -> Client:
    ny = Client()
    bruger = fabrik.bruger(Rolle.LAESER, fabrik.kommune().organisation)
    ny.post("/konto/login/", {"login": bruger.email, "password": fabrik.ADGANGSKODE})
    return ny


def om(sekunder: int) -> Any:
    """The clock so many seconds from now."""
    return freeze_time(nu() + timedelta(seconds=sekunder))


def test_login_ends_after_an_hour_without_use(client: Client) -> None:
    with om(TIME - 2):
        assert client.get("/session").json()["sekunder"] <= 2
    with om(TIME + 1):
        assert client.get("/").status_code == 302
        assert client.get("/session").json()["sekunder"] == 0


def test_use_moves_the_end(client: Client) -> None:
    with om(TIME - 100):
        assert client.get("/").status_code == 200
    with om(2 * TIME - 200):
        assert client.get("/").status_code == 200


def test_asking_how_long_is_left_does_not_move_the_end(client: Client) -> None:
    with om(TIME - 100):
        assert 98 <= client.get("/session").json()["sekunder"] <= 100
    with om(TIME + 1):
        assert client.get("/").status_code == 302


def test_extending_moves_the_end(client: Client) -> None:
    with om(TIME - 100):
        assert client.post("/session").json()["sekunder"] == TIME
    with om(TIME + 1):
        assert client.get("/").status_code == 200


def test_extending_what_has_ended_does_not_log_in_again(client: Client) -> None:
    with om(TIME + 1):
        assert client.post("/session").json()["sekunder"] == 0
        assert client.get("/").status_code == 302


def test_shorter_time_in_the_settings_holds_for_those_who_are_logged_in(client: Client, settings: Any) -> None:
    settings.SESSION_COOKIE_AGE = 600
    with om(601):
        assert client.get("/").status_code == 302


def test_cookie_goes_when_the_browser_is_closed(client: Client, settings: Any) -> None:
    assert client.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == ""
    with om(120):
        client.get("/")
        assert client.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == ""


def test_page_after_the_end_says_what_happened_and_leads_back(client: Client) -> None:
    with om(TIME + 1):
        svar = client.get("/tilbud/")
    assert svar["Location"] == "/konto/login/?next=/tilbud/&udloebet=1"
    assert "Du er logget af" in Client().get(svar["Location"]).content.decode()


def test_visitor_who_has_not_been_logged_in_is_not_told_so() -> None:
    client = Client()
    client.get("/konto/totrin/webauthn/login/", headers={"accept": "application/json"})
    assert client.get("/")["Location"] == "/konto/login/?next=/"


def test_use_within_a_minute_writes_nothing(client: Client) -> None:
    client.get("/profil")
    foer = UserSession.objects.get().last_seen_at
    with om(30):
        client.get("/profil")
        assert UserSession.objects.get().last_seen_at == foer
    with om(90):
        client.get("/profil")
        assert UserSession.objects.get().last_seen_at > foer


def test_extending_needs_a_token_and_each_answer_brings_one() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(fabrik.bruger(Rolle.LAESER, fabrik.kommune().organisation))
    assert client.post("/session").status_code == 403
    svar = client.get("/session").json()
    assert svar["varsel"] == VARSEL
    assert client.post("/session", headers={"X-CSRFToken": svar["token"]}).status_code == 200


def test_answer_is_never_kept_by_a_cache(client: Client) -> None:
    assert "no-store" in client.get("/session")["Cache-Control"]


def test_page_knows_how_long_is_left_when_it_is_opened(client: Client) -> None:
    with om(TIME - 100):
        assert f'data-sekunder="{TIME}"' in client.get("/").content.decode()


def test_ryd_forgets_ended_logins_and_keeps_the_others(client: Client) -> None:
    gammel = Session.objects.create(session_key="gammel", session_data="x", expire_date=nu() - timedelta(seconds=1))
    hvem = fabrik.bruger(Rolle.LAESER, fabrik.kommune().organisation)
    UserSession.objects.create(user=hvem, ip="192.0.2.1", session_key=gammel.session_key, user_agent="Firefox/1")
    ryd()
    assert [s.session_key for s in Session.objects.all()] == [client.session.session_key]
    assert [s.session_key for s in UserSession.objects.all()] == [client.session.session_key]
