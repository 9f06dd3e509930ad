"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class KommunerConfig(AppConfig):
    """Municipalities and people."""

    name = "kommuner"
    verbose_name = "Kommuner og brugere"

    def ready(self) -> None:
        """Put the panels on the start page, which read models that are not there before now, and listen to log-ins."""
        import_module("kommuner.personer.startside")
        import_module("kommuner.session")
