"""Published offers and prices over REST: as written, with source, year and what is missing; protected addresses never."""

from typing import Any

import pytest
from django.test import Client

from takster.models import OffentliggjortPris
from tests import fabrik
from tests.api import klienter
from tilbud.models import Hjemmel, OffentligtTilbud

pytestmark = pytest.mark.django_db
KILDE = "https://example.dk/priser"


@pytest.fixture
def client() -> Client:
    return klienter.myndighed()


def hent(client: Client, sti: str, **soeg: Any) -> Any:
    svar = client.get(f"/api/v1/{sti}", soeg)
    assert svar.status_code == 200, svar.json()
    return svar.json()


def pris(om: OffentligtTilbud | None = None, **felter: Any) -> OffentliggjortPris:
    nummer = OffentliggjortPris.objects.count() + 2
    faste = {"raekke": nummer, "tilbud_navn": om.navn if om else "Løs", "ydelse": "Døgn", "beloeb": "1234.50"}
    return OffentliggjortPris.objects.create(tilbud=om, kilde_url=KILDE, **faste | felter)


def navne(svar: Any) -> list[str]:
    return [r["navn"] for r in svar["resultater"]]


def test_offer_tells_what_was_written_and_its_prices_with_source_and_year(client: Client) -> None:
    kilden = fabrik.offentligt_tilbud("Kilden", maalgruppe="Autisme", hjemmel_tekst="§ 107", pladser=8)
    kilden.hjemler.add(fabrik.hjemmel("SEL-107"))
    fabrik.fejl_i_andet(kilden)
    pris(kilden, enhed="døgn", aar=2024, moms="ekskl.")
    pris(kilden, ydelse="Dag", mangler=["året er ikke angivet"])
    pris()
    (raekke,) = hent(client, "offentliggjorte-tilbud")["resultater"]
    assert (raekke["navn"], raekke["kommune"], raekke["hjemler"], raekke["hjemmelTekst"], raekke["pladser"]) == (
        "Kilden", "Gladsaxe", ["SEL-107"], "§ 107", 8,
    )  # fmt: skip
    assert (raekke["kilde"], raekke["aabneFejlmeldinger"]) == ("https://example.dk/liste", 1)
    assert raekke["harModtager"] is True
    et = hent(client, f"offentliggjorte-tilbud/{kilden.pk}")
    assert {felt: et[felt] for felt in raekke} == raekke
    doegn, dag = et["priser"]
    assert (doegn["pris"], doegn["enhed"], doegn["aar"], doegn["kilde"]) == (
        {"beloeb": "1234.50", "valuta": "DKK"}, "døgn", 2024, KILDE,
    )  # fmt: skip
    assert (dag["aar"], dag["enhed"], dag["mangler"]) == (None, "", ["året er ikke angivet"])


def test_offer_is_found_by_municipality_and_legal_basis_also_by_the_code_that_took_its_place(client: Client) -> None:
    ny = fabrik.hjemmel("BL-43")
    gammel = Hjemmel.objects.create(
        kode="SEL-66", navn="Anbringelse", lov="Serviceloven", paragraf="§ 66", erstattes_af=ny
    )
    fabrik.offentligt_tilbud("Gammel", i="Herlev").hjemler.add(gammel)
    fabrik.offentligt_tilbud("Ny", i="Gladsaxe").hjemler.add(ny)
    fabrik.offentligt_tilbud("Ukendt", i=None)
    alle = hent(client, "offentliggjorte-tilbud")
    assert navne(alle) == ["Gammel", "Ny", "Ukendt"]
    assert [r["harModtager"] for r in alle["resultater"]] == [True, True, False], "nobody answers of an unknown place"
    assert navne(hent(client, "offentliggjorte-tilbud", hjemmel="BL-43")) == ["Gammel", "Ny"]
    assert navne(hent(client, "offentliggjorte-tilbud", hjemmel="SEL-66")) == ["Gammel", "Ny"]
    herlev = fabrik.kommune("Herlev").pk
    assert navne(hent(client, "offentliggjorte-tilbud", hjemmel="BL-43", kommune=herlev)) == ["Gammel"]
    assert client.get("/api/v1/offentliggjorte-tilbud?hjemmel=X").status_code == 400


def test_price_of_an_offer_on_no_list_is_told_as_well(client: Client) -> None:
    kilden = fabrik.offentligt_tilbud()
    pris(kilden)
    pris().hjemler.add(fabrik.hjemmel("SEL-107"))
    med, uden = hent(client, "offentliggjorte-priser")["resultater"]
    assert (med["offentligtTilbudId"], uden["offentligtTilbudId"], uden["tilbud"]) == (str(kilden.pk), None, "Løs")
    assert [p["tilbud"] for p in hent(client, "offentliggjorte-priser", hjemmel="SEL-107")["resultater"]] == ["Løs"]


def test_pages_neither_repeat_nor_skip_offers_of_the_same_name(client: Client) -> None:
    ids = {str(fabrik.offentligt_tilbud("Ens").pk) for _ in range(3)}
    foerste = hent(client, "offentliggjorte-tilbud", limit=2, antal="true")
    anden = client.get(foerste["naeste"]).json()
    assert {r["id"] for r in foerste["resultater"] + anden["resultater"]} == ids
    assert (foerste["antal"], anden["naeste"]) == (3, None)


def test_protected_address_is_not_told(client: Client) -> None:
    fabrik.offentligt_tilbud("Krisecentret", beskyttet_adresse=True)
    (raekke,) = hent(client, "offentliggjorte-tilbud")["resultater"]
    assert (raekke["adresse"], raekke["beskyttetAdresse"]) == ("", True)


def test_offer_that_has_not_changed_is_not_sent_again(client: Client) -> None:
    kilden = fabrik.offentligt_tilbud()
    sti = f"/api/v1/offentliggjorte-tilbud/{kilden.pk}"
    maerke = client.get(sti).headers["ETag"]
    assert client.get(sti, headers={"if-none-match": maerke}).status_code == 304
    pris(kilden)
    assert client.get(sti, headers={"if-none-match": maerke}).status_code == 200
