"""Every table people use can be taken out as Excel and CSV: the page's own rows, filters and rights, and nothing that runs."""

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from drift.laan import ROD
from faelles.regneark import svar as regneark
from faelles.tid import Periode
from kommuner.models import Bruger, Laesning, Rolle
from reservationer.sag.models import Reservation
from reservationer.sag.overgange import Tilstand
from reservationer.soegning.gemte.actions import gem
from reservationer.soegning.profil import Behovsprofil
from takster.models import OffentliggjortPris
from tests import fabrik
from tests.sider import FOLK, adresse, argumenter, brugere, faerdig_rapport, organisation, raekker, sider
from tests.tilbud.registerimport.situationer import TILBUD, bog, kladde, ventende_import
from tilbud.models import OffentligtTilbud
from vilkaar.noegler import NOEGLER

pytestmark = pytest.mark.django_db


def klient(bruger: Bruger) -> Client:
    ny = Client()
    ny.force_login(bruger)
    return ny


def som(rolle: Rolle, kommune: str = "Rødovre") -> Client:
    return klient(fabrik.bruger(rolle, fabrik.kommune(kommune).organisation))


def tabel(client: Client, rute: str, *args: object, **valg: str) -> list[dict[str, str]]:
    """The rows of the CSV file by heading; the Excel file has the same number of rows."""
    svar = client.get(reverse(rute, args=[*args, "csv"]), valg)
    assert (svar.status_code, svar.streaming, svar["Content-Type"]) == (200, True, "text/csv; charset=utf-8")
    fundne = list(csv.DictReader(io.StringIO(svar.getvalue().decode("utf-8-sig")), delimiter=";"))
    excel = client.get(reverse(rute, args=[*args, "xlsx"]), valg)
    assert (excel.streaming, excel["Cache-Control"]) == (True, "private, no-store")
    ark = CalamineWorkbook.from_filelike(io.BytesIO(excel.getvalue())).get_sheet_by_index(0).to_python()
    assert len(ark) == len(fundne) + 1
    return fundne


# --- Every table ---------------------------------------------------------------------------------------------------------------

