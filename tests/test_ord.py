"""No English word stands on a page: templates, rendered pages of every role, error messages and e-mails."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import get_resolver
from pytest_django import DjangoDbBlocker
from rest_framework import serializers

from drift.laan import ROD
from kommuner.models import Bruger, Rolle
from rammeaftale.models import Rammeaftale
from tests import fabrik
from tests.adgangstabel import Raekke
from tests.api import klienter
from tests.fremmed import engang
from tests.ord import engelsk, skabelontekst, vist_tekst
from tests.sider import AKTOERER, adresse, argumenter, brugere, raekker, sider

SIDER = dict(sider(get_resolver()))
SKABELONER = sorted(fil for fil in (ROD / "templates").rglob("*") if fil.suffix in {".html", ".txt"})
Situation = tuple[Mapping[str, Bruger | None], Mapping[str, str]]


@pytest.fixture(scope="module")
def situation(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Situation]:
    """The people, and the ids in the addresses of pages and of the API."""
    with django_db_blocker.unblock(), engang(lambda: (brugere(), argumenter())) as (folk, args):
        yield folk, {**args, "aftale_id": str(Rammeaftale.objects.get(slug=args["slug"]).pk)}


@pytest.mark.parametrize(
    "html",
    [
        "<p>Please wait</p>",
        "<button aria-label='Close'>X</button>",
        "<img alt='Search result'>",
        "<input type='submit' value='Save'>",
        "<p>Feltet er <em>required</em></p>",
    ],
)
def test_word_list_finds_english_where_people_see_or_hear_it(html: str) -> None:
    assert engelsk(vist_tekst(html))


@pytest.mark.parametrize(
    "html",
    [
        "<script>search()</script><style>.page { color: red }</style>",
        "<p>Der er et problem for jer: skriv til email@example.dk om <kbd>Enter</kbd>.</p>",
        "<a href='/search?page=2' class='next page'>Næste</a><input type='hidden' value='search'>",
        "<p>01a22426-f579-7add-9c63-ec0734d969fd</p>",
    ],
)
def test_word_list_leaves_markup_danish_and_addresses_alone(html: str) -> None:
    assert engelsk(vist_tekst(html)) == {}


@pytest.mark.parametrize("fil", SKABELONER, ids=lambda fil: str(fil.relative_to(ROD / "templates")))
def test_template_says_nothing_in_english(fil: Path) -> None:
    assert engelsk(skabelontekst(fil.read_text())) == {}


ROLLER = [navn for navn in AKTOERER if not navn.endswith("@nabo")]


def laeses(raekke: Raekke, rolle: str) -> bool:
    """Whether a role reads that page: everybody it is shown to; a refusal, the same to all, only the first who meets it."""
    svar = raekke.udfald[rolle]
    return svar == "200" or (
        svar in {"403", "404"} and rolle == next(navn for navn in ROLLER if raekke.udfald[navn] == svar)
    )


@pytest.mark.django_db
@pytest.mark.parametrize("rolle", ROLLER)
def test_pages_of_a_role_say_nothing_in_english(rolle: str, situation: Situation) -> None:
    folk, args = situation
    bruger = folk[rolle]
    client = logget_paa(bruger) if bruger else Client()
    set_ = 0
    for raekke in raekker():
        if raekke.metode == "GET" and laeses(raekke, rolle):
            svar = client.get(adresse(raekke.rute, SIDER[raekke.rute], args))
            if svar.headers["Content-Type"].startswith("text/html"):
                set_ += 1
                assert engelsk(vist_tekst(svar.content.decode())) == {}, raekke.rute
    assert set_ > 5


def logget_paa(bruger: Bruger) -> Client:
    client = Client()
    client.force_login(bruger)
    return client


TOM = ""
LANG = "x" * 5000
FEJLSVAR = [
    ("anonym", "/konto/login/", {"login": TOM, "password": TOM}),
    ("anonym", "/konto/login/", {"login": "ikke en adresse", "password": "x"}),
    ("anonym", "/konto/login/", {"login": "ingen@example.dk", "password": "forkert"}),
    ("anonym", "/konto/password/reset/", {"email": TOM}),
    ("anonym", "/konto/password/reset/", {"email": "ikke en adresse"}),
    (
        "sagsbehandler@egen",
        "/konto/password/change/",
        {"oldpassword": "forkert", "password1": "12345678", "password2": "2"},
    ),
    (
        "sagsbehandler@egen",
        "/konto/password/change/",
        {"oldpassword": fabrik.ADGANGSKODE, "password1": "password", "password2": "password"},
    ),
    ("sagsbehandler@egen", "/konto/password/change/", {}),
    ("sagsbehandler@egen", "/konto/reauthenticate/", {"password": "forkert"}),
    (
        "sagsbehandler@egen",
        "/reservationer/ny",
        {"plads": "{plads_id}", "fra": TOM, "til": "31.2.2027", "hjemmel": "FEJL"},
    ),
    (
        "sagsbehandler@egen",
        "/reservationer/ny",
        {"plads": "{plads_id}", "fra": "2.1.2030", "til": "1.1.2030", "tilbage": LANG},
    ),
    ("sagsbehandler@egen", "/reservationer/ny", {"plads": "{plads_id}", "sagsreference": LANG, "maalgruppe": "x"}),
    ("tilbudsleder@egen", "/reservationer/{reservation_id}/afvis", {"grund": "FEJL", "bemaerkning": LANG}),
    ("tilbudsleder@egen", "/reservationer/{reservation_id}/afvis", {"grund": "andet", "bemaerkning": "010190-1234"}),
    ("sekretariat@egen", "/rammeaftaler/{slug}/parter/{part_id}/beslutning", {"status": TOM}),
    (
        "sekretariat@egen",
        "/rammeaftaler/{slug}/parter/{part_id}/beslutning",
        {"status": "FEJL", "dato": "x", "organ": LANG, "referat_url": "x", "bemaerkning": LANG},
    ),
    ("administrator@egen", "/klienter/ny", {"navn": TOM, "funktion": TOM}),
    ("administrator@egen", "/klienter/ny", {"navn": LANG, "funktion": "FEJL", "scopes": "FEJL"}),
    (
        "administrator@egen",
        "/klienter/ny",
        {"navn": "Sag 010190-1234", "funktion": "myndighed", "scopes": "pladser:confirm"},
    ),
    ("administrator@egen", "/klienter/{klient_id}/adgange", {"scopes": "FEJL"}),
]
FEJLSOEGNINGER = [
    "/soeg/?fra=x&til=x&hoejeste_takst=x&maalgruppe=x&hjemmel=x&kommuner=x",
    "/soeg/?fra_dag=1&fra_maaned=&fra_aar=2030&hoejeste_takst=0",
    "/soeg/?fra=2030-02-01&til=2030-01-01&hoejeste_takst=99999999999&tekst=" + LANG,
    "/soeg/?fra=2030-02-01&hoejeste_takst=1.234567&tekst=findes-ikke",
    "/tilbud/?kommune=x&tekst=" + LANG,
    "/reservationer/?tilstand=x",
]


@pytest.mark.django_db
@pytest.mark.parametrize(("rolle", "sti", "data"), FEJLSVAR)
def test_form_with_errors_says_nothing_in_english(
    rolle: str, sti: str, data: dict[str, str], situation: Situation
) -> None:
    folk, args = situation
    bruger = folk[rolle]
    client = logget_paa(bruger) if bruger else Client()
    svar = client.post(sti.format(**args), {navn: vaerdi.format(**args) for navn, vaerdi in data.items()})
    html = svar.content.decode()
    assert "Fejl: " in html, "the form was accepted, so this test shows nothing"
    assert engelsk(vist_tekst(html)) == {}


@pytest.mark.django_db
@pytest.mark.parametrize("sti", FEJLSOEGNINGER)
def test_search_with_errors_says_nothing_in_english(sti: str) -> None:
    client = logget_paa(fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation))
    assert engelsk(vist_tekst(client.get(sti).content.decode())) == {}


@pytest.mark.django_db
def test_missing_csrf_token_and_unknown_address_are_said_in_danish() -> None:
    client = Client(enforce_csrf_checks=True)
    for svar in (client.post("/konto/login/", {}), client.get("/findes-ikke")):
        assert svar.status_code in {403, 404}
        assert engelsk(vist_tekst(svar.content.decode())) == {}


@pytest.mark.django_db
def test_mail_for_a_new_password_is_in_danish() -> None:
    fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation, email="kendt@example.dk")
    for adressat in ("kendt@example.dk", "ukendt@example.dk"):
        Client().post("/konto/password/reset/", {"email": adressat})
    assert len(mail.outbox) == 2
    for brev in mail.outbox:
        assert engelsk([str(brev.subject), str(brev.body)]) == {}


def felter(
    klasse: type[serializers.Serializer[Any]] = serializers.Serializer,
) -> Iterator[serializers.Field[Any, Any, Any, Any]]:
    """Every serializer of the API and its fields."""
    for underklasse in klasse.__subclasses__():
        if underklasse.__module__.endswith("api"):
            fundet = underklasse()
            yield from (fundet, *fundet.fields.values())
        yield from felter(underklasse)


def test_messages_of_every_field_of_the_api_are_in_danish() -> None:
    """Also those no test provokes. What stands in braces is put in when the message is given."""
    beskeder = {
        (type(felt).__name__, re.sub(r"{.*?}", "", str(b))) for felt in felter() for b in felt.error_messages.values()
    }
    assert len(beskeder) > 20
    assert {besked: fundet for besked in beskeder if (fundet := engelsk([besked[1]]))} == {}


FEJL_I_API = [
    ("POST", "reservationer", {"pladsId": "nope", "fra": "x", "til": 1, "hjemmel": [], "sagsreference": LANG}),
    ("POST", "reservationer", {"fra": "2030-01-01", "til": "2029-01-01"}),
    ("POST", "reservationer", []),
    ("POST", "reservationer/{reservation_id}/beslutninger", {"udfald": "x", "grund": 1, "bemaerkning": LANG}),
    ("POST", "rammeaftaler/{aftale_id}/parter/{part_id}/godkendelser", {"status": None, "dato": {}, "organ": True}),
    ("POST", "rapporter", {"type": LANG, "rammeaftaleId": "x"}),
    ("GET", "ledige-pladser?maalgruppe=x&kommune=x&fra=x&maksTakst=x", None),
    ("GET", "ledige-pladser?fra=2030-01-01&til=2029-01-01&maksTakst=-1.234", None),
    ("GET", "takster?gyldigPaa=x", None),
    ("GET", "tilbud?driftsherre=x&ukendt=1", None),
    ("GET", "pladser?limit=0&cursor=x", None),
    ("GET", "findes-ikke", None),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("metode", "sti", "krop"), FEJL_I_API)
def test_refusal_of_the_api_says_nothing_in_english(metode: str, sti: str, krop: Any, situation: Situation) -> None:
    _, args = situation
    client = klienter.sekretariat() if "rammeaftale" in sti or sti == "rapporter" else klienter.myndighed()
    svar = client.generic(
        metode,
        f"/api/v1/{sti.format(**args)}",
        "" if krop is None else json.dumps(krop),
        content_type="application/json",
        headers={"idempotency-key": "k"},
    )
    fundet = svar.json()
    assert 400 <= svar.status_code < 500
    beskeder = [fundet["title"], fundet["detail"], *(fejl["detail"] for fejl in fundet["errors"])]
    assert engelsk(beskeder, TEKNISKE) == {}


# Names of HTTP headers and methods, and of keys in the answers, which the page explains in Danish.
TEKNISKE = frozenset({"accept", "after", "cursor", "delete", "errors", "if", "limit", "match", "retry"})


@pytest.mark.django_db
def test_page_about_the_api_is_in_danish_apart_from_technical_keys() -> None:
    svar = Client().get("/api/v1/docs")
    assert svar.status_code == 200
    assert engelsk(vist_tekst(svar.content.decode()), TEKNISKE) == {}
