"""Waiting lists over REST: the rule for all, those who wait for the parties, and a place given with reasons."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from faelles.aktoer import Funktion
from kommuner.roller import KLIENTRETTIGHEDER
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.forespoergsler.pladstilbud import afgoer_pladstilbud
from reservationer.sag.models import Pladstilbud
from reservationer.sag.overgange import Udfald
from reservationer.venteliste.begreber import ANSVAR
from reservationer.venteliste.models import Venteliste
from reservationer.venteliste.opgoerelse import maaneder_foer, sidste_dag
from tests import fabrik
from tests.api import klienter
from tests.venteliste.situationer import PASSER_IKKE, giv, med_venteliste, plads_i, uden_plads, venter

pytestmark = pytest.mark.django_db


def system(navn: str, funktion: Funktion = Funktion.MYNDIGHED) -> Client:
    """A client of the municipality's system."""
    organisation = fabrik.kommune(navn).organisation
    return klienter.client(klienter.registrer(organisation, funktion, *KLIENTRETTIGHEDER[funktion]))


def send(client: Client, sti: str, krop: dict[str, Any], *, noegle: str | None = None) -> Any:
    hoveder = {"idempotency-key": noegle or str(uuid4())}
    return client.post(f"/api/v1/ventelister{sti}", krop, content_type="application/json", headers=hoveder)


def poster(client: Client, liste: Venteliste) -> list[dict[str, Any]]:
    fundne: list[dict[str, Any]] = client.get(f"/api/v1/ventelister/{liste.pk}/poster").json()["resultater"]
    return fundne


def test_rule_is_seen_by_all_and_says_what_a_list_is_not() -> None:
    liste = med_venteliste()
    venter(liste)
    svar = system("Herlev").get("/api/v1/ventelister", {"tilbud": str(liste.tilbud_id)}).json()
    (vist,) = svar["resultater"]
    assert (vist["regel"], vist["tildelinger"], vist["ansvar"]) == ("tur", 0, ANSVAR)
    assert "opfylder ikke kommunens pligt" in vist["ansvar"]
    assert poster(system("Herlev"), liste) == [], "those who wait are none of its business"


def test_municipality_writes_a_need_on_leaves_and_notes_alternatives() -> None:
    liste = med_venteliste()
    henvendelse, client = uden_plads(liste.tilbud), system("Rødovre")
    svar = send(client, f"/{liste.pk}/poster", {"henvendelseId": str(henvendelse.pk)})
    assert svar.status_code == 201
    post = svar.json()
    assert (post["position"], post["sagsreference"], post["ventetDage"]) == (1, "RK-2026-1", 0)
    assert post["efterVilkaar"][0]["noegle"] == "venteliste_eskalering_dage"
    andet = {"postId": post["id"], "tilbudId": str(fabrik.tilbud().pk), "dato": fabrik.om(0).isoformat()}
    svar = send(client, f"/{liste.pk}/alternativer", {**andet, "svar": "afslaaet"})
    assert [et["svar"] for et in svar.json()["alternativer"]] == ["afslaaet"]
    svar = send(client, f"/{liste.pk}/afmeldinger", {"postId": post["id"], "grund": "andet_tilbud"})
    assert (svar.json()["afslutning"], svar.json()["position"]) == ("andet_tilbud", None)
    igen = send(client, f"/{liste.pk}/afmeldinger", {"postId": post["id"], "grund": "andet_tilbud"})
    assert (igen.status_code, igen.json()["code"]) == (409, "venter_ikke_laengere")


def test_operator_sees_need_and_number_and_never_which_municipality() -> None:
    liste = med_venteliste()
    venter(liste, "Rødovre", dage=9)
    venter(liste, "Gladsaxe")
    vist = poster(system("Gladsaxe", Funktion.DRIFTSHERRE), liste)
    assert [(post["position"], post["egenKommune"], post["sagsreference"]) for post in vist] == [
        (1, False, None),
        (2, True, None),
    ]
    assert "Rødovre" not in json.dumps(vist)


def test_one_who_was_passed_over_learns_why_but_not_for_whom() -> None:
    liste = med_venteliste()
    foran, valgt = venter(liste, "Rødovre", dage=9), venter(liste, "Herlev")
    giv(liste, valgt, **{str(foran.pk): PASSER_IKKE})
    (post,) = poster(system("Rødovre"), liste)
    (forbi,) = post["forbigaaelser"]
    assert (forbi["grund"], forbi["tilEnAnden"]) == ("passer_ikke", True)
    assert str(valgt.henvendelse_id) not in json.dumps(post)


def test_place_is_given_with_a_reason_for_each_before_and_once_for_each_key() -> None:
    liste = med_venteliste()
    foran, valgt = venter(liste, "Rødovre", dage=9), venter(liste, "Herlev")
    client, sti = system("Gladsaxe", Funktion.DRIFTSHERRE), f"/{liste.pk}/tildelinger"
    krop = {
        "tildelinger": 0,
        "henvendelseId": str(valgt.henvendelse_id),
        "afdelingId": str(plads_i(liste).afdeling_id),
        "fra": fabrik.om(7).isoformat(),
        "takst": "2500.00",
    }
    uden = send(client, sti, krop)
    assert (uden.status_code, uden.json()["code"]) == (400, "ugyldig_tildeling")
    assert [en["pointer"] for en in uden.json()["errors"]] == ["/forbigaaede"]
    krop["forbigaaede"] = [{"postId": str(foran.pk), "grund": "gruppen_passer_ikke"}]
    assert send(client, sti, {**krop, "takst": None}).status_code == 400
    foerste, gentaget = [send(client, sti, krop, noegle="n-1") for _ in range(2)]
    assert (foerste.status_code, gentaget.json()) == (201, foerste.json())
    assert foerste.json()["tildelinger"] == 1
    sent = send(client, sti, krop)
    assert (sent.status_code, sent.json()["code"]) == (409, "venteliste_aendret")


