"""First step of every make target: find a Python that is new enough and let it go on.

Run by whatever `python3` the machine has, so that a too old one gives one clear line and not a syntax error: this
module keeps to the syntax and the library of Python 3.6. What goes on is named by its first argument: `opsaetning`
(the set-up) or `nulstil`, which must work on a full disk and in a clone that was never set up.
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
    """Hand over to the module named, or say what is missing."""
    python = find_python(sys.version_info[:2], sys.executable)
    if python is None:
        har = ".".join(map(str, sys.version_info[:2]))
        besked = f"Python {har} er for gammel: der skal bruges mindst 3.11. Kør: sudo apt-get install python3.11 python3.11-venv\n"
        sys.stderr.buffer.write(besked.encode("utf-8"))  # as bytes: without a locale an old Python writes ø as \xf8
        sys.exit(1)
    modul, argumenter = sys.argv[1], sys.argv[2:]
    os.execv(python, [python, "-m", f"drift.{modul}"] + argumenter)  # noqa: RUF005, S606 - old syntax; no shell wanted


if __name__ == "__main__":
    main()
