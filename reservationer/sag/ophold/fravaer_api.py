"""A stay's absences over REST, those that were put right too."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.openapi import SIDER, liste
from faelles.sider import side
from faelles.tid import Periode, idag, rfc3339
from kommuner.adgang import log_laesning
from kommuner.api_base import Ressource
from reservationer.sag.models import Fravaer
from reservationer.sag.ophold import queries
from reservationer.sag.ophold.apiformer import FravaerUd
from reservationer.sag.ophold.frister import EN_DAG
from reservationer.sag.querysets import mit_ansvar_til

FELTER = ("id", "art", "periode", "betalingsprocent", "erstatter_id", "rettet", "mit_ansvar_til")


class OpholdetsFravaer(Ressource):
    """The absences of a stay."""

    gemmes = "private, no-store"
    kraever: ClassVar = {"GET": Rettighed.RESERVATIONER_LAES}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Et opholds fravær", responses=liste(FravaerUd))
    def get(self, request: Request, ophold_id: UUID) -> Response:
        """In the order of their days, none longer than the municipality's responsibility. It is reported, put right and taken away with `POST /ophold/{id}/beslutninger`."""
        fundet = queries.find(self.aktoer, ophold_id, idag())
        if fundet is None:
            raise Http404
        log_laesning(self.aktoer, "ophold", queries.laeste([fundet]))
        mit = mit_ansvar_til(self.aktoer, "ophold__")
        raekker = Fravaer.objects.synlige_for(self.aktoer).filter(ophold=ophold_id).annotate(mit_ansvar_til=mit)
        return side(request, raekker.values(*FELTER), ["periode", "id"], _vis)


def _vis(r: Mapping[str, Any]) -> dict[str, Any]:
    dage = Periode.af_range(r["periode"])
    slut = min(filter(None, (dage.til, r["mit_ansvar_til"])))
    return {
        "id": str(r["id"]),
        "fravaersart": r["art"],
        "fra": dage.fra.isoformat(),
        "til": (slut - EN_DAG).isoformat(),
        "betalingsprocent": f"{r['betalingsprocent']:.2f}",
        "erstatterId": r["erstatter_id"] and str(r["erstatter_id"]),
        "rettet": r["rettet"] and rfc3339(r["rettet"]),
    }
