"""`manage.py genberegn_takster`: compute every published takst again from its stored inputs, and every price beside it and cost shared by a key, and list what differs."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import QuerySet

from faelles.fejl import DomaeneFejl
from takster.finansiering import inddata as finansiering
from takster.kontrol.regler import forskel
from takster.models import Finansiering, Prisart, Prisblad, Takst
from takster.models.forloeb import Forloeb
from takster.prisblade import inddata as prisblade

M = TypeVar("M", bound=Forloeb)
ALLE = "every published price and share must be what its stored inputs give"


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
            elif fundet := forskel(takst.beregning, takst.beloeb):
                forskelle.append(f"  {takst.pk}: {fundet}")
        with transaction.atomic():
            blade, blades_forskelle = _efterregnet(
                Prisblad.objects.for_systemet(ALLE), lambda et: prisblade.genberegn(Prisart(et.art), et.beregning)
            )
            delte, deltes_forskelle = _efterregnet(
                Finansiering.objects.for_systemet(ALLE), lambda et: finansiering.genberegn(et.beregning)
            )
        self.stdout.write(
            f"{i_alt} takster genberegnet, {len(forskelle)} med forskel, {uden} uden gemt beregning."
            f" {blade} prisblade genberegnet, {len(blades_forskelle)} med forskel."
            f" {delte} finansieringer genberegnet, {len(deltes_forskelle)} med forskel."
        )
        forskelle += [*blades_forskelle, *deltes_forskelle]
        if forskelle:
            raise CommandError("\n".join(["Disse takster kan ikke genberegnes til det samme:", *forskelle]))


def _efterregnet(alle: QuerySet[M], genberegn: Callable[[M], Mapping[str, Any]]) -> tuple[int, list[str]]:
    """How many were ever published, and those that come out otherwise."""
    i_alt, forskelle = 0, []
    for et in alle.filter(tilstand="offentliggjort").order_by("oprettet", "pk").iterator(chunk_size=500):
        i_alt += 1
        try:
            ens = genberegn(et) == et.beregning
        except DomaeneFejl:
            ens = False
        if not ens:
            forskelle.append(f"  {et._meta.model_name} {et.pk}: beregningen giver noget andet")
    return i_alt, forskelle
