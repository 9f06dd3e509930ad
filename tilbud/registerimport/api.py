"""Imports of the register over REST: a system sends a file, follows its reading, and asks for approval. People approve."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.etag import med_etag
from faelles.fejl import UgyldigtInput
from faelles.krop import Krop, laes
from faelles.models import JobStatus
from faelles.openapi import IKKE_AENDRET, KONFLIKT, SIDER, en, liste
from faelles.sider import liste_side, side
from faelles.tid import rfc3339
from kommuner.api_base import Ressource
from tilbud.models import Importkilde, Importtilstand, Registerimport
from tilbud.registerimport import actions
from tilbud.registerimport.indhold import aendringer_i
from tilbud.registerimport.sammenligning import Aendring

XLSX, CSV = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/csv"
JOBSTATUSSER = JobStatus.values
SKRIDT: Mapping[str, Any] = {"send": actions.send, "traek": actions.traek, "annuller": actions.annuller_laesning}


class _Filkrop(BaseParser):
    """A body that is a file. What its cells hold, a CPR number among them, is judged where files are read."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> dict[str, bytes]:  # noqa: ARG002 - the library's signature
        """The bytes, under the name a fault points at."""
        return {"fil": stream.read()}


class XlsxKrop(_Filkrop):
    """A workbook."""

    media_type = XLSX


class CsvKrop(_Filkrop):
    """One sheet as CSV in UTF-8."""

    media_type = CSV


class LaesningUd(serializers.Serializer[Any]):
    """How far the reading of the file is."""

    status = serializers.ChoiceField(choices=JOBSTATUSSER)
    trin = serializers.CharField(allow_blank=True)
    naaet = serializers.IntegerField()
    iAlt = serializers.IntegerField()
    fejl = serializers.CharField(allow_blank=True)


class ImportUd(serializers.Serializer[Any]):
    """A change of the register. `laesning` is null for what came from no large file; the counts are rows."""

    id = serializers.UUIDField()
    kilde = serializers.ChoiceField(choices=Importkilde.values)
    tilstand = serializers.ChoiceField(choices=Importtilstand.values)
    laesning = LaesningUd(allow_null=True)
    nye = serializers.IntegerField()
    aendrede = serializers.IntegerField()
    uaendrede = serializers.IntegerField()
    antalFejl = serializers.IntegerField(help_text="Højst 1000 nævnes.")
    bestilt = serializers.DateTimeField()
    bestiltSom = serializers.CharField()
    afgjort = serializers.DateTimeField(allow_null=True)
    afgjortSom = serializers.CharField(allow_blank=True)
    grund = serializers.CharField(allow_blank=True)


class RaekkefejlUd(serializers.Serializer[Any]):
    """A rule a cell breaks; `nummer` is the fault's place in the list, `raekke` that of the row in the sheet."""

    nummer = serializers.IntegerField()
    ark = serializers.CharField()
    raekke = serializers.IntegerField()
    kolonne = serializers.CharField()
    vaerdi = serializers.CharField(allow_blank=True)
    regel = serializers.CharField()
    rettelse = serializers.CharField()


class FeltaendringUd(serializers.Serializer[Any]):
    """A column's value before and after, in the codes of the API: a text, a number, a list or null."""

    felt = serializers.CharField()
    foer = serializers.JSONField(allow_null=True)
    efter = serializers.JSONField(allow_null=True)


class RegisteraendringUd(serializers.Serializer[Any]):
    """A row that is new or changed. `registerId` is null for what is new; `sti` are the ids from the offer down."""

    nummer = serializers.IntegerField()
    ark = serializers.CharField()
    raekke = serializers.IntegerField()
    sti = serializers.ListField(child=serializers.CharField())
    registerId = serializers.UUIDField(allow_null=True)
    felter = FeltaendringUd(many=True)


class ImportskridtInd(Krop):
    """What is done with one's own import."""

    udfald = serializers.ChoiceField(choices=list(SKRIDT))


FELTER = (
    "id", "kilde", "tilstand", "nye", "aendrede", "uaendrede", "fejl", "bestilt", "bestilt_rolle", "afgjort", "afgjort_rolle", "grund",
    "job__status", "job__trin", "job__naaet", "job__i_alt", "job__fejl",
)  # fmt: skip


def vis_import(r: Mapping[str, Any]) -> dict[str, Any]:
    """An import as ImportUd, of its FELTER."""
    laesning = {navn: r[f"job__{felt}"] for navn, felt in _LAESNING.items()} if r["job__status"] else None
    return {
        "id": str(r["id"]),
        **{felt: r[felt] for felt in ("kilde", "tilstand", "nye", "aendrede", "uaendrede", "grund")},
        "laesning": laesning,
        "antalFejl": len(r["fejl"]),
        "bestilt": rfc3339(r["bestilt"]),
        "bestiltSom": r["bestilt_rolle"],
        "afgjort": rfc3339(r["afgjort"]) if r["afgjort"] else None,
        "afgjortSom": r["afgjort_rolle"],
    }


