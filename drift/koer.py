"""`make run` after the set-up: servers, data, web, worker, beat and the first report; ends with Ctrl-C."""

from __future__ import annotations

import fcntl
import hashlib
import os
import socket
import sys
import time
import tomllib
from contextlib import contextmanager
from typing import TYPE_CHECKING

from drift import processer
from drift.fejl import Driftsfejl
from drift.laan import ROD
from drift.opsaetning import PLADS_TIL_DATA, kraev_plads, trin
from drift.sundhed import VAERT, svarer
from drift.supervisor import Afbrudt, Supervisor
from drift.udvikling import DATA, PORT, saet_miljoe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import IO

HOEJESTE_PORT = 65535
RAPPORT = DATA / "rapporter" / "rammeaftale-2025-2026.pdf"
BESTIL = ("bestil_rapport", "rammeaftale", "--aftale", "hovedstaden-2025-2026", "--vent", "--ud", str(RAPPORT))
# A hundred lines that nobody reads in the middle of a start go into a log instead; in the containers they are the log.
LOGGES = {"indlaes_offentlige": ("--log", str(DATA / "log" / "offentlige.log"))}
DEMODATA = ("Demodata for Hovedstaden", ("demodata", "--skala", "hovedstaden", "--seed", "1"))
INDDATA = ("migrations/*.py", "data/**/*")  # what the loading steps read; a change of any runs them again


def main() -> None:
    """Exit code 0 after Ctrl-C, the child's own when one died, 1 with one line when something is in the way."""
    os.chdir(ROD)
    try:
        koer()
    except Afbrudt as afbrudt:
        print("\nAlle processer er stoppet. Data ligger i .data/, og `make run` fortsætter, hvor du slap.")
        sys.exit(afbrudt.kode)
    except Driftsfejl as fejl:
        sys.exit(f"\n{fejl}")
    except KeyboardInterrupt:  # before the supervisor took over
        sys.exit("\nAfbrudt.")


def koer() -> None:
    """The whole run; ends by `Afbrudt` or `Driftsfejl`."""
    start = time.monotonic()
    kraev_plads(ROD, PLADS_TIL_DATA)
    with laas_koersel():
        port = kraev_ledig_port(os.environ.get("PORT", "8000"))
        with noter_port(port):
            with trin("PostgreSQL og Redis"):
                saet_miljoe()
            with Supervisor(DATA / "log") as supervisor:
                goer_data_klar(supervisor)
                start_processer(supervisor, port)
                print(f"  Platformen svarer på http://localhost:{port} ({time.monotonic() - start:.0f} s)", flush=True)
                if not RAPPORT.exists():
                    bestil_rapport(supervisor)
                print(
                    f"\nÅbn       http://localhost:{port}\nRapport   {RAPPORT}\nLogge     {DATA / 'log'}\n", flush=True
                )
                _manage(supervisor, "demoadgang")
                print("\nCtrl-C stopper det hele.", flush=True)
                supervisor.vent()


