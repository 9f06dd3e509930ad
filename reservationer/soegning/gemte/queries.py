"""Reading saved searches."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from faelles.aktoer import Aktoer
from reservationer.soegning.gemte.koder import KanIkkeLaeses, forespoergsel, fra_json
from reservationer.soegning.models import GemtSoegning, Soegefund


@dataclass(frozen=True, slots=True)
class GemtVisning:
    """A saved search: where it is searched again, what fits, and what of it is new.

    `forespoergsel` is nothing when its days are over, and None when it can no longer be read.
    """

    soegning: GemtSoegning
    forespoergsel: str | None
    fund: Sequence[Soegefund]
    min: bool

    @property
    def nye(self) -> int:
        """How many fits were told and nobody has seen."""
        return sum(fund.meldt is not None and fund.kvitteret is None for fund in self.fund)


def gemte(aktoer: Aktoer, dag: date) -> list[GemtVisning]:
    """The municipality's saved searches, the latest first, with what fits them now. Two statements however many."""
    soegninger = list(GemtSoegning.objects.synlige_for(aktoer))
    fund: dict[object, list[Soegefund]] = {}
    aktuelle = Soegefund.objects.synlige_for(aktoer).aktuelle().select_related("afdeling__tilbud")
    for et in aktuelle.order_by("-fundet", "-pk"):
        fund.setdefault(et.soegning_id, []).append(et)
    return [
        GemtVisning(
            soegning=en,
            forespoergsel=_forespoergsel(en, dag),
            fund=fund.get(en.pk, ()),
            min=aktoer.identitet == en.identitet,
        )
        for en in soegninger
    ]


def _forespoergsel(soegning: GemtSoegning, dag: date) -> str | None:
    try:
        profil = fra_json(soegning.profil, dag)
    except KanIkkeLaeses:
        return None
    return forespoergsel(profil) if profil else ""


def med_antal(aktoer: Aktoer) -> QuerySet[GemtSoegning]:
    """The municipality's saved searches with how many departments fit now and since when the latest does."""
    aktuelle = Q(fund__ophoert=None)
    return GemtSoegning.objects.synlige_for(aktoer).annotate(
        antal_fund=Count("fund", filter=aktuelle), seneste_fund=Max("fund__fundet", filter=aktuelle)
    )


def fund_til(aktoer: Aktoer, soegning_id: UUID) -> list[Soegefund]:
    """What fits a saved search now, the latest first; nothing when it is another municipality's."""
    aktuelle = Soegefund.objects.synlige_for(aktoer).aktuelle().filter(soegning=soegning_id)
    return list(aktuelle.select_related("afdeling__tilbud").order_by("-fundet", "-pk"))


def nye_fund(aktoer: Aktoer) -> list[Soegefund]:
    """What has begun to fit the municipality's saved searches and nobody has seen, the latest first."""
    nye = Soegefund.objects.synlige_for(aktoer).nye()
    return list(nye.select_related("soegning", "afdeling__tilbud").order_by("-fundet", "-pk"))
