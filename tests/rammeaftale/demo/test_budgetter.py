"""Next year's takster of the small demo data stand in every state they can, each taken there as people do it."""

import pytest
from django.db import transaction

from faelles.tid import idag
from kommuner.models import Organisationsart
from rammeaftale.demo.budgetter import DEMONSTRATIONENS, SCENARIER, VEJE, valgte
from rammeaftale.demo.register import FOERSTE
from takster.frister.queries import stader
from takster.frister.regler import Stade
from takster.models import Beregningstilstand, Scenarie, Takst, Takstberegning
from tilbud.models import Tilbud

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lille")]


def beregninger() -> list[Takstberegning]:
    with transaction.atomic():
        return list(Takstberegning.objects.for_systemet("test").order_by("beregnet", "pk"))


def test_board_of_next_year_shows_every_state() -> None:
    kommunale = Tilbud.objects.filter(
        driftsherre__art__in=(Organisationsart.KOMMUNE, Organisationsart.REGION), uden_pladser=False
    )
    with transaction.atomic():
        alle = stader(None, kommunale, idag().year + 1)
    assert {et.stade for et in alle} >= set(Stade) - {Stade.DEL_AF_AARET}, "a takst of the demo data is for the year"
    assert all(et.stade is Stade.OFFENTLIGGJORT for et in alle if et.tilbud_id not in valgte())


def test_calculations_stand_in_every_state_but_withdrawn_and_the_one_sent_back_says_why() -> None:
    alle = beregninger()
    assert {en.tilstand for en in alle} == set(Beregningstilstand) - {Beregningstilstand.TRUKKET}
    assert {bool(en.afvist_grund) for en in alle if en.tilstand == Beregningstilstand.AFVIST} == {True}
    assert {en.aar for en in alle} == {idag().year + 1}


def test_one_is_corrected_by_a_new_version_with_a_reason_which_is_what_is_said_now() -> None:
    foerste, rettelse = (en for en in beregninger() if en.tilstand == Beregningstilstand.OFFENTLIGGJORT)
    assert (foerste.tilbud_id, foerste.begrundelse) == (rettelse.tilbud_id, "")
    assert rettelse.begrundelse
    assert rettelse.beloeb < foerste.beloeb
    siges = Takst.objects.gaeldende().filter(takstberegning__in=[foerste.pk, rettelse.pk])
    assert {takst.takstberegning_id for takst in siges} == {rettelse.pk}
    assert all(takst.erstatter is not None for takst in siges)


def test_draft_has_scenarios_that_give_other_takster() -> None:
    (kladde,) = (en for en in beregninger() if en.tilstand == Beregningstilstand.KLADDE)
    with transaction.atomic():
        gemte = list(Scenarie.objects.for_systemet("test").filter(beregning=kladde))
    assert {et.navn for et in gemte} == set(SCENARIER)
    assert kladde.beloeb not in {et.beloeb for et in gemte}


def test_demonstrations_own_municipality_comes_first_and_its_first_offer_has_its_takst() -> None:
    fundne = list(Tilbud.objects.in_bulk(valgte()).values())
    assert len(valgte()) == len(VEJE)
    assert any(et.driftsherre.navn == DEMONSTRATIONENS for et in fundne)
    assert FOERSTE.navn not in {et.navn for et in fundne}
    assert Takst.objects.gaeldende().filter(
        afdeling__tilbud__navn=FOERSTE.navn, periode__startswith__year=idag().year + 1
    )
