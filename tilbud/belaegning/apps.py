"""App configuration."""

from django.apps import AppConfig


class BelaegningConfig(AppConfig):
    """The ledger of claims on places."""

    name = "tilbud.belaegning"
    label = "belaegning"
    verbose_name = "Belægning"
