"""The focus areas over REST: how an agreement's stand, and one with all its milestones."""

from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.etag import med_etag
from faelles.openapi import IKKE_AENDRET, SIDER, en, liste
from faelles.sider import side
from faelles.tid import idag
from kommuner.api_base import Ressource
from rammeaftale.fokus.queries import Milepaelsvisning, Omraadevisning, med_indhold, synlige, vis
from rammeaftale.fokus.regler import Milepaelsstand, Ophav
from rammeaftale.models import Fokusomraade, Rammeaftale


class MilepaelsantalUd(serializers.Serializer[Any]):
    """How many milestones stand where today."""

    stand = serializers.ChoiceField(choices=[stand.value for stand in Milepaelsstand])
    antal = serializers.IntegerField()


class FokusomraadeUd(serializers.Serializer[Any]):
    """A focus area of an agreement and how far it has come."""

    id = serializers.UUIDField()
    rammeaftaleId = serializers.UUIDField()
    nummer = serializers.IntegerField()
    navn = serializers.CharField()
    beskrivelse = serializers.CharField(allow_blank=True)
    ophav = serializers.ChoiceField(choices=[ophav.value for ophav in Ophav])
    klausulId = serializers.UUIDField(allow_null=True)
    fortsaetterId = serializers.UUIDField(
        allow_null=True, help_text="Fokusområdet i den forrige aftale, det fortsætter."
    )
    tilGennemsyn = serializers.BooleanField(help_text="Taget med fra den forrige aftale og ikke set igennem endnu.")
    milepaele = MilepaelsantalUd(many=True)


class MilepaelUd(serializers.Serializer[Any]):
    """A milestone, where it stands today, and what was reported of it last."""

    id = serializers.UUIDField()
    navn = serializers.CharField()
    frist = serializers.DateField()
    ansvarligId = serializers.UUIDField()
    ansvarlig = serializers.CharField()
    stand = serializers.ChoiceField(choices=[stand.value for stand in Milepaelsstand])
    meldt = serializers.DateField(allow_null=True)
    bemaerkning = serializers.CharField(allow_blank=True)
    dokumentationUrl = serializers.CharField(allow_blank=True)


class IndsatsUd(serializers.Serializer[Any]):
    """Work on a focus area with its milestones by date."""

    id = serializers.UUIDField()
    navn = serializers.CharField()
    beskrivelse = serializers.CharField(allow_blank=True)
    milepaele = MilepaelUd(many=True)


class EtFokusomraadeUd(FokusomraadeUd):
    """A focus area with all the work on it."""

    indsatser = IndsatsUd(many=True)


def _vis(visning: Omraadevisning) -> dict[str, Any]:
    omraade, antal = visning.omraade, visning.fremdrift.antal
    return {
        "id": str(omraade.id),
        "rammeaftaleId": str(omraade.aftale_id),
        "nummer": omraade.nummer,
        "navn": omraade.navn,
        "beskrivelse": omraade.beskrivelse,
        "ophav": omraade.ophav,
        "klausulId": str(omraade.klausul_id) if omraade.klausul_id else None,
        "fortsaetterId": str(omraade.fortsaetter_id) if omraade.fortsaetter_id else None,
        "tilGennemsyn": omraade.gennemgaa,
        "milepaele": [{"stand": stand.value, "antal": antal[stand]} for stand in Milepaelsstand],
    }


def _vis_milepael(visning: Milepaelsvisning) -> dict[str, Any]:
    milepael, sidste = visning.milepael, visning.sidste
    return {
        "id": str(milepael.id),
        "navn": milepael.navn,
        "frist": milepael.frist.isoformat(),
        "ansvarligId": str(milepael.ansvarlig_id),
        "ansvarlig": milepael.ansvarlig.navn,
        "stand": visning.stand.value,
        "meldt": sidste.dato.isoformat() if sidste else None,
        "bemaerkning": sidste.tekst if sidste else "",
        "dokumentationUrl": sidste.dokumentation_url if sidste else "",
    }


class Fokusomraader(Ressource):
    """The focus areas of one agreement."""

    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="En rammeaftales fokusområder", responses=liste(FokusomraadeUd))
    def get(self, request: Request, aftale_id: UUID) -> Response:
        """By number."""
        if not Rammeaftale.objects.synlige_for(self.aktoer).filter(pk=aftale_id).exists():
            raise Http404
        raekker = Fokusomraade.objects.filter(aftale=aftale_id).values("id", "nummer")
        svar = side(request, raekker, ["nummer", "id"], dict)
        fundne = med_indhold(Fokusomraade.objects.filter(pk__in=[r["id"] for r in svar.data["resultater"]]))
        svar.data["resultater"] = [_vis(v) for v in vis(fundne, idag())]
        return svar


class EtFokusomraade(Ressource):
    """One focus area."""

    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES}

    @extend_schema(summary="Et fokusområde med indsatser og milepæle", responses=en(EtFokusomraadeUd, IKKE_AENDRET))
    def get(self, request: Request, fokusomraade_id: UUID) -> Response:
        """Work in the order it was added, milestones by date."""
        fundne = vis(med_indhold(synlige(self.aktoer).filter(pk=fokusomraade_id)), idag())
        if not fundne:
            raise Http404
        indsatser = [
            {
                "id": str(i.indsats.id),
                "navn": i.indsats.navn,
                "beskrivelse": i.indsats.beskrivelse,
                "milepaele": [_vis_milepael(m) for m in i.milepaele],
            }
            for i in fundne[0].indsatser
        ]
        return med_etag(request, {**_vis(fundne[0]), "indsatser": indsatser})
