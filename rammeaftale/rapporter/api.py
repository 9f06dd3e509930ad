"""Reports over REST: ordered (202), followed, fetched."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.etag import med_etag
from faelles.fejl import Konflikt
from faelles.graenser import Graense
from faelles.krop import Krop, laes
from faelles.models import JobStatus
from faelles.openapi import IKKE_AENDRET, KONFLIKT, PROBLEM, SIDER, en, liste
from faelles.pdfformat import PdfFormat
from faelles.sider import side
from faelles.tid import rfc3339
from kommuner.api_base import Ressource
from rammeaftale.rapporter import filer
from rammeaftale.rapporter.actions import bestil_rapport, goer_endelig, traek_tilbage
from rammeaftale.rapporter.filtre import SOEGEORD, valgte
from rammeaftale.rapporter.models import Rapport, Rapportfil


class RapportUd(serializers.Serializer[Any]):
    """A report and how far its making is. `pdf` is null until it is done.

    A draft has no `nummer`. A final has the draft it is made of, and is published at `offentligAdresse` when it is done.
    """

    id = serializers.UUIDField()
    type = serializers.CharField()
    rammeaftaleId = serializers.UUIDField()
    kommunekode = serializers.CharField(allow_null=True, help_text="Den kommune, rapporten er om, når typen er om én.")
    egen = serializers.BooleanField(
        help_text="Kommunen har bestilt den om sig selv: intet er skjult, og kun dens egne kan se den."
    )
    version = serializers.IntegerField()
    status = serializers.ChoiceField(choices=JobStatus.values)
    trin = serializers.CharField(allow_blank=True)
    naaet = serializers.IntegerField()
    iAlt = serializers.IntegerField()
    fejl = serializers.CharField(allow_blank=True)
    bestilt = serializers.DateTimeField()
    sider = serializers.IntegerField(allow_null=True)
    sha256 = serializers.CharField(allow_blank=True)
    pdf = serializers.CharField(allow_null=True)
    nummer = serializers.IntegerField(allow_null=True, help_text="Den endeliges nummer i aftalen; et udkast har intet.")
    udkastId = serializers.UUIDField(allow_null=True, help_text="Det udkast, den endelige er lavet af.")
    udgivet = serializers.DateTimeField(allow_null=True)
    offentligAdresse = serializers.CharField(
        allow_null=True,
        help_text="Siden, alle kan åbne. Den ændrer sig aldrig, heller ikke når rapporten trækkes tilbage.",
    )
    trukketTilbage = serializers.DateTimeField(allow_null=True)
    tilbagetraekningsgrund = serializers.CharField(allow_null=True)


class TilbagetraekningInd(Krop):
    """Why a published report is withdrawn."""

    grund = serializers.CharField(max_length=500, help_text="Ses af alle, der åbner rapportens adresse.")


class RapportInd(Krop):
    """What is ordered."""

    type = serializers.CharField(max_length=40, default="rammeaftale")
    rammeaftaleId = serializers.UUIDField()
    kommunekode = serializers.RegexField(
        r"^\d{4}$",
        required=False,
        help_text="Kommunen, når typen er om én kommune. En kommunes eget system kan udelade den.",
    )


FELTER = (
    "id", "type", "version__aftale_id", "kommune_id", "ejer_id", "version__nummer", "job__status", "job__trin", "job__naaet", "job__i_alt", "job__fejl",
    "bestilt", "sider", "sha256", "nummer", "udkast_id", "udgivelse__tidspunkt", "udgivelse__tilbagetraekning__tidspunkt",
    "udgivelse__tilbagetraekning__grund",
)  # fmt: skip


def _vis(r: Mapping[str, Any]) -> dict[str, Any]:
    faerdig = r["job__status"] == JobStatus.FAERDIG
    udgivet, trukket = r["udgivelse__tidspunkt"], r["udgivelse__tilbagetraekning__tidspunkt"]
    return {
        "id": str(r["id"]),
        "type": r["type"],
        "rammeaftaleId": str(r["version__aftale_id"]),
        "kommunekode": r["kommune_id"],
        "egen": r["ejer_id"] is not None,
        "version": r["version__nummer"],
        "status": r["job__status"],
        "trin": r["job__trin"],
        "naaet": r["job__naaet"],
        "iAlt": r["job__i_alt"],
        "fejl": r["job__fejl"],
        "bestilt": rfc3339(r["bestilt"]),
        "sider": r["sider"],
        "sha256": r["sha256"],
        "pdf": f"/api/v1/rapporter/{r['id']}/pdf" if faerdig else None,
        "nummer": r["nummer"],
        "udkastId": r["udkast_id"] and str(r["udkast_id"]),
        "udgivet": udgivet and rfc3339(udgivet),
        "offentligAdresse": udgivet and reverse("rapporter:udgivet", args=[r["id"]]),
        "trukketTilbage": trukket and rfc3339(trukket),
        "tilbagetraekningsgrund": r["udgivelse__tilbagetraekning__grund"],
    }


class _Rapport(Ressource):
    """What resources of reports share: one that is not visible does not exist."""

    def _raekke(self, rapport_id: UUID) -> dict[str, Any]:
        raekke = Rapport.objects.synlige_for(self.aktoer).filter(pk=rapport_id).values(*FELTER).first()
        if raekke is None:
            raise Http404
        return _vis(raekke)


class Rapporter(_Rapport):
    """Reports, and orders of new ones."""

    kraever: ClassVar = {"GET": Rettighed.RAPPORTER_LAES, "POST": Rettighed.RAPPORTER_BESTIL}
    soegeord: ClassVar = (*SOEGEORD, *SIDER)

    @extend_schema(summary="Rapporter", responses=liste(RapportUd))
    def get(self, request: Request) -> Response:
        """Newest first."""
        return side(request, valgte(request, self.aktoer).values(*FELTER), ["-bestilt", "-id"], _vis)

    @extend_schema(summary="Bestil en rapport", request=RapportInd, responses=en(RapportUd, KONFLIKT, status=202))
    def post(self, request: Request) -> Response:
        """The report is made by a worker; follow `Location`. One that is being made already is answered with instead of a second.

        The type `kommune` is about one municipality. The secretariat says which; a municipality's system can order the one about
        itself, and needs `reservationer:read` too, for in that nothing is hidden.
        """
        ind = laes(RapportInd, request)
        ny = bestil_rapport(
            aktoer=self.aktoer,
            aftale_id=ind["rammeaftaleId"],
            type_=ind["type"],
            kommunekode=ind.get("kommunekode", ""),
        )
        return Response(self._raekke(ny.id), status=202, headers={"Location": f"/api/v1/rapporter/{ny.id}"})


class EnRapport(_Rapport):
    """One report."""

    kraever: ClassVar = {"GET": Rettighed.RAPPORTER_LAES}

    @extend_schema(summary="En rapport", responses=en(RapportUd, IKKE_AENDRET))
    def get(self, request: Request, rapport_id: UUID) -> Response:
        """Stage and progress while it is made."""
        return med_etag(request, self._raekke(rapport_id))


class Udgivelser(_Rapport):
    """The final of a draft."""

    kraever: ClassVar = {"POST": Rettighed.RAPPORTER_BESTIL}

    @extend_schema(
        summary="Gør et udkast endeligt og udgiv det", request=None, responses=en(RapportUd, KONFLIKT, status=202)
    )
    def post(self, _request: Request, rapport_id: UUID) -> Response:
        """A report of its own, made of the draft's data and numbered; follow `Location`. When it is done it is published, and cannot be undone.

        One that is being made of the same draft already is answered with instead of a second.
        """
        ny = goer_endelig(aktoer=self.aktoer, rapport_id=rapport_id)
        return Response(self._raekke(ny.id), status=202, headers={"Location": f"/api/v1/rapporter/{ny.id}"})


class Tilbagetraekninger(_Rapport):
    """The withdrawal of a published report."""

    kraever: ClassVar = {"POST": Rettighed.RAPPORTER_BESTIL}

    @extend_schema(
        summary="Træk en udgivet rapport tilbage", request=TilbagetraekningInd, responses=en(RapportUd, KONFLIKT)
    )
    def post(self, request: Request, rapport_id: UUID) -> Response:
        """It is kept, and its public page says why; the public no longer gets the PDF. Cannot be undone."""
        grund = laes(TilbagetraekningInd, request)["grund"]
        traek_tilbage(aktoer=self.aktoer, rapport_id=rapport_id, grund=grund)
        return Response(self._raekke(rapport_id))


class Pdf(_Rapport):
    """The PDF of a report."""

    renderer_classes = [PdfFormat]
    kraever: ClassVar = {"GET": Rettighed.RAPPORTER_LAES}
    graense = Graense.API_HENT

    @extend_schema(
        summary="Rapporten som PDF", responses={(200, "application/pdf"): OpenApiTypes.BINARY, **PROBLEM, **KONFLIKT}
    )
    def get(self, _request: Request, rapport_id: UUID) -> HttpResponse:
        """Tagged PDF (PDF/UA); 409 until it is made."""
        raekke = self._raekke(rapport_id)
        fil = Rapportfil.objects.select_related("rapport").filter(pk=rapport_id).first()
        if fil is None:
            raise Konflikt(
                "rapport_ikke_faerdig", "Rapporten er ikke færdig endnu. Følg dens status, og hent den bagefter."
            )
        svar = HttpResponse(filer.laes(fil), content_type="application/pdf")
        svar["Content-Disposition"] = f'inline; filename="{raekke["type"]}-{rapport_id}.pdf"'
        return svar
