"""Choices among compared offers over REST: make one, list them, read one, fetch its note."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Funktion, Rettighed
from faelles.etag import med_etag
from faelles.fejl import Konflikt
from faelles.graenser import Graense
from faelles.idempotens import gentagelig
from faelles.models import JobStatus
from faelles.openapi import GENTAGELSE, IKKE_AENDRET, KONFLIKT, PROBLEM, SIDER, ProblemUd, en, liste
from faelles.pdfformat import PdfFormat
from faelles.problem import MEDIETYPE
from faelles.sider import side
from faelles.tid import rfc3339
from kommuner.api_base import Ressource
from reservationer.soegning.models import Tilbudsvalg
from reservationer.soegning.sammenlign.api import SammenligningInd, SammenligningUd
from reservationer.soegning.sammenlign.api import vis as vis_sammenligning
from reservationer.soegning.sammenlign.indhold import Sammenligning
from reservationer.soegning.valg import queries
from reservationer.soegning.valg.actions import vaelg

FELTER = ("id", "afdeling_id", "navn", "antal", "dato", "begrundelse", "rolle_navn", "oprettet", "job__status")


class TilbudsvalgUd(serializers.Serializer[Any]):
    """What was chosen, and why. `notat` is null until the PDF has been made."""

    id = serializers.UUIDField()
    afdelingId = serializers.UUIDField(help_text="Den valgte.")
    navn = serializers.CharField(help_text="Tilbud og afdeling, som de hed, da valget blev truffet.")
    antal = serializers.IntegerField(help_text="Sammenlignede afdelinger.")
    dato = serializers.DateField(help_text="Den dag, priser og niveau gælder for.")
    begrundelse = serializers.CharField()
    funktion = serializers.CharField(help_text="Den funktion, valget er truffet i.")
    oprettet = serializers.DateTimeField()
    notat = serializers.CharField(allow_null=True)


class EtTilbudsvalgUd(TilbudsvalgUd):
    """A choice with what stood side by side, as it stood; no address is kept."""

    sammenligning = SammenligningUd()


class TilbudsvalgInd(SammenligningInd):
    """The need and the departments of a comparison, its fingerprint, which of them was chosen, and why."""

    fingeraftryk = serializers.RegexField(r"^[0-9a-f]{32}$", help_text="Fra POST /sammenligninger med det samme behov.")
    valgtAfdelingId = serializers.UUIDField()
    begrundelse = serializers.CharField(
        max_length=Tilbudsvalg._meta.get_field("begrundelse").max_length,
        help_text="Trykkes i notatet. Ses kun af jeres kommune. Skriv aldrig CPR-nummer eller navn, og intet om, hvem borgeren er.",
    )


def _vis(r: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": str(r["id"]),
        "afdelingId": str(r["afdeling_id"]),
        "navn": r["navn"],
        "antal": r["antal"],
        "dato": r["dato"].isoformat(),
        "begrundelse": r["begrundelse"],
        "funktion": r["rolle_navn"],
        "oprettet": rfc3339(r["oprettet"]),
        "notat": f"/api/v1/tilbudsvalg/{r['id']}/notat" if r["job__status"] == JobStatus.FAERDIG else None,
    }


class _Valg(Ressource):
    """What the resources share: for a municipality as authority, and its own only."""

    gemmes = "private, no-store"

    def _et(self, valg_id: UUID) -> dict[str, Any]:
        self.aktoer.kraev(Rettighed.RESERVATIONER_LAES, Funktion.MYNDIGHED)
        raekke = queries.valgene(self.aktoer).filter(pk=valg_id).values(*FELTER, "sammenligning").first()
        if raekke is None:
            raise Http404
        return {**_vis(raekke), "sammenligning": vis_sammenligning(Sammenligning.af_json(raekke["sammenligning"]))}


class Tilbudsvalgene(_Valg):
    """The municipality's choices, and new ones."""

    kraever: ClassVar = {"GET": Rettighed.RESERVATIONER_LAES, "POST": Rettighed.RESERVATIONER_SKRIV}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Valg af tilbud", responses=liste(TilbudsvalgUd))
    def get(self, request: Request) -> Response:
        """Newest first."""
        self.aktoer.kraev(Rettighed.RESERVATIONER_LAES, Funktion.MYNDIGHED)
        return side(request, queries.valgene(self.aktoer).values(*FELTER), ["-oprettet", "-id"], _vis)

    @extend_schema(
        summary="Vælg et tilbud",
        parameters=[GENTAGELSE],
        request=TilbudsvalgInd,
        responses=en(EtTilbudsvalgUd, KONFLIKT, {(422, MEDIETYPE): ProblemUd}, status=201),
    )
    def post(self, request: Request) -> Response:
        """Keep a comparison, what was chosen and why, and order the note. 409 when it is no longer what was seen; compare again."""
        ind = TilbudsvalgInd(data=request.data)
        ind.is_valid(raise_exception=True)
        data = ind.validated_data

        def vaelg_det() -> Response:
            nyt = vaelg(
                aktoer=self.aktoer,
                sammenligning=ind.sammenlign(self.aktoer),
                tryk=data["fingeraftryk"],
                afdeling_id=data["valgtAfdelingId"],
                begrundelse=data["begrundelse"],
            )
            return Response(self._et(nyt.pk), status=201, headers={"Location": f"/api/v1/tilbudsvalg/{nyt.pk}"})

        return gentagelig(request, self.aktoer.identitet, vaelg_det)


class EtTilbudsvalg(_Valg):
    """One choice."""

    kraever: ClassVar = {"GET": Rettighed.RESERVATIONER_LAES}

    @extend_schema(summary="Et valg af tilbud", responses=en(EtTilbudsvalgUd, IKKE_AENDRET))
    def get(self, request: Request, valg_id: UUID) -> Response:
        """With what was compared; for the municipality itself, others get 404."""
        return med_etag(request, self._et(valg_id))


class Valgnotatet(_Valg):
    """The note of a choice."""

    renderer_classes = [PdfFormat]
    kraever: ClassVar = {"GET": Rettighed.RESERVATIONER_LAES}
    graense = Graense.API_HENT

    @extend_schema(
        summary="Notatet om et valg som PDF",
        responses={(200, "application/pdf"): OpenApiTypes.BINARY, **PROBLEM, **KONFLIKT},
    )
    def get(self, _request: Request, valg_id: UUID) -> HttpResponse:
        """Tagged PDF (PDF/UA); 409 until it is made."""
        self._et(valg_id)
        pdf = queries.notat(self.aktoer, valg_id)
        if pdf is None:
            raise Konflikt("notat_ikke_faerdigt", "Notatet er ikke færdigt endnu. Prøv igen om lidt.")
        svar = HttpResponse(pdf, content_type="application/pdf")
        svar["Content-Disposition"] = 'inline; filename="valg-af-tilbud.pdf"'
        return svar
