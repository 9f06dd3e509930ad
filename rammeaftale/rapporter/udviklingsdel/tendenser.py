"""Capacity and occupancy over the years, from the ledger: the whole area, its target groups, and offer types within them.

What is left out follows from table to table, as if the area were the sum of its target groups and each of them that of its offer
types: a target group that is hidden in either table is hidden in both, with its offer types (`faelles.diskretion`).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from faelles.diskretion import skjul, skjul_raekker
from faelles.tid import Periode
from rammeaftale.rapporter.rammeaftalen.data import Belaegning, Periodenavn
from rammeaftale.rapporter.rammeaftalen.omraadet import Omraade, sum_af
from rammeaftale.rapporter.rammeaftalen.pladsdage import Pladsdage, pladsdage
from rammeaftale.rapporter.udviklingsdel.data import Tendens
from tilbud.models import Tilbud

HELE_AAR = 4
Celle = tuple[str, str]  # target group, offer type


@dataclass(frozen=True, slots=True)
class Tendenser:
    """What there was in each period: the area, each target group, and each offer type within one."""

    perioder: tuple[Periodenavn, ...]
    aabne_pladser: tuple[Decimal, ...]
    i_alt: tuple[Belaegning, ...]
    maalgrupper: tuple[Tendens, ...]
    tilbudstyper: tuple[Tendens, ...]


@dataclass(frozen=True, slots=True)
class _Skjult:
    """What of a period may not be shown: target groups (with no offer type) and cells, and whether the area's total either."""

    celler: frozenset[Celle]
    i_alt: bool


def perioder(dag: date) -> tuple[Periodenavn, ...]:
    """The last whole calendar years, and the days of this year before the data date (none on 1 January)."""
    hele = (Periodenavn(str(aar), date(aar, 1, 1), date(aar + 1, 1, 1)) for aar in range(dag.year - HELE_AAR, dag.year))
    nytaar = date(dag.year, 1, 1)
    return (*hele, *([Periodenavn(f"{dag.year} til dato", nytaar, dag)] if dag > nytaar else []))


def tendenser(omraade: Omraade, dag: date, graense: int) -> Tendenser:
    """Of the offers in the area, with what rests on fewer stays than the limit left out."""
    alle_perioder = perioder(dag)
    dage = [pladsdage(omraade.kommune.keys(), Periode(p.fra, p.til)) for p in alle_perioder]
    celler = _celler(omraade.kommune.keys())
    grupper: dict[Celle, set[UUID]] = {}
    for (maalgruppe, _), numre in celler.items():
        grupper.setdefault((maalgruppe, ""), set()).update(numre)
    skjulte = [_skjul(celler, grupper, periodens, graense) for periodens in dage]
    summer = [sum_af(periodens, omraade.kommune) for periodens in dage]
    return Tendenser(
        perioder=alle_perioder,
        aabne_pladser=tuple(_pladser(s, p) for s, p in zip(summer, alle_perioder, strict=True)),
        i_alt=tuple(
            Belaegning(s.aabne, None if skjult.i_alt or s.ophold < graense else s.belagte)
            for s, skjult in zip(summer, skjulte, strict=True)
        ),
        maalgrupper=_raekker(grupper, dage, alle_perioder, skjulte),
        tilbudstyper=_raekker(celler, dage, alle_perioder, skjulte),
    )


def hjemmelnavn(kode: str, paragraf: str, navn: str) -> str:
    """`SEL § 107 Midlertidigt botilbud`."""
    return " ".join(filter(None, (kode.partition("-")[0] if paragraf else "", paragraf, navn)))


def _celler(tilbud: Collection[UUID]) -> dict[Celle, set[UUID]]:
    """The offers of each target group and type, target groups in Danish order and types in that of the law."""
    raekker = (
        Tilbud.objects.filter(pk__in=tilbud, maalgrupper__isnull=False, hjemler__isnull=False)
        .order_by("maalgrupper__term_sortering", "maalgrupper", "hjemler__raekkefoelge", "hjemler")
        .values_list("maalgrupper__term", "hjemler__kode", "hjemler__paragraf", "hjemler__navn", "id")
    )
    celler: dict[Celle, set[UUID]] = {}
    for maalgruppe, kode, paragraf, navn, nr in raekker:
        celler.setdefault((maalgruppe, hjemmelnavn(kode, paragraf, navn)), set()).add(nr)
    return celler


def _skjul(
    celler: Mapping[Celle, set[UUID]], grupper: Mapping[Celle, set[UUID]], dage: Mapping[UUID, Pladsdage], graense: int
) -> _Skjult:
    """What of a period is left out, cells and target groups alike by their names."""
    typer, alle = (
        {celle: s.ophold for celle, numre in hvilke.items() if (s := sum_af(dage, numre)).aabne}
        for hvilke in (celler, grupper)
    )
    i_tabellen, i_listen = skjul(typer, graense), skjul_raekker(alle, graense)
    maalgrupper = i_tabellen.raekkesummer | {maalgruppe for maalgruppe, _ in i_listen.raekker}
    med_gruppen = {celle for celle in (*typer, *alle) if celle[0] in maalgrupper}
    return _Skjult(frozenset(i_tabellen.celler | med_gruppen), i_listen.i_alt)


def _raekker(
    celler: Mapping[Celle, Collection[UUID]],
    dage: Sequence[Mapping[UUID, Pladsdage]],
    alle_perioder: Sequence[Periodenavn],
    skjulte: Sequence[_Skjult],
) -> tuple[Tendens, ...]:
    """One for each that had a place open in any of the periods."""
    fundne = []
    for celle, numre in celler.items():
        summer = [sum_af(periodens, numre) for periodens in dage]
        if not any(s.aabne for s in summer):
            continue
        fundne.append(
            Tendens(
                *celle,
                pladser=tuple(_pladser(s, p) for s, p in zip(summer, alle_perioder, strict=True)),
                belaegning=tuple(
                    _procent(s) if s.aabne and celle not in skjult.celler else None
                    for s, skjult in zip(summer, skjulte, strict=True)
                ),
            )
        )
    return tuple(fundne)


def _pladser(dage: Pladsdage, periode: Periodenavn) -> Decimal:
    return _afrundet(Decimal(dage.aabne) / (periode.til - periode.fra).days, "0.1")


def _procent(dage: Pladsdage) -> int:
    return int(_afrundet(Decimal(dage.belagte * 100) / dage.aabne, "1"))


def _afrundet(vaerdi: Decimal, til: str) -> Decimal:
    return vaerdi.quantize(Decimal(til), rounding=ROUND_HALF_UP)
