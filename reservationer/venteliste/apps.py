"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class VentelisteConfig(AppConfig):
    """Waiting lists."""

    name = "reservationer.venteliste"
    label = "venteliste"
    verbose_name = "Ventelister"

    def ready(self) -> None:
        """Hear what happens to the enquiries behind the entries, and fill the registries of panels and mails."""
        for modul in ("lyttere", "foran", "startside", "morgenbrev"):
            import_module(f"{self.name}.{modul}")
