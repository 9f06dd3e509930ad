"""What a client can narrow the list of hearings to."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Q, QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from faelles.aktoer import Aktoer
from faelles.fejl import UgyldigtInput
from faelles.openapi import soegeord
from rammeaftale.hoering.regler import Hoeringsstand
from rammeaftale.models import Hoering, Rammeaftale

_STAND: Mapping[Hoeringsstand, Q] = {
    Hoeringsstand.KLADDE: Q(sendt=None),
    Hoeringsstand.SENDT: Q(sendt__isnull=False, afsluttet=None),
    Hoeringsstand.AFSLUTTET: Q(afsluttet__isnull=False),
}
SOEGEORD: Sequence[OpenApiParameter] = (
    soegeord("rammeaftaleId", "Rammeaftalens id.", UUID),
    soegeord("stand", "Flere betyder en af dem.", flere=True, ord_=[stand.value for stand in Hoeringsstand]),
)


def valgte(request: Request, aktoer: Aktoer) -> QuerySet[Hoering]:
    """The hearings the actor may see that the query asks for. Raises UgyldigtInput for an agreement the actor does not see: an empty
    answer would hide the mistake.
    """
    fundne = Hoering.objects.filter(pk__in=Hoering.objects.synlige_for(aktoer).order_by().values("pk"))
    if aftale := request.query_params.get("rammeaftaleId"):
        fundne = fundne.filter(version__aftale=_aftale(aktoer, aftale))
    om = Q()
    for navn in request.query_params.getlist("stand"):
        om |= _STAND[Hoeringsstand(navn)]
    return fundne.filter(om)


def _aftale(aktoer: Aktoer, tekst: str) -> UUID:
    felt = "rammeaftaleId"
    try:
        fundet = UUID(tekst)
    except ValueError:
        raise UgyldigtInput("ugyldig_id", f"{felt} skal være et UUID.", {felt: ["Ikke et UUID."]}) from None
    if not Rammeaftale.objects.synlige_for(aktoer).filter(pk=fundet).exists():
        besked = f"{felt}: værdien kendes ikke. De mulige står i /rammeaftaler."
        raise UgyldigtInput("ugyldigt_soegeord", besked, {felt: ["Aftalen findes ikke."]})
    return fundet
