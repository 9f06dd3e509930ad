"""The joint report on a central call over REST: ordered (202), followed, fetched."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.fejl import Konflikt
from faelles.graenser import Graense
from faelles.idempotens import gentagelig
from faelles.openapi import GENTAGELSE, KONFLIKT, PROBLEM, SIDER, en, liste
from faelles.pdfformat import PdfFormat
from faelles.sider import side
from faelles.tid import idag
from kommuner.api_base import Ressource
from rammeaftale.models import Udmeldingsrapport
from rammeaftale.udmeldinger import actions, queries, rapporter
from rammeaftale.udmeldinger.apiformer import RAPPORTFELTER, UdmeldingsrapportUd, vis_rapport


class _Rapport(Ressource):
    """What resources of reports share: what is not visible does not exist, and no copy is kept."""

    gemmes = "private, no-store"

    def _synlige(self, **om: UUID) -> QuerySet[Udmeldingsrapport]:
        """Those on the call that is found so."""
        udmelding = queries.synlige(self.aktoer).select_related("aftale__kkr").filter(**om).first()
        if udmelding is None:
            raise Http404
        return rapporter.rapporter(self.aktoer, udmelding, idag())

    def _en(self, rapport_id: UUID) -> dict[str, Any]:
        fundet = self._synlige(rapporter=rapport_id).filter(pk=rapport_id).values(*RAPPORTFELTER).first()
        if fundet is None:
            raise Http404
        return vis_rapport(fundet)


class Rapporter(_Rapport):
    """The joint reports on a call."""

    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES, "POST": Rettighed.UDMELDINGER_SKRIV}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Fælles rapporter om en udmelding", responses=liste(UdmeldingsrapportUd))
    def get(self, request: Request, udmelding_id: UUID) -> Response:
        """The one ordered last first; the parties see the one that is sent, also while the call is treated again."""
        return side(request, self._synlige(pk=udmelding_id).values(*RAPPORTFELTER), ["-bestilt", "-id"], vis_rapport)

    @extend_schema(
        summary="Bestil en fælles rapport",
        request=None,
        parameters=[GENTAGELSE],
        responses=en(UdmeldingsrapportUd, KONFLIKT, status=202),
    )
    def post(self, request: Request, udmelding_id: UUID) -> Response:
        """Of what has been answered by now. Follow its `status`, and fetch its `pdf` when there is one."""

        def bestil() -> Response:
            ny = actions.bestil_rapport(aktoer=self.aktoer, udmelding_id=udmelding_id)
            hvor = f"/api/v1/udmeldingsrapporter/{ny.pk}"
            return Response(self._en(ny.pk), status=202, headers={"Location": hvor})

        return gentagelig(request, self.aktoer.identitet, bestil)


class EnRapport(_Rapport):
    """One report."""

    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES}

    @extend_schema(summary="En fælles rapport", responses=en(UdmeldingsrapportUd))
    def get(self, _request: Request, udmeldingsrapport_id: UUID) -> Response:
        """How far it is."""
        return Response(self._en(udmeldingsrapport_id))


class Rapporten(_Rapport):
    """A report as PDF."""

    renderer_classes = [PdfFormat]
    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES}
    graense = Graense.API_HENT

    @extend_schema(
        summary="Den fælles rapport som PDF",
        responses={(200, "application/pdf"): OpenApiTypes.BINARY, **PROBLEM, **KONFLIKT},
    )
    def get(self, _request: Request, udmeldingsrapport_id: UUID) -> HttpResponse:
        """Tagged PDF (PDF/UA); 409 until it is made."""
        self._en(udmeldingsrapport_id)
        pdf = rapporter.synlig_rapport(self.aktoer, udmeldingsrapport_id, idag())
        if pdf is None:
            raise Konflikt(
                "rapport_ikke_faerdig", "Rapporten er ikke færdig endnu. Følg dens status, og hent den bagefter."
            )
        svar = HttpResponse(pdf, content_type="application/pdf")
        svar["Content-Disposition"] = "inline; filename=faelles-rapport.pdf"
        return svar
