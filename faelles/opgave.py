"""What every Celery task is: something that has a sender, so that what it changes can be explained."""

from typing import Any

from celery import Task

from faelles.afsender import afsender


class Opgave(Task):  # type: ignore[type-arg]  # generic for the type checker only
    """The platform itself is the sender; a job inside makes it more exact with the one who ordered it."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run the task as its own sender."""
        with afsender(f"opgave:{self.name}", kilde=f"opgave {self.name}"):
            return super().__call__(*args, **kwargs)
