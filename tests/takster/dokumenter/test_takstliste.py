"""The takst list of a KKR's year as PDF: what is in it, that it is tagged, ordered on the page and opened when it is made."""

import io
from datetime import date
from importlib import import_module
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from faelles import job
from faelles.aktoer import Aktoer
from faelles.dokument.kapitler import del_op
from faelles.dokument.tjek import tjek_pdf
from kommuner.models import Rolle
from takster.dokumenter import takstliste
from takster.dokumenter.actions import bestil_takstliste
from takster.dokumenter.job import laes_liste
from takster.dokumenter.takstliste import dokument, saet
from takster.models import Takstdokument, Takstenhed
from tests import fabrik
from tilbud.models import Afdeling

pytestmark = pytest.mark.django_db
import_module("takster.tasks")  # says how the list is set, as in the worker

LANGT_NAVN = "Botilbuddet for voksne med erhvervet hjerneskade og varigt nedsat funktionsevne ved Kærgårdsåen"


def takst(hvor: Afdeling, beloeb: str, aar: int = 2027, **andet: Any) -> None:
    fabrik.takst(hvor, beloeb, fra=date(aar, 1, 1), til=date(aar + 1, 1, 1), **andet)


def takster() -> None:
    """Two operators in the KKR, one of which has raised its price, and one outside it."""
    gladsaxe = fabrik.afdeling(fabrik.tilbud(LANGT_NAVN, i="Gladsaxe"))
    takst(gladsaxe, "2000.00", 2026)
    takst(gladsaxe, "2100.00")
    takst(gladsaxe, "900.00", kode="SEL-104", enhed=Takstenhed.DAG)
    takst(fabrik.afdeling(fabrik.tilbud("Åhuset", i="Herlev")), "3000.00")
    fabrik.kommune("Odense", i="KKR Syddanmark")
    takst(fabrik.afdeling(fabrik.tilbud("Fynsbo", i="Odense")), "1000.00")


def listen(*, aktoer: Aktoer | None = None, hjemmel: str = "") -> Takstdokument:
    kkr = fabrik.kkr("KKR Hovedstaden")
    return bestil_takstliste(aktoer=aktoer or fabrik.sagsbehandler(), aar=2027, kkr=kkr, hjemmel=hjemmel)


def html(liste: Takstdokument) -> str:
    return dokument(laes_liste(liste)).html


def test_list_has_the_takster_of_the_kkr_operator_by_operator_beside_last_years() -> None:
    takster()
    indhold = html(listen())
    for ord_ in (
        "Gladsaxe Kommune",
        "Herlev Kommune",
        "2.100,00",
        "2.000,00",
        "5,0\N{NO-BREAK SPACE}%",
        "900,00",
        "kr./dag",
    ):
        assert ord_ in indhold, ord_
    assert "Fynsbo" not in indhold
    assert indhold.index("Gladsaxe Kommune") < indhold.index("Herlev Kommune")
    assert "Testaftale" in indhold


def test_list_of_one_legal_basis_has_no_other_and_an_empty_one_says_so() -> None:
    takster()
    indhold = html(listen(hjemmel="SEL-104"))
    assert ("900,00" in indhold, "2.100,00" in indhold) == (True, False)
    tom = bestil_takstliste(aktoer=fabrik.sagsbehandler(), aar=2031, kkr=fabrik.kkr("KKR Hovedstaden"))
    assert "Ingen takster for 2031" in html(tom)


def test_list_is_tagged_titled_and_danish_and_the_same_for_the_same_takster() -> None:
    takster()
    grundlag = laes_liste(listen())
    ens = [saet(grundlag) for _ in range(2)]
    assert ens[0] == ens[1]
    assert not tjek_pdf(ens[0])
    with pikepdf.open(io.BytesIO(ens[0])) as pdf:
        assert str(pdf.Root.Lang) == "da"
        assert str(pdf.docinfo["/Title"]) == "Takstliste 2027: KKR Hovedstaden"


