"""`manage.py indlaes_offentlige`: load published offers and prices, and list what could not be placed."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from takster import offentlige as takster
from takster.models import OffentliggjortPris
from tilbud import offentlige as tilbud
from tilbud.models import OffentligtTilbud

Raekker = Sequence[OffentligtTilbud | OffentliggjortPris]


class Command(BaseCommand):
    """Safe to run again. Rows that cannot be placed are loaded all the same, and listed with row and reason."""

    help = "Indlæs offentliggjorte tilbud og priser med kilde og år, og vis hvad der ikke kunne placeres."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--log", type=Path, metavar="FIL", help="skriv de rækker, der ikke kunne placeres, her")

    def handle(self, *_args: Any, **valg: Any) -> None:
        """Load offers, then prices, which point at them."""
        lister: tuple[tuple[str, str, Raekker], ...] = (
            ("tilbud", tilbud.FIL.name, tilbud.indlaes()),
            ("priser", takster.FIL.name, takster.indlaes()),
        )
        for hvad, _fil, alle in lister:
            placeret = sum(not raekke.mangler for raekke in alle)
            self.stdout.write(
                f"  Offentliggjorte {hvad}: {len(alle)} indlæst, {placeret} placeret, {len(alle) - placeret} ikke placeret"
            )
        linjer = [linje for _hvad, fil, alle in lister for linje in _uplacerede(fil, alle)]
        if log := valg["log"]:
            log.write_text("".join(f"{linje}\n" for linje in linjer), encoding="utf-8")
            self.stdout.write(f"  De {len(linjer)} rækker, der ikke kunne placeres, står med årsag i {log}")
        else:
            self.stdout.write("\n".join(f"    {linje}" for linje in linjer))


def _uplacerede(fil: str, alle: Raekker) -> Iterator[str]:
    for raekke in alle:
        if raekke.mangler:
            yield f"{fil} række {raekke.raekke}, {raekke}: {'; '.join(raekke.mangler)}"
