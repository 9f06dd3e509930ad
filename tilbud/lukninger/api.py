"""Temporary closures over REST: to read, for everybody who may see the offers. People register them, on the pages."""

from collections.abc import Mapping
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.openapi import SIDER, liste
from faelles.sider import side
from faelles.tid import Periode, idag
from kommuner.api_base import Ressource
from tilbud import filtre
from tilbud.belaegning.models import Lukningsgrund, Pladslukning
from vilkaar.api import EfterVilkaarUd, Foelger, med_vilkaar
from vilkaar.noegler import Noegle


class LukningUd(serializers.Serializer[Any]):
    """A closure. `pladsId` null: every place of the department. Closed from `fra`, open again on `til`."""

    id = serializers.UUIDField()
    tilbudId = serializers.UUIDField()
    afdelingId = serializers.UUIDField()
    pladsId = serializers.UUIDField(allow_null=True)
    fra = serializers.DateField()
    til = serializers.DateField()
    grund = serializers.ChoiceField(choices=Lukningsgrund.values)
    bemaerkning = serializers.CharField(allow_blank=True)
    efterVilkaar = EfterVilkaarUd(
        many=True, help_text="Vilkåret, der lod én person bestemme det; tom, hvor en anden har godkendt lukningen."
    )


FELTER = ("id", "afdeling__tilbud_id", "afdeling_id", "plads_id", "periode", "grund", "bemaerkning", "vilkaarssaet_id")


def _vis(r: Mapping[str, Any]) -> dict[str, Any]:
    periode = Periode.af_range(r["periode"])
    return {
        "id": str(r["id"]),
        "tilbudId": str(r["afdeling__tilbud_id"]),
        "afdelingId": str(r["afdeling_id"]),
        "pladsId": str(r["plads_id"]) if r["plads_id"] else None,
        "fra": periode.fra.isoformat(),
        "til": periode.til.isoformat() if periode.til else None,
        "grund": r["grund"],
        "bemaerkning": r["bemaerkning"],
        "efterVilkaar": [Foelger("til", r["vilkaarssaet_id"], Noegle.LUKNING_ALENE_DAGE)],
    }


class Lukninger(Ressource):
    """Closures in force or to come."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}
    soegeord: ClassVar = (filtre.TILBUD, filtre.AFDELING, *SIDER)

    @extend_schema(summary="Midlertidige lukninger", responses=liste(LukningUd))
    def get(self, request: Request) -> Response:
        """Those that close something today or later. A closed place is `optaget` in /pladser and no hit of a search."""
        valgte = filtre.valgte(request, afdeling__tilbud__in=filtre.tilbud, afdeling__in=filtre.afdelinger)
        raekker = Pladslukning.objects.fra(idag()).filter(**valgte)
        svar = side(request, raekker.values(*FELTER), ["id"], _vis)
        svar.data["resultater"] = med_vilkaar(svar.data["resultater"])
        return svar
