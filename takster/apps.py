"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class TaksterConfig(AppConfig):
    """Takster."""

    name = "takster"
    verbose_name = "Takster"

    def ready(self) -> None:
        """Put the panel on the start page, and say how prices are shown; what reads models is not there before now."""
        import_module("takster.startside")
        import_module("takster.fejlvisning")
