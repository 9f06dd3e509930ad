"""Placement agreements over REST: for the two parties of a version only; everybody else is told that it does not exist."""

from typing import Any, ClassVar
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.etag import kraev_set, med_etag, rettet
from faelles.fejl import Konflikt
from faelles.graenser import Graense
from faelles.idempotens import gentagelig
from faelles.krop import laes
from faelles.openapi import (
    GENTAGELSE,
    IF_MATCH,
    IKKE_AENDRET,
    KONFLIKT,
    KUN_SET,
    PROBLEM,
    SIDER,
    ProblemUd,
    en,
    liste,
    soegeord,
)
from faelles.pdfformat import PdfFormat
from faelles.problem import MEDIETYPE
from faelles.sider import side
from kommuner.adgang import log_laesning
from kommuner.api_base import Ressource
from reservationer.sag.aftaler import actions, queries
from reservationer.sag.aftaler.apiformer import (
    NOEGLER,
    TILSTANDE,
    AftaleIndhold,
    AftaleskridtInd,
    PlaceringsaftaleInd,
    PlaceringsaftaleKort,
    PlaceringsaftaleUd,
    vis,
    vis_kort,
)
from reservationer.sag.aftaler.felter import SKRIVES
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.overgange import Data, Grund, Udfald

AFSLAG = {**KONFLIKT, (422, MEDIETYPE): ProblemUd}


class _Aftale(Ressource):
    """What these resources share: they are read for somebody, and the reading is logged; no copy is kept."""

    gemmes = "private, no-store"

    def _et(self, aftale_id: UUID) -> dict[str, Any]:
        aftale = queries.aftaler(self.aktoer).filter(pk=aftale_id).first()
        if aftale is None:
            raise Http404
        log_laesning(self.aktoer, "placeringsaftale", queries.laeste([aftale]))
        return vis(aftale, queries.grundlaget(self.aktoer, aftale), queries.slutning(self.aktoer, aftale))


class Placeringsaftaler(_Aftale):
    """The actor's versions, and new drafts."""

    kraever: ClassVar = {"GET": Rettighed.RESERVATIONER_LAES, "POST": Rettighed.RESERVATIONER_SKRIV}
    soegeord: ClassVar = (soegeord("tilstand", "Flere betyder en af dem.", flere=True, ord_=TILSTANDE), *SIDER)

    @extend_schema(summary="Egne placeringsaftaler", responses=liste(PlaceringsaftaleKort))
    def get(self, request: Request) -> Response:
        """Every version of every case, newest first."""
        fundne = queries.aftaler(self.aktoer)
        if valgte := request.query_params.getlist("tilstand"):
            fundne = fundne.filter(tilstand__in=valgte)
        svar = side(request, fundne.values("id", "oprettet"), ["-oprettet", "-id"], dict)
        ider = [raekke["id"] for raekke in svar.data["resultater"]]
        paa_siden = list(queries.aftaler(self.aktoer).filter(pk__in=ider))
        log_laesning(self.aktoer, "placeringsaftale", queries.laeste(paa_siden))
        svar.data["resultater"] = [vis_kort(aftale) for aftale in paa_siden]
        return svar

    @extend_schema(
        summary="Lav en kladde til en placeringsaftale",
        parameters=[GENTAGELSE],
        request=PlaceringsaftaleInd,
        responses=en(PlaceringsaftaleUd, AFSLAG, status=201),
    )
    def post(self, request: Request) -> Response:
        """From a confirmed reservation or a stay; the next version when there is one already."""
        return gentagelig(request, self.aktoer.identitet, lambda: self._lav(request))

    def _lav(self, request: Request) -> Response:
        sagt = laes(PlaceringsaftaleInd, request)
        ny = actions.opret(aktoer=self.aktoer, reservation_id=sagt.get("reservationId"), ophold_id=sagt.get("opholdId"))
        hvor = f"/api/v1/placeringsaftaler/{ny.pk}"
        return Response(self._et(ny.pk), status=201, headers={"Location": hvor})


