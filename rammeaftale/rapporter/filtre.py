"""What a client can narrow the list of reports to; the same as the archive's page."""

from collections.abc import Sequence

from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from faelles.aktoer import Aktoer
from faelles.models import JobStatus
from faelles.openapi import soegeord
from rammeaftale.filtre import RAMMEAFTALE, rammeaftale
from rammeaftale.rapporter.models import Rapport
from rammeaftale.rapporter.querysets import RapportQuerySet
from rammeaftale.rapporter.register import RAPPORTTYPER
from rammeaftale.rapporter.udgaver import Udgave
from takster.api import laes_aar

SOEGEORD: Sequence[OpenApiParameter] = (
    soegeord("tekst", "Ord, der alle står i aftalens eller KKR'ets navn, i det, der er skrevet i kapitlerne, eller i grunden til, at den er trukket tilbage."),
    RAMMEAFTALE,
    soegeord("type", "Flere betyder en af dem.", flere=True, ord_=[*RAPPORTTYPER]),
    soegeord("aar", "Året, dens data er læst i; bestilt i, hvor de ikke er læst endnu.", int),
    soegeord("udgave", "Flere betyder en af dem.", flere=True, ord_=[udgave.value for udgave in Udgave]),
    soegeord("status", "Flere betyder en af dem.", flere=True, ord_=JobStatus.values),
)  # fmt: skip


def valgte(request: Request, aktoer: Aktoer) -> RapportQuerySet[Rapport]:
    """The reports the actor may see that the query asks for. Raises UgyldigtInput for an agreement the actor does not see, and for what
    is no year.
    """
    query = request.query_params
    fundne = Rapport.objects.synlige_for(aktoer)
    if tekst := query.get("tekst"):
        fundne = fundne.soeg(tekst)
    if aftale := rammeaftale(request, aktoer):
        fundne = fundne.filter(version__aftale=aftale)
    if typer := query.getlist("type"):
        fundne = fundne.filter(type__in=typer)
    if aar := query.get("aar"):
        fundne = fundne.fra_aar(laes_aar(aar))
    if udgaver := query.getlist("udgave"):
        fundne = fundne.i_udgave([Udgave(navn) for navn in udgaver])
    if stande := query.getlist("status"):
        fundne = fundne.filter(job__status__in=stande)
    return fundne
