"""The pages of the comparison with Tilbudsportalen."""

import csv
import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from kommuner.models import Bruger, Rolle
from tests import fabrik
from tests.tilbud.portal.situationer import NOEGLE, sammenligning, tilbud, udtraek
from tilbud.models import Portalafvigelse, Portalbeslutning, Portalsammenligning
from tilbud.portal.actions import afgoer
from tilbud.portal.forms import FORNAVN
from tilbud.registerimport.actions import afvis

pytestmark = pytest.mark.django_db


@pytest.fixture
def leder() -> Bruger:
    return fabrik.bruger(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation)


@pytest.fixture
def gladsaxe(leder: Bruger) -> Client:
    ny = Client()
    ny.force_login(leder)
    return ny


def tekst(svar: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", svar.content.decode()))


def test_extract_is_sent_and_its_differences_decided(gladsaxe: Client) -> None:
    tilbud()
    ny = reverse("tilbud:nyt_portaludtraek")
    assert "Vi kender ikke Tilbudsportalens eget format" in tekst(gladsaxe.get(ny))
    fil = SimpleUploadedFile("x.csv", udtraek({NOEGLE: "4711", "Navn": "Kærgaarden", "Kontakttelefon": "12345678"}))
    side = gladsaxe.post(ny, {"fil": fil}).headers["Location"]
    vist = tekst(gladsaxe.get(side))
    for ventet in ("Kærgården", "Kærgaarden", "Kontakttelefon", "12345678", "1 af jeres tilbud"):
        assert ventet in vist
    afvigelser = {a.felt: a for a in Portalafvigelse.objects.for_systemet("test")}
    assert gladsaxe.post(side, {}).status_code == 422
    gladsaxe.post(side, {f"{FORNAVN}{afvigelser['navn'].pk}": "overtag", "grund": "Rigtigt dér"})
    efter = tekst(gladsaxe.get(side))
    for ventet in ("venter på, at en anden", "Overtag portalens", "Rigtigt dér", "Se ændringen"):
        assert ventet in efter
    assert "Afvigelser 2" not in efter
    (raekke,) = gladsaxe.get(reverse("tilbud:portal")).context["side"]
    assert (raekke.antal, raekke.uafgjorte) == (2, 1)


def test_difference_whose_takeover_was_declined_can_be_chosen_anew(gladsaxe: Client) -> None:
    tilbud()
    aktoer = fabrik.tilbudsleder()
    fundet = sammenligning(af=aktoer)
    (en,) = Portalafvigelse.objects.for_systemet("test")
    registerimport = afgoer(
        aktoer=aktoer, sammenligning_id=fundet.pk, beslutninger={en.pk: Portalbeslutning.OVERTAG}, grund=""
    )
    assert registerimport is not None
    afvis(aktoer=fabrik.tilbudsleder(), import_id=registerimport.pk, grund="Nej")
    side = reverse("tilbud:portalsammenligning", args=[fundet.pk])
    vist = tekst(gladsaxe.get(side))
    assert "Skulle overtages, men ændringen blev ikke til noget." in vist
    csv_ = reverse("tilbud:eksport_portalafvigelser", args=[fundet.pk, "csv"])
    assert "Ikke afgjort: ændringen blev ikke til noget" in gladsaxe.get(csv_).getvalue().decode()
    assert gladsaxe.post(side, {f"{FORNAVN}{en.pk}": "behold"}).status_code == 302
    assert "Behold vores" in tekst(gladsaxe.get(side))


def test_file_with_faults_is_explained_at_its_field(gladsaxe: Client) -> None:
    tilbud()
    fil = SimpleUploadedFile("x.csv", udtraek({NOEGLE: "4711", "Kommune": "Atlantis"}))
    svar = gladsaxe.post(reverse("tilbud:nyt_portaludtraek"), {"fil": fil})
    assert svar.status_code == 422
    assert "Række 2, Kommune: En værdi fra listen." in tekst(svar)


def test_empty_states_say_what_would_be_there(gladsaxe: Client) -> None:
    assert "Ingen sammenligninger endnu" in tekst(gladsaxe.get(reverse("tilbud:portal")))
    tilbud()
    fundet = sammenligning({NOEGLE: "4711", "Navn": "Kærgården"})
    assert "Ingen afvigelser" in tekst(gladsaxe.get(reverse("tilbud:portalsammenligning", args=[fundet.pk])))


def test_form_of_the_extract_filled_with_what_is_here_gives_no_difference(gladsaxe: Client, leder: Bruger) -> None:
    tilbud(beskrivelse="=Et roligt sted", alder_til=65, adresse="Kærgårdsvej 4", p_nummer="1012345678")
    skema = gladsaxe.get(reverse("tilbud:portalskema", args=["csv"])).getvalue()
    ny = reverse("tilbud:nyt_portaludtraek")
    for navn, fil in (
        ("x.csv", skema.replace(b"'=", b"=")),
        ("x.xlsx", gladsaxe.get(reverse("tilbud:portalskema", args=["xlsx"])).getvalue()),
    ):
        assert gladsaxe.post(ny, {"fil": SimpleUploadedFile(navn, fil)}).status_code == 302, navn
    assert not Portalafvigelse.objects.for_systemet("test").exists()
    assert Portalsammenligning.objects.for_systemet("test").count() == 2


def test_differences_are_taken_out_with_what_was_decided(gladsaxe: Client) -> None:
    tilbud()
    fundet = sammenligning()
    svar = gladsaxe.get(reverse("tilbud:eksport_portalafvigelser", args=[fundet.pk, "csv"]))
    (raekke,) = csv.DictReader(io.StringIO(svar.getvalue().decode("utf-8-sig")), delimiter=";")
    assert (raekke["Felt"], raekke["Her"], raekke["På portalen"], raekke["Beslutning"]) == (
        "Navn",
        "Kærgården",
        "Kærgaarden",
        Portalbeslutning.AFVENTER.label,
    )


def test_page_costs_the_same_for_one_and_many(
    gladsaxe: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    tilbud()
    tilbud("Solgården", "0815")  # not in the extract
    en = sammenligning()
    url = reverse("tilbud:portalsammenligning", args=[en.pk])
    gladsaxe.get(url)
    with django_assert_num_queries(15) as foer:
        gladsaxe.get(url)
    for nummer in range(20):
        tilbud(f"Tilbud {nummer}", f"P{nummer}")
    mange = sammenligning(
        *({NOEGLE: f"P{nummer}", "Navn": "Andet", "Hjemmeside": "https://x.dk"} for nummer in range(20))
    )
    with django_assert_num_queries(len(foer.captured_queries)):
        gladsaxe.get(reverse("tilbud:portalsammenligning", args=[mange.pk]))
