"""Confirming: all of an operator's departments with one press, only as they were shown, and nobody else's."""

import re
import threading
import time
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.models import Haendelse
from faelles.tid import Periode, nu
from kommuner.models import Organisation, Rolle
from reservationer.soegning.profil import Behovsprofil
from reservationer.soegning.queries import soeg
from tests import fabrik
from tests.api import klienter
from tests.kaploeb import loeb, overlappede
from tests.tilbud.bekraeftelser.situationer import set_som_nu, vist
from tilbud.bekraeftelser import actions
from tilbud.bekraeftelser.actions import bekraeft_viste
from tilbud.bekraeftelser.queries import afdelingsstande, pladsbilleder
from tilbud.bekraeftelser.tryk import tryk
from tilbud.belaegning.actions import tag_plads
from tilbud.belaegning.models import Optagelse, Optagelsesart
from tilbud.fejlmeldinger.visning import vist as vist_fakta
from tilbud.models import Afdeling, Bekraeftelse, Faktum
from tilbud.pladsloft import Loft

pytestmark = pytest.mark.django_db

INTET = tryk((), date(2027, 1, 1), Loft((), (), {}))  # the fingerprint of a department without places


def klient(rolle: Rolle, organisation: Organisation) -> Client:
    """A browser in which a person with the role has logged in."""
    ny = Client()
    ny.force_login(fabrik.bruger(rolle, organisation))
    return ny


@pytest.fixture
def gladsaxe() -> Client:
    """The leader of Gladsaxe's offers."""
    return klient(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation)


def tekst(svar: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", svar.content.decode()))


def test_page_confirms_every_department_it_shows_with_one_press(gladsaxe: Client) -> None:
    for navn in ("Solbakken", "Engen"):
        fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(navn)))
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Herlevs eget", i="Herlev")))
    fabrik.afdeling(fabrik.tilbud("Lukket tilbud", lukket_fra=fabrik.om(0)))
    side = gladsaxe.get(reverse("tilbud:bekraeft_pladser"))
    assert "2 af 2 afdelinger venter" in tekst(side)
    assert "Herlevs eget" not in tekst(side)
    assert "Lukket tilbud" not in tekst(side)
    svar = gladsaxe.post(reverse("tilbud:bekraeft_pladser"), vist(side), follow=True)
    assert "Pladserne i 2 afdelinger er bekræftet." in tekst(svar)
    assert {b.afdeling.tilbud.navn for b in Bekraeftelse.objects.all()} == {"Solbakken", "Engen"}
    assert Haendelse.objects.filter(type="plads.bekraeftet").count() == 2
    assert "Alle 2 afdelinger er bekræftet" in tekst(gladsaxe.get(reverse("tilbud:bekraeft_pladser")))


def test_one_press_confirms_all_of_a_provider_with_three_hundred_departments(gladsaxe: Client) -> None:
    tilbud = fabrik.tilbud("Solbakken")
    navne = [f"Afdeling {nummer:03}" for nummer in range(300)]
    Afdeling.objects.bulk_create(Afdeling(tilbud=tilbud, navn=navn, navn_sortering=navn) for navn in navne)
    for navn in ("start", "tilbud:bekraeft_pladser"):
        viste = vist(gladsaxe.get(reverse(navn)))
        svar = gladsaxe.post(reverse("tilbud:bekraeft_pladser"), viste, follow=True)
        assert "Pladserne i 300 afdelinger er bekræftet." in tekst(svar)
    kalender = {**vist(gladsaxe.get(reverse("tilbud:belaegning"))), "tilbud": str(tilbud.pk)}
    fabrik.ledig_plads(tilbud.afdelinger.latest("navn"))
    svar = gladsaxe.post(reverse("tilbud:bekraeft_viste"), kalender, follow=True)
    assert "Solbakken, Afdeling 299. Intet er bekræftet." in tekst(svar)


