"""What every resource of the API is: closed unless a right is named, asked for somebody, attributable."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.utils.cache import patch_vary_headers
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from faelles.afsender import er_aktoer
from faelles.aktoer import Aktoer, Rettighed
from faelles.cpr import BESKED, find_cpr
from faelles.fejl import UgyldigtInput
from faelles.graenser import Forbrug, Graense, brug
from faelles.idempotens import HOVED
from faelles.rettigheder import KraeverRettighed
from faelles.scope import saet_database_aktoer
from faelles.soegeord import kraev_kendte
from kommuner.adgang import LAESNING


class Ressource(APIView):
    """Base of all resources. `kraever` names the right per method; what it does not name cannot be called.

    `typede` are keys of the body or the query whose values are identifiers with a validator of their own (a P-number not
    yet registered): the CPR guard lets them be. `soegeord` are the query parameters of its GET; any other is refused.
    """

    kraever: ClassVar[Mapping[str, Rettighed]] = {}
    typede: ClassVar[frozenset[str]] = frozenset()
    soegeord: ClassVar[Sequence[OpenApiParameter]] = ()
    graense: ClassVar[Graense | None] = None  # of its reading
    skrivegraense: ClassVar[Graense] = Graense.API_SKRIV  # of all else, which is always counted
    gemmes: ClassVar[str] = "private, no-cache"  # a copy may be kept by the client itself, and asked about each time
    permission_classes = [KraeverRettighed]
    http_method_names = ["get", "head", "post", "put", "delete"]  # no OPTIONS: the OpenAPI document describes the API
    _forbrug: Forbrug | None = None

    @property
    def aktoer(self) -> Aktoer:
        """The organisation and function the token's client acts for."""
        aktoer: Aktoer = self.request.user.aktoer  # type: ignore[union-attr]  # Klientbruger, by KlientAuthentication
        return aktoer

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """After authentication: count, tell the database who asks, and the history who changes. Raises ForMange (429)."""
        super().initial(request, *args, **kwargs)
        if begraenset := self.graense if request.method in LAESNING else self.skrivegraense:
            self._forbrug = brug(begraenset, self.aktoer.identitet)
        self._vogt(request)
        kraev_kendte(request.query_params, self.soegeord if request.method in {"GET", "HEAD"} else ())
        saet_database_aktoer(self.aktoer)
        er_aktoer(self.aktoer)

    def _vogt(self, request: Request) -> None:
        """Refuse a CPR number wherever a client can send a string: query, body (known keys or not) and idempotency key."""
        sendt: list[dict[str, Any]] = [dict(request.query_params.lists()), {HOVED: request.headers.get(HOVED, "")}]
        fundet = [navn.split("/")[0] for data in sendt for navn in find_cpr(data, self.typede)]
        if request.method not in {"GET", "HEAD", "OPTIONS"}:
            fundet += find_cpr(request.data, self.typede)
        if fundet:
            raise UgyldigtInput("cpr_nummer", BESKED, {felt: [BESKED] for felt in fundet})

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """The version on every answer, and what is left of a limit; no answer is kept by a cache on the way."""
        svar: Response = super().finalize_response(request, response, *args, **kwargs)
        svar["API-Version"] = settings.VERSION
        patch_vary_headers(svar, ["Authorization"])
        svar["Cache-Control"] = self.gemmes
        if forbrug := self._forbrug:
            svar["RateLimit-Policy"] = f'"{forbrug.graense}";q={forbrug.hoejst};w={forbrug.periode}'
            svar["RateLimit"] = f'"{forbrug.graense}";r={forbrug.rest};t={forbrug.vent}'
        return svar
