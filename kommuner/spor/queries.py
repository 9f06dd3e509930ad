"""Reading the logs: the history of every kind merged newest first, and the read log. Always for one administration."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import ForeignKey, OuterRef, Q, Subquery, UUIDField

from faelles.aktoer import Aktoer
from faelles.spor import LogQuerySet, Slags, Spor, synlige_spor
from kommuner.models import Laesning, Logrydning
from kommuner.spor.udvalg import ANDRE, EGNE, Markoer, Udvalg

R = TypeVar("R")
Synlige = Sequence[tuple[Slags, "LogQuerySet[Any]"]]

# The logs themselves, as things that are read and pruned.
LAESELOG, AENDRINGSLOG = "laeselog", "aendringslog"
FLEST_ID = 200  # things a piece of a reference may mean; a wider search is of no use to anybody


@dataclass(frozen=True, slots=True)
class Haendt:
    """A change as it is kept, with what was known of the thing before."""

    slags: Slags
    spor: Spor
    foer: Spor | None

    @property
    def sted(self) -> Markoer:
        """Where it stands in the log."""
        return Markoer(self.spor.pgh_created_at, self.slags.noegle, self.spor.pgh_id)


@dataclass(frozen=True, slots=True)
class Blad(Generic[R]):
    """So many rows, and where the next begin; None at the end."""

    raekker: Sequence[R]
    naeste: Markoer | None


def aendringer(aktoer: Aktoer, udvalg: Udvalg, efter: Markoer | None, antal: int) -> Blad[Haendt]:
    """The changes that concern the actor's organisation, newest first."""
    synlige = synlige_spor(aktoer)
    ider = _ider(synlige, udvalg)
    fundne = [
        (slags, spor)
        for slags, alle in synlige
        if udvalg.slags in {"", slags.noegle}
        for spor in _efter(_udvalgte(aktoer, alle, udvalg, ider), slags, efter)[: antal + 1]
    ]
    # Stable: rows of one instant keep the order they were found in, by kind and falling number.
    fundne.sort(key=lambda par: par[1].pgh_created_at, reverse=True)
    foer = _foer(synlige, fundne[:antal])
    raekker = [Haendt(slags, spor, foer.get((slags.noegle, _forrige(spor)))) for slags, spor in fundne[:antal]]
    return Blad(raekker, raekker[-1].sted if len(fundne) > antal else None)


def _udvalgte(
    aktoer: Aktoer, alle: "LogQuerySet[Any]", udvalg: Udvalg, ider: Collection[UUID] | None
) -> "LogQuerySet[Any]":
    """The rows of one kind that are asked for, each with the number of the row before it about the same thing."""
    fundne = alle.filter(pgh_created_at__gte=udvalg.begynder, pgh_created_at__lt=udvalg.slutter)
    egen = Q(pgh_context__organisation=str(aktoer.organisation_id))
    if udvalg.hvem == ANDRE:
        fundne = fundne.exclude(egen)
    elif udvalg.hvem:
        fundne = fundne.filter(egen)
        if udvalg.hvem != EGNE:
            fundne = fundne.filter(pgh_context__identitet=udvalg.hvem)
    if ider is not None:
        fundne = fundne.filter(_handler_om(alle.model, ider))
    forrige = (
        alle.model.objects.all().aabnet_for(aktoer).filter(pgh_obj=OuterRef("pgh_obj"), pgh_id__lt=OuterRef("pgh_id"))
    )
    return fundne.annotate(spor_foer=Subquery(forrige.order_by("-pgh_id").values("pgh_id")[:1]))


def _efter(raekker: "LogQuerySet[Any]", slags: Slags, efter: Markoer | None) -> "LogQuerySet[Any]":
    ordnede = raekker.order_by("-pgh_created_at", "-pgh_id")
    if efter is None:
        return ordnede
    if slags.noegle > efter.slags:
        return ordnede.filter(pgh_created_at__lte=efter.tidspunkt)
    if slags.noegle < efter.slags:
        return ordnede.filter(pgh_created_at__lt=efter.tidspunkt)
    senere = Q(pgh_created_at__lt=efter.tidspunkt) | Q(pgh_id__lt=efter.nummer)
    return ordnede.filter(senere, pgh_created_at__lte=efter.tidspunkt)


