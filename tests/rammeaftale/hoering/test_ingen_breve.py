"""No letter goes out about a hearing that is over, neither one that was ordered before nor a reminder that falls due after it."""

from collections.abc import Callable

import pytest
from django.core import mail
from freezegun import freeze_time

from rammeaftale.hoering.actions import nyt_link
from rammeaftale.hoering.breve import bestil_paamindelser, send_links
from rammeaftale.models import Hoering
from tests import fabrik
from tests.rammeaftale.aftaler import kladde
from tests.rammeaftale.hoering.situationer import frist_gik, sendt
from tests.rammeaftale.hoering.test_databasens_regler import bortfald, luk, traek, vedtag

pytestmark = pytest.mark.django_db
SLUT = [luk, bortfald, vedtag, traek, frist_gik]


@pytest.fixture
def hoering() -> Hoering:
    """Out, mailed, and its reminder due."""
    with freeze_time(fabrik.samme_tid(-3)):
        return sendt(kladde("Rødovre", "Herlev"), om=8, paamind_dage=7)


def test_letters_go_out_while_the_hearing_is_open(hoering: Hoering) -> None:
    """A control of the others."""
    assert (bestil_paamindelser(), send_links()) == (2, 2)
    nyt_link(aktoer=fabrik.sekretariat(), modtager_id=hoering.modtagere.all()[0].pk)
    assert send_links() == 1


@pytest.mark.parametrize("slut", SLUT)
def test_no_reminder_goes_out_once_it_is_over(hoering: Hoering, slut: Callable[[Hoering], None]) -> None:
    slut(hoering)
    mail.outbox.clear()
    assert (bestil_paamindelser(), send_links()) == (0, 0)
    assert mail.outbox == []


@pytest.mark.parametrize("slut", SLUT)
def test_reminder_that_was_ordered_before_it_was_over_is_not_mailed(
    hoering: Hoering, slut: Callable[[Hoering], None]
) -> None:
    assert bestil_paamindelser() == 2
    slut(hoering)
    mail.outbox.clear()
    assert send_links() == 0
    assert mail.outbox == []
