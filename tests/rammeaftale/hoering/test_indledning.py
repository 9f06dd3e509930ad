"""The introduction is heard with the clauses: as it was when the hearing was sent, on every page and in the note."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from rammeaftale.hoering.actions import bestil_notat
from rammeaftale.hoering.notat import dokument
from rammeaftale.hoering.queries import vis
from rammeaftale.tekst.indledning import laest, ret_indledning
from tests import fabrik
from tests.api import klienter
from tests.rammeaftale.hoering.situationer import noegle, sendt, udkast
from tests.rammeaftale.test_sider import klient

pytestmark = pytest.mark.django_db


def skriv(aftale: Any, tekst: str) -> None:
    """Save the introduction over the one there is."""
    version = aftale.versioner.get()
    ret_indledning(aktoer=fabrik.sekretariat(), aftale_id=aftale.pk, udgave=laest(version), tekst=tekst)


def test_introduction_is_heard_as_it_was_when_the_hearing_was_sent() -> None:
    aftale = udkast("Parterne samarbejder.")
    skriv(aftale, "Vi deles **om det sjældne**.")
    hoering = sendt(aftale)
    skriv(aftale, "Noget helt andet.")
    notat = bestil_notat(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk)
    hoeringens, sekretariatet = reverse("rammeaftale:hoering", args=[hoering.pk]), aftale.kkr.sekretariat
    assert sekretariatet is not None
    for html in (
        Client().get(reverse("hoeringssvar"), {"noegle": noegle()}).content.decode(),
        klient(fabrik.Rolle.SEKRETARIAT, sekretariatet).get(hoeringens).content.decode(),
        dokument(notat, vis(hoering)).html,
    ):
        assert "Vi deles <strong>om det sjældne</strong>." in html
        assert "Noget helt andet" not in html
    rest = klienter.sekretariat().get(f"/api/v1/hoeringer/{hoering.pk}").json()
    assert rest["indledning"] == "Vi deles **om det sjældne**."


def test_draft_without_introduction_shows_none_and_its_part_above_the_clauses() -> None:
    sendt(udkast("Parterne samarbejder.", "Viden deles."))
    html = Client().get(reverse("hoeringssvar"), {"noegle": noegle()}).content.decode()
    assert "indledning" not in html.lower()
    assert html.count("<h3>Udviklingsdel</h3>") == 1
    assert html.index("<h3>Udviklingsdel</h3>") < html.index("2.1 Emne 1") < html.index("2.2 Emne 2")
