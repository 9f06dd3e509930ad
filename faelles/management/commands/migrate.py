"""`migrate` as Django has it, without drawing models again that an operation does not change."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from django.core.management.commands import migrate
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
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
# What changes one model's columns and nothing that others point at.
ALENE: tuple[type[Operation], ...] = (AddField, CreateModel)
_Tilstand = Callable[[Any, str, ProjectState], None]


class Command(migrate.Command):
    """Django draws a model, and every model related to it, again after each operation that changes what it says of itself: here
    nearly all of them, a thousand times over. What a trigger, a constraint or an index becomes stands in the operation, and the
    next operation on the model's columns draws it with them. A new model or column is drawn alone: the models that it points at have
    the columns they had. The state is then marked as delayed, which is Django's own mark for not all being drawn: before a
    RunPython it draws all of them.

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
        for operation in ALENE:
            stak.enter_context(patch.object(operation, "state_forwards", _alene(operation.state_forwards)))
        yield


def _alene(forfra: _Tilstand) -> _Tilstand:
    def state_forwards(self: Operation, app_label: str, state: ProjectState) -> None:
        def kun_den(app_label: str, model_name: str, *_: bool) -> set[tuple[str, str]]:
            state.is_delayed = True
            return {(app_label, model_name)}

        if app_label in FREMMEDE:
            forfra(self, app_label, state)
            return
        with patch.object(state, "_find_reload_model", kun_den):
            forfra(self, app_label, state)

    return state_forwards


def _noteret(forfra: _Tilstand, undtagen: tuple[str, ...]) -> _Tilstand:
    def state_forwards(self: Operation, app_label: str, state: ProjectState) -> None:
        if app_label in undtagen:
            forfra(self, app_label, state)
            return
        with patch.object(state, "reload_model"):
            forfra(self, app_label, state)

    return state_forwards
