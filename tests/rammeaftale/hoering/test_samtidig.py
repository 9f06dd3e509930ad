"""Two of the secretariat with the same hearing open: the second sees what the first saved, and loses nothing of her own."""

import re
from functools import partial
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from rammeaftale.hoering.actions import (
    behandl,
    fjern_modtager,
    ret_hoering,
    ret_postkasse,
    send_hoering,
)
from rammeaftale.hoering.regler import Behandlingsudfald
from rammeaftale.models import Hoering, Hoeringsbehandling
from tests import fabrik
from tests.rammeaftale.hoering.situationer import HANDICAPRAAD, indhold, kladde, med_svar, sendt, udkast
from tests.rammeaftale.test_sider import sekretariat
from tests.samtidig import aabnet

pytestmark = pytest.mark.django_db
IMENS = "Rettet af en anden, siden du åbnede siden"


def html(svar: Any) -> str:
    return str(svar.content.decode())


def om_imens(svar: Any) -> str:
    """What the page says another has saved."""
    assert svar.status_code == 422
    return html(svar).split(IMENS)[1].split("</section>")[0]


def test_hearing_another_has_changed_is_saved_only_on_top_of_what_she_wrote() -> None:
    client, hoering = sekretariat(), kladde()
    ret = reverse("rammeaftale:ret_hoering", args=[hoering.pk])
    mit = {"titel": "Mit udkast", "frist": f"{fabrik.om(20):%d.%m.%Y}", "paamind_dage": "7", "foelgebrev": "Kære alle"}
    felter = {**mit, **aabnet(client, ret)}
    ret_hoering(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk, indhold=indhold("Deres udkast", paamind_dage=3))
    svar = client.post(ret, felter)
    imens = om_imens(svar)
    assert all(ord_ in imens for ord_ in ("Deres</del>", "Mit</ins>", "Påmind, antal dage før fristen", "<dd>3</dd>"))
    assert Hoering.objects.get().titel == "Deres udkast"
    side = html(svar)
    assert all(ord_ in side for ord_ in ('value="Mit udkast"', "Kære alle</textarea>", 'value="3"'))
    maerker = side.split('name="aabnet" value="')[1].split('"')[0].replace("&amp;", "&")
    assert client.post(ret, {**mit, "paamind_dage": "3", "aabnet": maerker}).status_code == 302
    efter = Hoering.objects.get()
    assert (efter.titel, efter.foelgebrev, efter.paamind_dage) == ("Mit udkast", "Kære alle", 3)


def test_title_written_while_another_sends_the_hearing_is_refused_and_kept() -> None:
    client, hoering = sekretariat(), kladde()
    ret = reverse("rammeaftale:ret_hoering", args=[hoering.pk])
    felter = {"frist": f"{fabrik.om(20):%d.%m.%Y}", "paamind_dage": "7", "foelgebrev": "", **aabnet(client, ret)}
    send_hoering(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk)
    svar = client.post(ret, {**felter, "titel": "Mit udkast"})
    assert (svar.status_code, "så titel og følgebrev ligger fast" in html(svar)) == (422, True)
    assert 'value="Mit udkast"' in html(svar)
    assert client.post(ret, {**felter, "titel": hoering.titel}).status_code == 302


def test_hearing_is_sent_as_it_was_shown_and_to_those_who_were() -> None:
    client, hoering = sekretariat(), kladde()
    send = reverse("rammeaftale:send_hoering", args=[hoering.pk])
    felter = aabnet(client, send)
    ret_hoering(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk, indhold=indhold(foelgebrev="Kære alle"))
    fjern_modtager(aktoer=fabrik.sekretariat(), modtager_id=hoering.modtagere.get(navn=HANDICAPRAAD.navn).pk)
    imens = om_imens(client.post(send, felter))
    assert "Kære alle" in imens
    assert "Landsforeningen; post@landsforeningen.example" in imens
    assert HANDICAPRAAD.navn not in imens
    assert Hoering.objects.get().sendt is None
    assert client.post(send, aabnet(client, send)).status_code == 302


def test_hearing_is_closed_as_it_was_shown() -> None:
    client, hoering = sekretariat(), sendt()
    luk = reverse("rammeaftale:afslut_hoering", args=[hoering.pk])
    felter = aabnet(client, luk)
    ret_hoering(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk, indhold=indhold(hoering.titel, om=40))
    assert "Frist" in om_imens(client.post(luk, felter))
    assert Hoering.objects.get().afsluttet is None
    assert client.post(luk, aabnet(client, luk)).status_code == 302
    assert Hoering.objects.get().afsluttet is not None


def test_mailbox_another_has_corrected_is_not_overwritten_unseen() -> None:
    client, hoering = sekretariat(), sendt()
    modtager = hoering.modtagere.get(navn=HANDICAPRAAD.navn)
    ret = reverse("rammeaftale:ret_hoeringspostkasse", args=[modtager.pk])
    felter = {"email": "min@herlev.example", **aabnet(client, ret)}
    ret_postkasse(aktoer=fabrik.sekretariat(), modtager_id=modtager.pk, email="deres@herlev.example")
    assert "deres@herlev.example" in om_imens(client.post(ret, felter))
    modtager.refresh_from_db()
    assert modtager.email == "deres@herlev.example"
    assert not [b for b in mail.outbox if b.to == ["min@herlev.example"]]


@pytest.mark.parametrize("foer", [True, False], ids=["igen", "første gang"])
def test_handling_another_has_registered_meanwhile_is_seen_before_it_is_replaced(*, foer: bool) -> None:
    client, (_, bemaerkning) = sekretariat(), med_svar(udkast())
    goer = partial(behandl, aktoer=fabrik.sekretariat(), bemaerkning_id=bemaerkning.pk)
    if foer:
        goer(udfald=Behandlingsudfald.TIL_EFTERRETNING)
    adresse = reverse("rammeaftale:behandl_bemaerkning", args=[bemaerkning.pk])
    mit = {"udfald": "ikke_imoedekommet", "begrundelse": "For dyrt.", "version": ""}
    felter = {**mit, **aabnet(client, adresse)}
    goer(udfald=Behandlingsudfald.INDARBEJDET, version=1)
    imens = om_imens(client.post(adresse, felter))
    assert all(ord_ in imens for ord_ in ("Indarbejdet</del>", "Ikke", "Version 1"))
    assert Hoeringsbehandling.objects.count() == 1 + foer
    assert client.post(adresse, {**mit, **aabnet(client, adresse)}).status_code == 302
    assert [b.udfald for b in bemaerkning.behandlinger.all()][-1] == "ikke_imoedekommet"


def test_handling_begins_with_what_was_done_last() -> None:
    client, (_, bemaerkning) = sekretariat(), med_svar(udkast())
    adresse = reverse("rammeaftale:behandl_bemaerkning", args=[bemaerkning.pk])
    valgt = re.compile(r'value="(\w+)"[^>]* checked')
    assert valgt.findall(html(client.get(adresse))) == []
    behandl(
        aktoer=fabrik.sekretariat(),
        bemaerkning_id=bemaerkning.pk,
        udfald=Behandlingsudfald.IKKE_IMOEDEKOMMET,
        begrundelse="For dyrt.",
    )
    side = html(client.get(adresse))
    assert valgt.findall(side) == ["ikke_imoedekommet"]
    assert "For dyrt.</textarea>" in side
