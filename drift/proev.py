"""`make test` and `make stress` after the set-up: pytest over throw-away servers.

ARGS     further arguments for pytest; without any, the whole suite is shared between the cores
BROWSER  0 leaves the browser tests out; otherwise a missing chromium makes the run fail at its end, after everything else ran
"""

import argparse
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from drift import skabelon
from drift.fejl import Driftsfejl
from drift.laan import ROD
from drift.udvikling import engangsmiljoe

# One process for each core, and no more than PostgreSQL's connections allow. A process that is done takes from another's end.
PARALLELT = ["-n", "auto", "--maxprocesses", "4", "--dist", "worksteal", "-p", "tests.parallel"]
HUKOMMELSE = Path("/dev/shm")  # noqa: S108  # a directory of our own is made in it
PLADS = 4 * 1024**3  # bytes; the databases of four processes and what PostgreSQL writes ahead
UDEN_BROWSER = "Browsertestene er ikke kørt."
INSTALLER = "Chromium mangler: kør `sudo apt-get install -y chromium`, eller fravælg browsertestene med BROWSER=0."


def vaelg(*, stress: bool, browser: bool) -> str:
    """The marker expression for pytest."""
    maerke = "stress" if stress else "not stress"
    return maerke if browser else f"{maerke} and not browser"


def hukommelse(mappe: Path = HUKOMMELSE) -> Path | None:
    """A directory in memory with room for the servers, if the machine has one: emptying all tables between tests is file work."""
    return mappe if mappe.is_dir() and shutil.disk_usage(mappe).free >= PLADS else None


def main() -> None:
    """Exit code of pytest, or 1 when the browser tests were wanted and could not run."""
    tolk = argparse.ArgumentParser()
    tolk.add_argument("--stress", action="store_true")
    stress: bool = tolk.parse_args().stress
    oensket = os.environ.get("BROWSER") != "0"
    muligt = shutil.which("chromium") is not None
    kommando = [sys.executable, "-m", "pytest", "-m", vaelg(stress=stress, browser=oensket and muligt)]
    argumenter = shlex.split(os.environ.get("ARGS", ""))
    hele = not stress and not argumenter  # what is stressed wants the machine for itself; a few tests want one database
    try:
        with engangsmiljoe(skabelon.kopier, hukommelse()):
            kode = subprocess.run([*kommando, *(PARALLELT if hele else argumenter)], cwd=ROD, check=False).returncode
    except Driftsfejl as fejl:
        sys.exit(str(fejl))
    if not oensket:
        print(f"{UDEN_BROWSER} (BROWSER=0)")
    elif not muligt:
        print(f"{UDEN_BROWSER} {INSTALLER}")
        kode = kode or 1
    sys.exit(kode)


if __name__ == "__main__":
    main()
