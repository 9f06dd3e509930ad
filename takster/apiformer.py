"""What is answered about a workbook of budgets or accounts over REST."""

from typing import Any

from rest_framework import serializers

from tilbud.registerimport.api import RaekkefejlUd


class SkemaraekkeUd(serializers.Serializer[Any]):
    """A row of the first sheet: the offer and year it is of."""

    tilbudId = serializers.UUIDField()
    tilbud = serializers.CharField()
    aar = serializers.IntegerField()


class ProeveUd(serializers.Serializer[Any]):
    """What the file would store, or every fault in it. With one fault nothing may be stored."""

    raekker = SkemaraekkeUd(many=True)
    fejl = RaekkefejlUd(many=True)


class KladdeUd(serializers.Serializer[Any]):
    """What was stored of a row."""

    id = serializers.UUIDField()
    tilbudId = serializers.UUIDField()
    aar = serializers.IntegerField()


class IndlaestUd(serializers.Serializer[Any]):
    """The drafts, in the order of the rows."""

    kladder = KladdeUd(many=True)
