"""Accounts over REST: the operator's own, and those that are closed to the KKR's secretariat."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.openapi import SIDER, BeloebUd, en, liste
from faelles.sider import side
from faelles.tid import rfc3339
from kommuner.api_base import Ressource
from takster.api import AAR, EFTER_VILKAAR, laes_aar
from takster.models import Regnskab
from takster.regnskab import queries
from tilbud import filtre
from vilkaar.api import EfterVilkaarUd, Foelger, med_vilkaar, takstens
from vilkaar.kilde import TAKSTENS_DELE
from vilkaar.models import Saetstatus
from vilkaar.queries import GaeldendeVilkaar

# What the takst that takes accounts up is computed by; how they are adjusted is decided by the terms of their own year.
_TAKSTENS = [noegle for noegle, del_ in TAKSTENS_DELE.items() if del_ != "efterregulering"]


class TakstensSaetUd(serializers.Serializer[Any]):
    """The numbered set that governs a takst's first day."""

    saet = serializers.IntegerField()
    aftale = serializers.CharField()
    foreloebig = serializers.BooleanField()


class RegnskabUd(serializers.Serializer[Any]):
    """A year's accounts. Until they are closed (`afsluttet`) they have no figures and are the operator's alone.

    `efterregulering` enters the takst of `indgaarIAar`: a surplus with a minus. `indgaarIkke` is what is carried on, set aside or borne.
    """

    id = serializers.UUIDField()
    tilbudId = serializers.UUIDField()
    afdelingId = serializers.UUIDField(allow_null=True)
    hjemmel = serializers.CharField(allow_null=True)
    aar = serializers.IntegerField()
    afsluttet = serializers.DateTimeField(allow_null=True)
    belagteDoegn = serializers.IntegerField(
        allow_null=True, help_text="Af belægningsregnskabet; solgt til en kendt takst."
    )
    provenu = BeloebUd(allow_null=True)
    oevrigtProvenu = BeloebUd(allow_null=True, help_text="Den del af provenuet, driftsherren selv har oplyst.")
    regnskab = BeloebUd(allow_null=True, help_text="Det omkostningsbaserede regnskab.")
    resultat = BeloebUd(allow_null=True, help_text="Overskud er positivt.")
    indgaarIkke = BeloebUd(allow_null=True)
    efterregulering = BeloebUd(allow_null=True)
    indgaarIAar = serializers.IntegerField(allow_null=True)
    anvendesSenest = serializers.IntegerField(allow_null=True, help_text="Sidste år for et beløb, der er hensat.")
    vilkaarssaet = serializers.IntegerField(allow_null=True)
    foreloebig = serializers.BooleanField(allow_null=True)
    takstensVilkaar = TakstensSaetUd(
        allow_null=True, help_text="Det sæt, taksten for `indgaarIAar` beregnes efter, som det er nu."
    )
    efterVilkaar = EfterVilkaarUd(
        many=True, help_text=f"{EFTER_VILKAAR} `takstensVilkaar` har sine egne; regnskabet følger sit eget års."
    )


class EtRegnskabUd(RegnskabUd):
    """With how it was made up: `opgoerelse` has the døgn by department and takst, every step, and the inputs."""

    opgoerelse = serializers.DictField(allow_null=True)


_FELTER = (
    "id", "tilbud_id", "afdeling_id", "hjemmel_id", "aar", "afsluttet", "belagte_doegn", "provenu", "oevrigt_provenu", "omkostninger", "resultat",
    "beholdt", "efterregulering", "indgaar_aar", "anvendes_senest", "vilkaarssaet__nummer", "vilkaarssaet__status", "vilkaarssaet_id",
    "tilbud__beliggenhedskommune_id",
)  # fmt: skip


