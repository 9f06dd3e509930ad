"""A party's steps over REST: who registered each, what it was carried from, and why a party must decide again."""

from datetime import date
from typing import Any

import pytest

from rammeaftale.actions import opret_allonge, registrer_offentliggoerelse
from rammeaftale.livscyklus import Aendringsart, Aftaletilstand, Partsstatus
from rammeaftale.models import Godkendelse
from rammeaftale.moeder.regler import Organudfald
from rammeaftale.organer.regler import Organart
from tests import fabrik
from tests.api import klienter
from tests.rammeaftale.aftaler import anbefal, godkend, kladde, send, sendt, tag
from tests.rammeaftale.moeder.situationer import REFERAT, besluttet, organ_i
from tests.rammeaftale.rapporter.situationer import beslut
from tests.rammeaftale.test_trin import ny as aabn_ny_version

pytestmark = pytest.mark.django_db


def hent(sti: str) -> list[dict[str, Any]]:
    svar = klienter.myndighed().get(f"/api/v1/rammeaftaler/{sti}")
    assert svar.status_code == 200
    resultater: list[dict[str, Any]] = svar.json()["resultater"]
    return resultater


def test_step_says_who_registered_it_and_a_carried_one_what_it_was_carried_from() -> None:
    aftale = sendt("Rødovre", "Gladsaxe")
    godkend(aftale, "Gladsaxe Kommune")
    gladsaxe, roedovre = (aftale.parter.get(organisation__navn=f"{n} Kommune") for n in ("Gladsaxe", "Rødovre"))
    beslut(aftale, gladsaxe, Partsstatus.AFVIST, dato=fabrik.om(0))
    sekretariat = str(fabrik.kkr().sekretariat)
    (foer,) = (p for p in hent(f"{aftale.id}/parter") if p["id"] == str(gladsaxe.id))
    assert (foer["status"], foer["registreretAf"], foer["genstart"]) == ("afvist", sekretariat, None)
    aabn_ny_version(aftale)
    anbefal(aftale)
    send(aftale, Aendringsart.REDAKTIONEL)
    parter = {p["id"]: p for p in hent(f"{aftale.id}/parter")}
    afviste, godkendte = parter[str(gladsaxe.id)], parter[str(roedovre.id)]
    assert (afviste["status"], afviste["registreretAf"], afviste["genstart"]) == ("afventer", None, "afvist")
    assert (godkendte["status"], godkendte["registreretAf"], godkendte["genstart"]) == ("godkendt", sekretariat, None)
    foerste, viderefoert = hent(f"{aftale.id}/parter/{roedovre.id}/godkendelser")
    assert (foerste["viderefoertFra"], viderefoert["viderefoertFra"]) == (None, foerste["id"])
    assert {foerste["registreretAf"], viderefoert["registreretAf"]} == {sekretariat}
    assert not any(
        g.identitet in str(hent(f"{aftale.id}/parter/{roedovre.id}/godkendelser")) for g in Godkendelse.objects.all()
    )


def test_decision_is_registered_by_who_has_seen_the_party_s_last_one() -> None:
    aftale, client = sendt("Rødovre", "Gladsaxe"), klienter.sekretariat()
    gladsaxe = aftale.parter.get(organisation__navn="Gladsaxe Kommune")
    url = f"/api/v1/rammeaftaler/{aftale.id}/parter/{gladsaxe.id}/godkendelser"
    krop = {
        "status": "godkendt",
        "dato": fabrik.om(0).isoformat(),
        "organ": "Byrådet",
        "referatUrl": "https://a.example",
    }
    maerke = client.get(url).headers["ETag"]

    def registrer(**hoveder: str) -> Any:
        return client.post(url, krop, content_type="application/json", headers=hoveder)

    assert registrer().json()["code"] == "if_match_mangler"
    beslut(aftale, gladsaxe, Partsstatus.AFVIST, dato=fabrik.om(0))
    imens = registrer(**{"if-match": maerke})
    assert (imens.status_code, imens.json()["code"]) == (412, "aendret_imens")
    assert [g.status for g in Godkendelse.objects.filter(part=gladsaxe)] == ["afvist"]
    assert registrer(**{"if-match": client.get(url).headers["ETag"]}).status_code == 201
    assert [g["status"] for g in hent(f"{aftale.id}/parter/{gladsaxe.id}/godkendelser")] == ["afvist", "godkendt"]


