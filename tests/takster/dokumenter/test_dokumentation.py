"""The evidence pack of a takst as PDF: what it says, that it is tagged, who orders it and who reads it."""

import io
import json
from decimal import Decimal
from importlib import import_module
from uuid import uuid4

import pikepdf
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from faelles import job
from faelles.aktoer import Funktion, Rettighed
from faelles.dokument.tjek import tjek_pdf
from faelles.fejl import IkkeFundet
from faelles.models import Job
from faelles.scope import som_systemet
from kommuner.models import Rolle
from takster.budget.indhold import Linje
from takster.dokumenter.actions import bestil_dokumentation
from takster.dokumenter.dokumentation import dokument, saet
from takster.dokumenter.job import Dokumentationsgrundlag, laes
from takster.models import Takst, Takstberegning, Takstdokument
from tests import fabrik
from tests.api import klienter
from tests.takster.budget.situationer import EKSEMPEL, budget
from tests.takster.fastsaettelse.situationer import beregning, offentliggjort

pytestmark = pytest.mark.django_db
import_module("takster.tasks")  # says how the pack is set, as in the worker

LANGT_NAVN = "Botilbuddet for voksne med erhvervet hjerneskade og varigt nedsat funktionsevne ved Kærgårdsåen"


def takster_i_to_aar(navn: str = "Kærgården") -> Takstberegning:
    """Next year's takst of an offer, whose pay and rent have risen since the year before."""
    tilbud = fabrik.afdeling(fabrik.tilbud(navn, i="Gladsaxe")).tilbud
    offentliggjort(budget(tilbud))
    linjer = {**EKSEMPEL.linjer, Linje("loen"): Decimal(18_000_000), Linje("salg"): Decimal(125_000)}
    return offentliggjort(budget(tilbud, aar=2027, linjer=linjer))


def taksten(en: Takstberegning) -> Takst:
    return Takst.objects.get(takstberegning=en)


def grundlag(takst: Takst) -> Dokumentationsgrundlag:
    return laes(bestil_dokumentation(aktoer=fabrik.sagsbehandler(), takst_id=takst.pk))


def system(navn: str, funktion: Funktion = Funktion.MYNDIGHED) -> Client:
    return klienter.client(klienter.registrer(fabrik.kommune(navn).organisation, funktion, Rettighed.TILBUD_LAES))


def test_pack_says_inputs_steps_terms_who_and_what_moved_the_takst_since_last_year() -> None:
    html = dokument(grundlag(taksten(takster_i_to_aar()))).html
    for ord_ in (
        "Kærgården", "Gladsaxe Kommune", "18.000.000,00", "(indtægt)", "−125.000,00", "96,4", "De gemte inddata er regnet igen",
        "Budgetteret belægning, mindst", ">F1<", "<td>Takstberegning</td>", "Godkendt", "Offentliggjort", "Takst 2026", "2.687,00", "Personale",
        "Indtægter", "97,2 procent og 95,6 procent", "Husleje",
    ):  # fmt: skip
        assert ord_ in html, ord_
    assert "bruger:" not in html


def test_pack_is_tagged_titled_and_danish_and_holds_the_same_as_json() -> None:
    om = grundlag(taksten(takster_i_to_aar(LANGT_NAVN)))
    ens = [saet(om) for _ in range(2)]
    assert ens[0] == ens[1]
    assert not tjek_pdf(ens[0])
    with pikepdf.open(io.BytesIO(ens[0])) as pdf:
        assert str(pdf.Root.Lang) == "da"
        assert "/StructTreeRoot" in pdf.Root
        assert LANGT_NAVN in str(pdf.docinfo["/Title"])
        assert json.loads(pdf.attachments["dokumentation.json"].get_file().read_bytes()) == om.pakke
    tekst = " ".join(" ".join(side.extract_text() for side in PdfReader(io.BytesIO(ens[0])).pages).split())
    assert LANGT_NAVN in tekst
    assert "Beregningen trin for trin" in tekst


def test_pack_of_a_takst_without_a_stored_calculation_says_so() -> None:
    html = dokument(grundlag(fabrik.takst(fabrik.afdeling()))).html
    assert "Ingen gemt beregning." in html
    assert "Beregningen trin for trin" not in html
    assert "ingen offentliggjort takst med en gemt beregning" in html


def test_pack_tells_when_the_stored_inputs_give_another_takst() -> None:
    skaev = {**taksten(takster_i_to_aar()).beregning, "takst": "2688"}
    html = dokument(grundlag(fabrik.takst(fabrik.afdeling(), beregning=skaev))).html
    assert "Genberegningen afviger." in html
    assert "De gemte inddata er regnet igen" not in html


def test_pack_of_a_takst_that_was_replaced_says_when_and_what_came_is_documented_with_its_reason() -> None:
    et = budget()
    gammel = taksten(offentliggjort(et))
    ny = taksten(offentliggjort(et, begrundelse="Forkert løn"))
    assert "Den er erstattet" in dokument(grundlag(Takst.objects.get(pk=gammel.pk))).html
    html = dokument(grundlag(ny)).html
    assert "Forkert løn" in html
    assert "Den er erstattet" not in html


