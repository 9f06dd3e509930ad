"""Real processes over throw-away directories."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from drift.laan import ROD, Server
from drift.postgres import PostgreSQL
from drift.redis import Redis

FRIST = 60.0  # seconds; only how long to wait for what will come: a busy machine starts a process slowly
BRUGER = """
import sys, time
from pathlib import Path
from drift import {modul}
{modul}.brug(Path(sys.argv[1]), holdbar=False)
print("klar", flush=True)
time.sleep(60)
"""

Start = Callable[[Server], subprocess.Popen[str]]


def vent_til(sandt: Callable[[], bool]) -> bool:
    """Whether it came true in time."""
    frist = time.monotonic() + FRIST
    while not sandt():
        if time.monotonic() > frist:
            return False
        time.sleep(0.02)
    return True


@pytest.fixture
def start_bruger() -> Iterator[Start]:
    """Starts processes that each lease a server and then sleep; what is left of them is killed afterwards."""
    brugere: list[tuple[subprocess.Popen[str], Server]] = []

    def start(server: Server) -> subprocess.Popen[str]:
        kode = BRUGER.format(modul="postgres" if isinstance(server, PostgreSQL) else "redis")
        bruger = subprocess.Popen(
            [sys.executable, "-c", kode, str(server.data)], cwd=ROD, stdout=subprocess.PIPE, text=True
        )
        brugere.append((bruger, server))
        assert bruger.stdout is not None
        assert bruger.stdout.readline() == "klar\n"
        return bruger

    yield start
    for bruger, _server in brugere:
        bruger.kill()
        bruger.communicate()
    assert vent_til(lambda: not any(server.lever() for _bruger, server in brugere))


@pytest.fixture(params=[PostgreSQL, Redis])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Server:
    servertype: type[Server] = request.param
    return servertype(tmp_path / "data", holdbar=False)
