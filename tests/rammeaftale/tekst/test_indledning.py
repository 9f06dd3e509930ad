"""The introduction of a version: written by the secretariat, read by all, and lost by nobody."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from rammeaftale.actions import opret_aftale
from rammeaftale.livscyklus import Aendringsart, Aftaletilstand
from rammeaftale.models import Rammeaftale, Version
from rammeaftale.moeder.regler import Organudfald
from rammeaftale.organer.regler import Organart
from rammeaftale.tekst.indledning import laest, ret_indledning
from rammeaftale.tekst.udsendelse import kraev_fuldstaendig
from tests import fabrik
from tests.api import klienter
from tests.rammeaftale.aftaler import anbefal, kladde, send, sendt, tag
from tests.rammeaftale.moeder.situationer import besluttet, organ_i
from tests.rammeaftale.test_sider import sekretariat
from tests.rammeaftale.test_trin import ny, nyeste

pytestmark = pytest.mark.django_db
FJENDTLIG = "**Fælles** <script>alert(1)</script> [her](javascript:alert(1))"


def skriv(aftale: Rammeaftale, tekst: str, **andet: Any) -> Version:
    """Save it on top of what is there."""
    felter = {"aktoer": fabrik.sekretariat(), "udgave": laest(nyeste(aftale)), **andet}
    return ret_indledning(aftale_id=aftale.pk, tekst=tekst, **felter)


def test_introduction_is_written_in_a_draft_and_stands_in_what_is_sent() -> None:
    aftale = kladde()
    assert skriv(aftale, " Vi samarbejder.\r\nAlle er med. ").indledning == "Vi samarbejder.\nAlle er med."
    anbefal(aftale)
    with pytest.raises(Konflikt, match="kun skrives"):
        skriv(aftale, "For sent")
    version = send(aftale)
    with pytest.raises(IntegrityError, match="rettes ikke"), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(indledning="Uden om")


def test_introduction_of_the_next_period_begins_as_the_last_and_is_looked_through_before_it_is_sent() -> None:
    gammel = kladde()
    skriv(gammel, "Vi samarbejder.")
    anbefal(gammel)
    send(gammel)
    naeste = opret_aftale(
        aktoer=fabrik.sekretariat(), titel="Næste", fra=date(2029, 1, 1), til=date(2031, 1, 1), forrige_id=gammel.id
    )
    siden = reverse("rammeaftale:tekst", args=[naeste.slug])
    foer = sekretariat().get(siden).content.decode()
    with pytest.raises(UgyldigtInput) as fejl:
        kraev_fuldstaendig(nyeste(naeste))
    assert "Indledningen er ikke gennemgået." in fejl.value.felter["version"]
    assert skriv(naeste, nyeste(naeste).indledning).indledning == "Vi samarbejder."
    with pytest.raises(UgyldigtInput) as fejl:
        kraev_fuldstaendig(nyeste(naeste))
    assert not any("Indledningen" in en for en in fejl.value.felter["version"]), "only the clauses are left"
    efter = sekretariat().get(siden).content.decode()
    assert foer.count("Skal gennemgås") == efter.count("Skal gennemgås") + 1


def test_second_to_save_is_told_and_nothing_is_stored() -> None:
    aftale = kladde()
    begges = laest(nyeste(aftale))
    skriv(aftale, "Den førstes")
    with pytest.raises(Konflikt) as fejl:
        skriv(aftale, "Den andens", udgave=begges)
    assert (fejl.value.kode, nyeste(aftale).indledning) == ("rettet_af_anden", "Den førstes")
    skriv(aftale, "Begges")
    assert nyeste(aftale).indledning == "Begges"


@pytest.mark.parametrize("tekst", ["CPR 010190-1234", "a" * 20_001])
def test_text_that_cannot_be_saved_is_refused(tekst: str) -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        skriv(kladde(), tekst)
    assert set(fejl.value.felter) == {"tekst"}


def test_only_the_agreements_own_secretariat_writes_it() -> None:
    aftale = kladde()
    for aktoer, fejl in ((fabrik.sagsbehandler(), IngenAdgang), (fabrik.sekretariat("KKR Syddanmark"), IkkeFundet)):
        with pytest.raises(fejl):
            skriv(aftale, "Vores", aktoer=aktoer)


def test_introduction_saved_after_the_accession_voids_it() -> None:
    aftale = kladde()
    tag(aftale, Aftaletilstand.EMBEDSMANDSUDVALG)
    udvalg, kkr = organ_i(aftale, Organart.EMBEDSMANDSUDVALG), organ_i(aftale, Organart.KKR)
    besluttet(aftale, Organudfald.TILTRAADT, af=udvalg)
    skriv(aftale, "Ny indledning")
    with pytest.raises(UgyldigtInput):
        besluttet(aftale, Organudfald.ANBEFALET, af=kkr)
    besluttet(aftale, Organudfald.TILTRAADT, af=udvalg)
    besluttet(aftale, Organudfald.ANBEFALET, af=kkr)


def test_new_introduction_is_a_new_wording_that_is_shown_and_confirmed() -> None:
    aftale = sendt()
    ny(aftale)
    skriv(aftale, "Ny indledning")
    html = sekretariat().get(reverse("rammeaftale:sammenlign", args=[aftale.slug])).content.decode()
    assert "</span>Ny indledning</ins>" in html
    assert "Ingen forskelle" not in html
    anbefal(aftale)
    assert (
        "</span>Ny indledning</ins>"
        in sekretariat().get(reverse("rammeaftale:send", args=[aftale.slug])).content.decode()
    )
    with pytest.raises(UgyldigtInput) as fejl:
        send(aftale, Aendringsart.REDAKTIONEL)
    assert set(fejl.value.felter) == {"kun_sprog"}
    send(aftale, Aendringsart.REDAKTIONEL, kun_sprog=True)


def test_page_keeps_the_writers_text_and_shows_the_others() -> None:
    aftale, client = kladde(), sekretariat()
    siden, retter = (reverse(f"rammeaftale:{rute}", args=[aftale.slug]) for rute in ("tekst", "ret_indledning"))
    assert "Skriv indledningen" in client.get(siden).content.decode()
    assert (
        "Indledningen er gemt." in client.post(retter, {"tekst": FJENDTLIG, "udgave": ""}, follow=True).content.decode()
    )
    for adresse in (siden, reverse("rammeaftale:detalje", args=[aftale.slug])):
        html = client.get(adresse).content.decode()
        assert ("<strong>Fælles</strong>" in html, "<script>alert" in html, 'href="javascript' in html) == (
            True,
            False,
            False,
        )
    svar = client.post(retter, {"tekst": "Min egen", "udgave": ""})
    html = svar.content.decode()
    assert (svar.status_code, ">\nMin egen</textarea>" in html, "Den andens tekst og din" in html) == (422, True, True)
    client.post(retter, {"tekst": "Min egen", "udgave": laest(nyeste(aftale))})
    assert nyeste(aftale).indledning == "Min egen"


def test_rest_gives_the_introduction_of_each_version() -> None:
    aftale = kladde("Rødovre")
    skriv(aftale, "Vi **samarbejder**.")
    (version,) = klienter.myndighed().get(f"/api/v1/rammeaftaler/{aftale.pk}/versioner").json()["resultater"]
    assert version["indledning"] == "Vi **samarbejder**."
