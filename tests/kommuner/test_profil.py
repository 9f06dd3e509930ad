"""Min profil: the person's own roles and log-ins, and ending them one by one."""

from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from faelles.tid import Periode
from kommuner.models import Bruger, Rolle, Tilknytning
from kommuner.templatetags.konto import browser
from tests import fabrik

pytestmark = pytest.mark.django_db


@pytest.fixture
def bruger() -> Bruger:
    return fabrik.bruger(Rolle.LAESER, fabrik.kommune().organisation)


def logget_paa(bruger: Bruger) -> Client:
    """A browser the person has logged in with."""
    client = Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"})
    client.post("/konto/login/", {"login": bruger.email, "password": fabrik.ADGANGSKODE})
    return client


def sted(client: Client) -> int:
    """The number of the place the browser is logged in."""
    return int(UserSession.objects.get(session_key=client.session.session_key).pk)


def test_profile_shows_roles_with_period_and_who_gave_them(bruger: Bruger) -> None:
    Tilknytning.objects.create(
        bruger=bruger,
        organisation=fabrik.kommune("Gladsaxe").organisation,
        rolle=Rolle.SAGSBEHANDLER,
        periode=Periode(fabrik.om(-20), fabrik.om(-10)).som_range,
        kilde="gladsaxe",
    )
    side = logget_paa(bruger).get("/profil").content.decode()
    assert "Gladsaxe Kommune" in side
    assert "fra 01.01.2007" in side
    assert f"til og med {fabrik.om(-11):%d.%m.%Y}" in side
    assert "gladsaxe, når du logger på dér" in side


def test_profile_shows_nothing_of_others(bruger: Bruger) -> None:
    fabrik.bruger(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation, email="fremmed@example.dk")
    side = logget_paa(bruger).get("/profil").content.decode()
    assert "Gladsaxe" not in side
    assert "fremmed" not in side


def test_profile_asks_the_database_as_often_however_many_roles(
    bruger: Bruger, django_assert_max_num_queries: Any
) -> None:
    client = logget_paa(bruger)
    with django_assert_max_num_queries(100) as en:
        client.get("/profil")
    Tilknytning.objects.bulk_create(
        Tilknytning(
            bruger=bruger,
            organisation=fabrik.kommune().organisation,
            rolle=Rolle.OEKONOMI,
            periode=Periode(fabrik.om(-2 * dag - 2), fabrik.om(-2 * dag - 1)).som_range,
        )
        for dag in range(100)
    )
    with django_assert_max_num_queries(len(en.captured_queries)):
        client.get("/profil")


def test_one_other_place_is_logged_off_and_the_rest_stay(bruger: Bruger) -> None:
    her, der, tredje = (logget_paa(bruger) for _ in range(3))
    svar = her.post(f"/profil/sessioner/{sted(der)}/afslut")
    assert svar["Location"] == "/konto/sessioner/"
    assert [client.get("/").status_code for client in (her, der, tredje)] == [200, 302, 200]


def test_all_other_places_are_logged_off(bruger: Bruger) -> None:
    her, der, tredje = (logget_paa(bruger) for _ in range(3))
    her.post("/konto/sessioner/")
    assert [client.get("/").status_code for client in (her, der, tredje)] == [200, 302, 302]


def test_this_place_is_logged_off_too(bruger: Bruger) -> None:
    her = logget_paa(bruger)
    assert her.post(f"/profil/sessioner/{sted(her)}/afslut")["Location"] == "/konto/login/"
    assert her.get("/").status_code == 302


def test_place_of_another_person_is_not_found_and_stays(bruger: Bruger) -> None:
    fremmed = logget_paa(fabrik.bruger(Rolle.LAESER, fabrik.kommune().organisation))
    her = logget_paa(bruger)
    ukendt = her.post("/profil/sessioner/999999/afslut")
    svar = her.post(f"/profil/sessioner/{sted(fremmed)}/afslut")
    assert (svar.status_code, ukendt.status_code) == (404, 404)
    assert fremmed.get("/").status_code == 200


def test_list_of_places_names_the_browser_in_words(bruger: Bruger) -> None:
    side = logget_paa(bruger).get("/konto/sessioner/").content.decode()
    assert "Firefox på Linux" in side
    assert "Mozilla" not in side


@pytest.mark.parametrize(
    ("kendetegn", "navn"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/130.0 Safari/537 Edg/130.0", "Edge på Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18 Safari/604", "Safari på iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/130.0 Mobile Safari/537", "Chrome på Android"),
        ("curl/8.5", "Ukendt browser"),
        ("", "Ukendt browser"),
    ],
)
def test_browser_is_named_as_people_know_it(kendetegn: str, navn: str) -> None:
    assert browser(kendetegn) == navn
