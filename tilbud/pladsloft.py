"""Places against what socialtilsyn has approved and what is permitted beyond it, day-range by day-range. Pure.

Two questions with one answer: may so many places be open (`registerimport`), and may so many be taken (`belaegning`)?
The database asks the second once more (`belaegning.vaern`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest

from faelles.tid import Periode

UGEDAGE = range(1, 8)


@dataclass(frozen=True, slots=True)
class Pladsdage:
    """A place, the days it is open or taken, on which weekdays (1 is Monday), and whether it is a merplads of its department."""

    periode: Periode
    ugedage: frozenset[int]
    afdeling: str = ""
    merplads: bool = False


@dataclass(frozen=True, slots=True)
class Overskridelse:
    """Days with more places than allowed, on the weekday with most too many. `ekstra`: what permissions allow of its merpladser."""

    periode: Periode
    antal: int
    godkendte: int
    ekstra: int

    @property
    def tal(self) -> tuple[int, int, int]:
        """The three numbers."""
        return self.antal, self.godkendte, self.ekstra


Antal = tuple[Periode, int]  # an approval: they stand under one legal basis each, and those of a day are added up
Noegle = tuple[
    str | int, ...
]  # what is counted: ("plads", weekday), ("merplads", department, weekday), ("godkendt",) …
Tilladelser = Mapping[str, Sequence[Antal]]  # permissions for merpladser by department


def overskridelser(
    pladser: Sequence[Pladsdage],
    godkendte: Sequence[Antal],
    tilladte: Tilladelser,
    fra: date,
    *,
    udloebne: bool = False,
) -> Iterator[Overskridelse]:
    """The day-ranges from `fra` on with too many places.

    Merpladser count beyond the approved only as far as their own department has permission that day; else they count as all
    others. Days before anything was approved are not known and not asked about. Nor are days after the last approval has run
    out, unless `udloebne`: an open place promises nothing, but to give it to somebody then would be to exceed the approval.
    """
    skridt = _skridt(pladser, godkendte, tilladte, fra)
    stand: Counter[Noegle] = Counter()
    sidste: Overskridelse | None = None
    dage = sorted(skridt)
    for dag, naeste in zip_longest(dage, dage[1:]):
        stand.update(skridt[dag])
        kendt = stand["kendt",] if udloebne else stand["godkendt",]
        antal, loft, ekstra = max((_paa(stand, ugedag) for ugedag in UGEDAGE), key=lambda tal: tal[0] - tal[2])
        ny = Overskridelse(Periode(dag, naeste), antal, loft, ekstra) if kendt and antal > loft + ekstra else None
        if sidste and ny and sidste.tal == ny.tal:
            ny = Overskridelse(Periode(sidste.periode.fra, naeste), *ny.tal)
        elif sidste:
            yield sidste
        sidste = ny
    if sidste:
        yield sidste


def _paa(stand: Counter[Noegle], ugedag: int) -> tuple[int, int, int]:
    """Places of a weekday, approved places, and merpladser that a permission covers."""
    ekstra = sum(
        min(antal, stand["tilladt", noegle[1]])
        for noegle, antal in stand.items()
        if noegle[0] == "merplads" and noegle[2] == ugedag
    )
    return stand["plads", ugedag], stand["godkendt",], ekstra


def uden_tilladelse(plads: Pladsdage, tilladte: Tilladelser, fra: date) -> list[Periode]:
    """The days of a merplads from `fra` on that no permission of its department covers: it is a place under one, and else nobody's to take."""
    dage = plads.periode.faelles(Periode(fra)) if plads.merplads else None
    if dage is None:
        return []
    udaekket: date | None = dage.fra
    fundne: list[Periode] = []
    for periode, antal in sorted(tilladte.get(plads.afdeling, ()), key=lambda en: en[0].fra):
        if udaekket is None or not antal:
            continue
        if udaekket < periode.fra and (hul := Periode(udaekket, periode.fra).faelles(dage)):
            fundne.append(hul)
        udaekket = None if periode.til is None else max(udaekket, periode.til)
    if udaekket is not None and (sidste := Periode(udaekket).faelles(dage)):
        fundne.append(sidste)
    return fundne


def nye_dage(hidtil: Pladsdage, ny: Pladsdage) -> Periode | None:
    """The days on which a claim takes more than the one it takes over from did, to the same person in the same offer; None: on none.

    Who leaves a merplads for anything but another of its department takes one of the approved places, on all the days. Else the
    number taken, and what permissions add to the approved, are what they were wherever the old claim would have gone on.
    """
    samme_slags = not hidtil.merplads or (ny.merplads and ny.afdeling == hidtil.afdeling)
    if not samme_slags or not ny.ugedage <= hidtil.ugedage or hidtil.periode.fra > ny.periode.fra:
        return ny.periode
    slut = hidtil.periode.til
    if slut is None or (ny.periode.til is not None and ny.periode.til <= slut):
        return None
    return Periode(max(slut, ny.periode.fra), ny.periode.til)


def _skridt(
    pladser: Iterable[Pladsdage], godkendte: Iterable[Antal], tilladte: Tilladelser, fra: date
) -> Mapping[date, Counter[Noegle]]:
    """What begins and ends on which day: before `fra` it has begun already, and what had ended is of no interest."""
    skridt: dict[date, Counter[Noegle]] = defaultdict(Counter)
    for periode, noegle, antal in _talt(pladser, godkendte, tilladte):
        if periode.til is not None and periode.til <= fra:
            continue
        skridt[max(periode.fra, fra)][noegle] += antal
        if periode.til is not None:
            skridt[periode.til][noegle] -= antal
    return skridt


