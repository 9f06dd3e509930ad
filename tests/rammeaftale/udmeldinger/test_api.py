"""Central calls over REST: the secretariat's system registers, each municipality's answers, and small counts stay hidden."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from freezegun import freeze_time

from faelles.aktoer import Funktion
from faelles.tid import idag
from kommuner.roller import KLIENTRETTIGHEDER
from rammeaftale.models import Udmelding, Udmeldingsrapport, Udmeldingsrapportfil, Udmeldingssvar
from rammeaftale.udmeldinger import actions
from rammeaftale.udmeldinger.regler import Udmeldingsart
from tests import fabrik
from tests.api import klienter
from tests.rammeaftale.udmeldinger.situationer import med_rapport, part, sket, svaret, udmelding

pytestmark = pytest.mark.django_db


@pytest.fixture
def sekretariat() -> Any:
    return system(fabrik.kkr().sekretariat, Funktion.SEKRETARIAT)


def system(organisation: Any, funktion: Funktion = Funktion.MYNDIGHED) -> Any:
    return klienter.client(klienter.registrer(organisation, funktion, *KLIENTRETTIGHEDER[funktion]))


def kommunens(navn: str) -> Any:
    return system(fabrik.kommune(navn).organisation)


def send(client: Any, sti: str, krop: dict[str, Any], noegle: str = "") -> Any:
    hoveder = {"idempotency-key": noegle or str(uuid4())}
    return client.post(f"/api/v1/{sti}", krop, content_type="application/json", headers=hoveder)


def ret(client: Any, sti: str, krop: dict[str, Any], maerke: str = "") -> Any:
    hoveder = {"if-match": maerke or client.get(f"/api/v1/{sti}")["ETag"]}
    return client.put(f"/api/v1/{sti}", krop, content_type="application/json", headers=hoveder)


def ny(titel: str = "Gravide med misbrug") -> dict[str, Any]:
    return {"titel": titel, "modtaget": fabrik.om(-5).isoformat(), "svarfrist": fabrik.om(30).isoformat()}


def test_call_is_registered_once_answered_reported_and_the_report_taken_back(sekretariat: Any) -> None:
    aftale = fabrik.aftale()
    stien = f"rammeaftaler/{aftale.pk}/udmeldinger"
    svar = [send(sekretariat, stien, ny(), "n-1") for _ in range(2)]
    assert ([s.status_code for s in svar], svar[1]["Idempotent-Replayed"]) == ([201, 201], "true")
    hvad = Udmelding.objects.get()
    udmeldingen = svar[0]["Location"].removeprefix("/api/v1/")
    herlev = kommunens("Herlev")
    svarsti = f"{udmeldingen}/svar/{part(hvad, 'Herlev').pk}"
    assert ret(herlev, svarsti, {"antalBorgere": 3, "mangler": "Akutte pladser"}).json()["antalBorgere"] == 3
    assert sekretariat.get(f"/api/v1/{stien}").json()["resultater"][0]["antalSvar"] == 1
    sendes = {"art": "rapport_sendt", "dato": idag().isoformat()}
    afvist = send(sekretariat, f"{udmeldingen}/haendelser", sendes)
    assert (afvist.status_code, afvist.json()["code"]) == (409, "rapport_daekker_ikke_svarene")
    med_rapport(hvad)
    sendt = send(sekretariat, f"{udmeldingen}/haendelser", sendes).json()
    assert sendt["stand"] == "afsendt"
    assert ret(herlev, svarsti, {"antalBorgere": 4}).json()["code"] == "rapport_er_sendt"
    annuller = f"udmeldingshaendelser/{sendt['haendelser'][0]['id']}/annulleringer"
    assert send(sekretariat, annuller, {"begrundelse": " "}).status_code == 400
    taget = send(sekretariat, annuller, {"begrundelse": "Det var en anden"}).json()
    assert (taget["stand"], taget["haendelser"][0]["annullering"]["begrundelse"]) == ("besvares", "Det var en anden")
    assert send(sekretariat, annuller, {"begrundelse": "Igen"}).json()["code"] == "faktum_er_annulleret"
    assert ret(herlev, svarsti, {"antalBorgere": 4}).status_code == 200


def test_municipality_answers_for_itself_and_for_no_other() -> None:
    hvad = udmelding(fabrik.aftale())
    stien = f"udmeldinger/{hvad.pk}/svar/{part(hvad, 'Herlev').pk}"
    assert ret(kommunens("Gladsaxe"), stien, {"antalBorgere": 3}).json()["code"] == "udmelding_ikke_fundet"
    assert not Udmeldingssvar.objects.exists()
    herlev = kommunens("Herlev")
    maerke = herlev.get(f"/api/v1/{stien}")["ETag"]
    assert ret(herlev, stien, {"antalBorgere": 3}, maerke).status_code == 200
    assert ret(herlev, stien, {"antalBorgere": 4}, maerke).status_code == 412
    assert herlev.get(f"/api/v1/{stien}").json()["antalBorgere"] == 3
    assert ret(herlev, stien, {}).json()["errors"][0]["pointer"] == "/antalBorgere"


def test_counts_are_hidden_from_others_as_on_the_page(sekretariat: Any) -> None:
    hvad = udmelding(fabrik.aftale())
    for navn, tal in (("Gladsaxe", 2), ("Herlev", 3), ("Rødovre", 40)):
        svaret(hvad, navn, tal)

    def svarene(client: Any) -> list[dict[str, Any]]:
        return list(client.get(f"/api/v1/udmeldinger/{hvad.pk}/svar").json()["resultater"])

    def antal(client: Any) -> list[tuple[int | None, bool]]:
        return [(s["antalBorgere"], s["antalSkjult"]) for s in svarene(client)]

    skjult = (None, True)
    assert antal(sekretariat) == [(2, False), (3, False), (40, False)]
    assert antal(kommunens("Herlev")) == [skjult, (3, False), skjult]
    assert not any(s["efterVilkaar"] for s in svarene(kommunens("Herlev"))), (
        "until the report is sent no term hides them"
    )
    sket(hvad, Udmeldingsart.RAPPORT_SENDT)
    assert antal(kommunens("Rødovre")) == [skjult, skjult, (40, False)]
    en = kommunens("Rødovre").get(f"/api/v1/udmeldinger/{hvad.pk}/svar/{part(hvad, 'Herlev').pk}")
    assert (en.json()["antalBorgere"], "no-store" in en["Cache-Control"]) == (None, True)
    (efter,) = en.json()["efterVilkaar"]
    assert (efter["felt"], efter["noegle"], efter["saet"]) == ("antalBorgere", "diskretion_graense", 1)
    assert [len(s["efterVilkaar"]) for s in svarene(kommunens("Rødovre"))] == [1, 1, 0]
    assert not any(s["efterVilkaar"] for s in svarene(sekretariat)), "nothing is hidden from it"


def test_answer_from_before_a_renewed_treatment_is_said_to_be_until_it_is_given_again(sekretariat: Any) -> None:
    with freeze_time(fabrik.samme_tid(-9)):
        hvad = udmelding(fabrik.aftale())
        for navn in ("Gladsaxe", "Herlev"):
            svaret(hvad, navn, 40)
        sket(hvad, Udmeldingsart.RAPPORT_SENDT)

    def fra_foer() -> list[bool]:
        svar = sekretariat.get(f"/api/v1/udmeldinger/{hvad.pk}/svar").json()["resultater"]
        return [s["foerFornyetBehandling"] for s in svar]

    assert fra_foer() == [False, False, False]
    sket(hvad, Udmeldingsart.FORNYET_BEHANDLING)
    assert fra_foer() == [True, True, False], "Rødovre has not answered at all"
    svaret(hvad, "Gladsaxe", 45)
    assert fra_foer() == [False, True, False]
    en = kommunens("Herlev").get(f"/api/v1/udmeldinger/{hvad.pk}/svar/{part(hvad, 'Herlev').pk}").json()
    assert en["foerFornyetBehandling"] is True


def test_every_fault_is_pointed_at_and_nothing_changed_unseen(sekretariat: Any) -> None:
    hvad = udmelding(fabrik.aftale())
    stien = f"udmeldinger/{hvad.pk}"
    krop = ny() | {"maalgruppeId": str(uuid4()), "kildeUrl": "link", "svarfrist": fabrik.om(-6).isoformat()}
    problem = ret(sekretariat, stien, krop).json()
    assert (problem["code"], {f["pointer"] for f in problem["errors"]}) == (
        "ugyldig_udmelding",
        {"/maalgruppeId", "/kildeUrl", "/svarfrist"},
    )
    maerke = sekretariat.get(f"/api/v1/{stien}")["ETag"]
    assert ret(sekretariat, stien, ny(), maerke).json()["titel"] == "Gravide med misbrug"
    assert ret(sekretariat, stien, ny("En anden"), maerke).status_code == 412
    fabrik.kommune("Odense", i="KKR Syddanmark")
    fjernt = fabrik.tilbud(i="Odense")
    paalaeg = {"art": "midlertidigt_paalaeg", "dato": idag().isoformat(), "tilbudId": str(fjernt.pk)}
    problem = send(sekretariat, f"{stien}/haendelser", paalaeg).json()
    assert [f["pointer"] for f in problem["errors"]] == ["/tilbudId"], "an offer of another KKR"
    naert = {**paalaeg, "tilbudId": str(fabrik.tilbud(i="Gladsaxe").pk), "sidsteDag": fabrik.om(9).isoformat()}
    assert send(sekretariat, f"{stien}/haendelser", naert).json()["haendelser"][0]["sidsteDag"] == naert["sidsteDag"]


def test_lists_read_many_with_as_many_statements_as_few(sekretariat: Any) -> None:
    aftale = fabrik.aftale()
    hvad = udmelding(aftale)

    def laest() -> list[int]:
        antal = []
        for sti in (f"rammeaftaler/{aftale.pk}/udmeldinger", f"udmeldinger/{hvad.pk}/svar"):
            with CaptureQueriesContext(connection) as fangst:
                sekretariat.get(f"/api/v1/{sti}")
            antal.append(len(fangst))
        return antal

    svaret(hvad, "Herlev", 5)
    laest()
    faa = laest()
    for nr in range(8):
        svaret(udmelding(aftale, f"Udmelding {nr}"), "Gladsaxe", nr)
        svaret(hvad, "Rødovre", nr)
    assert laest() == faa


def test_report_is_ordered_once_followed_by_the_secretariat_and_fetched_when_it_is_made(sekretariat: Any) -> None:
    hvad = udmelding(fabrik.aftale())
    stien = f"udmeldinger/{hvad.pk}/rapporter"
    svar = [send(sekretariat, stien, {}, "n-1") for _ in range(2)]
    assert ([s.status_code for s in svar], svar[1]["Idempotent-Replayed"]) == ([202, 202], "true")
    rapport = Udmeldingsrapport.objects.get()
    hvor = svar[0]["Location"]
    assert hvor == f"/api/v1/udmeldingsrapporter/{rapport.pk}"
    assert (svar[0].json()["status"], svar[0].json()["pdf"]) == ("i_koe", None)
    assert sekretariat.get(f"{hvor}/pdf").json()["code"] == "rapport_ikke_faerdig"
    Udmeldingsrapportfil.objects.create(rapport=rapport, pdf=b"%PDF-1.7", sha256="0" * 64)
    assert sekretariat.get(hvor).json()["pdf"] == f"{hvor}/pdf"
    assert sekretariat.get(f"{hvor}/pdf").content == b"%PDF-1.7"
    assert sekretariat.get(f"{hvor}/pdf")["Cache-Control"] == "private, no-store"
    send(sekretariat, f"udmeldinger/{hvad.pk}/annulleringer", {"begrundelse": "Ved en fejl"})
    assert send(sekretariat, stien, {}, "n-2").json()["code"] == "udmelding_er_annulleret"


def test_parties_know_of_the_report_that_is_sent_and_of_no_other(sekretariat: Any) -> None:
    hvad = udmelding(fabrik.aftale())
    _, sendt = med_rapport(hvad), med_rapport(hvad)
    herlev, stien = kommunens("Herlev"), f"/api/v1/udmeldinger/{hvad.pk}/rapporter"
    assert herlev.get(stien).json()["resultater"] == []
    sket(hvad, Udmeldingsart.RAPPORT_SENDT)
    sket(hvad, Udmeldingsart.FORNYET_BEHANDLING)
    kladde = med_rapport(hvad)
    assert [r["id"] for r in herlev.get(stien).json()["resultater"]] == [str(sendt.pk)]
    assert len(sekretariat.get(stien).json()["resultater"]) == 3
    for hvem, rapport, ventet in ((herlev, sendt, 200), (herlev, kladde, 404), (sekretariat, kladde, 200)):
        for sti in (f"udmeldingsrapporter/{rapport.pk}", f"udmeldingsrapporter/{rapport.pk}/pdf"):
            assert hvem.get(f"/api/v1/{sti}").status_code == ventet
    sket(hvad, Udmeldingsart.RAPPORT_SENDT)
    for ny in (actions.bestil_rapport(aktoer=fabrik.sekretariat(), udmelding_id=hvad.pk), med_rapport(hvad)):
        assert [r["id"] for r in herlev.get(stien).json()["resultater"]] == [str(kladde.pk)], "that is what is sent"
        assert herlev.get(f"/api/v1/udmeldingsrapporter/{ny.pk}").status_code == 404
