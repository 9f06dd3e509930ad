"""Municipalities and their dated relations."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.etag import med_etag
from faelles.openapi import IKKE_AENDRET, SIDER, en, liste, soegeord
from faelles.sider import side
from faelles.tid import idag
from kommuner.api_base import Ressource
from kommuner.models import Folketal, KkrMedlemskab, Kommune, RegionMedlemskab

GYLDIG_PAA = soegeord("gyldigPaa", "Den dag forhold som KKR og region skal gælde (ellers i dag).", date)


class KommuneUd(serializers.Serializer[Any]):
    """A municipality; `kkr` and `region` are those of the day asked for."""

    kommunekode = serializers.RegexField(r"^\d{4}$")
    navn = serializers.CharField()
    organisationId = serializers.UUIDField()
    cvr = serializers.CharField(allow_blank=True)
    kkr = serializers.CharField(allow_null=True)
    region = serializers.CharField(allow_null=True)
    folketal = serializers.IntegerField(allow_null=True)


class GyldigPaa(serializers.Serializer[Any]):
    """The day of a dated question."""

    gyldigPaa = serializers.DateField(required=False)


def laes_dag(request: Request) -> date:
    """The day asked for, else today. Raises ValidationError for what is no date."""
    felter = GyldigPaa(data=request.query_params)
    felter.is_valid(raise_exception=True)
    dag: date = felter.validated_data.get("gyldigPaa") or idag()
    return dag


def _kommuner(dag: date) -> "QuerySet[Kommune, Any]":
    kkr = KkrMedlemskab.objects.paa(dag).filter(kommune=OuterRef("pk")).values("kkr__navn")
    region = RegionMedlemskab.objects.paa(dag).filter(kommune=OuterRef("pk")).values("region__organisation__navn")
    folketal = Folketal.objects.filter(kommune=OuterRef("pk")).order_by("-aar").values("antal")[:1]
    return Kommune.objects.values(
        "kommunekode", "kortnavn", "kortnavn_sortering", "organisation_id", cvr=F("organisation__cvr")
    ).annotate(kkr=Subquery(kkr), region=Subquery(region), indbyggere=Subquery(folketal))


def _vis(raekke: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kommunekode": raekke["kommunekode"],
        "navn": raekke["kortnavn"],
        "organisationId": str(raekke["organisation_id"]),
        "cvr": raekke["cvr"],
        "kkr": raekke["kkr"],
        "region": raekke["region"],
        "folketal": raekke["indbyggere"],
    }


class Kommuner(Ressource):
    """The municipalities."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}
    soegeord: ClassVar = (GYLDIG_PAA, *SIDER)

    @extend_schema(summary="Kommuner", responses=liste(KommuneUd))
    def get(self, request: Request) -> Response:
        """All municipalities in Danish order."""
        return side(request, _kommuner(laes_dag(request)), ["kortnavn_sortering", "kommunekode"], _vis)


class EnKommune(Ressource):
    """One municipality."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}
    soegeord: ClassVar = (GYLDIG_PAA,)

    @extend_schema(summary="En kommune", responses=en(KommuneUd, IKKE_AENDRET))
    def get(self, request: Request, kommunekode: str) -> Response:
        """With the KKR and region of the day."""
        raekke = _kommuner(laes_dag(request)).filter(kommunekode=kommunekode).first()
        if raekke is None:
            raise Http404
        return med_etag(request, _vis(raekke))
