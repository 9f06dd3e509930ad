"""What the outbox is told when the parties of an agreement change."""

from datetime import date

import pytest
from django.db import transaction

from faelles.fejl import Konflikt
from faelles.models import Haendelse
from rammeaftale.actions import opret_allonge
from rammeaftale.models import Rammeaftale
from tests import fabrik
from tests.rammeaftale.aftaler import kladde
from tests.rammeaftale.test_parter import MIDT, afslut, fjern, ny, region, vedtaget

pytestmark = pytest.mark.django_db


def haendelser(aftale: Rammeaftale) -> list[str]:
    """What was told of the agreement's parties, in the order it was done."""
    alle = Haendelse.objects.filter(type__startswith="part.", entitet="rammeaftale", entitet_id=str(aftale.pk))
    return [type_.removeprefix("part.") for type_ in alle.order_by("tidspunkt", "id").values_list("type", flat=True)]


def test_every_change_of_a_party_is_told_and_a_refused_one_is_not() -> None:
    aftale = kladde("Rødovre", "Herlev")
    assert haendelser(aftale) == []
    ny(aftale, fra=MIDT)
    assert haendelser(aftale) == ["tilfoejet"]
    afslut(aftale, "Herlev Kommune", date(2027, 12, 31))
    assert haendelser(aftale) == ["tilfoejet", "afsluttet"]
    afslut(aftale, "Region Hovedstaden", date(2027, 6, 30), region())
    assert haendelser(aftale) == ["tilfoejet", "afsluttet", "efterfulgt", "tilfoejet"]
    fjern(aftale, "Ishøj Kommune")
    assert haendelser(aftale)[4:] == ["fjernet"]
    with pytest.raises(Konflikt), transaction.atomic():
        ny(aftale, "Rødovre")
    assert len(haendelser(aftale)) == 5


def test_change_of_a_party_is_told_of_each_allonge_it_changes() -> None:
    aftale = vedtaget("Rødovre", "Herlev")
    allonge = opret_allonge(aktoer=fabrik.sekretariat(), aftale_id=aftale.pk, titel="Allonge", fra=MIDT)
    ny(aftale, fra=MIDT)
    assert (haendelser(aftale), haendelser(allonge)) == (["tilfoejet"], ["tilfoejet"])
    afslut(aftale, "Herlev Kommune", date(2027, 6, 30))
    assert (haendelser(aftale)[1:], haendelser(allonge)[1:]) == (["afsluttet"], ["fjernet"])
