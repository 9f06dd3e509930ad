"""Logging in through an organisation's own provider: a real one, with claims that change between log-ins."""

import logging
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from freezegun import freeze_time

from faelles.fejl import IngenAdgang
from faelles.tid import Periode, idag
from kommuner.models import Bruger, Organisation, Rolle, Tilknytning
from kommuner.oidc import afstem_tilknytninger, kontroller_roller, oenskede_tilknytninger
from tests import fabrik
from tests.oidc import CVR, OidcUdbyder, gladsaxe, koerende_udbyder

pytestmark = pytest.mark.django_db


@pytest.fixture
def udbyder(settings: Any) -> Iterator[OidcUdbyder]:
    with koerende_udbyder(settings) as klar:
        yield klar


def roller(email: str = "ansat@gladsaxe.dk", dag: date | None = None) -> set[str]:
    """What the person is on the day."""
    return set(Tilknytning.objects.paa(dag or idag()).filter(bruger__email=email).values_list("rolle", flat=True))


def test_first_login_makes_the_person_with_the_roles_of_her_claims(udbyder: OidcUdbyder) -> None:
    organisation, client = gladsaxe(), Client()
    udbyder.siger(roles=["RA-Sag", "GG-Alle"], cvr=CVR)
    assert udbyder.log_paa(client)["Location"] == "/"
    tilknytning = Tilknytning.objects.get(bruger__email="ansat@gladsaxe.dk")
    assert (tilknytning.organisation, tilknytning.rolle, tilknytning.kilde) == (
        organisation,
        "sagsbehandler",
        "gladsaxe",
    )
    assert Periode.af_range(tilknytning.periode) == Periode(idag())
    assert "Gladsaxe Kommune" in client.get("/").content.decode()


def test_the_persons_name_is_not_kept(udbyder: OidcUdbyder) -> None:
    gladsaxe()
    udbyder.siger(roles="RA-Sag", cvr=CVR)
    client = Client()
    udbyder.log_paa(client)
    assert SocialAccount.objects.get().extra_data == {}
    assert "Hemmeligt" not in str(dict(client.session.items()))


def test_claims_that_change_between_logins_end_and_open_memberships_from_that_day(udbyder: OidcUdbyder) -> None:
    gladsaxe()
    client = Client()
    with freeze_time("2027-03-01 10:00"):
        udbyder.siger(roles="RA-Sag", cvr=CVR)
        udbyder.log_paa(client)
    with freeze_time("2027-03-05 10:00"):
        udbyder.siger(roles="RA-Leder", cvr=CVR)
        udbyder.log_paa(client)
    assert roller(dag=date(2027, 3, 4)) == {"sagsbehandler"}
    assert roller(dag=date(2027, 3, 5)) == {"tilbudsleder"}


def test_memberships_given_by_hand_are_left_alone(udbyder: OidcUdbyder) -> None:
    organisation = gladsaxe()
    fabrik.bruger(Rolle.LAESER, organisation, email="ansat@gladsaxe.dk")
    for sendt in ("RA-Sag", "RA-Leder"):
        udbyder.siger(roles=sendt, cvr=CVR)
        udbyder.log_paa(Client())
    assert roller() == {"laeser", "tilbudsleder"}


def test_person_whose_roles_are_gone_is_refused_and_loses_what_the_provider_gave(
    udbyder: OidcUdbyder, caplog: pytest.LogCaptureFixture
) -> None:
    gladsaxe()
    udbyder.siger(roles="RA-Sag", cvr=CVR)
    udbyder.log_paa(Client())
    udbyder.siger(roles=["GG-Alle"], cvr=CVR)
    with caplog.at_level(logging.WARNING, logger="kommuner.oidc"):
        svar = udbyder.log_paa(Client())
    assert svar.status_code == 403
    assert "login_ingen_rolle" in svar.content.decode()
    assert "login_ingen_rolle" in caplog.text
    assert roller() == set()


