"""Pages of the agreements as whole requests: who sees what, and the way from a party's cell to the new count."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from faelles.tid import idag
from kommuner.models import Organisation, Rolle
from rammeaftale.livscyklus import Aendringsart, Partsstatus
from rammeaftale.models import Godkendelse, Rammeaftale
from tests import fabrik
from tests.rammeaftale.aftaler import anbefal, send, sendt
from tests.rammeaftale.rapporter.situationer import beslut
from tests.rammeaftale.test_trin import ny as aabn_ny_version
from tests.samtidig import aabnet

pytestmark = pytest.mark.django_db
BESLUTNING = {
    "status": "godkendt",
    "dato_dag": "1",
    "dato_maaned": "10",
    "dato_aar": "2026",
    "organ": "Kommunalbestyrelsen",
    "referat_url": "https://www.example.dk/referat",
    "bemaerkning": "",
}


def klient(rolle: Rolle, organisation: Organisation) -> Client:
    ny = Client()
    ny.force_login(fabrik.bruger(rolle, organisation))
    return ny


def sekretariat() -> Client:
    organisation = fabrik.kkr().sekretariat
    assert organisation is not None
    return klient(Rolle.SEKRETARIAT, organisation)


def beslutningsside(aftale: Rammeaftale, nr: int = 0) -> str:
    return reverse("rammeaftale:beslutning", args=[aftale.slug, list(aftale.parter.all())[nr].id])


def test_board_shows_every_party_with_its_decision_and_the_count() -> None:
    aftale = fabrik.aftale()
    beslut(aftale, aftale.parter.get(organisation__navn="Herlev Kommune"), Partsstatus.AFVIST)
    beslut(aftale, aftale.parter.get(organisation__navn="Gladsaxe Kommune"))
    html = (
        klient(Rolle.LAESER, fabrik.kommune("Rødovre").organisation)
        .get(reverse("rammeaftale:detalje", args=[aftale.slug]))
        .content.decode()
    )
    assert "1 af 3 har godkendt" in html
    assert "1 har afvist" in html
    for navn in ("Rødovre", "Gladsaxe", "Herlev"):
        assert f"{navn} Kommune</a>" in html
    assert "01.10.2026, Kommunalbestyrelsen" in html
    assert "Bestil rapport" not in html


def test_list_shows_only_agreements_of_the_own_organisation() -> None:
    fabrik.aftale()
    assert "Rammeaftale 2027–2028" in sekretariat().get(reverse("rammeaftale:liste")).content.decode()
    fremmed = klient(Rolle.LAESER, fabrik.kommune("Aarhus", i="KKR Midtjylland").organisation)
    assert "Ingen rammeaftaler" in fremmed.get(reverse("rammeaftale:liste")).content.decode()


@pytest.mark.parametrize("side", ["detalje", "part"])
def test_agreement_of_others_is_not_found(side: str) -> None:
    aftale = fabrik.aftale()
    argumenter = [aftale.slug] if side == "detalje" else [aftale.slug, aftale.parter.all()[0].id]
    fremmed = klient(Rolle.LAESER, fabrik.kommune("Aarhus", i="KKR Midtjylland").organisation)
    assert fremmed.get(reverse(f"rammeaftale:{side}", args=argumenter)).status_code == 404


def test_party_of_another_agreement_is_not_found() -> None:
    aftale, anden = fabrik.aftale(), fabrik.aftale(slug="en-anden")
    side = reverse("rammeaftale:part", args=[aftale.slug, anden.parter.all()[0].id])
    assert sekretariat().get(side).status_code == 404


@pytest.mark.parametrize("rolle", [Rolle.SAGSBEHANDLER, Rolle.TILBUDSLEDER, Rolle.LAESER])
def test_decision_page_is_for_the_secretariat_only(rolle: Rolle) -> None:
    aftale = fabrik.aftale()
    deltager = klient(rolle, fabrik.kommune("Rødovre").organisation)
    assert deltager.get(beslutningsside(aftale)).status_code == 403
    assert deltager.post(beslutningsside(aftale), BESLUTNING).status_code == 403
    assert not Godkendelse.objects.exists()


def test_registered_decision_leads_back_to_the_board_with_the_new_count_announced() -> None:
    aftale = fabrik.aftale()
    svar = sekretariat().post(beslutningsside(aftale), BESLUTNING, follow=True)
    assert svar.redirect_chain[-1][0] == reverse("rammeaftale:detalje", args=[aftale.slug])
    html = svar.content.decode()
    assert 'role="status"' in html
    assert "Beslutningen fra Gladsaxe Kommune er registreret. 1 af 3 har godkendt." in html


def test_decision_is_not_registered_on_top_of_one_another_has_registered_since_the_page_was_opened() -> None:
    aftale = fabrik.aftale()
    part = aftale.parter.all()[0]
    client, adresse = sekretariat(), beslutningsside(aftale)
    foer = aabnet(client, adresse)
    beslut(aftale, part, Partsstatus.AFVIST)
    for maerker in (foer, {}):
        imens = client.post(adresse, {**BESLUTNING, **maerker})
        assert imens.status_code == 422
        assert "Afvist den 1.\xa0oktober 2026 om version 1" in imens.content.decode()
        assert 'value="godkendt" ' in imens.content.decode()
    assert list(Godkendelse.objects.values_list("status", flat=True)) == ["afvist"]
    assert client.post(adresse, {**BESLUTNING, **aabnet(client, adresse)}).status_code == 302
    assert list(Godkendelse.objects.values_list("status", flat=True)) == ["afvist", "godkendt"]


def test_last_approval_says_that_the_agreement_is_adopted() -> None:
    aftale = fabrik.aftale()
    for part in list(aftale.parter.all())[1:]:
        beslut(aftale, part)
    html = sekretariat().post(beslutningsside(aftale), BESLUTNING, follow=True).content.decode()
    assert "Dermed er aftalen vedtaget." in html
    assert "Vedtaget" in html


@pytest.mark.parametrize(
    ("aendring", "besked"),
    [
        ({"referat_url": ""}, "Indsæt et link til referatet"),
        ({"referat_url": "referat.pdf"}, "Linket skal være en hel webadresse"),
        ({"dato_aar": "2199"}, "Datoen ligger i fremtiden"),
        ({"dato_dag": ""}, "Datoen mangler dag"),
        ({"status": ""}, "Vælg den beslutning, parten har truffet"),
        ({"status": "godkendt_med_bemaerkning"}, "Skriv partens bemærkning"),
        ({"organ": ""}, "Skriv hvem der besluttede"),
    ],
)
def test_faulty_decision_is_shown_with_its_field_and_stored_nowhere(aendring: dict[str, Any], besked: str) -> None:
    svar = sekretariat().post(beslutningsside(fabrik.aftale()), {**BESLUTNING, **aendring})
    assert svar.status_code == 422
    assert svar.content.decode().count(besked) == 2  # in the summary and at the field
    assert not Godkendelse.objects.exists()


def test_history_of_a_party_shows_every_step_latest_first() -> None:
    aftale = fabrik.aftale()
    part = aftale.parter.all()[0]
    beslut(aftale, part, Partsstatus.UDVALG, organ="Socialudvalget", referat_url="")
    beslut(aftale, part, Partsstatus.GODKENDT)
    html = sekretariat().get(reverse("rammeaftale:part", args=[aftale.slug, part.id])).content.decode()
    assert 0 < html.index("Godkendt<") < html.index("I udvalg<")
    assert html.count("<td>Sekretariatet for KKR Hovedstaden<span") == 2, "who registered each"
    assert "Registrér beslutning" in html


def test_start_page_tells_the_secretariat_who_is_late() -> None:
    aftale = fabrik.aftale()
    aftale.godkendelsesfrist = idag()
    aftale.save()
    assert "efter fristen" not in sekretariat().get(reverse("start")).content.decode()
    aftale.godkendelsesfrist = fabrik.om(-1)
    aftale.save()
    beslut(aftale, aftale.parter.all()[0])
    html = sekretariat().get(reverse("start")).content.decode()
    assert "1 af 3 har godkendt" in html
    assert "2 efter fristen" in html
    assert (
        "efter fristen"
        not in klient(Rolle.LAESER, fabrik.kommune("Rødovre").organisation).get(reverse("start")).content.decode()
    )


# The start page asks for more than agreements: the area's figures take six statements, and the deadline of the year's takster four to say that none are due.
@pytest.mark.parametrize(("side", "hoejst"), [("rammeaftale:liste", 22), ("start", 34)])
def test_number_of_queries_does_not_follow_the_number_of_agreements(
    side: str, hoejst: int, django_assert_max_num_queries: Any
) -> None:
    hvem = sekretariat()
    for nr in range(6):
        beslut(aftale := fabrik.aftale(slug=f"aftale-{nr}"), aftale.parter.all()[0])
    with django_assert_max_num_queries(hoejst):
        assert hvem.get(reverse(side)).status_code == 200


def test_page_of_a_party_tells_why_it_must_decide_again_and_the_agreements_who_took_its_steps() -> None:
    aftale = sendt("Rødovre", "Gladsaxe")
    part = aftale.parter.get(organisation__navn="Gladsaxe Kommune")
    side = reverse("rammeaftale:part", args=[aftale.slug, part.id])
    beslut(aftale, part, Partsstatus.AFVIST, dato=idag())
    assert "Skulle tage stilling igen" not in sekretariat().get(side).content.decode()
    aabn_ny_version(aftale)
    anbefal(aftale)
    send(aftale, Aendringsart.REDAKTIONEL)
    html = sekretariat().get(side).content.decode()
    assert "Version 2: parten afviste den forrige version." in html
    assert "Afsnit 3 er rettet" in html, "why there is a new version"
    vejen = sekretariat().get(reverse("rammeaftale:detalje", args=[aftale.slug])).content.decode()
    assert vejen.count("<td>Sekretariatet for KKR Hovedstaden<span") == len(aftale.trin.all())