# Pages with a table that is not a list people work with: a few rows about one thing, or the API's own documentation.
UDEN_UDTRAEK = {
    "api/docs.html": "documentation",
    "klienter/detalje.html": "one client's keys and what has happened to it; the change log has it as a file",
    "kommuner/profil.html": "where one is logged in oneself",
    "aftaler/_priser.html": "one agreement's price; its document is the file",
    "ophold/detalje.html": "one stay's story; the list has where it stands as a file",
    "personer/person.html": "one person's roles; the list has them as a file",
    "rammeaftale/_trin.html": "one party's steps; the board has the latest as a file",
    "soegning/_kort.html": "the figures of the map; the search's result is taken out beside it",
    "soegning/fritvalg/detalje.html": "one calculation; its note is the file",
    "soegning/_sammenligning.html": "two to four offers side by side; the search's result is taken out",
    "rammeaftale/_vejen.html": "one agreement's steps; the list has where it stands as a file",
    "rammeaftale/fokus/milepael.html": "one milestone's reports; the agreement's milestones are a file",
    "rammeaftale/videndeling/tilbud.html": "one offer's; the agreement's duties are a file",
    "rammeaftale/moeder/_beslutninger.html": "about one version of one agreement; each body's meetings are a file",
    "rammeaftale/moeder/detalje.html": "one meeting; the body's meetings are a file",
    "rammeaftale/organer/detalje.html": "one body's members; the list has them as a file",
    "rammeaftale/tekst/klausul.html": "when one clause was written anew; the text is what is read",
    "rammeaftale/vilkaar/_saet.html": "as below",
    "rammeaftale/vilkaar/saet.html": "as below: a set, or two side by side",
    "rammeaftale/vilkaar/tilbud.html": "one offer's terms of a day; the agreement's are taken out on its page",
    "rapporter/planer.html": "a handful of reports that are ordered again and again",
    "rapporter/tekster.html": "the way to each chapter's text",
    "rapporter/forskel.html": "two reports beside each other; each has its figures as files",
    "rapporter/overblik.html": "figures of several reports; each of their tables has a file of its own",
    "rapporter/tal.html": "what a report is made of; each of its tables has a file of its own",
    "takster/_hvad_nu_hvis.html": "a calculation tried out; nothing is kept",
    "takster/_trin.html": "the steps of one calculation; its documentation has them as a file",
    "takster/beregning.html": "one calculation; its documentation has it as a file",
    "takster/historik.html": "what one offer's takster have been; they are taken out on its page",
    "takster/hvad_nu_hvis.html": "a calculation tried out; nothing is kept",
    "takster/skemaimport.html": "faults to mend in the file that was sent",
    "takster/import.html": "what the file that was sent would store",
    "takster/regnskab/import.html": "as above",
    "tilbud/aendringer/_tabel.html": "before and after of one change",
    "takster/regnskab/_aaret.html": "what one year's accounts rest on; they are taken out with the accounts",
    "takster/regnskab/liste.html": "the way to each accounts of the year",
    "takster/kontrol/_stand.html": "faults in the platform's own figures, which the command `genberegn_takster` lists",
    "takster/liste.html": "the way to each budget of the year; takster are taken out on the offer's page",
    "tilbud/bekraeftelser/bekraeft.html": "a step before confirming; the places are taken out on the offer's page",
    "tilbud/niveauer/tilbud.html": "one offer's levels; the area's file has them",
}
# Parts whose page takes the table out.
I_SIDEN = {
    "komponenter/pladskalender.html": "tilbud/pladskalender/belaegning.html",
    "forespoergsler/_tabel.html": "forespoergsler/liste.html",
    "venteliste/_tabel.html": "venteliste/liste.html",
    "svartider/_tabel.html": "svartider/svartider.html",
    "soegning/behov/_tabel.html": "soegning/behov/tal.html",
    "tilbud/_offentliggjorte.html": "tilbud/offentliggjorte.html",
    "tilbud/_priser.html": "tilbud/offentliggjorte.html",
    "tilbud/niveauer/_figur1.html": "tilbud/niveauer/omraade.html",
    "takster/vaekst/_tabel.html": "takster/vaekst/vaekst.html",
    "prisudvikling/_tabel.html": "prisudvikling/aaret.html",
    "takster/finansiering/_andele.html": "takster/finansiering/finansiering.html",
    "spor/aendringer.html": "spor/_fod.html",
    "spor/laesninger.html": "spor/_fod.html",
}


def test_every_table_can_be_taken_out_or_has_a_reason_not_to_be() -> None:
    skabeloner = ROD / "templates"
    med_tabel = {
        str(fil.relative_to(skabeloner)): fil.read_text(encoding="utf-8")
        for mappe in skabeloner.iterdir()
        if mappe.is_dir() and mappe.name != "dokument"
        for fil in mappe.rglob("*.html")
        if "<table" in fil.read_text(encoding="utf-8")
    }
    mangler = {
        navn
        for navn, tekst in med_tabel.items()
        if "{% udtraek " not in tekst and navn not in UDEN_UDTRAEK and navn not in I_SIDEN
    }
    assert mangler == set()
    assert set(UDEN_UDTRAEK) <= set(med_tabel)
    assert all("{% udtraek " in (skabeloner / side).read_text(encoding="utf-8") for side in I_SIDEN.values())


