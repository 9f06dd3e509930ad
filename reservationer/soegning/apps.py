"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class SoegningConfig(AppConfig):
    """Search."""

    name = "reservationer.soegning"
    label = "soegning"
    verbose_name = "Søgning"

    def ready(self) -> None:
        """Put the panels on the start page; they read models, which are not there before now."""
        import_module("reservationer.soegning.startside")
