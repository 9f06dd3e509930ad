"""The hits on a map: what it shows, what it never shows, and what it says in words."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from faelles.tid import Periode, nu
from kommuner.models import Rolle
from reservationer.soegning import kort
from reservationer.soegning.profil import Behovsprofil
from reservationer.soegning.queries import soeg
from tests import fabrik

pytestmark = pytest.mark.django_db

PROFIL = Behovsprofil(Periode(fabrik.om(10), fabrik.om(40)))
SOEGNING = {"fra": fabrik.om(10).isoformat(), "til": fabrik.om(39).isoformat()}
STED: dict[str, Any] = {"laengdegrad": Decimal("12.05000"), "breddegrad": Decimal("55.05000")}


def ledig(navn: str, hvor: str = "Gladsaxe", **felter: Any) -> None:
    """A confirmed free place."""
    afdeling = fabrik.afdeling(fabrik.tilbud(navn, i=hvor, **felter))
    fabrik.ledig_plads(afdeling)
    fabrik.bekraeftet(afdeling)


def tegn(profil: Behovsprofil = PROFIL) -> str:
    """The map of what a case worker finds."""
    return kort.tegn(profil, soeg(fabrik.sagsbehandler(), profil, nu=nu()).resultater).decode()


def fyld(svg: str, kommune: str) -> str:
    """The colour of a municipality."""
    fundet = re.search(rf'class="kommune" href="#k{fabrik.kommune(kommune).pk}" fill="([^"]+)"', svg)
    assert fundet
    return fundet[1]


def test_map_colours_municipalities_by_free_departments_and_marks_each_offer() -> None:
    ledig("Solbakken", **STED)
    ledig("Lindegården", **STED)
    ledig("Kernen", "Herlev", **STED)
    svg = tegn()
    assert svg.count('class="prik"') == 3 + 1  # and the one of the legend
    assert "<title>Solbakken</title>" in svg
    assert len({fyld(svg, navn) for navn in ("Gladsaxe", "Herlev", "Rødovre")}) == 3
    for klasse in ("0 (1)", "1 (1)", "2–3 (1)", "8 og derover (0)"):
        assert f">{klasse}<" in svg


def test_map_never_shows_a_protected_address_as_a_dot_but_counts_its_place() -> None:
    ledig("Krisecentret", beskyttet_adresse=True)
    svg = tegn()
    assert 'class="prik"' not in svg
    assert "Krisecentret" not in svg
    assert fyld(svg, "Gladsaxe") != fyld(svg, "Rødovre")


def test_map_does_not_call_a_place_free_that_nobody_vouches_for() -> None:
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Ukendt", **STED)))
    resultater = soeg(fabrik.sagsbehandler(), PROFIL, nu=nu()).resultater
    assert kort.kommunetal(resultater) == []
    assert len(kort.prikker(resultater)) == 1


def test_map_of_a_kkr_draws_its_own_municipalities_alone() -> None:
    ledig("Solbakken")
    fabrik.kommune("Odense", i="KKR Syddanmark")
    profil = Behovsprofil(PROFIL.periode, kkr=fabrik.kkr().pk)
    svg = tegn(profil)
    assert f"k{fabrik.kommune('Odense').pk}" not in svg
    assert f"k{fabrik.kommune('Gladsaxe').pk}" in svg


def test_map_says_in_words_where_most_are_in_danish_order_among_equals() -> None:
    for navn in ("Ærø", "Aarhus", "Herlev"):
        ledig(f"I {navn}", navn)
    ledig("En til", "Herlev")
    tal = kort.kommunetal(soeg(fabrik.sagsbehandler(), PROFIL, nu=nu()).resultater)
    assert [(en.navn, en.antal) for en in tal] == [("Herlev", 2), ("Ærø", 1), ("Aarhus", 1)]
    assert (
        kort.alt_tekst(tal, 0)
        == "Afdelinger med ledig plads efter kommune: Herlev 2, Ærø 1, Aarhus 1. 0 er mærket med en prik."
    )


def test_page_has_the_table_first_and_the_picture_is_of_the_same_search(client: Client) -> None:
    ledig("Solbakken", **STED)
    client.force_login(fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation))
    svar = client.get(reverse("soegning:soeg"), {**SOEGNING, "alder": "30"})
    html = svar.content.decode()
    assert html.index("Søgeresultat") < html.index("Vis på kort")
    billede = client.get(svar.context["kort"]["url"])
    assert (billede.status_code, billede["Content-Type"]) == (200, "image/svg+xml")
    assert "<title>Solbakken</title>" in billede.content.decode()
    ingen = client.get(reverse("soegning:kort"), {**SOEGNING, "alder": "12"})
    assert "Solbakken" not in ingen.content.decode()
    assert client.get(reverse("soegning:kort")).status_code == 404
