"""A new period begins from what the last one had become: the agreement with its allonger, also across a merger of KKRs."""

import contextlib
from datetime import date
from typing import Any

import pytest

from faelles.fejl import IkkeFundet, UgyldigtInput
from kommuner.models import KkrMedlemskab
from rammeaftale.actions import opret_aftale, opret_allonge
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import Delart, Klausul, Klausuludgave, Rammeaftale
from rammeaftale.tekst.actions import Klausulindhold, opret_klausul, ret_klausul
from rammeaftale.tekst.dele import opret_del
from rammeaftale.tekst.queries import dokument, klausuler
from tests import fabrik
from tests.rammeaftale.aftaler import anbefal, godkend, kladde, klausul, saet, send
from tests.rammeaftale.test_dagen_efter_sammenlaegningen import sammenlaeg
from tests.rammeaftale.test_trin import nyeste
from vilkaar.noegler import NOEGLER, Noegle
from vilkaar.queries import gaeldende

pytestmark = pytest.mark.django_db
FRIST, SVARFRIST = Noegle.INDSIGELSE_FRIST, Noegle.FORESPOERGSEL_SVARFRIST


def vedtag(aftale: Rammeaftale) -> Rammeaftale:
    anbefal(aftale)
    send(aftale)
    godkend(aftale)
    return aftale


@pytest.fixture
def aftale() -> Rammeaftale:
    """An adopted agreement of one clause that sets every term."""
    return vedtag(kladde("Rødovre"))


def allonge(aftale: Rammeaftale, fra: date) -> Rammeaftale:
    return opret_allonge(aktoer=fabrik.sekretariat(), aftale_id=aftale.id, titel=f"Allonge {fra}", fra=fra)


def aendr(allonge: Rammeaftale, aendret: Klausul, tekst: str, nummer: str = "3.1") -> Klausuludgave:
    """A clause of the allonge that amends one of the agreement."""
    af: Any = {"aktoer": fabrik.sekretariat(), "aftale_id": allonge.id}
    del_ = allonge.dele.filter(art=Delart.HOVEDDOKUMENT).first() or opret_del(
        art=Delart.HOVEDDOKUMENT, titel="Ændringer", **af
    )
    indhold = Klausulindhold(nummer, "Takster og frister", tekst)
    return opret_klausul(del_id=del_.id, indhold=indhold, aendrer=aendret.pk, **af)


def naeste(aftale: Rammeaftale, kkr: str = "KKR Hovedstaden") -> Rammeaftale:
    return opret_aftale(
        aktoer=fabrik.sekretariat(kkr),
        titel="Næste",
        fra=date(2029, 1, 1),
        til=date(2031, 1, 1),
        forrige_id=aftale.id,
    )


def test_next_period_begins_from_the_agreement_as_its_adopted_allonger_have_made_it(aftale: Rammeaftale) -> None:
    gammel, _ = klausuler(nyeste(aftale))
    sen, tidlig, uvedtaget = (allonge(aftale, date(2028, maaned, 1)) for maaned in (7, 1, 9))
    saet(sen, aendr(sen, gammel.udgave.klausul, "Parterne følger de nyeste vilkår."), {FRIST: "60"})
    aendr(tidlig, gammel.udgave.klausul, "Parterne følger de nye vilkår.")
    saet(tidlig, klausul(tidlig, "9", "Svar gives hurtigere."), {FRIST: "45", SVARFRIST: "7"})
    saet(uvedtaget, klausul(uvedtaget, "10"), {FRIST: "90"})
    for en in (sen, tidlig):
        vedtag(en)
    ny = naeste(aftale)
    tekster = klausuler(nyeste(ny))
    assert [(t.udgave.nummer, t.udgave.tekst, t.udgave.gennemgaa) for t in tekster] == [
        ("3.1", "Parterne følger de nye vilkår.", True), ("9", "Svar gives hurtigere.", True), ("U", "Parterne følger behovet.", True),
    ]  # fmt: skip
    assert tekster[0].vilkaar == {**fabrik.VAERDIER, FRIST: "45", SVARFRIST: "7"}, "a term is changed where it stands"
    i_kraft = gaeldende(fabrik.kkr().pk, date(2028, 12, 31))
    assert {n: NOEGLER[Noegle(n)].laes(v) for n, v in tekster[0].vilkaar.items()} == dict(i_kraft.vaerdier)
    assert tekster[1].vilkaar == {}
    assert tekster[0].udgave.klausul.forgaenger_id == gammel.id
    assert [del_.dokumentdel.titel for del_ in dokument(nyeste(ny))] == ["Styringsdel", "Udviklingsdel"], (
        "no part for amendments alone"
    )


def test_clause_keeps_its_number_whatever_the_allonge_that_amends_it_calls_it(aftale: Rammeaftale) -> None:
    gammel, _ = klausuler(nyeste(aftale))
    foerste, anden = (allonge(aftale, date(2028, maaned, 1)) for maaned in (1, 7))
    aendr(foerste, gammel.udgave.klausul, "Parterne følger de nye vilkår.", nummer="1")
    vedtag(foerste)
    aendr(anden, gammel.udgave.klausul, "Parterne følger de nyeste vilkår.", nummer="2")
    klausul(anden, "1", "Et nummer, ingen klausul i aftalen har.")
    vedtag(anden)
    tekster = klausuler(nyeste(naeste(aftale)))
    assert [(t.nummer, t.udgave.nummer, t.udgave.tekst) for t in tekster] == [
        ("1", "1", "Et nummer, ingen klausul i aftalen har."), ("3.1", "3.1", "Parterne følger de nyeste vilkår."), ("U", "U", "Parterne følger behovet."),
    ]  # fmt: skip


