"""First step of every make target: find a Python that is new enough and let it do the set-up.

Run by whatever `python3` the machine has, so that a too old one gives one clear line and not a syntax error: this
module keeps to the syntax and the library of Python 3.6. The set-up itself is `drift.opsaetning`.
"""

import os
import shutil
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MINDST = (3, 11)
NYERE = ("python3.14", "python3.13", "python3.12", "python3.11")


def find_python(
    version: "tuple[int, ...]", egen: str, find: "Callable[[str], str | None]" = shutil.which
) -> "str | None":
    """The interpreter to go on with: this one (`egen`) when new enough, else a newer one on PATH, else None."""
    if version >= MINDST:
        return egen
    return next((sti for sti in map(find, NYERE) if sti), None)


def main() -> None:
    """Hand over to the set-up, or say what is missing."""
    python = find_python(sys.version_info[:2], sys.executable)
    if python is None:
        har = ".".join(map(str, sys.version_info[:2]))
        sys.exit(
            f"Python {har} er for gammel: der skal bruges mindst 3.11. Kør: sudo apt-get install python3.11 python3.11-venv"
        )
    os.execv(python, [python, "-m", "drift.opsaetning"] + sys.argv[1:])  # noqa: RUF005, S606 - old syntax; no shell wanted


if __name__ == "__main__":
    main()