def test_municipality_says_when_and_where_it_published_the_agreement() -> None:
    aftale = sendt("Rødovre", "Gladsaxe")
    godkend(aftale)
    gladsaxe = aftale.parter.get(organisation__navn="Gladsaxe Kommune")
    for url in ("https://gladsaxe.example/forkert", "https://gladsaxe.example/aftale"):
        registrer_offentliggoerelse(
            aktoer=fabrik.sekretariat(), aftale_id=aftale.id, part_id=gladsaxe.id, dato=fabrik.om(0), url=url
        )
    fundne = {p["organisation"]: (p["offentliggjort"], p["offentliggjortUrl"]) for p in hent(f"{aftale.id}/parter")}
    assert fundne["Gladsaxe Kommune"] == (fabrik.om(0).isoformat(), "https://gladsaxe.example/aftale")
    assert fundne["Rødovre Kommune"] == (None, "")


def test_steps_tell_the_way_of_the_agreement_and_why_a_party_must_decide_again() -> None:
    aftale = sendt("Rødovre", "Gladsaxe")
    godkend(aftale, "Gladsaxe Kommune")
    gladsaxe = aftale.parter.get(organisation__navn="Gladsaxe Kommune")
    beslut(aftale, gladsaxe, Partsstatus.AFVIST, dato=fabrik.om(0))
    aabn_ny_version(aftale)
    anbefal(aftale)
    send(aftale, Aendringsart.REDAKTIONEL)
    trin = hent(f"{aftale.id}/trin")
    vej = ["embedsmandsudvalg", "kkr_anbefalet", "sendt"]
    assert [(et["art"], et["version"]) for et in trin] == [
        *((art, 1) for art in vej), ("kladde", 2), *((art, 2) for art in vej),
    ]  # fmt: skip
    anbefalet, sendt_foerst, kladde_igen, sendt_igen = trin[1], trin[2], trin[3], trin[6]
    assert (anbefalet["organ"], anbefalet["referatUrl"]) == (organ_i(aftale, Organart.KKR).navn, REFERAT)
    assert kladde_igen["begrundelse"] == "Afsnit 3 er rettet"
    assert sendt_igen["genstarter"] == [
        {"partId": str(gladsaxe.id), "organisation": "Gladsaxe Kommune", "grund": "afvist"}
    ]
    assert [et["genstarter"] for et in (sendt_foerst, kladde_igen)] == [[], []]
    assert {et["registreretAf"] for et in trin} == {str(fabrik.kkr().sekretariat)}


def test_step_registered_wrongly_is_replaced_by_the_one_that_corrects_it() -> None:
    aftale = kladde()
    udvalg = organ_i(aftale, Organart.EMBEDSMANDSUDVALG)
    tag(aftale, Aftaletilstand.EMBEDSMANDSUDVALG)

    def udvalgets() -> list[tuple[str, bool]]:
        return [
            (et["begrundelse"], et["retter"]) for et in hent(f"{aftale.id}/trin") if et["art"] == "udvalget_tiltraadte"
        ]

    besluttet(aftale, Organudfald.TILTRAADT, af=udvalg, tekst="Med flertal")
    assert udvalgets() == [("Med flertal", False)]
    besluttet(aftale, Organudfald.TILTRAADT, af=udvalg, tekst="Enstemmigt")
    assert udvalgets() == [("Enstemmigt", True)]
    besluttet(aftale, Organudfald.UDSAT, af=udvalg)
    assert udvalgets() == [], "the meeting did not accede after all"


def test_meetings_decision_says_who_registered_it() -> None:
    aftale = kladde()
    kkr = organ_i(aftale, Organart.KKR)
    tag(aftale, Aftaletilstand.EMBEDSMANDSUDVALG)
    besluttet(aftale, Organudfald.ANBEFALET, af=kkr)
    (moede,) = klienter.myndighed().get(f"/api/v1/organer/{kkr.id}/moeder").json()["resultater"]
    assert [b["registreretAf"] for b in moede["beslutninger"]] == [str(fabrik.kkr().sekretariat)]


def skriver() -> Any:
    """The secretariat's own system, which may write agreements."""
    return klienter.sekretariat()


