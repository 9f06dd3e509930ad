"""Two of the secretariat with the same meeting open: the second sees what the first saved."""

import pytest
from django.urls import reverse

from faelles.tid import idag
from rammeaftale.models import Moede
from rammeaftale.moeder.actions import ret_moede
from rammeaftale.organer.regler import Organart
from tests import fabrik
from tests.rammeaftale.aarshjul.test_samtidig import imens
from tests.rammeaftale.moeder.situationer import REFERAT, moede, organ_i
from tests.rammeaftale.test_sider import sekretariat
from tests.samtidig import aabnet

pytestmark = pytest.mark.django_db


def test_meeting_another_has_moved_is_not_moved_back_by_one_who_writes_where_the_minutes_are() -> None:
    client, hvad = sekretariat(), moede(organ_i(fabrik.aftale(), Organart.KKR))
    ret = reverse("rammeaftale:ret_moede", args=[hvad.pk])
    mit = {"dato": f"{idag():%d.%m.%Y}", "referat_url": REFERAT, **aabnet(client, ret)}
    ret_moede(aktoer=fabrik.sekretariat(), moede_id=hvad.pk, dato=fabrik.om(7), referat_url="")
    svar = client.post(ret, mit)
    assert "Dato" in imens(svar)
    hvad.refresh_from_db()
    assert (hvad.dato, hvad.referat_url) == (fabrik.om(7), "")
    assert f'value="{REFERAT}"' in svar.content.decode()
    client.post(ret, {"dato": f"{fabrik.om(7):%d.%m.%Y}", "referat_url": REFERAT, **aabnet(client, ret)})
    hvad.refresh_from_db()
    assert (hvad.dato, hvad.referat_url) == (fabrik.om(7), REFERAT)


def test_both_who_wrote_a_link_see_the_difference_before_the_second_is_saved() -> None:
    client, hvad = sekretariat(), moede(organ_i(fabrik.aftale(), Organart.KKR))
    ret = reverse("rammeaftale:ret_moede", args=[hvad.pk])
    mit = {"dato": f"{idag():%d.%m.%Y}", "referat_url": REFERAT, **aabnet(client, ret)}
    ret_moede(aktoer=fabrik.sekretariat(), moede_id=hvad.pk, dato=idag(), referat_url="https://kkr.example/referat")
    side = imens(client.post(ret, mit))
    assert all(ord_ in side for ord_ in ("Link til referat", "https://kkr.example/referat", "</ins>"))
    hvad.refresh_from_db()
    assert hvad.referat_url == "https://kkr.example/referat"


def test_meeting_another_has_moved_is_removed_only_when_that_is_seen() -> None:
    client, hvad = sekretariat(), moede(organ_i(fabrik.aftale(), Organart.KKR))
    fjern = reverse("rammeaftale:fjern_moede", args=[hvad.pk])
    mit = aabnet(client, fjern)
    ret_moede(aktoer=fabrik.sekretariat(), moede_id=hvad.pk, dato=fabrik.om(7), referat_url="")
    svar = client.post(fjern, mit)
    side = imens(svar)
    assert "Dato" in side
    assert "Link til referat" not in side, "that is as it was"
    assert Moede.objects.exists()
    assert client.post(fjern, aabnet(client, fjern)).status_code == 302
    assert not Moede.objects.exists()
