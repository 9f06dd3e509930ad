"""A system sends the register as a file: read by a worker, told row by row, approved by a person only."""

from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from faelles.fejl import Konflikt
from faelles.job import koer
from faelles.regneark.raa import FLEST_RAEKKER
from faelles.scope import som_systemet
from tests import fabrik
from tests.api import klienter
from tests.tilbud.registerimport.situationer import AFDELING, PLADS, TILBUD, bog, forudsaetninger, hele
from tilbud.models import Importtilstand, Registerimport, Tilbud
from tilbud.registerimport.actions import godkend
from tilbud.registerimport.api import CSV, XLSX

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def client() -> Client:
    forudsaetninger()
    return klienter.driftsherre()


def send(client: Client, fil: bytes, medie: str = XLSX) -> Any:
    return client.post("/api/v1/importer", fil, content_type=medie)


def laest(client: Client, fil: bytes, medie: str = XLSX) -> tuple[str, dict[str, Any]]:
    """The address of the import, and what it says when the worker has had its turn."""
    adresse = send(client, fil, medie).headers["Location"]
    with som_systemet("the test is the worker"):
        raekke = Registerimport.objects.for_systemet("the test is the worker").get(pk=adresse.rsplit("/", 1)[1])
    assert raekke.job_id is not None
    koer(raekke.job_id)
    return adresse, client.get(adresse).json()


def beslut(client: Client, adresse: str, udfald: str) -> Any:
    return client.post(f"{adresse}/beslutninger", {"udfald": udfald}, content_type="application/json")


def test_file_is_taken_read_sent_and_approved_by_a_person(client: Client) -> None:
    taget = send(client, hele())
    assert (taget.status_code, taget.json()["tilstand"], taget.json()["laesning"]["status"]) == (202, "laeses", "i_koe")
    adresse, udkast = laest(client, hele())
    assert (udkast["tilstand"], udkast["nye"], udkast["antalFejl"]) == ("kladde", 3, 0)
    assert client.get(taget.headers["Location"]).status_code == 404, "one draft each: the newer took its place"
    aendringer = client.get(f"{adresse}/aendringer?limit=2").json()
    assert [(a["ark"], a["registerId"]) for a in aendringer["resultater"]] == [("Tilbud", None), ("Afdelinger", None)]
    assert {"felt": "navn", "foer": None, "efter": "Kærgården"} in aendringer["resultater"][0]["felter"]
    assert [a["ark"] for a in client.get(aendringer["naeste"]).json()["resultater"]] == ["Pladser"]
    sendt = beslut(client, adresse, "send")
    assert (sendt.status_code, sendt.json()["tilstand"]) == (201, "afventer")
    assert not Tilbud.objects.exists()
    person = fabrik.tilbudsleder()
    with transaction.atomic():
        sag = Registerimport.objects.synlige_for(person).get(tilstand=Importtilstand.AFVENTER)
    godkend(aktoer=person, import_id=sag.pk)
    assert Tilbud.objects.get().navn == "Kærgården"
    assert client.get(adresse).json()["tilstand"] == "gennemfoert"
    assert laest(client, hele())[1]["uaendrede"] == 3, "the same file again changes nothing"


def test_faults_are_told_row_by_row_and_nothing_can_be_sent(client: Client) -> None:
    adresse, udkast = laest(client, bog([TILBUD], [AFDELING], [{**PLADS, "Åben fra": "31.02.2027"}]))
    assert udkast["antalFejl"] == 1
    (fejl,) = client.get(f"{adresse}/fejl").json()["resultater"]
    assert (fejl["ark"], fejl["raekke"], fejl["kolonne"], fejl["vaerdi"]) == ("Pladser", 2, "Åben fra", "31.02.2027")
    afvist = beslut(client, adresse, "send")
    assert (afvist.status_code, afvist.json()["code"]) == (409, "import_kan_ikke_sendes")


