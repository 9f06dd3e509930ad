"""Long work: ordered in one transaction, run by a worker, watched by a page, restarted by a sweep when its worker dies.

The row is the truth and the queue only a nudge. A job type is registered by the floor that owns it:
`@jobtype("rapport", koe="rapport")` on a function that takes a `Fremdrift` and the job's parameters. It runs outside a
transaction so that progress is seen, and stores its result inside `fremdrift.afslutning()`, where a job that has been
cancelled or taken over by another attempt is stopped before it writes anything.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from faelles.afsender import afsender
from faelles.aktoer import Aktoer
from faelles.fejl import DomaeneFejl, IkkeFundet, Konflikt
from faelles.models import Job, JobStatus
from faelles.scope import saet_database_aktoer, som_systemet
from faelles.tid import nu

log = logging.getLogger(__name__)

TAVSHED_FOER_GENSTART = timedelta(seconds=60)
PULS = timedelta(seconds=15)
HOEJESTE_FORSOEG = 5
MASKINRUM = "starting, following and ending a job is the platform's own work, whoever ordered it"


class Afbrudt(Exception):
    """Not an error: the job was cancelled or another attempt has taken over, and this one must let go without storing anything."""


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


def annuller(*, job_id: UUID, aktoer: Aktoer) -> Job:
    """Stop a job of the actor's own organisation. Raises IkkeFundet, or Konflikt when it has ended already."""
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        job = (
            Job.objects.select_for_update(no_key=True).filter(pk=job_id, organisation_id=aktoer.organisation_id).first()
        )
        if job is None:
            raise IkkeFundet("job_ikke_fundet", "Jobbet findes ikke.")
        if job.er_slut:
            raise Konflikt("job_afsluttet", f"Jobbet er allerede afsluttet ({job.get_status_display().lower()}).")
        _afslut(job, JobStatus.ANNULLERET)
        return job


def _afslut(job: Job, status: JobStatus, fejl: str = "") -> None:
    job.status, job.fejl, job.afsluttet = status, fejl, nu()
    job.save(update_fields=["status", "fejl", "afsluttet"])


class Fremdrift:
    """What a running attempt uses to tell how far it is and to store its result exactly once."""

    def __init__(self, job: Job) -> None:
        """Bind to the attempt that is running now."""
        self.job_id = job.id
        self._forsoeg = job.forsoeg

    def _laast(self) -> Job:
        job = Job.objects.select_for_update(no_key=True).get(pk=self.job_id)
        if job.status != JobStatus.I_GANG or job.forsoeg != self._forsoeg:
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
def _puls(job: Job) -> Iterator[None]:
    """Signs of life while one long step runs (setting pages, say); they stop with the process, as they should."""
    slut = threading.Event()

    def slaa() -> None:
        while not slut.wait(PULS.total_seconds()):
            with som_systemet(MASKINRUM):
                Job.objects.filter(pk=job.pk, forsoeg=job.forsoeg, status=JobStatus.I_GANG).update(hjerteslag=nu())
        connection.close()

    traad = threading.Thread(target=slaa, daemon=True)
    traad.start()
    try:
        yield
    finally:
        slut.set()
        traad.join()


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
        with _bestilleren(job), _puls(job):
            _jobtyper[job.type].funktion(Fremdrift(job), job.parametre)
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
