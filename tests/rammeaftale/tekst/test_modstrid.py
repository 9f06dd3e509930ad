"""Terms of an allonge that contradict others on any of its days are refused, with the clauses, the keys and the days."""

from datetime import date

import pytest
from django.urls import reverse

from faelles.fejl import Konflikt, UgyldigtInput
from rammeaftale.actions import opret_allonge
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import Godkendelse, Rammeaftale
from tests import fabrik
from tests.rammeaftale.aftaler import anbefal, godkend, kladde, klausul, saet, send
from tests.rammeaftale.test_sider import sekretariat
from tests.rammeaftale.test_trin import ny
from vilkaar.models import Vilkaarssaet
from vilkaar.noegler import Noegle
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


def test_allonge_is_not_adopted_when_one_adopted_since_it_was_sent_contradicts_it(aftale: Rammeaftale) -> None:
    tidlig, senere = allonge(aftale, date(2027, 7, 1), "9", {MIN: "97"}), allonge(aftale, SEN, "8", {MAKS: "96"})
    for en in (tidlig, senere):
        send(en)
    godkend(senere)
    godkend(tidlig, "Region Hovedstaden")
    foer = set(Vilkaarssaet.objects.values_list("pk", "periode"))
    antal = Godkendelse.objects.count()
    with pytest.raises(Konflikt, match=r"01\.01\.2028 til 31\.12\.2028: .*belaegning_min.* Åbn en ny version") as fejl:
        godkend(tidlig)
    assert fejl.value.kode == "vilkaar_i_modstrid"
    tidlig.refresh_from_db()
    assert (tidlig.tilstand, Godkendelse.objects.count()) == (Aftaletilstand.SENDT, antal)
    assert set(Vilkaarssaet.objects.values_list("pk", "periode")) == foer
    ny(tidlig)


def test_page_says_why_the_last_decision_cannot_adopt(aftale: Rammeaftale) -> None:
    tidlig, senere = allonge(aftale, date(2027, 7, 1), "9", {MIN: "97"}), allonge(aftale, SEN, "8", {MAKS: "96"})
    for en in (tidlig, senere):
        send(en)
    godkend(senere)
    godkend(tidlig, "Region Hovedstaden")
    region = tidlig.parter.get(organisation__art="region")
    adresse = reverse("rammeaftale:beslutning", args=[tidlig.slug, region.id])
    felter = {"status": "godkendt", "dato": fabrik.om(0).strftime("%d.%m.%Y"), "organ": "Regionsrådet"}
    svar = sekretariat().post(adresse, felter | {"referat_url": "https://www.example.dk/referat"})
    assert svar.status_code == 422
    assert "efter Styringsdel 8 Takster og frister" in svar.content.decode()
