"""Which terms govern an offer on a day, and why: the page and REST answer clearly on every kind of day."""

from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from kommuner.models import Kkr, KkrMedlemskab, Organisation
from rammeaftale.tekst.queries import klausuler
from tests import fabrik
from tests.api import klienter
from tests.rammeaftale.aftaler import anbefal, godkend, kladde, send
from tests.rammeaftale.tekst.test_api import hent
from tests.rammeaftale.tekst.test_modstrid import allonge
from tests.rammeaftale.tekst.test_saetvisning import laeser
from tests.rammeaftale.test_aftalens_liv import sammenlaeg
from tests.rammeaftale.test_trin import nyeste
from tests.takster.genberegning.situationer import indtil_aaret
from tilbud.models import Tilbud
from vilkaar.models import Saetstatus
from vilkaar.noegler import NOEGLER, Noegle

pytestmark = pytest.mark.django_db


def side(tilbud: Tilbud, dag: date, klient: Client | None = None) -> str:
    valgt = {"dag_dag": dag.day, "dag_maaned": dag.month, "dag_aar": dag.year}
    svar = (klient or laeser()).get(reverse("rammeaftale:tilbudsvilkaar", args=[tilbud.pk]), valgt)
    assert svar.status_code == 200
    return " ".join(svar.content.decode().split())


def rest(tilbud: Tilbud, dag: date) -> dict[str, object]:
    fundet: dict[str, object] = hent(klienter.myndighed(), f"tilbud/{tilbud.pk}/vilkaar", gyldigPaa=dag.isoformat())
    return fundet


def test_day_before_the_first_set_says_from_when_there_are_terms() -> None:
    tilbud, dag = fabrik.tilbud(), date(2006, 12, 31)
    tidligt = "KKR Hovedstaden har ingen vilkår så tidligt: det første sæt gælder fra 01.01.2007."
    KkrMedlemskab.objects.update(periode="[2000-01-01,)")
    svar = rest(tilbud, dag)
    assert (svar["saet"], svar["kkr"], svar["grund"], svar["mangler"]) == (None, "KKR Hovedstaden", tidligt, [])
    assert tidligt in side(tilbud, dag)


def test_offer_outside_every_kkr_is_told_that_no_agreement_covers_it() -> None:
    tilbud, dag = fabrik.tilbud(), date(1999, 5, 1)
    svar = rest(tilbud, dag)
    assert (svar["kkr"], svar["saet"]) == (None, None)
    assert svar["grund"] == "Kommunen hører ikke til noget KKR den dag, så ingen rammeaftale omfatter dens tilbud."
    assert str(svar["grund"]) in side(tilbud, dag)


def test_kkr_without_any_set_says_whom_to_wait_for() -> None:
    tilbud, nyt = fabrik.tilbud(), Kkr.objects.create(navn="KKR Nyt", slug="kkr-nyt")
    KkrMedlemskab.objects.update(kkr=nyt)
    assert str(rest(tilbud, date(2027, 3, 1))["grund"]).startswith(
        "Intet vilkårssæt er begyndt i KKR Nyt. Sekretariatet"
    )


def test_municipality_that_moved_is_told_whose_terms_go_on_and_where_it_belongs() -> None:
    sammenlaeg()
    tilbud, dag = fabrik.tilbud(i="Roskilde"), date(2027, 1, 1)
    svar = rest(tilbud, dag)
    assert (svar["kkr"], svar["saet"]["kkr"]) == ("KKR Østdanmark (demo)", "KKR Sjælland")  # type: ignore[index]  # JSON
    html = side(tilbud, dag, laeser("Roskilde"))
    assert "som den dag hører til KKR Østdanmark (demo)" in html
    assert str(svar["grund"]) in unescape(html)
    assert "KKR Sjælland</strong>" in html


def test_set_that_lacks_a_term_names_it_with_the_clause_it_belongs_in() -> None:
    tilbud, kkr = fabrik.tilbud(), fabrik.kkr()
    kkr.vilkaarssaet.update(periode="[2007-01-01,2026-01-01)")
    fabrik.vilkaar(kkr, fra=date(2026, 1, 1), uden=Noegle.GARANTI_NOEGLE)
    hvad = NOEGLER[Noegle.GARANTI_NOEGLE]
    assert rest(tilbud, date(2026, 5, 1))["mangler"] == [
        {"noegle": "garanti_noegle", "navn": hvad.navn, "hoererTil": hvad.klausul}
    ]
    assert f"{hvad.navn} (garanti_noegle); hører til klausulen {hvad.klausul}" in side(tilbud, date(2026, 5, 1))
    assert "Sættet siger intet om" not in side(tilbud, date(2025, 12, 31)), "the set before holds every term"


def test_set_of_an_allonge_names_the_agreement_it_amends_and_leads_to_the_clauses_of_both() -> None:
    aftale, tilbud = kladde("Rødovre"), fabrik.tilbud()
    indtil_aaret()
    anbefal(aftale)
    send(aftale)
    godkend(aftale)
    hovedtekst, *_ = klausuler(nyeste(aftale))
    ny = allonge(aftale, date(2028, 1, 1), "9", {Noegle.OVERHEAD_PROCENT: "7"})
    send(ny)
    godkend(ny)
    (egen,) = klausuler(nyeste(ny))
    dag = date(2028, 3, 1)
    saet = rest(tilbud, dag)["saet"]
    assert isinstance(saet, dict)
    assert (saet["version"], saet["allongeTil"]) == (nyeste(ny).nummer, aftale.titel)
    foer = rest(tilbud, date(2027, 3, 1))["saet"]
    assert isinstance(foer, dict)
    assert (foer["version"], foer["allongeTil"]) == (nyeste(aftale).nummer, None)
    html = side(tilbud, dag)
    assert f"Sættet er udsendt med en allonge til {aftale.titel};" in html
    for slug, tekst in ((aftale.slug, hovedtekst), (ny.slug, egen)):
        assert reverse("rammeaftale:klausuludgave", args=[slug, tekst.id, tekst.udgave.pk]) in html


def test_preliminary_set_says_that_no_final_one_has_been_published() -> None:
    tilbud, kkr = fabrik.tilbud(), fabrik.kkr()
    kkr.vilkaarssaet.update(periode="[2007-01-01,2027-01-01)")
    fabrik.vilkaar(kkr, fra=date(2027, 1, 1), status=Saetstatus.FORELOEBIG)
    svar = rest(tilbud, date(2027, 2, 1))
    assert str(svar["grund"]).endswith("det foreløbige sæt for dagen; intet endeligt er udsendt for den.")
    assert str(svar["grund"]) in side(tilbud, date(2027, 2, 1))


def test_page_names_the_municipality_as_it_is_called() -> None:
    tilbud = fabrik.tilbud()
    Organisation.objects.filter(kommune=tilbud.beliggenhedskommune).update(navn="Københavns Kommune")
    assert "det sted, tilbuddet ligger: Københavns Kommune, som den dag" in side(tilbud, date(2027, 3, 1))


@pytest.mark.parametrize("dag", [date(1900, 1, 1), date(2199, 12, 31)])
def test_first_and_last_day_there_is_are_answered(dag: date) -> None:
    tilbud = fabrik.tilbud()
    assert "Den " in side(tilbud, dag)
    assert rest(tilbud, dag)["dag"] == dag.isoformat()
