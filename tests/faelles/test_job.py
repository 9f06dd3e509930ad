"""Long work: the row is the truth, whatever happens to workers and queue."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from freezegun import freeze_time

from faelles import job as jobmodul
from faelles.afbrydelse import Afbrudt
from faelles.aktoer import Aktoer, Funktion
from faelles.fejl import IkkeFundet, Konflikt
from faelles.job import HOEJESTE_FORSOEG, Fremdrift, annuller, bestil, fej, jobtype, koer
from faelles.models import Haendelse, Job, JobStatus
from faelles.scope import som_systemet
from faelles.tid import nu
from tests.database import genlaes

pytestmark = pytest.mark.django_db(transaction=True)

AKTOER = Aktoer(uuid4(), "Sekretariatet", Funktion.SEKRETARIAT, frozenset(), "bruger:1", "Sekretariatsmedarbejder")
Arbejde = Callable[[Fremdrift, dict[str, Any]], None]


@pytest.fixture(autouse=True)
def egne_typer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' own job types only."""
    monkeypatch.setattr(jobmodul, "_jobtyper", {})


def nyt(arbejde: Arbejde) -> Job:
    """An ordered job that does this."""
    jobtype("proeve", koe="standard")(arbejde)
    return bestil(type_="proeve", parametre={"n": 3}, aktoer=AKTOER)


def gem(fremdrift: Fremdrift) -> None:
    """Store a result: an event stands for it."""
    with fremdrift.afslutning():
        Haendelse.objects.create(type="resultat", entitet="job", entitet_id=str(fremdrift.job_id))


def resultater() -> int:
    """How often a result was stored."""
    return Haendelse.objects.filter(type="resultat").count()


def arbejd(fremdrift: Fremdrift, parametre: dict[str, Any]) -> None:
    """A job in three steps."""
    for trin in range(parametre["n"]):
        fremdrift.meld("arbejder", trin, parametre["n"])
    gem(fremdrift)


def test_koer_finishes_once_however_often_it_is_called() -> None:
    job = nyt(arbejd)
    for _ in range(3):
        koer(job.id)
    genlaes(job)
    assert (job.status, job.naaet, job.i_alt, job.forsoeg) == (JobStatus.FAERDIG, 3, 3, 1)
    assert resultater() == 1


def test_koer_error_is_kept_for_people_and_nothing_is_stored() -> None:
    def fejler(fremdrift: Fremdrift, _parametre: dict[str, Any]) -> None:
        with fremdrift.afslutning():
            Haendelse.objects.create(type="resultat", entitet="job", entitet_id="1")
            raise Konflikt("galt", "Der mangler et vilkår.")

    job = nyt(fejler)
    koer(job.id)
    genlaes(job)
    assert (job.status, job.fejl, resultater()) == (JobStatus.FEJLET, "Der mangler et vilkår.", 0)


def test_koer_unexpected_error_is_raised_and_told_without_details() -> None:
    def fejler(_fremdrift: Fremdrift, _parametre: dict[str, Any]) -> None:
        raise ValueError("hemmelig detalje")

    job = nyt(fejler)
    with pytest.raises(ValueError, match="hemmelig"):
        koer(job.id)
    genlaes(job)
    assert job.status == JobStatus.FEJLET
    assert "hemmelig" not in job.fejl


def test_fej_restarts_a_job_whose_worker_died_and_the_result_comes_once() -> None:
    def doer(fremdrift: Fremdrift, _parametre: dict[str, Any]) -> None:
        fremdrift.meld("data", 1, 3)
        raise SystemExit  # as a killed worker: no except clause of ours runs

    job = nyt(doer)
    with pytest.raises(SystemExit):
        koer(job.id)
    assert fej() == []
    with freeze_time(nu() + timedelta(seconds=61)):
        assert fej() == [job.id]
        jobtype("proeve", koe="standard")(arbejd)
        koer(job.id)
    genlaes(job)
    assert (job.status, job.forsoeg, resultater()) == (JobStatus.FAERDIG, 2, 1)


def test_an_attempt_that_was_thought_dead_stores_nothing_when_it_wakes() -> None:
    sovende: list[Fremdrift] = []

    def falder_i_soevn(fremdrift: Fremdrift, _parametre: dict[str, Any]) -> None:
        sovende.append(fremdrift)
        raise SystemExit

    job = nyt(falder_i_soevn)
    with pytest.raises(SystemExit):
        koer(job.id)
    with freeze_time(nu() + timedelta(seconds=61)):
        fej()
        jobtype("proeve", koe="standard")(arbejd)
        koer(job.id)
        with pytest.raises(Afbrudt):
            sovende[0].meld("data", 2, 3)
        with pytest.raises(Afbrudt):
            gem(sovende[0])
    assert resultater() == 1


def test_fej_gives_up_a_job_that_keeps_killing_its_worker() -> None:
    job = nyt(arbejd)
    with som_systemet("the worker has died"):
        Job.objects.filter(pk=job.pk).update(
            status=JobStatus.I_GANG, forsoeg=HOEJESTE_FORSOEG, hjerteslag=nu() - timedelta(minutes=2)
        )
    assert fej() == []
    genlaes(job)
    assert job.status == JobStatus.FEJLET
    assert "opgivet" in job.fejl


def test_fej_nudges_a_job_that_nobody_has_started() -> None:
    job = nyt(arbejd)
    with freeze_time(nu() + timedelta(seconds=61)):
        assert fej() == [job.id]
    genlaes(job)
    assert (job.status, job.forsoeg) == (JobStatus.I_KOE, 0)


def test_annuller_stops_a_running_job_before_it_stores() -> None:
    def bliver_annulleret(fremdrift: Fremdrift, _parametre: dict[str, Any]) -> None:
        annuller(job_id=fremdrift.job_id, aktoer=AKTOER)
        gem(fremdrift)

    job = nyt(bliver_annulleret)
    koer(job.id)
    genlaes(job)
    assert (job.status, resultater()) == (JobStatus.ANNULLERET, 0)
    with pytest.raises(Konflikt):
        annuller(job_id=job.id, aktoer=AKTOER)


def test_annuller_is_for_the_organisation_that_ordered() -> None:
    job = nyt(arbejd)
    fremmed = Aktoer(uuid4(), "En anden", Funktion.SEKRETARIAT, frozenset(), "bruger:2", "Sekretariatsmedarbejder")
    with pytest.raises(IkkeFundet):
        annuller(job_id=job.id, aktoer=fremmed)


def test_bestil_unknown_type_is_a_bug() -> None:
    with pytest.raises(LookupError):
        bestil(type_="ukendt", parametre={}, aktoer=AKTOER)


def seneste_slag(job_id: UUID) -> datetime:
    with som_systemet("the test looks"):
        return Job.objects.get(pk=job_id).hjerteslag


def test_koer_gives_signs_of_life_during_one_long_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobmodul, "PULS", timedelta(milliseconds=20))
    slag: list[bool] = []

    def langt_trin(fremdrift: Fremdrift, _parametre: dict[str, Any]) -> None:
        foer = seneste_slag(fremdrift.job_id)
        frist = time.monotonic() + 10
        while seneste_slag(fremdrift.job_id) == foer and time.monotonic() < frist:
            time.sleep(0.01)
        slag.append(seneste_slag(fremdrift.job_id) > foer)

    koer(nyt(langt_trin).id)
    assert slag == [True]