def test_start_page_confirms_those_that_are_due_and_no_others(gladsaxe: Client) -> None:
    forfalden, aldrig, frisk = (fabrik.ledig_plads().afdeling for _ in range(3))
    fabrik.bekraeftet(forfalden, dage_siden=7)
    fabrik.bekraeftet(frisk, dage_siden=6)
    start = gladsaxe.get(reverse("start"))
    assert "2 afdelinger venter" in tekst(start)
    gladsaxe.post(reverse("tilbud:bekraeft_pladser"), vist(start))
    nye = Bekraeftelse.objects.filter(tidspunkt__date=fabrik.om(0))
    assert {bekraeftelse.afdeling_id for bekraeftelse in nye} == {forfalden.pk, aldrig.pk}
    assert "Alle jeres afdelinger er bekræftet" in tekst(gladsaxe.get(reverse("start")))


def test_link_of_the_mail_asks_for_log_in_and_changes_nothing() -> None:
    fabrik.ledig_plads()
    adresse = reverse("tilbud:bekraeft_pladser")
    fremmed = Client()
    svar = fremmed.get(adresse)
    assert (svar.status_code, svar["Location"]) == (302, f"{reverse('account_login')}?next={adresse}")
    assert fremmed.post(adresse, {"viste": "x:x"}).status_code == 302
    leder = klient(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation)
    assert leder.get(adresse).status_code == 200
    assert not Bekraeftelse.objects.exists()


def aendringer() -> dict[str, Any]:
    """What can happen to a place between a page and a press: each changes what the operator would vouch for."""
    periode = Periode(fabrik.om(3), fabrik.om(9))
    return {
        "taget": lambda plads: fabrik.optag(plads, periode),
        "reserveret": lambda plads: fabrik.optag(
            plads, periode, art=Optagelsesart.HOLD, udloeber=nu() + timedelta(days=1)
        ),
        "ny plads": lambda plads: fabrik.ledig_plads(plads.afdeling),
        "lukket": lambda plads: type(plads).objects.filter(pk=plads.pk).update(periode=periode.som_range),
        "forbeholdt": lambda plads: type(plads).objects.filter(pk=plads.pk).update(forbeholdt_egne=True),
        "for beboere": lambda plads: type(plads).objects.filter(pk=plads.pk).update(art="dag", forbeholdt_beboere=True),
        "godkendt": lambda plads: fabrik.godkendelse(plads.afdeling.tilbud, 1),
        "godkendt senere": lambda plads: fabrik.godkendelse(plads.afdeling.tilbud, 1, fra=fabrik.om(90)),
        "tilladelse": lambda plads: fabrik.merpladstilladelse(plads.afdeling),
    }


@pytest.mark.parametrize("navn", list(aendringer()))
def test_bekraeft_viste_what_has_changed_since_it_was_shown_is_refused_by_name_and_nothing_is_confirmed(
    navn: str,
) -> None:
    plads, anden = fabrik.ledig_plads(), fabrik.ledig_plads()
    leder = fabrik.tilbudsleder()
    viste = {a.afdeling.pk: a.tryk for a in afdelingsstande(leder, nu())}
    aendringer()[navn](plads)
    with pytest.raises(Konflikt, match=str(plads.afdeling.tilbud)) as fejl:
        bekraeft_viste(aktoer=leder, viste=viste)
    assert fejl.value.kode == "aendret_siden_vist"
    assert str(anden.afdeling.tilbud) not in fejl.value.besked
    assert not Bekraeftelse.objects.exists()
    bekraeft_viste(aktoer=leder, viste={a.afdeling.pk: a.tryk for a in afdelingsstande(leder, nu())})
    assert Bekraeftelse.objects.count() == 2


def test_bekraeft_viste_what_is_over_or_never_counted_changes_nothing() -> None:
    plads, leder = fabrik.ledig_plads(), fabrik.tilbudsleder()
    viste = {a.afdeling.pk: a.tryk for a in afdelingsstande(leder, nu())}
    fabrik.optag(plads, Periode(fabrik.om(-9), fabrik.om(0)))
    Optagelse.objects.create(
        plads=plads, periode=Periode(fabrik.om(0)).som_range, art=Optagelsesart.OPHOLD, aktiv=False
    )
    fabrik.ledig_plads(plads.afdeling, fra=fabrik.om(-20), til=fabrik.om(0))
    bekraeft_viste(aktoer=leder, viste=viste)
    assert Bekraeftelse.objects.count() == 1


