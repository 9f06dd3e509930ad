"""The comparison over REST: two to four departments held against a need, side by side."""

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Aktoer, Rettighed
from faelles.graenser import Graense
from faelles.openapi import en
from faelles.tid import nu
from kommuner.api_base import Ressource
from reservationer.soegning.api import KRITERIER
from reservationer.soegning.apiprofil import ProfilInd
from reservationer.soegning.sammenlign.indhold import FAERREST, FLEST, Sammenligning
from reservationer.soegning.sammenlign.queries import sammenligning
from tilbud.models import Maalgruppe


class SammenligningInd(ProfilInd):
    """A need, and the departments to hold against it."""

    afdelinger = serializers.ListField(
        child=serializers.UUIDField(),
        min_length=FAERREST,
        max_length=FLEST,
        help_text="I den rækkefølge, de skal stå. Hver kun én gang.",
    )

    def validate_afdelinger(self, value: list[UUID]) -> list[UUID]:
        """Each once."""
        if len(set(value)) < len(value):
            raise serializers.ValidationError("Hver afdeling kan kun stå én gang.", "gentaget_afdeling")
        return value

    def sammenlign(self, aktoer: Aktoer) -> Sammenligning:
        """The departments side by side. Raises IkkeFundet when one of them is not there."""
        profil = self.profil
        grupper = (
            dict(Maalgruppe.objects.filter(pk__in=profil.vaegte).values_list("pk", "term")) if profil.vaegte else {}
        )
        return sammenligning(aktoer, profil, self.validated_data["afdelinger"], grupper, nu=nu())


class SammenlignetAfdelingUd(serializers.Serializer[Any]):
    """A department that is compared, by the names it has."""

    afdelingId = serializers.UUIDField()
    tilbudId = serializers.UUIDField()
    tilbud = serializers.CharField()
    afdeling = serializers.CharField(allow_blank=True)


class SammenlignetRaekkeUd(serializers.Serializer[Any]):
    """What is compared, and the lines that say what it is for each department, in their order."""

    kode = serializers.ChoiceField(
        choices=KRITERIER,
        allow_null=True,
        help_text="Kravet, rækken siger udfaldet af; null for oplysninger og målgrupper.",
    )
    navn = serializers.CharField()
    celler = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))
    forskellig = serializers.BooleanField(help_text="Om afdelingerne er forskellige på det punkt.")


class SammenlignetAfsnitUd(serializers.Serializer[Any]):
    """Rows that belong together."""

    titel = serializers.CharField()
    raekker = SammenlignetRaekkeUd(many=True)


class SammenligningUd(serializers.Serializer[Any]):
    """The comparison. `fingeraftryk` is its fingerprint: POST /tilbudsvalg keeps exactly what was seen."""

    dato = serializers.DateField(help_text="Behovets første dag, som takster og niveau gælder for.")
    afdelinger = SammenlignetAfdelingUd(many=True)
    afsnit = SammenlignetAfsnitUd(many=True)
    fingeraftryk = serializers.CharField()


def vis(fundet: Sammenligning) -> dict[str, Any]:
    """The comparison as the API tells it."""
    return {
        "dato": fundet.dato.isoformat(),
        "afdelinger": [
            {"afdelingId": str(k.afdeling_id), "tilbudId": str(k.tilbud_id), "tilbud": k.tilbud, "afdeling": k.afdeling}
            for k in fundet.kolonner
        ],
        "afsnit": [
            {
                "titel": afsnit.titel,
                "raekker": [
                    {"kode": r.kode or None, "navn": r.navn, "celler": r.celler, "forskellig": r.forskellig}
                    for r in afsnit.raekker
                ],
            }
            for afsnit in fundet.afsnit
        ],
        "fingeraftryk": fundet.tryk,
    }


class Sammenligninger(Ressource):
    """Departments side by side."""

    kraever: ClassVar = {"POST": Rettighed.TILBUD_LAES}
    skrivegraense = Graense.API_SOEG  # it is posted because it is long, and writes nothing

    @extend_schema(summary="Sammenlign afdelinger", request=SammenligningInd, responses=en(SammenligningUd))
    def post(self, request: Request) -> Response:
        """The need first, quality before price, and where they differ; whether they fit or not. Nothing is stored.

        A municipality's checks of free choice stand among the rows, for those who may read its cases.
        """
        ind = SammenligningInd(data=request.data)
        ind.is_valid(raise_exception=True)
        return Response(vis(ind.sammenlign(self.aktoer)))