EKSPORTER = sorted({raekke.rute for raekke in raekker() if "eksport" in raekke.rute})
# Who sees the page, where a leader of offers does not; the longest beginning first.
EKSPORTERER = {
    "personer": "administrator@egen",
    "klienter": "administrator@egen",
    "soegning:eksport_gemte": "sagsbehandler@egen",
    "soegning:eksport_behovstal": "sekretariat@egen",
    "soegning:eksport_behov": "sagsbehandler@egen",
    "venteliste:eksport_opgoerelse": "sagsbehandler@egen",
    "venteliste:eksport_tal": "sekretariat@egen",
    "svartider:eksport_omraade": "sekretariat@egen",
    "soegning:eksport_proever": "sagsbehandler@egen",
    "soegning:eksport_valgene": "sagsbehandler@egen",
    "takster:eksport_frist": "sekretariat@egen",
    "takster:eksport_omraadets_saldo": "sekretariat@egen",
    "takster:eksport_vaekst": "sekretariat@egen",
    "takster:eksport_udeladte": "sekretariat@egen",
    "prisudvikling": "sekretariat@egen",
}


def test_any_other_form_of_file_is_not_found() -> None:
    alle, args, fundet = dict(sider(get_resolver())), {**argumenter(), "form": "pdf"}, {}
    for rute in EKSPORTER:
        hvem = next((hvem for sted, hvem in EKSPORTERER.items() if rute.startswith(sted)), "tilbudsleder@egen")
        rolle, hvor = FOLK[hvem]
        client = klient(fabrik.bruger(rolle, organisation(hvor)))
        fundet[rute] = client.get(adresse(rute, alle[rute], args)).status_code
    # A search that has not been made leads to its page.
    assert {rute: status for rute, status in fundet.items() if status not in {404, 302}} == {}
    assert fundet


# --- Reservations --------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_every_table_as_csv_is_sent_to_its_end_after_the_transaction_of_its_request() -> None:
    moenstre = dict(sider(get_resolver()))
    with transaction.atomic():
        folk, args = brugere(), {**argumenter(), "form": "csv"}
    sendt = []
    for raekke in raekker():
        if raekke.metode != "GET" or "form" not in moenstre[raekke.rute].pattern.regex.groupindex:
            continue
        bruger = next((folk[hvem] for hvem, svar in raekke.udfald.items() if svar == "200"), None)
        if bruger is None:  # a search that has not been made leads to its page
            continue
        svar = klient(bruger).get(adresse(raekke.rute, moenstre[raekke.rute], args))
        assert b";" in b"".join(svar)
        sendt.append(raekke.rute)
    assert "takster:eksport_saldo" in sendt
    assert len(sendt) > 30


def test_reservations_are_the_actors_own_with_the_filters_of_the_page_and_count_as_read() -> None:
    egen = fabrik.reservation(reference="R-1")
    fabrik.reservation(reference="R-2")
    fabrik.reservation(af=fabrik.sagsbehandler("Herlev"), reference="FREMMED")
    roedovre = som(Rolle.SAGSBEHANDLER)
    assert {r["Sagsreference"] for r in tabel(roedovre, "sag:eksport")} == {"R-1", "R-2"}
    (fundet,) = tabel(roedovre, "sag:eksport", tekst="R-1")
    assert (fundet["Tilbud"], fundet["Tilstand"], fundet["Platformens id"]) == (
        egen.tilbud.navn,
        "Afventer svar",
        str(egen.pk),
    )
    assert tabel(roedovre, "sag:eksport", tilstand=Tilstand.AFVIST.value) == []
    with transaction.atomic():
        laest = Laesning.objects.for_systemet("test").filter(entitet="reservation", entitet_id=egen.pk)
        assert laest.count() == 4  # two questions, each as CSV and as Excel


def test_reservations_are_read_in_pieces_as_the_actor_and_keep_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regneark, "STYKKE", 2)
    for nummer in range(5):
        fabrik.reservation(reference=f"R-{nummer}")
    ventet = [f"R-{nummer}" for nummer in range(5)]
    assert [r["Sagsreference"] for r in tabel(som(Rolle.VISITATOR), "sag:eksport", sorter="oprettet")] == ventet