def _foer(synlige: Synlige, fundne: Iterable[tuple[Slags, Spor]]) -> dict[tuple[str, int | None], Spor]:
    """What each thing was before the change, by kind and number of the earlier row; one query per kind."""
    numre: dict[str, list[int]] = {}
    for slags, spor in fundne:
        forrige = _forrige(spor)
        if forrige is not None:
            numre.setdefault(slags.noegle, []).append(forrige)
    return {
        (slags.noegle, spor.pgh_id): spor
        for slags, alle in synlige
        if slags.noegle in numre
        for spor in alle.filter(pgh_id__in=numre[slags.noegle])
    }


def _forrige(spor: Spor) -> int | None:
    nummer: int | None = spor.spor_foer  # type: ignore[attr-defined]  # annotated by _udvalgte
    return nummer


def _ider(synlige: Synlige, udvalg: Udvalg) -> Collection[UUID] | None:
    """The things a search means: the one with the id, or those whose reference the text is a piece of; None: no search."""
    if not udvalg.objekt:
        return None
    if udvalg.objekt_id:
        return {udvalg.objekt_id}
    return {
        fundet
        for slags, alle in synlige
        if slags.navngiver_sig_selv and _har_uuid(slags.model)
        for fundet in alle.filter(**{f"{slags.navn}__icontains": udvalg.objekt})
        .order_by("pgh_obj")
        .values_list("pgh_obj", flat=True)
        .distinct()[:FLEST_ID]
    }


def _handler_om(spor: type[Spor], ider: Collection[UUID]) -> Q:
    """The thing itself, or one that belongs to it."""
    om = Q(pk__in=[])
    for felt in spor._meta.fields:
        if isinstance(felt, ForeignKey) and _har_uuid(felt.related_model):
            om |= Q(**{f"{felt.attname}__in": ider})
    return om


def _har_uuid(model: Any) -> bool:
    noegle = model._meta.pk
    while isinstance(noegle, ForeignKey):
        noegle = noegle.target_field
    return isinstance(noegle, UUIDField)


def laesninger(aktoer: Aktoer, udvalg: Udvalg, efter: Markoer | None, antal: int) -> Blad[Laesning]:
    """The readings of the organisation's data and those by its own people, newest first."""
    ider = _ider(synlige_spor(aktoer), udvalg) if udvalg.objekt else None
    fundne = Laesning.objects.synlige_for(aktoer).filter(tidspunkt__gte=udvalg.begynder, tidspunkt__lt=udvalg.slutter)
    if udvalg.hvem == ANDRE:
        fundne = fundne.exclude(organisation=aktoer.organisation_id)
    elif udvalg.hvem:
        fundne = fundne.filter(organisation=aktoer.organisation_id)
        if udvalg.hvem != EGNE:
            fundne = fundne.filter(identitet=udvalg.hvem)
    if udvalg.slags:
        fundne = fundne.filter(entitet=udvalg.slags)
    if ider is not None:
        fundne = fundne.filter(entitet_id__in=ider)
    if efter is not None:
        senere = Q(tidspunkt__lt=efter.tidspunkt) | Q(pk__lt=efter.nummer)
        fundne = fundne.filter(senere, tidspunkt__lte=efter.tidspunkt)
    raekker = list(fundne.select_related("organisation").order_by("-tidspunkt", "-pk")[: antal + 1])
    side = raekker[:antal]
    naeste = Markoer(side[-1].tidspunkt, side[-1].entitet, side[-1].pk) if len(raekker) > antal else None
    return Blad(side, naeste)


def seneste_rydning(log: str) -> Logrydning | None:
    """The latest pruning of a log, so that a page can say how far back it goes."""
    rydninger = Logrydning.objects.order_by("-tidspunkt")
    return (rydninger.filter(log=LAESELOG) if log == LAESELOG else rydninger.exclude(log=LAESELOG)).first()
