"""The engine is pure: it knows neither Django nor the platform's tables, and can be used without either."""

import ast
import os
import subprocess
import sys
from pathlib import Path

from drift.laan import ROD

MOTOR = ROD / "takster" / "beregning"
TILLADT = {"faelles.dokument", "faelles.fejl", "faelles.penge", "faelles.tid"}
URET = {"now", "today", "time", "utcnow"}


def importer(fil: Path) -> set[str]:
    """What a module imports from the project or from Django."""
    navne: set[str] = set()
    for knude in ast.walk(ast.parse(fil.read_text(encoding="utf-8"))):
        if isinstance(knude, ast.ImportFrom):
            navne.add(str(knude.module))
        elif isinstance(knude, ast.Import):
            navne |= {navn.name for navn in knude.names}
    return {navn for navn in navne if navn.split(".")[0] not in sys.stdlib_module_names}


def test_engine_imports_only_itself_and_the_kernels_figures() -> None:
    fremmede = {
        navn for fil in MOTOR.glob("*.py") for navn in importer(fil) if not navn.startswith("takster.beregning.")
    }
    assert fremmede <= TILLADT


def test_engine_reads_no_clock() -> None:
    for fil in MOTOR.glob("*.py"):
        kald = {knude.attr for knude in ast.walk(ast.parse(fil.read_text())) if isinstance(knude, ast.Attribute)}
        assert not kald & URET, fil.name


def test_engine_computes_without_settings() -> None:
    kode = (
        "from pathlib import Path; from takster.beregning.fil import beregn_fil;"
        "print(beregn_fil(Path('docs/eksempler/takst_2026.json').read_bytes())[0]['takst'])"
    )
    miljoe = {navn: vaerdi for navn, vaerdi in os.environ.items() if navn in {"PATH", "LANG"}}
    svar = subprocess.run(
        [sys.executable, "-c", kode], cwd=ROD, env=miljoe, capture_output=True, text=True, check=False
    )
    assert (svar.stdout, svar.stderr) == ("2652\n", "")
