"""`manage.py demoadgang`: the demo logins and API clients, for people and for scripts; for people also a hearing to answer."""

import json
import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from rammeaftale.demo.adgang import oversigt
from rammeaftale.demo.hoeringer import aabne_links


class Command(BaseCommand):
    """Development only; changes nothing."""

    help = "Vis demo-logins og API-klienter."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--json", action="store_true", help="som JSON")

    def handle(self, *_args: Any, **valg: Any) -> None:
        """Print them."""
        if not settings.DEBUG:
            raise CommandError("Demoadgang findes kun med DEBUG slået til.")
        adresse = f"http://localhost:{os.environ.get('PORT', '8000')}"
        data = oversigt(adresse)
        if valg["json"]:
            self.stdout.write(json.dumps(data, ensure_ascii=False))
            return
        if not data["brugere"]:
            self.stdout.write("Der er ingen demo-logins. Kør først: python manage.py demodata")
            return
        self.stdout.write("Logins")
        for bruger in data["brugere"]:
            self.stdout.write(
                f"  {bruger['email']:<36} {bruger['adgangskode']:<22} {bruger['rolle']}, {bruger['organisation']}"
            )
        self.stdout.write(f"API-klienter ({data['apiUrl']})")
        for klient in data["klienter"]:
            self.stdout.write(
                f"  {klient['clientId']:<36} {klient['clientSecret']:<22} {klient['funktion']}, {klient['organisation']}"
            )
        if links := list(aabne_links()):
            self.stdout.write("En åben høring, der kan besvares med")
            for navn, sti in links:
                self.stdout.write(f"  {navn}: {adresse}{sti}")
