"""A cluster outlives its KKR: what the KKR has become takes over."""

import pytest
from django.test import Client
from django.urls import reverse

from faelles.fejl import IkkeFundet, UgyldigtInput
from faelles.tid import idag
from kommuner.models import Kkr, Rolle
from tests import fabrik
from tests.api import klienter
from tilbud.fejlmeldinger.andre import ansvarligt_kkr, vist_om
from tilbud.klynger.actions import optag_medlem, ret_klynge
from tilbud.klynger.queries import i_sekretariatets_kkr, klynger_i, raekker_ud
from tilbud.models import Faktum, Klynge
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db


def sammenlaeg(dage: int = 0) -> tuple[Klynge, Kkr]:
    """A cluster of Herlev's, and the KKR that Herlev and Roskilde belong to so many days from today."""
    klynge = fabrik.klynge(medlemmer=("Herlev",))
    fabrik.kommune("Rødovre")
    fabrik.kommune("Roskilde", i="KKR Sjælland")
    return klynge, fabrik.flyt_til_kkr("KKR Østdanmark", "Herlev", "Rødovre", "Roskilde", fra=fabrik.om(dage))


def test_secretariat_of_what_the_kkr_has_become_lets_in_and_the_old_one_no_longer_does() -> None:
    klynge, nyt = sammenlaeg()
    gammelt, roskilde = fabrik.kkr(), fabrik.kommune("Roskilde").pk
    assert nyt.sekretariat is not None
    ny = fabrik.aktoer(Rolle.SEKRETARIAT, nyt.sekretariat)
    with pytest.raises(IkkeFundet):
        optag_medlem(aktoer=fabrik.sekretariat(), klynge_id=klynge.pk, kommune=roskilde, fra=idag())
    optag_medlem(aktoer=ny, klynge_id=klynge.pk, kommune=roskilde, fra=idag())
    ret_klynge(aktoer=ny, klynge_id=klynge.pk, navn="Hjerneskade øst", formaal="", maalgrupper=[])
    (visning,) = klynger_i(nyt, idag())
    assert (visning.klynge.navn, visning.medlemmer) == ("Hjerneskade øst", ["Herlev", "Roskilde"])
    assert len(list(raekker_ud(nyt, idag()))) == 2
    assert not klynger_i(gammelt, idag())


def test_until_the_day_the_cluster_is_the_old_secretariats_and_no_other_municipality_can_be_member() -> None:
    klynge, nyt = sammenlaeg(dage=1)
    roskilde = fabrik.kommune("Roskilde").pk
    assert nyt.sekretariat is not None
    assert not i_sekretariatets_kkr(fabrik.aktoer(Rolle.SEKRETARIAT, nyt.sekretariat), idag())
    with pytest.raises(UgyldigtInput, match="hører ikke til klyngens KKR"):
        optag_medlem(aktoer=fabrik.sekretariat(), klynge_id=klynge.pk, kommune=roskilde, fra=idag())
    optag_medlem(aktoer=fabrik.sekretariat(), klynge_id=klynge.pk, kommune=roskilde, fra=fabrik.om(1))


def test_page_rest_and_reports_of_errors_name_the_kkr_of_today(client: Client) -> None:
    klynge, nyt = sammenlaeg()
    assert nyt.sekretariat is not None
    client.force_login(fabrik.bruger(Rolle.SEKRETARIAT, nyt.sekretariat))
    html = client.get(reverse("tilbud:klynge", args=[klynge.pk])).content.decode()
    assert "<dd>KKR Østdanmark</dd>" in html
    assert reverse("tilbud:nyt_klyngemedlem", args=[klynge.pk]) in html
    tilfoej = client.get(reverse("tilbud:nyt_klyngemedlem", args=[klynge.pk])).content.decode()
    assert "Roskilde" in tilfoej
    (raekke,) = klienter.myndighed().get("/api/v1/klynger").json()["resultater"]
    assert raekke["kkr"] == "KKR Østdanmark"
    assert ansvarligt_kkr(klynge, idag()) == nyt
    assert vist_om(klynge, Faktum.OMRAADE, idag()) == "KKR Østdanmark"


def test_report_follows_the_terms_of_the_kkr_of_today_and_until_it_has_any_those_before() -> None:
    klynge, nyt = sammenlaeg()
    foer = fabrik.fejl_i_andet(klynge)
    assert (foer.frist, foer.vilkaarssaet.kkr) == (fabrik.om(14), fabrik.kkr()), "Roskilde brings another set with it"
    fabrik.vilkaar(nyt, fra=idag(), andre={Noegle.FEJLMELDING_FRIST_DAGE: "30"})
    efter = fabrik.fejl_i_andet(klynge, faktum=Faktum.FORMAAL)
    assert (efter.frist, efter.vilkaarssaet.kkr) == (fabrik.om(30), nyt)
    foer.refresh_from_db()
    assert foer.frist == fabrik.om(14)
