"""Reading meetings with what they decided."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Min, OuterRef, Prefetch, Q, QuerySet, Subquery

from faelles.aktoer import Aktoer
from faelles.sprog import sortnoegle
from faelles.tid import Periode
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import Aftaletrin, Moede, Organ, Organbeslutning, Organsag, Rammeaftale, Version
from rammeaftale.models.organer import med_i_organet
from rammeaftale.moeder.regler import Organudfald
from rammeaftale.organer.regler import Organart
from rammeaftale.queries import seneste_version
from rammeaftale.querysets import RammeaftaleQuerySet


@dataclass(frozen=True, slots=True)
class Moedevisning:
    """A meeting: whether it is still to come, and what counts of what it decided, one decision for each case."""

    moede: Moede
    kommer: bool
    beslutninger: Sequence[Organbeslutning]


@dataclass(frozen=True, slots=True)
class Ventende:
    """A case a body is still to decide: the agreement it is about (None: another case), and what the body decided in it last."""

    titel: str
    aftale: Rammeaftale | None
    forelagt: date | None
    sidst: Organbeslutning | None


def med_beslutninger(moeder: QuerySet[Moede]) -> QuerySet[Moede]:
    """With their bodies and decisions, in two statements."""
    beslutninger = Organbeslutning.objects.select_related("sag__version__aftale", "registreret_af").order_by(
        "registreret", "id"
    )
    return moeder.select_related("organ__kkr").prefetch_related(Prefetch("beslutninger", queryset=beslutninger))


def vis(moeder: Iterable[Moede], dag: date) -> list[Moedevisning]:
    """Meetings with their decisions loaded, as they are on the day, in their own order."""
    return [Moedevisning(moede, moede.dato > dag, gaeldende(moede.beslutninger.all())) for moede in moeder]


def gaeldende(beslutninger: Iterable[Organbeslutning]) -> list[Organbeslutning]:
    """The one registered last for each meeting and case, in the order the cases were first decided."""
    sidste: dict[Any, Organbeslutning] = {}
    for beslutning in beslutninger:
        sidste[beslutning.moede_id, beslutning.sag_id] = beslutning
    return list(sidste.values())


def synlige(aktoer: Aktoer) -> QuerySet[Moede]:
    """The meetings of the bodies the actor's organisation has to do with; for one that has left, those before it did."""
    return Moede.objects.filter(
        pk__in=Moede.objects.filter(med_i_organet(aktoer, "organ__", "dato")).order_by().values("pk")
    )


def om_version(version: Version) -> list[Organbeslutning]:
    """What the bodies have decided about a version, in the order of their meetings."""
    alle = Organbeslutning.objects.filter(sag__version=version).select_related("moede__organ")
    return gaeldende(alle.order_by("moede__dato", "registreret", "id"))


def forelagte(organ: Organ) -> list[Rammeaftale]:
    """The agreements the body can decide about, in Danish order: those of its KKR that lie before it."""
    return sorted(_forelagte(organ), key=lambda aftale: sortnoegle(aftale.titel))


def _forelagte(organ: Organ) -> RammeaftaleQuerySet[Rammeaftale]:
    return Rammeaftale.objects.filter(kkr=organ.kkr_id, tilstand=Aftaletilstand.EMBEDSMANDSUDVALG)


def ventende(aktoer: Aktoer, organ: Organ) -> list[Ventende]:
    """The cases that lie before the body, in Danish order: what it last postponed, and for the embedsmandsudvalg and KKR the agreements laid
    before them, of those the actor sees. An agreement stays until KKR has decided, whatever the committee has said of it.
    """
    alle = Organbeslutning.objects.filter(moede__organ=organ).select_related("moede", "sag")
    sidste = list(alle.order_by("sag_id", "-moede__dato", "-registreret", "-id").distinct("sag_id"))
    om_version = {b.sag.version_id: b for b in sidste}
    sager = [
        Ventende(b.sag.titel, None, None, b)
        for b in sidste
        if b.sag.version_id is None and b.udfald == Organudfald.UDSAT
    ]
    if organ.art != Organart.ARBEJDSGRUPPE:
        trin = Aftaletrin.objects.filter(aftale=OuterRef("pk"), til=Aftaletilstand.EMBEDSMANDSUDVALG)
        versioner = Version.objects.filter(aftale=OuterRef("pk")).order_by("-nummer")
        aftaler = _forelagte(organ).synlige_for(aktoer).annotate(
            forelagt=Subquery(trin.order_by("-registreret", "-id").values("dato")[:1]),
            nyeste=Subquery(versioner.values("pk")[:1]),
        )  # fmt: skip
        sager += [Ventende(a.titel, a, a.forelagt, om_version.get(a.nyeste)) for a in aftaler]
    return sorted(sager, key=lambda sag: sortnoegle(sag.titel))


def sager(organ: Organ) -> list[Organsag]:
    """The other cases of its KKR, in Danish order."""
    alle = Organsag.objects.filter(kkr=organ.kkr_id, version=None)
    return sorted(alle, key=lambda sag: sortnoegle(sag.titel))


def besluttende(aftale: Rammeaftale, dag: date) -> list[Organ]:
    """The bodies whose decisions are steps of the agreement: its KKR's embedsmandsudvalg and KKR of each day since its version was first
    laid before them, up to this one.
    """
    version = seneste_version(aftale)
    forelagt = foerst_forelagt(version) if version else None
    dage = Periode(min(forelagt or dag, dag), Periode.dag(dag).til)
    arter = [Organart.EMBEDSMANDSUDVALG.value, Organart.KKR.value]
    egne = Organ.objects.filter(kkr=aftale.kkr_id, art__in=arter, periode__overlap=dage.som_range)
    return list(egne.order_by("art", "periode"))


def foerst_forelagt(version: Version) -> date | None:
    """The day the version was laid before the bodies for the first time; None when it has not been."""
    forelagt: date | None = version.trin.filter(til=Aftaletilstand.EMBEDSMANDSUDVALG).aggregate(d=Min("dato"))["d"]
    return forelagt


def har_udvalg(aftale: Rammeaftale, *dage: date) -> bool:
    """Whether the agreement's KKR has an embedsmandsudvalg on any of the days."""
    udvalg = Organ.objects.filter(kkr=aftale.kkr_id, art=Organart.EMBEDSMANDSUDVALG)
    return udvalg.filter(reduce(or_, (Q(periode__contains=dag) for dag in dage))).exists()


HOVED = ("Organ", "Møde", "Sag", "Beslutning", "Nærmere", "Referat")


def raekker_ud(moeder: Iterable[Moede]) -> Iterator[Sequence[Any]]:
    """A row for each decision that counts; a meeting without any has one."""
    for moede in moeder:
        beslutninger = gaeldende(moede.beslutninger.all())
        for b in beslutninger:
            yield moede.organ.navn, moede.dato, b.sag.titel, b.get_udfald_display(), b.tekst, moede.referat_url
        if not beslutninger:
            yield moede.organ.navn, moede.dato, "", "", "", moede.referat_url