_LAESNING = {"status": "status", "trin": "trin", "naaet": "naaet", "iAlt": "i_alt", "fejl": "fejl"}


class _Import(Ressource):
    """What resources of an import share: one that is not visible does not exist."""

    def _felter(self, import_id: UUID, *felter: str) -> dict[str, Any]:
        egne = Registerimport.objects.synlige_for(self.aktoer)
        raekke: dict[str, Any] | None = egne.filter(pk=import_id).values(*felter).first()
        if raekke is None:
            raise Http404
        return raekke

    def _vis(self, import_id: UUID) -> dict[str, Any]:
        return vis_import(self._felter(import_id, *FELTER))


class Importer(_Import):
    """The operator's imports and changes that need approval, and the client's own drafts."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_SKRIV, "POST": Rettighed.TILBUD_SKRIV}
    soegeord: ClassVar = SIDER
    parser_classes = [XlsxKrop, CsvKrop]

    @extend_schema(summary="Importer af tilbud og pladser", responses=liste(ImportUd))
    def get(self, request: Request) -> Response:
        """Newest first."""
        synlige = Registerimport.objects.synlige_for(self.aktoer).order_by()
        return side(request, synlige.values(*FELTER), ["-bestilt", "-id"], vis_import)

    @extend_schema(
        summary="Send en fil med tilbud, afdelinger og pladser",
        request={(XLSX): OpenApiTypes.BINARY, (CSV): OpenApiTypes.BINARY},
        responses=en(ImportUd, KONFLIKT, status=202),
    )
    def post(self, request: Request) -> Response:
        """Read by a worker into the client's draft, in place of the one before; follow `Location`. Nothing changes by it."""
        if not isinstance(request.data, dict) or "fil" not in request.data:
            raise UgyldigtInput("fil_ulaeselig", "Filen er tom.", {"fil": ["Filen er tom."]})
        filnavn = ".csv" if (request.content_type or "").startswith(CSV) else ".xlsx"
        ny = actions.bestil_laesning(aktoer=self.aktoer, fil=request.data["fil"], filnavn=filnavn)
        return Response(self._vis(ny.pk), status=202, headers={"Location": f"/api/v1/importer/{ny.pk}"})


class EnImport(_Import):
    """One import."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_SKRIV}

    @extend_schema(summary="En import", responses=en(ImportUd, IKKE_AENDRET))
    def get(self, request: Request, import_id: UUID) -> Response:
        """How far it is, and when it is decided: by which function, and why it was declined."""
        return med_etag(request, self._vis(import_id))


class Importfejl(_Import):
    """Its faults."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_SKRIV}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Fejlene i en import", responses=liste(RaekkefejlUd))
    def get(self, request: Request, import_id: UUID) -> Response:
        """In the order of the sheets: row, column, value, rule and what to do. With any of them nothing can be sent."""
        fejl = list(enumerate(self._felter(import_id, "fejl")["fejl"], start=1))
        navne = ("ark", "raekke", "kolonne", "vaerdi", "regel", "rettelse")
        return liste_side(request, fejl, _nummer, lambda f: {"nummer": f[0], **dict(zip(navne, f[1], strict=True))})


class Importaendringer(_Import):
    """Its changes."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_SKRIV}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Ændringerne i en import", responses=liste(RegisteraendringUd))
    def get(self, request: Request, import_id: UUID) -> Response:
        """Row by row, before and after: what it would change, or has changed. Rows that change nothing are not there."""
        indhold = self._felter(import_id, "indhold")["indhold"]
        return liste_side(request, list(enumerate(aendringer_i(indhold), start=1)), _nummer, _vis_aendring)


def _nummer(par: tuple[int, Any]) -> str:
    return str(par[0])


def _vis_aendring(par: tuple[int, Aendring]) -> dict[str, Any]:
    nummer, aendring = par
    return {
        "nummer": nummer,
        "ark": aendring.ark,
        "raekke": aendring.raekke,
        "sti": aendring.sti,
        "registerId": aendring.id or None,
        "felter": [{"felt": felt, "foer": foer, "efter": efter} for felt, (foer, efter) in aendring.felter.items()],
    }


class Importskridt(_Import):
    """What the client does with its own import."""

    kraever: ClassVar = {"POST": Rettighed.TILBUD_SKRIV}

    @extend_schema(
        summary="Send en import til godkendelse, træk den tilbage, eller stop læsningen",
        request=ImportskridtInd,
        responses=en(ImportUd, KONFLIKT, status=201),
    )
    def post(self, request: Request, import_id: UUID) -> Response:
        """A person of the operator's approves or declines it on the pages; no system can."""
        ind = laes(ImportskridtInd, request)
        SKRIDT[ind["udfald"]](aktoer=self.aktoer, import_id=import_id)
        return Response(self._vis(import_id), status=201)
