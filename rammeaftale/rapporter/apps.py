"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class RapporterConfig(AppConfig):
    """Reports."""

    name = "rammeaftale.rapporter"
    label = "rapporter"
    verbose_name = "Rapporter"

    def ready(self) -> None:
        """Fill the registries of job types and start page panels. `tasks`, and WeasyPrint with it, is left to the workers."""
        for modul in ("job", "startside"):
            import_module(f"{self.name}.{modul}")