class EnPlaceringsaftale(_Aftale):
    """One version."""

    kraever: ClassVar = {"GET": Rettighed.RESERVATIONER_LAES, "PUT": Rettighed.RESERVATIONER_SKRIV}

    @extend_schema(summary="En placeringsaftale", responses=en(PlaceringsaftaleUd, IKKE_AENDRET))
    def get(self, request: Request, placeringsaftale_id: UUID) -> Response:
        """For the two parties; others get 404."""
        return med_etag(request, self._et(placeringsaftale_id))

    @extend_schema(
        summary="Skriv i en kladde",
        parameters=[IF_MATCH],
        request=AftaleIndhold,
        responses=en(PlaceringsaftaleUd, KONFLIKT, KUN_SET),
    )
    def put(self, request: Request, placeringsaftale_id: UUID) -> Response:
        """Everything the parties write; gaps are allowed until it is put forward."""
        ind = AftaleIndhold(data=request.data)
        ind.is_valid(raise_exception=True)
        sagt = ind.validated_data
        with transaction.atomic():
            actions.laas(self.aktoer, placeringsaftale_id)
            kraev_set(request, self._et(placeringsaftale_id))
            felter = {navn: sagt[NOEGLER.get(navn, navn)] for navn in SKRIVES}
            actions.skriv(aktoer=self.aktoer, aftale_id=placeringsaftale_id, sagt=felter)
            krop = self._et(placeringsaftale_id)
        return rettet(krop)


class Aftaleskridt(_Aftale):
    """The decisions about a version."""

    kraever: ClassVar = {"POST": Rettighed.RESERVATIONER_SKRIV}

    @extend_schema(
        summary="Fremsæt, godkend, afvis, træk, lad bortfalde, opsig eller afslut",
        parameters=[GENTAGELSE],
        request=AftaleskridtInd,
        responses=en(PlaceringsaftaleUd, AFSLAG, status=201),
    )
    def post(self, request: Request, placeringsaftale_id: UUID) -> Response:
        """By the table of transitions; every gap is named at once when it is put forward unfinished. The end of it ends no stay."""
        return gentagelig(request, self.aktoer.identitet, lambda: self._beslut(request, placeringsaftale_id))

    def _beslut(self, request: Request, aftale_id: UUID) -> Response:
        ind = laes(AftaleskridtInd, request)
        grund = Grund(ind["grund"]) if "grund" in ind else None
        sagt = {navn: ind[navn.value] for navn in (Data.DATO, Data.DOKUMENT) if navn.value in ind}
        indhold = Indhold(grund, ind["bemaerkning"], sagt)
        udfald = Udfald(ind["udfald"])
        actions.afgoer(aktoer=self.aktoer, aftale_id=aftale_id, udfald=udfald, indhold=indhold)
        return Response(self._et(aftale_id), status=201)


class Aftaledokumentet(_Aftale):
    """A version as a document."""

    renderer_classes = [PdfFormat]
    kraever: ClassVar = {"GET": Rettighed.RESERVATIONER_LAES}
    graense = Graense.API_HENT

    @extend_schema(
        summary="Placeringsaftalen som PDF",
        responses={(200, "application/pdf"): OpenApiTypes.BINARY, **PROBLEM, **KONFLIKT},
    )
    def get(self, _request: Request, godkendt_aftale_id: UUID) -> HttpResponse:
        """Tagged PDF (PDF/UA); 409 until it is made."""
        self._et(godkendt_aftale_id)
        pdf = queries.dokumentet(self.aktoer, godkendt_aftale_id)
        if pdf is None:
            raise Konflikt("dokument_ikke_faerdigt", "Dokumentet er ikke færdigt. Begge skal have godkendt aftalen.")
        svar = HttpResponse(pdf, content_type="application/pdf")
        svar["Content-Disposition"] = 'inline; filename="placeringsaftale.pdf"'
        return svar
