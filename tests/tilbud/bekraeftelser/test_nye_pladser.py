"""A place approved after the confirmation of its department is not confirmed by it, wherever the confirmation is shown."""

import pytest
from django.test import Client
from django.urls import reverse

from faelles.tid import Periode, idag, nu
from kommuner.models import Rolle
from reservationer.soegning.profil import Behovsprofil
from reservationer.soegning.queries import soeg
from tests import fabrik
from tests.api import klienter
from tests.tilbud.bekraeftelser.situationer import set_som_nu
from tests.tilbud.registerimport.situationer import PLADS, bog, ventende_import
from tilbud.bekraeftelser.actions import bekraeft_viste
from tilbud.bekraeftelser.paamindelse import send_paamindelser
from tilbud.bekraeftelser.queries import afdelingsstande
from tilbud.friskhed import Friskhed
from tilbud.models import Afdeling, Plads, Tilbud
from tilbud.registerimport.actions import godkend

pytestmark = pytest.mark.django_db


@pytest.fixture
def bekraeftet() -> Afdeling:
    """A department with a place, confirmed two days ago."""
    afdeling = fabrik.afdeling(fabrik.tilbud("Kærgården", i="Gladsaxe", ekstern_id="T1"))
    Afdeling.objects.filter(pk=afdeling.pk).update(ekstern_id="A1")
    fabrik.ledig_plads(afdeling)
    fabrik.bekraeftet(afdeling, dage_siden=2)
    return afdeling


def godkend_plads(**celler: str) -> None:
    """The operator's second person approves a row of the sheet of places: a new one, unless its id is known."""
    fra = {"Åben fra": idag().isoformat()}
    godkend(aktoer=fabrik.tilbudsleder(), import_id=ventende_import(bog(pladser=[{**PLADS, **fra, **celler}])).pk)


def friskhed() -> Friskhed:
    (fundet,) = afdelingsstande(fabrik.tilbudsleder(), nu())
    return fundet.stand.friskhed


def test_new_place_makes_the_confirmation_due_until_it_is_confirmed_too(bekraeftet: Afdeling) -> None:
    assert friskhed() is Friskhed.FRISK
    godkend_plads(Betegnelse="Bolig 9")
    assert friskhed() is Friskhed.FORFALDEN
    bekraeft_viste(aktoer=fabrik.tilbudsleder(), viste=set_som_nu(bekraeftet))
    assert friskhed() is Friskhed.FRISK


def test_change_of_a_place_that_was_confirmed_leaves_the_confirmation(bekraeftet: Afdeling) -> None:
    plads = bekraeftet.pladser.get()
    bekraeftet.pladser.update(ekstern_id="P1")
    godkend_plads(**{"Betegnelse": "Nyt navn", "Åben fra": plads.periode.lower.isoformat()})
    assert (bekraeftet.pladser.get().betegnelse, friskhed()) == ("Nyt navn", Friskhed.FRISK)


def test_place_of_a_department_leaves_the_others_confirmation(bekraeftet: Afdeling) -> None:
    anden = fabrik.afdeling(bekraeftet.tilbud, navn="Annekset")
    fabrik.ledig_plads(anden)
    fabrik.bekraeftet(anden)
    godkend_plads(Betegnelse="Bolig 9")
    fundne = {f.afdeling.navn: f.stand.friskhed for f in afdelingsstande(fabrik.tilbudsleder(), nu())}
    assert fundne == {bekraeftet.navn: Friskhed.FORFALDEN, "Annekset": Friskhed.FRISK}


