"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class SagConfig(AppConfig):
    """Cases."""

    name = "reservationer.sag"
    label = "sag"
    verbose_name = "Reservationer"

    def ready(self) -> None:
        """Fill the registries of panels and of what hears events; they read models, which are not there before now."""
        for modul in ("startside", "takstbeskeder.actions"):
            import_module(f"{self.name}.{modul}")
