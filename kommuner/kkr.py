"""What a KKR is on a day, also after it has become a part of another or been divided: pure, from who has belonged to which."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from faelles.tid import Periode


@dataclass(frozen=True, slots=True)
class Kkrmedlem:
    """The days a municipality belongs to a KKR."""

    kkr: UUID
    kommune: str
    periode: Periode


def kkr_paa(medlemmer: Collection[Kkrmedlem], kkr: UUID, dag: date) -> frozenset[UUID]:
    """The KKR itself while municipalities belong to it; after that those its last ones belong to: one, or more if it was divided.

    None before its first day, and where its last municipalities belong to none.
    """
    sine = [m for m in medlemmer if m.kkr == kkr and m.periode.fra <= dag]
    if not sine:
        return frozenset()
    sidste_dag = min(dag, max(m.periode.til or date.max for m in sine) - timedelta(days=1))
    sidste = {m.kommune for m in sine if m.periode.indeholder(sidste_dag)}
    return frozenset(m.kkr for m in medlemmer if m.kommune in sidste and m.periode.indeholder(dag))


def kommuner_i(medlemmer: Collection[Kkrmedlem], kkr: UUID, dag: date) -> frozenset[str]:
    """The municipalities of what the KKR is on the day."""
    paa_dagen = kkr_paa(medlemmer, kkr, dag)
    return frozenset(m.kommune for m in medlemmer if m.kkr in paa_dagen and m.periode.indeholder(dag))


def forgaengere(medlemmer: Collection[Kkrmedlem], kkr: UUID, dag: date) -> frozenset[UUID]:
    """The KKRs that have become this one by the day, and nothing else: one that was divided is nobody's."""
    andre = {m.kkr for m in medlemmer} - {kkr}
    return frozenset(et for et in andre if kkr_paa(medlemmer, et, dag) == {kkr})


def fandtes(medlemmer: Collection[Kkrmedlem], kkr: UUID, periode: Periode) -> bool:
    """Whether any municipality belonged to the KKR on a day of the period."""
    return any(m.kkr == kkr and m.periode.overlapper(periode) for m in medlemmer)


def samles_i(medlemmer: Collection[Kkrmedlem], kkr: UUID, dag: date) -> frozenset[UUID]:
    """The KKRs whose affairs are this one's on the day: its own, and those of the KKRs it has taken over from, wholly or in part."""
    alle = {m.kkr for m in medlemmer} | {kkr}
    return frozenset(et for et in alle if kkr in (kkr_paa(medlemmer, et, dag) or {et}))
