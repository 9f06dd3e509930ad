"""Reading saved searches."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet
from reservationer.soegning.gemte.koder import KanIkkeLaeses, forespoergsel, fra_json
from reservationer.soegning.models import GemtSoegning, Soegefund

FUND_OVER_REST = 100  # of what fits a search; the need itself finds them all


@dataclass(frozen=True, slots=True)
class GemtVisning:
    """A saved search: where it is searched again, what fits (`antal`, and the latest of them), and how many of them were told and nobody has seen (`nye`: all are among `fund`).

    `forespoergsel` is nothing when its days are over, and None when it can no longer be read.
    """

    soegning: GemtSoegning
    forespoergsel: str | None
    fund: Sequence[Soegefund]
    antal: int
    nye: int
    min: bool

    @property
    def senest(self) -> str:
        """When the latest of what is shown was found, to the microsecond."""
        return self.fund[0].fundet.isoformat() if self.fund else ""


def gemte(aktoer: Aktoer) -> QuerySet[GemtSoegning]:
    """The municipality's saved searches, the latest first."""
    return GemtSoegning.objects.synlige_for(aktoer)


def vist(
    aktoer: Aktoer, soegninger: Iterable[GemtSoegning], dag: date, *, hoejst: int | None = None
) -> list[GemtVisning]:
    """The searches with the latest of what fits them now, all, or `hoejst` of each and every one nobody has seen. One statement however many."""
    viste = list(soegninger)
    usete = Q(meldt__isnull=False, kvitteret=None)
    aktuelle = (
        Soegefund.objects.synlige_for(aktoer)
        .aktuelle()
        .filter(soegning__in=[en.pk for en in viste])
        .annotate(
            nummer=Window(RowNumber(), partition_by="soegning", order_by=["-fundet", "-pk"]),
            i_alt=Window(Count("pk"), partition_by="soegning"),
            nye=Window(Count("pk", filter=usete), partition_by="soegning"),
        )
        .select_related("afdeling__tilbud")
        .order_by("-fundet", "-pk")
    )
    fund: dict[object, list[Any]] = {}
    for et in aktuelle if hoejst is None else aktuelle.filter(Q(nummer__lte=hoejst) | usete):
        fund.setdefault(et.soegning_id, []).append(et)
    return [
        GemtVisning(
            soegning=en,
            forespoergsel=_forespoergsel(en, dag),
            fund=(sine := fund.get(en.pk, [])),
            antal=sine[0].i_alt if sine else 0,
            nye=sine[0].nye if sine else 0,
            min=aktoer.identitet == en.identitet,
        )
        for en in viste
    ]


def en_gemt(aktoer: Aktoer, soegning_id: UUID, *, laast: bool = False) -> GemtSoegning:
    """One of the municipality's saved searches, locked when it is to be deleted. Raises IkkeFundet when it is not its own."""
    egne = gemte(aktoer).select_for_update() if laast else gemte(aktoer)
    soegning = egne.filter(pk=soegning_id).first()
    if soegning is None:
        raise IkkeFundet("gemt_soegning_ikke_fundet", "Den gemte søgning findes ikke.")
    return soegning


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
    """The latest FUND_OVER_REST of what fits a saved search now; nothing when it is another municipality's."""
    aktuelle = Soegefund.objects.synlige_for(aktoer).aktuelle().filter(soegning=soegning_id)
    return list(aktuelle.select_related("afdeling__tilbud").order_by("-fundet", "-pk")[:FUND_OVER_REST])


def nye_fund(aktoer: Aktoer) -> QuerySet[Soegefund]:
    """What has begun to fit the municipality's saved searches and nobody has seen, the latest first."""
    nye = Soegefund.objects.synlige_for(aktoer).nye()
    return nye.select_related("soegning", "afdeling__tilbud").order_by("-fundet", "-pk")
