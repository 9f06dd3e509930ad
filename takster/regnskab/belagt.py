"""From stays in the ledger and the takster of their days to what a year sold (F4), and what its takster were computed of. Pure."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from faelles.penge import Enhed, afrund
from faelles.tid import Periode
from takster.beregning.tal import regnekontekst

UGE = 7


@dataclass(frozen=True, slots=True)
class Pladstid:
    """Days on some weekdays (1 Monday to 7) in a department: a place that is open, or a stay on one."""

    afdeling: UUID
    periode: Periode
    ugedage: frozenset[int]

    def dage(self, inden_for: Periode) -> int:
        """How many of its days lie in a period with an end."""
        faelles = self.periode.faelles(inden_for)
        if faelles is None:
            return 0
        uger, rest = divmod(faelles.dage, UGE)
        sidste = (faelles.fra + timedelta(days=nummer) for nummer in range(rest))
        return uger * len(self.ugedage) + sum(dag.isoweekday() in self.ugedage for dag in sidste)


@dataclass(frozen=True, slots=True)
class Delstakst:
    """A takst of a department under one legal basis. `i_delen`: it is of the part of the offer the accounts are of.

    `pr_dag`: kr. per day and not per døgn. `grundlag` (kr. of the year) is what it was computed of, together with the takster of
    `delt_paa` parts in all.
    """

    afdeling: UUID
    periode: Periode
    beloeb: Decimal
    pr_dag: bool
    i_delen: bool
    grundlag: Decimal | None
    delt_paa: int


class Uvist(StrEnum):
    """Why the ledger cannot say what a døgn was sold at: no takst held, or several did, under legal bases it does not know of."""

    INGEN_TAKST = "ingen_takst"
    FLERE_TAKSTER = "flere_takster"


@dataclass(frozen=True, slots=True)
class Solgt:
    """Døgn of a department sold at one takst (kr.); `dage_om_ugen` is below seven for a part-time day place."""

    afdeling: UUID
    periode: Periode
    dage_om_ugen: int
    takst: Decimal
    doegn: int


@dataclass(frozen=True, slots=True)
class Usolgt:
    """Occupied døgn whose takst cannot be told."""

    afdeling: UUID
    periode: Periode
    hvorfor: Uvist
    doegn: int


@dataclass(frozen=True, slots=True)
class _Stykke:
    """Days on which a department's takster are the same: one, or why there is none."""

    periode: Periode
    takst: Delstakst | None
    hvorfor: Uvist | None


def solgte(
    ophold: Iterable[Pladstid],
    takster: Sequence[Delstakst],
    aaret: Periode,
    deltidspris: Callable[[Decimal, int], Decimal],
) -> tuple[tuple[Solgt, ...], tuple[Usolgt, ...]]:
    """What the stays' døgn of the year were sold at. Døgn under legal bases outside the part are somebody else's and left out.

    A day place is paid for every day of the stay, by `deltidspris(takst, days a week)` (F14); a døgnplads for its døgn.
    """
    stykker: dict[UUID, list[_Stykke]] = {}
    solgt: dict[tuple[UUID, Periode, int, Decimal], int] = {}
    usolgt: dict[tuple[UUID, Periode, Uvist], int] = {}
    for et in ophold:
        if et.afdeling not in stykker:
            stykker[et.afdeling] = list(_stykker(takster, et.afdeling, aaret))
        for stykke in stykker[et.afdeling]:
            if stykke.hvorfor is not None and (doegn := et.dage(stykke.periode)):
                grund = (et.afdeling, stykke.periode, stykke.hvorfor)
                usolgt[grund] = usolgt.get(grund, 0) + doegn
            elif stykke.takst is not None and (faelles := et.periode.faelles(stykke.periode)):
                uge, pris, doegn = UGE, stykke.takst.beloeb, et.dage(stykke.periode)
                if stykke.takst.pr_dag:
                    uge = len(et.ugedage)
                    pris, doegn = deltidspris(pris, uge), faelles.dage
                noegle = (et.afdeling, stykke.periode, uge, pris)
                solgt[noegle] = solgt.get(noegle, 0) + doegn
    return (
        tuple(Solgt(*noegle, doegn) for noegle, doegn in sorted(solgt.items(), key=_raekkefoelge) if doegn),
        tuple(Usolgt(*noegle, doegn) for noegle, doegn in sorted(usolgt.items(), key=_raekkefoelge)),
    )


def _raekkefoelge(par: tuple[tuple[object, ...], int]) -> tuple[object, ...]:
    afdeling, periode, *resten = par[0]
    return (afdeling, periode.fra if isinstance(periode, Periode) else date.min, *resten)


def _stykker(takster: Sequence[Delstakst], afdeling: UUID, aaret: Periode) -> Iterator[_Stykke]:
    sine = [et for et in takster if et.afdeling == afdeling and et.periode.overlapper(aaret)]
    kanter = {kant for et in sine for kant in (et.periode.fra, et.periode.til) if kant and aaret.indeholder(kant)}
    for fra, til in pairwise([*sorted(kanter | {aaret.fra}), aaret.fra + timedelta(days=aaret.dage)]):
        stykke = Periode(fra, til)
        dagens = [et for et in sine if et.periode.indeholder(stykke.fra)]
        delens = [et for et in dagens if et.i_delen]
        if not dagens:
            yield _Stykke(stykke, None, Uvist.INGEN_TAKST)
        elif delens and (len(delens) < len(dagens) or len({(et.beloeb, et.pr_dag) for et in delens}) > 1):
            yield _Stykke(stykke, None, Uvist.FLERE_TAKSTER)
        else:
            yield _Stykke(stykke, delens[0] if delens else None, None)


@regnekontekst()
def aarets_grundlag(takster: Sequence[Delstakst], afdelinger: Collection[UUID], aaret: Periode) -> Decimal | None:
    """What the part's takster of the year were computed of, kr., each by its share of the year's days.

    None unless every department has one known calculation on every day of `aaret`, which ends when the offer closes.
    """
    if not afdelinger:
        return None
    i_alt = Decimal(0)
    for afdeling in afdelinger:
        for stykke in _stykker(takster, afdeling, aaret):
            dagens = [
                et
                for et in takster
                if et.i_delen and et.afdeling == afdeling and et.periode.indeholder(stykke.periode.fra)
            ]
            if len({(et.grundlag, et.beloeb, et.delt_paa) for et in dagens}) != 1 or dagens[0].grundlag is None:
                return None
            i_alt += dagens[0].grundlag * len(dagens) * stykke.periode.dage / dagens[0].delt_paa
    return afrund(i_alt / Periode.aar(aaret.fra.year).dage, Enhed.OERE)


def pr_afdeling(tider: Iterable[Pladstid], aaret: Periode) -> Mapping[UUID, int]:
    """Place days of the year by department."""
    dage: dict[UUID, int] = {}
    for tid in tider:
        dage[tid.afdeling] = dage.get(tid.afdeling, 0) + tid.dage(aaret)
    return dage
