"""Which set of terms governs: pure. The set follows where the offer lies (serviceloven § 6), so first the KKR of the day, then its set.

Of a KKR's sets: the final one of the day, else the preliminary one of the day, else the last final one goes on. A KKR that has
no set yet (one that has just been made of others) lets the terms of the KKR the municipality belonged to before go on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from uuid import UUID

from faelles.tid import Periode


@dataclass(frozen=True, slots=True)
class Saetfakta:
    """What decides about a set: `periode` are the days it still holds for, after later sets have taken theirs."""

    id: UUID
    nummer: int
    kkr_id: UUID
    periode: Periode
    endelig: bool


@dataclass(frozen=True, slots=True)
class Kkrperiode:
    """The days a municipality belongs to a KKR."""

    kkr_id: UUID
    periode: Periode


@dataclass(frozen=True, slots=True)
class Styring:
    """The set that governs on a day. `fortsat`: no set is of the day, so the last one goes on. `tidligere_kkr`: that of the KKR before."""

    saet: Saetfakta
    fortsat: bool = False
    tidligere_kkr: bool = False

    @property
    def grund(self) -> str:
        """Why, in a sentence."""
        hvad = "endelige" if self.saet.endelig else "foreløbige"
        if self.tidligere_kkr:
            return "Kommunens nuværende KKR har intet sæt endnu, så det tidligere KKR's seneste sæt fortsætter."
        if self.fortsat:
            return "Intet sæt er udsendt for dagen, så det seneste endelige fortsætter."
        intet = "" if self.saet.endelig else "; intet endeligt er udsendt for den"
        return f"Dagen ligger i sættets periode, og det er det {hvad} sæt for dagen{intet}."


def styrende(saet: Iterable[Saetfakta], dag: date) -> Styring | None:
    """The governing one of a single KKR's sets; None when none has begun by the day."""
    begyndte = sorted(
        (et for et in saet if et.periode.fra <= dag), key=lambda et: (et.periode.fra, et.nummer), reverse=True
    )
    paa_dagen = [et for et in begyndte if et.periode.indeholder(dag)]
    for mulige in ([et for et in paa_dagen if et.endelig], paa_dagen):
        if mulige:
            return Styring(mulige[0])
    endelige = [et for et in begyndte if et.endelig]
    return Styring(endelige[0], fortsat=True) if endelige else None


def styrer(saet: Sequence[Saetfakta], medlemskaber: Iterable[Kkrperiode], dag: date) -> Styring | None:
    """The set that governs the offers of a municipality on a day; None when nothing has begun in any KKR it belongs or belonged to."""
    begyndte = sorted((m for m in medlemskaber if m.periode.fra <= dag), key=lambda m: m.periode.fra, reverse=True)
    for medlemskab in begyndte:
        fundet = styrende((et for et in saet if et.kkr_id == medlemskab.kkr_id), dag)
        if fundet is not None:
            return fundet if medlemskab is begyndte[0] else Styring(fundet.saet, fundet.fortsat, tidligere_kkr=True)
    return None


def kalender(
    saet: Sequence[Saetfakta], medlemskaber: Sequence[Kkrperiode], periode: Periode
) -> list[tuple[Periode, Styring | None]]:
    """The days of the period split where the answer of `styrer` changes. Raises ValueError for an open-ended period."""
    if periode.til is None:
        raise ValueError("En kalender har en sidste dag")
    kanter = {periode.fra} | {
        dag
        for en in (*(et.periode for et in saet), *(m.periode for m in medlemskaber))
        for dag in (en.fra, en.til)
        if dag is not None and periode.indeholder(dag)
    }
    stykker: list[tuple[Periode, Styring | None]] = []
    dage = [*sorted(kanter), periode.til]
    for fra, til in pairwise(dage):
        svar = styrer(saet, medlemskaber, fra)
        if stykker and stykker[-1][1] == svar:
            stykker[-1] = (Periode(stykker[-1][0].fra, til), svar)
        else:
            stykker.append((Periode(fra, til), svar))
    return stykker
