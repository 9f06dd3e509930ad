"""A server with a migrated database, made once and copied for every run of the tests; kept in .data until a migration changes.

Migrations render Django's models again for each operation, which costs more than most test runs; a copy costs nothing.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

from drift import postgres
from drift.fejl import Driftsfejl
from drift.laan import ROD, giv_tilbage, vent_paa_stop
from drift.opsaetning import trin
from drift.udvikling import DATA

NAVN = "skabelon"  # the database; tests.conftest lets the test databases be made from it
VARIABEL = "TEST_SKABELON"
MAPPE = DATA / "proeve"
# What decides how the tables become; whoever migrates with other packages or settings starts anew.
GRUNDLAG = ("*/migrations/*.py", "*/*/migrations/*.py", "config/settings.py", "drift/roller.sql", "uv.lock")


def kopier(data: Path, mappe: Path = MAPPE) -> None:
    """Lay a stopped server with the migrated database in `data`, and name the database in the environment.

    Raises Driftsfejl with what a migration printed when it fails.
    """
    skabelon = mappe / maerke()
    if not skabelon.exists():
        _lav(skabelon)
    data.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cp", "-a", skabelon, data], check=True)  # the files may be another user's than root's
    os.environ[VARIABEL] = NAVN


def maerke(rod: Path = ROD) -> str:
    """A digest of everything the tables follow from."""
    sum_ = hashlib.sha256()
    for moenster in GRUNDLAG:
        for fil in sorted(rod.glob(moenster)):
            sum_.update(f"{fil.relative_to(rod)} {hashlib.sha256(fil.read_bytes()).hexdigest()}\n".encode())
    return sum_.hexdigest()[:16]


def _lav(skabelon: Path) -> None:
    """Migrate under another name, so that nobody copies half of it; the ones before it go."""
    skabelon.parent.mkdir(parents=True, exist_ok=True)
    foer = [mappe for mappe in skabelon.parent.iterdir() if mappe.is_dir() and not mappe.name.startswith("ny-")]
    ny = Path(tempfile.mkdtemp(prefix="ny-", dir=skabelon.parent))
    ny.chmod(0o755)
    try:
        with trin("Databasen, som testene får hver sin kopi af"):
            _migrer(ny / "postgres")
        try:
            (ny / "postgres").rename(skabelon)
        except OSError:  # another run was first
            return
        for mappe in foer:
            shutil.rmtree(mappe, ignore_errors=True)
    finally:
        shutil.rmtree(ny, ignore_errors=True)


def _migrer(data: Path) -> None:
    server = postgres.brug(data)
    try:
        with psycopg.connect(server.url(postgres.EJER), autocommit=True) as ejer:
            ejer.execute(f"CREATE DATABASE {NAVN}")
        urler = {
            "DATABASE_URL": server.url(postgres.APP, NAVN),
            "DATABASE_OWNER_URL": server.url(postgres.EJER, NAVN),
        }
        svar = subprocess.run(
            [sys.executable, "manage.py", "migrate", "--noinput", "--verbosity", "0"],
            cwd=ROD,
            env={**os.environ, **urler, "DEBUG": "1"},
            check=False,
            capture_output=True,
            text=True,
        )
        if svar.returncode:
            raise Driftsfejl(f"Databasens tabeller kunne ikke laves:\n{svar.stdout}{svar.stderr}")
    finally:
        giv_tilbage()
        vent_paa_stop(server)