def test_search_page_and_rest_say_that_the_new_place_is_not_confirmed(bekraeftet: Afdeling) -> None:
    godkend_plads(Betegnelse="Bolig 9")
    (fundet,) = soeg(fabrik.sagsbehandler(), Behovsprofil(periode=Periode(idag(), fabrik.om(1))), nu=nu()).resultater
    assert (fundet.stand.friskhed, fundet.stand.nye_pladser) == (Friskhed.FORFALDEN, True)
    svar = klienter.myndighed().get(f"/api/v1/tilbud/{bekraeftet.tilbud_id}/afdelinger").json()
    assert [en["friskhed"] for en in svar["resultater"]] == ["forfalden"]
    leder = fabrik.bruger(Rolle.TILBUDSLEDER, bekraeftet.tilbud.driftsherre)
    browser = Client()
    browser.force_login(leder)
    for side in (reverse("tilbud:detalje", args=[bekraeftet.tilbud_id]), reverse("tilbud:bekraeft_pladser")):
        assert "pladser, der er kommet til siden, er ikke bekræftet" in browser.get(side).content.decode()


def test_operator_is_reminded_of_the_new_place_once(bekraeftet: Afdeling) -> None:
    fabrik.bruger(Rolle.TILBUDSLEDER, bekraeftet.tilbud.driftsherre)
    assert send_paamindelser() == 0
    godkend_plads(Betegnelse="Bolig 9")
    assert send_paamindelser() > 0
    assert send_paamindelser() == 0


def luk_plads(afdeling: Afdeling, om: int) -> Plads:
    """The department's one place, with a last day so many days ahead, confirmed as it then is."""
    plads = afdeling.pladser.get()
    plads.periode, plads.ekstern_id = Periode(fabrik.FOR_LAENGE_SIDEN, fabrik.om(om)).som_range, "P1"
    plads.save()
    fabrik.bekraeftet(afdeling)
    assert friskhed() is Friskhed.FRISK
    return plads


def test_place_opened_again_makes_the_confirmation_due_as_a_new_one_does(bekraeftet: Afdeling) -> None:
    plads = luk_plads(bekraeftet, 0)
    aaben = {"Åben fra": plads.periode.lower.isoformat(), "Sidste dag": ""}
    godkend_plads(Betegnelse=plads.betegnelse, **aaben)
    assert (bekraeftet.pladser.get().periode.upper, friskhed()) == (None, Friskhed.FORFALDEN)
    bekraeft_viste(aktoer=fabrik.tilbudsleder(), viste=set_som_nu(bekraeftet))
    assert friskhed() is Friskhed.FRISK


@pytest.mark.parametrize(
    ("foer", "efter"), [(1, None), (1, 30), (-5, -2)], ids=["no last day", "a later one", "still gone"]
)
def test_place_that_is_there_or_stays_gone_leaves_the_confirmation_when_its_last_day_moves(
    bekraeftet: Afdeling, foer: int, efter: int | None
) -> None:
    luk_plads(bekraeftet, foer)
    til = None if efter is None else fabrik.om(efter)
    bekraeftet.pladser.update(periode=Periode(fabrik.FOR_LAENGE_SIDEN, til).som_range)
    assert friskhed() is Friskhed.FRISK


@pytest.mark.parametrize(
    ("lukket", "aabnet", "ventet"),
    [(0, None, Friskhed.FORFALDEN), (-9, 30, Friskhed.FORFALDEN), (1, None, Friskhed.FRISK)],
)
def test_offer_opened_again_brings_its_places_unconfirmed(
    bekraeftet: Afdeling, lukket: int, aabnet: int | None, ventet: Friskhed
) -> None:
    tilbud = bekraeftet.tilbud
    tom = fabrik.afdeling(tilbud, navn="Tom")
    Tilbud.objects.filter(pk=tilbud.pk).update(lukket_fra=fabrik.om(lukket))
    Tilbud.objects.filter(pk=tilbud.pk).update(lukket_fra=None if aabnet is None else fabrik.om(aabnet))
    fundne = {f.afdeling.navn: f.stand.friskhed for f in afdelingsstande(fabrik.tilbudsleder(), nu())}
    assert fundne[bekraeftet.navn] is ventet
    assert Afdeling.objects.get(pk=tom.pk).pladser_tilfoejet is None  # it has no place that could have come
