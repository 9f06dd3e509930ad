"""The access table: every page and what each role gets, in each place. A new page or role that is not in it fails."""

from collections.abc import Iterator, Mapping
from http.cookies import SimpleCookie

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver
from pytest_django import DjangoDbBlocker

from kommuner.models import Bruger, Rolle
from tests.adgangstabel import Raekke
from tests.fremmed import engang
from tests.sider import (
    AKTOERER,
    FELTER,
    FOLK,
    LOGIN,
    LUKKEDE,
    OFFENTLIGE,
    adresse,
    argumenter,
    brugere,
    raekker,
    sider,
    udfyld,
)

pytestmark = pytest.mark.django_db
RAEKKER = raekker()
SIDER = dict(sider(get_resolver()))
Situation = tuple[Mapping[str, SimpleCookie], Mapping[str, str]]


@pytest.fixture(scope="module")
def situation(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Situation]:
    """The people and the things, made once; nothing of what a row does to them is kept."""
    with django_db_blocker.unblock(), engang(lambda: (brugere(), argumenter())) as (folk, args):
        yield {navn: logget_paa(bruger) for navn, bruger in folk.items()}, args


def logget_paa(bruger: Bruger | None) -> SimpleCookie:
    """What the browser of somebody who has logged on sends; nothing for the anonymous."""
    client = Client()
    if bruger is not None:
        client.force_login(bruger)
    return client.cookies


def som(cookies: SimpleCookie) -> Client:
    """A browser of its own with those cookies."""
    client = Client()
    client.cookies.load({navn: cookie.value for navn, cookie in cookies.items()})
    return client


def udfald(status: int, videre: str) -> str:
    """The table's word for an answer."""
    return "log" if status == 302 and videre.startswith("/konto/login/?") else str(status)


@pytest.mark.parametrize("raekke", RAEKKER, ids=lambda raekke: f"{raekke.metode}-{raekke.rute}")
def test_page_gives_each_role_what_the_table_says(raekke: Raekke, situation: Situation) -> None:
    folk, args = situation
    url = adresse(raekke.rute, SIDER[raekke.rute], args)
    data = udfyld(FELTER.get(raekke.rute, {}), args)
    fundet = {}
    for navn in AKTOERER:
        client = som(folk[navn])
        with transaction.atomic():  # what one actor changes, the next does not see
            svar = client.post(url, data) if raekke.metode == "POST" else client.get(url)
            transaction.set_rollback(True)
        fundet[navn] = udfald(svar.status_code, svar.headers.get("Location", ""))
    assert fundet == raekke.udfald


def test_every_page_is_in_the_table_once_per_method() -> None:
    assert set(SIDER) == {raekke.rute for raekke in RAEKKER} | LUKKEDE
    assert len({(raekke.rute, raekke.metode) for raekke in RAEKKER}) == len(RAEKKER)


def test_every_role_is_tried_in_an_organisation_of_its_own_and_in_a_foreign_one() -> None:
    assert set(FOLK) >= {f"{rolle.value}@{sted}" for rolle in Rolle for sted in ("egen", "fremmed")}


def test_every_page_names_the_right_it_needs_or_is_public() -> None:
    uden = {navn for navn, moenster in SIDER.items() if not hasattr(moenster.callback, "kraever")}
    assert {navn for navn in uden if not navn.startswith(LOGIN)} == OFFENTLIGE | LUKKEDE


def test_page_that_only_writes_cannot_be_opened_by_a_link(situation: Situation) -> None:
    folk, args = situation
    metoder: dict[str, set[str]] = {}
    for raekke in RAEKKER:
        metoder.setdefault(raekke.rute, set()).add(raekke.metode)
    skriver = [adresse(rute, SIDER[rute], args) for rute, brugte in metoder.items() if brugte == {"POST"}]
    for navn in ("sagsbehandler@egen", "tilbudsleder@egen", "sekretariat@egen"):
        client = som(folk[navn])
        assert {client.get(url).status_code for url in skriver} == {405}
