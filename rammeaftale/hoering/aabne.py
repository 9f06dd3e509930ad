"""The hearings that are out, read along with their agreements: the start page has no statement to spare for them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from faelles.sprog import sortnoegle
from rammeaftale.models import Hoering, Rammeaftale


@dataclass(frozen=True, slots=True)
class AabenHoering:
    """A hearing that is out: how many are asked, and how many have answered."""

    id: UUID
    titel: str
    frist: date
    modtagere: int
    besvaret: int
    overskredet: bool


def med_aabne_hoeringer(aftaler: QuerySet[Rammeaftale]) -> QuerySet[Rammeaftale]:
    """The agreements with their open hearings, in the same statement."""
    aabne = (
        Hoering.objects.filter(version__aftale=OuterRef("pk"), sendt__isnull=False, afsluttet=None)
        .annotate(
            spurgte=Count("modtagere", distinct=True),
            svarede=Count("modtagere__links__svar__link__modtager", distinct=True),
        )
        .order_by("frist", "id")
        .values(json=JSONObject(id="id", titel="titel", frist="frist", modtagere="spurgte", besvaret="svarede"))
    )
    return aftaler.annotate(aabne_hoeringer=ArraySubquery(aabne))


def aabne_hoeringer(aftaler: Iterable[Rammeaftale], dag: date) -> list[AabenHoering]:
    """Those of agreements read `med_aabne_hoeringer`, the nearest deadline first."""
    alle = [_laes(raa, dag) for aftale in aftaler for raa in vars(aftale)["aabne_hoeringer"]]
    return sorted(alle, key=lambda hoering: (hoering.frist, sortnoegle(hoering.titel), str(hoering.id)))


def _laes(raa: Mapping[str, Any], dag: date) -> AabenHoering:
    frist = date.fromisoformat(raa["frist"])
    return AabenHoering(UUID(raa["id"]), raa["titel"], frist, raa["modtagere"], raa["besvaret"], dag > frist)
