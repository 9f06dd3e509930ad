"""Growth in cost per place per day against the ceiling (F16): in fixed prices, with what new, closed and changed offers make of it.

Pure rules on sums of a year. What is measured is an offer's takstberegningsgrundlag; efterregulering is the cost of another year.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from faelles.penge import Enhed, afrund
from takster.beregning.loft import Loftmetode, Loftresultat, Pl, Pladsudgift, Vaekstloft, pl_indeks, proev_loft
from takster.beregning.tal import HUNDREDE, NUL, regnekontekst


class Grund(StrEnum):
    """Why a takst is not in the year's figures."""

    UDEN_BEREGNING = "uden_beregning"
    DEL_AF_AARET = "del_af_aaret"
    UDEN_TAKST = "uden_takst"
    ANDEN_ENHED = "anden_enhed"
    PRIVAT = "privat"


class Gruppe(StrEnum):
    """What an offer is in a comparison of two years, in the order its effect is counted."""

    SAMME = "samme"
    AENDRET = "aendret"
    NY = "ny"
    UMAALT = "umaalt"
    LUKKET = "lukket"


@dataclass(frozen=True, slots=True)
class Aarsudgift:
    """What offers cost in a year: kr. in its own prices, of which `overhead`, for so many place days, places and offers."""

    aar: int
    omkostninger: Decimal
    overhead: Decimal
    pladsdage: Decimal
    pladser: Decimal
    tilbud: int

    @property
    @regnekontekst()
    def udgift(self) -> Decimal:
        """Kr. per place per day in the year's own prices."""
        return self.omkostninger / self.pladsdage

    @property
    @regnekontekst()
    def overheadprocent(self) -> Decimal | None:
        """Overhead in percent of the direct costs, which is how the norm is agreed; None where there are none."""
        direkte = self.omkostninger - self.overhead
        return self.overhead * HUNDREDE / direkte if direkte > 0 else None

    def __add__(self, anden: "Aarsudgift") -> "Aarsudgift":
        """The costs of other offers too, of the same year."""
        return Aarsudgift(
            self.aar,
            self.omkostninger + anden.omkostninger,
            self.overhead + anden.overhead,
            self.pladsdage + anden.pladsdage,
            self.pladser + anden.pladser,
            self.tilbud + anden.tilbud,
        )

    def som_pladsudgift(self) -> Pladsudgift:
        """As the ceiling wants it, in whole øre and hundredths of place days."""
        return Pladsudgift(
            aar=self.aar,
            omkostninger=afrund(self.omkostninger, Enhed.OERE),
            pladsdage=afrund(self.pladsdage, Enhed.OERE),
        )


@dataclass(frozen=True, slots=True)
class Aarspunkt:
    """A year of a series: kr. per place per day in fixed prices, and index of it and of the ceiling, where the base year is 100."""

    tal: Aarsudgift
    udgift: Decimal
    indeks: Decimal | None
    maal: Decimal

    @property
    def aar(self) -> int:
        """Which year."""
        return self.tal.aar


@dataclass(frozen=True, slots=True)
class Maaling:
    """A series of years in the last year's prices. `resultat` is that year against the ceiling; None when it or the base year lacks."""

    aaret: Aarsudgift | None
    punkter: tuple[Aarspunkt, ...]
    resultat: Loftresultat | None

    def punkt(self, aar: int) -> Aarspunkt | None:
        """The year's, when it has one."""
        return next((punkt for punkt in self.punkter if punkt.aar == aar), None)


@dataclass(frozen=True, slots=True)
class Gruppetal:
    """The offers of a group and what they cost in the two years; None in a year they are not measured in."""

    gruppe: Gruppe
    foer: Aarsudgift | None
    nu: Aarsudgift | None

    @property
    def tilbud(self) -> int:
        """How many offers: those of either year, and of a group that has the same in both those of one."""
        antal = [et.tilbud for et in (self.foer, self.nu) if et]
        return sum(antal) if self.gruppe is Gruppe.UMAALT else max(antal)


@dataclass(frozen=True, slots=True)
class Virkning:
    """What a group moves the cost per place per day, kr.; up is positive."""

    gruppe: Gruppe
    tilbud: int
    kr: Decimal


@dataclass(frozen=True, slots=True)
class Sammensaetning:
    """From the base year's cost to the year's, kr. per place per day in the year's prices, in effects that sum to the difference."""

    foer: Decimal
    nu: Decimal
    virkninger: tuple[Virkning, ...]

    @property
    def pris(self) -> Decimal:
        """What the same offers cost more than before: the change of price alone."""
        return sum((v.kr for v in self.virkninger if v.gruppe is Gruppe.SAMME), NUL)


def grund(*, i_enheden: bool, beregnet: bool, hele_aaret: bool) -> Grund | None:
    """Why the takst of a part of an offer is left out of a year; None when it is not. The first that holds is told."""
    if not i_enheden:
        return Grund.ANDEN_ENHED
    if not beregnet:
        return Grund.UDEN_BEREGNING
    return None if hele_aaret else Grund.DEL_AF_AARET


