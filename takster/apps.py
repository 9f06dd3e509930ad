"""App configuration."""

from django.apps import AppConfig


class TaksterConfig(AppConfig):
    """Takster."""

    name = "takster"
    verbose_name = "Takster"
