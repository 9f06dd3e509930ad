"""`manage.py demodata`: deterministic synthetic data for demonstration, tests and measurements."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from faelles.fejl import DomaeneFejl
from faelles.tid import idag
from rammeaftale.demo.indlaes import indlaes
from rammeaftale.demo.skala import SKALAER


class Command(BaseCommand):
    """Refuses when DEBUG is off or when real offers are there; does nothing when demo data are there already."""

    help = "Lav demodata. Alt er opdigtet og mærket demo."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--skala", choices=list(SKALAER), default="hovedstaden")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--dag", type=date.fromisoformat, help="den dag data laves til (ÅÅÅÅ-MM-DD; ellers i dag)")

    def handle(self, *_args: Any, **valg: Any) -> None:
        """Make the data and tell how far it is."""
        if not settings.DEBUG:
            raise CommandError("Demodata kan kun laves med DEBUG slået til.")
        try:
            lavet = indlaes(SKALAER[valg["skala"]], valg["seed"], valg["dag"] or idag(), self._meld)
        except DomaeneFejl as fejl:
            felter = [f"{felt}: {besked}" for felt, beskeder in fejl.felter.items() for besked in beskeder]
            raise CommandError("\n  ".join([fejl.besked, *felter])) from fejl
        if not lavet:
            self.stdout.write("  Demodata findes allerede og er ladt være. `make reset` begynder forfra.")

    def _meld(self, tekst: str) -> None:
        self.stdout.write(f"  Demodata: {tekst}")
        self.stdout.flush()
