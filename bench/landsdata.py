"""The whole country's data in a database of their own, made once and kept in .data/bench for the next measurement."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import psycopg

from drift import postgres
from drift.fejl import Driftsfejl
from drift.koer import inddata
from drift.laan import ROD, vent_paa_stop
from drift.opsaetning import trin
from drift.processer import DATABASE
from faelles.tid import idag

MAPPE = ROD / ".data" / "bench"
LANDET = ("demodata", "--skala", "landet", "--seed", "1")


def klargoer(mappe: Path = MAPPE) -> Mapping[str, str]:
    """The environment of a process that measures on these data; they are made anew when what makes them has changed.

    The server is leased by this process. Raises Driftsfejl with what a command printed when it fails.
    """
    stempel, data = mappe / "stempel", mappe / "postgres"
    maerke = _maerke()
    klar = stempel.exists() and stempel.read_text() == maerke
    if not klar:
        _slet(stempel, data)
    server = postgres.brug(data)
    miljoe = {"DATABASE_URL": server.url(postgres.APP), "DATABASE_OWNER_URL": server.url(postgres.EJER)}
    if not klar:
        for navn, kommando in (*DATABASE, ("Demodata for hele landet", LANDET)):
            with trin(navn):
                manage(kommando, miljoe)
        with trin("Statistik"), psycopg.connect(miljoe["DATABASE_OWNER_URL"], autocommit=True) as ejer:
            ejer.execute("VACUUM ANALYZE")  # what a server in service does by itself, only later
        stempel.write_text(maerke)
    return miljoe


def manage(kommando: tuple[str, ...], miljoe: Mapping[str, str] | None = None) -> None:
    """Run a manage.py command; raises Driftsfejl with what it printed when it fails."""
    svar = subprocess.run(
        [sys.executable, "manage.py", *kommando],
        cwd=ROD,
        env={**os.environ, **(miljoe or {})},
        check=False,
        capture_output=True,
        text=True,
    )
    if svar.returncode:
        raise Driftsfejl(f"`manage.py {' '.join(kommando)}` mislykkedes:\n{svar.stdout}{svar.stderr}")


def _maerke() -> str:
    """What the data are made of and for. Made anew each week: confirmations grow stale, and the search would rank other rows."""
    demo = sorted((ROD / "rammeaftale" / "demo").glob("*.py"))
    dele = [f"{idag():%G-%V}", *LANDET, *inddata(), *(hashlib.sha256(fil.read_bytes()).hexdigest() for fil in demo)]
    return hashlib.sha256("\n".join(dele).encode()).hexdigest()


def _slet(stempel: Path, data: Path) -> None:
    """Raises Driftsfejl while another measurement uses the data."""
    stempel.unlink(missing_ok=True)
    if not vent_paa_stop(postgres.PostgreSQL(data.absolute())):
        raise Driftsfejl("En anden måling bruger data i .data/bench. Vent, til den er færdig.")
    if data.exists():
        shutil.rmtree(data)
