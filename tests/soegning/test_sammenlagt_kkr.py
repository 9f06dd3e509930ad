"""A search in a KKR around the day it becomes a part of another: nobody loses what is found by it."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from faelles.tid import Periode, idag
from kommuner.kkr import Kkrmedlem, kkr_paa, kommuner_i
from kommuner.models import Kkr, Rolle
from reservationer.soegning.gemte.actions import proev_alle
from reservationer.soegning.gemte.queries import gemte, vist
from reservationer.soegning.kort import tegn
from reservationer.soegning.queries import fundne, udeladte
from tests import fabrik
from tests.api import klienter

A, B, NYT, ANDET = (UUID(int=tal) for tal in range(4))
FOER, SKIFTET = date(2007, 1, 1), date(2027, 1, 1)
DAGE = 30  # from today until the day the KKRs become one


def medlem(kkr: UUID, kommune: str, fra: date, til: date | None = None) -> Kkrmedlem:
    """That a municipality belongs to a KKR."""
    return Kkrmedlem(kkr, kommune, Periode(fra, til))


SAMLET = [medlem(A, "1", FOER, SKIFTET), medlem(B, "2", FOER, SKIFTET), medlem(NYT, "1", SKIFTET), medlem(NYT, "2", SKIFTET)]  # fmt: skip


def test_kkr_is_itself_until_the_day_its_municipalities_belong_to_another() -> None:
    foer, efter = SKIFTET - timedelta(days=1), SKIFTET
    assert [kkr_paa(SAMLET, A, dag) for dag in (foer, efter)] == [{A}, {NYT}]
    assert [kommuner_i(SAMLET, A, dag) for dag in (foer, efter)] == [{"1"}, {"1", "2"}]
    assert not kkr_paa(SAMLET, NYT, foer)
    assert not kommuner_i(SAMLET, NYT, foer)
    assert not kkr_paa(SAMLET, uuid4(), efter)


def test_kkr_that_was_divided_is_all_its_last_municipalities_belong_to() -> None:
    delt = [
        medlem(A, "1", FOER, SKIFTET), medlem(A, "2", FOER, SKIFTET), medlem(A, "3", FOER, date(2020, 1, 1)),
        medlem(NYT, "1", SKIFTET), medlem(ANDET, "2", SKIFTET), medlem(B, "3", date(2020, 1, 1)),
    ]  # fmt: skip
    assert kkr_paa(delt, A, SKIFTET) == {NYT, ANDET}
    assert kommuner_i(delt, A, SKIFTET) == {"1", "2"}
    assert kommuner_i(delt, A, date(2026, 1, 1)) == {"1", "2"}, "one that left before is not searched in"
    assert not kkr_paa(delt[:3], A, SKIFTET)


@pytest.fixture
def nyt() -> Kkr:
    """KKR Østdanmark, in a month made of Hovedstaden and Sjælland, with a free place in each of them."""
    for kommune, kkr in (("Rødovre", "KKR Hovedstaden"), ("Gladsaxe", "KKR Hovedstaden"), ("Roskilde", "KKR Sjælland")):
        fabrik.kommune(kommune, i=kkr)
    for kommune in ("Gladsaxe", "Roskilde"):
        fabrik.bekraeftet(fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(f"I {kommune}", i=kommune))).afdeling)
    return fabrik.flyt_til_kkr("KKR Østdanmark", "Rødovre", "Gladsaxe", "Roskilde", fra=fabrik.om(DAGE))


@pytest.fixture
def rodovre(client: Client) -> Client:
    """A case worker's browser."""
    client.force_login(fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation))
    return client


def soeg(klient: Client, fra: date, **valg: str) -> Any:
    """The search page of a period that begins on the day."""
    return klient.get(reverse("soegning:soeg"), {"fra": fra.isoformat(), **valg})


def fundet(svar: Any) -> list[str]:
    """The offers on the page."""
    return sorted(hit.fakta.tilbud for hit in svar.context["side"])


@pytest.mark.django_db
def test_page_offers_the_kkrs_of_the_first_day_and_begins_in_ones_own_of_today(nyt: Kkr, rodovre: Client) -> None:
    begynd = rodovre.get(reverse("soegning:soeg")).context["form"]
    assert begynd["kkr"].value() == str(fabrik.kkr().pk)
    svar = soeg(rodovre, fabrik.om(DAGE), kkr=str(nyt.pk))
    assert fundet(svar) == ["I Gladsaxe", "I Roskilde"]
    assert [navn for _, navn in svar.context["form"].fields["kkr"].choices] == ["Hele landet", "KKR Østdanmark (2)"]
    default = soeg(rodovre, fabrik.om(DAGE), kkr=begynd["kkr"].value())
    assert fundet(default) == ["I Gladsaxe", "I Roskilde"]


