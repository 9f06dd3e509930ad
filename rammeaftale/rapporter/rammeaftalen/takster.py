"""The takster of some offers in a year, summed by legal basis and unit."""

from collections.abc import Collection
from decimal import Decimal
from itertools import groupby
from statistics import median
from uuid import UUID

from faelles.tid import Periode
from rammeaftale.rapporter.rammeaftalen.data import Takster
from rammeaftale.rapporter.rammeaftalen.pladsdage import taksttal
from takster.models import Takstenhed


def takster(tilbud: Collection[UUID], aaret: Periode) -> tuple[Takster, ...]:
    """A row for each legal basis and unit, in the order of the legal bases."""
    fundne = []
    for (paragraf, hjemmel, enhed), gruppe in groupby(
        taksttal(tilbud, aaret), key=lambda t: (t.paragraf, t.hjemmel, t.enhed)
    ):
        alle = list(gruppe)
        beloeb = [takst.beloeb for takst in alle]
        dage = sum(takst.pladsdage for takst in alle)
        vejet = sum((takst.beloeb * takst.pladsdage for takst in alle), start=Decimal(0)) / dage if dage else None
        fundne.append(
            Takster(
                paragraf=paragraf,
                hjemmel=hjemmel,
                enhed=Takstenhed(enhed).label,
                antal=len(alle),
                mindste=min(beloeb),
                median=median(beloeb),
                stoerste=max(beloeb),
                vejet=None if vejet is None else vejet.quantize(Decimal("0.01")),
            )
        )
    return tuple(fundne)
