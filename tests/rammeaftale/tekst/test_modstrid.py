"""Terms of an allonge that contradict others on any of its days are refused, with the clauses, the keys and the days."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from faelles.fejl import UgyldigtInput
from rammeaftale.actions import opret_allonge, vedtag_enstemmige
from rammeaftale.livscyklus import Aendringsart, Aftaletilstand, optael
from rammeaftale.models import Godkendelse, Rammeaftale
from rammeaftale.queries import partsstande
from rammeaftale.tekst.queries import klausuler
from rammeaftale.tekst.udsendelse import modstrid
from tests import fabrik
from tests.api import klienter
from tests.rammeaftale.aftaler import anbefal, godkend, kladde, klausul, saet, send, tag
from tests.rammeaftale.test_sider import sekretariat
from tests.rammeaftale.test_trin import ny, nyeste
from vilkaar.models import Vilkaarssaet
from vilkaar.noegler import NOEGLER, Noegle
from vilkaar.queries import gaeldende

pytestmark = pytest.mark.django_db
MIN, MAKS = Noegle.BELAEGNING_MIN, Noegle.BELAEGNING_MAKS
SEN = date(2028, 1, 1)


@pytest.fixture
def aftale() -> Rammeaftale:
    """Adopted for 2027 and 2028; an occupancy of at least 95 and at most 98 percent."""
    aftale = kladde("Rødovre")
    anbefal(aftale)
    send(aftale)
    godkend(aftale)
    return aftale


def allonge(aftale: Rammeaftale, fra: date, nummer: str, vilkaar: dict[Noegle, str]) -> Rammeaftale:
    """One that sets these terms, recommended."""
    ny = opret_allonge(aktoer=fabrik.sekretariat(), aftale_id=aftale.id, titel=f"Allonge {nummer}", fra=fra)
    saet(ny, klausul(ny, nummer), vilkaar)
    anbefal(ny)
    return ny


def test_allonge_is_not_sent_with_a_term_another_contradicts_later_than_its_first_day(aftale: Rammeaftale) -> None:
    senere = allonge(aftale, SEN, "8", {MAKS: "96", MIN: "90"})
    send(senere)
    godkend(senere)
    tidlig = allonge(aftale, date(2027, 7, 1), "9", {MIN: "97"})
    with pytest.raises(UgyldigtInput) as fejl:
        send(tidlig)
    (besked,) = fejl.value.felter["version"]
    assert besked.startswith("01.01.2028 til 31.12.2028: ")
    assert "(belaegning_min) er 97 procent efter Styringsdel 9 Takster og frister" in besked
    assert "(belaegning_maks), som er 96 procent efter Styringsdel 8 Takster og frister" in besked
    ny_vaerdi = allonge(aftale, date(2027, 7, 1), "10", {MIN: "96"})
    send(ny_vaerdi)
    godkend(ny_vaerdi)
    assert [gaeldende(fabrik.kkr().pk, dag).tal(MIN) for dag in (date(2027, 7, 1), SEN)] == [96, 96]


def test_allonge_is_told_where_a_value_it_takes_over_is_from_when_it_may_be_written_no_more(
    aftale: Rammeaftale, monkeypatch: pytest.MonkeyPatch
) -> None:
    frist = Noegle.INDSIGELSE_FRIST
    med, uden = allonge(aftale, SEN, "8", {MIN: "90"}), allonge(aftale, SEN, "9", {})
    strengere = {**NOEGLER, frist: replace(NOEGLER[frist], hoejst=Decimal(20))}
    monkeypatch.setattr("rammeaftale.tekst.udsendelse.NOEGLER", strengere)
    with pytest.raises(UgyldigtInput) as fejl:
        send(med)
    (besked,) = fejl.value.felter["version"]
    assert "skal ligge fra 1 til 20 dage; ikke »30«." in besked
    assert "fra aftalen (Styringsdel 3.1 Takster og frister); fastsæt vilkåret på ny i en klausul i allongen" in besked
    send(uden)  # it sets no terms, so none are published
    tag(med, Aftaletilstand.KLADDE)
    (tekst,) = klausuler(nyeste(med))
    saet(med, tekst.udgave, {MIN: "90", frist: "20"})
    anbefal(med)
    send(med)


@pytest.fixture
def i_modstrid(aftale: Rammeaftale) -> Rammeaftale:
    """An allonge only the region has not approved, which another adopted since it was sent contradicts."""
    tidlig, senere = allonge(aftale, date(2027, 7, 1), "9", {MIN: "97"}), allonge(aftale, SEN, "8", {MAKS: "96"})
    for en in (tidlig, senere):
        send(en)
    godkend(senere)
    godkend(tidlig, "Region Hovedstaden")
    return tidlig


def test_last_decision_stands_and_adopts_nothing_when_another_adopted_since_contradicts_it(
    i_modstrid: Rammeaftale,
) -> None:
    saet_foer = set(Vilkaarssaet.objects.values_list("pk", "periode"))
    antal = Godkendelse.objects.count()
    godkend(i_modstrid)
    version = nyeste(i_modstrid)
    assert optael(stand.status for stand in partsstande(version)).enstemmig
    assert (i_modstrid.tilstand, Godkendelse.objects.count()) == (Aftaletilstand.SENDT, antal + 1)
    assert set(Vilkaarssaet.objects.values_list("pk", "periode")) == saet_foer
    (besked,) = modstrid(version)
    assert besked.startswith("01.01.2028 til 31.12.2028: ")
    assert "belaegning_min" in besked
    ny(i_modstrid)
    udgave = klausuler(nyeste(i_modstrid))[0].udgave
    saet(i_modstrid, udgave, {MIN: "96"})
    anbefal(i_modstrid)
    send(i_modstrid, Aendringsart.ALLE_PARTER)
    godkend(i_modstrid)
    assert i_modstrid.tilstand == Aftaletilstand.VEDTAGET


@pytest.mark.parametrize("som_allonge", [True, False])
def test_last_decision_stands_when_a_value_may_be_set_no_more(
    som_allonge: bool, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    if som_allonge:
        en = allonge(request.getfixturevalue("aftale"), SEN, "8", {MIN: "90"})
    else:
        en = kladde("Rødovre")
        anbefal(en)
    send(en)
    godkend(en, "Region Hovedstaden")
    assert modstrid(nyeste(en)) == []
    frist = Noegle.INDSIGELSE_FRIST
    strengere = {**NOEGLER, frist: replace(NOEGLER[frist], hoejst=Decimal(20))}
    for hvor in ("rammeaftale.tekst.udsendelse.NOEGLER", "vilkaar.actions.NOEGLER"):
        monkeypatch.setattr(hvor, strengere)
    saet_foer = Vilkaarssaet.objects.count()
    godkend(en)
    assert optael(stand.status for stand in partsstande(nyeste(en))).enstemmig
    assert (en.tilstand, Vilkaarssaet.objects.count()) == (Aftaletilstand.SENDT, saet_foer)
    (besked,) = klienter.myndighed().get(f"/api/v1/rammeaftaler/{en.id}").json()["modstrid"]
    assert "skal ligge fra 1 til 20 dage; ikke »30«." in besked
    side = sekretariat().get(reverse("rammeaftale:detalje", args=[en.slug])).content.decode()
    assert ("Version 1 kan ikke vedtages" in side, "ikke »30«." in side) == (True, True)
    assert vedtag_enstemmige() == 0


def test_page_takes_the_last_decision_and_says_what_must_be_done(i_modstrid: Rammeaftale) -> None:
    region = i_modstrid.parter.get(organisation__art="region")
    adresse = reverse("rammeaftale:beslutning", args=[i_modstrid.slug, region.id])
    foer = sekretariat().get(adresse).content.decode()
    assert "Version 1 kan ikke vedtages" in foer
    assert "bliver aftalen vedtaget med det samme" not in foer
    felter = {"status": "godkendt", "dato": fabrik.om(0).strftime("%d.%m.%Y"), "organ": "Regionsrådet"}
    svar = sekretariat().post(adresse, felter | {"referat_url": "https://www.example.dk/referat"}, follow=True)
    html = svar.content.decode()
    assert "Beslutningen fra Region Hovedstaden er registreret." in html
    assert "Dermed er aftalen vedtaget" not in html
    assert "efter Styringsdel 8 Takster og frister" in html
    assert "åbnet en ny version" in html


def test_rest_says_what_keeps_the_sent_version_from_being_adopted(i_modstrid: Rammeaftale, aftale: Rammeaftale) -> None:
    def i_vejen(en: Rammeaftale) -> list[str]:
        svar = klienter.myndighed().get(f"/api/v1/rammeaftaler/{en.id}").json()
        fundet: list[str] = svar["modstrid"]
        return fundet

    (besked,) = i_vejen(i_modstrid)
    assert "efter Styringsdel 8 Takster og frister" in besked
    assert i_vejen(aftale) == []
