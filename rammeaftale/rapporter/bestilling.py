"""What may be ordered, and of what."""

from typing import Any

from django.db.models import Q, QuerySet

from faelles.aktoer import Aktoer, Funktion, Rettighed
from kommuner.models import Kommune
from rammeaftale.models import Part, Rammeaftale
from rammeaftale.querysets import har_ikke_forladt
from rammeaftale.rapporter.register import RAPPORTTYPER


def kommuner_i_aftalen(*aftaler: Rammeaftale) -> QuerySet[Kommune]:
    """The municipalities that are, or are to be, party to the agreements, in Danish order."""
    parter = Part.objects.filter(har_ikke_forladt(), aftale__in=aftaler)
    return Kommune.objects.filter(organisation__in=parter.values("organisation")).defer("graense")


def maa_bestille_egen(aktoer: Aktoer) -> bool:
    """Whether the actor may order reports on its own municipality: nothing is hidden in them, so it takes the right to see stays."""
    rettigheder = (Rettighed.RAPPORTER_BESTIL, Rettighed.RESERVATIONER_LAES)
    return aktoer.funktion is Funktion.MYNDIGHED and all(map(aktoer.maa, rettigheder))


def bestilling(aktoer: Aktoer) -> dict[str, Any]:
    """What the order forms offer: agreements, the types about a whole agreement, those about a municipality, and which ones."""
    aftaler = _aftaler(aktoer)
    sekretariat = aktoer.funktion is Funktion.SEKRETARIAT
    return {
        "aftaler": aftaler,
        "typer": [type_ for type_ in RAPPORTTYPER.values() if sekretariat and not type_.om_kommune],
        "kommunetyper": [type_ for type_ in RAPPORTTYPER.values() if type_.om_kommune],
        "kommuner": list(kommuner_i_aftalen(*aftaler)) if sekretariat and aftaler else [],
    }


def _aftaler(aktoer: Aktoer) -> list[Rammeaftale]:
    """With a version: the secretariat's own, or those the municipality is party to."""
    if aktoer.funktion is Funktion.SEKRETARIAT and aktoer.maa(Rettighed.RAPPORTER_BESTIL):
        egne = Q(kkr__sekretariat=aktoer.organisation_id)
    elif maa_bestille_egen(aktoer):
        parter = Part.objects.filter(har_ikke_forladt(), organisation=aktoer.organisation_id)
        egne = Q(pk__in=parter.values("aftale"))
    else:
        return []
    return list(Rammeaftale.objects.filter(egne, versioner__isnull=False).distinct())
