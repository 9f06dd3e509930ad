"""A clock a test moves forward by days and months, and that goes on by itself meanwhile: what is registered has an order."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory, StepTickTimeFactory, TickingDateTimeFactory

Ur = FrozenDateTimeFactory | StepTickTimeFactory | TickingDateTimeFactory


@contextmanager
def stillet(dag: date) -> Iterator[Ur]:
    """Set to the day."""
    with freeze_time(dag, tick=True) as ur:
        yield ur
