"""How the figures behind reports, and their differences, are written over REST."""

from typing import Any

from rest_framework import serializers

_TAL = "Tal med punktum, datoer som ISO 8601, `skjult` hvor tallet ikke må vises, null hvor der intet er."


class RapporttalUd(serializers.Serializer[Any]):
    """A table or drawing of the report; `kode` is printed beside its title."""

    kode = serializers.CharField()
    titel = serializers.CharField()
    kilde = serializers.CharField(help_text="Navnet på den forespørgsel, tallene er fra.")
    kolonner = serializers.ListField(child=serializers.CharField())
    raekker = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField(allow_null=True)), help_text=_TAL
    )


class KolonnevaerdiUd(serializers.Serializer[Any]):
    """What stands in a column."""

    kolonne = serializers.CharField()
    vaerdi = serializers.CharField(help_text=_TAL)


class EnligUd(serializers.Serializer[Any]):
    """A row only one of the two has."""

    raekke = serializers.CharField()
    vaerdier = KolonnevaerdiUd(many=True)


class AendringUd(serializers.Serializer[Any]):
    """A value that is another than before."""

    raekke = serializers.CharField()
    kolonne = serializers.CharField()
    foer = serializers.CharField(allow_null=True, help_text=_TAL)
    efter = serializers.CharField(allow_null=True, help_text=_TAL)
    forskel = serializers.CharField(allow_null=True, help_text="Hvor begge er tal.")


class ForskelUd(serializers.Serializer[Any]):
    """What is different in a table or drawing of the report; `kode` is printed beside its title."""

    kode = serializers.CharField()
    titel = serializers.CharField()
    kilde = serializers.CharField(help_text="Navnet på den forespørgsel, tallene er fra.")
    nye = EnligUd(many=True)
    udgaaede = EnligUd(many=True)
    aendringer = AendringUd(many=True)
    kunFoer = serializers.ListField(child=serializers.CharField(), help_text="Kolonner.")
    kunEfter = serializers.ListField(child=serializers.CharField(), help_text="Kolonner.")