def test_very_place_is_given_from_the_list_and_held_only_when_the_municipality_takes_it() -> None:
    liste = med_venteliste()
    afdeling = plads_i(liste).afdeling_id
    plads = fabrik.ledig_plads(liste.tilbud.afdelinger.get(pk=afdeling), forbeholdt_beboere=True, art="dag")
    valgt = venter(liste, "Herlev")
    client, sti = system("Gladsaxe", Funktion.DRIFTSHERRE), f"/{liste.pk}/tildelinger"
    krop = {
        "tildelinger": 0,
        "henvendelseId": str(valgt.henvendelse_id),
        "afdelingId": str(afdeling),
        "pladsId": str(fabrik.ledig_plads().pk),
        "fra": fabrik.om(7).isoformat(),
        "takst": "2500.00",
    }
    forkert = send(client, sti, krop)
    assert (forkert.status_code, forkert.json()["code"]) == (400, "ugyldigt_pladstilbud")
    uden_modtager = send(client, sti, {**krop, "henvendelseId": None})
    assert [en["pointer"] for en in uden_modtager.json()["errors"]] == ["/pladsId"]
    assert send(client, sti, {**krop, "pladsId": str(plads.pk)}).status_code == 201
    with transaction.atomic():
        (tilbudt,) = Pladstilbud.objects.for_systemet("test")
        assert (tilbudt.plads_id, tilbudt.henvendelse_id) == (plads.pk, valgt.henvendelse_id)
    assert not plads.optagelser.exists()
    herlev = fabrik.sagsbehandler("Herlev")
    afgoer_pladstilbud(aktoer=herlev, pladstilbud_id=tilbudt.pk, udfald=Udfald.TAG_IMOD, indhold=Indhold())
    assert plads.optagelser.filter(aktiv=True).count() == 1


def test_secretariat_gets_the_extract_of_its_kkr_with_small_counts_left_out() -> None:
    liste, maaned = med_venteliste(), maaneder_foer(fabrik.om(0), 1)[0]
    siden = (fabrik.om(0) - sidste_dag(maaned)).days
    for nummer in range(5):
        venter(liste, "Rødovre", dage=siden + 1, reference=f"RK-{nummer}")
    venter(liste, "Herlev", dage=siden + 1)
    svar = klienter.sekretariat().get("/api/v1/ventelistetal").json()["resultater"]
    opgjort = {en["inddeling"]: en for en in svar}
    assert list(opgjort) == ["tilbud", "maalgruppe", "kommune", "ventetid"]
    assert {(en["kkr"], en["graense"], en["ansvar"]) for en in svar} == {("kkr-hovedstaden", 5, ANSVAR)}
    assert svar[0]["efterVilkaar"][0]["noegle"] == "diskretion_graense"
    assert [(r["gruppe"], r["antal"][-1]) for r in opgjort["tilbud"]["raekker"]] == [(str(liste.tilbud), 6)]
    assert [(r["gruppe"], r["antal"][-1]) for r in opgjort["kommune"]["raekker"]] == [("Øvrige", 6)], "one of Herlev's"
    assert opgjort["tilbud"]["summer"][-2:] == [None, 6]
    andres = klienter.sekretariat("KKR Syddanmark").get("/api/v1/ventelistetal").json()["resultater"]
    assert {tal for en in andres for tal in en["summer"]} <= {None}
    assert system("Rødovre").get("/api/v1/ventelistetal").status_code == 403


def test_entries_take_as_many_statements_for_one_as_for_many() -> None:
    liste, client = med_venteliste(), system("Gladsaxe", Funktion.DRIFTSHERRE)
    venter(liste)
    poster(client, liste)
    with CaptureQueriesContext(
        connection,
    ) as en:
        poster(client, liste)
    for nummer in range(5):
        venter(liste, reference=f"RK-{nummer}")
    with CaptureQueriesContext(connection) as mange:
        assert len(poster(client, liste)) == 6
    assert len(mange) == len(en)


def test_extract_for_supervision_is_that_of_the_page_and_the_municipalitys_own() -> None:
    liste, maaned = med_venteliste(), maaneder_foer(fabrik.om(0), 1)[0]
    siden = (fabrik.om(0) - sidste_dag(maaned)).days
    venter(liste, dage=siden + 1)
    venter(liste, "Herlev", dage=siden + 1)
    opgjort = {
        en["inddeling"]: en for en in system("Rødovre").get("/api/v1/ventelisteopgoerelser").json()["resultater"]
    }
    assert list(opgjort) == ["tilbud", "maalgruppe", "ventetid"]
    assert {en["ansvar"] for en in opgjort.values()} == {ANSVAR}
    assert opgjort["tilbud"]["maaneder"][-1] == sidste_dag(maaned).isoformat()
    assert [(r["gruppe"], r["antal"][-1]) for r in opgjort["tilbud"]["raekker"]] == [(str(liste.tilbud), 1)]
    assert opgjort["ventetid"]["summer"] == [*[0] * 11, 1]
    assert system("Gladsaxe", Funktion.DRIFTSHERRE).get("/api/v1/ventelisteopgoerelser").status_code == 403
