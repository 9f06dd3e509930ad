"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class TaksterConfig(AppConfig):
    """Takster."""

    name = "takster"
    verbose_name = "Takster"

    def ready(self) -> None:
        """Fill the registries of panels and job types, and say how prices are shown. `tasks`, and WeasyPrint with it, is left to the workers."""
        for modul in ("startside", "fejlvisning", "dokumenter.job", "kontrol.job"):
            import_module(f"{self.name}.{modul}")
