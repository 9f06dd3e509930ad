"""A go-between from a process to its database, which lets so many statements be done and then kills the process.

PostgreSQL says `CommandComplete` when a statement is done, a `COMMIT` too. The last one that is let through is done, and the process
never hears of it: it dies between that statement and the next.
"""

import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from psycopg.conninfo import conninfo_to_dict

HOVED, UDFOERT, NOEGLE = (
    5,
    b"C",
    b"K",
)  # a message's first bytes are its type and its length; K tells the server process's number
STYKKE = 65_536  # bytes


@dataclass
class Mellemled:
    """`adresse` is the database's URL for the process. `udfoert` counts the statements done since it was armed."""

    maal: str
    mappe: Path
    udfoert: int = 0
    faldt: bool = False
    pider: list[int] = field(default_factory=list)
    _hoejst: int | None = None
    _draeb: Callable[[], None] | None = None
    _laas: threading.Lock = field(default_factory=threading.Lock)

    @property
    def adresse(self) -> str:
        """The database's URL by way of this."""
        dele = urlsplit(self.maal)
        bruger = dele.netloc.rpartition("@")[0]
        return urlunsplit(dele._replace(netloc=f"{bruger}@", query=f"host={quote(str(self.mappe), safe='')}"))

    def arm(self, hoejst: int, draeb: Callable[[], None]) -> None:
        """From now on let so many statements be done, and then kill."""
        with self._laas:
            self.udfoert, self.faldt, self._hoejst, self._draeb = 0, False, hoejst, draeb

    def lad_vaere(self) -> None:
        """Let everything through again."""
        with self._laas:
            self._hoejst = None

    def _er_den_sidste(self) -> bool:
        """Whether the statement that is done now is the one nobody hears of; then the process is dead."""
        with self._laas:
            if self._hoejst is None:
                return False
            self.udfoert += 1
            if self.udfoert < self._hoejst:
                return False
            if not self.faldt and self._draeb is not None:
                self._draeb()
                self.faldt = True
            return True

    def lyt(self, doer: socket.socket) -> None:
        """Serve whoever connects, until the door is closed."""
        with suppress(OSError):
            while True:
                klient, _ = doer.accept()
                server = _forbind(self.maal)
                for arbejde in (self._ned, _op):
                    threading.Thread(target=arbejde, args=(server, klient), daemon=True).start()

    def _ned(self, server: socket.socket, klient: socket.socket) -> None:
        """From the server to the process, message by message."""
        with suppress(OSError), server, klient, server.makefile("rb") as fra:
            while len(hoved := fra.read(HOVED)) == HOVED:
                krop = fra.read(int.from_bytes(hoved[1:]) - 4)
                if hoved[:1] == NOEGLE:
                    self.pider.append(int.from_bytes(krop[:4]))
                if hoved[:1] == UDFOERT and self._er_den_sidste():
                    return
                klient.sendall(hoved + krop)


def _op(server: socket.socket, klient: socket.socket) -> None:
    """From the process to the server; when it is gone, the server is told."""
    with suppress(OSError):
        while stykke := klient.recv(STYKKE):
            server.sendall(stykke)
    with suppress(OSError):
        server.shutdown(socket.SHUT_RDWR)


def _forbind(maal: str) -> socket.socket:
    """A connection to the database, unencrypted."""
    dele = conninfo_to_dict(maal)
    vaert, port = str(dele["host"]), dele.get("port") or 5432
    if not vaert.startswith("/"):
        return socket.create_connection((vaert, int(port)))
    ny = socket.socket(socket.AF_UNIX)
    ny.connect(f"{vaert}/.s.PGSQL.{port}")
    return ny


@contextmanager
def mellemled(maal: str) -> Iterator[Mellemled]:
    """A go-between to the database at the URL."""
    with tempfile.TemporaryDirectory(prefix="pg-") as mappe, socket.socket(socket.AF_UNIX) as doer:
        led = Mellemled(maal, Path(mappe))
        doer.bind(f"{mappe}/.s.PGSQL.5432")
        doer.listen(100)
        threading.Thread(target=led.lyt, args=(doer,), daemon=True).start()
        yield led
        with suppress(OSError):
            doer.shutdown(socket.SHUT_RDWR)
