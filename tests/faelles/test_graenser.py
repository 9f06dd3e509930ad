"""Limits: counted per person, client or address; told with Retry-After; and what happens when nobody can count."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, RequestFactory
from redis import ConnectionError as RedisNede

from faelles.aktoer import Funktion, Rettighed
from faelles.graenser import Graense, klientadresse, laes_sats
from kommuner.models import Bruger, Rolle
from rammeaftale.rapporter.models import Rapport
from tests import fabrik
from tests.api import klienter
from tests.api.adgang import krop
from tests.sider import faerdig_rapport
from tests.tilbud.bekraeftelser.situationer import vist

TO = (2, 60)
Saet = Callable[..., None]


@pytest.fixture
def graenser(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Saet:
    """Set some limits to two a minute, and stop their clock: on a busy machine three requests may take longer."""

    def saet(*navne: Graense) -> None:
        ur(monkeypatch, 0)
        settings.GRAENSER = {**settings.GRAENSER, **dict.fromkeys(navne, TO)}

    return saet


@pytest.fixture
def uden_redis() -> Iterator[None]:
    """The cache does not answer."""

    def nede(*_args: Any, **_kwargs: Any) -> None:
        raise RedisNede

    with pytest.MonkeyPatch.context() as lap:
        lap.setattr("django.core.cache.backends.redis.RedisCacheClient.get_client", nede)
        yield


def ur(monkeypatch: pytest.MonkeyPatch, sekunder: int) -> None:
    """Let the limits' clock go forward."""
    nu = fabrik.nu().timestamp()
    monkeypatch.setattr("django_ratelimit.core.time.time", lambda: nu + sekunder)


def logget_ind(bruger: Bruger) -> Client:
    client = Client()
    client.force_login(bruger)
    return client


def sagsbehandler() -> Client:
    return logget_ind(fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation))


@pytest.mark.django_db
def test_search_beyond_the_limit_is_a_page_that_says_when_and_others_are_not_touched(
    graenser: Saet, monkeypatch: pytest.MonkeyPatch
) -> None:
    graenser(Graense.SOEG)
    client = sagsbehandler()
    assert [client.get("/soeg/").status_code for _ in range(3)] == [200, 200, 429]
    svar = client.get("/soeg/")
    assert 1 <= int(svar.headers["Retry-After"]) <= 60
    assert "Vent et øjeblik" in svar.content.decode()
    assert client.get("/").status_code == 200
    assert sagsbehandler().get("/soeg/").status_code == 200
    ur(monkeypatch, 61)
    assert client.get("/soeg/").status_code == 200


@pytest.mark.django_db
def test_every_page_that_writes_shares_one_limit_and_nothing_is_done_beyond_it(graenser: Saet) -> None:
    graenser(Graense.SKRIV)
    client = logget_ind(fabrik.bruger(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation))
    plads = fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(i="Gladsaxe")))
    viste = vist(client.get(f"/tilbud/{plads.afdeling.tilbud_id}"))
    client.post("/tilbud/bekraeft", {"viste": "x:x"})
    client.post(f"/tilbud/afdelinger/{plads.afdeling_id}/bekraeft", {"tryk": viste["tryk"]})
    antal = plads.afdeling.bekraeftelser.count()
    svar = client.post(f"/tilbud/afdelinger/{plads.afdeling_id}/bekraeft", {"tryk": viste["tryk"]})
    assert svar.status_code == 429
    assert plads.afdeling.bekraeftelser.count() == antal > 0


@pytest.mark.django_db
def test_downloads_have_a_limit_of_their_own(graenser: Saet) -> None:
    graenser(Graense.HENT, Graense.API_HENT)
    rapport: Rapport = faerdig_rapport(fabrik.aftale().id)
    for client, sti in (
        (sagsbehandler(), f"/rapporter/{rapport.id}/rapport.pdf"),
        (klienter.myndighed(), f"/api/v1/rapporter/{rapport.id}/pdf"),
    ):
        assert [client.get(sti).status_code for _ in range(3)] == [200, 200, 429]


