"""What differs between two texts that are not versions of one agreement: an allonge and what it amends, and two periods."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from faelles.fejl import IkkeFundet
from rammeaftale.actions import opret_aftale, opret_allonge
from rammeaftale.models import Delart, Klausul, Rammeaftale, Version
from rammeaftale.tekst.actions import Klausulindhold, opret_klausul, ret_klausul
from rammeaftale.tekst.dele import opret_del
from rammeaftale.tekst.queries import klausuler
from rammeaftale.tekst.sammenligning import sammenlign
from tests import fabrik
from tests.rammeaftale.aftaler import anbefal, godkend, kladde, klausul, saet, send
from tests.rammeaftale.test_sider import klient, sekretariat
from tests.rammeaftale.test_trin import ny, nyeste
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db
FRIST, SVARFRIST = Noegle.INDSIGELSE_FRIST, Noegle.FORESPOERGSEL_SVARFRIST


@pytest.fixture
def aftale() -> Rammeaftale:
    """An adopted agreement: one clause that sets every term, and one that sets none."""
    aftale = kladde("Rødovre")
    klausul(aftale, "4", "Bliver som den er")
    anbefal(aftale)
    send(aftale)
    godkend(aftale)
    return aftale


def allonge_til(aftale: Rammeaftale, titel: str = "Allonge") -> Rammeaftale:
    return opret_allonge(aktoer=fabrik.sekretariat(), aftale_id=aftale.id, titel=titel, fra=date(2027, 7, 1))


def aendr(allonge: Rammeaftale, aendret: Klausul, tekst: str) -> Any:
    """A clause of the allonge that amends one of the agreement."""
    del_ = allonge.dele.first() or opret_del(
        aktoer=fabrik.sekretariat(), aftale_id=allonge.id, art=Delart.STYRINGSDEL, titel="Styringsdel"
    )
    return opret_klausul(
        aktoer=fabrik.sekretariat(),
        aftale_id=allonge.id,
        del_id=del_.id,
        indhold=Klausulindhold("3.1", "Takster og frister", tekst),
        aendrer=aendret.pk,
    )


def naeste_efter(aftale: Rammeaftale) -> Rammeaftale:
    return opret_aftale(
        aktoer=fabrik.sekretariat(), titel="Næste", fra=date(2029, 1, 1), til=date(2031, 1, 1), forrige_id=aftale.id
    )


def side(laeser: Any, aftale: Rammeaftale, **valgt: str) -> Any:
    return laeser.get(reverse("rammeaftale:sammenlign", args=[aftale.slug]), valgt)


def vist(svar: Any) -> list[tuple[str, str, list[tuple[str, str | None, str | None]]]]:
    """Name, what happened, and the terms that differ."""
    return [(f.navn, f.art, [(v.noegle, v.foer, v.efter) for v in f.vilkaar]) for f in svar.context["forskelle"]]


def test_allonge_is_held_against_the_clauses_it_amends_and_what_it_does_not_mention_stands(aftale: Rammeaftale) -> None:
    allonge = allonge_til(aftale)
    aendret = aendr(allonge, klausuler(nyeste(aftale))[0].udgave.klausul, "Parterne følger de nye vilkår.")
    saet(allonge, aendret, {FRIST: "60"})
    saet(allonge, klausul(allonge, "9", "Svar gives hurtigere."), {SVARFRIST: "7"})
    svar = side(sekretariat(), allonge)
    assert vist(svar) == [
        ("3.1 Takster og frister", "Ændret", [("indsigelse_frist", "30", "60")]),
        ("9 Takster og frister", "Ny", [("forespoergsel_svarfrist", "10", "7")]),
    ]
    stykker = [(str(s.art), s.tekst) for s in svar.context["forskelle"][0].tekst]
    assert ("fjernet", "vilkårene.") in stykker
    assert "Det, allongen ikke nævner, står ved magt." in svar.content.decode()


def vedtag(allonge: Rammeaftale) -> None:
    """All the way."""
    anbefal(allonge)
    send(allonge)
    godkend(allonge)


def test_second_allonge_is_held_against_the_agreement_as_the_first_has_made_it(aftale: Rammeaftale) -> None:
    foerste, anden = allonge_til(aftale, "Allonge 1"), allonge_til(aftale, "Allonge 2")
    gammel = klausuler(nyeste(aftale))[0].udgave.klausul
    saet(foerste, aendr(foerste, gammel, "Parterne følger de nye vilkår."), {FRIST: "60"})
    saet(foerste, klausul(foerste, "9", "Svar gives hurtigere."), {SVARFRIST: "7"})
    saet(anden, aendr(anden, gammel, "Parterne følger de nye vilkår straks."), {FRIST: "90", SVARFRIST: "7"})
    uaendret = sammenlign(nyeste(aftale), nyeste(anden))
    assert [(v.noegle, v.foer, v.efter) for v in uaendret[0].vilkaar] == [(SVARFRIST, "10", "7"), (FRIST, "30", "90")]
    vedtag(foerste)
    svar = side(sekretariat(), anden)
    assert vist(svar) == [("3.1 Takster og frister", "Ændret", [("indsigelse_frist", "60", "90")])]
    stykker = [(str(s.art), s.tekst) for s in svar.context["forskelle"][0].tekst]
    assert [tekst for art, tekst in stykker if art != "ens"] == ["vilkår.", "vilkår straks."]
    assert "Aftalen er vist, som den er ændret af Allonge 1." in svar.content.decode()
    vedtag(anden)
    assert [f.navn for f in sammenlign(nyeste(aftale), nyeste(foerste))] == [
        "3.1 Takster og frister", "9 Takster og frister",
    ], "what the first changed is as it was before it"  # fmt: skip
    assert vist(side(sekretariat(), anden)) == vist(svar)


def test_allonge_amends_a_clause_an_earlier_one_added_and_no_other(aftale: Rammeaftale) -> None:
    foerste, ikke_vedtaget, anden = (allonge_til(aftale) for _ in range(3))
    tilfoejet = klausul(foerste, "9", "Svar gives hurtigere.").klausul
    fremmed = klausul(ikke_vedtaget, "8", "Måske.").klausul
    vedtag(foerste)
    for kan_ikke in (fremmed, klausul(anden, "10").klausul):
        with pytest.raises(IkkeFundet):
            aendr(anden, kan_ikke, "Svar gives straks.")
    html = sekretariat().get(reverse("rammeaftale:ny_klausul", args=[anden.slug, anden.dele.get().id])).content.decode()
    assert f'<option value="{tilfoejet.pk}">9 Takster og frister</option>' in html
    assert str(fremmed.pk) not in html
    aendr(anden, tilfoejet, "Svar gives straks.")
    forskelle = {f.navn: f.art for f in sammenlign(nyeste(aftale), nyeste(anden))}
    assert forskelle == {"9 Takster og frister": "Ændret", "10 Takster og frister": "Ny"}


def test_clause_of_an_allonge_that_says_what_the_agreement_says_is_no_difference(aftale: Rammeaftale) -> None:
    allonge = allonge_til(aftale)
    gammel = klausuler(nyeste(aftale))[0]
    aendr(allonge, gammel.udgave.klausul, gammel.udgave.tekst)
    assert sammenlign(nyeste(aftale), nyeste(allonge)) == []


def test_two_versions_of_an_allonge_are_held_against_each_other_as_of_any_agreement(aftale: Rammeaftale) -> None:
    allonge = allonge_til(aftale)
    udgave = klausul(allonge, "9", "Først")
    anbefal(allonge)
    send(allonge)
    ny(allonge)
    ret_klausul(
        aktoer=fabrik.sekretariat(),
        aftale_id=allonge.id,
        klausul_id=udgave.klausul_id,
        laest=2,
        indhold=Klausulindhold("9", "Takster og frister", "Siden"),
    )
    svar = side(sekretariat(), allonge)
    assert (svar.context["foer"].nummer, svar.context["efter"].nummer) == (1, 2)
    assert [(navn, art) for navn, art, _ in vist(svar)] == [("9 Takster og frister", "Ændret")]
    mod_aftalen = side(sekretariat(), allonge, foer=f"{aftale.slug}:1", efter="1")
    assert [(navn, art) for navn, art, _ in vist(mod_aftalen)] == [("9 Takster og frister", "Ny")]


def test_next_period_is_held_against_any_version_of_the_one_it_was_begun_from(aftale: Rammeaftale) -> None:
    naeste = naeste_efter(aftale)
    tre, *_ = klausuler(nyeste(naeste))
    saet(naeste, tre.udgave, {**fabrik.VAERDIER, FRIST: "45"})
    klausul(naeste, "6", "Er ny")
    svar = side(sekretariat(), naeste)
    assert svar.context["foer"].aftale == aftale
    assert vist(svar) == [
        ("3.1 Takster og frister", "Ændret", [("indsigelse_frist", "30", "45")]),
        ("6 Takster og frister", "Ny", []),
    ]
    assert list(svar.context["mulige"]) == ["1", f"{aftale.slug}:1"]
    html = svar.content.decode()
    assert f'<option value="{aftale.slug}:1" selected>{aftale.titel}, version 1</option>' in html


def test_second_version_is_held_against_the_first_unless_another_is_chosen(aftale: Rammeaftale) -> None:
    naeste = naeste_efter(aftale)
    Version.objects.create(aftale=naeste, nummer=2)
    svar = side(sekretariat(), naeste)
    assert (svar.context["foer"].aftale, svar.context["foer"].nummer) == (naeste, 1)
    assert side(sekretariat(), naeste, foer=f"{aftale.slug}:1").context["foer"].aftale == aftale


@pytest.mark.parametrize("valgt", ["2", "findes-ikke:1", "x", "rammeaftale-2031:1"])
def test_version_that_is_not_offered_is_not_found(aftale: Rammeaftale, valgt: str) -> None:
    anden = kladde("Rødovre", fra=date(2031, 1, 1), til=date(2033, 1, 1))
    assert anden.slug == "rammeaftale-2031", "another of the same KKR's, but neither amended nor begun from"
    assert side(sekretariat(), aftale, foer=valgt).status_code == 404


def test_party_that_was_no_party_before_does_not_see_the_previous_text(aftale: Rammeaftale) -> None:
    fabrik.kommune("Herlev")
    naeste = naeste_efter(aftale)
    laeser = klient(fabrik.Rolle.LAESER, fabrik.kommune("Herlev").organisation)
    svar = side(laeser, naeste)
    assert (svar.context["foer"], list(svar.context["mulige"])) == (None, ["1"])
    assert side(laeser, naeste, foer=f"{aftale.slug}:1").status_code == 404
    assert (
        side(klient(fabrik.Rolle.LAESER, fabrik.kommune("Rødovre").organisation), naeste).context["foer"].aftale
        == aftale
    )
