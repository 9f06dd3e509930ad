"""Long work: ordered in one transaction, run by a worker, watched by a page, restarted by a sweep when its worker dies.

The row is the truth and the queue only a nudge. A job type is registered by the floor that owns it:
`@jobtype("rapport", koe="rapport")` on a function that takes a `Fremdrift` and the job's parameters. It runs outside a
transaction so that progress is seen, and stores its result inside `fremdrift.afslutning()`, where a job that has been
cancelled or taken over by another attempt is stopped before it writes anything.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, NoReturn
from uuid import UUID

from django.db import connection, transaction

from faelles.afbrydelse import Afbrudt, Afbryder
from faelles.afsender import afsender
from faelles.aktoer import Aktoer
from faelles.fejl import DomaeneFejl, IkkeFundet, Konflikt
from faelles.models import Job, JobStatus
from faelles.scope import saet_database_aktoer, som_systemet
from faelles.tid import nu

log = logging.getLogger(__name__)

TAVSHED_FOER_GENSTART = timedelta(seconds=60)
PULS = timedelta(seconds=15)
KIG = timedelta(seconds=1)  # how often a working process looks whether its job is still wanted
HOEJESTE_FORSOEG = 5
MASKINRUM = "starting, following and ending a job is the platform's own work, whoever ordered it"


@dataclass(frozen=True, slots=True)
class Jobtype:
    """A kind of long work, the queue it runs on and the function that does it."""

    navn: str
    koe: str
    funktion: "Callable[[Fremdrift, dict[str, Any]], None]"


_jobtyper: dict[str, Jobtype] = {}
_afsender: list[Callable[[UUID, str], None]] = []


def jobtype(navn: str, *, koe: str) -> Callable[[Callable[["Fremdrift", dict[str, Any]], None]], Callable[..., None]]:
    """Register a function as a job type."""

    def registrer(funktion: Callable[["Fremdrift", dict[str, Any]], None]) -> Callable[..., None]:
        _jobtyper[navn] = Jobtype(navn, koe, funktion)
        return funktion

    return registrer


def brug_afsender(afsender: Callable[[UUID, str], None]) -> Callable[[UUID, str], None]:
    """Say how a nudge is sent (faelles.tasks does, to Celery); kept apart so that this module needs no broker."""
    _afsender[:] = [afsender]
    return afsender


def _skub(job: Job) -> None:
    koe = _jobtyper[job.type].koe
    for send in _afsender:
        transaction.on_commit(partial(send, job.id, koe), robust=True)  # without a queue the sweep finds it


def bestil(*, type_: str, parametre: dict[str, Any], aktoer: Aktoer) -> Job:
    """Create the job row and nudge a worker when the transaction commits."""
    if type_ not in _jobtyper:
        raise LookupError(f"Ukendt jobtype: {type_}")
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        job = Job.objects.create(
            type=type_,
            parametre=parametre,
            organisation_id=aktoer.organisation_id,
            funktion=aktoer.funktion.value,
            identitet=aktoer.identitet,
        )
        _skub(job)
        return job


def bestil_igen(*, foer: Job, parametre: dict[str, Any]) -> Job:
    """Another of the same type for the one who ordered `foer`: what the clock makes anew. The database has been told that the system asks."""
    ens = ("type", "organisation_id", "funktion", "identitet")
    job = Job.objects.create(parametre=parametre, **{navn: getattr(foer, navn) for navn in ens})
    _skub(job)
    return job


def annuller(*, job_id: UUID, aktoer: Aktoer) -> Job:
    """Stop a job of the actor's own organisation. Raises IkkeFundet, or Konflikt when it has ended already."""
    with transaction.atomic():
        job = _egen(job_id, aktoer)
        if job.er_slut:
            raise Konflikt("job_afsluttet", f"Jobbet er allerede afsluttet ({job.get_status_display().lower()}).")
        _afslut(job, JobStatus.ANNULLERET)
        return job


