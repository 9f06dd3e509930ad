"""App configuration."""

from django.apps import AppConfig


class KommunerConfig(AppConfig):
    """Municipalities and people."""

    name = "kommuner"
    verbose_name = "Kommuner og brugere"
