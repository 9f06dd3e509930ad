"""What a client can narrow the list of hearings to."""

from collections.abc import Mapping, Sequence

from django.db.models import Q, QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from faelles.aktoer import Aktoer
from faelles.openapi import soegeord
from rammeaftale.filtre import RAMMEAFTALE, rammeaftale
from rammeaftale.hoering.regler import Hoeringsstand
from rammeaftale.models import Hoering

_STAND: Mapping[Hoeringsstand, Q] = {
    Hoeringsstand.KLADDE: Q(sendt=None),
    Hoeringsstand.SENDT: Q(sendt__isnull=False, afsluttet=None),
    Hoeringsstand.AFSLUTTET: Q(afsluttet__isnull=False),
}
SOEGEORD: Sequence[OpenApiParameter] = (
    RAMMEAFTALE,
    soegeord("stand", "Flere betyder en af dem.", flere=True, ord_=[stand.value for stand in Hoeringsstand]),
)


def valgte(request: Request, aktoer: Aktoer) -> QuerySet[Hoering]:
    """The hearings the actor may see that the query asks for. Raises UgyldigtInput for an agreement the actor does not see."""
    fundne = Hoering.objects.filter(pk__in=Hoering.objects.synlige_for(aktoer).order_by().values("pk"))
    if aftale := rammeaftale(request, aktoer):
        fundne = fundne.filter(version__aftale=aftale)
    om = Q()
    for navn in request.query_params.getlist("stand"):
        om |= _STAND[Hoeringsstand(navn)]
    return fundne.filter(om)