def test_csv_is_read_as_one_sheet_and_a_file_that_is_none_fails_with_the_reason(client: Client) -> None:
    fabrik.tilbud("Solbakken", i="Gladsaxe", ekstern_id="T1")
    _, udkast = laest(client, b"Tilbud;Id;Navn\nT1;A1;Hovedhuset\n", CSV)
    assert (udkast["nye"], udkast["antalFejl"]) == (1, 0)
    _, ulaest = laest(client, b"%PDF-1.7")
    assert (ulaest["tilstand"], ulaest["laesning"]["status"]) == ("laeses", "fejlet")
    assert "hverken en Excel-fil" in ulaest["laesning"]["fejl"]


@pytest.mark.parametrize(("krop", "medie", "status"), [(b"{}", "application/json", 415), (b"", XLSX, 400)])
def test_what_is_no_file_is_refused_before_any_work(client: Client, krop: bytes, medie: str, status: int) -> None:
    assert send(client, krop, medie).status_code == status
    assert client.get("/api/v1/importer").json()["resultater"] == []


def test_reading_is_stopped_and_a_sent_import_withdrawn_by_its_system_only(client: Client) -> None:
    adresse = send(client, hele()).headers["Location"]
    assert beslut(client, adresse, "annuller").status_code == 201
    adresse, _ = laest(client, hele())
    beslut(client, adresse, "send")
    anden = klienter.driftsherre()
    assert (beslut(anden, adresse, "traek").status_code, anden.get(adresse).status_code) == (409, 200)
    assert beslut(client, adresse, "traek").json()["tilstand"] == "trukket"


def test_no_system_can_approve_not_even_another_ones_import(client: Client) -> None:
    adresse, _ = laest(client, hele())
    beslut(client, adresse, "send")
    anden = klienter.driftsherre()
    assert beslut(anden, adresse, "godkend").status_code == 400
    with som_systemet("the test"), pytest.raises(IntegrityError, match="godkendes_af_en_person"), transaction.atomic():
        Registerimport.objects.for_systemet("the test").update(
            tilstand="gennemfoert", afgjort_af="klient:2", afgjort="2027-01-01T00:00Z"
        )


def test_cpr_number_in_a_cell_is_a_fault_that_does_not_repeat_it(client: Client) -> None:
    adresse, udkast = laest(client, bog([{**TILBUD, "Beskrivelse": "Se 010180-1234"}]))
    assert udkast["antalFejl"] == 1
    assert "1234" not in client.get(f"{adresse}/fejl").content.decode().replace(udkast["id"], "")


def test_list_takes_as_many_statements_for_many_imports_as_for_one(client: Client) -> None:
    def saetninger() -> int:
        with CaptureQueriesContext(connection) as fangst:
            assert client.get("/api/v1/importer").status_code == 200
        return len(fangst)

    adresse, _ = laest(client, hele())
    beslut(client, adresse, "send")
    en = saetninger()
    for _ in range(3):
        beslut(client, laest(client, hele())[0], "send")
    assert saetninger() == en


def test_two_persons_stand_behind_what_a_person_sends_and_one_behind_a_systems(client: Client) -> None:
    adresse, _ = laest(client, hele())
    beslut(client, adresse, "send")
    person = fabrik.tilbudsleder()
    with transaction.atomic():
        sag = Registerimport.objects.synlige_for(person).get(tilstand=Importtilstand.AFVENTER)
    godkend(aktoer=person, import_id=sag.pk)
    with pytest.raises(Konflikt, match="anden tilstand"):
        godkend(aktoer=fabrik.tilbudsleder(), import_id=sag.pk)


def test_file_of_as_many_rows_as_may_be_is_taken_and_one_larger_than_an_upload_is_not(client: Client) -> None:
    hoved = "Tilbud;Afdeling;Id;Betegnelse;Åben fra"
    raekker = [f"{'T' * 20};{'A' * 20};plads-{n:05};Bolig {n:05};2027-01-01" for n in range(FLEST_RAEKKER)]
    fil = "\r\n".join([hoved, *raekker]).encode()
    assert len(fil) > settings.API_KROP_MAKS
    assert send(client, fil, CSV).status_code == 202
    svar = send(client, b"x" * (settings.UPLOAD_MAKS + 1), CSV)
    assert (svar.status_code, svar.json()["code"]) == (413, "for_stor")
    andet = client.post("/api/v1/soegninger", b"x" * (settings.API_KROP_MAKS + 1), content_type="application/json")
    assert andet.status_code == 413, "elsewhere a body is data, and no larger than before"
