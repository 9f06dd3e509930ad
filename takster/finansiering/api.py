"""Costs shared by a key, over REST."""

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Q
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.fejl import IkkeFundet, UgyldigtInput
from faelles.openapi import SIDER, BeloebUd, en, liste, soegeord
from faelles.sider import side
from faelles.tid import rfc3339
from kommuner.api_base import Ressource
from takster.api import AAR, REGISTRERET_FOER, laes_aar, laes_registreret_foer
from takster.finansiering.andele import andele
from takster.models import Bladtilstand, Finansiering, Finansieringsart
from tilbud import filtre
from vilkaar.api import EfterVilkaarUd, Foelger, med_vilkaar
from vilkaar.models import Saetstatus
from vilkaar.noegler import Noegle

ART = soegeord("art", "Hvorfor beløbet deles efter en nøgle.", flere=True, ord_=Finansieringsart.values)
KOMMUNE = soegeord("kommune", "Kommunekode for en, der betaler; flere betyder en af dem.", flere=True)


class AndelUd(serializers.Serializer[Any]):
    """What a municipality pays in the year, and its figure of the key."""

    kommunekode = serializers.CharField()
    noegletal = serializers.CharField(help_text="Med de decimaler, det har.")
    andel = BeloebUd()


class FinansieringUd(serializers.Serializer[Any]):
    """A published cost of a year that municipalities share by a key and not by use. The shares sum to `beloeb` exactly.

    `erstattet` is when it stopped being what the platform says, because a correction took its place.
    """

    id = serializers.UUIDField()
    art = serializers.ChoiceField(choices=Finansieringsart.values)
    navn = serializers.CharField()
    aar = serializers.IntegerField()
    tilbud = serializers.ListField(child=serializers.UUIDField(), help_text="De tilbud, beløbet dækker.")
    beloeb = BeloebUd()
    noegle = serializers.CharField(help_text="Hvad nøglen tæller.")
    noegleDag = serializers.DateField(help_text="Dagen, nøglens tal er opgjort.")
    noegleKilde = serializers.CharField()
    andele = AndelUd(many=True)
    vilkaarssaet = serializers.IntegerField()
    foreloebig = serializers.BooleanField()
    bekraeftetAf = serializers.IntegerField(
        allow_null=True,
        help_text="Nummeret på det endelige sæt, der har bekræftet, hvad der er beregnet efter et foreløbigt.",
    )
    efterVilkaar = EfterVilkaarUd(many=True, help_text="Klausulen, der siger, hvordan andelene afrundes.")
    begrundelse = serializers.CharField()
    offentliggjort = serializers.DateTimeField()
    erstattet = serializers.DateTimeField(allow_null=True)


class EnFinansieringUd(FinansieringUd):
    """With what the shares were computed from and how: `beregning` has the inputs and every step."""

    beregning = serializers.DictField()


_FELTER = (
    "id", "art", "navn", "aar", "omfatter", "beloeb", "noegle", "noegle_dag", "noegle_kilde", "beregning", "vilkaarssaet__nummer",
    "vilkaarssaet__status", "vilkaarssaet_id", "bekraeftet__nummer", "begrundelse", "afgjort", "ophoert",
)  # fmt: skip


def _kr(beloeb: Any) -> dict[str, str]:
    return {"beloeb": f"{beloeb:.2f}", "valuta": "DKK"}


def _vis(r: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": str(r["id"]),
        "art": r["art"],
        "navn": r["navn"],
        "aar": r["aar"],
        "tilbud": [str(et) for et in r["omfatter"]],
        "beloeb": _kr(r["beloeb"]),
        "noegle": r["noegle"],
        "noegleDag": r["noegle_dag"].isoformat(),
        "noegleKilde": r["noegle_kilde"],
        "andele": [
            {"kommunekode": et.kommunekode, "noegletal": f"{et.vaegt:f}", "andel": _kr(et.beloeb)}
            for et in andele(r["beregning"])
        ],
        "vilkaarssaet": r["vilkaarssaet__nummer"],
        "foreloebig": r["vilkaarssaet__status"] == Saetstatus.FORELOEBIG and r["bekraeftet__nummer"] is None,
        "bekraeftetAf": r["bekraeftet__nummer"],
        "efterVilkaar": [Foelger("andele", r["vilkaarssaet_id"], Noegle.AFRUNDING)],
        "begrundelse": r["begrundelse"],
        "offentliggjort": rfc3339(r["afgjort"]),
        "erstattet": rfc3339(r["ophoert"]) if r["ophoert"] else None,
    }


class Finansieringer(Ressource):
    """Costs shared by a key, as the platform says now or said at an earlier time."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}
    soegeord: ClassVar = (REGISTRERET_FOER, AAR, ART, KOMMUNE, filtre.TILBUD, *SIDER)

    @extend_schema(summary="Objektiv finansiering og abonnementer", responses=liste(FinansieringUd))
    def get(self, request: Request) -> Response:
        """Of every year, or of `aar`; with `kommune` those it pays a share of."""
        alle = Finansiering.objects.offentlige(self.aktoer, laes_registreret_foer(request))
        valgte = filtre.valgte(request, omfatter__overlap=filtre.tilbud, kommune=filtre.kommuner, art__in=_arter)
        if koder := valgte.pop("kommune", None):
            betaler = (Q(beregning__inddata__noegler__contains=[{"part": kode}]) for kode in koder)
            alle = alle.filter(reduce(or_, betaler))
        if (aar := request.query_params.get("aar")) is not None:
            alle = alle.filter(aar=laes_aar(aar))
        svar = side(request, alle.filter(**valgte).values(*_FELTER), ["id"], _vis)
        svar.data["resultater"] = med_vilkaar(svar.data["resultater"])
        return svar


def _arter(request: Request) -> list[str]:
    arter: list[str] = request.query_params.getlist("art")
    if set(arter) - set(Finansieringsart.values):
        besked = f"Arten skal være en af: {', '.join(Finansieringsart.values)}."
        raise UgyldigtInput("ugyldigt_soegeord", besked, {"art": [besked]})
    return arter


class EnFinansiering(Ressource):
    """One published cost."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}

    @extend_schema(summary="En finansiering med beregningen", responses=en(EnFinansieringUd))
    def get(self, request: Request, finansiering_id: UUID) -> Response:  # noqa: ARG002 - DRF's signature
        """With inputs and steps; also one that was corrected since."""
        synlige = Finansiering.objects.synlige_for(self.aktoer)
        raekke = synlige.filter(pk=finansiering_id, tilstand=Bladtilstand.OFFENTLIGGJORT).values(*_FELTER).first()
        if raekke is None:
            raise IkkeFundet("finansiering_ikke_fundet", "Finansieringen findes ikke.")
        (vist,) = med_vilkaar([_vis(raekke)])
        return Response({**vist, "beregning": raekke["beregning"]})
