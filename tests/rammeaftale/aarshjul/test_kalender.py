"""Meetings and the deadlines of hearings in the wheel: which of them, for whom, in what order, and that nobody is behind with them."""

import pytest
from django.test import Client
from django.urls import reverse
from freezegun import freeze_time

from faelles.tid import idag, midnat_efter, nu
from kommuner.models import Rolle
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import Hoering, Moede, Organ, Rammeaftale
from rammeaftale.moeder.regler import Organudfald
from rammeaftale.organer.regler import Organart
from tests import fabrik
from tests.rammeaftale.aarshjul.situationer import trin
from tests.rammeaftale.aarshjul.test_sider import side
from tests.rammeaftale.aftaler import kladde, tag
from tests.rammeaftale.hoering import situationer as hoeringer
from tests.rammeaftale.moeder.situationer import besluttet, organ_i
from tests.rammeaftale.test_forladt import forlader
from tests.rammeaftale.test_sider import klient, sekretariat

pytestmark = pytest.mark.django_db


def moede(organ: Organ, om: int) -> Moede:
    """A meeting so many days from today."""
    return Moede.objects.create(organ=organ, dato=fabrik.om(om))


def linjer(client: Client, aftale: Rammeaftale) -> list[list[str]]:
    """The rows of the table out: deadline, step, who, stand."""
    tekst = client.get(side("eksport_aarshjul", aftale, "csv")).getvalue().decode("utf-8-sig")
    return [linje.split(";")[:4] for linje in tekst.splitlines()[1:]]


def opgaver(client: Client, aftale: Rammeaftale) -> list[str]:
    return [linje[1] for linje in linjer(client, aftale)]


def herlev() -> Client:
    return klient(Rolle.LAESER, fabrik.kommune("Herlev").organisation)


def test_meetings_of_the_period_and_those_before_it_still_to_come_are_in_its_wheel_and_no_others() -> None:
    aftale = fabrik.aftale(fra=fabrik.om(-1), til=fabrik.om(40))
    kkr, udvalg = organ_i(aftale, Organart.KKR), organ_i(aftale, Organart.EMBEDSMANDSUDVALG)
    for organ, om in ((kkr, -2), (kkr, -1), (kkr, 0), (udvalg, 39), (udvalg, 40)):
        moede(organ, om)
    fremmed = fabrik.aftale(slug="syd", i="KKR Syddanmark", parter=("Odense",))
    moede(organ_i(fremmed, Organart.KKR), 5)
    ventet = [f"Møde: {kkr.navn}", f"Møde: {kkr.navn}", f"Møde: {udvalg.navn}"]
    assert opgaver(sekretariat(), aftale) == opgaver(herlev(), aftale) == ventet
    naeste = fabrik.aftale(slug="naeste", fra=fabrik.om(40), til=fabrik.om(80))
    assert opgaver(sekretariat(), naeste) == [*ventet[1:], ventet[-1]], (
        "what is held before its period was not about it"
    )
    Rammeaftale.objects.filter(pk=aftale.pk).update(tilstand=Aftaletilstand.BORTFALDET)
    assert opgaver(sekretariat(), aftale) == [], "nothing is decided about an agreement that has lapsed"


def test_meeting_that_decided_about_the_agreement_stays_in_its_wheel() -> None:
    aftale = kladde()
    tag(aftale, Aftaletilstand.EMBEDSMANDSUDVALG)
    besluttet(aftale, Organudfald.UDSAT, af=organ_i(aftale, Organart.EMBEDSMANDSUDVALG))
    (holdt,) = Moede.objects.all()
    anden = fabrik.aftale(slug="anden", fra=fabrik.om(30), til=fabrik.om(60))
    with freeze_time(fabrik.samme_tid(3)):
        ((frist, opgave, _, stand),) = linjer(sekretariat(), aftale)
        assert (frist, opgave, stand) == (f"{holdt.dato:%Y-%m-%d}", f"Møde: {holdt.organ.navn}", "Holdt")
        html = sekretariat().get(side("aarshjul", aftale), {"aar": holdt.dato.year}).content.decode()
        assert f'<a href="{reverse("rammeaftale:moede", args=[holdt.pk])}">Møde: {holdt.organ.navn}</a>' in html
        assert opgaver(sekretariat(), anden) == []