def proev_igen(*, job_id: UUID, aktoer: Aktoer) -> Job:
    """Queue a failed job of the actor's own organisation again. Raises IkkeFundet, or Konflikt when it has not failed."""
    with transaction.atomic():
        job = _egen(job_id, aktoer)
        if job.status != JobStatus.FEJLET:
            raise Konflikt("job_ikke_fejlet", f"Jobbet er ikke fejlet ({job.get_status_display().lower()}).")
        job.status, job.fejl, job.afsluttet, job.hjerteslag = JobStatus.I_KOE, "", None, nu()
        job.save(update_fields=["status", "fejl", "afsluttet", "hjerteslag"])
        _skub(job)
        return job


def _egen(job_id: UUID, aktoer: Aktoer) -> Job:
    saet_database_aktoer(aktoer)
    job = Job.objects.select_for_update(no_key=True).filter(pk=job_id, organisation_id=aktoer.organisation_id).first()
    if job is None:
        raise IkkeFundet("job_ikke_fundet", "Jobbet findes ikke.")
    return job


def _afslut(job: Job, status: JobStatus, fejl: str = "") -> None:
    job.status, job.fejl, job.afsluttet = status, fejl, nu()
    job.save(update_fields=["status", "fejl", "afsluttet"])


def _uden_database(*_: object) -> NoReturn:
    raise RuntimeError("Et langt trin kan afbrydes hvor som helst og må ikke røre databasen")


class Fremdrift:
    """What a running attempt uses to tell how far it is and to store its result exactly once."""

    def __init__(self, job: Job, afbryder: Afbryder | None = None) -> None:
        """Bind to the attempt that is running now."""
        self.job_id = job.id
        self.forsoeg = job.forsoeg
        self._afbryder = afbryder or Afbryder()

    @contextmanager
    def langt_trin(self) -> Iterator[None]:
        """A stretch of work that is left, by Afbrudt, within seconds when the job is cancelled. A statement in it is refused (RuntimeError)."""
        with connection.execute_wrapper(_uden_database), self._afbryder.kan_afbrydes():
            yield

    def _laast(self) -> Job:
        job = Job.objects.select_for_update(no_key=True).get(pk=self.job_id)
        if job.status != JobStatus.I_GANG or job.forsoeg != self.forsoeg:
            raise Afbrudt
        return job

    def meld(self, trin: str, naaet: int, i_alt: int) -> None:
        """Show stage and n of m, and give a sign of life. Raises Afbrudt when the attempt is no longer wanted."""
        with som_systemet(MASKINRUM):
            job = self._laast()
            job.trin, job.naaet, job.i_alt, job.hjerteslag = trin, naaet, i_alt, nu()
            job.save(update_fields=["trin", "naaet", "i_alt", "hjerteslag"])

    @contextmanager
    def afslutning(self) -> Iterator[None]:
        """The transaction in which the result is stored and the job becomes done: both or none.

        What is stored is stored as the one the job says with `saet_database_aktoer`, never as the system.
        """
        with transaction.atomic():
            with som_systemet(MASKINRUM):
                job = self._laast()
            yield
            with som_systemet(MASKINRUM):
                job.naaet = job.i_alt
                job.save(update_fields=["naaet"])
                _afslut(job, JobStatus.FAERDIG)


def _begynd(job_id: UUID) -> Job | None:
    with som_systemet(MASKINRUM):
        job = (
            Job.objects.select_for_update(no_key=True, skip_locked=True)
            .filter(pk=job_id, status=JobStatus.I_KOE)
            .first()
        )
        if job is None:
            return None
        job.status, job.forsoeg, job.hjerteslag = JobStatus.I_GANG, job.forsoeg + 1, nu()
        job.save(update_fields=["status", "forsoeg", "hjerteslag"])
        return job


def _fejl(job: Job, besked: str) -> None:
    with som_systemet(MASKINRUM):
        raekke = Job.objects.select_for_update(no_key=True).get(pk=job.pk)
        if raekke.status == JobStatus.I_GANG and raekke.forsoeg == job.forsoeg:
            _afslut(raekke, JobStatus.FEJLET, besked)


