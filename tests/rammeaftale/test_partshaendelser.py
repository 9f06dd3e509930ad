"""What the outbox is told when the parties of an agreement change."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction

from faelles.fejl import Konflikt, UgyldigtInput
from faelles.models import Haendelse
from faelles.tid import Periode
from rammeaftale.actions import opret_allonge, ret_aftale
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


def test_parties_that_change_with_the_period_of_a_draft_are_told() -> None:
    aftale = kladde("Rødovre", "Herlev")
    fra, slut = aftale.aftaleperiode.fra, aftale.aftaleperiode.til
    ret: dict[str, Any] = {"aktoer": fabrik.sekretariat(), "aftale_id": aftale.pk}
    ret_aftale(**ret, titel="Et andet navn", fra=fra, til=slut)
    assert haendelser(aftale) == [], "the parties are as they were"
    medlemskab = fabrik.kommune("Rødovre").kkr_medlemskaber.get()
    medlemskab.periode = Periode(date(2007, 1, 1), date(2028, 1, 1)).som_range
    medlemskab.save()
    fabrik.kommune("Greve")
    gamle = aftale.parter.count()
    with pytest.raises(UgyldigtInput), transaction.atomic():
        ret_aftale(**ret, titel=" ", fra=date(2028, 1, 1), til=date(2030, 1, 1))
    assert haendelser(aftale) == []
    ret_aftale(**ret, titel="Et andet navn", fra=date(2028, 1, 1), til=date(2030, 1, 1))
    assert sorted(haendelser(aftale)) == ["aendret"] * (gamle - 1) + ["fjernet", "tilfoejet"]


def test_party_set_by_hand_is_told_only_when_it_follows_the_period() -> None:
    aftale = kladde("Rødovre", "Herlev")
    slut = aftale.aftaleperiode.til
    ny(aftale, fra=MIDT)
    afslut(aftale, "Ishøj Kommune", date(2028, 6, 30))
    kendte = len(haendelser(aftale))
    ret: dict[str, Any] = {"aktoer": fabrik.sekretariat(), "aftale_id": aftale.pk}
    ret_aftale(**ret, titel=aftale.titel, fra=date(2027, 2, 1), til=slut)
    assert haendelser(aftale)[kendte:] == ["aendret"] * (aftale.parter.count() - 1), "all but Ishøj"
