"""`manage.py fordel`: share an amount by weights from the command line."""

import json
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from faelles.fejl import DomaeneFejl
from faelles.penge import Enhed, fordel


def _tal(tekst: str, hvad: str) -> Decimal:
    try:
        return Decimal(tekst)
    except InvalidOperation:
        raise CommandError(f"{hvad}: »{tekst}« er ikke et tal (skriv fx 105000.00).") from None


class Command(BaseCommand):
    """Prints a JSON object of shares as strings; exit code 1 and one line on stderr when the input is refused."""

    help = "Fordel et beløb efter nøgler, så andelene tilsammen giver beløbet (største rest)."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--beloeb", required=True, help="beløbet i kroner, fx 105000.00")
        parser.add_argument("--enhed", choices=[enhed.value for enhed in Enhed], default=Enhed.OERE.value)
        parser.add_argument("--noegle", nargs="+", required=True, metavar="NAVN=VÆGT", action="extend")

    def handle(self, *_args: Any, **valg: Any) -> None:
        """Share and print."""
        noegler: dict[str, Decimal] = {}
        for par in valg["noegle"]:
            navn, skilt, vaegt = par.partition("=")
            if not skilt or not navn:
                raise CommandError(f"Nøglen »{par}« skal skrives NAVN=VÆGT, fx 0101=667099.")
            if navn in noegler:
                raise CommandError(f"Nøglen »{navn}« står der to gange.")
            noegler[navn] = _tal(vaegt, f"Nøglen {navn}")
        try:
            andele = fordel(_tal(valg["beloeb"], "Beløbet"), noegler, Enhed(valg["enhed"]))
        except DomaeneFejl as fejl:
            raise CommandError(fejl.besked) from fejl
        self.stdout.write(json.dumps({navn: str(andel) for navn, andel in andele.items()}, ensure_ascii=False))
