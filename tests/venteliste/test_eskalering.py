"""Who has waited too long is noted once, and the municipality is told."""

from datetime import timedelta

import pytest
from django.core import mail
from freezegun import freeze_time

from faelles.models import Haendelse
from faelles.tid import nu
from kommuner.models import Rolle
from reservationer.venteliste.actions import afmeld
from reservationer.venteliste.begreber import Afslutning
from reservationer.venteliste.eskalering import eskaler
from tests import fabrik
from tests.venteliste.situationer import laes, med_venteliste, venter

pytestmark = pytest.mark.django_db


def test_one_who_has_waited_the_days_of_the_term_is_told_of_once_to_the_municipality_alone() -> None:
    liste = med_venteliste()
    for_laenge, endnu_ikke = venter(liste, dage=30), venter(liste, "Herlev", dage=29)
    fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation, email="sag@roedovre.dk")
    assert (eskaler(), eskaler()) == (1, 0)
    assert laes(for_laenge).brev_sendt
    assert laes(endnu_ikke).eskaleret is None
    breve = [brev for brev in mail.outbox if brev.to == ["sag@roedovre.dk"]]
    assert len(breve) == 1
    assert "30 dage" in breve[0].body
    assert "opfylder ikke kommunens pligt" in breve[0].body
    assert "RK-2026-1" not in breve[0].body, "the municipality's own reference stays on the platform"
    modtagere = {til for brev in mail.outbox for til in brev.to}
    assert not modtagere & set(
        fabrik.kommune("Gladsaxe").organisation.tilknytninger.values_list("bruger__email", flat=True)
    )
    assert Haendelse.objects.filter(type="ventelistepost.eskaleret").count() == 1


def test_one_who_no_longer_waits_is_not_told_of() -> None:
    post = venter(med_venteliste(), dage=31)
    afmeld(aktoer=fabrik.sagsbehandler(), post_id=post.pk, grund=Afslutning.ANDET_TILBUD)
    assert eskaler() == 0
    assert not mail.outbox


def test_mail_of_a_run_that_was_cut_off_is_sent_by_a_later_one(monkeypatch: pytest.MonkeyPatch) -> None:
    post = venter(med_venteliste(), dage=31)
    monkeypatch.setattr("reservationer.venteliste.eskalering._brev", lambda *_: 0)
    eskaler()
    assert laes(post).brev_sendt is None
    monkeypatch.undo()
    eskaler()
    assert not mail.outbox, "still in the first run's hands"
    with freeze_time(nu() + timedelta(minutes=11)):
        eskaler()
    assert laes(post).brev_sendt
    assert mail.outbox
