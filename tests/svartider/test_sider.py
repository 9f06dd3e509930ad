"""The pages, tables and API of how long the steps took: the same figures, and the way to them."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from faelles.aktoer import Funktion
from faelles.tid import idag
from kommuner.models import Organisation, Rolle
from kommuner.roller import KLIENTRETTIGHEDER
from reservationer.svartider.regler import halvaar_foer, halvaar_navn, halvaar_om
from tests import fabrik
from tests.api import klienter
from tests.svartider.situationer import afvist
from vilkaar.noegler import NOEGLER, Noegle

pytestmark = pytest.mark.django_db


def sekretariat() -> Organisation:
    fundet = fabrik.kkr().sekretariat
    assert fundet is not None
    return fundet


def som(rolle: Rolle, hos: Organisation) -> Client:
    client = Client()
    client.force_login(fabrik.bruger(rolle, hos))
    return client


def system(funktion: Funktion, hos: Organisation) -> Client:
    return klienter.client(klienter.registrer(hos, funktion, *KLIENTRETTIGHEDER[funktion]))


def spurgt() -> date:
    """The first day of the last half-year that is over."""
    return halvaar_foer(idag(), 1)[0].fra


def besvarede(antal: int = 5) -> None:
    hvor = fabrik.tilbud("Kilden")
    for nr in range(antal):
        afvist(hvor, "Rødovre", spurgt(), 2 * nr, reference=f"RK-{nr}")


def test_pages_and_tables_say_the_same() -> None:
    besvarede()
    halvaar = halvaar_navn(halvaar_foer(idag(), 1)[0])
    roedovre, gladsaxe = fabrik.kommune("Rødovre").organisation, fabrik.kommune("Gladsaxe").organisation
    for client, side, rute, efter, gruppe, klausul in [
        (som(Rolle.SAGSBEHANDLER, roedovre), "egne", "eksport", "Driftsherre", "Gladsaxe Kommune", ""),
        (som(Rolle.TILBUDSLEDER, gladsaxe), "egne", "eksport", "Tilbud", "Kilden", ""),
        (
            som(Rolle.SEKRETARIAT, sekretariat()), "omraade", "eksport_omraade", "Kommune", "Rødovre",
            NOEGLER[Noegle.DISKRETION_GRAENSE].klausul,
        ),
    ]:  # fmt: skip
        tekst = client.get(reverse(f"svartider:{side}")).content.decode()
        assert f"I {halvaar} kom 5 svar: halvdelen inden for 4 dage og 9 ud af 10 inden for 8 dage." in tekst
        assert f">{gruppe}</th>" in tekst
        assert '4 dage<span class="sekundaer">9 ud af 10: 8; 5 sager</span>' in tekst
        assert (klausul != "") is ("»Skjult« er tal om færre end 5 borgere" in tekst)
        linjer = client.get(reverse(f"svartider:{rute}", args=["csv"])).getvalue().decode("utf-8-sig").splitlines()
        (linje,) = [en for en in linjer if f";{halvaar};{efter};{gruppe};Svar;" in en]
        assert linje.split(";")[5:8] == ["5", "4", "8"]
        assert linje.endswith(klausul)


def test_few_citizens_are_hidden_for_the_secretariat_on_page_and_in_table() -> None:
    besvarede(4)
    client = som(Rolle.SEKRETARIAT, sekretariat())
    assert "Rødovre" not in client.get(reverse("svartider:omraade")).content.decode().split("<main")[1]
    linjer = client.get(reverse("svartider:eksport_omraade", args=["csv"])).getvalue().decode("utf-8-sig")
    assert ";Alle;Alle;Svar;skjult;skjult;skjult;" in linjer
    assert "Rødovre" not in linjer


def test_half_year_is_chosen_and_another_is_not_found() -> None:
    besvarede()
    client = som(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation)
    foerste = halvaar_foer(idag(), 4)[0]
    tekst = client.get(reverse("svartider:egne"), {"halvaar": foerste.fra.isoformat()}).content.decode()
    assert f"{halvaar_navn(foerste)}, opdelt" in tekst
    assert f"Ingen sager i {halvaar_navn(foerste)}." in tekst
    assert f"{halvaar_navn(halvaar_om(idag()))} indtil nu" in tekst
    for valgt in ("1999-01-01", "x"):
        assert client.get(reverse("svartider:egne"), {"halvaar": valgt}).status_code == 404


def test_without_cases_the_page_says_what_would_be_there() -> None:
    client = som(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation)
    tekst = client.get(reverse("svartider:egne")).content.decode()
    assert "Ingen tal at vise" in tekst
    assert "data-diagram" not in tekst


def test_the_way_there_is_on_the_lists_and_the_secretariats_start_page() -> None:
    roedovre, gladsaxe = fabrik.kommune("Rødovre").organisation, fabrik.kommune("Gladsaxe").organisation
    for rolle, hos in ((Rolle.SAGSBEHANDLER, roedovre), (Rolle.TILBUDSLEDER, gladsaxe)):
        assert reverse("svartider:egne") in som(rolle, hos).get(reverse("forespoergsler:liste")).content.decode()
    assert reverse("svartider:omraade") in som(Rolle.SEKRETARIAT, sekretariat()).get("/").content.decode()


def test_api_gives_a_party_its_own_and_the_secretariat_its_kkr() -> None:
    besvarede()
    klient = system(Funktion.MYNDIGHED, fabrik.kommune("Rødovre").organisation)
    resultater = klient.get("/api/v1/svartider").json()["resultater"]
    assert len(resultater) == 5
    fundet = next(et for et in resultater if et["fra"] == spurgt().isoformat())
    assert fundet["alle"][0] == {"trin": "svar", "sager": 5, "halvdelen": 4, "niAfTi": 8}
    assert fundet["alle"][1] == {"trin": "tilbud", "sager": 0, "halvdelen": None, "niAfTi": None}
    assert [del_["inddeling"] for del_ in fundet["dele"]] == ["hjemmel", "driftsherre"]
    assert klient.get("/api/v1/svartidsopgoerelser").status_code == 403
    (kkr,) = system(Funktion.SEKRETARIAT, sekretariat()).get("/api/v1/svartidsopgoerelser").json()["resultater"]
    assert (kkr["kkr"], kkr["graense"], len(kkr["halvaar"])) == (fabrik.kkr().slug, 5, 4)
    assert kkr["halvaar"][-1]["alle"][0]["sager"] == 5
    assert kkr["halvaar"][-1]["alle"][1]["sager"] is None
    assert kkr["efterVilkaar"][0]["noegle"] == "diskretion_graense"
