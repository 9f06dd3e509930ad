"""Two with the same focus area or central call open: the second sees what the first saved, and loses nothing of her own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from kommuner.models import Rolle
from rammeaftale.fokus import actions
from rammeaftale.fokus.actions import Milepaelsindhold, Omraadeindhold
from rammeaftale.fokus.regler import Ophav
from rammeaftale.models import Milepael, Udmeldingssvar
from rammeaftale.udmeldinger import actions as udmeldinger
from tests import fabrik
from tests.rammeaftale.fokus.situationer import indsats, milepael, omraade, overtaget
from tests.rammeaftale.test_sider import klient, sekretariat
from tests.rammeaftale.udmeldinger.situationer import indhold, part, svaret, udmelding
from tests.samtidig import aabnet

pytestmark = pytest.mark.django_db
IMENS = "Rettet af en anden, siden du åbnede siden"


def html(svar: Any) -> str:
    return str(svar.content.decode())


def dag(dato: date) -> str:
    return f"{dato:%d.%m.%Y}"


def ret_omraadet() -> tuple[str, dict[str, str], Callable[[], Any]]:
    hvad = omraade(fabrik.aftale())
    deres = Omraadeindhold("Deres", "Ingen venter mellem to forvaltninger.", Ophav.AFTALEN, None)
    felter = {"navn": "Mit", "ophav": "aftalen", "beskrivelse": "Ingen venter mellem to forvaltninger."}
    return (
        reverse("rammeaftale:ret_fokusomraade", args=[hvad.pk]),
        felter,
        lambda: actions.ret_omraade(aktoer=fabrik.sekretariat(), omraade_id=hvad.pk, indhold=deres),
    )


def ret_indsatsen() -> tuple[str, dict[str, str], Callable[[], Any]]:
    hvad = indsats(omraade(fabrik.aftale()))
    return (
        reverse("rammeaftale:ret_indsats", args=[hvad.pk]),
        {"navn": "Mit"},
        lambda: actions.ret_indsats(
            aktoer=fabrik.sekretariat(), indsats_id=hvad.pk, navn="Deres", beskrivelse="Nærmere"
        ),
    )


def ret_milepaelen() -> tuple[str, dict[str, str], Callable[[], Any]]:
    hvad = milepael(indsats(omraade(fabrik.aftale())))
    deres = Milepaelsindhold("Deres", hvad.frist, hvad.ansvarlig_id, 3)
    felter = {"navn": "Mit", "frist": dag(hvad.frist), "ansvarlig_id": str(hvad.ansvarlig_id), "paamind_dage": "14"}
    return (
        reverse("rammeaftale:ret_milepael", args=[hvad.pk]),
        felter,
        lambda: actions.ret_milepael(aktoer=fabrik.sekretariat(), milepael_id=hvad.pk, indhold=deres),
    )


def ret_udmeldingen() -> tuple[str, dict[str, str], Callable[[], Any]]:
    hvad = udmelding(fabrik.aftale())
    deres = replace(indhold("Deres"), svarfrist=fabrik.om(40))
    felter = {"titel": "Mit", "modtaget": dag(hvad.modtaget), "svarfrist": dag(hvad.svarfrist)}
    return (
        reverse("rammeaftale:ret_udmelding", args=[hvad.pk]),
        felter,
        lambda: udmeldinger.ret(aktoer=fabrik.sekretariat(), udmelding_id=hvad.pk, indhold=deres),
    )


@pytest.mark.parametrize("situation", [ret_omraadet, ret_indsatsen, ret_milepaelen, ret_udmeldingen])
def test_second_to_save_sees_the_first_and_saves_on_top(
    situation: Callable[[], tuple[str, dict[str, str], Callable[[], Any]]],
) -> None:
    url, felter, anden_gemmer = situation()
    client = sekretariat()
    sendt = {**felter, **aabnet(client, url)}
    anden_gemmer()
    svar = client.post(url, sendt)
    assert svar.status_code == 422
    imens = html(svar).split(IMENS)[1].split("</section>")[0]
    assert all(ord_ in imens for ord_ in ("Deres</del>", "Mit</ins>"))
    assert 'value="Mit"' in html(svar)
    assert client.post(url, {**felter, **aabnet(client, url)}).status_code == 302


def test_deadline_another_has_moved_is_not_approved_unseen() -> None:
    hvad = overtaget(fabrik.aftale())
    client, url = sekretariat(), reverse("rammeaftale:gennemse_fokusomraade", args=[hvad.indsats.fokusomraade_id])
    sendt = {f"frist_{hvad.pk.hex}": dag(hvad.frist), "set_igennem": "on", **aabnet(client, url)}
    deres = Milepaelsindhold(hvad.navn, fabrik.om(77), hvad.ansvarlig_id, hvad.paamind_dage)
    actions.ret_milepael(aktoer=fabrik.sekretariat(), milepael_id=hvad.pk, indhold=deres)
    svar = client.post(url, sendt)
    assert (svar.status_code, IMENS in html(svar)) == (422, True)
    assert Milepael.objects.get(pk=hvad.pk).frist == fabrik.om(77)
    assert client.post(url, {**sendt, **aabnet(client, url)}).status_code == 302


def test_answer_the_secretariat_gave_meanwhile_is_not_written_over_unseen() -> None:
    hvad = udmelding(fabrik.aftale())
    herlev = klient(Rolle.OEKONOMI, fabrik.kommune("Herlev").organisation)
    url = reverse("rammeaftale:udmeldingssvar", args=[hvad.pk, part(hvad, "Herlev").pk])
    assert 'name="aabnet"' not in html(herlev.get(url)), "there is nothing to write over"
    svaret(hvad, "Herlev", 5)
    svar = herlev.post(url, {"antal_borgere": "7"})
    assert (svar.status_code, IMENS in html(svar)) == (422, True)
    assert Udmeldingssvar.objects.count() == 1
    assert herlev.post(url, {"antal_borgere": "7", **aabnet(herlev, url)}).status_code == 302
