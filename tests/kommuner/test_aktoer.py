"""For whom somebody acts: dated memberships, one at a time, and nothing without one."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from faelles.aktoer import Funktion, Rettighed
from faelles.fejl import IngenAdgang, Konflikt
from faelles.tid import Periode, idag
from kommuner.models import Bruger, KkrMedlemskab, RegionMedlemskab, Rolle, Tilknytning
from kommuner.queries import kkr_for_kommune, tilknytninger_for
from kommuner.roller import ROLLEINDHOLD, roller_med
from tests import fabrik

pytestmark = pytest.mark.django_db


def logget_ind(bruger: Bruger) -> Client:
    """A browser in which the person has logged in with her password."""
    klient = Client()
    svar = klient.post(reverse("account_login"), {"login": bruger.email, "password": fabrik.ADGANGSKODE})
    assert svar.status_code == 302
    return klient


def test_every_role_has_a_function_and_rights() -> None:
    assert set(ROLLEINDHOLD) == set(Rolle)
    assert all(indhold.rettigheder for indhold in ROLLEINDHOLD.values())


def test_only_operators_confirm_places_and_only_the_secretariat_registers_approvals() -> None:
    maa_bekraefte = {
        rolle for rolle, indhold in ROLLEINDHOLD.items() if Rettighed.PLADSER_BEKRAEFT in indhold.rettigheder
    }
    maa_godkende = {
        rolle for rolle, indhold in ROLLEINDHOLD.items() if Rettighed.GODKENDELSER_SKRIV in indhold.rettigheder
    }
    assert maa_bekraefte == {Rolle.TILBUDSLEDER}
    assert maa_godkende == {Rolle.SEKRETARIAT}


def test_roles_with_a_right_are_those_that_give_it_in_the_function_alone() -> None:
    sager = {funktion: roller_med(Rettighed.RESERVATIONER_SKRIV, funktion) for funktion in Funktion}
    assert {funktion: roller for funktion, roller in sager.items() if roller} == {
        Funktion.MYNDIGHED: (Rolle.SAGSBEHANDLER, Rolle.VISITATOR),
        Funktion.DRIFTSHERRE: (Rolle.TILBUDSLEDER,),
    }
    assert Rolle.OEKONOMI in roller_med(Rettighed.RESERVATIONER_LAES, Funktion.MYNDIGHED)


def test_kraev_needs_both_right_and_function() -> None:
    leder = fabrik.tilbudsleder()
    leder.kraev(Rettighed.RESERVATIONER_SKRIV)
    with pytest.raises(IngenAdgang) as fejl:
        leder.kraev(Rettighed.RESERVATIONER_SKRIV, Funktion.MYNDIGHED)
    assert fejl.value.besked == (
        "Som Tilbudsleder for Gladsaxe Kommune handler du som driftsherre. Dette kan kun gøres som myndighed."
    )
    with pytest.raises(IngenAdgang) as fejl:
        leder.kraev(Rettighed.GODKENDELSER_SKRIV, Funktion.SEKRETARIAT)
    assert fejl.value.besked == "Som Tilbudsleder for Gladsaxe Kommune kan du ikke: registrere parternes godkendelser."


def test_tilknytning_holds_from_its_first_day_and_not_on_the_day_it_ends() -> None:
    bruger = fabrik.bruger(Rolle.LAESER, fabrik.kommune().organisation)
    Tilknytning.objects.filter(bruger=bruger).update(periode=Periode(fabrik.om(-5), fabrik.om(0)).som_range)
    assert tilknytninger_for(bruger, idag()) == []
    assert len(tilknytninger_for(bruger, idag() - timedelta(days=1))) == 1


def test_tilknytning_the_same_role_twice_on_one_day_is_refused() -> None:
    organisation = fabrik.kommune().organisation
    bruger = fabrik.bruger(Rolle.LAESER, organisation)
    with pytest.raises(IntegrityError, match="tilknytning_en_rolle_ad_gangen"), transaction.atomic():
        Tilknytning.objects.create(
            bruger=bruger, organisation=organisation, rolle=Rolle.LAESER, periode=Periode(idag()).som_range
        )


@pytest.mark.parametrize(("model", "navn"), [(KkrMedlemskab, "kkr"), (RegionMedlemskab, "region")])
def test_kommune_never_belongs_to_two_on_one_day(model: type[KkrMedlemskab | RegionMedlemskab], navn: str) -> None:
    kommune = fabrik.kommune()
    andet = fabrik.kkr("KKR Sjælland") if navn == "kkr" else fabrik.region("Region Sjælland")
    with pytest.raises(IntegrityError, match="ad_gangen"), transaction.atomic():
        model.objects.create(**{navn: andet, "kommune": kommune, "periode": Periode(idag()).som_range})


def test_kkr_for_kommune_follows_the_date() -> None:
    kommune = fabrik.kommune()
    medlemskab = KkrMedlemskab.objects.get(kommune=kommune)
    medlemskab.periode = Periode(fabrik.FOR_LAENGE_SIDEN, fabrik.om(0)).som_range
    medlemskab.save()
    ny = fabrik.kkr("KKR Sjælland")
    KkrMedlemskab.objects.create(kkr=ny, kommune=kommune, periode=Periode(fabrik.om(0), fabrik.om(5)).som_range)
    assert kkr_for_kommune(kommune.kommunekode, fabrik.om(-1)).navn == "KKR Hovedstaden"
    assert kkr_for_kommune(kommune.kommunekode, fabrik.om(0)) == ny
    with pytest.raises(Konflikt):
        kkr_for_kommune(kommune.kommunekode, fabrik.om(5))


def test_page_without_login_leads_to_the_log_in_page_and_back() -> None:
    svar = Client().get(reverse("start"))
    assert (svar.status_code, svar["Location"]) == (302, "/konto/login/?next=/")


def test_person_without_membership_is_told_what_to_do() -> None:
    bruger = Bruger.objects.create_user("ny@example.dk", fabrik.ADGANGSKODE)
    svar = logget_ind(bruger).get(reverse("start"))
    assert svar.status_code == 403
    assert "administrator" in svar.content.decode()


def test_person_with_two_memberships_switches_and_the_page_says_for_whom_she_acts() -> None:
    gladsaxe = fabrik.kommune("Gladsaxe").organisation
    bruger = fabrik.bruger(Rolle.SAGSBEHANDLER, gladsaxe)
    leder = Tilknytning.objects.create(
        bruger=bruger, organisation=gladsaxe, rolle=Rolle.TILBUDSLEDER, periode=Periode(idag()).som_range
    )
    sagsbehandler = bruger.tilknytninger.get(rolle=Rolle.SAGSBEHANDLER)
    klient = logget_ind(bruger)
    for tilknytning, navn in ((sagsbehandler, "sagsbehandler"), (leder, "tilbudsleder")):
        klient.post(reverse("rolle"), {"tilknytning": str(tilknytning.pk)})
        side = klient.get(reverse("start")).content.decode()
        assert f"<strong>{navn}</strong>" in side
        assert 'href="/rolle"' in side


def test_person_cannot_choose_the_membership_of_another() -> None:
    anden = fabrik.bruger(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation)
    fremmed = Tilknytning.objects.get(bruger=anden)
    klient = logget_ind(fabrik.bruger(Rolle.LAESER, fabrik.kommune().organisation))
    assert klient.post(reverse("rolle"), {"tilknytning": str(fremmed.pk)}).status_code == 404
    assert klient.post(reverse("rolle"), {"tilknytning": "'; drop"}).status_code == 404


def test_nobody_can_sign_up() -> None:
    svar = Client().post("/konto/signup/", {"email": "ny@example.dk", "password1": "et-langt-kodeord-42"})
    assert not Bruger.objects.exists()
    assert svar.status_code == 200


def test_email_is_the_login_without_regard_to_case() -> None:
    bruger = fabrik.bruger(Rolle.LAESER, fabrik.kommune().organisation, email="Stort@Example.dk")
    assert bruger.email == "stort@example.dk"
    svar = Client().post(reverse("account_login"), {"login": "STORT@example.DK", "password": fabrik.ADGANGSKODE})
    assert svar.status_code == 302


def test_health_check_answers_without_login() -> None:
    svar = Client().get("/sundhed")
    assert (svar.status_code, svar.json()) == (200, {"status": "ok"})


def test_every_page_sends_a_strict_content_security_policy() -> None:
    politik = Client().get(reverse("account_login"))["Content-Security-Policy"]
    assert "default-src 'self'" in politik
    assert "unsafe" not in politik
