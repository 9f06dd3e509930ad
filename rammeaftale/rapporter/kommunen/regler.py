"""What a municipality buys, or sells, divided three ways: by hjemmel, by target groups, by party. Pure rules.

What the secretariat sees of with whom, and of the sums, is what the report "Kapacitet og belægning" publishes: reports on
all municipalities beside each other then tell nothing that one does not. The other two ways divide the same sums, and leave out
what `faelles.diskretion` says by the number of stays; what is left out is not named either, for that a row is there tells that
somebody is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from faelles.diskretion import skjul_raekker
from faelles.sprog import sortnoegle
from rammeaftale.rapporter.kapacitet.data import Handel
from rammeaftale.rapporter.kommunen.data import Handelsside, Raekke

UDEN_SAG = "Ophold uden sag"  # known from the ledger only: neither hjemmel, buyer nor price


@dataclass(frozen=True, slots=True)
class Brug:
    """Stays of one kind and what they used; `kr` is None where they have no case and so no price."""

    hjemmel: str
    maalgrupper: str
    part: str
    ophold: frozenset[UUID]
    dage: int
    kr: Decimal | None


Inddeling = Callable[[Brug], str]


def hele(brug: Sequence[Brug]) -> Handelsside:
    """Everything, for the municipality itself."""
    hjemler, maalgrupper, parter = (
        tuple(Raekke(navn, _sum(dele), uden_pris=_uden_pris(dele)) for navn, dele in grupper.items())
        for grupper in (_hjemler(brug), _dansk_orden(brug, _maalgrupper), _dansk_orden(brug, _part))
    )
    return Handelsside(hjemler, maalgrupper, parter, _sum(brug))


def vist(brug: Sequence[Brug], parter: tuple[Raekke, ...], i_alt: Handel, graense: int) -> Handelsside:
    """What may be shown to others. `parter` and `i_alt` are what is shown elsewhere of the same stays."""
    hjemler, maalgrupper = (
        _vist(grupper, i_alt, graense) for grupper in (_hjemler(brug), _dansk_orden(brug, _maalgrupper))
    )
    return Handelsside(hjemler, maalgrupper, parter, i_alt)


def _maalgrupper(brug: Brug) -> str:
    return brug.maalgrupper


def _part(brug: Brug) -> str:
    return brug.part


def _hjemler(brug: Iterable[Brug]) -> dict[str, list[Brug]]:
    """In the order they are met."""
    return _delt(brug, lambda en: en.hjemmel)


def _dansk_orden(brug: Iterable[Brug], efter: Inddeling) -> dict[str, list[Brug]]:
    grupper = _delt(brug, efter)
    return {navn: grupper[navn] for navn in sorted(grupper, key=sortnoegle)}


def _vist(grupper: Mapping[str, Sequence[Brug]], i_alt: Handel, graense: int) -> tuple[Raekke, ...]:
    """Days and kroner are a list each, as in the matrix: stays without a case have days only.

    A row without days is not there at all, and its kroner do not follow from the sum either.
    """
    priser = {navn: [en for en in dele if en.kr is not None] for navn, dele in grupper.items() if not _uden_pris(dele)}
    uden_dage = _skjulte(grupper, graense, sum_vises=i_alt.dage is not None)
    uden_kr = (_skjulte(priser, graense, sum_vises=i_alt.kr is not None) | uden_dage) & priser.keys()
    if len(uden_kr) == 1:
        uden_kr = frozenset(priser)
    return tuple(
        Raekke(
            navn,
            Handel(_sum(dele).dage, None if navn in uden_kr or navn not in priser else _sum(dele).kr),
            uden_pris=navn not in priser,
        )
        for navn, dele in grupper.items()
        if navn not in uden_dage
    )


def _skjulte(grupper: Mapping[str, Sequence[Brug]], graense: int, *, sum_vises: bool) -> frozenset[str]:
    """Rows to leave out of a list whose total is shown, or hidden, whatever the rows are."""
    if not sum_vises:
        return frozenset(grupper)
    fundet = skjul_raekker({navn: _antal(dele) for navn, dele in grupper.items()}, graense)
    return frozenset(grupper) if fundet.i_alt else fundet.raekker


def _delt(brug: Iterable[Brug], efter: Inddeling) -> dict[str, list[Brug]]:
    grupper: dict[str, list[Brug]] = {}
    for en in brug:
        grupper.setdefault(efter(en), []).append(en)
    return grupper


def _antal(brug: Iterable[Brug]) -> int:
    """A stay that changes hjemmel or place is one stay still."""
    return len(frozenset[UUID]().union(*(en.ophold for en in brug)))


def _uden_pris(brug: Iterable[Brug]) -> bool:
    return all(en.kr is None for en in brug)


def _sum(brug: Iterable[Brug]) -> Handel:
    alle = list(brug)
    return Handel(sum(en.dage for en in alle), sum((en.kr for en in alle if en.kr is not None), Decimal(0)))
