"""An enquiry that is sent on reaches the operator: a mail to those who answer for all its offers, once, and a mark on their start page."""

from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from freezegun import freeze_time

from faelles.aktoer import Aktoer
from faelles.brevslags import faste
from faelles.tid import nu
from kommuner.models import Rolle
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.forespoergsler.actions import besvar, eskaler_ubesvarede
from reservationer.sag.forespoergsler.eskalering import send_eskaleringer
from reservationer.sag.models import Henvendelse
from reservationer.sag.overgange import Grund, Udfald
from reservationer.sag.tasks import eskaler
from tests import fabrik
from tests.sag.test_sider import leder, tekst

pytestmark = pytest.mark.django_db

LEDEREN = "leder@gladsaxe.dk"


def fristen_gaaet(henvendelse: Henvendelse) -> AbstractContextManager[Any]:
    return freeze_time(henvendelse.svarfrist + timedelta(minutes=1))


def spurgt() -> Henvendelse:
    """An enquiry at one of Gladsaxe's two offers, with a leader of both and one of each alone."""
    hvor = fabrik.tilbud("Kilden")
    fabrik.bruger(Rolle.TILBUDSLEDER, hvor.driftsherre, email=LEDEREN)
    for et in (hvor, fabrik.tilbud("Bakken")):
        fabrik.tilbudsleder_for(et)
    return fabrik.henvendelse(hvor)


def breve_til() -> list[str]:
    return sorted(til for brev in mail.outbox for til in brev.to)


def besvares(hvem: Aktoer, henvendelse: Henvendelse, udfald: Udfald, grund: Grund | None = None) -> None:
    besvar(aktoer=hvem, henvendelse_id=henvendelse.pk, udfald=udfald, indhold=Indhold(grund))


def test_enquiry_the_clock_sends_on_is_mailed_once_to_the_leaders_of_the_operator_alone() -> None:
    henvendelse = spurgt()
    eskaler()
    assert not mail.outbox, "there is still time"
    with fristen_gaaet(henvendelse):
        eskaler()
        eskaler()
    assert breve_til() == [LEDEREN], "not to the people of the single offer, who did not answer, nor to the buyer"
    (brev,) = mail.outbox
    assert brev.subject == "En forespørgsel er ikke besvaret i tide og er sendt videre til jer"
    assert f"Kilden, reference {henvendelse.forespoergsel.reference}" in brev.body
    assert "sæt 1 i Testaftale" in brev.body, "where the deadline is said"
    assert henvendelse.forespoergsel.sagsreference not in brev.body


def test_enquiry_the_buyer_sends_on_is_mailed_too_and_several_in_one_mail() -> None:
    foerste = spurgt()
    anden = fabrik.henvendelse(foerste.tilbud)
    with fristen_gaaet(anden):
        besvares(fabrik.sagsbehandler(), foerste, Udfald.ESKALER)
        eskaler_ubesvarede()
        assert (send_eskaleringer(), send_eskaleringer()) == (1, 0)
    assert mail.outbox[0].subject.startswith("2 forespørgsler ")


def test_one_answered_before_the_mail_is_sent_is_not_told_of() -> None:
    henvendelse = spurgt()
    with fristen_gaaet(henvendelse):
        eskaler_ubesvarede()
        besvares(fabrik.tilbudsleder(), henvendelse, Udfald.AFVIS, Grund.KOMPETENCE)
        assert send_eskaleringer() == 0


def test_mail_of_a_run_that_was_cut_off_is_sent_by_a_later_one(monkeypatch: pytest.MonkeyPatch) -> None:
    henvendelse = spurgt()
    with fristen_gaaet(henvendelse):
        eskaler_ubesvarede()
        monkeypatch.setattr("reservationer.sag.forespoergsler.eskalering._brev", lambda *_: 0)
        assert send_eskaleringer() == 0
        monkeypatch.undo()
        assert send_eskaleringer() == 0, "still in the first run's hands"
        om_lidt = nu() + timedelta(minutes=11)
    with freeze_time(om_lidt):
        assert send_eskaleringer() == 1


def test_start_page_of_the_operator_marks_what_was_sent_on() -> None:
    henvendelse = fabrik.henvendelse()
    mark = "Fristen er gået: sendt videre til driftsherren"
    with fristen_gaaet(henvendelse):
        client = leder()
        assert mark not in tekst(client.get("/"))
        eskaler_ubesvarede()
        assert mark in tekst(client.get("/"))


def test_mail_is_named_as_one_that_always_comes_to_those_it_comes_to() -> None:
    (brevet,) = [et for et in faste() if "sendt videre til jer" in et.navn]
    assert brevet.er_for(fabrik.tilbudsleder())
    assert not brevet.er_for(fabrik.tilbudsleder_for(fabrik.tilbud()))
    assert not brevet.er_for(fabrik.sagsbehandler())
