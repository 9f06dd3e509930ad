"""`python manage.py …` from any Python: continue with the project's own environment.

Parsed by whatever `python3` the machine has, so it keeps to old syntax.
"""

import os
import sys
from pathlib import Path

VENV = Path(__file__).resolve().parent.parent / ".venv"


def brug_projektets_python() -> None:
    """Re-execute this command with `.venv/bin/python` when it exists and is not the one that runs."""
    python = VENV / "bin" / "python"
    if python.exists() and Path(sys.prefix).resolve() != VENV.resolve():
        os.execv(str(python), [str(python), *sys.argv])  # noqa: S606 - no shell wanted
