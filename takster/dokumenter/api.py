"""Documents about takster over REST: ordered (202), followed, fetched."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.fejl import Konflikt
from faelles.graenser import Graense
from faelles.models import JobStatus
from faelles.openapi import KONFLIKT, PROBLEM, en
from faelles.pdfformat import PdfFormat
from faelles.tid import rfc3339
from kommuner.api_base import Ressource
from takster.dokumenter import queries
from takster.models import Takstdokument


class TakstdokumentUd(serializers.Serializer[Any]):
    """A document and how far its making is. `pdf` is null until it is done."""

    id = serializers.UUIDField()
    takstId = serializers.UUIDField(allow_null=True)
    status = serializers.ChoiceField(choices=JobStatus.values)
    trin = serializers.CharField(allow_blank=True)
    naaet = serializers.IntegerField()
    iAlt = serializers.IntegerField()
    fejl = serializers.CharField(allow_blank=True)
    bestilt = serializers.DateTimeField()
    pdf = serializers.CharField(allow_null=True)


FELTER = ("id", "takst_id", "job__status", "job__trin", "job__naaet", "job__i_alt", "job__fejl", "bestilt")


def vis(r: Mapping[str, Any]) -> dict[str, Any]:
    """The answer of a row of FELTER."""
    return {
        "id": str(r["id"]),
        "takstId": str(r["takst_id"]) if r["takst_id"] else None,
        "status": r["job__status"],
        "trin": r["job__trin"],
        "naaet": r["job__naaet"],
        "iAlt": r["job__i_alt"],
        "fejl": r["job__fejl"],
        "bestilt": rfc3339(r["bestilt"]),
        "pdf": f"/api/v1/takstdokumenter/{r['id']}/pdf" if r["job__status"] == JobStatus.FAERDIG else None,
    }


class EtTakstdokument(Ressource):
    """One document."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}

    @extend_schema(summary="Et takstdokument", responses=en(TakstdokumentUd))
    def get(self, request: Request, dokument_id: UUID) -> Response:  # noqa: ARG002 - DRF's signature
        """Stage and progress while it is made, for the organisation that ordered it; others get 404."""
        return Response(bestilt(self, dokument_id))


def bestilt(ressource: Ressource, dokument_id: UUID) -> dict[str, Any]:
    """An order of the client's own organisation. Raises Http404."""
    raekke = queries.egne(ressource.aktoer, Takstdokument.objects.filter(pk=dokument_id)).values(*FELTER).first()
    if raekke is None:
        raise Http404
    return vis(raekke)


class Takstdokumentet(Ressource):
    """The PDF of a document."""

    renderer_classes = [PdfFormat]
    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}
    graense = Graense.API_HENT

    @extend_schema(
        summary="Takstdokumentet som PDF",
        responses={(200, "application/pdf"): OpenApiTypes.BINARY, **PROBLEM, **KONFLIKT},
    )
    def get(self, _request: Request, dokument_id: UUID) -> HttpResponse:
        """Tagged PDF (PDF/UA) with the same as JSON inside; 409 until it is made."""
        bestilt(self, dokument_id)
        pdf = queries.fil(dokument_id)
        if pdf is None:
            raise Konflikt(
                "dokument_ikke_faerdigt", "Dokumentet er ikke færdigt endnu. Følg dets status, og hent det bagefter."
            )
        svar = HttpResponse(pdf, content_type="application/pdf")
        svar["Content-Disposition"] = f'inline; filename="takst-{dokument_id}.pdf"'
        return svar