def test_case_anonymised_while_the_file_is_sent_is_left_out() -> None:
    fabrik.reservation(reference="R-1")
    svar = som(Rolle.VISITATOR).get(reverse("sag:eksport", args=["csv"]))
    with transaction.atomic():
        Reservation.objects.for_systemet("test").update(handlekommune=fabrik.kommune("Herlev").organisation)
    assert svar.getvalue().decode("utf-8-sig").count("\n") == 1


def test_stays_are_the_actors_own_with_what_holds_today_and_count_as_read() -> None:
    egen = fabrik.ophold(periode=Periode(fabrik.om(0)), reference="R-1")
    fabrik.ophold(periode=Periode(fabrik.om(0)), af=fabrik.sagsbehandler("Herlev"), reference="FREMMED")
    roedovre = som(Rolle.SAGSBEHANDLER)
    (fundet,) = tabel(roedovre, "ophold:eksport")
    assert (fundet["Sagsreference"], fundet["Betalingskommune"], fundet["Pris nu"], fundet["Platformens id"]) == (
        "R-1",
        "Rødovre Kommune",
        "2687,00",
        str(egen.pk),
    )
    assert tabel(roedovre, "ophold:eksport", tilstand=Tilstand.UDSKREVET.value) == []
    (akut,) = tabel(roedovre, "ophold:eksport_akutte")
    assert (akut["Overskredet"], akut["Platformens id"]) == ("nej", str(egen.pk))
    with transaction.atomic():
        laest = Laesning.objects.for_systemet("test").filter(entitet="ophold", entitet_id=egen.pk)
        assert laest.count() == 4  # two tables, each as CSV and as Excel


# --- The search ----------------------------------------------------------------------------------------------------------------


def test_search_result_is_taken_out_as_it_stands() -> None:
    plads = fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Solbakken")))
    fabrik.bekraeftet(plads.afdeling)
    fabrik.takst(plads.afdeling, "2687.50")
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Zebra")))
    valg = {"fra": "2026-12-01", "hjemmel": "SEL-107"}
    bekraeftet, ukendt = tabel(som(Rolle.SAGSBEHANDLER), "soegning:eksport", **valg)
    assert (bekraeftet["Tilbud"], bekraeftet["Ledige pladser"], bekraeftet["Takst"]) == ("Solbakken", "1", "2687,50")
    assert (ukendt["Tilbud"], ukendt["Ledige pladser"], ukendt["Uden reservation"]) == ("Zebra", "", "1")
    assert [(r["Arter"], bool(r["Ledig fra"])) for r in (bekraeftet, ukendt)] == [
        ("Døgnplads", True),
        ("Døgnplads", False),
    ]
    (udeladt,) = tabel(som(Rolle.SAGSBEHANDLER), "soegning:eksport_udeladte", fra="2026-12-01", tekst="Solbakken")
    assert (udeladt["Tilbud"], bool(udeladt["Udeladt fordi"]), udeladt["Koder"]) == ("Zebra", True, "tekst")


def test_saved_searches_are_the_municipalitys_own_with_what_fits_them() -> None:
    plads = fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Solbakken", hjemler=("SEL-107",))))
    fabrik.bekraeftet(plads.afdeling)
    profil = Behovsprofil(Periode(fabrik.om(10)))
    fabrik.hjemmel("SEL-109")
    for af, soegt in (
        (fabrik.sagsbehandler(), profil),
        (fabrik.sagsbehandler(), replace(profil, hjemmel="SEL-109")),
        (fabrik.sagsbehandler("Herlev"), profil),
    ):
        gem(aktoer=af, profil=soegt)
    tom, fund = tabel(som(Rolle.SAGSBEHANDLER), "soegning:eksport_gemte")
    assert (tom["Tilbud"], tom["Passer siden"], "109" in tom["Søgning"]) == ("", "", True)
    assert (fund["Tilbud"], bool(fund["Passer siden"]), fund["Gemt af"]) == ("Solbakken", True, "en kollega")


