"""The open data's addresses: what it is, a page of offers, one offer. Counted per address, since nobody logs in."""

from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from rest_framework import serializers
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from faelles.cpr import BESKED, find_cpr
from faelles.fejl import IkkeFundet, UgyldigtInput
from faelles.graenser import Graense, brug, klientadresse
from faelles.tid import idag
from tilbud.aabnedata.hsds import VERSION, service, side
from tilbud.aabnedata.queries import aabne, laes, med_offentligt_id

PR_SIDE, HOEJST = 50, 100
GEMMES = "public, max-age=300"  # seconds a cache on the way may keep an answer: offers do not change by the minute


class Soegeord(serializers.Serializer[dict[str, Any]]):
    """The query parameters of the standard that a list of services has here."""

    page = serializers.IntegerField(min_value=1, max_value=100_000, default=1)
    per_page = serializers.IntegerField(min_value=1, max_value=HOEJST, default=PR_SIDE)
    full = serializers.BooleanField(default=False)
    search = serializers.CharField(max_length=80, default="", allow_blank=True)
    modified_after = serializers.DateTimeField(default=None)
    organization_id = serializers.UUIDField(default=None)
    taxonomy_term_id = serializers.UUIDField(default=None)
    format = serializers.ChoiceField(choices=["json"], default="json")


class Aaben(APIView):
    """Base: open to everybody, JSON only, the same limit for all addresses of the open data together."""

    authentication_classes: list[Any] = []
    permission_classes: list[Any] = []
    renderer_classes = [JSONRenderer]
    http_method_names = ["get", "head"]
    schema = None  # the standard's own document describes it
    soegeord: ClassVar[frozenset[str]] = frozenset()

    def perform_content_negotiation(self, request: Request, force: bool = False) -> tuple[BaseRenderer, str]:  # noqa: FBT001, FBT002, ARG002 - DRF's signature
        """JSON whatever is asked for; another `format` is a fault of the question (`Soegeord`)."""
        renderer = self.get_renderers()[0]
        return renderer, str(renderer.media_type)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Count, and refuse what is not asked for here. Raises ForMange (429), UgyldigtInput."""
        super().initial(request, *args, **kwargs)
        brug(Graense.AABEN, klientadresse(request))
        if any(find_cpr(dict(request.query_params.lists()))):
            raise UgyldigtInput("cpr_nummer", BESKED)
        ukendte = sorted(set(request.query_params) - self.soegeord)
        if ukendte:
            har = ", ".join(sorted(self.soegeord)) or "ingen"
            felter = {navn: ["Søgeordet findes ikke her."] for navn in ukendte}
            raise UgyldigtInput("ugyldigt_soegeord", f"Et søgeord kendes ikke. Her er: {har}.", felter)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """A good answer may be kept for a while by anybody; a refusal by nobody."""
        svar: Response = super().finalize_response(request, response, *args, **kwargs)
        if svar.status_code == 200:  # noqa: PLR2004 - OK
            svar["Cache-Control"] = GEMMES
            svar["Cross-Origin-Resource-Policy"] = "cross-origin"
        return svar


class FindesIkke(Aaben):
    """Any other address here: a program gets a problem it can read, never a page."""

    def get(self, _request: Request, **_led: str) -> Response:
        """Whatever was meant."""
        raise IkkeFundet("ikke_fundet", "Adressen findes ikke blandt de åbne data.")


class Om(Aaben):
    """What this is: HSDS's own page about an API."""

    def get(self, _request: Request) -> Response:
        """The version of the standard, and where it is described."""
        return Response(
            {
                "version": VERSION,
                "profile": "https://docs.openreferral.org/en/3.1/",
                "openapi_url": "https://raw.githubusercontent.com/openreferral/specification/3.1/schema/openapi.json",
                "description": "Åbne sociale tilbud fra rammeaftalernes pladsregister. Uden ledige pladser og uden beskyttede adresser.",
                "publisher": {"name": "Rammeaftale", "email": settings.DEFAULT_FROM_EMAIL},
            }
        )


class Liste(Aaben):
    """A page of offers."""

    soegeord = frozenset(Soegeord().fields)

    def get(self, request: Request) -> Response:
        """Without `full` each offer has what there is one of; a page after the last is empty."""
        valgt = Soegeord(data=request.query_params.dict())
        valgt.is_valid(raise_exception=True)
        data = valgt.validated_data
        dag = idag()
        fundne = aabne(
            dag,
            tekst=data["search"],
            aendret=data["modified_after"],
            driftsherre=data["organization_id"],
            maerke=data["taxonomy_term_id"],
        )
        nummer, pr_side = data["page"], data["per_page"]
        udsnit = fundne[(nummer - 1) * pr_side : nummer * pr_side]
        indhold = [service(tilbud, fuld=data["full"]) for tilbud in laes(udsnit, dag)]
        return Response(side(indhold, nummer=nummer, pr_side=pr_side, i_alt=fundne.count()))


class Et(Aaben):
    """One offer with everything."""

    def get(self, _request: Request, tilbud_id: UUID) -> Response:
        """Raises IkkeFundet for one that is closed or does not exist."""
        dag = idag()
        fundet = laes(med_offentligt_id(aabne(dag), tilbud_id), dag)
        if not fundet:
            raise IkkeFundet("ikke_fundet", "Tilbuddet findes ikke, eller det er lukket.")
        return Response(service(fundet[0], fuld=True))
