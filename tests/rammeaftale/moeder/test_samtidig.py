"""Two of the secretariat with the same meeting open: the second sees what the first saved."""

import pytest
from django.urls import reverse

from faelles.tid import idag
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import Moede, Organbeslutning
from rammeaftale.moeder.actions import Sagsvalg, registrer_beslutning, ret_moede
from rammeaftale.moeder.regler import Organudfald
from rammeaftale.organer.regler import Organart
from tests import fabrik
from tests.rammeaftale.aarshjul.test_samtidig import imens
from tests.rammeaftale.aftaler import kladde, tag
from tests.rammeaftale.moeder.situationer import REFERAT, besluttet, moede, organ_i
from tests.rammeaftale.test_sider import sekretariat
from tests.samtidig import aabnet

pytestmark = pytest.mark.django_db
UDSAT = Organudfald.UDSAT


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


def test_decision_another_has_registered_meanwhile_is_seen_before_it_is_replaced() -> None:
    client, hvad = sekretariat(), moede(organ_i(fabrik.aftale(), Organart.KKR))
    foerste = registrer_beslutning(
        aktoer=fabrik.sekretariat(),
        organ_id=hvad.organ_id,
        dato=hvad.dato,
        sag=Sagsvalg(titel="Taskforce"),
        udfald=UDSAT,
    )
    formular = reverse("rammeaftale:moedebeslutning", args=[hvad.pk])
    mit = {"sag": f"sag:{foerste.sag_id}", "udfald": "til_efterretning", "retter": "on", "referat_url": REFERAT}
    felter = {**mit, **aabnet(client, formular)}
    registrer_beslutning(
        aktoer=fabrik.sekretariat(), organ_id=hvad.organ_id, dato=hvad.dato, sag=Sagsvalg(sag_id=foerste.sag_id),
        udfald=Organudfald.AFVIST, tekst="Sagen er ikke oplyst.", retter=True,
    )  # fmt: skip
    svar = client.post(formular, felter)
    assert all(ord_ in imens(svar) for ord_ in ("Mødets beslutninger", "Taskforce: Afvist"))
    assert f'value="{REFERAT}"' in svar.content.decode()
    assert [b.udfald for b in hvad.beslutninger.all()] == ["udsat", "afvist"]
    assert client.post(formular, {**mit, **aabnet(client, formular)}).status_code == 302


def test_decision_about_the_agreement_is_registered_by_who_has_seen_what_there_is() -> None:
    client, aftale = sekretariat(), kladde()
    tag(aftale, Aftaletilstand.EMBEDSMANDSUDVALG)
    udvalg = organ_i(aftale, Organart.EMBEDSMANDSUDVALG)
    formular = reverse("rammeaftale:organbeslutning", args=[aftale.slug])
    mit = {"organ_id": str(udvalg.pk), "dato": f"{idag():%d.%m.%Y}", "udfald": "tiltraadt", "referat_url": REFERAT}
    felter = {**mit, "retter": "on", **aabnet(client, formular)}
    besluttet(aftale, UDSAT, af=udvalg)
    assert "Udsat, registreret" in imens(client.post(formular, felter))
    spurgt = client.post(formular, {**mit, **aabnet(client, formular)})
    assert (spurgt.status_code, "Mødet har besluttet »Udsat« i sagen." in spurgt.content.decode()) == (422, True)
    assert client.post(formular, {**mit, "retter": "on", **aabnet(client, formular)}).status_code == 302
    assert [b.udfald for b in Organbeslutning.objects.all()] == ["udsat", "tiltraadt"]
