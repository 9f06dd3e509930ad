"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class RammeaftaleConfig(AppConfig):
    """The agreement."""

    name = "rammeaftale"
    verbose_name = "Rammeaftaler"

    def ready(self) -> None:
        """Fill the registries of start page panels and job types. `tasks`, and WeasyPrint with it, is left to the workers."""
        for modul in ("startside", "hoering.job", "udmeldinger.job"):
            import_module(f"{self.name}.{modul}")
