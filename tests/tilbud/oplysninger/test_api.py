"""Everything the register holds of an offer can be read over REST; of a protected one nothing that leads to it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.kald import taeller
from faelles.tid import Periode
from tests import fabrik
from tests.api import klienter
from tilbud.aabnedata.hsds import offentligt_id
from tilbud.models import Hjemmel, Plads, Pladsart, Tilbud

pytestmark = pytest.mark.django_db

NUMRE: dict[str, Any] = {"cvr": "62761113", "p_nummer": "1003346512", "tilbudsportal_id": "TP-48213"}
STED: dict[str, Any] = {
    "adresse": "Solvej 4, 2880 Bagsværd",
    "laengdegrad": Decimal("12.45678"),
    "breddegrad": Decimal("55.76543"),
}
ANDET: dict[str, Any] = {
    "beskrivelse": "Botilbud for voksne.", "metoder": ["Neuropædagogik"], "fysiske_traek": ["koerestol", "sprinkler"],
    "rummer": ["dom"], "rummer_ikke": ["bortgang"], "gruppe_hoejst": 8, "normering": Decimal("1.5"),
    "hjemmeside": "https://solvej.example.dk", "kontakt_funktion": "Visitationen", "kontakt_email": "post@solvej.example.dk",
    "kontakt_telefon": "+45 39 57 50 00", "selvhenvendelse": True, "alder_fra": 18, "alder_til": 66,
}  # fmt: skip


@pytest.fixture
def tilbud() -> Tilbud:
    """An offer of which the register holds everything it can."""
    hvor = fabrik.tilbud("Solvej", **NUMRE, **STED, **ANDET)
    fabrik.godkendelse(hvor, 8, fra=date(2020, 1, 1), til=date(2022, 1, 1))
    fabrik.godkendelse(hvor, 12, fra=date(2022, 1, 1))
    fabrik.godkendelse(hvor, 3, kode="SEL-108")
    fabrik.tilsynsrapport(hvor, dage_siden=400, vurdering="paabud")
    fabrik.tilsynsrapport(hvor, dage_siden=30)
    fabrik.ydelse(hvor, form="udgaaende")
    fabrik.niveau(hvor, 3, til=date(2024, 1, 1))
    fabrik.niveau(hvor, 2, fra=date(2024, 1, 1))
    return hvor


def hent(sti: str) -> dict[str, Any]:
    """What a municipal system is answered."""
    svar = klienter.myndighed().get(f"/api/v1/{sti}")
    assert svar.status_code == 200, svar.content
    fundet: dict[str, Any] = svar.json()
    return fundet


def saetninger(client: Client, adresse: str) -> list[str]:
    """The statements one request sends."""
    with CaptureQueriesContext(connection) as fangst:
        assert client.get(adresse).status_code == 200
    return [sendt["sql"] for sendt in fangst.captured_queries if taeller(sendt["sql"])]


def test_list_tells_all_there_is_one_of(tilbud: Tilbud) -> None:
    (et,) = hent("tilbud")["resultater"]
    assert {felt: et[felt] for felt in ("driftsherreart", "adresse", "punkt", "beskyttetAdresse")} == {
        "driftsherreart": "kommune", "adresse": STED["adresse"], "punkt": {"laengde": 12.45678, "bredde": 55.76543},
        "beskyttetAdresse": False,
    }  # fmt: skip
    assert [et[felt] for felt in ("cvr", "pNummer", "tilbudsportalId")] == list(NUMRE.values())
    assert {felt: et[felt] for felt in (
        "metoder", "fysiskeTraek", "rummer", "rummerIkke", "gruppeHoejst", "normering", "hjemmeside", "kontaktFunktion",
        "kontaktEmail", "kontaktTelefon", "selvhenvendelse", "udenPladser", "alderFra", "alderTil",
    )} == {
        "metoder": ["Neuropædagogik"], "fysiskeTraek": ["koerestol", "sprinkler"], "rummer": ["dom"], "rummerIkke": ["bortgang"],
        "gruppeHoejst": 8, "normering": "1.50", "hjemmeside": "https://solvej.example.dk", "kontaktFunktion": "Visitationen",
        "kontaktEmail": "post@solvej.example.dk", "kontaktTelefon": "+45 39 57 50 00", "selvhenvendelse": True,
        "udenPladser": False, "alderFra": 18, "alderTil": 66,
    }  # fmt: skip
    assert (et["niveau"], et["godkendtePladser"]) == (2, 15)
    assert et["tilsynsrapport"] == {
        "dato": fabrik.om(-30).isoformat(), "vurdering": "godkendt", "rapportUrl": "https://tilsyn.example.dk/rapport",
    }  # fmt: skip


def test_list_says_null_where_nothing_is_registered() -> None:
    fabrik.tilbud()
    (et,) = hent("tilbud")["resultater"]
    felter = ("punkt", "gruppeHoejst", "normering", "niveau", "godkendtePladser", "tilsynsrapport", "alderTil")
    assert [et[felt] for felt in felter] == [None] * len(felter)


def test_single_offer_tells_what_is_dated_with_its_days(tilbud: Tilbud) -> None:
    Hjemmel.objects.filter(pk="SEL-107").update(
        periode=Periode(date(1998, 7, 1), date(2028, 1, 1)).som_range, lovudgave="Lov nr. 1"
    )
    et = hent(f"tilbud/{tilbud.pk}")
    assert et["beskrivelse"] == "Botilbud for voksne."
    assert [(g["hjemmel"], g["pladser"], g["fra"], g["til"]) for g in et["godkendelser"]] == [
        ("SEL-107", 8, "2020-01-01", "2022-01-01"),
        ("SEL-107", 12, "2022-01-01", None),
        ("SEL-108", 3, "2007-01-01", None),
    ]
    assert {g["socialtilsyn"] for g in et["godkendelser"]} == {"Socialtilsyn Øst"}
    assert [(y["term"], y["leveringsform"], y["fra"]) for y in et["ydelser"]] == [("Ophold", "udgaaende", "2007-01-01")]
    assert [(n["niveau"], n["fra"], n["til"], n["grund"]) for n in et["niveauer"]] == [
        (3, "2007-01-01", "2024-01-01", "Test"),
        (2, "2024-01-01", None, "Test"),
    ]
    assert et["niveauer"][1]["pligt"].startswith("Kommuner i en klynge")
    klynge = fabrik.klynge("Hjerneskade", medlemmer=("Gladsaxe",))
    fabrik.klynge("Anden", medlemmer=("Herlev",))
    assert et["klynger"] == []
    assert hent(f"tilbud/{tilbud.pk}")["klynger"] == [{"id": str(klynge.pk), "navn": "Hjerneskade"}]
    (hjemmel,) = et["hjemmeldetaljer"]
    assert (hjemmel["kode"], hjemmel["lov"], hjemmel["lovudgave"], hjemmel["fra"], hjemmel["til"]) == (
        "SEL-107", "Serviceloven", "Lov nr. 1", "1998-07-01", "2028-01-01",
    )  # fmt: skip
    assert [m["term"] for m in et["maalgruppedetaljer"]] == ["Autismespektrum"]
    (raekke,) = hent("tilbud")["resultater"]
    assert {felt: et[felt] for felt in raekke} == raekke


def test_protected_offer_tells_neither_address_nor_the_numbers_that_lead_to_it(tilbud: Tilbud) -> None:
    tilbud.hjemler.add(fabrik.hjemmel("SEL-109"))
    roeber = [str(vaerdi) for vaerdi in (*NUMRE.values(), *STED.values())]
    egen = klienter.driftsherre()
    for client in (klienter.myndighed(), egen, klienter.sekretariat()):
        for sti in ("tilbud", f"tilbud/{tilbud.pk}", f"tilbud/{tilbud.pk}/afdelinger"):
            svar = client.get(f"/api/v1/{sti}").content.decode()
            assert [vaerdi for vaerdi in roeber if vaerdi in svar] == [], sti
    et = egen.get(f"/api/v1/tilbud/{tilbud.pk}").json()
    assert [et[felt] for felt in ("beskyttetAdresse", "adresse", "punkt", "cvr", "pNummer", "tilbudsportalId")] == [
        True, "", None, "", "", "",
    ]  # fmt: skip
    aaben = Client().get(f"/aabne-data/tilbud/{offentligt_id(tilbud.pk, beskyttet=True)}").content.decode()
    assert "Solvej" in aaben
    assert [vaerdi for vaerdi in roeber if vaerdi in aaben] == []


def test_departments_tell_confirmation_and_permissions(tilbud: Tilbud) -> None:
    nord = fabrik.afdeling(tilbud, navn="Nord")
    fabrik.bekraeftet(nord, dage_siden=40)
    fabrik.bekraeftet(nord, dage_siden=2)
    fabrik.merpladstilladelse(nord, 2, fra=date(2026, 1, 1), til=date(2027, 1, 1))
    fabrik.afdeling(tilbud, navn="Syd")
    foerste, anden = hent(f"tilbud/{tilbud.pk}/afdelinger")["resultater"]
    assert (foerste["navn"], foerste["friskhed"]) == ("Nord", "frisk")
    assert (foerste["bekraeftelse"]["organisation"], foerste["bekraeftelse"]["funktion"]) == (
        "Gladsaxe Kommune",
        "Tilbudsleder",
    )
    assert foerste["merpladstilladelser"] == [
        {"fra": "2026-01-01", "til": "2027-01-01", "pladser": 2, "grund": "Midlertidigt pres"}
    ]
    assert (anden["friskhed"], anden["bekraeftelse"], anden["merpladstilladelser"]) == ("ukendt", None, [])


def test_places_tell_kind_days_closures_and_who_they_are_for(tilbud: Tilbud) -> None:
    afdeling = fabrik.afdeling(tilbud)
    plads = fabrik.ledig_plads(
        afdeling, art=Pladsart.DAG, ugedage=[1, 2], forbeholdt_egne=True, forbeholdt_beboere=True, merplads=True,
        til=date(2030, 1, 1),
    )  # fmt: skip
    fabrik.lukning(afdeling, plads, fra=10, til=20)
    fabrik.lukning(afdeling, fra=30, til=40)
    (en,) = hent("pladser")["resultater"]
    assert {felt: en[felt] for felt in ("art", "ugedage", "forbeholdtEgne", "forbeholdtBeboere", "merplads", "selvhenvendelse", "aabenTil")} == {
        "art": "dag", "ugedage": [1, 2], "forbeholdtEgne": True, "forbeholdtBeboere": True, "merplads": True, "selvhenvendelse": True, "aabenTil": "2030-01-01",
    }  # fmt: skip
    assert en["lukninger"] == [
        {"fra": fabrik.om(10).isoformat(), "til": fabrik.om(20).isoformat(), "grund": "renovering"},
        {"fra": fabrik.om(30).isoformat(), "til": fabrik.om(40).isoformat(), "grund": "renovering"},
    ]
    assert hent(f"pladser/{plads.pk}") == en


@pytest.mark.parametrize("sti", ["tilbud", "tilbud/{tilbud}/afdelinger", "pladser"])
def test_list_costs_the_same_with_one_row_and_with_a_hundred(tilbud: Tilbud, sti: str) -> None:
    def flere(antal: int) -> None:
        for nummer in range(antal):
            afdeling = fabrik.afdeling(tilbud, navn=f"{Plads.objects.count()}-{nummer}")
            fabrik.bekraeftet(afdeling)
            fabrik.merpladstilladelse(afdeling)
            fabrik.ledig_plads(afdeling)
            andet = fabrik.tilbud()
            fabrik.godkendelse(andet, 1)
            fabrik.tilsynsrapport(andet)

    adresse = f"/api/v1/{sti.format(tilbud=tilbud.pk)}?limit=200"
    client = klienter.myndighed()
    flere(1)
    en = saetninger(client, adresse)
    flere(99)
    mange = saetninger(client, adresse)
    assert len(client.get(adresse).json()["resultater"]) >= 100
    assert len(mange) == len(en) <= 5, mange
