"""The planned reports somebody may see."""

from django.db.models import QuerySet

from faelles.aktoer import Aktoer
from rammeaftale.rapporter.bestilling import bestillelige
from rammeaftale.rapporter.models import Rapportplan


def planer_for(aktoer: Aktoer) -> QuerySet[Rapportplan]:
    """Those of the agreements the actor may order reports of, the next one first."""
    return (
        Rapportplan.objects.filter(aftale__in=bestillelige(aktoer))
        .select_related("aftale")
        .order_by("naeste", "aftale__titel", "type")
    )