def gruppe(maalt_foer: bool, maalt_nu: bool, findes_foer: bool, findes_nu: bool, uaendret: bool) -> Gruppe:  # noqa: FBT001 - a row of five
    """What an offer is. `findes` is that it had a takst at all; `uaendret` that it has the places and legal bases it had.

    An offer that was there in both years but can be measured in one of them only is neither new nor closed.
    """
    if maalt_foer and maalt_nu:
        return Gruppe.SAMME if uaendret else Gruppe.AENDRET
    if findes_foer and findes_nu:
        return Gruppe.UMAALT
    return Gruppe.NY if maalt_nu else Gruppe.LUKKET


@dataclass(frozen=True, slots=True)
class Prisniveau:
    """The prices of `prisaar`, which years from the base year on are told in, by the agreed PL."""

    basisaar: int
    prisaar: int
    pl: tuple[Pl, ...]

    @regnekontekst()
    def faste(self, beloeb: Decimal, aar: int) -> Decimal:
        """Kr. of a year in the prices of `prisaar`."""
        return beloeb * pl_indeks(self.pl, self.basisaar, self.prisaar) / pl_indeks(self.pl, self.basisaar, aar)


def faste_priser(loft: Vaekstloft, beloeb: Decimal, aar: int) -> Decimal:
    """Kr. of a year from the base year on, in the prices of the year the ceiling is for."""
    return Prisniveau(loft.basis.aar, loft.aaret.aar, loft.pl).faste(beloeb, aar)


@regnekontekst()
def maal(loft: Vaekstloft, serie: Iterable[Aarsudgift]) -> Maaling:
    """A series against the terms of `loft`, whichever offers that is of. A year without place days is not in it."""
    kendte = {et.aar: et for et in serie if et.pladsdage}
    basis, aaret = kendte.get(loft.basis.aar), kendte.get(loft.aaret.aar)
    fast = {aar: faste_priser(loft, et.udgift, aar) for aar, et in sorted(kendte.items())}
    basisudgift = fast.get(loft.basis.aar)
    punkter = tuple(
        Aarspunkt(
            tal=kendte[aar],
            udgift=afrund(udgift, Enhed.OERE),
            indeks=udgift * HUNDREDE / basisudgift if basisudgift else None,
            maal=_maal_i_faste_priser(loft, aar),
        )
        for aar, udgift in fast.items()
    )
    resultat = None
    if basis and aaret and basis.omkostninger:
        resultat = proev_loft(replace(loft, basis=basis.som_pladsudgift(), aaret=aaret.som_pladsudgift()))
    return Maaling(aaret, punkter, resultat)


def _maal_i_faste_priser(loft: Vaekstloft, aar: int) -> Decimal:
    """The ceiling as an index of fixed prices: what is left when the prices' own rise is taken out; 100 in the base year."""
    if aar == loft.basis.aar:
        return HUNDREDE
    return loft.tilladt_indeks(aar) * HUNDREDE / loft.pl_indeks(aar)


def anden_laesning(resultat: Loftresultat) -> Loftresultat:
    """The same against the ceiling as it would be by the reading the agreement has not chosen."""
    (anden,) = set(Loftmetode) - {resultat.inddata.metode}
    return proev_loft(replace(resultat.inddata, metode=anden))


@regnekontekst()
def sammensaetning(loft: Vaekstloft, grupper: Sequence[Gruppetal]) -> Sammensaetning:
    """Group by group from the base year's average to the year's, each stage rounded to the øre, so the effects sum exactly.

    The order is Gruppe's: prices first, closures last. Then there are always place days to divide by, when both years have any.
    """
    efter_gruppe = {et.gruppe: et for et in grupper}
    her = {navn: _i_faste_priser(loft, et.foer) for navn, et in efter_gruppe.items()}
    foer = udgift = _gennemsnit(her.values())
    virkninger = []
    for navn in Gruppe:
        if navn not in efter_gruppe:
            continue
        her[navn] = _i_faste_priser(loft, efter_gruppe[navn].nu)
        efter = _gennemsnit(her.values())
        virkninger.append(Virkning(navn, efter_gruppe[navn].tilbud, efter - udgift))
        udgift = efter
    return Sammensaetning(foer, udgift, tuple(virkninger))


def _i_faste_priser(loft: Vaekstloft, udgift: Aarsudgift | None) -> tuple[Decimal, Decimal]:
    """Kr. in fixed prices, and place days; nothing of a year a group is not in."""
    return (faste_priser(loft, udgift.omkostninger, udgift.aar), udgift.pladsdage) if udgift else (NUL, NUL)


def _gennemsnit(dele: Iterable[tuple[Decimal, Decimal]]) -> Decimal:
    alle = list(dele)
    return afrund(sum((kr for kr, _ in alle), NUL) / sum((dage for _, dage in alle), NUL), Enhed.OERE)