def test_search_that_cannot_be_read_leads_to_its_page() -> None:
    svar = som(Rolle.SAGSBEHANDLER).get(reverse("soegning:eksport", args=["csv"]), {"fra": "32.1.2026"})
    assert svar.headers["Location"] == f"{reverse('soegning:soeg')}?fra=32.1.2026"


# --- Agreements, people, systems, published and imports --------------------------------------------------------------------------


def test_agreements_and_their_board() -> None:
    aftale = fabrik.aftale()
    aftale.parter.filter(organisation__navn="Rødovre Kommune").update(begrundelse="Fælles drift")
    roedovre = som(Rolle.LAESER)
    (fundet,) = tabel(roedovre, "rammeaftale:eksport")
    assert fundet["Aftale"] == aftale.titel
    parter = tabel(roedovre, "rammeaftale:eksport_parter", aftale.slug)
    assert {p["Beslutning"] for p in parter} == {"Afventer"}
    assert {p["Begrundelse"] for p in parter if p["Part"] == "Rødovre Kommune"} == {"Fælles drift"}
    odense = klient(fabrik.bruger(Rolle.LAESER, fabrik.kommune("Odense", i="KKR Syddanmark").organisation))
    assert tabel(odense, "rammeaftale:eksport") == []


def test_terms_are_every_key_and_what_the_version_sets_it_to() -> None:
    aftale = fabrik.aftale()
    vilkaar = tabel(som(Rolle.LAESER), "rammeaftale:eksport_vilkaar", aftale.slug)
    assert {r["Nøgle"] for r in vilkaar} == {str(noegle) for noegle in NOEGLER}


def test_reports_of_errors_are_those_the_actor_is_a_party_to() -> None:
    fejl = fabrik.fejlmelding(fabrik.tilbud(i="Gladsaxe"))
    fabrik.fejlmelding(fabrik.tilbud(i="Herlev"), af=fabrik.sagsbehandler("Herlev"))
    for part in (som(Rolle.SAGSBEHANDLER), som(Rolle.TILBUDSLEDER, "Gladsaxe")):
        (fundet,) = tabel(part, "tilbud:eksport_fejlmeldinger")
        assert (fundet["Oplysning"], fundet["Tilstand"], fundet["Platformens id"]) == (
            "Adresse",
            "Modtaget",
            str(fejl.pk),
        )
    assert tabel(som(Rolle.LAESER, "Gentofte"), "tilbud:eksport_fejlmeldinger") == []


def test_reports() -> None:
    rapport = faerdig_rapport(fabrik.aftale().pk)
    (fundet,) = tabel(som(Rolle.LAESER), "rapporter:eksport")
    assert (fundet["Platformens id"], fundet["Stand"]) == (str(rapport.pk), "Færdig")


def test_people_have_a_row_for_each_role_and_the_filters_of_the_page() -> None:
    administrator = som(Rolle.ADMINISTRATOR)
    roedovre = fabrik.kommune("Rødovre").organisation
    fabrik.tilknyt(fabrik.bruger(Rolle.LAESER, roedovre, email="to@example.dk"), Rolle.VISITATOR, roedovre)
    fundne = tabel(administrator, "personer:eksport", roedovre.pk, tekst="to@")
    assert {(p["E-mail"], p["Rolle"], p["Stand"]) for p in fundne} == {
        ("to@example.dk", "Læser", "aktiv"),
        ("to@example.dk", "Visitator", "aktiv"),
    }


def test_clients_never_show_a_key() -> None:
    ider = argumenter()
    hentet = klient(fabrik.bruger(Rolle.ADMINISTRATOR, fabrik.kommune("Rødovre").organisation))
    (fundet,) = tabel(hentet, "klienter:eksport")
    assert fundet["Platformens id"] == ider["klient_id"]
    assert ider["noegle_id"] not in str(fundet)


