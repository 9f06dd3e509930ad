#!/usr/bin/env python3
"""Django's commands, with the project's own Python, the developer's environment and the right database role."""

import os
import sys

from drift.venv import brug_projektets_python

brug_projektets_python()

# The imports below need the project's environment, which the line above has just made sure of.
from django.core.management import execute_from_command_line  # noqa: E402 - see above

from drift.fejl import Driftsfejl  # noqa: E402 - see above
from drift.udvikling import er_udvikling, saet_miljoe, vaelg_rolle  # noqa: E402 - see above
from faelles.afsender import afsender  # noqa: E402 - see above


def main() -> None:
    """Prepare the environment and hand over to Django, with the command as sender of what it changes."""
    try:
        if er_udvikling(os.environ):
            saet_miljoe()
        vaelg_rolle(sys.argv)
    except Driftsfejl as fejl:
        sys.exit(str(fejl))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    kommando = sys.argv[1] if len(sys.argv) > 1 else "help"
    with afsender(f"kommando:{kommando}", kilde=f"kommando {kommando}"):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
