"""Who is handed a file of an answer: what the secretariat has not looked through, has closed, or what no longer counts, the parties do not get."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from faelles.fejl import IkkeFundet, IngenAdgang, UgyldigtInput
from rammeaftale.hoering.actions import nyt_link, vurder_fil
from rammeaftale.hoering.actions.svar import Afgivet
from rammeaftale.hoering.breve import send_links
from rammeaftale.hoering.filadgang import synlig_fil
from rammeaftale.hoering.queries import vis
from rammeaftale.hoering.regler import Filadgang, Filudfald, filadgang
from rammeaftale.models import Hoering, Hoeringsfil, Hoeringsfilvurdering
from tests import fabrik
from tests.rammeaftale.hoering.situationer import PDF, besvar, noegle, pdf, sendt
from tests.rammeaftale.hoering.test_sider import part
from tests.rammeaftale.test_sider import sekretariat
from tests.samtidig import aabnet

pytestmark = pytest.mark.django_db
NUMMER = "010190-1234"


def fil(indhold: bytes = PDF) -> Hoeringsfil:
    """The file of an answer that counts."""
    sendt()
    besvar(noegle(), {}, [Afgivet(None, "svar.pdf", indhold)])
    return Hoeringsfil.objects.get()


def kan_hente(client: Client, en: Hoeringsfil) -> bool:
    return client.get(reverse("rammeaftale:hoeringsfil", args=[en.pk])).status_code == 200


def vurder(en: Hoeringsfil, udfald: Filudfald, begrundelse: str = "", **mere: Any) -> Hoeringsfilvurdering:
    return vurder_fil(aktoer=fabrik.sekretariat(), fil_id=en.pk, udfald=udfald, begrundelse=begrundelse, **mere)


def test_file_of_an_answer_that_no_longer_counts_is_the_secretariats_alone() -> None:
    foerste = fil()
    assert kan_hente(part(), foerste)
    nyt_link(aktoer=fabrik.sekretariat(), modtager_id=foerste.bemaerkning.svar.link.modtager_id)
    send_links()
    besvar(noegle(), {}, [Afgivet(None, "nyt.pdf", PDF)])
    assert [kan_hente(client, foerste) for client in (part(), sekretariat())] == [False, True]
    assert kan_hente(part(), Hoeringsfil.objects.get(navn="nyt.pdf"))


def test_file_that_could_not_be_searched_reaches_the_parties_once_it_is_released() -> None:
    en = fil(pdf(""))
    hoering = Hoering.objects.get()
    side = reverse("rammeaftale:hoering", args=[hoering.pk])
    assert [kan_hente(client, en) for client in (part(), sekretariat())] == [False, True]
    assert "Kan hentes, når sekretariatet har set den igennem" in part().get(side).content.decode()
    assert [f.navn for f in vis(hoering).venter] == ["svar.pdf"]
    vurder(en, Filudfald.FRIGIVET)
    assert kan_hente(part(), en)
    assert vis(hoering).venter == []


def test_closed_file_is_handed_to_nobody_and_says_why_and_when() -> None:
    en, client = fil(), sekretariat()
    adresse = reverse("rammeaftale:vurder_hoeringsfil", args=[en.pk])
    svar = client.post(adresse, {"udfald": "lukket", "begrundelse": "Nævner en borger.", **aabnet(client, adresse)})
    assert svar.status_code == 302
    assert [kan_hente(c, en) for c in (part(), client)] == [False, False]
    for hvem in (part(), client):
        side = hvem.get(reverse("rammeaftale:hoering", args=[Hoering.objects.get().pk])).content.decode()
        assert "Lukket: indholdet udleveres ikke (Nævner en borger.)" in side
        assert reverse("rammeaftale:hoeringsfil", args=[en.pk]) + '"' not in side
    vurder(en, Filudfald.FRIGIVET)
    assert kan_hente(part(), en), "closed by mistake"


def test_decision_another_has_made_meanwhile_is_seen_before_it_is_replaced() -> None:
    en, client = fil(), sekretariat()
    adresse = reverse("rammeaftale:vurder_hoeringsfil", args=[en.pk])
    felter = {"udfald": "frigivet", "begrundelse": "", **aabnet(client, adresse)}
    vurder(en, Filudfald.LUKKET, "Nævner en borger.")
    svar = client.post(adresse, felter)
    assert (svar.status_code, "Nævner en borger." in svar.content.decode()) == (422, True)
    assert not kan_hente(part(), en)


@pytest.mark.parametrize("begrundelse", ["", " ", f"Der står {NUMMER}", "a" * 501])
def test_closing_without_a_reason_that_can_be_shown_is_refused(begrundelse: str) -> None:
    en = fil()
    with pytest.raises(UgyldigtInput) as afvist:
        vurder(en, Filudfald.LUKKET, begrundelse)
    assert set(afvist.value.felter) == {"begrundelse"}
    assert kan_hente(part(), en)


def test_only_the_secretariat_that_holds_the_hearing_decides_about_a_file() -> None:
    en = fil()
    with pytest.raises(IngenAdgang):
        vurder_fil(aktoer=fabrik.sagsbehandler(), fil_id=en.pk, udfald=Filudfald.LUKKET, begrundelse="Nej")
    with pytest.raises(IkkeFundet):
        vurder_fil(aktoer=fabrik.sekretariat("KKR Syddanmark"), fil_id=en.pk, udfald=Filudfald.LUKKET, begrundelse="N")
    with pytest.raises(IkkeFundet):
        vurder(en, Filudfald.LUKKET, "Nej", hoering_id=en.pk)
    with pytest.raises(IkkeFundet):
        synlig_fil(fabrik.sekretariat("KKR Syddanmark"), en.pk)


def test_database_keeps_a_reason_for_closing() -> None:
    en = fil()
    sekretariatet = fabrik.sekretariat().organisation_id
    with pytest.raises(IntegrityError, match="hoeringsfilvurdering_lukning_har_begrundelse"), transaction.atomic():
        Hoeringsfilvurdering.objects.create(fil=en, udfald="lukket", registreret_af_id=sekretariatet, identitet="test")


@pytest.mark.parametrize(
    ("udfald", "gennemsoegt", "ventet"),
    [
        (None, True, Filadgang.AABEN),
        (None, False, Filadgang.VENTER),
        (Filudfald.FRIGIVET, False, Filadgang.AABEN),
        (Filudfald.LUKKET, True, Filadgang.LUKKET),
    ],
)
def test_what_was_decided_last_says_who_gets_a_file(
    udfald: Filudfald | None, ventet: Filadgang, *, gennemsoegt: bool
) -> None:
    assert filadgang(udfald, gennemsoegt=gennemsoegt) is ventet
