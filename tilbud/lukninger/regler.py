"""Which days a temporary closure may have, and what is left of it when it ends early. Pure.

Days are half-open: closed from `fra`, open again on `til`. Source: a period closed is neither free nor bookable
(domain/rules-reservation.md § 4); the limits here are ours.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from faelles.tid import Periode

Felter = Mapping[str, list[str]]


def datofejl(fra: date, til: date, dag: date) -> Felter:
    """What is wrong with the days of a closure registered on `dag`, by field; empty when nothing is.

    It never reaches back: a day that has passed was open, and has been counted and shown as such.
    """
    felter: dict[str, list[str]] = {}
    if fra < dag:
        felter["fra"] = ["En lukning kan tidligst begynde i dag."]
    if til <= fra:
        felter["til"] = ["Pladsen skal åbne igen efter den første lukkede dag."]
    return felter


def kraever_anden(lukket: Iterable[Iterable[Periode]], ny: Periode, dag: date, hoejst: int | None) -> bool:
    """Whether a second person must approve: with it, a place would be closed on more days from `dag` on than one alone may say.

    `lukket`: for each place, what it is closed on already, so that many short closures are no way round. `hoejst`: in days, by the
    terms; None where they do not say, and then nobody may alone.
    """
    return hoejst is None or any(_dage(dage, dag) + _dage([ny], dag) > hoejst for dage in lukket)


def _dage(perioder: Iterable[Periode], fra: date) -> int:
    """The days from one on; every closure has a last day."""
    rest = (periode.faelles(Periode(fra)) for periode in perioder)
    return sum((en.til - en.fra).days for en in rest if en is not None and en.til is not None)


def aabningsfejl(lukket: Periode, fra: date, dag: date) -> Felter:
    """What is wrong with opening again on `fra`, asked on `dag`."""
    if fra < dag:
        return {"fra": ["Pladsen kan tidligst åbne igen i dag."]}
    if lukket.til is not None and fra >= lukket.til:
        return {"fra": [f"Lukningen slutter selv den {lukket.til:%d.%m.%Y}. Vælg en tidligere dag."]}
    return {}


def rest(lukket: Periode, fra: date) -> Periode | None:
    """The days that stay closed when it opens again on `fra`; None when that is before it had begun."""
    return Periode(lukket.fra, fra) if fra > lukket.fra else None
