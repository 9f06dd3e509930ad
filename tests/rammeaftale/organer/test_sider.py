"""Pages of the bodies as whole requests, the table out, and who sees them."""

from typing import Any

import pytest
from django.urls import reverse
from freezegun import freeze_time

from faelles.tid import idag, midnat_efter
from kommuner.models import Rolle
from rammeaftale.models import Organ
from rammeaftale.moeder.actions import opret_moede
from rammeaftale.organer.actions import ret_organ
from rammeaftale.organer.regler import Organart
from tests import fabrik
from tests.api import klienter
from tests.rammeaftale.organer.situationer import organ
from tests.rammeaftale.test_sider import klient, sekretariat
from tests.rammeaftale.test_trin_sider import dag
from tests.samtidig import aabnet

pytestmark = pytest.mark.django_db
LISTE = reverse("rammeaftale:organer")


def test_body_is_formed_filled_changed_and_ended_by_forms() -> None:
    client = sekretariat()
    felter = {"art": "embedsmandsudvalg", "navn": "Udvalget", "opgave": "Forbereder", **dag("fra", fabrik.om(-30))}
    html = client.post(reverse("rammeaftale:nyt_organ"), felter, follow=True).content.decode()
    assert "Organet er oprettet." in html
    assert "Ingen medlemmer" in html
    nyt = Organ.objects.get()
    herlev = fabrik.kommune("Herlev").organisation.id
    medlem = {"organisation_id": str(herlev), "hverv": "formand", **dag("fra", fabrik.om(-20))}
    html = client.post(reverse("rammeaftale:nyt_organmedlem", args=[nyt.id]), medlem, follow=True).content.decode()
    assert "Medlemmet er tilføjet." in html
    assert "1 kommune" in html
    svar = client.post(reverse("rammeaftale:nyt_organmedlem", args=[nyt.id]), medlem)
    assert svar.status_code == 422
    assert "Afslut det medlemskab først" in svar.content.decode()
    ret = reverse("rammeaftale:ret_organ", args=[nyt.id])
    client.post(ret, {"navn": "Det nye navn", "opgave": "", **aabnet(client, ret)})
    afslut = reverse("rammeaftale:afslut_organmedlem", args=[nyt.medlemmer.get().id])
    assert "Medlemskabet er afsluttet." in client.post(afslut, dag("sidste_dag"), follow=True).content.decode()
    html = client.post(
        reverse("rammeaftale:nedlaeg_organ", args=[nyt.id]), dag("sidste_dag"), follow=True
    ).content.decode()
    assert "Organet er nedlagt." in html
    assert "Det nye navn" in html


def test_body_another_has_changed_since_is_not_saved_over_unseen() -> None:
    client, udvalg = sekretariat(), organ()
    ret = reverse("rammeaftale:ret_organ", args=[udvalg.id])
    mit = {"navn": "Mit navn", "opgave": udvalg.opgave, **aabnet(client, ret)}
    ret_organ(aktoer=fabrik.sekretariat(), organ_id=udvalg.id, navn="Deres navn", opgave=udvalg.opgave)
    svar = client.post(ret, mit)
    assert (svar.status_code, "En anden har rettet det" in svar.content.decode()) == (422, True)
    udvalg.refresh_from_db()
    assert udvalg.navn == "Deres navn"
    client.post(ret, {**mit, **aabnet(client, ret)})
    udvalg.refresh_from_db()
    assert udvalg.navn == "Mit navn"


def test_body_and_member_entered_by_mistake_are_taken_out_after_a_reason() -> None:
    client, udvalg = sekretariat(), organ("Herlev", "Gladsaxe")
    side, medlem = reverse("rammeaftale:organ", args=[udvalg.id]), udvalg.medlemmer.get(hverv="medlem")
    fjern = reverse("rammeaftale:fjern_organmedlem", args=[medlem.id])
    assert f'href="{fjern}"' in client.get(side).content.decode()
    assert "Fjern medlemskabet for Gladsaxe Kommune?" in client.get(fjern).content.decode()
    assert client.post(fjern, {"begrundelse": ""}).status_code == 422
    html = client.post(fjern, {"begrundelse": "Tastefejl"}, follow=True).content.decode()
    assert ("Medlemskabet er fjernet." in html, "Gladsaxe Kommune" in html) == (True, False)
    fjern = reverse("rammeaftale:fjern_organ", args=[udvalg.id])
    opret_moede(aktoer=fabrik.sekretariat(), organ_id=udvalg.id, dato=fabrik.om(0))
    svar = client.post(fjern, {"begrundelse": "Tastefejl"})
    assert (svar.status_code, "har møder og kan ikke fjernes" in svar.content.decode()) == (422, True)
    udvalg.moeder.all().delete()
    html = client.post(fjern, {"begrundelse": "Tastefejl"}, follow=True).content.decode()
    assert ("Organet er fjernet." in html, "Ingen organer" in html) == (True, True)


