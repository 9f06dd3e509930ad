"""Takster over REST."""

from collections.abc import Mapping
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.openapi import SIDER, BeloebUd, liste
from faelles.sider import side
from faelles.tid import Periode
from kommuner.api import GYLDIG_PAA, laes_dag
from kommuner.api_base import Ressource
from takster.models import Takst
from tilbud import filtre
from vilkaar.models import Saetstatus


class TakstUd(serializers.Serializer[Any]):
    """A takst with the number of the set of terms it was computed under; `foreloebig` until that set is final."""

    id = serializers.UUIDField()
    afdelingId = serializers.UUIDField()
    tilbudId = serializers.UUIDField()
    hjemmel = serializers.CharField()
    pris = BeloebUd()
    enhed = serializers.ChoiceField(choices=["doegn", "dag"])
    gyldigFra = serializers.DateField()
    gyldigTil = serializers.DateField(allow_null=True)
    belaegningsprocent = serializers.CharField()
    vilkaarssaet = serializers.IntegerField()
    foreloebig = serializers.BooleanField()


def _vis(r: Mapping[str, Any]) -> dict[str, Any]:
    periode = Periode.af_range(r["periode"])
    return {
        "id": str(r["id"]),
        "afdelingId": str(r["afdeling_id"]),
        "tilbudId": str(r["afdeling__tilbud_id"]),
        "hjemmel": r["hjemmel_id"],
        "pris": {"beloeb": str(r["beloeb"]), "valuta": "DKK"},
        "enhed": r["enhed"],
        "gyldigFra": periode.fra.isoformat(),
        "gyldigTil": periode.til.isoformat() if periode.til else None,
        "belaegningsprocent": str(r["belaegningsprocent"]),
        "vilkaarssaet": r["vilkaarssaet__nummer"],
        "foreloebig": r["vilkaarssaet__status"] == Saetstatus.FORELOEBIG,
    }


class Takster(Ressource):
    """The takster that hold on a day."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}

    soegeord: ClassVar = (GYLDIG_PAA, filtre.TILBUD, filtre.AFDELING, filtre.HJEMMEL, *SIDER)

    @extend_schema(summary="Takster", responses=liste(TakstUd))
    def get(self, request: Request) -> Response:
        """On `gyldigPaa`, else today."""
        takster = Takst.objects.paa(laes_dag(request))
        if tilbud := filtre.tilbud(request):
            takster = takster.filter(afdeling__tilbud__in=tilbud)
        if afdelinger := filtre.afdelinger(request):
            takster = takster.filter(afdeling__in=afdelinger)
        if hjemler := filtre.hjemler(request):
            takster = takster.filter(hjemmel__in=hjemler)
        raekker = takster.values(
            "id", "afdeling_id", "afdeling__tilbud_id", "hjemmel_id", "beloeb", "enhed", "periode", "belaegningsprocent",
            "vilkaarssaet__nummer", "vilkaarssaet__status",
        )  # fmt: skip
        return side(request, raekker, ["id"], _vis)
