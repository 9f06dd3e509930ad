"""`manage.py indlaes_offentlige`: load published offers and prices, and list what could not be placed."""

from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand

from takster import offentlige as takster
from takster.models import OffentliggjortPris
from tilbud import offentlige as tilbud
from tilbud.models import OffentligtTilbud


class Command(BaseCommand):
    """Safe to run again. Rows that cannot be placed are loaded all the same, and listed with row and reason."""

    help = "Indlæs offentliggjorte tilbud og priser med kilde og år, og vis hvad der ikke kunne placeres."

    def handle(self, *_args: Any, **_valg: Any) -> None:
        """Load offers, then prices, which point at them."""
        self._vis("tilbud", tilbud.FIL.name, tilbud.indlaes())
        self._vis("priser", takster.FIL.name, takster.indlaes())

    def _vis(self, hvad: str, fil: str, alle: Sequence[OffentligtTilbud | OffentliggjortPris]) -> None:
        uden_plads = [raekke for raekke in alle if raekke.mangler]
        self.stdout.write(
            f"  Offentliggjorte {hvad}: {len(alle)} indlæst, {len(alle) - len(uden_plads)} placeret, {len(uden_plads)} ikke placeret"
        )
        for raekke in uden_plads:
            self.stdout.write(f"    {fil} række {raekke.raekke}, {raekke}: {'; '.join(raekke.mangler)}")
