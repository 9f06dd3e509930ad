"""The notes on a hearing over REST: ordered (202), followed, fetched."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.fejl import IkkeFundet, Konflikt
from faelles.graenser import Graense
from faelles.idempotens import gentagelig
from faelles.models import JobStatus
from faelles.openapi import GENTAGELSE, KONFLIKT, PROBLEM, SIDER, en, liste
from faelles.pdfformat import PdfFormat
from faelles.sider import side
from faelles.tid import rfc3339
from kommuner.api_base import Ressource
from rammeaftale.hoering import actions, notater, queries
from rammeaftale.hoering.apiformer import HoeringsnotatUd

FELTER = ("id", "hoering_id", "status", "fejl", "bestilt")


def _vis(r: Mapping[str, Any]) -> dict[str, Any]:
    adresse = f"/api/v1/hoeringer/{r['hoering_id']}/notater/{r['id']}"
    return {
        "id": str(r["id"]),
        "hoeringId": str(r["hoering_id"]),
        "status": r["status"],
        "fejl": r["fejl"],
        "bestilt": rfc3339(r["bestilt"]),
        "pdf": f"{adresse}/pdf" if r["status"] == JobStatus.FAERDIG else None,
    }


class _Notat(Ressource):
    """What resources of notes share; no copy is kept."""

    gemmes = "private, no-store"

    def _et(self, hoering_id: UUID, notat_id: UUID) -> dict[str, Any]:
        """A note the actor may know of. Raises IkkeFundet."""
        fundet = notater.notater(self.aktoer, hoering_id).filter(pk=notat_id).values(*FELTER).first()
        if fundet is None:
            raise IkkeFundet("notat_ikke_fundet", "Notatet findes ikke, eller det er ikke færdigt.")
        return _vis(fundet)


class Notater(_Notat):
    """The notes on a hearing."""

    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES, "POST": Rettighed.HOERINGER_SKRIV}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Høringsnotater", responses=liste(HoeringsnotatUd))
    def get(self, request: Request, hoering_id: UUID) -> Response:
        """The one ordered last first; the parties see those that are done."""
        queries.synlig_hoering(self.aktoer, hoering_id)
        return side(request, notater.notater(self.aktoer, hoering_id).values(*FELTER), ["-bestilt", "-id"], _vis)

    @extend_schema(
        summary="Bestil et høringsnotat",
        request=None,
        parameters=[GENTAGELSE],
        responses=en(HoeringsnotatUd, KONFLIKT, status=202),
    )
    def post(self, request: Request, hoering_id: UUID) -> Response:
        """Of what has been answered and done by now. Follow its `status`, and fetch its `pdf` when there is one."""

        def bestil() -> Response:
            notat = actions.bestil_notat(aktoer=self.aktoer, hoering_id=hoering_id)
            krop = self._et(hoering_id, notat.pk)
            return Response(
                krop, status=202, headers={"Location": f"/api/v1/hoeringer/{hoering_id}/notater/{notat.pk}"}
            )

        return gentagelig(request, self.aktoer.identitet, bestil)


class EtNotat(_Notat):
    """One note."""

    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES}

    @extend_schema(summary="Et høringsnotat", responses=en(HoeringsnotatUd))
    def get(self, _request: Request, hoering_id: UUID, notat_id: UUID) -> Response:
        """How far it is."""
        return Response(self._et(hoering_id, notat_id))


class Notatet(_Notat):
    """A note as PDF."""

    renderer_classes = [PdfFormat]
    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES}
    graense = Graense.API_HENT

    @extend_schema(
        summary="Høringsnotatet som PDF",
        responses={(200, "application/pdf"): OpenApiTypes.BINARY, **PROBLEM, **KONFLIKT},
    )
    def get(self, _request: Request, hoering_id: UUID, notat_id: UUID) -> HttpResponse:
        """Tagged PDF (PDF/UA); 409 until it is made."""
        if self._et(hoering_id, notat_id)["pdf"] is None:
            raise Konflikt(
                "notat_ikke_faerdigt", "Notatet er ikke færdigt endnu. Følg dets status, og hent det bagefter."
            )
        svar = HttpResponse(notater.synligt_notat(self.aktoer, notat_id), content_type="application/pdf")
        svar["Content-Disposition"] = "inline; filename=hoeringsnotat.pdf"
        return svar
