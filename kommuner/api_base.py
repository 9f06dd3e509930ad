"""What every resource of the API is: closed unless a right is named, asked for somebody, attributable."""

from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any, ClassVar

from django.conf import settings
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from faelles.aktoer import Aktoer, Rettighed
from faelles.ids import uuid7
from faelles.rettigheder import KraeverRettighed
from faelles.scope import saet_database_aktoer
from kommuner.historik import kontekst


class Ressource(APIView):
    """Base of all resources. `kraever` names the right per method; what it does not name cannot be called."""

    kraever: ClassVar[Mapping[str, Rettighed]] = {}
    permission_classes = [KraeverRettighed]
    http_method_names = ["get", "head", "post", "delete"]  # no OPTIONS: the OpenAPI document describes the API
    _stak: ExitStack

    @property
    def aktoer(self) -> Aktoer:
        """The organisation and function the token's client acts for."""
        aktoer: Aktoer = self.request.user.aktoer  # type: ignore[union-attr]  # Klientbruger, by KlientAuthentication
        return aktoer

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """After authentication: tell the database who asks, and the history who changes."""
        super().initial(request, *args, **kwargs)
        saet_database_aktoer(self.aktoer)
        if request.method not in {"GET", "HEAD", "OPTIONS"}:
            self._stak.enter_context(kontekst(self.aktoer, sti=request.path, forespoergsel=str(uuid7())))

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """As DRF's, inside a stack that closes the history context whatever happens."""
        with ExitStack() as self._stak:
            return super().dispatch(request, *args, **kwargs)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """The version on every answer; answers about tenants are never kept by a cache on the way."""
        svar: Response = super().finalize_response(request, response, *args, **kwargs)
        svar["API-Version"] = settings.VERSION
        svar["Cache-Control"] = "private, no-cache"
        return svar
