"""The focus areas on their pages, as files and over REST."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from faelles.tid import idag
from kommuner.models import Rolle
from rammeaftale.fokus.regler import Milepaelsstand
from rammeaftale.models import Fokusomraade, Milepael, Rammeaftale
from tests import fabrik
from tests.api import klienter
from tests.rammeaftale.fokus.situationer import indsats, meldt, milepael, omraade
from tests.rammeaftale.test_sider import klient, sekretariat
from tests.samtidig import aabnet

pytestmark = pytest.mark.django_db


@pytest.fixture
def aftale() -> Rammeaftale:
    return fabrik.aftale()


def html(svar: Any) -> str:
    return str(svar.content.decode())


def dag(frist: Any) -> dict[str, str]:
    return {"frist": f"{frist:%d.%m.%Y}"}


def test_area_work_and_milestone_are_written_by_forms_and_reported_by_the_party(aftale: Rammeaftale) -> None:
    client, siden = sekretariat(), reverse("rammeaftale:fokus", args=[aftale.slug])
    assert "Ingen fokusområder" in html(client.get(siden))
    nyt = reverse("rammeaftale:nyt_fokusomraade", args=[aftale.slug])
    assert client.post(nyt, {"navn": "", "ophav": "aftalen"}).status_code == 422
    client.post(nyt, {"navn": "Overgange", "ophav": "ministertema", "beskrivelse": "Ingen <venter>"})
    hvor = Fokusomraade.objects.get()
    client.post(reverse("rammeaftale:ny_indsats", args=[hvor.pk]), {"navn": "Overdragelsesmøder"})
    arbejde = hvor.indsatser.get()
    felter = {"navn": "Afprøvet", "ansvarlig_id": str(fabrik.kommune().organisation.pk), **dag(fabrik.om(-1))}
    svar = client.post(reverse("rammeaftale:ny_milepael", args=[arbejde.pk]), felter, follow=True)
    assert "Milepælen er tilføjet." in html(svar)
    assert "Ingen &lt;venter&gt;" in html(svar)
    assert "1 overskredet" in html(svar)
    hvad = Milepael.objects.get()
    rodovre = klient(Rolle.OEKONOMI, fabrik.kommune().organisation)
    assert "Jeres" in html(rodovre.get(siden))
    formular = reverse("rammeaftale:meld_milepael", args=[hvad.pk])
    assert formular in html(rodovre.get(reverse("rammeaftale:milepael", args=[hvad.pk])))
    i_dag = f"{idag():%d.%m.%Y}"
    assert rodovre.post(formular, {"stand": "naaet", "dato": i_dag}).status_code == 422
    svar = rodovre.post(formular, {"stand": "naaet", "dato": i_dag, "bemaerkning": "Virker"}, follow=True)
    assert "Meldingen er gemt." in html(svar)
    assert "Ingen har overskredet en frist." in html(client.get(siden))
    herlev = klient(Rolle.OEKONOMI, fabrik.kommune("Herlev").organisation)
    assert formular not in html(herlev.get(reverse("rammeaftale:milepael", args=[hvad.pk])))


def test_forms_begin_with_what_is_there_and_change_it(aftale: Rammeaftale) -> None:
    client, arbejde = sekretariat(), indsats(omraade(aftale))
    hvad = milepael(arbejde)
    for rute, pk, felter in (
        ("ret_fokusomraade", arbejde.fokusomraade_id, {"navn": "Nyt navn", "ophav": "aftalen"}),
        ("ret_indsats", arbejde.pk, {"navn": "Nyt navn"}),
        (
            "ret_milepael",
            hvad.pk,
            {"navn": "Nyt navn", "ansvarlig_id": str(hvad.ansvarlig_id), "paamind_dage": "3", **dag(hvad.frist)},
        ),
    ):
        url = reverse(f"rammeaftale:{rute}", args=[pk])
        assert 'value="Nyt navn"' not in html(client.get(url))
        assert client.post(url, {**felter, **aabnet(client, url)}).status_code == 302
        assert 'value="Nyt navn"' in html(client.get(url))
    hvad.refresh_from_db()
    assert hvad.paamind_dage == 3
    assert "3 dage før fristen" in html(client.get(reverse("rammeaftale:milepael", args=[hvad.pk])))


def test_everything_is_taken_away_again_by_asking_first(aftale: Rammeaftale) -> None:
    client, arbejde = sekretariat(), indsats(omraade(aftale))
    hvad = milepael(arbejde)
    for rute, pk in (("indsats", arbejde.pk), ("milepael", hvad.pk), ("indsats", arbejde.pk)):
        client.post(reverse(f"rammeaftale:slet_{rute}", args=[pk]))
    svar = client.post(reverse("rammeaftale:slet_fokusomraade", args=[arbejde.fokusomraade_id]), follow=True)
    assert "Det er fjernet." in html(svar)
    assert not Fokusomraade.objects.exists()


def test_milestones_are_a_file(aftale: Rammeaftale) -> None:
    meldt(milepael(indsats(omraade(aftale))))
    omraade(aftale, "Uden indsatser")
    svar = sekretariat().get(reverse("rammeaftale:eksport_fokus", args=[aftale.slug, "csv"]))
    linjer = b"".join(svar).decode("utf-8-sig").splitlines()
    assert len(linjer) == 3
    assert "Overdragelsesmøder" in linjer[1]
    assert "Nået" in linjer[1]


def fyld(aftale: Rammeaftale, antal: int, foer: int) -> None:
    for nr in range(foer, foer + antal):
        meldt(milepael(indsats(omraade(aftale, f"Område {nr}"))), Milepaelsstand.I_GANG)


def test_page_and_rest_read_many_areas_with_as_many_statements_as_one(aftale: Rammeaftale) -> None:
    system, menneske = klienter.sekretariat(), sekretariat()

    def laest() -> tuple[int, int, list[Any]]:
        with CaptureQueriesContext(connection) as rest:
            svar = system.get(f"/api/v1/rammeaftaler/{aftale.pk}/fokusomraader").json()["resultater"]
        with CaptureQueriesContext(connection) as siden:
            menneske.get(reverse("rammeaftale:fokus", args=[aftale.slug]))
        return len(rest), len(siden), svar

    fyld(aftale, 1, 0)
    laest()
    *faa, _ = laest()
    fyld(aftale, 12, 1)
    *mange, alle = laest()
    assert mange == faa
    assert [o["nummer"] for o in alle] == list(range(1, 14))
    assert {"stand": "i_gang", "antal": 1} in alle[0]["milepaele"]


def test_rest_gives_an_area_with_its_milestones_and_304_for_what_is_known(aftale: Rammeaftale) -> None:
    hvad = milepael(indsats(omraade(aftale)))
    meldt(hvad)
    client, url = klienter.sekretariat(), f"/api/v1/fokusomraader/{hvad.indsats.fokusomraade_id}"
    svar = client.get(url)
    (arbejde,) = svar.json()["indsatser"]
    (fundet,) = arbejde["milepaele"]
    assert (fundet["stand"], fundet["ansvarlig"], fundet["meldt"]) == ("naaet", "Rødovre Kommune", idag().isoformat())
    assert client.get(url, headers={"If-None-Match": svar["ETag"]}).status_code == 304