def test_bestil__one_that_is_being_made_is_returned_and_nothing_is_ordered_of_no_takst() -> None:
    takst, aktoer = fabrik.takst(fabrik.afdeling()), fabrik.sagsbehandler()
    foerste = bestil_dokumentation(aktoer=aktoer, takst_id=takst.pk)
    assert bestil_dokumentation(aktoer=aktoer, takst_id=takst.pk) == foerste
    assert bestil_dokumentation(aktoer=fabrik.sagsbehandler("Odense"), takst_id=takst.pk) != foerste
    with pytest.raises(IkkeFundet):
        bestil_dokumentation(aktoer=aktoer, takst_id=uuid4())
    with som_systemet("a test"):
        assert Job.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_job_makes_the_pack_and_everybody_who_reads_takster_reads_it() -> None:
    takst = taksten(takster_i_to_aar())
    dokument_ = bestil_dokumentation(aktoer=fabrik.sagsbehandler(), takst_id=takst.pk)
    url, side = reverse("takster:dokument", args=[dokument_.pk]), reverse("takster:dokumentation", args=[takst.pk])
    egen, fremmed = Client(), Client()
    egen.force_login(fabrik.bruger(Rolle.LAESER, fabrik.kommune("Rødovre").organisation))
    fremmed.force_login(fabrik.bruger(Rolle.LAESER, fabrik.kommune("Odense", i="KKR Syddanmark").organisation))
    assert egen.get(url).status_code == 404
    assert "I kø" in egen.get(side, headers={"HX-Request": "true"}).content.decode()
    assert "I kø" not in fremmed.get(side).content.decode()
    job.koer(dokument_.job_id)
    for klient in (egen, fremmed):
        svar = klient.get(url)
        assert (svar["Content-Type"], svar.content[:5]) == ("application/pdf", b"%PDF-")
        assert "Åbn dokumentationen (PDF)" in klient.get(side).content.decode()


def test_page_orders_the_pack_and_is_linked_from_the_calculation_and_the_history() -> None:
    en, klient = takster_i_to_aar(), Client()
    klient.force_login(fabrik.bruger(Rolle.LAESER, fabrik.kommune("Herlev").organisation))
    side = reverse("takster:dokumentation", args=[taksten(en).pk])
    assert side in klient.get(reverse("takster:beregning", args=[en.pk])).content.decode()
    assert side in klient.get(reverse("takster:historik", args=[en.tilbud_id])).content.decode()
    svar = klient.post(reverse("takster:bestil_dokumentation", args=[taksten(en).pk]), follow=True).content.decode()
    assert "Dokumentationen er bestilt." in svar
    assert "I kø" in svar


def test_database_keeps_a_document_about_one_takst_or_one_year() -> None:
    takst = fabrik.takst(fabrik.afdeling())
    dokument_ = bestil_dokumentation(aktoer=fabrik.sagsbehandler(), takst_id=takst.pk)
    for om in ({"takst": takst, "aar": 2026}, {}, {"takst": takst, "hjemmel": takst.hjemmel}):
        with pytest.raises(IntegrityError, match="takstdokument_om_en_takst_eller_et_aar"), transaction.atomic():
            Takstdokument.objects.create(job_id=dokument_.job_id, **om)


@pytest.mark.django_db(transaction=True)
def test_api__the_pack_is_ordered_followed_and_fetched_by_the_one_who_ordered_it() -> None:
    en = takster_i_to_aar()
    klient, fremmed = system("Herlev"), system("Rødovre")
    svar = klient.post(f"/api/v1/takstberegninger/{en.pk}/dokumentation")
    assert svar.status_code == 202
    adresse = svar.headers["Location"]
    assert (svar.json()["status"], svar.json()["pdf"]) == ("i_koe", None)
    assert klient.get(f"{adresse}/pdf").json()["code"] == "dokument_ikke_faerdigt"
    with som_systemet("a test"):
        bestilt = Job.objects.get()
    job.koer(bestilt.pk)
    faerdigt = klient.get(adresse).json()
    assert faerdigt["status"] == "faerdig"
    assert klient.get(faerdigt["pdf"]).content[:5] == b"%PDF-"
    assert fremmed.get(adresse).status_code == fremmed.get(f"{adresse}/pdf").status_code == 404


def test_api__nothing_is_ordered_before_the_calculation_is_published() -> None:
    en = beregning()
    svar = system("Gladsaxe", Funktion.DRIFTSHERRE).post(f"/api/v1/takstberegninger/{en.pk}/dokumentation")
    assert (svar.status_code, svar.json()["code"]) == (409, "takst_ikke_offentliggjort")
    assert not Takstdokument.objects.exists()


def test_api__any_published_takst_has_its_pack_also_one_that_was_loaded_or_replaced() -> None:
    klient = system("Rødovre")
    indlaest = fabrik.takst(fabrik.afdeling(fabrik.tilbud(i="Gladsaxe")))
    en = takster_i_to_aar()
    gammel = taksten(en)
    offentliggjort(en.budget, begrundelse="Rettelse")
    uden, erstattet = (klient.get(f"/api/v1/takster/{takst.pk}/dokumentation").json() for takst in (indlaest, gammel))
    assert (uden["takst"]["id"], [et["trin"] for et in uden["forloeb"]]) == (str(indlaest.pk), ["indlaest"])
    assert erstattet["takst"]["erstattet"] is not None
    assert erstattet["beregning"] == gammel.beregning
    assert erstattet["genberegnet"] is True
    taget = klient.post(f"/api/v1/takster/{indlaest.pk}/dokumentation")
    assert (taget.status_code, taget.json()["takstId"]) == (202, str(indlaest.pk))
    assert klient.get(taget.headers["Location"]).json()["status"] == "i_koe"
    ukendt = klient.get(f"/api/v1/takster/{uuid4()}/dokumentation")
    assert (ukendt.status_code, ukendt.json()["code"]) == (404, "takst_ikke_fundet")
