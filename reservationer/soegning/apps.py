"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class SoegningConfig(AppConfig):
    """Search."""

    name = "reservationer.soegning"
    label = "soegning"
    verbose_name = "Søgning"

    def ready(self) -> None:
        """Fill the registries of start page panels, mails and job types. `tasks`, and WeasyPrint with it, is left to the workers."""
        for modul in ("startside", "gemte.morgenbrev", "fritvalg.job", "valg.job"):
            import_module(f"{self.name}.{modul}")
