"""Embedded servers shared by several processes: leases instead of a list of pids.

Every user of a server holds a shared lock on `<data>.lease`; the kernel drops it even when the process is killed with
-9. A small detached guardian owns the server and stops it when it can take the same lock alone: nobody is left.
Starting is serialised by an exclusive lock on `<data>.start`.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import signal
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from drift.fejl import Driftsfejl

if TYPE_CHECKING:
    from types import FrameType

ROD = Path(__file__).resolve().parent.parent
LAENGSTE_SOKKELSTI = 107  # bytes; sun_path of Linux less its closing zero
STOPFRIST = 10.0  # seconds; the guardian looks every half second, then comes the last checkpoint
STARTFRIST = 60.0  # seconds; crash recovery of a large database is slow
FOERSTE_KIG = 1.0  # seconds; the guardian gives its starter time to take the lease
KIG = 0.5  # seconds between the guardian's attempts
ROOT = 0

_laan: dict[Server, IO[str]] = {}  # open files: closing one gives the lease back


@dataclass(frozen=True)
class Server(ABC):
    """One embedded server over one data directory.

    `holdbar` says that the data must survive a power cut; a throw-away server of the tests need not.
    """

    data: Path
    holdbar: bool = True

    @property
    @abstractmethod
    def pidfil(self) -> Path:
        """The file whose first word is the server's pid; may be left over from a dead server."""

    @property
    @abstractmethod
    def sokkel(self) -> Path:
        """The unix socket the server listens on."""

    @abstractmethod
    def svarer(self) -> bool:
        """Whether the server answers its clients now."""

    @abstractmethod
    def start(self) -> subprocess.Popen[bytes]:
        """Prepare the data directory and start the server process; called by the guardian when none is alive."""

    @abstractmethod
    def efter_start(self) -> None:
        """What must exist before the first client is let in; called by the starter, idempotent."""

    @property
    def logfil(self) -> Path:
        """What the server and its guardian print."""
        return self.ved_siden("log")

    @property
    def sokkelmappe(self) -> Path:
        """The data directory itself, or a short private stand-in when the socket's path would be cut by the kernel."""
        if len(os.fsencode(self.data / ".s.PGSQL.5432.lock")) <= LAENGSTE_SOKKELSTI - 4:
            return self.data
        maerke = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]
        # TMPDIR may differ between the processes that share the server, and may itself be too long.
        return Path("/tmp") / f"rammeaftale-{os.geteuid()}-{maerke}"  # noqa: S108 - 0700 and its owner is checked

    def ved_siden(self, endelse: str) -> Path:
        """A file next to the data directory: `<data>.<endelse>`."""
        return self.data.with_name(f"{self.data.name}.{endelse}")

    def lever(self) -> bool:
        """Whether the server's own process runs; a zombie or a stranger with a recycled pid does not count."""
        try:
            pid = int(self.pidfil.read_text().split()[0])
            tilstand = Path(f"/proc/{pid}/stat").read_text().rsplit(")", maxsplit=1)[-1].split()[0]
            kommando = Path(f"/proc/{pid}/cmdline").read_bytes()
        except (OSError, ValueError, IndexError):
            return False
        return tilstand != "Z" and os.fsencode(self.data) in kommando


def laan(server: Server) -> None:
    """Hold a lease on the server until this process ends, starting the server when nobody has.

    Raises `Driftsfejl` when it does not come up; the sentence names its log.
    """
    if server in _laan:
        return
    try:
        server.data.parent.mkdir(parents=True, exist_ok=True)
        lease = server.ved_siden("lease").open("w")
        start = server.ved_siden("start").open("w")
    except OSError as fejl:
        raise Driftsfejl(
            f"Kan ikke skrive i {server.data.parent} ({fejl.strerror}). Kør som den bruger, der ejer mappen, eller fri plads på disken."
        ) from fejl
    fcntl.flock(lease, fcntl.LOCK_SH)
    _laan[server] = lease
    with start:
        fcntl.flock(start, fcntl.LOCK_EX)
        if not (server.lever() and server.svarer()):
            _start(server)
            server.efter_start()


def giv_tilbage() -> None:
    """Give every lease of this process back; the guardian stops a server when it was the last."""
    while _laan:
        _server, lease = _laan.popitem()
        lease.close()


def vent_paa_stop(server: Server) -> bool:
    """Wait for a server nobody leases any more to stop; false when it still runs, so somebody uses it."""
    frist = time.monotonic() + STOPFRIST
    while server.lever():
        if time.monotonic() > frist:
            return False
        time.sleep(0.05)
    return True


def vogt(server: Server) -> None:
    """The guardian's whole life: start the server, stop it when no lease is left."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    proces = server.start()

    def stop(_signal: int, _ramme: FrameType | None) -> None:
        proces.send_signal(signal.SIGINT)

    signal.signal(signal.SIGTERM, stop)
    with server.ved_siden("lease").open("w") as lease:
        time.sleep(FOERSTE_KIG)
        while proces.poll() is None:
            try:
                fcntl.flock(lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(KIG)
            else:
                proces.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown; Redis writes its last second and ends
                proces.wait()


def vogt_fra_kommandolinje(servertype: type[Server]) -> None:
    """Entry of `python -m drift.postgres DATA holdbar|flygtig` and its like for Redis."""
    data, varighed = sys.argv[1:]
    vogt(servertype(Path(data), holdbar=varighed == "holdbar"))


def egen_mappe(mappe: Path, ejer: int | None = None) -> None:
    """Create a private directory (0700), given to user `ejer` when we are root.

    Raises `Driftsfejl` when somebody else owns it already: in /tmp anybody may have made it first.
    """
    mappe.mkdir(mode=0o700, parents=True, exist_ok=True)
    if mappe.stat().st_uid not in {os.geteuid(), ejer}:
        raise Driftsfejl(f"Mappen {mappe} ejes af en anden bruger. Kør som dens ejer, eller slet den.")
    if ejer is not None:
        os.chown(mappe, ejer, ejer)


def _start(server: Server) -> None:
    """Start the guardian and wait until the server answers."""
    frist = time.monotonic() + STARTFRIST
    while server.lever() and not server.svarer() and time.monotonic() < frist:
        time.sleep(0.05)  # another one that is going down, or recovering after its guardian died
    if server.lever() and server.svarer():
        return
    varighed = "holdbar" if server.holdbar else "flygtig"
    with server.logfil.open("ab") as log:
        vogter = subprocess.Popen(
            [sys.executable, "-m", type(server).__module__, str(server.data), varighed],
            cwd=ROD,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    while not (server.lever() and server.svarer()):
        if vogter.poll() is not None or time.monotonic() > frist:
            raise Driftsfejl(
                f"{type(server).__name__} startede ikke: {_sidste_linje(server.logfil)} (se {server.logfil})"
            )
        time.sleep(0.03)


def _sidste_linje(fil: Path) -> str:
    """The last line of a log, which in both servers and in a traceback is the one that tells."""
    linjer = fil.read_text(errors="replace").strip().splitlines()
    return linjer[-1] if linjer else "ingen besked"
