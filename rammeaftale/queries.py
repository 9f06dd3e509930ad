"""Read models of an agreement: where its parties stand."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet

from rammeaftale.livscyklus import Partsstatus
from rammeaftale.models import Godkendelse, Part, Version


@dataclass(frozen=True, slots=True)
class Partsstand:
    """A party and its latest step on a version (None: nothing registered yet)."""

    part: Part
    seneste: Godkendelse | None

    @property
    def status(self) -> Partsstatus:
        """Where the party stands."""
        return Partsstatus(self.seneste.status) if self.seneste else Partsstatus.AFVENTER


def partsstande(version: Version) -> list[Partsstand]:
    """Every party that is bound by the agreement when it begins, in Danish order, with its latest step on this version.

    A party whose period ended before the agreement's first day has been succeeded and decides nothing.
    """
    return partsstande_for([version])[version.id]


def partsstande_for(versioner: Collection[Version]) -> dict[UUID, list[Partsstand]]:
    """As `partsstande`, for several versions in two statements whatever their number."""
    parter = (
        Part.objects.filter(aftale__versioner__in=versioner, periode__overlap=F("aftale__periode"))
        .distinct()
        .select_related("organisation", "efterfoelger")
        .order_by("organisation__navn_sortering", "id")
    )
    seneste = {
        (godkendelse.version_id, godkendelse.part_id): godkendelse
        for godkendelse in Godkendelse.objects.filter(version__in=versioner).order_by("registreret", "id")
    }
    alle = list(parter)
    return {
        version.id: [
            Partsstand(part=part, seneste=seneste.get((version.id, part.id)))
            for part in alle
            if part.aftale_id == version.aftale_id
        ]
        for version in versioner
    }


def gaeldende_versioner(aftaler: Collection[UUID]) -> dict[UUID, Version]:
    """By agreement: the latest version sent for approval, else the latest of all. Agreements without a version are left out."""
    versioner = (
        Version.objects.filter(aftale__in=aftaler)
        .select_related("aftale__kkr")
        .annotate(usendt=ExpressionWrapper(Q(sendt__isnull=True), output_field=BooleanField()))
        .order_by("aftale_id", "usendt", "-nummer")
        .distinct("aftale_id")
    )
    return {version.aftale_id: version for version in versioner}


def gaeldende_version(aftale_id: UUID) -> Version | None:
    """The latest version sent for approval, else the latest of all."""
    return gaeldende_versioner([aftale_id]).get(aftale_id)


def trin_for(part: Part) -> QuerySet[Godkendelse]:
    """Every step the party has taken, latest first."""
    return Godkendelse.objects.filter(part=part).select_related("version").order_by("-registreret", "-id")
