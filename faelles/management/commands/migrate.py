"""`migrate` as Django has it, without drawing models again for what none of their columns follows from."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from django.core.management.commands import migrate
from django.db.migrations.operations import AddConstraint, AddIndex
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger, RemoveTrigger

FREMMEDE = ("account", "mfa", "oauth2_provider", "socialaccount", "usersessions")
# What only notes, and the apps where it does not.
UDEN_KOLONNER: Mapping[type[Operation], tuple[str, ...]] = {
    AddTrigger: (),
    RemoveTrigger: (),
    AddConstraint: FREMMEDE,
    AddIndex: FREMMEDE,
}
_Tilstand = Callable[[Any, str, ProjectState], None]


class Command(migrate.Command):
    """Django draws a model, and every model related to it, again after each operation that changes what it says of itself: here
    nearly all of them, a thousand times over. What a trigger, a constraint or an index becomes stands in the operation, and the
    next operation on the model's columns draws it with them.

    Others' migrations change columns that are in constraints, which Django finds by what is drawn: there only triggers are left.
    `tests/faelles/test_migrering.py` finds each of them in the database.
    """

    def handle(self, *args: Any, **options: Any) -> str | None:
        """Migrate."""
        with uden_gentegning():
            return super().handle(*args, **options)


@contextmanager
def uden_gentegning() -> Iterator[None]:
    """Let these operations only note in the state what they add or take away."""
    with ExitStack() as stak:
        for operation, undtagen in UDEN_KOLONNER.items():
            noteret = _noteret(operation.state_forwards, undtagen)
            stak.enter_context(patch.object(operation, "state_forwards", noteret))
        yield


def _noteret(forfra: _Tilstand, undtagen: tuple[str, ...]) -> _Tilstand:
    def state_forwards(self: Operation, app_label: str, state: ProjectState) -> None:
        if app_label in undtagen:
            forfra(self, app_label, state)
            return
        with patch.object(state, "reload_model"):
            forfra(self, app_label, state)

    return state_forwards