@pytest.mark.django_db
@pytest.mark.parametrize("graense", [Graense.API_SOEG, Graense.API_SKRIV])
def test_client_beyond_its_limit_gets_a_problem_and_is_told_all_along_what_is_left(
    graenser: Saet, graense: Graense
) -> None:
    graenser(graense)
    client, plads = klienter.myndighed(), fabrik.ledig_plads()

    def kald(nummer: int) -> Any:
        if graense is Graense.API_SOEG:
            return client.get(f"/api/v1/ledige-pladser?fra={fabrik.om(1)}")
        data, noegle = krop("reservationer", {"plads_id": str(plads.id)}), {"idempotency-key": f"n-{nummer}"}
        return client.post("/api/v1/reservationer", data, content_type="application/json", headers=noegle)

    foerste, anden, tredje = (kald(nummer) for nummer in range(3))
    assert foerste.headers["RateLimit-Policy"] == f'"{graense}";q=2;w=60'
    assert foerste.headers["RateLimit"].startswith(f'"{graense}";r=1;t=')
    assert anden.headers["RateLimit"].startswith(f'"{graense}";r=0;t=')
    assert anden.status_code in {200, 409}
    assert (tredje.status_code, tredje.json()["code"]) == (429, "for_mange")
    assert tredje.headers["Content-Type"] == "application/problem+json"
    assert 1 <= int(tredje.headers["Retry-After"]) <= 60
    assert client.get("/api/v1/tilbud").status_code == 200


@pytest.mark.django_db
def test_open_document_is_limited_per_address(graenser: Saet) -> None:
    graenser(Graense.AABEN)
    assert [Client().get("/api/v1/openapi.json").status_code for _ in range(3)] == [200, 200, 429]
    assert Client(REMOTE_ADDR="192.0.2.9").get("/api/v1/openapi.json").status_code == 200


@pytest.mark.django_db
def test_person_who_may_not_is_refused_and_not_counted(graenser: Saet) -> None:
    graenser(Graense.SOEG)
    client = logget_ind(fabrik.bruger(Rolle.ADMINISTRATOR, fabrik.kommune().organisation))
    assert [client.get("/soeg/").status_code for _ in range(4)] == [403] * 4


