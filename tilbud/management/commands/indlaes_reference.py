"""`manage.py indlaes_reference`: load municipalities, regions, KKRs, population, postcodes and code lists."""

from typing import Any

from django.core.management.base import BaseCommand

from kommuner import reference as kommuner
from tilbud import reference as tilbud


class Command(BaseCommand):
    """Safe to run again; prints how much there is of each kind."""

    help = "Indlæs de medfølgende referencedata (kommuner, regioner, folketal, målgrupper, hjemler)."

    def handle(self, *_args: Any, **_valg: Any) -> None:
        """Load and count."""
        antal = kommuner.indlaes() | tilbud.indlaes()
        self.stdout.write("  Referencedata: " + ", ".join(f"{tal} {navn}" for navn, tal in antal.items()))
