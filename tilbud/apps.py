"""App configuration."""

from importlib import import_module

from django.apps import AppConfig

from kommuner.tilbudsregister import Tilbudskilde, brug_kilde


class TilbudConfig(AppConfig):
    """The register of offers."""

    name = "tilbud"
    verbose_name = "Tilbud"

    def ready(self) -> None:
        """Fill the registries of start page panels and job types, and answer the floor below; what reads models is not there before now."""
        import_module("tilbud.startside")
        import_module("tilbud.p_numre")
        import_module("tilbud.registerimport.job")
        queries = import_module("tilbud.queries")
        brug_kilde(Tilbudskilde(hos=queries.tilbud_hos, driftsherrer_i=queries.driftsherrer_i))
