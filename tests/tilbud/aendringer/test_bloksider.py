"""The operator's pages of approvals, reports, services and permissions: what waits for a second person, and what everybody sees."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from faelles.tid import Periode
from tests import fabrik
from tests.formular import dato, sendt
from tests.tilbud.aendringer.test_sider import klient, tekst, venter
from tilbud.models import Merpladstilladelse, Tilbud, Tilsynsgodkendelse, Tilsynsrapport, Ydelse
from tilbud.registerimport.actions import godkend

pytestmark = pytest.mark.django_db


@pytest.fixture
def tilbud() -> Tilbud:
    return fabrik.tilbud("Solbakken")


def test_approval_waits_for_a_second_person_who_sees_before_and_after(tilbud: Tilbud) -> None:
    gammel = fabrik.godkendelse(tilbud, 8)
    foerste, anden = fabrik.tilbudsleder(), fabrik.tilbudsleder()
    hos, url = klient(foerste), reverse("tilbud:ret_godkendelse", args=[gammel.pk])
    assert url in hos.get(reverse("tilbud:bloklister", args=[tilbud.pk])).content.decode()
    data = {**sendt(hos.get(url)), "pladser": "6"}
    vis = hos.post(url, data)
    assert "Gælder straks" not in tekst(vis)
    assert "Godkendte pladser 8 6" in tekst(vis)
    hos.post(url, {**data, "gem": "ja"})
    gammel.refresh_from_db()
    assert gammel.pladser == 8, "not before the second person"
    sag = venter(foerste)
    assert "Godkendte pladser 8 6" in tekst(klient(anden).get(reverse("tilbud:import", args=[sag.pk])))
    godkend(aktoer=anden, import_id=sag.pk)
    gammel.refresh_from_db()
    assert gammel.pladser == 6


def test_new_approval_and_permission_exist_when_approved(tilbud: Tilbud) -> None:
    afdeling = fabrik.afdeling(tilbud)
    foerste, anden = fabrik.tilbudsleder(), fabrik.tilbudsleder()
    hos = klient(foerste)
    url = reverse("tilbud:ny_godkendelse", args=[tilbud.pk])
    data = {**sendt(hos.get(url)), "hjemmel": "SEL-107", "pladser": "8", "socialtilsyn": "Socialtilsyn Øst"}
    hos.post(url, {**data, **dato("fra", date(2027, 1, 1)), "gem": "ja"})
    assert not Tilsynsgodkendelse.objects.exists()
    godkend(aktoer=anden, import_id=venter(foerste).pk)
    godkendelse = Tilsynsgodkendelse.objects.get()
    assert (godkendelse.tilbud, godkendelse.pladser) == (tilbud, 8)
    url = reverse("tilbud:ny_merpladstilladelse", args=[afdeling.pk])
    data = {**sendt(hos.get(url)), "pladser": "2", "grund": "Brand i nabotilbuddet", **dato("fra", date(2027, 1, 1))}
    hos.post(url, {**data, **dato("sidste_dag", date(2027, 3, 31)), "gem": "ja"})
    assert not Merpladstilladelse.objects.exists()
    godkend(aktoer=anden, import_id=venter(foerste).pk)
    tilladelse = Merpladstilladelse.objects.get()
    assert tilladelse.afdeling == afdeling
    assert Periode.af_range(tilladelse.periode) == Periode(date(2027, 1, 1), date(2027, 4, 1))


def test_report_waits_and_so_does_each_change_of_it_with_before_and_after(tilbud: Tilbud) -> None:
    foerste, anden = fabrik.tilbudsleder(), fabrik.tilbudsleder()
    hos = klient(foerste)
    url = reverse("tilbud:ny_tilsynsrapport", args=[tilbud.pk])
    link = "https://tilsyn.example.dk/r1"
    data = {
        **sendt(hos.get(url)),
        **dato("dato", date(2026, 10, 1)),
        "vurdering": "Påbud",
        "rapport_url": link,
        "gem": "ja",
    }
    svar = hos.post(url, {**data, "rapport_url": "http://tilsyn.example.dk/r1"})
    assert (svar.status_code, list(svar.context["form"].errors)) == (422, ["rapport_url"])
    hos.post(url, data)
    assert not Tilsynsrapport.objects.exists(), "it would stand as the latest at once"
    godkend(aktoer=anden, import_id=venter(foerste).pk)
    rapport = Tilsynsrapport.objects.get()
    assert (rapport.vurdering, rapport.rapport_url) == ("paabud", link)
    url = reverse("tilbud:ret_tilsynsrapport", args=[rapport.pk])
    ny = {**dato("dato", date(2026, 10, 2)), "vurdering": "Fortsat godkendt", "rapport_url": f"{link}-ny", "gem": "ja"}
    hos.post(url, {**sendt(hos.get(url)), **ny})
    rapport.refresh_from_db()
    assert (rapport.dato, rapport.vurdering, rapport.rapport_url) == (date(2026, 10, 1), "paabud", link)
    sag = venter(foerste)
    vist = tekst(klient(anden).get(reverse("tilbud:import", args=[sag.pk])))
    assert "Vurdering Påbud Fortsat godkendt" in vist
    assert f"Link til rapporten {link} {link}-ny" in vist
    godkend(aktoer=anden, import_id=sag.pk)
    rapport.refresh_from_db()
    assert (rapport.dato, rapport.vurdering, rapport.rapport_url) == (date(2026, 10, 2), "godkendt", f"{link}-ny")


def test_service_takes_effect_at_once_and_is_ended(tilbud: Tilbud) -> None:
    fabrik.ydelsestype("Ophold")
    hos = klient(fabrik.tilbudsleder())
    url = reverse("tilbud:ny_ydelse", args=[tilbud.pk])
    data = {
        **sendt(hos.get(url)),
        "type": "Ophold",
        "leveringsform": "På tilbuddets adresse",
        **dato("fra", date(2026, 1, 1)),
    }
    hos.post(url, {**data, "gem": "ja"})
    ydelse = Ydelse.objects.get()
    url = reverse("tilbud:ret_ydelse", args=[ydelse.pk])
    hos.post(url, {**sendt(hos.get(url)), **dato("sidste_dag", date(2026, 12, 31)), "gem": "ja"})
    ydelse.refresh_from_db()
    assert Periode.af_range(ydelse.periode) == Periode(date(2026, 1, 1), date(2027, 1, 1))


def test_second_approval_of_the_same_days_is_refused_at_its_field(tilbud: Tilbud) -> None:
    fabrik.godkendelse(tilbud, 8)
    hos, url = klient(fabrik.tilbudsleder()), reverse("tilbud:ny_godkendelse", args=[tilbud.pk])
    data = {
        **sendt(hos.get(url)),
        "hjemmel": "SEL-107",
        "pladser": "8",
        "socialtilsyn": "Øst",
        **dato("fra", date(2027, 1, 1)),
    }
    svar = hos.post(url, {**data, "gem": "ja"})
    assert (svar.status_code, list(svar.context["form"].errors)) == (422, ["fra"])


def test_everybody_sees_what_was_and_is_and_only_the_operator_corrects(tilbud: Tilbud) -> None:
    fabrik.godkendelse(tilbud, 8, til=fabrik.om(-10))
    fabrik.merpladstilladelse(fabrik.afdeling(tilbud, navn="Nord"))
    rapport = fabrik.tilsynsrapport(tilbud)
    side = klient(fabrik.sagsbehandler()).get(reverse("tilbud:bloklister", args=[tilbud.pk]))
    assert "Gælder ikke i dag" in tekst(side)
    assert "Nord Midlertidigt pres 1" in tekst(side)
    assert f'href="{rapport.rapport_url}" rel="noopener noreferrer"' in side.content.decode()
    assert "Ret eller afslut" not in tekst(side)


def test_verdict_date_and_link_of_the_latest_report_stand_before_the_takster(tilbud: Tilbud) -> None:
    fabrik.takst(fabrik.afdeling(tilbud), "2687.00")
    fabrik.tilsynsrapport(tilbud, dage_siden=400, vurdering="paabud")
    rapport = fabrik.tilsynsrapport(tilbud, dage_siden=30, vurdering="vilkaar")
    html = klient(fabrik.sagsbehandler()).get(reverse("tilbud:detalje", args=[tilbud.pk])).content.decode()
    steder = [html.index(ord_) for ord_ in ("Fortsat godkendt på vilkår", rapport.rapport_url, "2.687,00")]
    assert steder == sorted(steder)
    assert "Påbud" not in html


@pytest.mark.parametrize(
    "link", ["http://example.dk/r", "javascript:alert(1)", "https://example.dk/ r", "//example.dk"]
)
def test_link_that_is_not_https_is_refused_by_the_database(tilbud: Tilbud, link: str) -> None:
    with pytest.raises(IntegrityError, match="tilsynsrapport_link_er_https"), transaction.atomic():
        Tilsynsrapport.objects.create(tilbud=tilbud, dato=fabrik.om(-1), vurdering="godkendt", rapport_url=link)
