"""`manage.py beregn_takst`: takster from a file of cases, for anyone who wants to compute one again."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from faelles.fejl import DomaeneFejl
from takster.beregning.fil import beregn_fil

AARSAGER: Mapping[type[OSError], str] = {
    FileNotFoundError: "den findes ikke",
    IsADirectoryError: "det er en mappe",
    PermissionError: "du har ikke adgang til den",
}


class Command(BaseCommand):
    """Prints a JSON list of results. Exit code 1 and every fault on stderr when anything is wrong; then nothing is printed."""

    help = "Beregn takster af en JSON-fil med sager (docs/takstberegning.md)."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--fil", required=True, help="JSON-fil med en liste af sager; - læser fra standard input")

    def handle(self, *_args: Any, **valg: Any) -> None:
        """Read, compute and print."""
        fil = "standard input" if valg["fil"] == "-" else valg["fil"]
        try:
            resultater = beregn_fil(sys.stdin.buffer.read() if valg["fil"] == "-" else Path(fil).read_bytes())
        except OSError as fejl:
            hvorfor = next((ord_ for art, ord_ in AARSAGER.items() if isinstance(fejl, art)), "systemet afviser det")
            raise CommandError(f"Filen {fil} kan ikke læses: {hvorfor}. Kontrollér stien.") from fejl
        except DomaeneFejl as fejl:
            linjer = [f"  {sted}: {besked}" for sted, beskeder in fejl.felter.items() for besked in beskeder]
            raise CommandError("\n".join([f"{fil}: {fejl.besked}", *linjer])) from fejl
        self.stdout.write(json.dumps(resultater, ensure_ascii=False, indent=2))
