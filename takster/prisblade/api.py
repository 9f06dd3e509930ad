"""Prices beside the takst, over REST."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.fejl import IkkeFundet, UgyldigtInput
from faelles.openapi import SIDER, BeloebUd, en, liste, soegeord
from faelles.sider import side
from faelles.tid import Periode, rfc3339
from kommuner.api import GYLDIG_PAA, laes_dag
from kommuner.api_base import Ressource
from takster.api import EFTER_VILKAAR, REGISTRERET_FOER, laes_registreret_foer
from takster.models import Bladtilstand, Prisart, Prisblad
from takster.prisblade import queries
from takster.prisblade.linjer import linjer
from tilbud import filtre
from vilkaar.api import EfterVilkaarUd, med_vilkaar, takstens
from vilkaar.models import Saetstatus

ART = soegeord("art", "Hvad der er pris på.", flere=True, ord_=Prisart.values)


class PrislinjeUd(serializers.Serializer[Any]):
    """A price and what it is of."""

    navn = serializers.CharField()
    pris = BeloebUd()


class PrisbladUd(serializers.Serializer[Any]):
    """Published prices beside the takst, of a department under a legal basis: the levels the takst is split into, a supplement to it, or a package of several.

    `erstattet` is when they stopped being what the platform says; a takst that is replaced ends its levels.
    """

    id = serializers.UUIDField()
    art = serializers.ChoiceField(choices=Prisart.values)
    tilbudId = serializers.UUIDField()
    afdelingId = serializers.UUIDField()
    hjemmel = serializers.CharField(allow_null=True, help_text="Null for en pakke; dens dele står i `priser`.")
    navn = serializers.CharField(help_text="Tillæggets eller pakkens navn; tomt ved takstniveauer.")
    enhed = serializers.ChoiceField(choices=["doegn", "dag"])
    priser = PrislinjeUd(many=True)
    gyldigFra = serializers.DateField()
    gyldigTil = serializers.DateField(allow_null=True)
    vilkaarssaet = serializers.IntegerField()
    foreloebig = serializers.BooleanField()
    bekraeftetAf = serializers.IntegerField(
        allow_null=True,
        help_text="Nummeret på det endelige sæt, der har bekræftet, hvad der er beregnet efter et foreløbigt.",
    )
    efterVilkaar = EfterVilkaarUd(many=True, help_text=EFTER_VILKAAR)
    begrundelse = serializers.CharField()
    offentliggjort = serializers.DateTimeField()
    erstattet = serializers.DateTimeField(allow_null=True)


class EtPrisbladUd(PrisbladUd):
    """With what the prices were computed from and how: `beregning` has the inputs and every step."""

    beregning = serializers.DictField()


_FELTER = (
    "id", "art", "tilbud_id", "afdeling_id", "hjemmel_id", "navn", "enhed", "beregning", "periode", "vilkaarssaet__nummer",
    "vilkaarssaet__status", "vilkaarssaet_id", "bekraeftet__nummer", "begrundelse", "afgjort", "ophoert",
)  # fmt: skip


def _vis(r: Mapping[str, Any]) -> dict[str, Any]:
    periode = Periode.af_range(r["periode"])
    return {
        "id": str(r["id"]),
        "art": r["art"],
        "tilbudId": str(r["tilbud_id"]),
        "afdelingId": str(r["afdeling_id"]),
        "hjemmel": r["hjemmel_id"],
        "navn": r["navn"],
        "enhed": r["enhed"],
        "priser": [
            {"navn": linje.navn, "pris": {"beloeb": f"{linje.beloeb:.2f}", "valuta": "DKK"}}
            for linje in linjer(Prisart(r["art"]), r["navn"], r["beregning"])
        ],
        "gyldigFra": periode.fra.isoformat(),
        "gyldigTil": periode.til.isoformat() if periode.til else None,
        "vilkaarssaet": r["vilkaarssaet__nummer"],
        "foreloebig": r["vilkaarssaet__status"] == Saetstatus.FORELOEBIG and r["bekraeftet__nummer"] is None,
        "bekraeftetAf": r["bekraeftet__nummer"],
        "efterVilkaar": takstens("priser", r["vilkaarssaet_id"]),
        "begrundelse": r["begrundelse"],
        "offentliggjort": rfc3339(r["afgjort"]),
        "erstattet": rfc3339(r["ophoert"]) if r["ophoert"] else None,
    }


class Prisblade(Ressource):
    """Levels and supplements that hold on a day, as the platform says now or said at an earlier time."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}
    soegeord: ClassVar = (GYLDIG_PAA, REGISTRERET_FOER, ART, filtre.TILBUD, filtre.AFDELING, filtre.HJEMMEL, *SIDER)

    @extend_schema(summary="Takstniveauer, tillæg og pakker", responses=liste(PrisbladUd))
    def get(self, request: Request) -> Response:
        """On `gyldigPaa`, else today."""
        blade = queries.paa(self.aktoer, laes_dag(request), laes_registreret_foer(request))
        valgte = filtre.valgte(
            request,
            tilbud__in=filtre.tilbud,
            afdeling__in=filtre.afdelinger,
            hjemmel__in=filtre.hjemler,
            art__in=_arter,
        )
        svar = side(request, blade.filter(**valgte).values(*_FELTER), ["id"], _vis)
        svar.data["resultater"] = med_vilkaar(svar.data["resultater"])
        return svar


def _arter(request: Request) -> list[str]:
    arter: list[str] = request.query_params.getlist("art")
    if set(arter) - set(Prisart.values):
        besked = f"Arten skal være en af: {', '.join(Prisart.values)}."
        raise UgyldigtInput("ugyldigt_soegeord", besked, {"art": [besked]})
    return arter


class EtPrisblad(Ressource):
    """One published prisblad."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}

    @extend_schema(summary="Et prisblad med beregningen", responses=en(EtPrisbladUd))
    def get(self, request: Request, prisblad_id: UUID) -> Response:  # noqa: ARG002 - DRF's signature
        """With inputs and steps; also one that was replaced since."""
        raekke = (
            Prisblad.objects.synlige_for(self.aktoer)
            .filter(pk=prisblad_id, tilstand=Bladtilstand.OFFENTLIGGJORT)
            .values(*_FELTER)
            .first()
        )
        if raekke is None:
            raise IkkeFundet("prisblad_ikke_fundet", "Prisbladet findes ikke.")
        (vist,) = med_vilkaar([_vis(raekke)])
        return Response({**vist, "beregning": raekke["beregning"]})
