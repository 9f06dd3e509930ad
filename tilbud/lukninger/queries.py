"""Reading temporary closures."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from faelles.tid import Periode
from tilbud.belaegning.models import Pladslukning
from tilbud.belaegning.querysets import PladslukningQuerySet

PR_BID = 500  # rows fetched at a time while a file is streamed
LUKNINGSHOVED = (
    "Afdeling", "Plads", "Lukket fra", "Sidste lukkede dag", "Grund", "Bemærkning", "Ophævet", "Platformens id",
)  # fmt: skip


def lukninger(tilbud_id: UUID) -> PladslukningQuerySet[Pladslukning]:
    """Those of an offer, the first to begin in front; departments and places come along."""
    fundne = Pladslukning.objects.filter(afdeling__tilbud=tilbud_id).select_related("afdeling", "plads")
    return fundne.order_by("periode", "afdeling__navn_sortering", "plads__betegnelse_sortering", "pk")


def kommende(tilbud_id: UUID, dag: date) -> list[Pladslukning]:
    """Those of an offer that close something on the day or later."""
    return list(lukninger(tilbud_id).fra(dag))


def raekker(tilbud_id: UUID) -> Iterator[Sequence[Any]]:
    """A row for each closure of an offer, the past and the lifted ones too."""
    for lukning in lukninger(tilbud_id).iterator(chunk_size=PR_BID):
        periode = Periode.af_range(lukning.periode)
        yield (
            lukning.afdeling.navn,
            lukning.plads.betegnelse if lukning.plads else "Hele afdelingen",
            periode.fra,
            periode.sidste_dag,
            lukning.get_grund_display(),
            lukning.bemaerkning,
            lukning.ophaevet is not None,
            str(lukning.pk),
        )
