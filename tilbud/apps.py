"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class TilbudConfig(AppConfig):
    """The register of offers."""

    name = "tilbud"
    verbose_name = "Tilbud"

    def ready(self) -> None:
        """Put the panel on the start page; it reads models, which are not there before now."""
        import_module("tilbud.startside")