def test_meeting_today_is_held_once_something_is_decided_and_coming_until_then() -> None:
    aftale = kladde()
    tag(aftale, Aftaletilstand.EMBEDSMANDSUDVALG)
    udvalg, kkr = organ_i(aftale, Organart.EMBEDSMANDSUDVALG), organ_i(aftale, Organart.KKR)
    moede(kkr, 0)
    besluttet(aftale, Organudfald.UDSAT, af=udvalg)
    stande = {opgave: stand for _, opgave, _, stand in linjer(sekretariat(), aftale)}
    assert stande == {f"Møde: {udvalg.navn}": "Holdt", f"Møde: {kkr.navn}": "Kommende møde"}


def test_hearing_is_seen_by_its_secretariat_and_once_sent_by_the_parties() -> None:
    hoering = hoeringer.kladde(aftale := hoeringer.udkast())
    navn, vej = f"Høring: {hoering.titel}", reverse("rammeaftale:hoering", args=[hoering.pk])
    assert linjer(sekretariat(), aftale) == [[f"{hoering.frist:%Y-%m-%d}", navn, "Høringsparterne", "Kladde"]]
    assert opgaver(herlev(), aftale) == []
    html = herlev().get(side("aarshjul", aftale)).content.decode()
    assert (hoering.titel in html, "Årshjulet er tomt" in html) == (False, True)
    sendt = hoeringer.sendt(aftale, om=3)
    assert linjer(herlev(), aftale)[0][3] == "Sendt i høring"
    html = herlev().get(side("aarshjul", aftale), {"aar": sendt.frist.year}).content.decode()
    assert (reverse("rammeaftale:hoering", args=[sendt.pk]) in html, vej in html) == (True, False)
    hoeringer.frist_gik(sendt)
    assert linjer(herlev(), aftale)[0][3] == "Fristen er gået"


def test_party_that_had_left_when_a_hearing_was_sent_does_not_see_it_in_the_wheel_it_may_see() -> None:
    aftale = fabrik.aftale(tilstand=Aftaletilstand.VEDTAGET, fra=fabrik.om(-200), til=fabrik.om(500))
    forlader(aftale, 0)
    with freeze_time(midnat_efter(idag())):
        Hoering.objects.create(version=aftale.versioner.get(), titel="Efter", frist=fabrik.om(9), sendt=nu())
        assert herlev().get(side("aarshjul", aftale)).status_code == 200
        assert opgaver(herlev(), aftale) == []
        roedovre = klient(Rolle.LAESER, fabrik.kommune("Rødovre").organisation)
        assert opgaver(sekretariat(), aftale) == opgaver(roedovre, aftale) == ["Høring: Efter"]


def test_nobody_is_behind_with_a_hearing_or_a_meeting_and_the_start_page_does_not_count_them() -> None:
    aftale = hoeringer.udkast()
    hoeringer.frist_gik(hoeringer.sendt(aftale))
    moede(organ_i(aftale, Organart.KKR), 2)
    html = sekretariat().get(side("aarshjul", aftale), {"aar": fabrik.om(-1).year}).content.decode()
    assert "Fristen er gået" in html
    assert "Ingen har overskredet en frist." in html
    assert "panel-aarshjul" not in sekretariat().get("/").content.decode()


def test_days_of_one_date_stand_in_danish_order_whatever_they_are() -> None:
    aftale = hoeringer.udkast()
    moede(organ_i(aftale, Organart.KKR), 20)
    for opgave in ("Zone", "Årsmøde", "Ærinde", "øvelse", "Aabning", "Indberet"):
        trin(aftale, opgave, om=20)
    hoeringer.kladde(aftale, om=20)
    fundne = list(dict.fromkeys(opgaver(sekretariat(), aftale)))
    assert [navn.split(":")[0] for navn in fundne] == [
        "Høring", "Indberet", "Møde", "Zone", "Ærinde", "øvelse", "Aabning", "Årsmøde",
    ]  # fmt: skip
