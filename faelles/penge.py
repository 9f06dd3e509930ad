"""Money: `Decimal` only, rounded once, and shares that sum to the amount."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from faelles.fejl import UgyldigtInput


class Enhed(StrEnum):
    """The smallest unit an amount is rounded or shared to."""

    OERE = "oere"
    KRONE = "krone"

    @property
    def stoerrelse(self) -> Decimal:
        """The unit in kr."""
        return Decimal("0.01") if self is Enhed.OERE else Decimal(1)


_ENHEDSNAVN = {Enhed.OERE: "øre", Enhed.KRONE: "kroner"}


def afrund(beloeb: Decimal, enhed: Enhed) -> Decimal:
    """Round half up to whole øre or kroner (rules-takst § 5); money is rounded once, at the end."""
    return beloeb.quantize(enhed.stoerrelse, rounding=ROUND_HALF_UP)


def fordel(beloeb: Decimal, noegler: Mapping[str, Decimal], enhed: Enhed = Enhed.OERE) -> dict[str, Decimal]:
    """Share an amount (kr.) by weights with the largest remainder method; the shares sum to the amount exactly.

    Everybody gets the rounded-down share; what is left goes, one unit each, to the largest remainders, ties in the order
    of the key's name. A share never falls when its own weight rises; it may fall by a unit when the amount rises (the
    Alabama paradox), which is known and accepted. A negative amount is shared as the positive one with the sign changed.

    Raises UgyldigtInput when there are no weights, a weight is zero or negative, or the amount is not a whole number of units.
    """
    if not noegler:
        raise UgyldigtInput("ingen_noegler", "Der skal være mindst én nøgle at fordele efter.")
    forkerte = sorted(navn for navn, vaegt in noegler.items() if not vaegt.is_finite() or vaegt <= 0)
    if forkerte:
        raise UgyldigtInput("noegle_ikke_positiv", f"Nøglen skal være større end nul: {', '.join(forkerte)}.")
    if not beloeb.is_finite() or (enheder := Fraction(beloeb) / Fraction(enhed.stoerrelse)).denominator != 1:
        raise UgyldigtInput("beloeb_ikke_hele_enheder", f"Beløbet {beloeb} er ikke et helt antal {_ENHEDSNAVN[enhed]}.")
    fortegn, antal = (-1 if enheder < 0 else 1), abs(enheder.numerator)
    vaegte = {navn: Fraction(vaegt) for navn, vaegt in noegler.items()}
    samlet = sum(vaegte.values(), start=Fraction(0))
    ideelle = {navn: antal * vaegt / samlet for navn, vaegt in vaegte.items()}
    hele = {navn: ideel.numerator // ideel.denominator for navn, ideel in ideelle.items()}
    efter_rest = sorted(noegler, key=lambda navn: (hele[navn] - ideelle[navn], navn))
    for navn in efter_rest[: antal - sum(hele.values())]:
        hele[navn] += 1
    return {navn: fortegn * hele[navn] * enhed.stoerrelse for navn in noegler}
