"""Offers and prices others have published, over REST: as they were written, with their source."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.etag import med_etag
from faelles.openapi import IKKE_AENDRET, SIDER, BeloebUd, en, liste
from faelles.sider import side
from faelles.tid import idag
from kommuner.api_base import Ressource
from takster.models import OffentliggjortPris
from tilbud import filtre
from tilbud.fejlmeldinger.queries import med_fejl
from tilbud.models import OffentligtTilbud


class OffentliggjortUd(serializers.Serializer[Any]):
    """What a published row says of an offer. Nothing is guessed: `mangler` says what could not be read out of it."""

    id = serializers.UUIDField()
    driftsherre = serializers.CharField(allow_blank=True)
    hjemmelTekst = serializers.CharField(allow_blank=True, help_text="Som skrevet.")
    hjemler = serializers.ListField(child=serializers.CharField(), help_text="De koder, der er sikre.")
    note = serializers.CharField(allow_blank=True)
    kilde = serializers.URLField()
    raekke = serializers.IntegerField(help_text="Rækken i den fil, platformen har læst.")
    mangler = serializers.ListField(child=serializers.CharField())


class OffentligtTilbudUd(OffentliggjortUd):
    """An offer known only from a published list."""

    navn = serializers.CharField()
    kommunekode = serializers.CharField(allow_null=True)
    kommune = serializers.CharField(allow_null=True)
    adresse = serializers.CharField(allow_blank=True, help_text="Tom, når den er beskyttet.")
    beskyttetAdresse = serializers.BooleanField()
    maalgruppe = serializers.CharField(allow_blank=True, help_text="Som skrevet.")
    pladser = serializers.IntegerField(allow_null=True)
    aabneFejlmeldinger = serializers.IntegerField()
    harModtager = serializers.BooleanField(help_text="Om der er nogen til at svare, hvis der meldes fejl i det.")


class OffentliggjortPrisUd(OffentliggjortUd):
    """A price as published: never a takst of the platform's, never converted. Its date is the year it is of, null where none is given."""

    offentligtTilbudId = serializers.UUIDField(allow_null=True, help_text="Null: tilbuddet står på ingen liste.")
    tilbud = serializers.CharField()
    ydelse = serializers.CharField()
    pris = BeloebUd()
    enhed = serializers.CharField(allow_blank=True, help_text="Som skrevet.")
    aar = serializers.IntegerField(allow_null=True)
    moms = serializers.CharField(allow_blank=True, help_text="Som skrevet.")


class EtOffentligtTilbudUd(OffentligtTilbudUd):
    """A published offer with its published prices."""

    priser = OffentliggjortPrisUd(many=True)


_FAELLES = ("id", "driftsherre", "hjemmel_tekst", "note", "kilde_url", "raekke", "mangler", "koder")


def _tilbud() -> "QuerySet[OffentligtTilbud, Any]":
    koder = OffentligtTilbud.hjemler.through.objects.filter(offentligttilbud=OuterRef("pk")).order_by("hjemmel_id")
    raekker: QuerySet[OffentligtTilbud, Any] = (
        med_fejl(OffentligtTilbud.objects.all(), idag())
        .annotate(koder=ArraySubquery(koder.values("hjemmel_id")))
        .values(
            *_FAELLES, "navn", "navn_sortering", "kommune_id", "kommune__kortnavn", "adresse", "beskyttet_adresse",
            "maalgruppe", "pladser", "aabne_fejl", "har_modtager",
        )
    )  # fmt: skip
    return raekker


def _priser() -> "QuerySet[OffentliggjortPris, Any]":
    koder = OffentliggjortPris.hjemler.through.objects.filter(offentliggjortpris=OuterRef("pk")).order_by("hjemmel_id")
    raekker: QuerySet[OffentliggjortPris, Any] = OffentliggjortPris.objects.annotate(
        koder=ArraySubquery(koder.values("hjemmel_id"))
    ).values(*_FAELLES, "tilbud_id", "tilbud_navn", "tilbud_sortering", "ydelse", "beloeb", "enhed", "aar", "moms")
    return raekker


