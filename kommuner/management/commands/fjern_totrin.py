"""`manage.py fjern_totrin`: let a person in again who has lost every second factor."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kommuner.models import Bruger
from kommuner.totrin import fjern_totrin


class Command(BaseCommand):
    """For those who run the platform, when the person's organisation has vouched that it is her."""

    help = "Fjern alle andre trin end adgangskoden fra en bruger, der har mistet dem."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("email", help="den e-mailadresse, brugeren logger på med")

    def handle(self, *_args: Any, **valg: Any) -> None:
        """Remove them; the person is told by mail and logged off everywhere."""
        bruger = Bruger.objects.filter(email=valg["email"].lower()).first()
        if bruger is None:
            raise CommandError("Ingen bruger har den adresse.")
        if not fjern_totrin(bruger):
            raise CommandError("Brugeren har intet totrinslogin.")
        self.stdout.write("Totrinslogin er fjernet, brugeren er logget af alle steder og har fået besked.")
