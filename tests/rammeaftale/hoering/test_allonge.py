"""The hearing of an allonge shows, beside its own wording, what it amends and repeals: as that was when the hearing was sent."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from rammeaftale.hoering.actions import bestil_notat
from rammeaftale.hoering.notat import dokument
from rammeaftale.hoering.queries import vis
from rammeaftale.models import Rammeaftale
from tests import fabrik
from tests.rammeaftale.aftaler import klausul, saet
from tests.rammeaftale.hoering.situationer import besvar, klausuler, noegle, sendt
from tests.rammeaftale.tekst.test_ophaevelse import FRIST, aendr, aftale, allonge, ophaev, vedtag
from tests.rammeaftale.test_sider import sekretariat

__all__ = ["aftale"]  # the fixture
pytestmark = pytest.mark.django_db


def test_recipient_page_and_note_show_what_an_allonge_amends_and_repeals(aftale: Rammeaftale, client: Client) -> None:
    hoert = allonge(aftale)
    aendr(hoert, aftale, "4")
    ophaev(hoert, aftale, "5")
    hoering = sendt(hoert)
    vaerdier = {
        "Nu gælder: 4 Takster og frister",
        "Intet fastsættes her.",
        "Nu gælder: 5 Takster og frister",
        "Indsigelser.",
        "Ophæves",
    }
    side = client.get(reverse("hoeringssvar"), {"noegle": noegle()}).content.decode()
    assert {vaerdi for vaerdi in vaerdier if vaerdi not in side} == set()

    imens = allonge(aftale, date(2027, 7, 1))
    saet(imens, aendr(imens, aftale, "5"), {FRIST: "60"})
    vedtag(imens)
    assert (
        "Skrevet om."
        not in client.get(reverse("hoeringssvar"), {"noegle": noegle()}).content.decode().split("Nu gælder: 5")[1]
    )

    besvar(noegle(), dict.fromkeys(klausuler(hoering), "Nej."))
    notat = bestil_notat(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk)
    html = dokument(notat, vis(hoering)).html
    assert "Det gjaldt, da høringen blev sendt: 5 Takster og frister" in html
    assert "Klausulen i høringen: ophæves" in html
    assert "Indsigelser." in html
    siden = sekretariat().get(reverse("rammeaftale:hoering", args=[hoering.pk])).content.decode()
    assert "Da gjaldt: 5 Takster og frister" in siden


def test_clause_an_agreement_or_an_allonge_adds_takes_the_place_of_none(aftale: Rammeaftale, client: Client) -> None:
    hoert = allonge(aftale)
    klausul(hoert, "6", "Noget nyt.")
    sendt(hoert)
    side = client.get(reverse("hoeringssvar"), {"noegle": noegle()}).content.decode()
    assert "Noget nyt." in side
    assert "Nu gælder" not in side