def send_til(sti: str, krop: dict[str, Any], svarer: int) -> Any:
    svar = skriver().post(f"/api/v1/rammeaftaler/{sti}", krop, content_type="application/json")
    assert svar.status_code == svarer, svar.content
    return svar.json() if svar.content else None


def test_draft_gets_another_title_and_period_from_what_the_client_has_seen() -> None:
    aftale, client = kladde("Rødovre"), skriver()
    url = f"/api/v1/rammeaftaler/{aftale.id}"
    nyt = {"titel": "Rammeaftale 2027–2029", "fra": "2027-01-01", "til": "2030-01-01"}

    def ret(maerke: str | None, krop: dict[str, Any] = nyt) -> Any:
        return client.put(url, krop, content_type="application/json", headers={"if-match": maerke} if maerke else {})

    assert ret(None).status_code == 428
    set_foer = client.get(url).headers["ETag"]
    rettet = ret(set_foer)
    assert (rettet.status_code, rettet.json()["titel"], rettet.json()["til"]) == (200, nyt["titel"], nyt["til"])
    assert ret(set_foer, {**nyt, "titel": "Et andet"}).status_code == 412
    forkert = ret(rettet.headers["ETag"], {**nyt, "til": "2027-01-01"})
    assert (forkert.status_code, [f["pointer"] for f in forkert.json()["errors"]]) == (400, ["/til"])
    assert {p["til"] for p in hent(f"{aftale.id}/parter")} == {nyt["til"]}


def test_allonge_has_no_last_day_of_its_own() -> None:
    aftale, client = sendt("Rødovre"), skriver()
    godkend(aftale)
    allonge = opret_allonge(aktoer=fabrik.sekretariat(), aftale_id=aftale.id, titel="Allonge", fra=date(2027, 7, 1))
    url = f"/api/v1/rammeaftaler/{allonge.id}"

    def ret(til: str | None) -> Any:
        maerke = {"if-match": client.get(url).headers["ETag"]}
        krop = {"titel": "Allonge 1", "fra": "2028-01-01", "til": til}
        return client.put(url, krop, content_type="application/json", headers=maerke)

    assert ret("2028-06-01").status_code == 400
    assert ret(None).json()["til"] == ret("2029-01-01").json()["til"] == "2029-01-01"


def test_parties_come_and_go_and_are_taken_out_of_a_draft() -> None:
    aftale = kladde("Rødovre", "Herlev")
    ishoej = str(fabrik.kommune("Ishøj").organisation_id)
    ny = send_til(f"{aftale.id}/parter", {"organisationId": ishoej, "fra": "2028-01-01"}, 201)
    assert (ny["organisation"], ny["fra"], ny["status"]) == ("Ishøj Kommune", "2028-01-01", "afventer")
    igen = send_til(f"{aftale.id}/parter", {"organisationId": ishoej, "fra": "2028-01-01"}, 409)
    assert igen["code"] == "part_findes"
    herlev = aftale.parter.get(organisation__navn="Herlev Kommune")
    slut = {"sidsteDag": "2027-12-31", "begrundelse": "Aftalt", "efterfoelgerId": ishoej}
    optaget = send_til(f"{aftale.id}/parter/{herlev.id}/afslutninger", slut, 409)
    assert optaget["code"] == "part_findes"
    send_til(f"{aftale.id}/parter/{ny['id']}/fjernelser", {"begrundelse": " "}, 400)
    send_til(f"{aftale.id}/parter/{ny['id']}/fjernelser", {"begrundelse": "Tilføjet ved en fejl"}, 204)
    afsluttet = send_til(f"{aftale.id}/parter/{herlev.id}/afslutninger", slut, 201)
    assert (afsluttet["til"], afsluttet["efterfoelger"], afsluttet["begrundelse"]) == (
        "2028-01-01", "Ishøj Kommune", "Aftalt",
    )  # fmt: skip
    fundne = {p["organisation"]: (p["fra"], p["til"]) for p in hent(f"{aftale.id}/parter")}
    assert fundne["Ishøj Kommune"] == ("2028-01-01", "2029-01-01")
    anbefal(aftale)
    send(aftale)
    for_sent = send_til(f"{aftale.id}/parter/{herlev.id}/fjernelser", {"begrundelse": "Fortrudt"}, 409)
    assert for_sent["code"] == "parter_ligger_fast"
