"""Offers of a place over REST: read by the two parties, taken or declined by the buyer, withdrawn by the offer."""

from collections.abc import Collection
from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.etag import med_etag
from faelles.fejl import UgyldigtInput
from faelles.idempotens import gentagelig
from faelles.krop import laes
from faelles.openapi import GENTAGELSE, IKKE_AENDRET, KONFLIKT, SIDER, ProblemUd, en, liste, soegeord
from faelles.problem import MEDIETYPE
from faelles.sider import side
from faelles.tid import nu
from kommuner.adgang import log_laesning
from kommuner.api_base import Ressource
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.forespoergsler import queries
from reservationer.sag.forespoergsler.apiformer import (
    TILSTANDE,
    PladstilbudInd,
    PladstilbudsbeslutningInd,
    PladstilbudUd,
    vis_pladstilbud,
)
from reservationer.sag.forespoergsler.pladstilbud import afgoer_pladstilbud, giv_pladstilbud
from reservationer.sag.ophold.pris import laes_pris
from reservationer.sag.overgange import Grund, Udfald
from vilkaar.api import med_vilkaar

AFSLAG = {**KONFLIKT, (422, MEDIETYPE): ProblemUd}


class _Udbud(Ressource):
    """What these resources share: they are read for somebody, and the reading is logged with the enquiry's; no copy is kept."""

    gemmes = "private, no-store"

    def _viste(self, ider: Collection[UUID]) -> list[dict[str, Any]]:
        fundne = list(queries.udbudte(self.aktoer, nu()).filter(pk__in=ider).order_by("-givet", "-pk"))
        log_laesning(self.aktoer, "henvendelse", queries.laeste(et.henvendelse for et in fundne))
        return list(med_vilkaar(map(vis_pladstilbud, fundne)))

    def _et(self, pladstilbud_id: UUID) -> dict[str, Any]:
        viste = self._viste([pladstilbud_id])
        if not viste:
            raise Http404
        return viste[0]


class AllePladstilbud(_Udbud):
    """The places the actor has offered or been offered."""

    kraever: ClassVar = {"GET": Rettighed.RESERVATIONER_LAES}
    soegeord: ClassVar = (soegeord("tilstand", "Flere betyder en af dem.", flere=True, ord_=TILSTANDE), *SIDER)

    @extend_schema(summary="Tilbud om plads", responses=liste(PladstilbudUd))
    def get(self, request: Request) -> Response:
        """As buyer for an authority's client, as the one who offers for an operator's; newest first."""
        fundne = queries.udbudte(self.aktoer, nu())
        if tilstande := request.query_params.getlist("tilstand"):
            fundne = fundne.filter(aktuel_tilstand__in=tilstande)
        svar = side(request, fundne.values("id", "givet"), ["-givet", "-id"], dict)
        svar.data["resultater"] = self._viste([raekke["id"] for raekke in svar.data["resultater"]])
        return svar


class NytPladstilbud(_Udbud):
    """An offer of a place after an enquiry."""

    kraever: ClassVar = {"POST": Rettighed.RESERVATIONER_SKRIV}

    @extend_schema(
        summary="Tilbyd en plads efter en forespørgsel",
        parameters=[GENTAGELSE],
        request=PladstilbudInd,
        responses=en(PladstilbudUd, AFSLAG, status=201),
    )
    def post(self, request: Request, aaben_forespoergsel_id: UUID) -> Response:
        """By the operator that is asked. An enquiry that awaits an answer is accepted by it. 409 while another offer of a place is open."""
        return gentagelig(request, self.aktoer.identitet, lambda: self._giv(request, aaben_forespoergsel_id))

    def _giv(self, request: Request, aaben_forespoergsel_id: UUID) -> Response:
        ind = PladstilbudInd(data=request.data)
        ind.is_valid(raise_exception=True)
        sagt = ind.validated_data
        if (
            not queries.henvendelser(self.aktoer)
            .filter(pk=sagt["henvendelseId"], forespoergsel=aaben_forespoergsel_id)
            .exists()
        ):
            raise Http404
        pris, felter = laes_pris(Indhold(data=ind.prisdata))
        if pris is None:
            raise UgyldigtInput("ugyldigt_pladstilbud", "Pladsen kan ikke tilbydes, før felterne er rettet.", felter)
        nyt = giv_pladstilbud(
            aktoer=self.aktoer,
            henvendelse_id=sagt["henvendelseId"],
            afdeling_id=sagt["afdelingId"],
            plads_id=sagt.get("pladsId"),
            periode=ind.periode,
            pris=pris,
        )
        return Response(self._et(nyt.pk), status=201, headers={"Location": f"/api/v1/pladstilbud/{nyt.pk}"})


class EtPladstilbud(_Udbud):
    """One offer of a place."""

    kraever: ClassVar = {"GET": Rettighed.RESERVATIONER_LAES}

    @extend_schema(summary="Et tilbud om plads", responses=en(PladstilbudUd, IKKE_AENDRET))
    def get(self, request: Request, pladstilbud_id: UUID) -> Response:
        """For its two parties; others get 404."""
        return med_etag(request, self._et(pladstilbud_id))


class Pladstilbudsbeslutninger(_Udbud):
    """The decision about an offer of a place."""

    kraever: ClassVar = {"POST": Rettighed.RESERVATIONER_SKRIV}

    @extend_schema(
        summary="Reservér den tilbudte plads, afvis den, eller træk den tilbage",
        parameters=[GENTAGELSE],
        request=PladstilbudsbeslutningInd,
        responses=en(PladstilbudUd, AFSLAG, status=201),
    )
    def post(self, request: Request, pladstilbud_id: UUID) -> Response:
        """Taking it reserves the place by the enquiry's need (`reservationId`). 409 when it has run out, fallen with its enquiry, or the place is taken."""
        return gentagelig(request, self.aktoer.identitet, lambda: self._afgoer(request, pladstilbud_id))

    def _afgoer(self, request: Request, pladstilbud_id: UUID) -> Response:
        sagt = laes(PladstilbudsbeslutningInd, request)
        grund = sagt.get("grund")
        afgoer_pladstilbud(
            aktoer=self.aktoer,
            pladstilbud_id=pladstilbud_id,
            udfald=Udfald(sagt["udfald"]),
            indhold=Indhold(Grund(grund) if grund else None, sagt["bemaerkning"]),
        )
        return Response(self._et(pladstilbud_id), status=201)
