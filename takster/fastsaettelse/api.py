"""What-ifs over REST: the operator's own drafts, read. They are made on the page, where the takst answers at once."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.openapi import SIDER, BeloebUd, en, liste
from faelles.sider import side
from faelles.tid import rfc3339
from kommuner.api_base import Ressource
from takster.api import AAR, laes_aar
from takster.beregning.takst import Takstinddata
from takster.fastsaettelse.hvad_nu_hvis import Aendringer, med
from takster.models import Scenarie
from tilbud import filtre


class ScenarieaendringerUd(serializers.Serializer[Any]):
    """What is changed; what is not there is as in the calculation."""

    pladser = serializers.CharField(required=False)
    belaegning = serializers.CharField(required=False, help_text="Procent.")
    pl = serializers.CharField(required=False, help_text="Procent på alle omkostninger og indtægter, efter `linjer`.")
    linjer = serializers.DictField(required=False, child=serializers.CharField(), help_text="Kr. i året efter post.")


class ScenarieUd(serializers.Serializer[Any]):
    """A what-if of a calculation, kept as a draft; `pris` is the takst it gives, and `beregnetPris` the calculation's own."""

    id = serializers.UUIDField()
    takstberegningId = serializers.UUIDField()
    tilbudId = serializers.UUIDField()
    aar = serializers.IntegerField()
    navn = serializers.CharField()
    aendringer = ScenarieaendringerUd()
    pris = BeloebUd()
    beregnetPris = BeloebUd()
    enhed = serializers.ChoiceField(choices=["doegn", "dag"])
    oprettet = serializers.DateTimeField()


class EtScenarieUd(ScenarieUd):
    """With how its takst is computed: `beregning` has the changed inputs, every step and the unrounded result."""

    beregning = serializers.DictField()


_FELTER = (
    "id", "beregning_id", "tilbud_id", "beregning__aar", "navn", "aendringer", "beloeb", "beregning__beloeb", "beregning__enhed", "oprettet",
)  # fmt: skip


def _vis(r: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": str(r["id"]),
        "takstberegningId": str(r["beregning_id"]),
        "tilbudId": str(r["tilbud_id"]),
        "aar": r["beregning__aar"],
        "navn": r["navn"],
        "aendringer": r["aendringer"],
        "pris": {"beloeb": str(r["beloeb"]), "valuta": "DKK"},
        "beregnetPris": {"beloeb": str(r["beregning__beloeb"]), "valuta": "DKK"},
        "enhed": r["beregning__enhed"],
        "oprettet": rfc3339(r["oprettet"]),
    }


class Scenarier(Ressource):
    """What-ifs of the operator's own calculations."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}
    soegeord: ClassVar = (filtre.TILBUD, AAR, *SIDER)

    @extend_schema(summary="Scenarier", responses=liste(ScenarieUd))
    def get(self, request: Request) -> Response:
        """The newest last, so that what comes while one reads is read too. Others than operators have none."""
        scenarier = Scenarie.objects.synlige_for(self.aktoer)
        if tilbud := filtre.tilbud(request):
            scenarier = scenarier.filter(tilbud__in=tilbud)
        if (aar := request.query_params.get("aar")) is not None:
            scenarier = scenarier.filter(beregning__aar=laes_aar(aar))
        return side(request, scenarier.order_by().values(*_FELTER), ["id"], _vis)


class EtScenarie(Ressource):
    """One what-if."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}

    @extend_schema(summary="Et scenarie", responses=en(EtScenarieUd))
    def get(self, request: Request, scenarie_id: UUID) -> Response:  # noqa: ARG002 - DRF's signature
        """With inputs and steps, made again of the calculation's stored inputs."""
        egne = Scenarie.objects.synlige_for(self.aktoer).filter(pk=scenarie_id)
        raekke = egne.values(*_FELTER, "beregning__beregning").first()
        if raekke is None:
            raise Http404
        inddata = Takstinddata.af_json(raekke["beregning__beregning"]["inddata"])
        return Response(
            {**_vis(raekke), "beregning": med(inddata, Aendringer.af_json(raekke["aendringer"])).som_json()}
        )
