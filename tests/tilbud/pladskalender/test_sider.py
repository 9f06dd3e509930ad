"""The operator's place calendar: what it shows of whom, what the chosen cell offers, and with how many statements."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from faelles.tid import Periode
from kommuner.models import Rolle
from reservationer.sag.actions import reserver
from tests import fabrik
from tests.tilbud.bekraeftelser.situationer import vist
from tilbud.models import Afdeling, Bekraeftelse, Plads

pytestmark = pytest.mark.django_db
SIDE = "/tilbud/belaegning"


def klient(rolle: Rolle, kommune: str = "Gladsaxe") -> Client:
    ny = Client()
    ny.force_login(fabrik.bruger(rolle, fabrik.kommune(kommune).organisation))
    return ny


@pytest.fixture
def leder() -> Client:
    return klient(Rolle.TILBUDSLEDER)


@pytest.fixture
def huset() -> Afdeling:
    return fabrik.afdeling(fabrik.tilbud("Solbakken", i="Gladsaxe"))


def tekst(svar: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", svar.content.decode()))


def vaelg(leder: Client, plads: Plads, dag: int, **hoveder: str) -> Any:
    return leder.get(SIDE, {"plads": str(plads.pk), "dag": fabrik.om(dag).isoformat()}, headers=hoveder)


def test_states_stand_by_week_and_to_the_day_in_the_table(leder: Client, huset: Afdeling) -> None:
    plads = fabrik.ledig_plads(huset, betegnelse="Bolig 1", forbeholdt_egne=True)
    fabrik.ledig_plads(huset, betegnelse="Dag 1", art="dag", forbeholdt_beboere=True)
    fabrik.bekraeftet(huset)
    fabrik.optag(plads, Periode(fabrik.om(3), fabrik.om(9)))
    fabrik.lukning(huset, plads, fra=20, til=41)
    side = tekst(leder.get(SIDE))
    stykker = [
        f"Bolig 1 Optaget til {fabrik.om(8):%d.%m.%Y} {fabrik.om(3):%d.%m.%Y} {fabrik.om(8):%d.%m.%Y}",
        f"Bolig 1 Ledig {fabrik.om(9):%d.%m.%Y} {fabrik.om(19):%d.%m.%Y}",
        f"Bolig 1 Lukket til {fabrik.om(40):%d.%m.%Y}: Renovering eller ombygning {fabrik.om(20):%d.%m.%Y}",
    ]
    for stykke in stykker:
        assert stykke in side
    assert "Kun driftsherrens egne borgere" in side
    assert "Dagplads, Kun beboerne i botilbuddet" in side


def test_neither_the_operators_page_nor_the_offers_tells_whose_stay_it_is(leder: Client, huset: Afdeling) -> None:
    plads = fabrik.ledig_plads(huset)
    sag = reserver(
        aktoer=fabrik.sagsbehandler("Herlev"),
        plads_id=plads.pk,
        periode=Periode(fabrik.om(3), fabrik.om(30)),
        hjemmel="SEL-107",
        sagsreference="HEMMELIG-1",
    )
    for svar in (
        leder.get(SIDE),
        vaelg(leder, plads, 5, hx_request="true"),
        klient(Rolle.SAGSBEHANDLER, "Rødovre").get(reverse("tilbud:detalje", args=[huset.tilbud_id])),
    ):
        assert "Reserveret til" in tekst(svar)
        for hemmeligt in ("HEMMELIG-1", sag.reference, "Herlev", str(sag.pk)):
            assert hemmeligt not in svar.content.decode()


def test_chosen_free_days_lead_to_closing_them_and_htmx_gets_that_part_alone(leder: Client, huset: Afdeling) -> None:
    plads = fabrik.ledig_plads(huset)
    fabrik.optag(plads, Periode(fabrik.om(10)))
    svar = vaelg(leder, plads, 0, hx_request="true")
    assert svar.content.decode().lstrip().startswith("<section")
    luk = f"{reverse('tilbud:luk', args=[huset.pk])}?plads={plads.pk}"
    assert luk in svar.content.decode()
    assert f"fra={fabrik.om(0)}&amp;til={fabrik.om(10)}" in svar.content.decode()
    hele = vaelg(leder, plads, 0).content.decode()
    assert luk in hele
    assert hele.count("data-valgt") == 1
    assert "Luk pladsen midlertidigt" not in vaelg(leder, plads, 12).content.decode()


def test_chosen_closed_days_lead_to_opening_again_and_back_to_the_calendar(leder: Client, huset: Afdeling) -> None:
    plads = fabrik.ledig_plads(huset)
    lukket = fabrik.lukning(huset, fra=5, til=25)
    aabn = f"{reverse('tilbud:aabn', args=[lukket.pk])}?fra_kalender=1"
    assert aabn in vaelg(leder, plads, 6).content.decode()
    dag = fabrik.om(0)
    svar = leder.post(aabn, {"fra_dag": dag.day, "fra_maaned": dag.month, "fra_aar": dag.year})
    assert svar["Location"] == f"{SIDE}?tilbud={huset.tilbud_id}"
    assert "Åbn igen" not in vaelg(leder, plads, 6).content.decode()


def test_from_a_free_place_one_registers_in_and_from_a_taken_one_goes_to_its_stay_or_reservation(
    leder: Client, huset: Afdeling
) -> None:
    ledig, reserveret = fabrik.ledig_plads(huset, betegnelse="Bolig 1"), fabrik.ledig_plads(huset)
    sag = fabrik.reservation(reserveret)
    ophold = fabrik.ophold()
    beboet = Plads.objects.get(optagelser__opholdsplads__ophold=ophold)
    dag = fabrik.om(0).isoformat()
    (indskriv,) = re.findall(r'href="([^"]+)">Indskriv en borger', vaelg(leder, ledig, 0).content.decode())
    form = leder.get(indskriv.replace("&amp;", "&"))
    assert (form.context["form"]["plads"].value(), form.context["form"]["fra"].value()) == (str(ledig.pk), dag)
    assert f'value="{ledig.pk}" selected' in form.content.decode()
    assert "Indskriv en borger" not in tekst(vaelg(leder, reserveret, 10))
    for plads, paa, ventet in (
        (reserveret, fabrik.om(10), reverse("sag:detalje", args=[sag.pk])),
        (beboet, ophold.foerste_dag, reverse("ophold:detalje", args=[ophold.pk])),
    ):
        url = reverse("sag:paa_plads", args=[plads.pk, paa.isoformat()])
        assert url in leder.get(SIDE, {"plads": str(plads.pk), "dag": paa.isoformat()}).content.decode()
        assert leder.get(url)["Location"] == ventet
        assert klient(Rolle.SAGSBEHANDLER, "Herlev").get(url).status_code == 404
        assert klient(Rolle.TILBUDSLEDER, "Herlev").get(url).status_code == 404
    assert leder.get(reverse("sag:paa_plads", args=[ledig.pk, "i-dag"])).status_code == 404


def test_all_shown_departments_are_confirmed_and_only_as_they_were_shown(leder: Client, huset: Afdeling) -> None:
    plads = fabrik.ledig_plads(huset)
    fabrik.ledig_plads(fabrik.afdeling(huset.tilbud, navn="Annekset"))
    andet = fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Åhuset", i="Gladsaxe")))
    svar = leder.get(SIDE, {"tilbud": str(huset.tilbud_id)})
    krop = {"tilbud": str(huset.tilbud_id), "viste": vist(svar)["viste"]}
    fabrik.lukning(huset, plads, fra=5, til=9)
    assert "Intet er bekræftet" in tekst(leder.post(f"{SIDE}/bekraeft", krop, follow=True))
    assert not Bekraeftelse.objects.exists()
    krop["viste"] = vist(leder.get(SIDE, {"tilbud": str(huset.tilbud_id)}))["viste"]
    svar = leder.post(f"{SIDE}/bekraeft", krop)
    assert svar["Location"] == f"{SIDE}?tilbud={huset.tilbud_id}"
    assert Bekraeftelse.objects.filter(afdeling__tilbud=huset.tilbud).count() == 2
    assert not Bekraeftelse.objects.filter(afdeling=andet.afdeling).exists()


def test_weeks_ahead_are_reached_from_the_page_and_no_day_is_ignored(leder: Client, huset: Afdeling) -> None:
    fabrik.optag(fabrik.ledig_plads(huset), Periode(fabrik.om(190), fabrik.om(200)))
    optaget = f"Optaget til {fabrik.om(199):%d.%m.%Y}"
    for ikke_en_dag in ("i morgen", "0001-01-01", "9999-12-31"):
        assert optaget not in tekst(leder.get(SIDE, {"fra": ikke_en_dag}))
    assert optaget in tekst(leder.get(SIDE, {"fra": fabrik.om(182).isoformat()}))


def test_offer_without_places_or_departments_can_be_neither_confirmed_nor_closed(leder: Client) -> None:
    team = fabrik.afdeling(fabrik.tilbud("Teamet", i="Gladsaxe", uden_pladser=True))
    assert "I har ingen åbne tilbud med pladser endnu" in tekst(leder.get(SIDE))
    assert leder.get(SIDE, {"tilbud": str(team.tilbud_id)}).status_code == 200
    nyt = fabrik.tilbud("Nyt", i="Gladsaxe")
    lukket = fabrik.ledig_plads(
        fabrik.afdeling(fabrik.tilbud("Lukket", i="Gladsaxe", lukket_fra=fabrik.om(0)))
    ).afdeling
    side = leder.get(SIDE)
    assert "Tilbuddet har ingen afdelinger endnu" in tekst(side)
    assert 'name="viste"' not in side.content.decode()
    assert leder.get(SIDE, {"tilbud": str(team.tilbud_id)}).status_code == 404
    bekraeft = leder.get(reverse("tilbud:bekraeft_pladser"))
    assert "Ingen pladser at bekræfte" in tekst(bekraeft)
    for tilbud in (team.tilbud, nyt, lukket.tilbud):
        detalje = leder.get(reverse("tilbud:detalje", args=[tilbud.pk]))
        assert "Bekræft pladser" not in tekst(detalje)


def test_operator_without_offers_is_told_so(leder: Client) -> None:
    assert "Ingen tilbud" in tekst(leder.get(SIDE))


def test_calendar_takes_the_same_statements_for_one_place_and_a_hundred(
    leder: Client, huset: Afdeling, django_assert_max_num_queries: Any
) -> None:
    def kald(adresse: str) -> int:
        with django_assert_max_num_queries(30) as maalt:
            assert leder.get(adresse).status_code == 200
        return len(maalt)

    plads = fabrik.ledig_plads(huset)
    fabrik.lukning(huset, plads, fra=5, til=9)
    valgt = f"{SIDE}?plads={plads.pk}&dag={fabrik.om(6)}"
    adresser = [SIDE, valgt, reverse("tilbud:detalje", args=[huset.tilbud_id])]
    foer = [kald(adresse) for adresse in adresser]
    annekset = fabrik.afdeling(huset.tilbud, navn="Annekset")
    for nummer in range(100):
        anden = fabrik.ledig_plads(huset if nummer % 2 else annekset)
        fabrik.optag(anden, Periode(fabrik.om(nummer), fabrik.om(nummer + 5)))
    fabrik.lukning(annekset, fra=200, til=230)
    assert [kald(adresse) for adresse in adresser] == foer
