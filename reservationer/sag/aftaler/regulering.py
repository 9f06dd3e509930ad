"""When an agreed price follows the published takst, and over which days: pure rules (rules-reservation § 3 nr. 8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from faelles.tid import Periode
from reservationer.sag.aftaler.felter import Regulering
from reservationer.sag.priser import Prisaftale
from takster.models import Takstenhed


@dataclass(frozen=True, slots=True)
class Nytakst:
    """A takst that has been published, kr. per unit, and what was published for its days before, or for the days just before them."""

    beloeb: Decimal
    enhed: Takstenhed
    niveau: int | None
    periode: Periode
    foer: frozenset[Decimal]


def foelger_fra(versioner: Sequence[tuple[str, date]]) -> date | None:
    """From when the price follows the takst: the first day of the versions in a row up to the last that say so, each its
    `regulering` and first day in the order of their numbers. None when the last does not.
    """
    fra = None
    for regulering, gaelder_fra in reversed(versioner):
        if regulering != Regulering.TAKST:
            break
        fra = gaelder_fra if fra is None else min(fra, gaelder_fra)
    return fra


def overtager(pris: Prisaftale, dage: Periode, ny: Nytakst, fra: date) -> Periode | None:
    """The days of an agreed price the takst takes over, no earlier than `fra`; None where it does not.

    A price that is not the takst it would have followed is another the parties have agreed, and one of another level or unit is so
    too: a change of level needs their agreement. What follows goes on after the takst's own days, until the next is published.
    """
    foerste = max(dage.fra, ny.periode.fra, fra)
    andet_niveau = None not in (pris.niveau, ny.niveau) and pris.niveau != ny.niveau
    if pris.takst not in ny.foer or pris.takst == ny.beloeb or pris.enhed != ny.enhed or andet_niveau:
        return None
    if any(til is not None and foerste >= til for til in (ny.periode.til, dage.til)):
        return None
    return Periode(foerste, dage.til)
