"""App configuration."""

from django.apps import AppConfig


class VilkaarConfig(AppConfig):
    """Terms in force."""

    name = "vilkaar"
    verbose_name = "Vilkår"
