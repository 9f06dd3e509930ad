"""Reading bodies with their members."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from faelles.aktoer import Aktoer, Rettighed
from faelles.sprog import sortnoegle
from faelles.tid import Periode
from rammeaftale.models import Organ, Organmedlem
from rammeaftale.organer.regler import Hverv, sammensaetning


@dataclass(frozen=True, slots=True)
class Organvisning:
    """A body as it is on a day; `medlemmer` are all memberships, earlier and coming ones too."""

    organ: Organ
    bestaar: bool
    medlemmer: Sequence[Organmedlem]
    sammensaetning: str
    formand: str


def med_medlemmer(organer: QuerySet[Organ]) -> QuerySet[Organ]:
    """With the KKR and every membership in Danish order, in two statements more."""
    medlemmer = Organmedlem.objects.select_related("organisation").order_by("organisation__navn_sortering", "periode")
    return organer.select_related("kkr").prefetch_related(Prefetch("medlemmer", queryset=medlemmer))


def vis(organer: Iterable[Organ], dag: date) -> list[Organvisning]:
    """Bodies with their members loaded, as they are on the day, in Danish order."""
    return [_vis(organ, dag) for organ in i_orden(organer)]


def i_orden(organer: Iterable[Organ]) -> list[Organ]:
    """In Danish order; of the same name, by KKR."""
    return sorted(organer, key=lambda organ: (sortnoegle(organ.navn), sortnoegle(organ.kkr.navn)))


def _vis(organ: Organ, dag: date) -> Organvisning:
    alle = list(organ.medlemmer.all())
    nu = [m for m in alle if dag in m.periode]
    return Organvisning(
        organ=organ,
        bestaar=dag in organ.periode,
        medlemmer=alle,
        sammensaetning=sammensaetning(m.organisation.art for m in nu),
        formand=next((m.organisation.navn for m in nu if m.hverv == Hverv.FORMAND), ""),
    )


def maa_skrive(aktoer: Aktoer, organ: Organ) -> bool:
    """Whether the actor is the secretariat of the body's KKR."""
    return aktoer.maa(Rettighed.AFTALER_SKRIV) and organ.kkr.sekretariat_id == aktoer.organisation_id


HOVED = ("Organ", "Art", "KKR", "Oprettet", "Sidste dag", "Medlem", "Hverv", "Medlem fra", "Medlem til og med")


def raekker_ud(organer: Iterable[Organ]) -> Iterator[Sequence[Any]]:
    """A row for each membership, the bodies in Danish order; a body without members has one."""
    for organ in i_orden(organer):
        periode = Periode.af_range(organ.periode)
        fast = (organ.navn, organ.get_art_display(), organ.kkr.navn, periode.fra, periode.sidste_dag)
        medlemmer = list(organ.medlemmer.all())
        for m in medlemmer:
            dage = Periode.af_range(m.periode)
            yield (*fast, m.organisation.navn, m.get_hverv_display(), dage.fra, dage.sidste_dag)
        if not medlemmer:
            yield (*fast, "", "", None, None)
