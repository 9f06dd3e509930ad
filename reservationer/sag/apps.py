"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class SagConfig(AppConfig):
    """Cases."""

    name = "reservationer.sag"
    label = "sag"
    verbose_name = "Reservationer"

    def ready(self) -> None:
        """Put the panels on the start page; they read models, which are not there before now."""
        import_module("reservationer.sag.startside")
