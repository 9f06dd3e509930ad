"""The second factor: whose roles ask for one, that it is asked for, that its codes count once, and that its secrets are kept."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from cryptography.fernet import InvalidToken
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from freezegun import freeze_time

from kommuner.models import Bruger, Organisation, Rolle
from tests import fabrik
from tests.oidc import CVR, OidcUdbyder, gladsaxe, koerende_udbyder
from tests.ord import engelsk
from tests.totrin import genoprettelseskoder, kode, kodeapp, laest

pytestmark = pytest.mark.django_db

SPOERGES = {
    Rolle.SAGSBEHANDLER,
    Rolle.VISITATOR,
    Rolle.OEKONOMI,
    Rolle.TILBUDSLEDER,
    Rolle.DRIFTSHERRE_OEKONOMI,
    Rolle.SEKRETARIAT,
    Rolle.ADMINISTRATOR,
}


@pytest.fixture
def bruger() -> Bruger:
    return fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation)


@pytest.fixture
def udbyder(settings: Any) -> Iterator[OidcUdbyder]:
    with koerende_udbyder(settings) as klar:
        yield klar


def organisation(rolle: Rolle) -> Organisation:
    """Somewhere the role can be had."""
    sekretariat = fabrik.kkr().sekretariat
    assert sekretariat is not None
    return sekretariat if rolle in {Rolle.SEKRETARIAT, Rolle.DRIFT} else fabrik.kommune().organisation


def adgangskode(bruger: Bruger) -> tuple[Client, Any]:
    """A browser after the first step, and the answer."""
    client = Client()
    return client, client.post("/konto/login/", {"login": bruger.email, "password": fabrik.ADGANGSKODE})


def bekraeftet(bruger: Bruger) -> Client:
    """A browser in which the person has just shown that it is her."""
    client = Client()
    client.force_login(bruger)
    client.post("/konto/reauthenticate/", {"password": fabrik.ADGANGSKODE})
    return client


@pytest.mark.parametrize("rolle", list(Rolle))
def test_start_page_and_profile_ask_those_whose_role_administers_or_reads_cases(rolle: Rolle) -> None:
    client = Client()
    client.force_login(fabrik.bruger(rolle, organisation(rolle)))
    for sti in ("/", "/profil"):
        assert ("Beskyt din adgang" in client.get(sti).content.decode()) is (rolle in SPOERGES)


@pytest.mark.parametrize("rolle", list(Rolle))
def test_where_it_is_demanded_pages_lead_those_to_setting_it_up_until_they_have(rolle: Rolle, settings: Any) -> None:
    settings.MFA_PAAKRAEVET = True
    client, bruger = Client(), fabrik.bruger(rolle, organisation(rolle))
    client.force_login(bruger)
    svar = client.get("/")
    assert (svar.status_code, svar.get("Location")) == ((302, "/konto/totrin/") if rolle in SPOERGES else (200, None))
    assert client.get("/konto/totrin/").status_code == 200
    assert client.get("/profil").status_code == 200
    kodeapp(bruger)
    assert client.get("/").status_code == 200


def test_demand_holds_for_what_is_sent_too(bruger: Bruger, settings: Any) -> None:
    settings.MFA_PAAKRAEVET = True
    client = Client()
    client.force_login(bruger)
    assert client.post("/reservationer/ny", {})["Location"] == "/konto/totrin/"


def test_recovery_codes_alone_are_no_second_factor(bruger: Bruger, settings: Any) -> None:
    settings.MFA_PAAKRAEVET = True
    kodeapp(bruger)
    Authenticator.objects.filter(type="totp").delete()
    client = Client()
    client.force_login(bruger)
    assert client.get("/")["Location"] == "/konto/totrin/"


def test_provider_that_asks_for_a_second_factor_itself_is_enough(udbyder: OidcUdbyder, settings: Any) -> None:
    settings.MFA_PAAKRAEVET = True
    gladsaxe()
    udbyder.siger(roles="RA-Sag", cvr=CVR)
    for selv, status in ((False, 302), (True, 200)):
        udbyder.saet(totrin=selv)
        client = Client()
        udbyder.log_paa(client)
        assert client.get("/").status_code == status


def test_password_alone_does_not_let_in_a_person_with_a_code_app(bruger: Bruger) -> None:
    kodeapp(bruger)
    client, svar = adgangskode(bruger)
    assert svar["Location"] == "/konto/totrin/authenticate/"
    assert client.get("/").status_code == 302
    assert client.get("/session").json()["sekunder"] == 0


@pytest.mark.parametrize("forskydning", [-1, 0, 1])
def test_code_from_the_app_lets_in_also_just_before_and_after(bruger: Bruger, forskydning: int) -> None:
    hemmelighed = kodeapp(bruger)
    client, _ = adgangskode(bruger)
    svar = client.post("/konto/totrin/authenticate/", {"code": kode(hemmelighed, forskydning)})
    assert svar["Location"] == "/"
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("forskydning", [-2, 2])
def test_code_of_another_minute_does_not(bruger: Bruger, forskydning: int) -> None:
    hemmelighed = kodeapp(bruger)
    client, _ = adgangskode(bruger)
    svar = client.post("/konto/totrin/authenticate/", {"code": kode(hemmelighed, forskydning)})
    assert "Forkert kode" in svar.content.decode()


def test_used_code_is_refused_as_long_as_it_would_be_right() -> None:
    with freeze_time("2027-03-01 10:00:01") as ur:
        bruger = fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation)
        ny = kode(kodeapp(bruger), 1)
        client, _ = adgangskode(bruger)
        assert client.post("/konto/totrin/authenticate/", {"code": ny}).status_code == 302
        for ventet in (1, 40):
            ur.tick(ventet)
            cache.delete(f"allauth.mfa.totp.used?user={bruger.pk}&code={ny}")  # as when its half minute has passed
            tyv, _ = adgangskode(bruger)
            assert tyv.post("/konto/totrin/authenticate/", {"code": f"{ny[:3]} {ny[3:]}"}).status_code == 200


def test_recovery_code_lets_in_once(bruger: Bruger) -> None:
    kodeapp(bruger)
    foerste = genoprettelseskoder(bruger)[0]
    for forventet in (302, 200):
        client, _ = adgangskode(bruger)
        assert client.post("/konto/totrin/authenticate/", {"code": foerste}).status_code == forventet
    assert len(genoprettelseskoder(bruger)) == 9


def test_guessing_codes_is_stopped_and_the_right_code_waits_too(bruger: Bruger) -> None:
    hemmelighed = kodeapp(bruger)
    client, _ = adgangskode(bruger)
    svar = [client.post("/konto/totrin/authenticate/", {"code": f"00000{nr}"}).status_code for nr in range(5)]
    assert svar == [200] * 5
    svar_6 = client.post("/konto/totrin/authenticate/", {"code": kode(hemmelighed)})
    assert svar_6.status_code == 429
    assert 14 * 60 < int(svar_6["Retry-After"]) <= 15 * 60


@pytest.mark.django_db(transaction=True)
def test_setting_up_a_code_app_gives_recovery_codes_and_a_mail(bruger: Bruger) -> None:
    client = bekraeftet(bruger)
    side = client.get("/konto/totrin/totp/activate/").content.decode()
    (hemmelighed,) = re.findall(r'id="totrin-noegle">([A-Z2-7]+)<', side)
    svar = client.post("/konto/totrin/totp/activate/", {"code": kode(hemmelighed)})
    assert svar["Location"] == "/konto/totrin/recovery-codes/"
    assert genoprettelseskoder(bruger)[0] in client.get(svar["Location"]).content.decode()
    assert [brev.subject for brev in mail.outbox] == ["Kodeapp er slået til i Rammeaftale"]


@pytest.mark.parametrize(
    "sti",
    [
        "totp/activate/",
        "totp/deactivate/",
        "recovery-codes/",
        "recovery-codes/generate/",
        "recovery-codes/download/",
        "webauthn/add/",
    ],
)
def test_seeing_and_changing_ones_factors_needs_the_password_again(bruger: Bruger, sti: str) -> None:
    if sti != "totp/activate/":
        kodeapp(bruger)
    client = Client()
    client.force_login(bruger)
    svar = client.get(f"/konto/totrin/{sti}")
    assert svar["Location"] == f"/konto/reauthenticate/?{urlencode({'next': f'/konto/totrin/{sti}'})}"


@pytest.mark.django_db(transaction=True)
def test_every_page_and_mail_about_factors_is_in_danish(bruger: Bruger) -> None:
    hemmelighed = kodeapp(bruger)
    client = bekraeftet(bruger)
    client.post("/konto/totrin/recovery-codes/generate/")
    hentet = client.get("/konto/totrin/recovery-codes/download/")
    client.post("/konto/totrin/totp/deactivate/")
    assert "Genoprettelseskoder" in hentet.content.decode()
    assert hemmelighed not in hentet.content.decode()
    assert len(mail.outbox) == 2
    for brev in mail.outbox:
        assert engelsk([str(brev.subject), str(brev.body)]) == {}


def test_secret_is_not_readable_in_the_database(bruger: Bruger, settings: Any) -> None:
    hemmelighed = kodeapp(bruger)
    gemt = Authenticator.objects.get(type="totp").data["secret"]
    assert hemmelighed not in gemt
    assert laest(gemt) == hemmelighed
    gammel, settings.SECRET_KEY = settings.SECRET_KEY, "en-helt-anden-noegle"
    with pytest.raises(InvalidToken):
        laest(gemt)
    settings.SECRET_KEY_FALLBACKS = [gammel]
    assert laest(gemt) == hemmelighed


def test_support_removes_lost_factors_and_the_person_is_told_and_logged_off(bruger: Bruger) -> None:
    kodeapp(bruger)
    client = bekraeftet(bruger)
    client.get("/profil")
    UserSession.objects.create(
        user=bruger, ip="192.0.2.1", session_key=client.session.session_key, user_agent="Firefox/1"
    )
    call_command("fjern_totrin", bruger.email.upper())
    assert not Authenticator.objects.exists()
    assert client.get("/").status_code == 302
    (brev,) = mail.outbox
    assert brev.to == [bruger.email]
    assert engelsk([str(brev.subject), str(brev.body)]) == {}
    _, svar = adgangskode(bruger)
    assert svar["Location"] == "/"


@pytest.mark.parametrize("email", ["ukendt@example.dk", "uden@example.dk"])
def test_support_is_told_when_there_is_nothing_to_remove(email: str) -> None:
    fabrik.bruger(Rolle.LAESER, fabrik.kommune().organisation, email="uden@example.dk")
    with pytest.raises(CommandError):
        call_command("fjern_totrin", email)
    assert mail.outbox == []
