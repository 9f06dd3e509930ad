"""The meetings of a body and what they decided, over REST."""

from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.openapi import SIDER, liste
from faelles.sider import side
from faelles.tid import rfc3339
from kommuner.api_base import Ressource
from rammeaftale.models import Moede, Organ, Organbeslutning
from rammeaftale.moeder.queries import gaeldende, med_beslutninger, synlige
from rammeaftale.moeder.regler import Organudfald


class OrganbeslutningUd(serializers.Serializer[Any]):
    """What was decided in a case; with `rammeaftaleId` the case is that version of the agreement."""

    id = serializers.UUIDField()
    sag = serializers.CharField()
    rammeaftaleId = serializers.UUIDField(allow_null=True)
    version = serializers.IntegerField(allow_null=True)
    udfald = serializers.ChoiceField(choices=[udfald.value for udfald in Organudfald])
    tekst = serializers.CharField(allow_blank=True)
    retter = serializers.BooleanField(
        help_text="Om beslutningen træder i stedet for en, der først var registreret for mødet og sagen."
    )
    registreret = serializers.DateTimeField()
    registreretAf = serializers.CharField(help_text="Den organisation, der registrerede beslutningen.")


class MoedeUd(serializers.Serializer[Any]):
    """A meeting, held or to come, with the decision that counts in each case."""

    id = serializers.UUIDField()
    dato = serializers.DateField()
    referatUrl = serializers.CharField(allow_blank=True)
    beslutninger = OrganbeslutningUd(many=True)


def _vis(moede: Moede) -> dict[str, Any]:
    return {
        "id": str(moede.id),
        "dato": moede.dato.isoformat(),
        "referatUrl": moede.referat_url,
        "beslutninger": [_vis_beslutning(b) for b in gaeldende(moede.beslutninger.all())],
    }


def _vis_beslutning(beslutning: Organbeslutning) -> dict[str, Any]:
    version = beslutning.sag.version
    return {
        "id": str(beslutning.id),
        "sag": beslutning.sag.titel,
        "rammeaftaleId": str(version.aftale_id) if version else None,
        "version": version.nummer if version else None,
        "udfald": beslutning.udfald,
        "tekst": beslutning.tekst,
        "retter": beslutning.retter,
        "registreret": rfc3339(beslutning.registreret),
        "registreretAf": beslutning.registreret_af.navn,
    }


class Moeder(Ressource):
    """The meetings of a body the actor's organisation has to do with."""

    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Et organs møder og beslutninger", responses=liste(MoedeUd))
    def get(self, request: Request, organ_id: UUID) -> Response:
        """Latest first, those to come before them; for one that has left, those before it did."""
        if not Organ.objects.synlige_for(self.aktoer).filter(pk=organ_id).exists():
            raise Http404
        raekker = synlige(self.aktoer).filter(organ=organ_id).values("id", "dato")
        svar = side(request, raekker, ["-dato", "-id"], dict)
        fundne = {
            m.pk: m for m in med_beslutninger(Moede.objects.filter(pk__in=[r["id"] for r in svar.data["resultater"]]))
        }
        svar.data["resultater"] = [_vis(fundne[r["id"]]) for r in svar.data["resultater"]]
        return svar
