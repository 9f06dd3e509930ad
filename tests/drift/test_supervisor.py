import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from drift.laan import ROD
from tests.drift.conftest import vent_til

# Two children, the second with a child of its own that ignores TERM; their pids are printed, then the run goes on.
KOERSEL = """
import sys
from pathlib import Path
from drift.supervisor import Afbrudt, Supervisor

stædig = "import os,signal,time; signal.signal(15, signal.SIG_IGN); print(os.getpid(), flush=True); time.sleep(60)"
logmappe = Path(sys.argv[1])
try:
    with Supervisor(logmappe) as supervisor:
        supervisor.start("et", ["sleep", sys.argv[2]])
        supervisor.start("to", [sys.executable, "-c", sys.argv[3] or stædig], klar=lambda: (logmappe / "to.log").stat().st_size > 0)
        print(*(barn.proces.pid for barn in supervisor.boern), flush=True)
        supervisor.vent()
except Afbrudt as afbrudt:
    sys.exit(afbrudt.kode)
"""
LYDIG = "import time; print('klar', flush=True); time.sleep(60)"


def lever(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", maxsplit=1)[-1].split()[0] != "Z"
    except OSError:
        return False


class Koersel:
    def __init__(self, logmappe: Path, *, foerste: str = "60", anden: str = LYDIG) -> None:
        self.proces = subprocess.Popen(
            [sys.executable, "-c", KOERSEL, str(logmappe), foerste, anden],
            cwd=ROD,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.proces.stdout is not None
        self.boern = [int(ord_) for ord_ in self.proces.stdout.readline().split()]


@pytest.fixture
def koersel(tmp_path: Path) -> Iterator[Koersel]:
    koersel = Koersel(tmp_path)
    yield koersel
    koersel.proces.kill()
    koersel.proces.communicate()


@pytest.mark.parametrize(("signalnummer", "kode"), [(signal.SIGINT, 0), (signal.SIGTERM, 143)])
def test_signal_stops_every_child(koersel: Koersel, signalnummer: int, kode: int) -> None:
    assert all(map(lever, koersel.boern))
    koersel.proces.send_signal(signalnummer)
    assert koersel.proces.wait(10) == kode
    assert not any(map(lever, koersel.boern))


def test_killed_supervisor_leaves_no_child(koersel: Koersel) -> None:
    koersel.proces.kill()
    koersel.proces.wait()
    assert vent_til(lambda: not any(map(lever, koersel.boern)))


def test_dying_child_ends_the_run_with_its_code_and_its_last_lines(tmp_path: Path) -> None:
    doer = "import sys,time; print('det gik galt', flush=True); time.sleep(0.5); sys.exit(7)"
    koersel = Koersel(tmp_path, anden=doer)
    _ud, fejl = koersel.proces.communicate(timeout=10)
    assert koersel.proces.returncode == 7
    assert "to stoppede af sig selv (kode 7)" in fejl
    assert "det gik galt" in fejl
    assert not any(map(lever, koersel.boern))


def test_child_that_ends_with_success_still_ends_the_run_as_failed(tmp_path: Path) -> None:
    koersel = Koersel(tmp_path, foerste="0.5")
    koersel.proces.communicate(timeout=10)
    assert koersel.proces.returncode == 1


def test_child_that_ignores_term_is_killed(tmp_path: Path) -> None:
    koersel = Koersel(tmp_path, anden="")
    os.kill(koersel.proces.pid, signal.SIGINT)
    assert koersel.proces.wait(10) == 0
    assert not any(map(lever, koersel.boern))
