"""`manage.py genberegn_takster`: compute every published takst again from its stored inputs, and list what differs."""

from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from faelles.fejl import DomaeneFejl
from takster.beregning.modeller import beregn
from takster.models import Takst


class Command(BaseCommand):
    """Reads only. Exit code 1 and every difference on stderr when there is any; also of takster that were replaced since."""

    help = "Beregn hver offentliggjort takst igen af dens gemte inddata, og vis enhver forskel."

    def handle(self, *_args: Any, **_valg: Any) -> None:
        """Go through them in the order they were registered."""
        i_alt, uden, forskelle = 0, 0, []
        for takst in Takst.objects.order_by("oprettet", "pk").iterator(chunk_size=500):
            i_alt += 1
            if not takst.beregning:
                uden += 1
            elif forskel := _forskel(takst):
                forskelle.append(f"  {takst.pk}: {forskel}")
        self.stdout.write(f"{i_alt} takster genberegnet, {len(forskelle)} med forskel, {uden} uden gemt beregning.")
        if forskelle:
            raise CommandError("\n".join(["Disse takster kan ikke genberegnes til det samme:", *forskelle]))


def _forskel(takst: Takst) -> str:
    """What differs, or nothing."""
    try:
        nyt = beregn(takst.beregning["inddata"]).som_json()
    except DomaeneFejl as fejl:
        return f"inddata afvises: {fejl.besked} {dict(fejl.felter)}"
    ens = set(nyt) | set(takst.beregning)
    felter = sorted(navn for navn in ens if nyt.get(navn) != takst.beregning.get(navn))
    if felter:
        return "; ".join(f"{navn} er {takst.beregning.get(navn)!r}, men bliver {nyt.get(navn)!r}" for navn in felter)
    if Decimal(nyt["takst"]) != takst.beloeb:
        return f"prisen er {takst.beloeb}, men beregningen siger {nyt['takst']}"
    return ""
