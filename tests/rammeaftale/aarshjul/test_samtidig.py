"""Two of the secretariat with the same step of the wheel open: the second sees what the first saved."""

from typing import Any

import pytest
from django.urls import reverse

from rammeaftale.aarshjul.actions import ret_trin
from rammeaftale.models import Aarshjulstrin
from tests import fabrik
from tests.rammeaftale.aarshjul.situationer import indhold, trin
from tests.rammeaftale.test_sider import sekretariat
from tests.samtidig import aabnet

pytestmark = pytest.mark.django_db


def imens(svar: Any) -> str:
    """What the page says another has saved."""
    assert svar.status_code == 422
    return str(svar.content.decode().split("Rettet af en anden, siden du åbnede siden")[1].split("</section>")[0])


def rettet(hvad: Aarshjulstrin) -> None:
    """Another moves the step to another day and gives it another name."""
    nyt = indhold("Indberet belægning", frist=fabrik.om(60))
    ret_trin(aktoer=fabrik.sekretariat(), aftale_id=hvad.aftale_id, trin_id=hvad.pk, indhold=nyt)


def test_step_another_has_changed_is_saved_only_on_top_of_what_she_wrote() -> None:
    client, hvad = sekretariat(), trin(fabrik.aftale())
    ret = reverse("rammeaftale:ret_aarshjulstrin", args=[hvad.aftale.slug, hvad.pk])
    mit = {
        "opgave": "Indberet ventelister",
        "frist": f"{hvad.frist:%d.%m.%Y}",
        "ansvar": "hver_part",
        "grundlag": "aftalt",
        "kilde": hvad.kilde,
        "paamind_dage": "14",
    }
    felter = {**mit, **aabnet(client, ret)}
    rettet(hvad)
    svar = client.post(ret, felter)
    assert all(ord_ in imens(svar) for ord_ in ("belægning</del>", "ventelister</ins>", "Senest den"))
    hvad.refresh_from_db()
    assert (hvad.opgave, hvad.frist) == ("Indberet belægning", fabrik.om(60))
    assert 'value="Indberet ventelister"' in svar.content.decode()
    client.post(ret, {**mit, "frist": f"{fabrik.om(60):%d.%m.%Y}", **aabnet(client, ret)})
    hvad.refresh_from_db()
    assert (hvad.opgave, hvad.frist) == ("Indberet ventelister", fabrik.om(60))


def test_step_another_has_changed_is_not_removed_unseen() -> None:
    client, hvad = sekretariat(), trin(fabrik.aftale())
    slet = reverse("rammeaftale:slet_aarshjulstrin", args=[hvad.aftale.slug, hvad.pk])
    felter = aabnet(client, slet)
    rettet(hvad)
    assert "Indberet belægning" in imens(client.post(slet, felter))
    assert Aarshjulstrin.objects.exists()
    client.post(slet, aabnet(client, slet))
    assert not Aarshjulstrin.objects.exists()
