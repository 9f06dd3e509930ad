"""Logging in by hand: brute force is slowed, nobody learns who exists here, and a new password comes by mail."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from freezegun import freeze_time

from faelles.dokument.tal import tidspunkt
from faelles.tid import nu
from kommuner.models import Bruger, Rolle
from tests import fabrik

pytestmark = pytest.mark.django_db

LOGIN = "/konto/login/"


@pytest.fixture
def bruger() -> Bruger:
    return fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation, email="kendt@example.dk")


def proev(kode: str, email: str = "kendt@example.dk", client: Client | None = None, gennem: str = "") -> Any:
    """One try to log in, in a browser of its own unless one is given."""
    headers = {"X-Forwarded-For": gennem} if gennem else {}
    return (client or Client()).post(LOGIN, {"login": email, "password": kode}, headers=headers)


def test_brute_force_is_stopped_and_the_right_password_waits_too(bruger: Bruger) -> None:
    assert [proev(f"forkert-{nr}").status_code for nr in range(5)] == [200] * 5
    svar = proev(fabrik.ADGANGSKODE)
    assert svar.status_code == 429
    vent = int(svar["Retry-After"])
    assert 14 * 60 < vent <= 15 * 60
    with freeze_time(nu() + timedelta(seconds=vent)):
        client = Client()
        assert proev(fabrik.ADGANGSKODE, client=client).status_code == 302
        assert client.get("/").status_code == 200


def test_waiting_is_counted_from_the_oldest_try_and_is_not_prolonged_by_trying(bruger: Bruger) -> None:
    begyndt = nu()
    for minut in range(5):
        with freeze_time(begyndt + timedelta(minutes=minut)):
            proev("forkert")
    for minut in (5, 10):
        with freeze_time(begyndt + timedelta(minutes=minut)):
            vent = int(proev(fabrik.ADGANGSKODE)["Retry-After"])
            assert abs(vent - (15 - minut) * 60) <= 1


def test_refusal_says_in_danish_when_to_try_again(bruger: Bruger) -> None:
    for _ in range(5):
        proev("forkert")
    svar = proev("forkert")
    igen = nu() + timedelta(seconds=int(svar["Retry-After"]))
    assert f"Prøv igen <strong>den {tidspunkt(igen)}</strong>" in svar.content.decode()


def test_brute_force_of_one_person_does_not_lock_out_another(bruger: Bruger) -> None:
    anden = fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation)
    for _ in range(6):
        proev("forkert")
    assert proev(fabrik.ADGANGSKODE, anden.email).status_code == 302


def test_one_address_that_tries_many_people_is_stopped(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed": "3/m/ip,5/15m/key"}
    svar = [proev("forkert", f"bruger{nr}@example.dk").status_code for nr in range(4)]
    assert svar == [200, 200, 200, 429]


def test_address_is_the_last_one_the_proxy_adds_and_not_what_the_client_says(settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed": "3/m/ip"}

    def fra(sendt: str, nr: int) -> int:
        return int(proev("forkert", f"bruger{nr}@example.dk", gennem=sendt).status_code)

    assert [fra(f"10.0.0.{nr}, 192.0.2.7", nr) for nr in range(4)] == [200, 200, 200, 429]
    assert fra("192.0.2.7, 192.0.2.8", 9) == 200


def test_wrong_password_and_unknown_person_get_the_same_answer(bruger: Bruger) -> None:
    sider = [proev("forkert", email).content.decode() for email in ("kendt@example.dk", "ukendt@example.dk")]
    uden_det_skrevne = [
        re.sub(r"value=\"[^\"]*\"|x-csrftoken\": \"[^\"]*\"|kendt@example.dk|ukendt@example.dk", "", side)
        for side in sider
    ]
    assert uden_det_skrevne[0] == uden_det_skrevne[1]


def test_unknown_person_is_locked_out_after_as_many_tries() -> None:
    svar = [proev("forkert", "ukendt@example.dk").status_code for _ in range(6)]
    assert svar == [200] * 5 + [429]


def test_new_password_by_mail_lets_in_with_the_new_one_only(bruger: Bruger) -> None:
    client = Client()
    client.post("/konto/password/reset/", {"email": bruger.email})
    (brev,) = mail.outbox
    (sti,) = re.findall(r"https?://testserver(\S+)", str(brev.body))
    skema = client.get(sti)["Location"]
    svar = client.post(skema, {"password1": "en-ny-lang-kode-1234", "password2": "en-ny-lang-kode-1234"})
    assert svar["Location"] == "/konto/password/reset/key/done/"
    assert proev(fabrik.ADGANGSKODE).status_code == 200
    assert proev("en-ny-lang-kode-1234").status_code == 302
    assert "virker ikke længere" in Client().get(sti).content.decode()
    assert [b.subject for b in mail.outbox][1:] == ["Din adgangskode til Rammeaftale er ændret"]


def test_asking_for_new_passwords_is_limited_and_says_when_to_try_again(bruger: Bruger) -> None:
    svar = [Client().post("/konto/password/reset/", {"email": bruger.email}) for _ in range(4)]
    assert [et.status_code for et in svar] == [302] * 3 + [429]
    assert 14 * 60 < int(svar[-1]["Retry-After"]) <= 15 * 60
    assert len(mail.outbox) == 3


def test_person_who_has_asked_for_a_new_password_may_still_set_up_a_second_factor(bruger: Bruger) -> None:
    Client().post("/konto/password/reset/", {"email": bruger.email})
    assert EmailAddress.objects.filter(user=bruger, verified=False).exists()
    client = Client()
    proev(fabrik.ADGANGSKODE, client=client)
    client.post("/konto/reauthenticate/", {"password": fabrik.ADGANGSKODE})
    assert client.get("/konto/totrin/totp/activate/").status_code == 200


def test_changed_password_logs_off_everywhere_else(bruger: Bruger) -> None:
    her, der = Client(), Client()
    proev(fabrik.ADGANGSKODE, client=her)
    proev(fabrik.ADGANGSKODE, client=der)
    ny = {"password1": "en-ny-lang-kode-1234", "password2": "en-ny-lang-kode-1234"}
    svar = her.post("/konto/password/change/", {"oldpassword": fabrik.ADGANGSKODE, **ny})
    assert svar["Location"] == "/profil"
    assert (her.get("/").status_code, der.get("/").status_code) == (200, 302)
