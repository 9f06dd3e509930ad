"""Choosing whom to act for: asked when there are several, kept for the session, and over at once when the role ends."""

import pytest
from django.test import Client
from django.urls import reverse

from faelles.tid import Periode, nu
from kommuner.models import Bruger, Rolle, Tilknytning
from tests import fabrik

pytestmark = pytest.mark.django_db


@pytest.fixture
def to_roller() -> Bruger:
    """Case worker of Rødovre and leader of one of Gladsaxe's offers."""
    bruger = fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation)
    solbakken = fabrik.tilbud("Solbakken", i="Gladsaxe")
    fabrik.tilknyt(bruger, Rolle.TILBUDSLEDER, solbakken.driftsherre, kun=(solbakken,))
    return bruger


def klient(bruger: Bruger, *, enforce_csrf_checks: bool = False) -> Client:
    ny = Client(enforce_csrf_checks=enforce_csrf_checks)
    ny.force_login(bruger)
    return ny


def vaelg(hvem: Client, bruger: Bruger, rolle: Rolle, naeste: str = "") -> str:
    svar = hvem.post(reverse("rolle"), {"tilknytning": str(bruger.tilknytninger.get(rolle=rolle).pk), "next": naeste})
    assert svar.status_code == 302
    return svar.headers["Location"]


def test_person_with_several_roles_chooses_before_anything_else(to_roller: Bruger) -> None:
    hvem = klient(to_roller)
    for navn in ("start", "sag:liste"):
        svar = hvem.get(reverse(navn))
        assert svar.headers["Location"] == f"/rolle?next={reverse(navn)}"
    side = hvem.get(reverse("rolle")).content.decode()
    assert "Rødovre Kommune" in side
    assert "Tilbudsleder for Solbakken" in side
    assert "Du har ikke valgt rolle" in side


def test_choice_leads_on_to_where_she_was_going_and_never_out_of_the_platform(to_roller: Bruger) -> None:
    hvem = klient(to_roller)
    assert vaelg(hvem, to_roller, Rolle.SAGSBEHANDLER, "/reservationer/") == "/reservationer/"
    for fremmed in ("https://example.com/", "//example.com/", "javascript:alert(1)", ""):
        assert vaelg(hvem, to_roller, Rolle.SAGSBEHANDLER, fremmed) == "/"


def test_person_with_one_role_is_not_asked() -> None:
    hvem = klient(fabrik.bruger(Rolle.LAESER, fabrik.kommune().organisation))
    side = hvem.get(reverse("start"))
    assert side.status_code == 200
    assert 'href="/rolle"' not in side.content.decode()


def test_role_that_ends_stops_at_once_and_the_other_is_not_taken_unawares(to_roller: Bruger) -> None:
    hvem = klient(to_roller)
    vaelg(hvem, to_roller, Rolle.SAGSBEHANDLER)
    assert hvem.get(reverse("sag:liste")).status_code == 200
    Tilknytning.objects.filter(bruger=to_roller, rolle=Rolle.SAGSBEHANDLER).update(afsluttet=nu())
    assert hvem.post(reverse("sag:ny")).headers["Location"].startswith("/rolle")
    assert "er afsluttet" in hvem.get(reverse("rolle")).content.decode()


def test_last_role_that_ends_leaves_a_closed_door() -> None:
    bruger = fabrik.bruger(Rolle.LAESER, fabrik.kommune().organisation)
    hvem = klient(bruger)
    assert hvem.get(reverse("start")).status_code == 200
    Tilknytning.objects.filter(bruger=bruger).update(periode=Periode(fabrik.FOR_LAENGE_SIDEN, fabrik.om(0)).som_range)
    assert hvem.get(reverse("start")).status_code == 403


def test_form_filled_in_for_one_organisation_is_refused_after_switching_to_another(to_roller: Bruger) -> None:
    hvem = klient(to_roller, enforce_csrf_checks=True)

    def noegle() -> str:
        return str(hvem.get(reverse("rolle")).context["csrf_token"])

    def send(token: str, rolle: Rolle) -> int:
        tilknytning = str(to_roller.tilknytninger.get(rolle=rolle).pk)
        return hvem.post(reverse("rolle"), {"tilknytning": tilknytning, "csrfmiddlewaretoken": token}).status_code

    gammel_fane = noegle()
    assert send(noegle(), Rolle.TILBUDSLEDER) == 302
    assert send(gammel_fane, Rolle.SAGSBEHANDLER) == 403
    assert send(noegle(), Rolle.SAGSBEHANDLER) == 302
