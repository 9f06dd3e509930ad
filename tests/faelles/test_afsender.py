"""Every change has a sender: who, for whom, when, from which request. Whatever brings none is refused by the database."""

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test import Client

from drift.laan import ROD
from faelles import job as jobmodul
from faelles.afsender import afsender, er_aktoer, forespoergsel, kraev_forespoergsel
from faelles.job import Fremdrift
from faelles.middleware import HOVED
from faelles.models import Job
from faelles.scope import som_systemet
from faelles.spor import Spor, historik, slags
from faelles.tasks import koer_job
from kommuner.models import Laesning, Organisation, Rolle
from reservationer.sag.models import Beslutning, Reservation
from reservationer.sag.tasks import udloeb
from tests import fabrik
from tests.api import klienter
from tests.database import database_url

pytestmark = pytest.mark.django_db


@pytest.fixture
def uden_testens_afsender() -> Iterator[None]:
    """As in production: a connection that nobody has told who acts."""
    saet = "select set_config('pghistory.context_metadata', %s, false)"
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('pghistory.context_metadata')")
        (testens,) = cursor.fetchone() or ("",)
        cursor.execute(saet, [""])
    yield
    with connection.cursor() as cursor:
        cursor.execute(saet, [testens])


def spor_af(model: Any) -> list[Spor]:
    """The history of a kind, oldest first."""
    with transaction.atomic():
        return list(historik(model).objects.for_systemet("test").order_by("pgh_id"))


def test_change_on_a_page_has_person_organisation_function_and_the_request_that_was_answered() -> None:
    reservation = fabrik.reservation(fabrik.ledig_plads())
    leder = fabrik.bruger(Rolle.TILBUDSLEDER, reservation.driftsherre)
    client = Client()
    client.force_login(leder)
    svar = client.post(f"/reservationer/{reservation.id}/bekraeft", {"bemaerkning": ""})
    assert svar.status_code == 302
    (spor,) = spor_af(Beslutning)
    assert spor.pgh_context == {
        "identitet": f"bruger:{leder.id}",
        "organisation": str(reservation.driftsherre_id),
        "funktion": "driftsherre",
        "kilde": "POST reservationer/<uuid:reservation_id>/<slug:udfald>",
        "forespoergsel": svar.headers[HOVED],
    }
    laest = Laesning.objects.for_systemet("test").latest("tidspunkt")
    assert str(laest.forespoergsel) == svar.headers[HOVED]


def test_change_over_the_api_has_the_system_and_the_number_it_sent_itself() -> None:
    client, nummer = klienter.myndighed("Rødovre"), uuid4()
    plads = fabrik.ledig_plads()
    krop = {"pladsId": str(plads.id), "hjemmel": "SEL-107", "sagsreference": "A-1", "fra": fabrik.om(7).isoformat()}
    svar = client.post(
        "/api/v1/reservationer",
        krop,
        content_type="application/json",
        headers={"Idempotency-Key": "1", HOVED: str(nummer)},
    )
    assert svar.status_code == 201, svar.content
    assert svar.headers[HOVED] == str(nummer)
    (spor,) = spor_af(Reservation)
    assert spor.pgh_context["identitet"].startswith("klient:")
    assert spor.pgh_context["organisation"] == str(fabrik.kommune("Rødovre").organisation_id)
    assert spor.pgh_context["funktion"] == "myndighed"
    assert spor.pgh_context["kilde"] == "POST api/v1/reservationer"
    assert spor.pgh_context["forespoergsel"] == str(nummer)


def test_problem_names_the_request_and_a_number_that_is_none_is_replaced() -> None:
    svar = klienter.myndighed("Rødovre").get(f"/api/v1/reservationer/{uuid4()}", headers={HOVED: "ikke et nummer"})
    assert svar.status_code == 404
    assert svar.json()["instance"] == f"urn:uuid:{UUID(svar.headers[HOVED])}"


def test_change_by_a_task_is_the_platforms_own() -> None:
    reservation = fabrik.reservation()
    reservation.optagelse.udloeber = fabrik.nu()
    reservation.optagelse.save()
    udloeb()
    assert spor_af(Reservation)[-1].pgh_context["identitet"] == "opgave:sag.udloeb_reservationer"
    assert spor_af(Reservation)[-1].pgh_context["kilde"] == "opgave sag.udloeb_reservationer"


