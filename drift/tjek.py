"""`make check` after the set-up: every static check, all of them even when one fails."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from drift.fejl import Driftsfejl
from drift.laan import ROD
from drift.udvikling import engangsmiljoe

PYTHON = sys.executable
MANAGE = (PYTHON, "manage.py")
OPENAPI = ROD / "docs" / "openapi.json"
# As a municipality would run it; nothing is contacted.
SOM_I_DRIFT = {
    "DEBUG": "0",
    "SECRET_KEY": "en-lang-noegle-der-kun-bruges-til-dette-tjek-0123456789-abcdefghijklm",
    "ALLOWED_HOSTS": "rammeaftale.example",
    "CSRF_TRUSTED_ORIGINS": "https://rammeaftale.example",
    "RAPPORTLAGER": "s3://rapporter/rammeaftale",
    "EMAIL_URL": "smtp+tls://bruger:kode@post.example:587",
}


def tjek(navn: str, kommando: Sequence[str], miljoe: Mapping[str, str] | None = None) -> bool:
    """Run one check; its output is shown only when it fails."""
    svar = subprocess.run(
        kommando, cwd=ROD, env={**os.environ, **(miljoe or {})}, capture_output=True, text=True, check=False
    )
    print(f"  {navn}: {'fejl' if svar.returncode else 'i orden'}", flush=True)
    if svar.returncode:
        print(svar.stdout + svar.stderr, flush=True)
    return svar.returncode == 0


def tjek_openapi() -> bool:
    """The committed OpenAPI document is the one the code gives."""
    with tempfile.TemporaryDirectory() as mappe:
        ny = Path(mappe) / "openapi.json"
        lav = [*MANAGE, "spectacular", "--format", "openapi-json", "--validate", "--fail-on-warn", "--file", str(ny)]
        if not tjek("OpenAPI er gyldig", lav):
            return False
        return tjek("OpenAPI er uændret (ellers: make openapi)", ["diff", "-u", str(OPENAPI), str(ny)])


def main() -> None:
    """Exit code 1 when any check failed."""
    try:
        with engangsmiljoe():
            resultater = [
                tjek("ruff check", [PYTHON, "-m", "ruff", "check"]),
                tjek("ruff format", [PYTHON, "-m", "ruff", "format", "--check"]),
                tjek("mypy", [PYTHON, "-m", "mypy", "."]),
                tjek("import-linter", [str(Path(PYTHON).parent / "lint-imports")]),
                tjek("migrationer", [*MANAGE, "makemigrations", "--check", "--dry-run"]),
                tjek("check --deploy", [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"], SOM_I_DRIFT),
                tjek_openapi(),
            ]
    except Driftsfejl as fejl:
        sys.exit(str(fejl))
    sys.exit(0 if all(resultater) else 1)


if __name__ == "__main__":
    main()