def laas_koersel() -> IO[str]:
    """Only one run at a time over the same data, and no reset under it; raises `Driftsfejl` when one is active."""
    DATA.mkdir(exist_ok=True)
    laas = (DATA / "koersel.lock").open("w")
    try:
        fcntl.flock(laas, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as fejl:
        laas.close()
        raise Driftsfejl("Platformen kører allerede fra denne mappe. Stop den først med Ctrl-C.") from fejl
    return laas


def kraev_ledig_port(oensket: str) -> int:
    """The port as a number; raises `Driftsfejl` when it is none, or somebody listens on it."""
    if not (oensket.isdecimal() and 0 < int(oensket) <= HOEJESTE_PORT):
        raise Driftsfejl(f"PORT={oensket} er ikke et portnummer. Prøv: make run PORT=8000")
    port = int(oensket)
    with socket.socket() as proeve:
        proeve.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            proeve.bind((VAERT, port))
        except PermissionError as fejl:
            raise Driftsfejl(f"Port {port} kræver root. Vælg en over 1023: make run PORT=8000") from fejl
        except OSError as fejl:
            raise Driftsfejl(f"Port {port} er optaget. Vælg en anden: make run PORT={port + 1}") from fejl
    return port


@contextmanager
def noter_port(port: int) -> Iterator[None]:
    """Tell the run's own and other commands (`demoadgang`) the port, through `saet_miljoe`, for as long as the run lasts."""
    fil = DATA / PORT
    fil.write_text(str(port))
    try:
        yield
    finally:
        fil.unlink(missing_ok=True)


def goer_data_klar(supervisor: Supervisor) -> None:
    """Migrate and load; a step is skipped when the same one, over the same files, has been done in this database."""
    maerke = inddata()
    for navn, kommando in (*processer.DATABASE, DEMODATA):
        _een_gang(supervisor, navn, (*kommando, *LOGGES.get(kommando[0], ())), maerke)


def inddata() -> list[str]:
    """The version and a digest of every file the loading steps read: while they are the same, so is what is loaded."""
    pakker = [mappe.parent for mappe in sorted(ROD.glob("[!.]*/__init__.py"))]
    filer = [fil for pakke in pakker for moenster in INDDATA for fil in sorted(pakke.rglob(moenster)) if fil.is_file()]
    version = tomllib.loads((ROD / "pyproject.toml").read_text())["project"]["version"]
    return [version, *(f"{fil.relative_to(ROD)} {hashlib.sha256(fil.read_bytes()).hexdigest()}" for fil in filer)]


def start_processer(supervisor: Supervisor, port: int) -> None:
    """Web first, and only when it answers the worker and beat."""
    with trin("Web"):
        supervisor.start("web", _i_miljoeet(processer.WEB), klar=lambda: svarer(port))
    with trin("Worker og beat"):
        # At TERM a worker would finish its report first; here it puts the task back at once, and the next run takes it up.
        supervisor.start("worker", _i_miljoeet(processer.WORKER), miljoe={"REMAP_SIGTERM": "SIGQUIT"})
        supervisor.start("beat", _i_miljoeet(processer.BEAT))


def bestil_rapport(supervisor: Supervisor) -> None:
    """The first report, through the queue like any other."""
    print("  Første rapport:", flush=True)
    RAPPORT.parent.mkdir(parents=True, exist_ok=True)
    if _manage(supervisor, *BESTIL):
        raise Driftsfejl(f"Rapporten blev ikke færdig. Se {DATA / 'log' / 'worker.log'}, og kør `make run` igen.")


def _een_gang(supervisor: Supervisor, navn: str, kommando: Sequence[str], inddata: Sequence[str]) -> None:
    """Run a manage.py command unless its stamp says that it is done; raises `Driftsfejl` when it fails."""
    maerke = hashlib.sha256("\n".join([os.environ["DATABASE_URL"], *kommando, *inddata]).encode()).hexdigest()
    stempel = DATA / "stempler" / kommando[0]
    if stempel.exists() and stempel.read_text() == maerke:
        return
    print(f"  {navn} …", flush=True)
    start = time.monotonic()
    if _manage(supervisor, *kommando):
        raise Driftsfejl(f"`manage.py {' '.join(kommando)}` mislykkedes; se beskeden ovenfor.")
    print(f"  {navn} klar ({time.monotonic() - start:.0f} s)", flush=True)
    stempel.parent.mkdir(exist_ok=True)
    stempel.write_text(maerke)


def _manage(supervisor: Supervisor, *kommando: str) -> int:
    return supervisor.koer([sys.executable, "manage.py", *kommando])


def _i_miljoeet(kommando: tuple[str, ...]) -> list[str]:
    """The command with this environment's Python, which is not on PATH."""
    return [sys.executable, *kommando[1:]]


if __name__ == "__main__":
    main()