def test_approval_that_has_run_out_is_no_change_and_one_used_up_by_another_department_is() -> None:
    huset, leder = fabrik.afdeling(fabrik.tilbud("Solbakken")), fabrik.tilbudsleder()
    fabrik.ledig_plads(huset)
    andens = fabrik.ledig_plads(fabrik.afdeling(huset.tilbud, navn="Annekset"))
    gaeldende = fabrik.godkendelse(huset.tilbud, 1)
    viste = set_som_nu(huset)
    fabrik.godkendelse(huset.tilbud, 9, kode="SEL-108", til=fabrik.om(0))
    bekraeft_viste(aktoer=leder, viste=viste)
    fabrik.optag(andens, Periode(fabrik.om(0), fabrik.om(1)))
    with pytest.raises(Konflikt, match="Solbakken, Hovedhuset"):
        bekraeft_viste(aktoer=leder, viste=viste)
    viste = set_som_nu(huset)
    type(gaeldende).objects.filter(pk=gaeldende.pk).update(pladser=2)
    with pytest.raises(Konflikt, match="Solbakken, Hovedhuset"):
        bekraeft_viste(aktoer=leder, viste=viste)


def test_numbers_of_one_day_are_not_confirmed_on_another_that_has_other_numbers() -> None:
    plads = fabrik.ledig_plads()
    fabrik.optag(plads, Periode(fabrik.om(2)))
    (billeder,), loft = pladsbilleder([plads.afdeling_id], nu()).values(), Loft((), (), {})
    i_dag, i_morgen, derefter = (tryk(billeder, fabrik.om(dag), loft) for dag in (0, 1, 2))
    assert i_dag == i_morgen
    assert i_morgen != derefter


def test_page_says_what_changed_and_can_be_sent_again(gladsaxe: Client) -> None:
    plads = fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Solbakken")))
    adresse = reverse("tilbud:bekraeft_pladser")
    foer = vist(gladsaxe.get(adresse))
    fabrik.optag(plads, Periode(fabrik.om(0), fabrik.om(9)))
    svar = gladsaxe.post(adresse, foer, follow=True)
    assert "Pladserne er ændret, siden de blev vist: Solbakken, Hovedhuset. Intet er bekræftet." in tekst(svar)
    assert "0 ledige, 1 optaget" in tekst(svar)
    gladsaxe.post(adresse, vist(svar))
    assert Bekraeftelse.objects.count() == 1


@pytest.mark.parametrize(("godkendte", "ledige", "ikke_godkendte"), [(None, 4, 1), (7, 4, 1), (4, 3, 2), (2, 1, 4)])
def test_page_says_as_many_free_today_as_the_search_does(
    gladsaxe: Client, godkendte: int | None, ledige: int, ikke_godkendte: int
) -> None:
    huset, i_dag = fabrik.afdeling(fabrik.tilbud("Solbakken")), Periode(fabrik.om(0), fabrik.om(1))
    fabrik.bekraeftet(huset)
    for nummer, ugedage in enumerate([[1, 2, 3, 4, 5, 6, 7], [1, 2, 3, 4, 5], [6, 7]], start=1):
        fabrik.ledig_plads(huset, betegnelse=f"Bolig {nummer}", ugedage=ugedage)
    fabrik.optag(fabrik.ledig_plads(huset), i_dag)
    fabrik.optag(fabrik.ledig_plads(huset, ugedage=[1, 2, 3, 4, 5]), i_dag, ugedage=[1, 2])
    fabrik.optag(
        fabrik.ledig_plads(huset, ugedage=[1, 2]), i_dag, ugedage=[3, 4]
    )  # its weekdays have been changed since
    fabrik.lukning(huset, fabrik.ledig_plads(huset), fra=0, til=9)
    fabrik.ledig_plads(huset, fra=fabrik.om(3))
    fabrik.ledig_plads(huset, merplads=True)
    if godkendte is not None:
        fabrik.godkendelse(huset.tilbud, godkendte)
    fundne = soeg(fabrik.sagsbehandler(), Behovsprofil(periode=i_dag), nu=nu()).resultater
    assert sum(fundet.plads.antal for fundet in fundne) == ledige
    side = tekst(gladsaxe.get(reverse("tilbud:bekraeft_pladser")))
    rest = f", {ikke_godkendte} ikke godkendt{'' if ikke_godkendte == 1 else 'e'}" if ikke_godkendte else ""
    assert f"{ledige} {'ledig' if ledige == 1 else 'ledige'}, 2 optagne, 1 lukket{rest} " in side
    med = f"{ledige} ledig, " if ledige else ""
    uden = f", {ikke_godkendte} ikke godkendt" if ikke_godkendte else ""
    assert vist_fakta(huset.tilbud, huset, Faktum.PLADSER, nu()).endswith(f"{med}2 optaget, 1 lukket{uden}")