@pytest.mark.parametrize(
    ("claims", "kode"),
    [
        ({"roles": "RA-Sag", "cvr": "99999999"}, "login_ukendt_organisation"),
        ({"roles": "RA-Sag", "cvr": [CVR, "99999999"]}, "login_ukendt_organisation"),
        ({"roles": "RA-Sag"}, "login_ukendt_organisation"),
        ({"roles": "noget-andet", "cvr": CVR}, "login_ingen_rolle"),
        ({"cvr": CVR}, "login_ingen_rolle"),
        ({"roles": "RA-Sekr", "cvr": CVR}, "login_organisation_passer_ikke"),
        ({"roles": "RA-Sag", "cvr": CVR, "email_verified": False}, "login_adresse"),
        ({"roles": "RA-Sag", "cvr": CVR, "email_verified": "false"}, "login_adresse"),
        ({"roles": "RA-Sag", "cvr": CVR, "email_verified": None}, "login_adresse"),
        ({"roles": "RA-Sag", "cvr": CVR, "email": "ansat@roedovre.dk"}, "login_adresse"),
        ({"roles": "RA-Sag", "cvr": CVR, "email": None}, "login_adresse"),
    ],
)
def test_claims_we_cannot_use_are_refused_and_nobody_is_made(
    udbyder: OidcUdbyder, claims: dict[str, Any], kode: str
) -> None:
    gladsaxe()
    udbyder.siger(**claims)
    client = Client()
    svar = udbyder.log_paa(client)
    assert svar.status_code == 403
    assert kode in svar.content.decode()
    assert not Bruger.objects.exists()
    assert client.get("/").status_code == 302


def test_organisation_that_does_not_exist_here_is_refused(udbyder: OidcUdbyder) -> None:
    udbyder.siger(roles="RA-Sag", cvr=CVR)
    svar = udbyder.log_paa(Client())
    assert "login_organisation_passer_ikke" in svar.content.decode()


def test_one_number_may_be_municipality_and_secretariat_and_the_role_decides_which(udbyder: OidcUdbyder) -> None:
    kommune = gladsaxe()
    sekretariat = Organisation.objects.create(art="sekretariat", navn="Sekretariatet i Gladsaxe", cvr=CVR)
    udbyder.siger(roles=["RA-Sag", "RA-Sekr"], cvr=CVR)
    udbyder.log_paa(Client())
    assert set(Tilknytning.objects.values_list("organisation", "rolle")) == {
        (kommune.pk, "sagsbehandler"),
        (sekretariat.pk, "sekretariat"),
    }


def test_provider_without_a_cvr_claim_speaks_for_the_organisation_it_is_configured_with(udbyder: OidcUdbyder) -> None:
    gladsaxe()
    udbyder.saet(claim_cvr="")
    udbyder.siger(roles="RA-Sag")
    udbyder.log_paa(Client())
    assert roller() == {"sagsbehandler"}


def test_provider_that_gives_out_its_addresses_itself_need_not_say_that_they_are_verified(udbyder: OidcUdbyder) -> None:
    gladsaxe()
    udbyder.saet(adresser_er_bekraeftede=True)
    udbyder.siger(roles="RA-Sag", cvr=CVR, email_verified=None)
    udbyder.log_paa(Client())
    assert roller() == {"sagsbehandler"}


def test_existing_person_with_the_address_is_the_same_person_and_is_told(udbyder: OidcUdbyder) -> None:
    bruger = fabrik.bruger(Rolle.LAESER, gladsaxe(), email="ansat@gladsaxe.dk")
    udbyder.siger(roles="RA-Sag", cvr=CVR)
    udbyder.log_paa(Client())
    assert SocialAccount.objects.get().user == bruger
    assert [brev.subject for brev in mail.outbox] == ["Ny måde at logge på Rammeaftale"]


def test_existing_person_of_another_domain_is_never_taken_over(udbyder: OidcUdbyder) -> None:
    fabrik.bruger(Rolle.ADMINISTRATOR, gladsaxe(), email="chef@roedovre.dk")
    udbyder.siger(roles="RA-Sag", cvr=CVR, email="chef@roedovre.dk")
    assert udbyder.log_paa(Client()).status_code == 403
    assert not SocialAccount.objects.exists()


def test_what_a_provider_gave_counts_only_for_a_login_there(udbyder: OidcUdbyder) -> None:
    organisation = gladsaxe()
    udbyder.siger(roles="RA-Sag", cvr=CVR)
    udbyder.log_paa(Client())
    bruger = Bruger.objects.get(email="ansat@gladsaxe.dk")
    bruger.set_password(fabrik.ADGANGSKODE)
    bruger.save()
    client = Client()
    client.post("/konto/login/", {"login": bruger.email, "password": fabrik.ADGANGSKODE})
    assert client.get("/").status_code == 403
    assert organisation.navn in client.get("/profil").content.decode()


def test_person_who_is_logged_in_cannot_tie_a_provider_to_herself(udbyder: OidcUdbyder) -> None:
    bruger = fabrik.bruger(Rolle.LAESER, gladsaxe())
    udbyder.siger(roles="RA-Sag", cvr=CVR)
    client = Client()
    client.force_login(bruger)
    svar = udbyder.log_paa(client, process="connect")
    assert "login_kobling" in svar.content.decode()
    assert not SocialAccount.objects.exists()


