"""The agreement's development part shows what the municipalities have lacked, as far as anybody may know it."""

import re

import pytest
from django.test import Client

from faelles.tid import idag
from kommuner.models import Rolle
from rammeaftale.models import Delart, Dokumentdel, Rammeaftale
from reservationer.soegning.behov.optaelling import kvartal_navn, kvartaler_foer
from tests import fabrik
from tests.rammeaftale.aftaler import med_udvikling
from vilkaar.models import Vilkaarssaet
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db


@pytest.fixture
def aftale() -> Rammeaftale:
    """An agreement of three municipalities with a styringsdel and a development part."""
    ny = fabrik.aftale(parter=("Rødovre", "Gladsaxe", "Herlev"))
    Dokumentdel.objects.create(aftale=ny, nummer=1, art=Delart.STYRINGSDEL, titel="Styringsdel")
    med_udvikling(ny)
    return ny


def side(aftale: Rammeaftale) -> str:
    """The words of the text's page, as a reader of one of the parties meets them."""
    client = Client()
    client.force_login(fabrik.bruger(Rolle.LAESER, fabrik.kommune("Rødovre").organisation))
    html = client.get(f"/rammeaftaler/{aftale.slug}/tekst/").content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_development_part_counts_needs_by_target_group_and_hides_the_few(aftale: Rammeaftale) -> None:
    kvartal = kvartaler_foer(idag(), 3)[0]
    fabrik.loggede_behov(9, fra=kvartal.fra)
    fabrik.loggede_behov(3, fra=kvartal.fra, navn="Herlev", term="Psykisk sygdom")
    tekst = side(aftale)
    styring, udvikling = tekst.split("Udviklingsdel", 1)
    assert "Udækkede behov" not in styring
    assert kvartal_navn(kvartal) in udvikling
    assert "Flest, 9, er for Autismespektrum" not in udvikling, "beside three others it would tell the three"
    assert "Øvrige målgrupper" in udvikling
    assert "skjult" in udvikling
    assert "Psykisk sygdom" not in udvikling


def test_development_part_draws_the_groups_that_may_be_shown(aftale: Rammeaftale) -> None:
    fabrik.loggede_behov(9, fra=kvartaler_foer(idag(), 3)[0].fra)
    assert "Flest, 9, er for Autismespektrum" in side(aftale)


def test_development_part_says_so_when_nothing_may_be_shown_and_stands_without_terms(aftale: Rammeaftale) -> None:
    assert "at tallene kan vises" in side(aftale)
    Vilkaarssaet.objects.update(periode=(fabrik.FOR_LAENGE_SIDEN, fabrik.om(-30)))
    fabrik.vilkaar(aftale.kkr, uden=Noegle.DISKRETION_GRAENSE, fra=fabrik.om(-30))
    assert "Udækkede behov" not in side(aftale)