def test_offer_page_confirms_the_department_it_shows_and_refuses_what_changed(gladsaxe: Client) -> None:
    plads = fabrik.ledig_plads()
    detalje = reverse("tilbud:detalje", args=[plads.afdeling.tilbud_id])
    url = reverse("tilbud:bekraeft", args=[plads.afdeling_id])
    foer = vist(gladsaxe.get(detalje))
    fabrik.optag(plads, Periode(fabrik.om(0), fabrik.om(9)))
    svar = gladsaxe.post(url, {"tryk": foer["tryk"]}, follow=True)
    assert "Intet er bekræftet" in tekst(svar)
    svar = gladsaxe.post(url, {"tryk": vist(svar)["tryk"]}, follow=True)
    assert "Pladserne i 1 afdeling er bekræftet." in tekst(svar)
    assert Bekraeftelse.objects.get().organisation == fabrik.kommune("Gladsaxe").organisation


def test_confirming_is_for_the_operator_alone() -> None:
    afdeling = fabrik.ledig_plads().afdeling
    rodovre = klient(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation)
    herlev = klient(Rolle.TILBUDSLEDER, fabrik.kommune("Herlev").organisation)
    url, alle = reverse("tilbud:bekraeft", args=[afdeling.pk]), reverse("tilbud:bekraeft_pladser")
    assert url not in herlev.get(reverse("tilbud:detalje", args=[afdeling.tilbud_id])).content.decode()
    krop = {"viste": f"{afdeling.pk}:0", "tryk": "0"}
    assert [rodovre.post(sti, krop).status_code for sti in (url, alle)] == [403, 403]
    assert [herlev.post(sti, krop).status_code for sti in (url, alle)] == [404, 404]
    assert herlev.get(url).status_code == 405
    assert not Bekraeftelse.objects.exists()


def test_bekraeft_viste_nothing_foreign_or_closed_goes_with_ones_own() -> None:
    egen, lukket = fabrik.ledig_plads().afdeling, fabrik.afdeling(fabrik.tilbud(lukket_fra=fabrik.om(0)))
    herlevs = fabrik.afdeling(fabrik.tilbud(i="Herlev"))
    leder = fabrik.tilbudsleder()
    viste = {a.afdeling.pk: a.tryk for a in afdelingsstande(leder, nu())}
    for anden in (herlevs, lukket):
        with pytest.raises(IkkeFundet):
            bekraeft_viste(aktoer=leder, viste={**viste, anden.pk: "0"})
    with pytest.raises(UgyldigtInput):
        bekraeft_viste(aktoer=leder, viste={})
    assert set(viste) == {egen.pk}
    assert not Bekraeftelse.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.kaploeb