@pytest.mark.django_db
def test_without_redis_the_work_goes_on_and_a_warning_is_logged(
    uden_redis: None, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert sagsbehandler().get("/soeg/").status_code == 200
    assert "graense_ikke_talt soeg" in caplog.text


@pytest.mark.django_db
def test_without_redis_no_token_is_given(request: pytest.FixtureRequest) -> None:
    klient = klienter.registrer(fabrik.kommune().organisation, Funktion.MYNDIGHED, Rettighed.TILBUD_LAES)
    client = klienter.client(klient)
    request.getfixturevalue("uden_redis")
    svar = bed_om_token(klienter.noegle(klient).application.client_id)
    assert (svar.status_code, svar.json()["code"]) == (503, "utilgaengelig")
    assert int(svar.headers["Retry-After"]) > 0
    assert client.get("/api/v1/tilbud").status_code == 200, "a token given already still works"


def bed_om_token(client_id: str, hemmelighed: str = klienter.HEMMELIGHED, **fra: str) -> Any:
    data = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": hemmelighed}
    return Client(**fra).post("/o/token/", data)  # type: ignore[arg-type]  # META of the request


@pytest.mark.django_db
@pytest.mark.parametrize("sti", ["/o/token/", "/o/revoke_token/"])
def test_guessing_at_a_secret_is_slowed_and_the_right_one_has_to_wait_too(
    sti: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    klient = klienter.registrer(fabrik.kommune().organisation, Funktion.MYNDIGHED, Rettighed.TILBUD_LAES)
    hoejst, _ = settings.GRAENSER[Graense.TOKEN_FEJL]
    data = {"client_id": klienter.noegle(klient).application.client_id, "client_secret": "gaet", "token": "x"}
    gaet = [Client().post(sti, {**data, "grant_type": "client_credentials"}) for _ in range(hoejst + 5)]
    assert [svar.status_code for svar in gaet] == [401] * hoejst + [429] * 5
    assert gaet[-1].headers["Content-Type"] == "application/problem+json"
    assert 1 <= int(gaet[-1].headers["Retry-After"]) <= 60
    assert bed_om_token(klienter.noegle(klient).application.client_id).status_code == 429
    ur(monkeypatch, 61)
    assert bed_om_token(klienter.noegle(klient).application.client_id).status_code == 200


@pytest.mark.django_db
def test_guessing_locks_out_neither_the_same_client_elsewhere_nor_its_neighbours(graenser: Saet) -> None:
    graenser(Graense.TOKEN_FEJL)
    fundne = [
        klienter.registrer(fabrik.kommune(navn).organisation, Funktion.MYNDIGHED, Rettighed.TILBUD_LAES)
        for navn in ("Rødovre", "Herlev")
    ]
    angrebet, nabo = (klienter.noegle(klient).application.client_id for klient in fundne)
    assert [bed_om_token(angrebet, "gaet").status_code for _ in range(3)] == [401, 401, 429]
    assert bed_om_token(angrebet, REMOTE_ADDR="192.0.2.9").status_code == 200
    assert bed_om_token(nabo).status_code == 200


@pytest.mark.django_db
def test_guessing_at_many_clients_from_one_address_is_slowed(graenser: Saet) -> None:
    graenser(Graense.TOKEN_FEJL_ADRESSE)
    assert [bed_om_token(f"gaet-{nummer}").status_code for nummer in range(3)] == [401, 401, 429]


@pytest.mark.django_db
def test_client_in_the_header_is_counted_as_the_one_in_the_form(graenser: Saet) -> None:
    graenser(Graense.TOKEN_FEJL)
    client = Client(headers={"authorization": "Basic YWJjOmdhZXQ="})  # abc:gaet
    svar = [client.post("/o/token/", {"grant_type": "client_credentials"}).status_code for _ in range(3)]
    assert svar == [401, 401, 429]
    assert bed_om_token("abc", "gaet").status_code == 429
    assert Client(headers={"authorization": "Basic ÿÿ"}).post("/o/token/", {}).status_code in {400, 401}


@pytest.mark.parametrize(
    ("proxyer", "noteret", "ventet"),
    [
        (0, "198.51.100.7", "192.0.2.1"),  # not believed
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.1, 198.51.100.7", "198.51.100.7"),  # what the client wrote itself stands to the left
        (2, "203.0.113.1, 198.51.100.7, 192.0.2.5", "198.51.100.7"),
        (2, "198.51.100.7", "192.0.2.1"),  # fewer than we have: not by way of them
        (1, "", "192.0.2.1"),
        (1, "noget", "ukendt"),
        (1, "2001:db8:1:2:3::9", "2001:db8:1:2::/64"),
    ],
)
def test_address_is_what_our_own_proxies_have_seen(proxyer: int, noteret: str, ventet: str, settings: Any) -> None:
    settings.PROXYER = proxyer
    hoveder = {"x-forwarded-for": noteret} if noteret else {}
    assert klientadresse(RequestFactory().get("/", headers=hoveder, REMOTE_ADDR="192.0.2.1")) == ventet


@pytest.mark.parametrize(
    ("tekst", "sats"), [("60/m", (60, 60)), ("5/s", (5, 1)), ("9/h", (9, 3600)), ("1/d", (1, 86_400))]
)
def test_limit_is_a_number_and_a_period(tekst: str, sats: tuple[int, int]) -> None:
    assert laes_sats(tekst) == sats


@pytest.mark.parametrize("tekst", ["", "60", "60/min", "m/60", "-1/m"])
def test_limit_that_cannot_be_read_stops_the_start(tekst: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        laes_sats(tekst)
