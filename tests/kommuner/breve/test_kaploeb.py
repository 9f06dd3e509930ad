"""Runs at once: each person has one mail, whoever takes it on."""

import pytest
from django.core import mail

from faelles.brevslags import Maade
from kommuner.breve.actions import send_morgenbreve, vaelg
from kommuner.models import Morgenbrev, Rolle
from tests import fabrik
from tests.kaploeb import loeb, nogle_overlappede

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.kaploeb]


def test_of_runs_at_once_one_sends_each_mail() -> None:
    gladsaxe = fabrik.kommune("Gladsaxe").organisation
    for _ in range(3):
        vaelg(bruger=fabrik.bruger(Rolle.TILBUDSLEDER, gladsaxe), valg={"forespoergsler": Maade.DAGLIGT})
    fabrik.henvendelse(fabrik.tilbud("Kilden"))

    def forsoeg(_nummer: int) -> None:
        send_morgenbreve()

    resultater = loeb(forsoeg)
    assert nogle_overlappede(resultater)
    assert [et.fejl for et in resultater if et.fejl] == []
    assert len({til for brev in mail.outbox for til in brev.to}) == len(mail.outbox) == 3
    taget = Morgenbrev.objects.filter(afsluttet__isnull=False).values_list("bruger", flat=True)
    assert len(set(taget)) == len(taget) == 4, "the case worker, for whom nothing waits, is looked after once too"
