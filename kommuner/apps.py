"""App configuration."""

from importlib import import_module

from django.apps import AppConfig
from django.conf import settings


class KommunerConfig(AppConfig):
    """Municipalities and people."""

    name = "kommuner"
    verbose_name = "Kommuner og brugere"

    def ready(self) -> None:
        """Put the panels on the start page, listen to log-ins, and refuse to start with providers that give roles we do not have.

        What these modules read are models, which are not there before now.
        """
        import_module("kommuner.personer.startside")
        import_module("kommuner.session")
        import_module("kommuner.oidc").kontroller_roller(settings.OIDC_UDBYDERE)