def _faelles(r: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": str(r["id"]),
        "driftsherre": r["driftsherre"],
        "hjemmelTekst": r["hjemmel_tekst"],
        "hjemler": r["koder"],
        "note": r["note"],
        "kilde": r["kilde_url"],
        "raekke": r["raekke"],
        "mangler": r["mangler"],
    }


def _vis_tilbud(r: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **_faelles(r),
        "navn": r["navn"],
        "kommunekode": r["kommune_id"],
        "kommune": r["kommune__kortnavn"],
        "adresse": r["adresse"],
        "beskyttetAdresse": r["beskyttet_adresse"],
        "maalgruppe": r["maalgruppe"],
        "pladser": r["pladser"],
        "aabneFejlmeldinger": r["aabne_fejl"],
        "harModtager": r["har_modtager"],
    }


def _vis_pris(r: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **_faelles(r),
        "offentligtTilbudId": str(r["tilbud_id"]) if r["tilbud_id"] else None,
        "tilbud": r["tilbud_navn"],
        "ydelse": r["ydelse"],
        "pris": {"beloeb": str(r["beloeb"]), "valuta": "DKK"},
        "enhed": r["enhed"],
        "aar": r["aar"],
        "moms": r["moms"],
    }


def _efter(hjemler: Any, model: Any) -> Q:
    """Rows under one of the legal bases; a code of today finds the old ones it took the place of as well."""
    if not hjemler:
        return Q()
    efter = Q(hjemler__in=hjemler) | Q(hjemler__erstattes_af__in=hjemler)
    return Q(pk__in=model.objects.filter(efter).order_by().values("pk"))


class OffentliggjorteTilbud(Ressource):
    """Offers known only from published lists."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}
    soegeord: ClassVar = (filtre.HJEMMEL, filtre.KOMMUNE, *SIDER)

    @extend_schema(summary="Offentliggjorte tilbud", responses=liste(OffentligtTilbudUd))
    def get(self, request: Request) -> Response:
        """In Danish order. Their prices stand on the single offer and in /offentliggjorte-priser."""
        valgte = filtre.valgte(request, kommune__in=filtre.kommuner, hjemler=filtre.hjemler)
        efter = _efter(valgte.pop("hjemler", None), OffentligtTilbud)
        return side(request, _tilbud().filter(efter, **valgte), ["navn_sortering", "raekke"], _vis_tilbud)


class EtOffentligtTilbud(Ressource):
    """One published offer."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}

    @extend_schema(summary="Et offentliggjort tilbud", responses=en(EtOffentligtTilbudUd, IKKE_AENDRET))
    def get(self, request: Request, offentligt_id: UUID) -> Response:
        """With its published prices."""
        fundet = _tilbud().filter(pk=offentligt_id).first()
        if fundet is None:
            raise Http404
        priser = _priser().filter(tilbud=offentligt_id).order_by("tilbud_sortering", "raekke")
        return med_etag(request, {**_vis_tilbud(fundet), "priser": [_vis_pris(pris) for pris in priser]})


class OffentliggjortePriser(Ressource):
    """Published prices."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}
    soegeord: ClassVar = (filtre.HJEMMEL, *SIDER)

    @extend_schema(summary="Offentliggjorte priser", responses=liste(OffentliggjortPrisUd))
    def get(self, request: Request) -> Response:
        """By the offer's name in Danish order; those of offers that stand on no list as well."""
        valgte = filtre.valgte(request, hjemler=filtre.hjemler)
        raekker = _priser().filter(_efter(valgte.get("hjemler"), OffentliggjortPris))
        return side(request, raekker, ["tilbud_sortering", "raekke"], _vis_pris)
