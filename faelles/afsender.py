"""Who stands behind what happens now: identity, organisation and function, from which request; never a name.

One sender at a time, opened where something begins (a request, a task, a command) and made more exact as more is known
(the actor after log-in, the orderer of a job). The history triggers write it into every change (faelles.spor), and a
change without a sender is refused by the database.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

import pghistory

from faelles.aktoer import Aktoer
from faelles.ids import uuid7

ANONYM = "anonym"

_nummer: ContextVar[UUID | None] = ContextVar("forespoergsel", default=None)


@contextmanager
def afsender(identitet: str, *, kilde: str, forespoergsel: UUID | None = None, **mere: str) -> Iterator[UUID]:
    """Everything changed inside is attributed to `identitet`. Yields the number of the request, a new one unless given.

    `identitet` is `bruger:<id>`, `klient:<id>`, `opgave:<name>`, `kommando:<name>` or ANONYM; `kilde` says where it comes
    from, in words without any value somebody typed. Inside another sender it makes that one more exact until it ends.
    """
    nummer = forespoergsel or uuid7()
    maerke = _nummer.set(nummer)
    try:
        with pghistory.context(identitet=identitet, kilde=kilde, forespoergsel=str(nummer), **mere):
            yield nummer
    finally:
        _nummer.reset(maerke)


def er_aktoer(aktoer: Aktoer) -> None:
    """From here to the end of the sender it is this actor."""
    praeciser(identitet=aktoer.identitet, organisation=str(aktoer.organisation_id), funktion=aktoer.funktion.value)


def praeciser(**oplysninger: str) -> None:
    """Add to the sender that is open, or change it. Nothing happens outside one."""
    pghistory.context(**oplysninger)


def kraev_forespoergsel() -> UUID:
    """As `forespoergsel`. Raises LookupError outside all of them: what must be explained later cannot happen there."""
    nummer = forespoergsel()
    if nummer is None:
        raise LookupError("Der er ingen afsender: åbn faelles.afsender.afsender(…) først")
    return nummer


def forespoergsel() -> UUID | None:
    """The number of the request, task or command that is being carried out; None outside all of them."""
    return _nummer.get()