def _talt(
    pladser: Iterable[Pladsdage], godkendte: Iterable[Antal], tilladte: Tilladelser
) -> Iterator[tuple[Periode, Noegle, int]]:
    """Everything that counts for something, on which days and how much."""
    for plads in pladser:
        for ugedag in plads.ugedage:
            yield plads.periode, ("plads", ugedag), 1
            if plads.merplads:
                yield plads.periode, ("merplads", plads.afdeling, ugedag), 1
    for periode, antal in godkendte:
        yield periode, ("godkendt",), antal
        if antal:
            yield Periode(periode.fra), ("kendt",), 1
    for afdeling, alle in tilladte.items():
        for periode, antal in alle:
            yield periode, ("tilladt", afdeling), antal


@dataclass(frozen=True, slots=True)
class Hoejst:
    """Days on which only so many (`antal`) of the places nobody has (`frie`) may be taken, though each of them may."""

    periode: Periode
    antal: int
    frie: int


@dataclass(frozen=True, slots=True)
class Loft:
    """What is taken in an offer, approved, and permitted beyond it: what decides whether one more may be taken.

    The database asks the same of every claim (`belaegning.vaern`): of its own weekdays, and of no day before today.
    """

    taget: Sequence[Pladsdage]
    godkendte: Sequence[Antal]
    tilladte: Tilladelser

    def brud(self, ny: Pladsdage, idag: date) -> Iterator[Overskridelse]:
        """The days of a new claim on which too many would be taken."""
        med = [replace(en, ugedage=en.ugedage & ny.ugedage) for en in self.taget if en.periode.overlapper(ny.periode)]
        fra = max(idag, ny.periode.fra)
        for en in overskridelser([*med, ny], self.godkendte, self.tilladte, fra, udloebne=True):
            if dage := en.periode.faelles(ny.periode):
                yield replace(en, periode=dage)

    def lukket_for(self, ny: Pladsdage, idag: date) -> list[Periode]:
        """The days from today on which nobody may take it: it would be one too many, or is a merplads without a permission."""
        return [*(en.periode for en in self.brud(ny, idag)), *uden_tilladelse(ny, self.tilladte, idag)]

    def plads_til(self, nye: Sequence[Pladsdage], idag: date) -> list[int]:
        """Which of these may be taken, each together with those before it that may: their positions."""
        mulige = [nummer for nummer, ny in enumerate(nye) if not uden_tilladelse(ny, self.tilladte, idag)]
        i_alt = overskridelser(
            [*self.taget, *(nye[nummer] for nummer in mulige)], self.godkendte, self.tilladte, idag, udloebne=True
        )
        if not any(en.periode.overlapper(nye[nummer].periode) for en in i_alt for nummer in mulige):
            return mulige  # as mostly: then one count is enough
        taget, fulde, fundne = [*self.taget], set[Pladsdage](), list[int]()
        for nummer in mulige:
            ny = nye[nummer]
            if ny in fulde:
                continue
            if next(replace(self, taget=taget).brud(ny, idag), None):
                fulde.add(ny)  # where one like it is too many, so is it
            else:
                taget.append(ny)
                fundne.append(nummer)
        return fundne

    def hoejst(self, frie: Sequence[Pladsdage], idag: date) -> list[Hoejst]:
        """The days on which not all of these may be taken together, in order; each of them alone may."""
        fundne: list[Hoejst] = []
        kanter = {dag for en in (*self.taget, *frie) for dag in (en.periode.fra, en.periode.til) if dag is not None}
        for dage in self._for_mange(frie, kanter, idag):
            her = [replace(fri, periode=del_) for fri in frie if (del_ := fri.periode.faelles(dage))]
            antal = len(self.plads_til(her, dage.fra))
            sidste = fundne[-1] if fundne else None
            if antal == len(her):
                continue
            if sidste and (sidste.periode.til, sidste.antal, sidste.frie) == (dage.fra, antal, len(her)):
                fundne[-1] = replace(sidste, periode=Periode(sidste.periode.fra, dage.til))
            else:
                fundne.append(Hoejst(dage, antal, len(her)))
        return fundne

    def _for_mange(self, frie: Sequence[Pladsdage], kanter: Iterable[date], idag: date) -> Iterator[Periode]:
        """The days on which these are too many beside what is taken, parted where one of them begins or ends: who has which changes there."""
        for en in overskridelser([*self.taget, *frie], self.godkendte, self.tilladte, idag, udloebne=True):
            inde = sorted(dag for dag in kanter if en.periode.indeholder(dag) and dag != en.periode.fra)
            yield from (
                Periode(fra, til) for fra, til in zip((en.periode.fra, *inde), (*inde, en.periode.til), strict=True)
            )


@dataclass(frozen=True, slots=True)
class Udloeb:
    """That what was approved under a legal basis is approved no longer, from this day on."""

    hjemmel: str
    fra: date

    @property
    def sidste_dag(self) -> date:
        """The last day it was."""
        return date.fromordinal(self.fra.toordinal() - 1)


def udloebne(godkendelser: Iterable[tuple[str, Periode]], dag: date) -> list[Udloeb]:
    """The legal bases that were approved before the day and are not on it, by code."""
    slut: dict[str, date | None] = {}
    for hjemmel, periode in sorted(godkendelser, key=lambda en: (en[0], en[1].fra)):
        if periode.fra <= dag:
            slut[hjemmel] = periode.til
    return [Udloeb(hjemmel, til) for hjemmel, til in slut.items() if til is not None and til <= dag]
