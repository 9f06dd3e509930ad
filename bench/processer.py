"""The platform's processes as `make run` starts them, for measurements and for the tests that kill them."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from drift.laan import ROD
from drift.processer import WEB, WORKER
from drift.sundhed import VAERT, svarer
from faelles.graenser import Graense

WEBPROCESSER = 2
# Per process: the kernel deals connections unevenly, and 32 rivals are to be at work at once even when one process gets them all.
TRAADE = 32
# One client makes the calls of many here, and what is measured or killed is not the limits.
UDEN_GRAENSER = {f"GRAENSE_{graense.name}": "1000000/m" for graense in Graense}
# seconds; rivals for one lock are to wait for it together, also where the machine needs long to send them all
LAASEFRIST = 60
STARTFRIST = 180.0  # seconds; generous, the machine may be busy
STOPFRIST = 10.0  # seconds


@dataclass(frozen=True)
class Proces:
    """A running command in a process group of its own, and what it prints."""

    proces: subprocess.Popen[bytes]
    log: Path

    def draeb(self) -> None:
        """Kill it and its children with -9, in the middle of whatever they do."""
        os.killpg(self.proces.pid, signal.SIGKILL)
        self.proces.wait()

    def draeb_boern(self) -> None:
        """Kill its children only: a gunicorn or Celery master starts new ones."""
        boern = Path(f"/proc/{self.proces.pid}/task/{self.proces.pid}/children").read_text().split()
        for barn in boern:
            os.kill(int(barn), signal.SIGKILL)


@dataclass(frozen=True)
class Web(Proces):
    """A web server that answers."""

    port: int

    @property
    def adresse(self) -> str:
        """The beginning of every URL."""
        return f"http://{VAERT}:{self.port}"


@contextmanager
def start(kommando: Sequence[str], miljoe: Mapping[str, str]) -> Iterator[Proces]:
    """Run one of drift.processer's commands; it is stopped at the end, and never left behind even when we are killed."""
    with tempfile.NamedTemporaryFile(prefix="proces-", suffix=".log") as log:
        proces = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", sys.executable, *kommando[1:]],  # noqa: S607 - part of every Debian
            cwd=ROD,
            env={**os.environ, **miljoe},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            yield Proces(proces, Path(log.name))
        finally:
            _stop(proces)


def _stop(proces: subprocess.Popen[bytes]) -> None:
    if proces.poll() is None:
        os.killpg(proces.pid, signal.SIGTERM)
        try:
            proces.wait(timeout=STOPFRIST)
        except subprocess.TimeoutExpired:
            os.killpg(proces.pid, signal.SIGKILL)
            proces.wait()


@contextmanager
def webserver(
    database_url: str, laasefrist: int = LAASEFRIST, miljoe: Mapping[str, str] | None = None
) -> Iterator[Web]:
    """A web server over the database, whose requests wait so many seconds for a lock; `miljoe` is more of its environment. Raises RuntimeError with the end of its log when it does not answer in time."""
    with socket.create_server((VAERT, 0)) as ledig:
        port: int = ledig.getsockname()[1]
    fast = {
        **UDEN_GRAENSER,
        "LAASEFRIST": str(laasefrist),
        "DATABASE_URL": database_url,
        "PORT": str(port),
        "WEB_CONCURRENCY": str(WEBPROCESSER),
        "WEB_THREADS": str(TRAADE),
    }
    with start(WEB, {**fast, **(miljoe or {})}) as proces:
        frist = time.monotonic() + STARTFRIST
        while not svarer(port):
            if proces.proces.poll() is not None or time.monotonic() > frist:
                raise RuntimeError(f"Webserveren svarer ikke:\n{proces.log.read_text()[-2000:]}")
            time.sleep(0.1)
        yield Web(proces.proces, proces.log, port)


@contextmanager
def worker(database_url: str) -> Iterator[Proces]:
    """A worker over the database and the environment's queue."""
    with start(WORKER, {"DATABASE_URL": database_url, "REMAP_SIGTERM": "SIGQUIT"}) as proces:
        yield proces