@pytest.mark.django_db
def test_address_with_the_kkr_that_was_finds_what_took_its_place_and_says_so(nyt: Kkr, rodovre: Client) -> None:
    gammelt = str(fabrik.kkr().pk)
    assert fundet(soeg(rodovre, fabrik.om(DAGE - 1), kkr=gammelt)) == ["I Gladsaxe"]
    svar = soeg(rodovre, fabrik.om(DAGE), kkr=gammelt)
    assert fundet(svar) == ["I Gladsaxe", "I Roskilde"]
    assert (
        f'<option value="{gammelt}" selected>KKR Hovedstaden (pr. {fabrik.om(DAGE):%d.%m.%Y} KKR Østdanmark) (2)'
        in svar.content.decode()
    )
    profil = svar.context["profil"]
    assert "Roskilde" in tegn(profil, fundne(fabrik.sagsbehandler(), profil, nu=fabrik.nu())).decode()
    ude = udeladte(fabrik.sagsbehandler(), profil, nu=fabrik.nu(), uden_for_kkr=True)
    assert not ude, "what lies in the new one is not left out of the old one"


@pytest.mark.django_db
def test_page_refuses_a_kkr_that_has_no_municipalities_yet_in_words(nyt: Kkr, rodovre: Client) -> None:
    svar = soeg(rodovre, fabrik.om(DAGE - 1), kkr=str(nyt.pk))
    assert "ingen kommuner den dag, perioden begynder" in str(svar.context["form"].errors["kkr"])
    assert f'<option value="{nyt.pk}" selected>KKR Østdanmark</option>' in svar.content.decode()
    assert not soeg(rodovre, fabrik.om(DAGE), kkr=str(nyt.pk)).context["form"].errors
    ukendt = soeg(rodovre, fabrik.om(DAGE), kkr=str(uuid4())).context["form"].errors
    assert "findes ikke" in str(ukendt["kkr"])


@pytest.mark.django_db
def test_chosen_kkr_stays_chosen_while_the_day_it_begins_is_half_typed(nyt: Kkr, rodovre: Client) -> None:
    halv = rodovre.get(reverse("soegning:soeg"), {"fra_dag": "1", "fra_maaned": "", "fra_aar": "", "kkr": str(nyt.pk)})
    assert f'<option value="{nyt.pk}" selected>KKR Østdanmark</option>' in halv.content.decode()
    assert list(halv.context["form"].errors) == ["fra"]
    assert list(soeg(rodovre, fabrik.om(-1), kkr=str(nyt.pk)).context["form"].errors) == ["fra"]


@pytest.mark.django_db
def test_rest_reads_the_slug_of_the_kkr_that_was_and_refuses_one_without_municipalities(nyt: Kkr) -> None:
    client, gammelt = klienter.myndighed(), fabrik.kkr().slug

    def svar(kkr: str, dage: int) -> Any:
        krop = {"fra": fabrik.om(dage).isoformat(), "kkr": kkr}
        return client.post("/api/v1/soegninger", krop, content_type="application/json")

    assert [svar(gammelt, dage).json()["antal"] for dage in (DAGE - 1, DAGE)] == [1, 2]
    assert svar(nyt.slug, DAGE).json()["antal"] == 2
    tidligt = svar(nyt.slug, DAGE - 1)
    assert (tidligt.status_code, tidligt.json()["errors"][0]["code"]) == (400, "kkr_uden_kommuner")


@pytest.mark.django_db
def test_saved_search_goes_on_in_what_took_the_place_of_its_kkr(rodovre: Client) -> None:
    fabrik.kommune("Roskilde", i="KKR Sjælland")
    af = fabrik.aktoer(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation)
    fabrik.gemt_soegning(af, kkr=fabrik.kkr().pk)
    fabrik.bekraeftet(fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("I Roskilde", i="Roskilde"))).afdeling)
    assert proev_alle() == 0
    fabrik.flyt_til_kkr("KKR Østdanmark", "Rødovre", "Roskilde", fra=idag())
    assert proev_alle() == 1
    (visning,) = vist(af, gemte(af), idag())
    assert fundet(rodovre.get(f"{reverse('soegning:soeg')}?{visning.forespoergsel}")) == ["I Roskilde"]
