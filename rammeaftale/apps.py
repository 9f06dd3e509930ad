"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class RammeaftaleConfig(AppConfig):
    """The agreement."""

    name = "rammeaftale"
    verbose_name = "Rammeaftaler"

    def ready(self) -> None:
        """Fill the registry of start page panels."""
        import_module(f"{self.name}.startside")