def test_published_offers_and_prices_with_what_could_not_be_placed() -> None:
    faelles: Mapping[str, Any] = {
        "raekke": 2,
        "kilde_url": "https://example.dk",
        "mangler": ["kommunen er ikke angivet"],
    }
    OffentligtTilbud.objects.create(navn="=Formlen", driftsherre="Privat", **faelles)
    OffentliggjortPris.objects.create(tilbud_navn="Løs", ydelse="Døgn", beloeb="1234.50", **faelles)
    laeser = som(Rolle.LAESER)
    (tilbud,) = tabel(laeser, "tilbud:eksport_offentliggjorte")
    assert (tilbud["Tilbud"], tilbud["Kunne ikke placeres fordi"]) == ("'=Formlen", "kommunen er ikke angivet")
    (pris,) = tabel(laeser, "tilbud:eksport_priser")
    assert pris["Pris i kr."] == "1234,50"


def test_imports_their_changes_and_their_faults() -> None:
    venter = ventende_import()
    leder = som(Rolle.TILBUDSLEDER, "Gladsaxe")
    (fundet,) = tabel(leder, "tilbud:eksport_importer")
    assert (fundet["Tilstand"], fundet["Nye"], fundet["Sendt af dig"]) == ("Venter på godkendelse", "3", "nej")
    aendringer = tabel(leder, "tilbud:importaendringer", venter.pk)
    assert {"Kolonne": "Navn", "Efter": "Kærgården", "Ny": "ja"}.items() <= aendringer[0].items()
    hvem = fabrik.bruger(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation)
    med_fejl = kladde(
        bog([{**TILBUD, "Kommune": "Atlantis"}]),
        af=fabrik.aktoer(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation, hvem=hvem),
    )
    (fejl,) = tabel(klient(hvem), "tilbud:importfejl", med_fejl.pk)
    assert (fejl["Kolonne"], fejl["Værdi"]) == ("Kommune", "Atlantis")


def test_place_calendar_is_taken_out_day_by_day_from_the_week_shown() -> None:
    plads = fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(i="Gladsaxe")), betegnelse="Bolig 1")
    fabrik.bekraeftet(plads.afdeling)
    fabrik.optag(plads, Periode(fabrik.om(3), fabrik.om(9)))
    for hvem in (som(Rolle.TILBUDSLEDER, "Gladsaxe"), som(Rolle.SAGSBEHANDLER)):
        dage = tabel(hvem, "tilbud:eksport_dage", plads.afdeling.tilbud_id)
        assert [(d["Plads"], d["Stand"][:7], d["Første dag"]) for d in dage][-2:] == [
            ("Bolig 1", "Optaget", fabrik.om(3).isoformat()),
            ("Bolig 1", "Ledig", fabrik.om(9).isoformat()),
        ]
        assert dage[-2]["Sidste dag"] == fabrik.om(8).isoformat()
    senere = tabel(som(Rolle.SAGSBEHANDLER), "tilbud:eksport_dage", plads.afdeling.tilbud_id, fra=str(fabrik.om(30)))
    assert [d["Stand"] for d in senere] == ["Ledig"]
    assert som(Rolle.SAGSBEHANDLER).get(reverse("tilbud:eksport_dage", args=[uuid4(), "csv"])).status_code == 404


# --- Speed ----------------------------------------------------------------------------------------------------------------------


def test_reservations_cost_the_same_for_one_and_a_hundred(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = som(Rolle.SAGSBEHANDLER)
    url = reverse("sag:eksport", args=["csv"])
    afdeling = fabrik.afdeling()
    fabrik.reservation(fabrik.ledig_plads(afdeling))
    client.get(url).getvalue()
    with django_assert_num_queries(14) as foer:
        client.get(url).getvalue()
    for _ in range(30):
        fabrik.reservation(fabrik.ledig_plads(afdeling))
    with django_assert_num_queries(len(foer.captured_queries)):
        assert client.get(url).getvalue().count(b"\n") == 32