def test_allonge_adds_no_clause_by_a_number_the_agreement_uses(aftale: Rammeaftale) -> None:
    foerste, anden = (allonge(aftale, date(2028, maaned, 1)) for maaned in (1, 7))
    with pytest.raises(UgyldigtInput) as fejl:
        klausul(foerste, "3.1")
    assert fejl.value.felter["nummer"][0].startswith("I aftalen bruges nummeret af 3.1 Takster og frister.")
    for en in (foerste, anden):
        klausul(en, "9")
        anbefal(en)
    send(foerste)
    godkend(foerste)
    with pytest.raises(UgyldigtInput) as fejl:
        send(anden)
    (besked,) = fejl.value.felter["version"]
    assert besked == "Nummeret 9 bruges af både 9 Takster og frister og 9 Takster og frister."


def test_allonge_amends_a_clause_once(aftale: Rammeaftale) -> None:
    gammel, _ = klausuler(nyeste(aftale))
    to_gange = allonge(aftale, date(2028, 1, 1))
    aendr(to_gange, gammel.udgave.klausul, "Sådan.", nummer="1")
    aendr(to_gange, gammel.udgave.klausul, "Eller sådan.", nummer="2")
    anbefal(to_gange)
    with pytest.raises(UgyldigtInput) as fejl:
        send(to_gange)
    assert fejl.value.felter["version"] == ["1 Takster og frister og 2 Takster og frister ændrer den samme klausul."]


def test_new_agreement_with_two_clauses_of_one_number_is_not_sent(aftale: Rammeaftale) -> None:
    til_sammen = [allonge(aftale, date(2028, maaned, 1)) for maaned in (1, 7)]
    for en in til_sammen:
        klausul(en, "9")
        anbefal(en)
        send(en)
    for en in til_sammen:
        godkend(en)
    ny = naeste(aftale)
    for tekst in klausuler(nyeste(ny)):
        indhold = Klausulindhold(tekst.nummer if tekst.nummer in {"3.1", "U"} else "9", "Set", tekst.udgave.tekst)
        with contextlib.suppress(UgyldigtInput):  # one is refused until the other has got another number
            ret_klausul(aktoer=fabrik.sekretariat(), aftale_id=ny.id, klausul_id=tekst.id, laest=1, indhold=indhold)
    anbefal(ny)
    with pytest.raises(UgyldigtInput) as fejl:
        send(ny)
    assert "Nummeret 9 bruges af både 9 Takster og frister og 9 Takster og frister." in fejl.value.felter["version"]


def test_annex_only_an_allonge_has_comes_along(aftale: Rammeaftale) -> None:
    med_eget_bilag = allonge(aftale, date(2028, 1, 1))
    af: Any = {"aktoer": fabrik.sekretariat(), "aftale_id": med_eget_bilag.id}
    bilag = opret_del(art=Delart.BILAG, titel="Bilag 1: Økonomi", **af)
    opret_klausul(del_id=bilag.id, indhold=Klausulindhold("B1", "Økonomi", "Nyt bilag."), **af)
    vedtag(med_eget_bilag)
    dele = dokument(nyeste(naeste(aftale)))
    assert [(d.dokumentdel.titel, d.dokumentdel.nummer, len(d.klausuler)) for d in dele] == [
        ("Styringsdel", 1, 1), ("Udviklingsdel", 2, 1), ("Bilag 1: Økonomi", 3, 1),
    ]  # fmt: skip


def test_agreement_that_was_never_sent_has_no_text_to_begin_from() -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        naeste(kladde("Rødovre"))
    assert "ingen tekst at begynde fra" in fejl.value.felter["forrige"][0]
    assert Rammeaftale.objects.count() == 1


def test_merged_kkr_begins_from_an_adopted_agreement_of_one_it_was_made_of_and_of_no_other(aftale: Rammeaftale) -> None:
    under_vejs = kladde("Rødovre", fra=date(2031, 1, 1), til=date(2033, 1, 1))
    anbefal(under_vejs)
    send(under_vejs)
    fremmed = fabrik.aftale(slug="syd", parter=("Odense",), i="KKR Syddanmark", tilstand=Aftaletilstand.VEDTAGET)
    ny_kkr = sammenlaeg(ens=True)
    KkrMedlemskab.objects.filter(kommune__organisation__navn="Odense Kommune", kkr=ny_kkr).delete()
    for anden in (under_vejs, fremmed):
        with pytest.raises(IkkeFundet):
            naeste(anden, ny_kkr.navn)
    ny = naeste(aftale, ny_kkr.navn)
    assert (ny.kkr, ny.forrige) == (ny_kkr, aftale)
    assert [t.udgave.tekst for t in klausuler(nyeste(ny))] == ["Parterne følger vilkårene.", "Parterne følger behovet."]
    with pytest.raises(IkkeFundet):
        naeste(ny)
