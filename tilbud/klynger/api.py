"""Clusters over REST: to read, for everybody who may see the offers. The secretariat changes them, on the pages."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.openapi import SIDER, liste, soegeord
from faelles.sider import side
from faelles.tid import idag
from kommuner.api_base import Ressource
from tilbud import filtre
from tilbud.klynger.queries import afloeseres_navne, klyngeraekker


class KlyngemedlemUd(serializers.Serializer[Any]):
    """A municipality's membership from `fra` up to but not including `til`; null: no end is known."""

    kommunekode = serializers.CharField()
    fra = serializers.DateField()
    til = serializers.DateField(allow_null=True)


class KlyngeUd(serializers.Serializer[Any]):
    """A cluster. No target groups: for all of them."""

    id = serializers.UUIDField()
    navn = serializers.CharField()
    formaal = serializers.CharField(allow_blank=True)
    kkr = serializers.CharField(help_text="Navnet på det KKR, klyngen hører til i dag.")
    maalgrupper = serializers.ListField(child=serializers.UUIDField(), help_text="Tom: alle.")
    til = serializers.DateField(
        allow_null=True, help_text="Den første dag, klyngen ikke er mere; null: ikke afsluttet."
    )
    medlemmer = KlyngemedlemUd(many=True, help_text="Alle, også de tidligere og de kommende.")
    aabneFejlmeldinger = serializers.IntegerField(help_text="Fejlmeldinger, der ikke er besvaret.")


MEDLEM = soegeord("kommune", "Kommunekode for et medlem i dag; flere betyder en af dem.", flere=True)


def _vis(r: Mapping[str, Any], nye: Mapping[UUID, str]) -> dict[str, Any]:
    return {
        "id": str(r["id"]),
        "navn": r["navn"],
        "formaal": r["formaal"],
        "kkr": nye.get(r["kkr_id"], r["kkr__navn"]),
        "maalgrupper": [str(kode) for kode in r["gruppekoder"]],
        "til": r["til"] and r["til"].isoformat(),
        "medlemmer": r["medlemmer"],
        "aabneFejlmeldinger": r["aabne_fejl"],
    }


class Klynger(Ressource):
    """Clusters of municipalities."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}
    soegeord: ClassVar = (filtre.MAALGRUPPE, MEDLEM, *SIDER)

    @extend_schema(summary="Klynger af kommuner", responses=liste(KlyngeUd))
    def get(self, request: Request) -> Response:
        """Those that share offers on level 2 and develop them together; filters are added to each other."""
        valgte = filtre.valgte(request, maalgrupper=filtre.maalgrupper, kommuner=filtre.kommuner)
        dag = idag()
        nye = afloeseres_navne(dag)
        return side(request, klyngeraekker(dag, **valgte), ["navn_sortering", "id"], lambda r: _vis(r, nye))
