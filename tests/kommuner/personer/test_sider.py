"""The pages of people through the whole stack: search, filter, sort, act; foreign people are not there."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from faelles.tid import Periode, nu
from kommuner.models import Bruger, Organisation, Rolle
from tests import fabrik

pytestmark = pytest.mark.django_db


@pytest.fixture
def roedovre() -> Organisation:
    return fabrik.kommune("Rødovre").organisation


@pytest.fixture
def admin(roedovre: Organisation) -> Client:
    return klient(fabrik.bruger(Rolle.ADMINISTRATOR, roedovre, email="admin@roedovre.dk"))


def klient(bruger: Bruger) -> Client:
    ny = Client()
    ny.force_login(bruger)
    return ny


def adresser(svar: Any) -> list[str]:
    """The people in the list, in its order."""
    return re.findall(r'<th scope="row"><a [^>]*>([^<]+@[^<]+)</a>', svar.content.decode())


def liste(hvem: Client, organisation: Organisation, **soegning: str) -> list[str]:
    return adresser(hvem.get(reverse("personer:liste", args=[organisation.pk]), soegning))


@pytest.fixture
def folk(roedovre: Organisation) -> None:
    fabrik.bruger(Rolle.VISITATOR, roedovre, email="bodil@roedovre.dk")
    kommende = Bruger.objects.create_user("cai@roedovre.dk", fabrik.ADGANGSKODE)
    fabrik.tilknyt(kommende, Rolle.LAESER, roedovre, periode=Periode(fabrik.om(5)).som_range)
    tidligere = fabrik.bruger(Rolle.VISITATOR, roedovre, email="dagny@roedovre.dk")
    tidligere.tilknytninger.update(afsluttet=nu())
    fabrik.bruger(Rolle.LAESER, fabrik.kommune("Herlev").organisation, email="else@herlev.dk")


@pytest.mark.usefixtures("folk")
def test_liste_shows_own_people_filters_and_sorts(admin: Client, roedovre: Organisation) -> None:
    assert liste(admin, roedovre) == ["admin@roedovre.dk", "bodil@roedovre.dk", "cai@roedovre.dk"]
    assert liste(admin, roedovre, sorter="-email") == ["cai@roedovre.dk", "bodil@roedovre.dk", "admin@roedovre.dk"]
    assert liste(admin, roedovre, sorter="-siden")[0] == "cai@roedovre.dk"
    assert liste(admin, roedovre, rolle="visitator") == ["bodil@roedovre.dk"]
    assert liste(admin, roedovre, stand="afsluttede") == ["dagny@roedovre.dk"]
    assert liste(admin, roedovre, stand="afsluttede", rolle="laeser") == []
    assert liste(admin, roedovre, tekst="BODIL") == ["bodil@roedovre.dk"]
    assert liste(admin, roedovre, tekst="else") == []
    assert liste(admin, roedovre, sorter="findes-ikke", side="99", rolle="konge")


@pytest.mark.usefixtures("folk")
def test_person_page_shows_roles_now_and_before_and_never_those_elsewhere(
    admin: Client, roedovre: Organisation
) -> None:
    dagny = Bruger.objects.get(email="dagny@roedovre.dk")
    fabrik.tilknyt(dagny, Rolle.SAGSBEHANDLER, fabrik.kommune("Herlev").organisation)
    side = admin.get(reverse("personer:person", args=[roedovre.pk, dagny.pk])).content.decode()
    assert "Visitator" in side
    assert "Afsluttet" in side
    assert "Sagsbehandler" not in side


@pytest.mark.usefixtures("folk")
def test_foreign_people_and_roles_are_not_found_in_one_s_own_organisation_either(
    admin: Client, roedovre: Organisation
) -> None:
    fremmed = Bruger.objects.get(email="else@herlev.dk")
    svar = {
        admin.get(reverse(navn, args=[roedovre.pk, ide])).content
        for navn in ("personer:person", "personer:giv_rolle", "personer:fjern")
        for ide in (fremmed.pk, uuid4())
    }
    rolle = admin.get(reverse("personer:afslut", args=[roedovre.pk, fremmed.tilknytninger.get().pk]))
    assert rolle.status_code == 404
    assert len({re.sub(rb'value="\w{64}"|"[^"]{64}"', b"", krop) for krop in svar}) == 1


def test_pages_cost_the_same_with_1_and_100_people(admin: Client, roedovre: Organisation) -> None:
    def kald(url: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as maalt:
            assert admin.get(url).status_code == 200
        return len(maalt)

    url, start = reverse("personer:liste", args=[roedovre.pk]), reverse("start")
    tilbud = fabrik.tilbud(i="Rødovre")
    leder = fabrik.bruger(Rolle.LAESER, roedovre)
    fabrik.tilknyt(leder, Rolle.TILBUDSLEDER, roedovre, kun=(tilbud,))
    fabrik.invitation("0@example.dk", organisation=roedovre)
    fabrik.forslag("0@example.dk", organisation=roedovre)
    foer = kald(url), kald(start)
    for nummer in range(1, 100):
        bruger = Bruger.objects.create(email=f"person{nummer}@example.dk")
        fabrik.tilknyt(bruger, Rolle.TILBUDSLEDER, roedovre, kun=(tilbud,))
        if nummer % 10 == 0:
            fabrik.invitation(f"{nummer}@example.dk", organisation=roedovre)
            fabrik.forslag(f"{nummer}@example.dk", organisation=roedovre)
    assert (kald(url), kald(start)) == foer
    assert max(foer) <= 25


def test_whole_administration_through_the_pages(admin: Client, roedovre: Organisation) -> None:
    bodil = fabrik.bruger(Rolle.VISITATOR, roedovre, email="bodil@roedovre.dk")
    solbakken = fabrik.tilbud("Solbakken", i="Rødovre")

    def send(navn: str, *args: object, **felter: Any) -> Any:
        return admin.post(reverse(f"personer:{navn}", args=[roedovre.pk, *args]), felter, follow=True)

    i_dag = fabrik.om(0).strftime("%d.%m.%Y")
    givet = send("giv_rolle", bodil.pk, rolle="tilbudsleder", fra=i_dag, kun_tilbud=[str(solbakken.pk)])
    assert "har fået rollen tilbudsleder" in givet.content.decode()
    assert "Kun Solbakken" in givet.content.decode()
    igen = send("giv_rolle", bodil.pk, rolle="tilbudsleder", fra=i_dag)
    assert igen.status_code == 400
    assert "har allerede rollen" in igen.content.decode()
    rolle = bodil.tilknytninger.get(rolle=Rolle.TILBUDSLEDER)
    uden_dag = send("afslut", rolle.pk, hvornaar="efter")
    assert (uden_dag.status_code, "Skriv rollens sidste dag" in uden_dag.content.decode()) == (400, True)
    assert "er afsluttet" in send("afslut", rolle.pk, hvornaar="straks").content.decode()
    assert "allerede afsluttet" in send("afslut", rolle.pk, hvornaar="straks").content.decode()
    egen = Bruger.objects.get(email="admin@roedovre.dk").tilknytninger.get()
    assert "uden administrator" in send("afslut", egen.pk, hvornaar="straks").content.decode()
    assert "uden administrator" in send("fjern", egen.bruger_id).content.decode()
    assert "er sendt til ny@roedovre.dk" in send("inviter", email="ny@roedovre.dk", roller="laeser").content.decode()
    assert "allerede inviteret" in send("inviter", email="ny@roedovre.dk", roller="laeser").content.decode()
    assert "er foreslået" in send("foreslaa", email=bodil.email).content.decode()
    assert "allerede foreslået" in send("foreslaa", email=bodil.email).content.decode()
    assert "har ikke længere nogen rolle" in send("fjern", bodil.pk).content.decode()


def test_proposal_of_one_s_own_leads_back_with_the_reason(admin: Client, roedovre: Organisation) -> None:
    admin.post(reverse("personer:foreslaa", args=[roedovre.pk]), {"email": "ny@example.dk"})
    side = admin.get(reverse("personer:liste", args=[roedovre.pk])).content.decode()
    (url,) = re.findall(r'href="([^"]+/trukket)"', side)
    assert "/godkendt" not in side
    for metode in (admin.get, admin.post):
        svar = metode(url.replace("trukket", "godkendt"), follow=True)
        assert "Du har selv stillet forslaget" in svar.content.decode()
    assert "trukket tilbage" in admin.post(url, follow=True).content.decode()
    assert "er afgjort" in admin.get(url, follow=True).content.decode()
    assert admin.get(url.replace("trukket", "maaske")).status_code == 404
