"""What a published report leaves out of an offer whose address is protected: as the open data do, what could tell where it lies."""

from collections.abc import Collection
from uuid import UUID

from tilbud.aabnedata.queries import MYNDIGHEDER
from tilbud.models import Tilbud

NAEVNES_IKKE = "Driftsherren nævnes ikke"
SPOERG_KOMMUNEN = "Adressen er beskyttet. Spørg kommunen."


def uden_driftsherre(tilbud: Collection[UUID]) -> frozenset[UUID]:
    """Those of the offers whose operator is not named: a private one's address is that of its only offer, often."""
    beskyttede = Tilbud.objects.filter(pk__in=tilbud, beskyttet_adresse=True)
    return frozenset(beskyttede.exclude(driftsherre__art__in=MYNDIGHEDER).values_list("pk", flat=True))
