"""Hardening: headers of every answer, cookies, what may be sent, and error pages that tell nothing of the inside."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client
from django.urls import get_resolver

from drift.laan import ROD
from drift.tjek import SOM_I_DRIFT
from kommuner.models import Rolle
from tests import fabrik
from tests.api import klienter
from tests.api.adgang import krop
from tests.sider import sider

FEJLTEKST = re.compile(r"Traceback|psycopg|OperationalError|/wt/|site-packages|SELECT|Django|gunicorn", re.IGNORECASE)


def sagsbehandler() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation))
    return client


def med_session(noegle: str) -> Client:
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = noegle
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("sti", ["/", "/soeg/", "/was", "/konto/login/", "/findes-ikke", "/api/v1/tilbud", "/sundhed"])
def test_every_answer_carries_the_security_headers(sti: str) -> None:
    hoveder = sagsbehandler().get(sti).headers
    csp = {navn: kilder for navn, *kilder in (del_.split() for del_ in hoveder["Content-Security-Policy"].split(";"))}
    assert csp["default-src"] == csp["script-src"] == csp["style-src"] == csp["img-src"] == ["'self'"]
    assert csp["frame-ancestors"] == csp["object-src"] == csp["base-uri"] == ["'none'"]
    assert not {"'unsafe-inline'", "'unsafe-eval'", "data:", "*", "https:"} & {
        k for kilder in csp.values() for k in kilder
    }
    assert hoveder["X-Content-Type-Options"] == "nosniff"
    assert hoveder["X-Frame-Options"] == "DENY"
    assert hoveder["Referrer-Policy"] == "same-origin"
    assert hoveder["Cross-Origin-Opener-Policy"] == "same-origin"
    assert hoveder["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in hoveder["Permissions-Policy"]
    assert "geolocation=()" in hoveder["Permissions-Policy"]
    assert "X-Powered-By" not in hoveder
    assert "private" in hoveder["Cache-Control"]


def test_server_header_names_no_version() -> None:
    assert not re.search(r"\d", str(import_module("gunicorn").SERVER))


@pytest.mark.django_db
def test_pages_are_never_kept_and_neither_is_a_case_over_the_api() -> None:
    reservation = fabrik.reservation()
    for sti in ("/", f"/reservationer/{reservation.id}", "/reservationer/"):
        assert sagsbehandler().get(sti).headers["Cache-Control"] == "private, no-store"
    for sti in ("reservationer", f"reservationer/{reservation.id}", f"reservationer/{reservation.id}/beslutninger"):
        assert klienter.myndighed().get(f"/api/v1/{sti}").headers["Cache-Control"] == "private, no-store"


@pytest.mark.django_db
def test_log_in_gives_a_new_session_and_log_out_leaves_nothing() -> None:
    bruger, client = fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation), Client()
    client.get("/konto/login/")
    session = client.session
    session["plantet"] = "af en anden"
    session.save()
    foer = str(session.session_key)
    client.cookies["sessionid"] = foer
    svar = client.post("/konto/login/", {"login": bruger.email, "password": fabrik.ADGANGSKODE})
    assert svar.status_code == 302
    inde = str(client.session.session_key)
    assert inde != foer
    assert Client(headers={"cookie": f"sessionid={foer}"}).get("/").status_code == 302, (
        "the planted session is no log-in"
    )
    ud = client.post("/konto/logout/")
    assert ud.headers["Clear-Site-Data"] == '"cache"'
    assert med_session(inde).get("/").headers["Location"].startswith("/konto/login/")
    assert "Clear-Site-Data" not in svar.headers


@pytest.mark.django_db
def test_form_larger_than_the_limit_is_a_page_and_one_within_it_is_read(settings: Any) -> None:
    client = sagsbehandler()
    stor = client.post("/rolle", {"tilknytning": "x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE})
    assert stor.status_code == 413
    assert "for meget på én gang" in stor.content.decode()
    assert client.post("/rolle", {"tilknytning": "x" * 1000}).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("antal", [500, 501])
def test_more_fields_than_any_form_has_are_refused(antal: int) -> None:
    svar = sagsbehandler().post("/rolle", {f"felt{nummer}": "1" for nummer in range(antal)})
    assert svar.status_code == (404 if antal == 500 else 413)


@pytest.mark.django_db
def test_upload_is_turned_away_by_its_announced_length_before_it_is_read(settings: Any) -> None:
    settings.UPLOAD_MAKS = 1000
    svar = sagsbehandler().post("/rolle", b"x" * 1001, content_type="multipart/form-data; boundary=x")
    assert svar.status_code == 413
    assert sagsbehandler().post("/rolle", {"a": "1"}, CONTENT_LENGTH="-1").status_code == 413


@pytest.mark.django_db
def test_body_of_the_api_may_neither_be_too_large_nor_too_deep(settings: Any) -> None:
    client = klienter.myndighed()
    god = krop("reservationer", {"plads_id": str(fabrik.ledig_plads().id)})

    def send(data: str) -> Any:
        noegle = {"idempotency-key": "n-1"}
        return client.post("/api/v1/reservationer", data, content_type="application/json", headers=noegle)

    stor = send(json.dumps({**god, "andet": "x" * settings.API_KROP_MAKS}))
    assert (stor.status_code, stor.json()["code"]) == (413, "for_stor")
    for dybde in (21, 900, 100_000):
        dyb = send("[" * dybde + "]" * dybde)
        assert (dyb.status_code, dyb.json()["code"]) == (400, "json_ugyldig")
    assert send("[" * 20 + "]" * 20).json()["code"] == "ugyldigt_input"
    assert send(json.dumps(god)).status_code == 201


@pytest.fixture
def database_nede(transactional_db: None) -> Iterator[None]:
    """Nobody answers where the database should be."""
    rigtig = {navn: connection.settings_dict[navn] for navn in ("HOST", "PORT")}
    connection.close()
    connection.settings_dict.update({"HOST": "127.0.0.1", "PORT": "1"})
    yield
    connection.close()
    connection.settings_dict.update(rigtig)


def test_without_a_database_people_get_a_calm_page_and_systems_a_problem(database_nede: None) -> None:
    for sti in ("/", "/soeg/", "/konto/login/", "/findes-ikke", "/sundhed"):
        svar = med_session("x" * 32).get(sti)
        assert (svar.status_code, svar.headers["Retry-After"]) == (503, "10"), sti
        assert "Vi kan ikke svare lige nu" in svar.content.decode()
        assert not FEJLTEKST.search(svar.content.decode())
    system = Client(raise_request_exception=False, headers={"authorization": "Bearer x"})
    for svar in (system.get("/api/v1/tilbud"), system.post("/o/token/", {"client_id": "x", "client_secret": "x"})):
        assert (svar.status_code, svar.headers["Content-Type"]) == (503, "application/problem+json")
        assert svar.json()["code"] == "utilgaengelig"
        assert not FEJLTEKST.search(svar.content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize("sti", ["/", "/api/v1/tilbud"])
def test_unknown_host_is_refused_without_a_word_of_the_inside(sti: str) -> None:
    svar = Client(headers={"host": "ond.example"}).get(sti)
    assert svar.status_code == 400
    assert not FEJLTEKST.search(svar.content.decode())
    assert ("problem" in svar.headers["Content-Type"]) is sti.startswith("/api/")


@pytest.mark.django_db
def test_fault_of_ours_is_a_page_without_details(monkeypatch: pytest.MonkeyPatch) -> None:
    def fejl(*_args: Any) -> None:
        raise RuntimeError("hemmelig OperationalError i Django")

    with monkeypatch.context() as lap:
        lap.setattr("kommuner.views.paneler", fejl)
        svar = sagsbehandler().get("/")
    assert svar.status_code == 500
    assert "Der skete en fejl hos os" in svar.content.decode()
    assert not FEJLTEKST.search(svar.content.decode())
    assert sagsbehandler().get("/").status_code == 200


@pytest.mark.django_db
def test_form_from_elsewhere_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation))
    assert client.post("/rolle", {"tilknytning": "x"}).status_code == 403


def test_security_txt_says_where_to_write_and_is_good_for_a_while(settings: Any) -> None:
    settings.SIKKERHED_KONTAKT = ["mailto:sikkerhed@example.dk", "https://example.dk/sikkerhed"]
    settings.SIKKERHED_POLITIK = "https://example.dk/politik"
    settings.SIKKERHED_DAGE = 30
    svar = Client().get("/.well-known/security.txt")
    assert svar.headers["Content-Type"] == "text/plain; charset=utf-8"
    felter = [linje.partition(": ") for linje in svar.content.decode().splitlines()]
    assert [vaerdi for navn, _, vaerdi in felter if navn == "Contact"] == settings.SIKKERHED_KONTAKT
    resten = {navn: vaerdi for navn, _, vaerdi in felter}
    assert resten["Canonical"] == "http://testserver/.well-known/security.txt"
    assert resten["Policy"] == "https://example.dk/politik"
    udloeber = datetime.fromisoformat(resten["Expires"])
    assert timedelta(days=29) < udloeber - fabrik.nu() <= timedelta(days=30)


def indstillinger(**miljoe: str) -> subprocess.CompletedProcess[str]:
    """The settings as a municipality runs them, in a process of their own."""
    navne = [
        "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_SECURE",
        "SECURE_HSTS_SECONDS", "SECURE_SSL_REDIRECT", "PROXYER", "SIKKERHED_KONTAKT",
    ]  # fmt: skip
    kode = f"import json, config.settings as s; print(json.dumps({{n: getattr(s, n) for n in {navne}}}))"
    return subprocess.run(
        [sys.executable, "-c", kode],
        cwd=ROD,
        env={**os.environ, **SOM_I_DRIFT, **miljoe},
        capture_output=True,
        text=True,
        check=False,
    )


def test_in_production_cookies_belong_to_this_host_over_tls_alone() -> None:
    fundet = json.loads(indstillinger(DEFAULT_FROM_EMAIL="post@example.dk").stdout)
    assert fundet == {
        "SESSION_COOKIE_NAME": "__Host-session",
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_SSL_REDIRECT": True,
        "PROXYER": 1,
        "SIKKERHED_KONTAKT": ["mailto:post@example.dk"],
    }


@pytest.mark.parametrize("miljoe", [{"ALLOWED_HOSTS": "*"}, {"GRAENSE_SKRIV": "mange"}])
def test_production_does_not_start_with_a_setting_that_opens_it(miljoe: dict[str, str]) -> None:
    assert ImproperlyConfigured.__name__ in indstillinger(**miljoe).stderr


def test_admin_and_its_like_are_not_installed(settings: Any) -> None:
    assert not {"django.contrib.admin", "debug_toolbar", "django_extensions"} & set(settings.INSTALLED_APPS)
    assert not [navn for navn, _ in sider(get_resolver()) if navn.startswith("admin:")]
