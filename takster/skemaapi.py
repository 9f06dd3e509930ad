"""Budgets and accounts from a workbook over REST: tried without storing anything, and stored as drafts, all of them or none.

What is stored is what people go on with: they compute, approve and publish, or close the accounts. No system can.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any, ClassVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.fejl import UgyldigtInput
from faelles.idempotens import gentagelig
from faelles.openapi import GENTAGELSE, KONFLIKT, en
from faelles.regneark.indlaesning import Raekkefejl
from kommuner.api_base import Ressource
from takster.apiformer import IndlaestUd, ProeveUd
from takster.budget import indlaesning as budgetter
from takster.models import Budget, Regnskab
from takster.regnskab import indlaesning as regnskaber
from takster.skemaark import Proeve
from tilbud.registerimport.api import XLSX, XlsxKrop

FILNAVN = ".xlsx"


FIL = {(XLSX): OpenApiTypes.BINARY}
INDLAEST = en(IndlaestUd, KONFLIKT, status=201)


class _Skemafil(Ressource):
    """A workbook as a body: `proev` and `gem` as `proev_fil` and `indlaes` of what it holds."""

    kraever: ClassVar = {"POST": Rettighed.TAKSTER_INDLAES}
    parser_classes = [XlsxKrop]
    proev: ClassVar[Callable[..., Proeve[Any]]]
    gem: ClassVar[Callable[..., Sequence[Budget | Regnskab]]]

    def _proevet(self, request: Request) -> Proeve[Any]:
        """Raises UgyldigtInput `fil_ulaeselig` when it cannot be taken at all."""
        if not isinstance(request.data, dict) or "fil" not in request.data:
            raise UgyldigtInput("fil_ulaeselig", "Filen er tom.", {"fil": ["Filen er tom."]})
        return self.proev(aktoer=self.aktoer, fil=request.data["fil"], filnavn=FILNAVN)

    def _vis(self, request: Request) -> Response:
        proeve = self._proevet(request)
        raekker = [{"tilbudId": str(et.tilbud_id), "tilbud": et.navn, "aar": et.aar} for et in proeve.raekker]
        fejl = [{"nummer": nummer, **asdict(en)} for nummer, en in enumerate(proeve.fejl, start=1)]
        return Response({"raekker": raekker, "fejl": fejl})

    def _gentag(self, request: Request) -> Response:
        return gentagelig(request, self.aktoer.identitet, lambda: self._indlaes(request))

    def _indlaes(self, request: Request) -> Response:
        proeve = self._proevet(request)
        if proeve.fejl:
            besked = "Filen har fejl, så intet er gemt. Ret dem alle, og send den igen."
            raise UgyldigtInput("fil_har_fejl", besked, {"fil": [_i_ord(en) for en in proeve.fejl]})
        gemte = self.gem(aktoer=self.aktoer, raekker=proeve.raekker)
        kladder = [{"id": str(et.pk), "tilbudId": str(et.tilbud_id), "aar": et.aar} for et in gemte]
        return Response({"kladder": kladder}, status=201)


def _i_ord(fejl: Raekkefejl) -> str:
    """`Linjer, række 7, Beløb (12x): Skriv et tal. …`"""
    sted = ", ".join(filter(None, (fejl.ark, f"række {fejl.raekke}" if fejl.raekke else "", fejl.kolonne)))
    vaerdi = f" ({fejl.vaerdi})" if fejl.vaerdi else ""
    return f"{sted}{vaerdi}: {fejl.regel} {fejl.rettelse}"


class _Budgetfil(_Skemafil):
    """Of budgets."""

    proev = staticmethod(budgetter.proev_fil)
    gem = staticmethod(budgetter.indlaes)


class _Regnskabsfil(_Skemafil):
    """Of accounts."""

    proev = staticmethod(regnskaber.proev_fil)
    gem = staticmethod(regnskaber.indlaes)


class Budgetproever(_Budgetfil):
    """Workbooks of budgets, tried."""

    @extend_schema(summary="Prøv en fil med budgetter", request=FIL, responses=en(ProeveUd))
    def post(self, request: Request) -> Response:
        """Nothing is stored. The workbook to fill in is on the page »Indlæs budgetter«."""
        return self._vis(request)


class Budgetimporter(_Budgetfil):
    """Workbooks of budgets, stored."""

    @extend_schema(
        summary="Indlæs en fil med budgetter som kladder", parameters=[GENTAGELSE], request=FIL, responses=INDLAEST
    )
    def post(self, request: Request) -> Response:
        """All or none, each in place of the content of one that is there. With a fault: 400 `fil_har_fejl`, which tells them all."""
        return self._gentag(request)


class Regnskabsproever(_Regnskabsfil):
    """Workbooks of accounts, tried."""

    @extend_schema(summary="Prøv en fil med regnskaber", request=FIL, responses=en(ProeveUd))
    def post(self, request: Request) -> Response:
        """Nothing is stored. The workbook to fill in is on the page »Indlæs regnskaber«."""
        return self._vis(request)


class Regnskabsimporter(_Regnskabsfil):
    """Workbooks of accounts, stored."""

    @extend_schema(
        summary="Indlæs en fil med regnskaber som kladder", parameters=[GENTAGELSE], request=FIL, responses=INDLAEST
    )
    def post(self, request: Request) -> Response:
        """All or none, each in place of the content of a draft that is there. With a fault: 400 `fil_har_fejl`, which tells them all."""
        return self._gentag(request)
