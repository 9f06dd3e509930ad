"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class SagConfig(AppConfig):
    """Cases."""

    name = "reservationer.sag"
    label = "sag"
    verbose_name = "Reservationer"

    def ready(self) -> None:
        """Fill the registries of panels, of mails, of what hears events, and of job types; they read models, which are not there before now.

        `tasks`, and WeasyPrint with it, is left to the workers.
        """
        moduler = (
            "startside",
            "morgenbrev",
            "ophold.startside",
            "takstbeskeder.actions",
            "aftaler.job",
            "aftaler.startside",
            "aftaler.breve",
        )
        for modul in moduler:
            import_module(f"{self.name}.{modul}")