@pytest.mark.django_db(transaction=True)
def test_change_by_a_job_is_the_orderers_with_the_number_of_the_job(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobmodul, "_jobtyper", {})
    bestiller, tilbud = fabrik.sekretariat(), fabrik.tilbud()

    def arbejd(fremdrift: Fremdrift, _parametre: dict[str, Any]) -> None:
        with fremdrift.afslutning():
            tilbud.navn = "Nyt navn"
            tilbud.save()

    jobmodul.jobtype("proeve", koe="standard")(arbejd)
    job = jobmodul.bestil(type_="proeve", parametre={}, aktoer=bestiller)
    koer_job(str(job.id))
    with som_systemet("a test"):
        assert Job.objects.get().status == "faerdig"
    kontekst = spor_af(type(tilbud))[-1].pgh_context
    assert {navn: kontekst[navn] for navn in ("identitet", "organisation", "funktion", "kilde", "job")} == {
        "identitet": bestiller.identitet,
        "organisation": str(bestiller.organisation_id),
        "funktion": "sekretariat",
        "kilde": "job proeve",
        "job": str(job.id),
    }


@pytest.mark.django_db(transaction=True)
def test_change_by_a_command_is_the_commands() -> None:
    subprocess.run(
        [sys.executable, "manage.py", "indlaes_reference"],
        cwd=ROD,
        env={**os.environ, "DATABASE_OWNER_URL": database_url("DATABASE_OWNER_URL"), "DATABASE_URL": database_url()},
        check=True,
        capture_output=True,
    )
    afsendere = {spor.pgh_context["identitet"] for spor in spor_af(Organisation)}
    assert afsendere == {"kommando:indlaes_reference"}


@pytest.mark.django_db(transaction=True)
def test_change_without_a_sender_is_refused(uden_testens_afsender: None) -> None:
    with pytest.raises(IntegrityError, match="pgh_context"):
        Organisation.objects.create(art="kommune", navn="Ingen Kommune")
    assert not Organisation.objects.exists()
    with afsender("test", kilde="test"):
        Organisation.objects.create(art="kommune", navn="Nogens Kommune")
    assert Organisation.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_page_api_and_task_bring_their_own_sender(uden_testens_afsender: None) -> None:
    with afsender("test", kilde="test"):
        plads = fabrik.ledig_plads()
        bruger = fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation)
        api = klienter.driftsherre("Gladsaxe")
    side = Client()
    side.force_login(bruger)
    data = {f"fra_{del_}": vaerdi for del_, vaerdi in zip(("dag", "maaned", "aar"), _dele(7), strict=True)}
    svar = side.post("/reservationer/ny", {"plads": str(plads.id), "hjemmel": "SEL-107", "sagsreference": "A", **data})
    assert svar.status_code == 302, svar.content
    (reservation,) = api.get("/api/v1/reservationer").json()["resultater"]
    svar = api.post(
        f"/api/v1/reservationer/{reservation['id']}/beslutninger",
        {"udfald": "bekraeft"},
        content_type="application/json",
        headers={"Idempotency-Key": "1"},
    )
    assert svar.status_code == 201, svar.content
    udloeb()


def _dele(dage: int) -> tuple[int, int, int]:
    dag = fabrik.om(dage)
    return dag.day, dag.month, dag.year


def test_no_history_table_takes_a_row_without_a_sender() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name from information_schema.columns where column_name = 'pgh_context' and is_nullable = 'NO'"
        )
        kraever = {tabel for (tabel,) in cursor.fetchall()}
    assert kraever == {en.spor._meta.db_table for en in slags()}


def test_sender_inside_a_sender_makes_it_more_exact_and_numbers_do_not_leak() -> None:
    assert forespoergsel() is None
    with pytest.raises(LookupError, match="afsender"):
        kraev_forespoergsel()
    aktoer = fabrik.sagsbehandler()
    with afsender("opgave:proeve", kilde="opgave proeve") as ydre:
        with afsender("bruger:1", kilde="job proeve", job="7") as indre:
            assert forespoergsel() == indre != ydre
        assert forespoergsel() == ydre
        er_aktoer(aktoer)
        fabrik.kommune("Hvidovre")
    assert forespoergsel() is None
    kontekst = spor_af(Organisation)[-1].pgh_context
    assert (kontekst["identitet"], kontekst["job"]) == (aktoer.identitet, "7")
