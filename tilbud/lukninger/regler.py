"""Which days a temporary closure may have, and what is left of it when it ends early. Pure.

Days are half-open: closed from `fra`, open again on `til`. Source: a period closed is neither free nor bookable
(domain/rules-reservation.md § 4); the limits here are ours.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

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


def alene_til(lukket: Iterable[Collection[Periode]], ny: Periode, dag: date, hoejst: int | None) -> date:
    """Until which day one person alone may close on the days of `ny`, asked on `dag`: its first day when on none of them.

    Closures belong together unless a place is open as long as it may be closed: of twice `hoejst` days running, one person closes
    it on `hoejst` at most. Many short closures are no way round, nor is one day more every day, nor a day open between two long
    ones; and what is ahead counts as a whole, however far. `lukket`: for each place, what it is or has been closed on, whoever
    decided. `hoejst`: in days, by the terms; None where they do not say, and then nobody may alone.
    """
    graense = hoejst or 0
    siden = min(dag, ny.fra - timedelta(days=2 * graense))
    brugt = max((_dage(dage, siden) for dage in lukket), default=0)
    sidst = ny.fra + timedelta(days=max(0, graense - brugt))
    return sidst if ny.til is None else min(ny.til, sidst)


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