def test_closed_person_stays_closed(udbyder: OidcUdbyder) -> None:
    bruger = fabrik.bruger(Rolle.LAESER, gladsaxe(), email="ansat@gladsaxe.dk")
    Bruger.objects.filter(pk=bruger.pk).update(is_active=False)
    udbyder.siger(roles="RA-Sag", cvr=CVR)
    assert udbyder.log_paa(Client())["Location"] == "/konto/inactive/"


def test_second_factor_is_asked_for_after_the_provider_too(udbyder: OidcUdbyder) -> None:
    bruger = fabrik.bruger(Rolle.LAESER, gladsaxe(), email="ansat@gladsaxe.dk")
    Authenticator.objects.create(user=bruger, type=Authenticator.Type.TOTP, data={"secret": "x"})
    udbyder.siger(roles="RA-Sag", cvr=CVR)
    client = Client()
    assert udbyder.log_paa(client)["Location"] == "/konto/totrin/authenticate/"
    assert client.get("/").status_code == 302


def test_login_with_a_stale_answer_is_an_error_page_and_is_logged(
    udbyder: OidcUdbyder, caplog: pytest.LogCaptureFixture
) -> None:
    svar = Client().get("/konto/oidc/gladsaxe/login/callback/?code=x&state=y")
    assert svar.status_code == 401
    assert "gladsaxe" in caplog.text


def test_link_straight_to_the_provider_asks_first(udbyder: OidcUdbyder) -> None:
    svar = Client().get("/konto/oidc/gladsaxe/login/")
    assert svar.status_code == 200
    assert "Log på med Gladsaxe Kommune" in svar.content.decode()


def test_afstem_ends_on_the_same_day_what_began_that_day() -> None:
    organisation = gladsaxe()
    bruger = Bruger.objects.create_user("ansat@gladsaxe.dk")
    for oenskede in ({(organisation.pk, Rolle.LAESER)}, set(), {(organisation.pk, Rolle.LAESER)}):
        afstem_tilknytninger(bruger=bruger, kilde="gladsaxe", oenskede=oenskede, dag=idag())
        assert roller() == {rolle.value for _, rolle in oenskede}


def test_afstem_gives_a_role_until_the_same_role_begins_by_hand() -> None:
    organisation = gladsaxe()
    bruger = Bruger.objects.create_user("ansat@gladsaxe.dk")
    Tilknytning.objects.create(
        bruger=bruger, organisation=organisation, rolle=Rolle.LAESER, periode=Periode(fabrik.om(10)).som_range
    )
    for _ in range(2):
        afstem_tilknytninger(bruger=bruger, kilde="gladsaxe", oenskede={(organisation.pk, Rolle.LAESER)}, dag=idag())
    perioder = Tilknytning.objects.filter(kilde="gladsaxe").values_list("periode", flat=True)
    assert [Periode.af_range(p) for p in perioder] == [Periode(idag(), fabrik.om(10))]


def test_afstem_does_not_give_twice_what_is_held_by_hand() -> None:
    organisation = gladsaxe()
    bruger = fabrik.bruger(Rolle.LAESER, organisation)
    afstem_tilknytninger(bruger=bruger, kilde="gladsaxe", oenskede={(organisation.pk, Rolle.LAESER)}, dag=idag())
    assert Tilknytning.objects.get(bruger=bruger).kilde == ""


def test_administrator_comes_from_claims_only_where_the_mapping_says_so(udbyder: OidcUdbyder, settings: Any) -> None:
    gladsaxe()
    with pytest.raises(IngenAdgang):
        oenskede_tilknytninger(settings.OIDC_UDBYDERE[0], {"roles": "administrator", "cvr": CVR})
    udbyder.saet(roller={"RA-Admin": "administrator"})
    ((_, rolle),) = oenskede_tilknytninger(settings.OIDC_UDBYDERE[0], {"roles": "RA-Admin", "cvr": CVR})
    assert rolle is Rolle.ADMINISTRATOR


def test_mapping_to_a_role_we_do_not_have_stops_the_start(udbyder: OidcUdbyder, settings: Any) -> None:
    udbyder.saet(roller={"RA": "direktoer"})
    with pytest.raises(ImproperlyConfigured, match="direktoer"):
        kontroller_roller(settings.OIDC_UDBYDERE)