def test_parties_and_members_see_the_bodies_and_others_do_not() -> None:
    fabrik.aftale()
    udvalg = organ("Ballerup", "Gladsaxe")
    for navn in ("Rødovre", "Ballerup"):
        client = klient(Rolle.LAESER, fabrik.kommune(navn).organisation)
        html = client.get(LISTE).content.decode()
        assert "2 kommuner" in html
        assert "Nyt organ" not in html
        assert "Afslut" not in client.get(reverse("rammeaftale:organ", args=[udvalg.id])).content.decode()
    fremmed = klient(Rolle.LAESER, fabrik.kommune("Odense", i="KKR Syddanmark").organisation)
    assert "Ingen organer" in fremmed.get(LISTE).content.decode()
    assert fremmed.get(reverse("rammeaftale:organ", args=[udvalg.id])).status_code == 404


def test_table_out_has_a_row_for_each_membership_and_one_for_an_empty_body() -> None:
    organ("Herlev", "Gladsaxe")
    organ(art=Organart.ARBEJDSGRUPPE, navn="Gruppen")
    csv = sekretariat().get(reverse("rammeaftale:eksport_organer", args=["csv"])).getvalue().decode("utf-8-sig")
    linjer = csv.splitlines()
    assert len(linjer) == 1 + 2 + 1
    assert "Herlev Kommune;Formand" in csv


def test_bodies_stand_in_danish_order_in_the_table_out_and_over_rest() -> None:
    rigtig = ["arbejdsgruppe 2", "Arbejdsgruppe 10", "Ægruppen", "Økonomigruppen", "Årsgruppen"]
    for navn in sorted(rigtig):
        organ(art=Organart.ARBEJDSGRUPPE, navn=navn)
    csv = sekretariat().get(reverse("rammeaftale:eksport_organer", args=["csv"])).getvalue().decode("utf-8-sig")
    assert [linje.split(";")[0] for linje in csv.splitlines()[1:]] == rigtig
    hent = klienter.sekretariat().get
    navne, url = [], "/api/v1/organer?limit=2"
    while url:
        svar = hent(url).json()
        navne += [en["navn"] for en in svar["resultater"]]
        url = f"/api/v1/organer?limit=2&cursor={svar['naeste']}" if svar["naeste"] else ""
    assert navne == rigtig


def test_number_of_statements_does_not_grow_with_the_bodies(django_assert_max_num_queries: Any) -> None:
    organ("Herlev")
    client = sekretariat()
    client.get(LISTE)
    with django_assert_max_num_queries(24) as faa:
        client.get(LISTE)
    for nr in range(99):
        organ("Herlev", "Gladsaxe", art=Organart.ARBEJDSGRUPPE, navn=f"Gruppe {nr}")
    with django_assert_max_num_queries(len(faa.captured_queries)):
        client.get(LISTE)


def test_member_that_has_left_the_kkr_by_the_register_is_marked() -> None:
    udvalg = organ("Herlev", "Rødovre")
    side = reverse("rammeaftale:organ", args=[udvalg.pk])
    fabrik.flyt_til_kkr("KKR Østdanmark", "Herlev", fra=fabrik.om(1))
    maerke = "Ikke i KKR&#x27;et efter registret"
    assert maerke not in sekretariat().get(side).content.decode().replace("'", "&#x27;")
    with freeze_time(midnat_efter(idag())):
        html = sekretariat().get(side).content.decode().replace("'", "&#x27;")
        assert html.count(maerke) == 1
        assert html.index("Herlev Kommune") < html.index(maerke) < html.index("Rødovre Kommune")
