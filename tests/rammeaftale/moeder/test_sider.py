"""The meetings on the bodies' pages and over REST."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from freezegun import freeze_time

from faelles.tid import idag
from kommuner.models import Bruger, Rolle
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import Organ, Organsag, Rammeaftale
from rammeaftale.moeder.actions import Sagsvalg, opret_moede, registrer_beslutning
from rammeaftale.moeder.regler import Organudfald
from rammeaftale.organer.actions import nedlaeg_organ, opret_organ, optag_medlem
from rammeaftale.organer.regler import Hverv, Organart
from tests import fabrik
from tests.api import klienter
from tests.rammeaftale.aftaler import kladde, tag
from tests.rammeaftale.moeder.situationer import REFERAT, besluttet, organ_i
from tests.rammeaftale.test_sider import klient
from tests.samtidig import aabnet

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    ny = Client()
    ny.force_login(Bruger.objects.get(pk=fabrik.sekretariat().identitet.removeprefix("bruger:")))
    return ny


@pytest.fixture
def kkr() -> Organ:
    """KKR, with an agreement before it."""
    aftale = kladde()
    tag(aftale, Aftaletilstand.EMBEDSMANDSUDVALG)
    return organ_i(aftale, Organart.KKR)


def html(svar: Any) -> str:
    return str(svar.content.decode())


def test_meeting_is_made_and_its_decision_about_the_agreement_registered(client: Client, kkr: Organ) -> None:
    side = reverse("rammeaftale:organ", args=[kkr.pk])
    assert "Ingen møder" in html(client.get(side))
    dag = f"{idag():%d.%m.%Y}"
    svar = client.post(reverse("rammeaftale:nyt_moede", args=[kkr.pk]), {"dato": dag, "referat_url": ""}, follow=True)
    assert "Ingen beslutninger" in html(svar)
    moede = kkr.moeder.get()
    formular = reverse("rammeaftale:moedebeslutning", args=[moede.pk])
    aftale = kkr.kkr.rammeaftaler.get()
    assert f">{aftale.titel} (01.01.2027 til 31.12.2028)<" in html(client.get(formular))
    uden = client.post(formular, {"sag": f"aftale:{aftale.pk}", "udfald": "anbefalet"})
    assert (uden.status_code, "hvor referatet kan læses" in html(uden)) == (422, True)
    sendt = {"sag": f"aftale:{aftale.pk}", "udfald": "anbefalet", "tekst": "Enstemmigt", "referat_url": REFERAT}
    assert "Beslutningen er registreret." in html(client.post(formular, sendt, follow=True))
    assert "anbefalet til kommunerne" in html(client.get(side))
    aftaleside = html(client.get(reverse("rammeaftale:detalje", args=[aftale.slug])))
    assert "Organernes beslutninger om version 1" in aftaleside
    assert "Enstemmigt" in aftaleside


def test_meeting_is_taken_out_on_its_page_after_asking(client: Client, kkr: Organ) -> None:
    moede = opret_moede(aktoer=fabrik.sekretariat(), organ_id=kkr.pk, dato=fabrik.om(7))
    fjern = reverse("rammeaftale:fjern_moede", args=[moede.pk])
    assert f'href="{fjern}"' in html(client.get(reverse("rammeaftale:moede", args=[moede.pk])))
    assert "Fjern mødet" in html(client.get(fjern))
    side = html(client.post(fjern, aabnet(client, fjern), follow=True))
    assert ("Mødet er fjernet." in side, "Ingen møder" in side) == (True, True)
    beslutninger(kkr, 1, 1)
    holdt = kkr.moeder.get()
    fjern = reverse("rammeaftale:fjern_moede", args=[holdt.pk])
    assert f'href="{fjern}"' not in html(client.get(reverse("rammeaftale:moede", args=[holdt.pk])))
    assert client.post(fjern, aabnet(client, fjern)).status_code == 422


def test_agreements_page_offers_a_body_that_ended_after_the_draft_was_laid_before_it(client: Client) -> None:
    with freeze_time(fabrik.samme_tid(-5)):
        aftale, af = kladde(), fabrik.sekretariat()
        tag(aftale, Aftaletilstand.EMBEDSMANDSUDVALG)
    forrige, gammelt = organ_i(aftale, Organart.EMBEDSMANDSUDVALG), organ_i(aftale, Organart.KKR)
    nedlaeg_organ(aktoer=af, organ_id=forrige.pk, sidste_dag=fabrik.om(-6))
    nedlaeg_organ(aktoer=af, organ_id=gammelt.pk, sidste_dag=fabrik.om(-2))
    nyt = opret_organ(aktoer=af, art=Organart.KKR, navn="Det nye KKR", opgave="", fra=fabrik.om(-1))
    formular = reverse("rammeaftale:organbeslutning", args=[aftale.slug])
    side = html(client.get(formular))
    assert "efter en forkert anbefaling med »Tag tilbage til kladde«" in side
    assert [str(organ.pk) in side for organ in (forrige, gammelt, nyt)] == [False, True, True]
    felter = {"organ_id": str(gammelt.pk), "udfald": "anbefalet", "referat_url": REFERAT}
    assert client.post(formular, {**felter, "dato": f"{fabrik.om(-3):%d.%m.%Y}"}).status_code == 302
    aftale.refresh_from_db()
    assert aftale.tilstand == Aftaletilstand.KKR_ANBEFALET


def test_new_case_needs_a_name_and_stands_on_the_list_from_then_on(client: Client, kkr: Organ) -> None:
    moede = opret_moede(aktoer=fabrik.sekretariat(), organ_id=kkr.pk, dato=idag())
    formular = reverse("rammeaftale:moedebeslutning", args=[moede.pk])
    assert client.post(formular, {"sag": "ny", "udfald": "udsat"}).status_code == 422
    client.post(formular, {"sag": "ny", "titel": "Taskforce", "udfald": "udsat"})
    sag = Organsag.objects.get()
    igen = {"sag": f"sag:{sag.pk}", "udfald": "til_efterretning", **aabnet(client, formular)}
    spurgt = client.post(formular, igen)
    assert (spurgt.status_code, "Mødet har besluttet »Udsat« i sagen." in html(spurgt)) == (422, True)
    assert client.post(formular, {**igen, "retter": "on"}).status_code == 302
    side = html(client.get(reverse("rammeaftale:moede", args=[moede.pk])))
    assert ("Taget til efterretning" in side, "Udsat" in side) == (True, False), "the one registered last counts"
    assert "Retter det, der først blev registreret" in side
    (vist,) = klienter.sekretariat().get(f"/api/v1/organer/{kkr.pk}/moeder").json()["resultater"]
    assert [(b["udfald"], b["retter"]) for b in vist["beslutninger"]] == [("til_efterretning", True)]


def test_agreements_and_cases_are_offered_in_danish_order(client: Client, kkr: Organ) -> None:
    aftaler, sager = ["Ærlig aftale", "Øvrig aftale", "Åben aftale"], ["sag 2", "Sag 10", "Æske", "Økonomi", "Årsplan"]
    Rammeaftale.objects.update(titel=aftaler[2])
    for nr, titel in enumerate(aftaler[:2]):
        anden = fabrik.aftale(slug=f"anden-{nr}")
        Rammeaftale.objects.filter(pk=anden.pk).update(titel=titel, tilstand=Aftaletilstand.EMBEDSMANDSUDVALG)
    for titel in sorted(sager):
        Organsag.objects.create(kkr=kkr.kkr, titel=titel)
    moede = opret_moede(aktoer=fabrik.sekretariat(), organ_id=kkr.pk, dato=idag())
    svar = client.get(reverse("rammeaftale:moedebeslutning", args=[moede.pk]))
    valg = [navn.partition(" (")[0] for vaerdi, navn in svar.context["form"].fields["sag"].choices if ":" in vaerdi]
    assert valg == [*aftaler, *sager]


def kommende(organ: Organ) -> str:
    moede = opret_moede(aktoer=fabrik.sekretariat(), organ_id=organ.pk, dato=fabrik.om(7))
    return reverse("rammeaftale:moede", args=[moede.pk])


def test_coming_meeting_tells_what_lies_before_the_body(client: Client, kkr: Organ) -> None:
    aftale = kkr.kkr.rammeaftaler.get()
    udvalg = organ_i(aftale, Organart.EMBEDSMANDSUDVALG)
    besluttet(aftale, Organudfald.TILTRAADT, af=udvalg)
    beslutninger(kkr, 1, 1, Organudfald.UDSAT)
    beslutninger(kkr, 1, 2)
    fundet = {
        organ.pk: [
            (en.titel, en.forelagt, en.sidst and en.sidst.udfald)
            for en in client.get(kommende(organ)).context["ventende"]
        ]
        for organ in (kkr, udvalg)
    }
    assert fundet[kkr.pk] == [(aftale.titel, idag(), None), ("Sag 1", None, "udsat")]
    assert fundet[udvalg.pk] == [(aftale.titel, idag(), "tiltraadt")]
    besluttet(aftale, Organudfald.ANBEFALET, af=kkr)
    side = html(client.get(reverse("rammeaftale:moede", args=[udvalg.moeder.earliest("-dato").pk])))
    assert "Ingen aftale er forelagt, og ingen sag er udsat." in side
    foer = html(client.get(reverse("rammeaftale:moede", args=[kkr.moeder.earliest("dato").pk])))
    assert "Sager, der ligger hos organet" not in foer, "that meeting is over"


def test_member_who_is_no_party_and_a_working_group_see_no_agreement_among_them(client: Client, kkr: Organ) -> None:
    aftale = kkr.kkr.rammeaftaler.get()
    gruppe = organ_i(aftale, Organart.ARBEJDSGRUPPE)
    assert client.get(kommende(gruppe)).context["ventende"] == []
    medlem = fabrik.kommune("Ishøj").organisation
    optag_medlem(
        aktoer=fabrik.sekretariat(), organ_id=kkr.pk, organisation_id=medlem.pk, hverv=Hverv.MEDLEM, fra=idag()
    )
    assert aftale.titel not in html(klient(Rolle.LAESER, medlem).get(kommende(kkr)))


def test_coming_meeting_takes_as_many_statements_for_many_cases_as_for_one(client: Client, kkr: Organ) -> None:
    beslutninger(kkr, 1, 1, Organudfald.UDSAT)
    side = kommende(kkr)

    def saetninger() -> int:
        with CaptureQueriesContext(connection) as fangst:
            assert client.get(side).status_code == 200
        return len(fangst)

    faa = saetninger()
    beslutninger(kkr, 20, 2, Organudfald.UDSAT)
    for nr in range(3):
        anden = fabrik.aftale(slug=f"anden-{nr}")
        Rammeaftale.objects.filter(pk=anden.pk).update(tilstand=Aftaletilstand.EMBEDSMANDSUDVALG)
    assert saetninger() == faa


def beslutninger(kkr: Organ, antal: int, foer: int, udfald: Organudfald = Organudfald.TIL_EFTERRETNING) -> None:
    for nr in range(antal):
        registrer_beslutning(
            aktoer=fabrik.sekretariat(),
            organ_id=kkr.pk,
            dato=fabrik.om(-foer - nr),
            sag=Sagsvalg(titel=f"Sag {foer + nr}"),
            udfald=udfald,
        )


def test_rest_gives_the_meetings_page_by_page_with_as_many_statements_for_many(kkr: Organ) -> None:
    client, adresse = klienter.sekretariat(), f"/api/v1/organer/{kkr.pk}/moeder"
    beslutninger(kkr, 1, 1)

    def hentet() -> tuple[Any, int]:
        with CaptureQueriesContext(connection) as fangst:
            svar = client.get(adresse)
        return svar.json()["resultater"], len(fangst)

    _, faa = hentet()
    beslutninger(kkr, 12, 2)
    alle, mange = hentet()
    assert (len(alle), mange) == (13, faa)
    assert [m["dato"] for m in alle] == sorted((m["dato"] for m in alle), reverse=True)
    assert alle[0]["beslutninger"][0]["sag"] == "Sag 1"
    foerste = client.get(f"{adresse}?limit=5").json()
    assert [m["id"] for m in client.get(foerste["naeste"]).json()["resultater"]][:5] == [m["id"] for m in alle[5:10]]
    assert klienter.myndighed("Odense").get(adresse).status_code == 404


def test_page_of_a_body_takes_as_many_statements_for_many_meetings_as_for_one(client: Client, kkr: Organ) -> None:
    beslutninger(kkr, 1, 1)
    side = reverse("rammeaftale:organ", args=[kkr.pk])

    def saetninger() -> int:
        with CaptureQueriesContext(connection) as fangst:
            assert client.get(side).status_code == 200
        return len(fangst)

    faa = saetninger()
    beslutninger(kkr, 20, 2)
    assert saetninger() == faa
