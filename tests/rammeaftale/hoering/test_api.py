"""Hearings over REST: held by the secretariat's system, read by the parties', answered by neither."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faelles.aktoer import Funktion
from faelles.fejl import Konflikt
from faelles.tid import nu, rfc3339
from kommuner.roller import KLIENTRETTIGHEDER
from rammeaftale.hoering.actions import behandl, nyt_link, ret_postkasse, vurder_fil
from rammeaftale.hoering.breve import send_links
from rammeaftale.hoering.regler import Behandlingsudfald, Filudfald
from rammeaftale.models import Hoering, Hoeringslink, Hoeringsnotatfil
from tests import fabrik
from tests.api import klienter
from tests.rammeaftale.hoering.situationer import (
    HANDICAPRAAD,
    ORGANISATION,
    PDF,
    besvar,
    kladde,
    klausuler,
    med_svar,
    noegle,
    sendt,
    udkast,
)

pytestmark = pytest.mark.django_db
TIL_EFTERRETNING = Behandlingsudfald.TIL_EFTERRETNING


@pytest.fixture
def sekretariat() -> Any:
    organisation = fabrik.kkr().sekretariat
    assert organisation is not None
    rettigheder = KLIENTRETTIGHEDER[Funktion.SEKRETARIAT]
    return klienter.client(klienter.registrer(organisation, Funktion.SEKRETARIAT, *rettigheder))


def send(client: Any, sti: str, krop: dict[str, Any], noegle_: str = "", *, set_: str = "") -> Any:
    """With the tag of what is there now at the address `set_`, when one is given."""
    hoveder = {"idempotency-key": noegle_ or str(uuid4())}
    if set_:
        hoveder["if-match"] = client.get(f"/api/v1/{set_}")["ETag"]
    return client.post(f"/api/v1/{sti}", krop, content_type="application/json", headers=hoveder)


def ny(aftale_id: Any) -> dict[str, Any]:
    return {
        "rammeaftaleId": str(aftale_id),
        "titel": "Udkastet",
        "frist": fabrik.om(20).isoformat(),
        "modtagere": [{"art": p.art.value, "navn": p.navn, "email": p.email} for p in (HANDICAPRAAD, ORGANISATION)],
    }


def test_hearing_is_made_once_sent_and_closed(sekretariat: Any) -> None:
    krop = ny(udkast().pk)
    svar = [send(sekretariat, "hoeringer", krop, "n-1") for _ in range(2)]
    assert [s.status_code for s in svar] == [201, 201]
    assert svar[1]["Idempotent-Replayed"] == "true"
    hoering = Hoering.objects.get()
    assert svar[0]["Location"] == f"/api/v1/hoeringer/{hoering.pk}"
    den = f"hoeringer/{hoering.pk}"
    skridt = f"{den}/beslutninger"
    assert send(sekretariat, skridt, {"udfald": "afslut"}).json()["code"] == "hoering_forkert_stand"
    assert send(sekretariat, skridt, {"udfald": "send"}, set_=den).json()["stand"] == "sendt"
    send_links()
    assert len(mail.outbox) == 2
    assert send(sekretariat, skridt, {"udfald": "afslut"}, set_=den).json()["stand"] == "afsluttet"


def test_every_fault_is_pointed_at(sekretariat: Any) -> None:
    krop = ny(udkast().pk) | {"frist": fabrik.om(-1).isoformat(), "titel": " "}
    problem = send(sekretariat, "hoeringer", krop).json()
    assert {fejl["pointer"] for fejl in problem["errors"]} >= {"/titel"}
    problem = send(sekretariat, "hoeringer", krop | {"titel": "Udkastet"}).json()
    assert (problem["code"], [fejl["pointer"] for fejl in problem["errors"]]) == ("ugyldig_hoering", ["/frist"])


def test_hearing_is_changed_by_who_has_seen_it(sekretariat: Any) -> None:
    hoering = sendt()
    url = f"/api/v1/hoeringer/{hoering.pk}"
    maerke = sekretariat.get(url)["ETag"]
    krop = {"titel": hoering.titel, "frist": fabrik.om(30).isoformat(), "paamindDage": 7}

    def ret(**hoveder: str) -> Any:
        return sekretariat.put(url, krop, content_type="application/json", headers=hoveder)

    assert ret().status_code == 428
    assert ret(**{"if-match": maerke}).status_code == 200
    assert ret(**{"if-match": maerke}).status_code == 412
    assert Hoering.objects.get().frist == fabrik.om(30)


Skridt = tuple[str, str, dict[str, Any], str, Callable[[], object]]


def skridtet(hvad: str) -> Skridt:
    """Something done with a hearing: method, address, body, the address whose tag it names; and what another does meanwhile."""
    sekretariatet = fabrik.sekretariat()
    if hvad == "behandl":
        hoering, bemaerkning = med_svar(udkast())
        gjort = f"hoeringer/{hoering.pk}/bemaerkninger/{bemaerkning.pk}/behandlinger"
        andet = partial(behandl, aktoer=sekretariatet, bemaerkning_id=bemaerkning.pk)
        return "POST", gjort, {"udfald": "indarbejdet", "version": 1}, gjort, partial(andet, udfald=TIL_EFTERRETNING)
    if hvad == "vurder":
        hoering, bemaerkning = med_svar(udkast())
        fil = bemaerkning.filer.get()
        alle = f"hoeringer/{hoering.pk}/filer/{fil.pk}/vurderinger"
        luk = partial(vurder_fil, aktoer=sekretariatet, fil_id=fil.pk, udfald=Filudfald.LUKKET, begrundelse="Navne.")
        return "POST", alle, {"udfald": "frigivet"}, alle, luk
    hoering = kladde() if hvad in {"send", "fjern"} else sendt()
    den, part = f"hoeringer/{hoering.pk}", hoering.modtagere.get(navn=HANDICAPRAAD.navn)
    imens = partial(ret_postkasse, aktoer=sekretariatet, modtager_id=part.pk, email="deres@herlev.example")
    if hvad == "fjern":
        return "DELETE", den, {}, den, imens
    if hvad == "postkasse":
        return "POST", f"{den}/modtagere/{part.pk}/postkasse", {"email": "min@herlev.example"}, den, imens
    return "POST", f"{den}/beslutninger", {"udfald": hvad}, den, imens


@pytest.mark.parametrize("hvad", ["send", "afslut", "fjern", "postkasse", "behandl", "vurder"])
def test_what_is_done_is_done_by_who_has_seen_what_another_did_meanwhile(hvad: str, sekretariat: Any) -> None:
    metode, sti, krop, af, imens = skridtet(hvad)

    def goer(**hoveder: str) -> Any:
        hoveder = {"idempotency-key": str(uuid4()), **hoveder}
        return sekretariat.generic(metode, f"/api/v1/{sti}", json.dumps(krop), "application/json", headers=hoveder)

    def maerke() -> str:
        return str(sekretariat.get(f"/api/v1/{af}")["ETag"])

    foer = maerke()
    assert (goer().status_code, goer().json()["code"]) == (428, "if_match_mangler")
    imens()
    efter = maerke()
    sent = goer(**{"if-match": foer})
    assert (sent.status_code, sent.json()["code"], maerke()) == (412, "aendret_imens", efter)
    assert goer(**{"if-match": efter}).status_code == (204 if hvad == "fjern" else 201)


def test_mailboxes_are_shown_to_the_secretariat_that_holds_the_hearing(sekretariat: Any) -> None:
    url = f"/api/v1/hoeringer/{sendt().pk}"
    kun_laeser = klienter.client(
        klienter.registrer(fabrik.kkr().sekretariat, Funktion.SEKRETARIAT, *klienter.LAES)  # type: ignore[arg-type]  # it has one
    )
    (foerste, _) = sekretariat.get(url).json()["modtagere"]
    assert foerste["email"] == HANDICAPRAAD.email
    for klient in (kun_laeser, klienter.myndighed()):
        assert {m["email"] for m in klient.get(url).json()["modtagere"]} == {None}


def test_answers_and_what_was_done_with_them(sekretariat: Any) -> None:
    hoering, bemaerkning = med_svar(udkast())
    besvar(noegle(ORGANISATION), ingen=True)
    gjort = f"hoeringer/{hoering.pk}/bemaerkninger/{bemaerkning.pk}/behandlinger"
    uden = send(sekretariat, gjort, {"udfald": "ikke_imoedekommet"}, set_=gjort).json()
    assert uden["errors"][0]["pointer"] == "/begrundelse"
    assert send(sekretariat, gjort, {"udfald": "indarbejdet", "version": 1}, set_=gjort).status_code == 201
    anden = sendt(udkast(slug="en-anden"))
    fremmed = gjort.replace(str(hoering.pk), str(anden.pk))
    assert send(sekretariat, fremmed, {"udfald": "til_efterretning"}).status_code == 404
    myndighed = klienter.myndighed()
    handicapraad, organisation = myndighed.get(f"/api/v1/hoeringer/{hoering.pk}/svar").json()["resultater"]
    assert (organisation["ingenBemaerkninger"], organisation["bemaerkninger"]) == (True, [])
    (vist,) = handicapraad["bemaerkninger"]
    assert (vist["tekst"], vist["klausul"], vist["behandling"]["udfald"]) == (
        "Skriv mere.",
        "2.1 Emne 1",
        "indarbejdet",
    )
    assert [fil["navn"] for fil in vist["filer"]] == ["svar.pdf"]
    assert HANDICAPRAAD.email not in myndighed.get(f"/api/v1/hoeringer/{hoering.pk}").content.decode()


def test_file_of_an_answer_is_fetched_as_it_came_and_only_from_its_own_hearing(sekretariat: Any) -> None:
    hoering, bemaerkning = med_svar(udkast())
    anden = sendt(udkast(slug="en-anden"))
    for klient in (sekretariat, klienter.myndighed()):
        svaret = klient.get(f"/api/v1/hoeringer/{hoering.pk}/svar").json()["resultater"][0]
        (fil,) = svaret["bemaerkninger"][0]["filer"]
        assert (fil["id"], fil["gennemsoegt"]) == (str(bemaerkning.filer.get().pk), "helt")
        hentet = klient.get(f"/api/v1/hoeringer/{hoering.pk}/filer/{fil['id']}")
        assert (hentet.content, hentet["Content-Type"]) == (PDF, "application/pdf")
        assert hentet["Content-Disposition"].startswith("attachment")
        assert (hentet["X-Content-Type-Options"], hentet["Content-Security-Policy"]) == (
            "nosniff",
            "default-src 'none'; sandbox",
        )
        assert "no-store" in hentet["Cache-Control"]
        fremmed = klient.get(f"/api/v1/hoeringer/{anden.pk}/filer/{fil['id']}")
        assert (fremmed.status_code, fremmed.json()["code"]) == (404, "fil_ikke_fundet")


def test_answers_cost_the_same_for_one_and_many() -> None:
    hoering = sendt()
    client, url = klienter.myndighed(), f"/api/v1/hoeringer/{hoering.pk}/svar"
    antal = []
    for modtager in (HANDICAPRAAD, ORGANISATION):
        besvar(noegle(modtager), {None: "Enig.", klausuler(hoering)[0]: "Skriv mere."})
        client.get(url)
        with CaptureQueriesContext(connection) as fangede:
            client.get(url)
        antal.append(len(fangede))
    assert antal[0] == antal[1]


def test_party_is_added_and_a_wrong_mailbox_corrected_after_sending(sekretariat: Any) -> None:
    hoering = sendt()
    url = f"hoeringer/{hoering.pk}/modtagere"
    region = {"art": "region", "navn": "Regionen", "email": "post@region.example"}
    svar = [send(sekretariat, url, {"modtagere": [region]}, "n-1") for _ in range(2)]
    assert ([s.status_code for s in svar], svar[1]["Idempotent-Replayed"]) == ([201, 201], "true")
    assert [m["navn"] for m in svar[0].json()["modtagere"]][-1] == "Regionen"
    igen = send(sekretariat, url, {"modtagere": [region]}).json()
    assert (igen["code"], igen["errors"][0]["pointer"]) == ("ugyldig_modtager", "/modtagere")
    modtager = hoering.modtagere.get(navn="Regionen")
    postkasse = f"{url}/{modtager.pk}/postkasse"
    den = f"hoeringer/{hoering.pk}"
    samme = send(sekretariat, postkasse, {"email": region["email"]}, set_=den).json()
    assert (samme["code"], samme["errors"][0]["pointer"]) == ("ugyldig_modtager", "/email")
    assert send(sekretariat, postkasse, {"email": "ny@region.example"}, set_=den).status_code == 201
    anden = sendt(udkast(slug="en-anden"))
    fremmed = send(sekretariat, postkasse.replace(str(hoering.pk), str(anden.pk)), {"email": "x@region.example"})
    assert (fremmed.status_code, fremmed.json()["code"]) == (404, "modtager_ikke_fundet")
    send_links()
    assert [b.to for b in mail.outbox if b.to[0].endswith("@region.example")] == [["ny@region.example"]]


def test_link_is_mailed_anew_and_withdrawn_and_never_shown(sekretariat: Any) -> None:
    hoering = sendt()
    modtager = hoering.modtagere.get(navn=HANDICAPRAAD.navn)
    skridt, gammelt = f"hoeringer/{hoering.pk}/modtagere/{modtager.pk}/beslutninger", noegle()

    def goer(udfald: str, med: str = "") -> Any:
        return send(sekretariat, skridt, {"udfald": udfald}, med)

    svar = [goer("nyt_link", "n-1") for _ in range(2)]
    assert ([s.status_code for s in svar], svar[1]["Idempotent-Replayed"]) == ([201, 201], "true")
    send_links()
    nyt = noegle()
    assert nyt != gammelt
    (vist, _) = sekretariat.get(f"/api/v1/hoeringer/{hoering.pk}").json()["modtagere"]
    assert (vist["harLink"], bool(vist["linkSendt"])) == (True, True)
    for svaret in (svar[0], sekretariat.get(f"/api/v1/hoeringer/{hoering.pk}"), sekretariat.get("/api/v1/hoeringer")):
        assert not any(hemmeligt in svaret.content.decode() for hemmeligt in (nyt, gammelt, "noegle"))
    trukket = goer("traek_link").json()["modtagere"][0]
    assert (trukket["harLink"], trukket["linkSendt"]) == (False, None)
    with pytest.raises(Konflikt):
        besvar(nyt)
    assert goer("fjern").json()["code"] == "hoering_forkert_stand"
    anden = sendt(udkast(slug="en-anden"))
    skridt = skridt.replace(str(hoering.pk), str(anden.pk))
    for udfald in ("nyt_link", "traek_link"):
        assert (goer(udfald).status_code, goer(udfald).json()["code"]) == (404, "modtager_ikke_fundet")


def test_recipient_is_taken_out_of_a_draft(sekretariat: Any) -> None:
    hoering = kladde()
    modtager = hoering.modtagere.get(navn=HANDICAPRAAD.navn)
    skridt = f"hoeringer/{hoering.pk}/modtagere/{modtager.pk}/beslutninger"
    assert send(sekretariat, skridt, {"udfald": "nyt_link"}).json()["code"] == "hoering_forkert_stand"
    assert [m["navn"] for m in send(sekretariat, skridt, {"udfald": "fjern"}).json()["modtagere"]] == [
        ORGANISATION.navn
    ]
    assert not hoering.modtagere.filter(pk=modtager.pk).exists()


def test_note_is_ordered_once_followed_and_fetched_by_the_parties_when_it_is_done(sekretariat: Any) -> None:
    hoering = sendt()
    adresse = f"hoeringer/{hoering.pk}/notater"
    svar = [send(sekretariat, adresse, {}, "n-1") for _ in range(2)]
    assert ([s.status_code for s in svar], svar[1]["Idempotent-Replayed"]) == ([202, 202], "true")
    (notat,) = hoering.notater.all()
    et = svar[0]["Location"]
    assert (et, svar[0].json()["pdf"]) == (f"/api/v1/{adresse}/{notat.pk}", None)
    assert sekretariat.get(f"{et}/pdf").json()["code"] == "notat_ikke_faerdigt"
    myndighed = klienter.myndighed()
    assert (myndighed.get(et).status_code, myndighed.get(f"/api/v1/{adresse}").json()["resultater"]) == (404, [])
    Hoeringsnotatfil.objects.create(notat=notat, pdf=b"%PDF-1.7", sha256="0" * 64)
    for klient in (sekretariat, myndighed):
        (vist,) = klient.get(f"/api/v1/{adresse}").json()["resultater"]
        assert (vist, vist["status"]) == (klient.get(et).json(), "faerdig")
        hentet = klient.get(vist["pdf"])
        assert (hentet.content, hentet["Content-Type"]) == (b"%PDF-1.7", "application/pdf")
        assert "no-store" in hentet["Cache-Control"]
    anden = sendt(udkast(slug="en-anden"))
    fremmed = et.replace(str(hoering.pk), str(anden.pk))
    assert [sekretariat.get(f"{fremmed}{hale}").status_code for hale in ("", "/pdf")] == [404, 404]


def test_note_is_not_ordered_of_a_draft(sekretariat: Any) -> None:
    svar = send(sekretariat, f"hoeringer/{kladde().pk}/notater", {})
    assert (svar.status_code, svar.json()["code"]) == (409, "hoering_forkert_stand")


def test_who_handled_a_remark_and_when_is_told_of_each_time(sekretariat: Any) -> None:
    hoering, bemaerkning = med_svar(udkast())
    gjort = f"hoeringer/{hoering.pk}/bemaerkninger/{bemaerkning.pk}/behandlinger"
    for udfald in ("til_efterretning", "indarbejdet"):
        assert send(sekretariat, gjort, {"udfald": udfald, "version": 1}, set_=gjort).status_code == 201
    alle = klienter.myndighed().get(f"/api/v1/{gjort}").json()["resultater"]
    assert [(b["udfald"], b["registreretAf"]) for b in alle] == [
        (udfald, str(fabrik.kkr().sekretariat)) for udfald in ("indarbejdet", "til_efterretning")
    ]
    tidspunkter = [rfc3339(b.registreret) for b in bemaerkning.behandlinger.order_by("-registreret", "-id")]
    assert [b["registreret"] for b in alle] == tidspunkter
    anden = sendt(udkast(slug="en-anden"))
    assert sekretariat.get(f"/api/v1/{gjort.replace(str(hoering.pk), str(anden.pk))}").status_code == 404


def test_what_was_done_with_an_answer_that_is_replaced_is_the_secretariat_s_alone(sekretariat: Any) -> None:
    hoering, bemaerkning = med_svar(udkast())
    alle = f"/api/v1/hoeringer/{hoering.pk}/bemaerkninger"
    url, myndighed = f"{alle}/{bemaerkning.pk}/behandlinger", klienter.myndighed()
    assert myndighed.get(url).status_code == 200
    nyt_link(aktoer=fabrik.sekretariat(), modtager_id=bemaerkning.svar.link.modtager_id)
    send_links()
    besvar(noegle(), ingen=True)
    afloest, ukendt = myndighed.get(url), myndighed.get(f"{alle}/{uuid4()}/behandlinger")
    assert (afloest.status_code, {**afloest.json(), "instance": ""}) == (404, {**ukendt.json(), "instance": ""})
    assert sekretariat.get(url).status_code == 200


def test_letter_that_cannot_be_mailed_is_counted_until_it_is(sekretariat: Any) -> None:
    hoering = sendt()
    url = f"/api/v1/hoeringer/{hoering.pk}"
    link = Hoeringslink.objects.filter(modtager__navn=HANDICAPRAAD.navn)
    link.update(sendt=None, forsoeg=3, sidst_fejlet=nu())
    assert [m["fejledeForsoeg"] for m in sekretariat.get(url).json()["modtagere"]] == [3, 0]
    link.update(sendt=nu())
    assert [m["fejledeForsoeg"] for m in sekretariat.get(url).json()["modtagere"]] == [0, 0]


def test_handling_that_is_sent_twice_with_the_same_key_is_registered_once(sekretariat: Any) -> None:
    hoering, bemaerkning = med_svar(udkast())
    gjort = f"hoeringer/{hoering.pk}/bemaerkninger/{bemaerkning.pk}/behandlinger"
    krop = {"udfald": "til_efterretning"}
    svar = [send(sekretariat, gjort, krop, "den samme", set_=gjort) for _ in range(2)]
    assert [s.status_code for s in svar] == [201, 201]
    assert bemaerkning.behandlinger.count() == 1
    uden = sekretariat.post(f"/api/v1/{gjort}", krop, content_type="application/json")
    assert (uden.status_code, uden.json()["code"]) == (400, "idempotency_key_mangler")


def test_hearings_are_found_by_agreement_and_where_they_stand(sekretariat: Any) -> None:
    ude, andens = sendt(udkast()), sendt(udkast(slug="en-anden"))
    kladden = kladde(ude.version.aftale)

    def fundne(**soegt: Any) -> set[str]:
        svar = sekretariat.get("/api/v1/hoeringer", soegt)
        return {en["id"] for en in svar.json()["resultater"]}

    assert fundne(rammeaftaleId=str(andens.version.aftale_id)) == {str(andens.pk)}
    assert fundne(stand="kladde") == {str(kladden.pk)}
    assert fundne(stand=["kladde", "sendt"]) == {str(en.pk) for en in (ude, andens, kladden)}
    assert fundne(stand="afsluttet") == set()
    assert fundne(stand="sendt", rammeaftaleId=str(ude.version.aftale_id)) == {str(ude.pk)}
    for ukendt in (str(uuid4()), "x"):
        assert sekretariat.get("/api/v1/hoeringer", {"rammeaftaleId": ukendt}).status_code == 400


def test_file_is_released_and_closed_over_rest(sekretariat: Any) -> None:
    hoering, bemaerkning = med_svar(udkast())
    sti = f"hoeringer/{hoering.pk}/filer/{bemaerkning.filer.get().pk}"
    alle, anden = f"{sti}/vurderinger", sendt(udkast(slug="en-anden"))
    luk = {"udfald": "lukket", "begrundelse": "Nævner en borger."}
    assert send(sekretariat, f"{sti.replace(str(hoering.pk), str(anden.pk))}/vurderinger", luk).status_code == 404
    assert send(sekretariat, alle, {"udfald": "lukket"}, set_=alle).json()["code"] == "ugyldig_filvurdering"
    assert send(sekretariat, alle, luk, set_=alle).json()["registreretAf"] == str(fabrik.kkr().sekretariat)
    myndighed = klienter.myndighed()
    svaret = myndighed.get(f"/api/v1/hoeringer/{hoering.pk}/svar").json()["resultater"][0]
    (fil,) = svaret["bemaerkninger"][0]["filer"]
    assert (fil["adgang"], fil["vurdering"]["begrundelse"]) == ("lukket", "Nævner en borger.")
    assert [klient.get(f"/api/v1/{sti}").status_code for klient in (sekretariat, myndighed)] == [404, 404]
    assert send(sekretariat, alle, {"udfald": "frigivet"}, set_=alle).status_code == 201
    assert myndighed.get(f"/api/v1/{sti}").status_code == 200
    assert [v["udfald"] for v in sekretariat.get(f"/api/v1/{alle}").json()["resultater"]] == ["frigivet", "lukket"]
    assert myndighed.get(f"/api/v1/{alle}").status_code == 403
