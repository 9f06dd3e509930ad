"""What a developer need not set: fills the environment, with servers of our own when none are named.

DATABASE_URL for the embedded server is `postgresql://rammeaftale_app@/rammeaftale?host=%2F…`: libpq, psycopg and
django-environ read it alike; django-environ (0.14) puts the directory in `OPTIONS["host"]` and leaves `HOST` empty.
(A percent-encoded directory before the `@…/` is left encoded by django-environ and does not work.)
"""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from drift import postgres, redis
from drift.fejl import Driftsfejl
from drift.laan import ROD, giv_tilbage, vent_paa_stop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, MutableMapping

DATA = ROD / ".data"
POSTGRES = "postgres"  # the servers' directories under the data directory
REDIS = "redis"
RAPPORTER = "rapporter"
PORT = "port"  # the file that says where a run answers (drift.koer)
SAND = frozenset({"1", "true", "on", "ok", "y", "yes"})  # django-environ's own list

# These write tables or rows across municipalities, so they run as the owner, whom row-level security does not bind.
# Everything else runs as the application's role, in production too.
EJERKOMMANDOER = frozenset(
    {
        "createsuperuser",
        "dbshell",
        "demoadgang",
        "demodata",
        "flush",
        "indlaes_offentlige",
        "indlaes_reference",
        "makemigrations",
        "migrate",
        "opret_administrator",
        "sqlmigrate",
    }
)


def er_udvikling(miljoe: MutableMapping[str, str]) -> bool:
    """DEBUG decides when it is set; otherwise a missing DATABASE_URL means a developer's machine.

    With DEBUG=0 nothing is filled in: a production process with a missing variable fails loudly in the settings.
    """
    if "DEBUG" in miljoe:
        return miljoe["DEBUG"].lower() in SAND
    return "DATABASE_URL" not in miljoe


def saet_miljoe(miljoe: MutableMapping[str, str] = os.environ, data: Path = DATA, *, holdbar: bool = True) -> None:
    """Fill in what is absent for development; leases the embedded servers for the life of this process.

    Raises `Driftsfejl` when a server cannot start.
    """
    if "DATABASE_URL" not in miljoe:
        database = postgres.brug(data / POSTGRES, holdbar=holdbar)
        miljoe["DATABASE_URL"] = database.url(postgres.APP)
        miljoe["DATABASE_OWNER_URL"] = database.url(postgres.EJER)
    if "REDIS_URL" not in miljoe:
        miljoe["REDIS_URL"] = redis.brug(data / REDIS, holdbar=holdbar).url()
    if "SECRET_KEY" not in miljoe:
        miljoe["SECRET_KEY"] = _hemmelig_noegle(data / "secret_key")
    miljoe.setdefault("RAPPORTLAGER", str(data / RAPPORTER))
    miljoe.setdefault("DEBUG", "1")
    miljoe.setdefault("ALLOWED_HOSTS", "localhost,127.0.0.1")
    if "PORT" not in miljoe:
        fil = data / PORT
        miljoe["PORT"] = fil.read_text() if fil.exists() else "8000"
    miljoe.setdefault("PLATFORM_URL", f"http://localhost:{miljoe['PORT']}")
    miljoe.setdefault("EMAIL_URL", "consolemail://")


@contextmanager
def engangsmiljoe(forbered: Callable[[Path], None] | None = None, sted: Path | None = None) -> Iterator[None]:
    """The development environment over throw-away servers, for the tests and the checks; raises as `saet_miljoe`.

    `forbered` may lay something in PostgreSQL's directory before an embedded server starts there. `sted` is where the servers'
    files lie until they are thrown away; None is where temporary files lie.
    """
    with tempfile.TemporaryDirectory(prefix="rammeaftale-", ignore_cleanup_errors=True, dir=sted) as mappe:
        data = Path(mappe)
        if forbered and "DATABASE_URL" not in os.environ:
            forbered(data / POSTGRES)
        saet_miljoe(data=data, holdbar=False)
        try:
            yield
        finally:
            giv_tilbage()
            for server in (postgres.PostgreSQL(data / POSTGRES), redis.Redis(data / REDIS)):
                vent_paa_stop(server)


def vaelg_rolle(argumenter: list[str], miljoe: MutableMapping[str, str] = os.environ) -> None:
    """Let an owner command (`EJERKOMMANDOER`) connect as the owner of the database.

    Raises `Driftsfejl` when DATABASE_OWNER_URL is not set for such a command.
    """
    kommando = argumenter[1] if len(argumenter) > 1 else ""
    if kommando not in EJERKOMMANDOER:
        return
    if "DATABASE_OWNER_URL" not in miljoe:
        raise Driftsfejl(f"`{kommando}` kører som databasens ejer: sæt DATABASE_OWNER_URL.")
    miljoe["DATABASE_URL"] = miljoe["DATABASE_OWNER_URL"]


def _hemmelig_noegle(fil: Path) -> str:
    """The developer's own key, made once, so that sessions survive a restart; readable by the owner only."""
    if not fil.exists():
        fil.parent.mkdir(parents=True, exist_ok=True)
        ny = fil.with_name(f"{fil.name}.{secrets.token_hex(4)}")
        ny.touch(mode=0o600)
        ny.write_text(secrets.token_urlsafe(50))
        try:
            os.link(ny, fil)  # complete at once, and the first process wins
        except FileExistsError:
            pass
        finally:
            ny.unlink()
    return fil.read_text()