def maerker(data: bytes, art: str) -> int:
    """How many tags of a kind the PDF has."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return sum(o.get("/S") == art for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/S" in o)


def test_list_set_in_many_pieces_has_the_tags_and_bookmarks_of_one_in_few(monkeypatch: pytest.MonkeyPatch) -> None:
    takster()
    grundlag = laes_liste(listen())
    en = saet(grundlag)
    assert len(del_op(dokument(grundlag)).kapitler) == 2, "the takster, and the terms behind them"
    monkeypatch.setattr(takstliste, "PORTION", 2)
    flere = saet(grundlag)
    assert len(del_op(dokument(grundlag)).kapitler) == 3
    assert not tjek_pdf(flere)
    for art, antal in {"/Table": 3, "/TR": 7, "/TH": 20}.items():
        assert maerker(flere, art) == maerker(en, art) == antal, art
    for data in (en, flere):
        with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as bogmaerker:
            assert [b.title.split(maxsplit=1)[-1] for b in bogmaerker.root][-4:] == [
                "Taksterne", "Gladsaxe Kommune", "Herlev Kommune", "Vilkårene bag",
            ]  # fmt: skip


def test_list_of_an_operator_with_many_takster_goes_on_in_the_next_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    hvor = fabrik.tilbud("Skoven", i="Gladsaxe")
    for nummer in range(5):
        takst(fabrik.afdeling(hvor, navn=f"Hus {nummer}"), f"{2000 + nummer}.00")
    takst(fabrik.afdeling(fabrik.tilbud("Åhuset", i="Herlev")), "3000.00")
    grundlag = laes_liste(listen())
    monkeypatch.setattr(takstliste, "PORTION", 2)
    stykker = del_op(dokument(grundlag)).kapitler
    assert [stykke.html.count('scope="row"') for stykke in stykker] == [2, 2, 2, 1]
    flere = saet(grundlag)
    assert not tjek_pdf(flere)
    assert "<dd>2</dd>" in html(listen()), "an operator that goes on is still one"
    with pikepdf.open(io.BytesIO(flere)) as pdf, pdf.open_outline() as bogmaerker:
        assert [b.title.split(maxsplit=1)[-1] for b in bogmaerker.root][-5:] == [
            "Gladsaxe Kommune", "Gladsaxe Kommune, fortsat", "Gladsaxe Kommune, fortsat", "Herlev Kommune", "Vilkårene bag",
        ]  # fmt: skip


def test_list_that_is_being_made_is_not_ordered_again_and_another_legal_basis_is_another_list() -> None:
    takster()
    aktoer = fabrik.sagsbehandler()
    foerste = listen(aktoer=aktoer)
    assert listen(aktoer=aktoer) == foerste
    assert listen(aktoer=aktoer, hjemmel="SEL-107") != foerste


@pytest.mark.django_db(transaction=True)
def test_list_is_ordered_on_the_page_of_a_kkr_and_opened_when_it_is_made() -> None:
    takster()
    klient = Client()
    klient.force_login(fabrik.bruger(Rolle.LAESER, fabrik.kommune("Herlev").organisation))
    side, bestil = (reverse(f"takster:{navn}", args=[2027]) for navn in ("aarsliste", "bestil_takstliste"))
    assert "Vælg et KKR for at få dets takstliste som PDF" in klient.get(side).content.decode()
    assert "Vælg et KKR, før du bestiller" in klient.post(bestil, {"kkr": ""}, follow=True).content.decode()
    assert not Takstdokument.objects.exists()
    valgt = {"kkr": fabrik.kkr("KKR Hovedstaden").slug, "hjemmel": "SEL-107"}
    svar = klient.post(bestil, valgt, follow=True).content.decode()
    assert "Takstlisten er bestilt." in svar
    assert "I kø" in svar
    del_ = klient.get(side, valgt, headers={"HX-Request": "true"}).content.decode()
    assert ("I kø" in del_, "<h1" in del_) == (True, False)
    liste = Takstdokument.objects.get()
    job.koer(liste.job_id)
    assert reverse("takster:dokument", args=[liste.pk]) in klient.get(side, valgt).content.decode()
    assert klient.get(reverse("takster:dokument", args=[liste.pk])).content[:5] == b"%PDF-"
