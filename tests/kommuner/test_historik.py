"""Every change is attributable: who (identity), for whom (organisation and function), from which request."""

import pytest

from kommuner.historik import kontekst
from reservationer.sag.actions import beslut
from reservationer.sag.models import Reservation
from reservationer.sag.overgange import Udfald
from tests import fabrik

pytestmark = pytest.mark.django_db


def test_change_of_a_reservation_is_kept_with_its_actor() -> None:
    reservation, leder = fabrik.reservation(), fabrik.tilbudsleder()
    with kontekst(leder, sti="/reservationer/"):
        beslut(aktoer=leder, reservation_id=reservation.id, udfald=Udfald.BEKRAEFT)
    spor = Reservation.pgh_event_model.objects.filter(pgh_obj_id=reservation.id).order_by("pgh_id")  # type: ignore[attr-defined]  # made by pghistory
    assert [raekke.tilstand for raekke in spor] == ["afventer", "bekraeftet"]
    assert spor[1].pgh_context.metadata == {
        "identitet": leder.identitet,
        "organisation": str(leder.organisation_id),
        "funktion": "driftsherre",
        "sti": "/reservationer/",
    }