@contextmanager
def _vagt(job: Job) -> Iterator[Fremdrift]:
    """While an attempt works: signs of life, which stop with the process as they should, and a look at whether to go on."""
    slut, afbryder = threading.Event(), Afbryder()

    def hold_oeje() -> None:
        naeste_slag = time.monotonic() + PULS.total_seconds()
        while not slut.wait(min(KIG, PULS).total_seconds()):
            with som_systemet(MASKINRUM):
                if not _oensket(job):
                    afbryder.afbryd()
                    break
                if time.monotonic() >= naeste_slag:
                    Job.objects.filter(pk=job.pk, forsoeg=job.forsoeg, status=JobStatus.I_GANG).update(hjerteslag=nu())
                    naeste_slag += PULS.total_seconds()
        connection.close()

    traad = threading.Thread(target=hold_oeje, daemon=True)
    traad.start()
    try:
        yield Fremdrift(job, afbryder)
    finally:
        slut.set()
        traad.join()


def _oensket(job: Job) -> bool:
    """Whether the attempt is to go on. One that has just finished is not stopped on its way out."""
    stand = Job.objects.filter(pk=job.pk).values_list("status", "forsoeg").first()
    return stand is None or stand in {(JobStatus.I_GANG, job.forsoeg), (JobStatus.FAERDIG, job.forsoeg)}


def deltag(job_id: UUID, forsoeg: int, arbejde: Callable[[Fremdrift], object]) -> None:
    """Help a running attempt from another process: nothing happens unless it still runs, and what is done stops with it.

    The helper stores what it makes where the attempt finds it; progress and result are the attempt's own.
    """
    with som_systemet(MASKINRUM):
        job = Job.objects.filter(pk=job_id, forsoeg=forsoeg, status=JobStatus.I_GANG).first()
    if job is None:
        return
    try:
        with _bestilleren(job), _vagt(job) as fremdrift:
            arbejde(fremdrift)
    except Afbrudt:
        log.info("hjaelp_afbrudt", extra={"job": str(job_id), "forsoeg": forsoeg})


def koe(type_: str) -> str:
    """The queue a job type runs on."""
    return _jobtyper[type_].koe


def _bestilleren(job: Job) -> AbstractContextManager[UUID]:
    """What a job changes is attributed to the one who ordered it, for the organisation it was ordered for."""
    return afsender(
        job.identitet,
        kilde=f"job {job.type}",
        organisation=str(job.organisation_id),
        funktion=job.funktion,
        job=str(job.id),
    )


def koer(job_id: UUID) -> None:
    """Run a queued job. Safe to call any number of times: only a job in the queue is started, and only once."""
    job = _begynd(job_id)
    if job is None:
        return
    try:
        with _bestilleren(job), _vagt(job) as fremdrift:
            _jobtyper[job.type].funktion(fremdrift, job.parametre)
    except Afbrudt:
        log.info("job_afbrudt", extra={"job": str(job_id), "forsoeg": job.forsoeg})
    except DomaeneFejl as fejl:
        _fejl(job, fejl.besked)
    except Exception:
        log.exception("job_fejlet", extra={"job": str(job_id), "forsoeg": job.forsoeg})
        _fejl(job, "Noget gik galt under arbejdet. Intet er gemt; bestil igen, eller kontakt driften.")
        raise


def fej() -> list[UUID]:
    """Put jobs whose worker has gone silent back in the queue and nudge every waiting one. Returns the ids nudged.

    A job that has been started HOEJESTE_FORSOEG times is given up with a reason instead: it may be what kills the worker.
    """
    with som_systemet(MASKINRUM):
        graense = nu() - TAVSHED_FOER_GENSTART
        tavse = Job.objects.select_for_update(no_key=True, skip_locked=True).filter(
            afsluttet__isnull=True, hjerteslag__lt=graense
        )
        genstartede = []
        for job in tavse:
            if job.forsoeg >= HOEJESTE_FORSOEG:
                _afslut(
                    job, JobStatus.FEJLET, f"Arbejdet gik i stå {job.forsoeg} gange og er opgivet. Kontakt driften."
                )
                continue
            job.status, job.hjerteslag = JobStatus.I_KOE, nu()
            job.save(update_fields=["status", "hjerteslag"])
            _skub(job)
            genstartede.append(job.id)
        return genstartede
