"""The reports an actor may see, as the pages and REST read them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet, Konflikt
from faelles.models import JobStatus
from rammeaftale.rapporter.forskelle import Postforskel, forskelle
from rammeaftale.rapporter.models import Rapport
from rammeaftale.rapporter.poster import Post
from rammeaftale.rapporter.querysets import DATAAAR, RapportQuerySet
from rammeaftale.rapporter.register import RAPPORTTYPER, rapporttype

FLEST = 100  # reports one can choose among


def synlige(aktoer: Aktoer) -> RapportQuerySet[Rapport]:
    """Without the snapshots themselves: they are long."""
    return (
        Rapport.objects.synlige_for(aktoer)
        .select_related("job", "version__aftale__kkr", "kommune", "oejebliksbillede", "udgivelse__tilbagetraekning")
        .defer("oejebliksbillede__data", "oejebliksbillede__tekster", "kommune__graense")
    )


def synlig(aktoer: Aktoer, rapport_id: UUID) -> Rapport:
    """Raises IkkeFundet when the actor sees no such report."""
    fundet = synlige(aktoer).filter(pk=rapport_id).first()
    if fundet is None:
        raise IkkeFundet("rapport_ikke_fundet", "Rapporten findes ikke.")
    return fundet


def poster(rapport: Rapport) -> tuple[Post, ...]:
    """The figures behind a report.

    Raises Konflikt when there are no data yet, or they were frozen in a shape this version no longer reads.
    """
    billede, type_ = rapport.oejebliksbillede, rapporttype(rapport.type)
    if billede is None:
        raise Konflikt("intet_oejebliksbillede", "Rapportens data er ikke samlet endnu.")
    if billede.skema_version != type_.skema_version:
        raise Konflikt(
            "gammelt_oejebliksbillede",
            "Rapporten er lavet med en ældre udgave af platformen. Dens tal står i PDF-filen og i øjebliksbilledet.",
        )
    return type_.poster(billede.data)


def forskelle_mellem(foer: Rapport, efter: Rapport) -> tuple[Postforskel, ...]:
    """What has changed between two reports. Raises Konflikt when they are not of one type, or the figures of one cannot be read."""
    if efter.type != foer.type:
        raise Konflikt("forskellige_rapporttyper", "Kun rapporter af samme type kan sammenlignes.")
    return forskelle(poster(foer), poster(efter))


def sammenlignelige(aktoer: Aktoer, type_: str) -> Sequence[Rapport]:
    """The newest finished reports of a type whose figures this version reads."""
    faerdige = synlige(aktoer).filter(type=type_, job__status=JobStatus.FAERDIG)
    return list(faerdige.filter(oejebliksbillede__skema_version=rapporttype(type_).skema_version)[:FLEST])


def typer_med_tal(aktoer: Aktoer) -> Sequence[str]:
    """The types the actor sees finished reports of, in the order of the register."""
    faerdige = Rapport.objects.synlige_for(aktoer).filter(job__status=JobStatus.FAERDIG)
    fundne = set(faerdige.order_by().values_list("type", flat=True).distinct())
    return [noegle for noegle in RAPPORTTYPER if noegle in fundne]


@dataclass(frozen=True, slots=True)
class Arkivvalg:
    """What the actor's reports can be narrowed to: the agreements they are about, titles by slug, and the years their data are of."""

    aftaler: Mapping[str, str]
    aar: Sequence[int]


def arkivvalg(aktoer: Aktoer) -> Arkivvalg:
    """Newest first."""
    fundne = (
        Rapport.objects.synlige_for(aktoer)
        .values_list("version__aftale__slug", "version__aftale__titel", DATAAAR)
        .order_by("-version__aftale__periode", "version__aftale__titel")
        .distinct()
    )
    raekker = list(fundne)
    return Arkivvalg({slug: titel for slug, titel, _ in raekker}, sorted({aar for *_, aar in raekker}, reverse=True))