@pytest.mark.parametrize("med_laas", [True, False])
def test_place_taken_between_comparison_and_confirmation_waits_and_without_the_lock_it_does_not(
    med_laas: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    plads, leder = fabrik.ledig_plads(), fabrik.tilbudsleder()
    viste = {a.afdeling.pk: a.tryk for a in afdelingsstande(leder, nu())}
    raekkefoelge: list[str] = []
    if not med_laas:
        monkeypatch.setattr(actions, "laas_pladser", lambda _afdelinger: None)
    gem = actions.gem

    def gem_sent(*args: Any) -> Any:
        sammenlignet.wait(timeout=20)
        time.sleep(0.5)
        raekkefoelge.append("bekræftet")
        return gem(*args)

    sammenlignet = threading.Barrier(2)
    monkeypatch.setattr(actions, "gem", gem_sent)

    def forsoeg(nummer: int) -> None:
        if nummer == 0:
            bekraeft_viste(aktoer=leder, viste=viste)
        else:
            sammenlignet.wait(timeout=20)
            tag_plads(
                plads_id=plads.pk,
                periode=Periode(fabrik.om(1), fabrik.om(5)),
                art=Optagelsesart.OPHOLD,
                egne=False,
                beboer=False,
            )
            raekkefoelge.append("taget")

    resultater = loeb(forsoeg, 2)
    assert [r.fejl for r in resultater] == [None, None]
    assert overlappede(resultater)
    assert raekkefoelge == (["bekræftet", "taget"] if med_laas else ["taget", "bekræftet"])


def test_pages_send_a_constant_number_of_statements(gladsaxe: Client, django_assert_max_num_queries: Any) -> None:
    def kald(navn: str) -> int:
        with django_assert_max_num_queries(30) as maalt:
            assert gladsaxe.get(reverse(navn)).status_code == 200
        return len(maalt)

    fabrik.bekraeftet(fabrik.ledig_plads().afdeling, dage_siden=8)
    sider = ("start", "tilbud:bekraeft_pladser")
    foer = [kald(navn) for navn in sider]
    for _ in range(100):
        fabrik.optag(fabrik.ledig_plads(), Periode(fabrik.om(0), fabrik.om(9)))
    assert [kald(navn) for navn in sider] == foer


def test_system_confirms_what_it_has_seen_and_nothing_that_has_changed_since() -> None:
    plads, system = fabrik.ledig_plads(), klienter.driftsherre()
    afdelinger = f"/api/v1/tilbud/{plads.afdeling.tilbud_id}/afdelinger"
    sti = f"/api/v1/afdelinger/{plads.afdeling_id}/bekraeftelser"

    def bekraeft(krop: dict[str, str]) -> Any:
        return system.post(sti, krop, content_type="application/json")

    (set_,) = system.get(afdelinger).json()["resultater"]
    assert bekraeft({}).status_code == 400
    fabrik.optag(plads, Periode(fabrik.om(3), fabrik.om(9)))
    afslag = bekraeft({"fingeraftryk": set_["fingeraftryk"]})
    assert (afslag.status_code, afslag.json()["code"]) == (409, "aendret_siden_vist")
    assert not Bekraeftelse.objects.exists()
    (set_,) = system.get(afdelinger).json()["resultater"]
    fabrik.godkendelse(plads.afdeling.tilbud, 1)
    assert bekraeft({"fingeraftryk": set_["fingeraftryk"]}).json()["code"] == "aendret_siden_vist"
    (set_,) = system.get(afdelinger).json()["resultater"]
    assert bekraeft({"fingeraftryk": set_["fingeraftryk"]}).status_code == 201
    (fremmed,) = klienter.myndighed().get(afdelinger).json()["resultater"]
    assert fremmed["fingeraftryk"] is None


def test_system_confirms_departments_with_places_of_open_offers_only() -> None:
    aaben, lukket, uden = (
        fabrik.afdeling(fabrik.tilbud(navn, **felter))
        for navn, felter in (
            ("Åbent", {}),
            ("Lukket", {"lukket_fra": fabrik.om(0)}),
            ("Teamet", {"uden_pladser": True}),
        )
    )
    leder = fabrik.tilbudsleder()
    bekraeft_viste(aktoer=leder, viste={aaben.pk: INTET})
    for afdeling in (lukket, uden):
        with pytest.raises(IkkeFundet):
            bekraeft_viste(aktoer=leder, viste={afdeling.pk: INTET})
    assert set(Bekraeftelse.objects.values_list("afdeling", flat=True)) == {aaben.pk}