def _vis(r: Mapping[str, Any]) -> dict[str, Any]:
    lukket = r["afsluttet"] is not None
    return {
        "id": str(r["id"]),
        "tilbudId": str(r["tilbud_id"]),
        "afdelingId": str(r["afdeling_id"]) if r["afdeling_id"] else None,
        "hjemmel": r["hjemmel_id"],
        "aar": r["aar"],
        "afsluttet": rfc3339(r["afsluttet"]) if lukket else None,
        "belagteDoegn": r["belagte_doegn"],
        "provenu": _beloeb(r["provenu"]),
        "oevrigtProvenu": _beloeb(r["oevrigt_provenu"]) if lukket else None,
        "regnskab": _beloeb(r["omkostninger"]),
        "resultat": _beloeb(r["resultat"]),
        "indgaarIkke": _beloeb(r["beholdt"]),
        "efterregulering": _beloeb(r["efterregulering"]),
        "indgaarIAar": r["indgaar_aar"],
        "anvendesSenest": r["anvendes_senest"],
        "vilkaarssaet": r["vilkaarssaet__nummer"],
        "foreloebig": r["vilkaarssaet__status"] == Saetstatus.FORELOEBIG if lukket else None,
        "takstensVilkaar": (r["tilbud__beliggenhedskommune_id"], r["indgaar_aar"]) if r["indgaar_aar"] else None,
        "efterVilkaar": takstens("efterregulering", r["vilkaarssaet_id"]),
    }


def _med_vilkaar(raekker: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The accounts, with the terms they were adjusted by and those of the takst that takes them up. A statement for each year of one."""
    alle = list(raekker)
    fundne = queries.takstaarets_vilkaar({et["takstensVilkaar"] for et in alle if et["takstensVilkaar"]})
    return med_vilkaar(_med_takstens(et, fundne.get(et["takstensVilkaar"])) for et in alle)


def _med_takstens(vist: Mapping[str, Any], vilkaar: GaeldendeVilkaar | None) -> dict[str, Any]:
    if vilkaar is None:
        return {**vist, "takstensVilkaar": None}
    saet = {"saet": vilkaar.nummer, "aftale": vilkaar.aftale, "foreloebig": not vilkaar.endelig}
    foelger = [Foelger("takstensVilkaar", vilkaar.saet_id, noegle) for noegle in _TAKSTENS]
    return {**vist, "takstensVilkaar": saet, "efterVilkaar": [*vist["efterVilkaar"], *foelger]}


def _beloeb(beloeb: Decimal | None) -> dict[str, str] | None:
    return None if beloeb is None else {"beloeb": str(beloeb), "valuta": "DKK"}


class Regnskaber(Ressource):
    """Accounts of offers' years."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}
    soegeord: ClassVar = (filtre.TILBUD, AAR, *SIDER)

    @extend_schema(summary="Regnskaber", responses=liste(RegnskabUd))
    def get(self, request: Request) -> Response:
        """The newest last, so that what comes while one reads is read too."""
        regnskaber = Regnskab.objects.synlige_for(self.aktoer)
        if tilbud := filtre.tilbud(request):
            regnskaber = regnskaber.filter(tilbud__in=tilbud)
        if (aar := request.query_params.get("aar")) is not None:
            regnskaber = regnskaber.filter(aar=laes_aar(aar))
        svar = side(request, regnskaber.values(*_FELTER), ["id"], _vis)
        svar.data["resultater"] = _med_vilkaar(svar.data["resultater"])
        return svar


class EtRegnskab(Ressource):
    """One year's accounts."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}

    @extend_schema(summary="Et regnskab", responses=en(EtRegnskabUd))
    def get(self, request: Request, regnskab_id: UUID) -> Response:  # noqa: ARG002 - DRF's signature
        """With the døgn and steps."""
        queries.regnskab(self.aktoer, regnskab_id)
        raekke = Regnskab.objects.synlige_for(self.aktoer).values(*_FELTER, "opgoerelse").get(pk=regnskab_id)
        (vist,) = _med_vilkaar([_vis(raekke)])
        return Response({**vist, "opgoerelse": raekke["opgoerelse"]})
