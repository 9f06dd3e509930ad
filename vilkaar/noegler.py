"""The registry of terms: each key with its type, unit, bounds, the clause that sets it and its source. No key has a default.

A value that is missing is an error that names key and clause, never a guess (rules-takst § 8).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from faelles.fejl import UgyldigtInput


class Noegle(StrEnum):
    """Keys in use so far; the wording is that of rules-takst § 8."""

    RESERVATION_VARIGHED = "reservation_varighed"
    BEKRAEFTELSE_FORFALD_DAGE = "bekraeftelse_forfald_dage"
    BEKRAEFTELSE_FORAELDET_DAGE = "bekraeftelse_foraeldet_dage"
    OVERHEAD_PROCENT = "overhead_procent"
    BELAEGNING_MIN = "belaegning_min"
    BELAEGNING_MAKS = "belaegning_maks"
    DAGSBASIS = "dagsbasis"
    AFRUNDING = "afrunding"
    DISKRETION_GRAENSE = "diskretion_graense"


@dataclass(frozen=True, slots=True)
class Noeglebeskrivelse:
    """What a key means. `mindst` and `hoejst` bound numbers; `valg` lists the allowed words of a word key."""

    navn: str
    enhed: str
    klausul: str
    kilde: str
    mindst: Decimal | None = None
    hoejst: Decimal | None = None
    valg: tuple[str, ...] = ()

    def laes(self, noegle: Noegle, tekst: str) -> Decimal | str:
        """The typed value of a stored text. Raises UgyldigtInput with the key, the value and what is allowed."""
        if self.valg:
            if tekst not in self.valg:
                raise UgyldigtInput(
                    "vilkaar_ugyldigt", f"{self.navn} ({noegle}) skal være en af: {', '.join(self.valg)}."
                )
            return tekst
        try:
            tal = Decimal(tekst)
        except InvalidOperation:
            raise UgyldigtInput("vilkaar_ugyldigt", f"{self.navn} ({noegle}) er ikke et tal: »{tekst}«.") from None
        over_mindst = tal.is_finite() and (self.mindst is None or tal >= self.mindst)
        if not over_mindst or (self.hoejst is not None and tal > self.hoejst):
            raise UgyldigtInput(
                "vilkaar_ugyldigt",
                f"{self.navn} ({noegle}) skal ligge fra {self.mindst} til {self.hoejst} {self.enhed}.",
            )
        return tal


def _procent(navn: str, kilde: str) -> Noeglebeskrivelse:
    return Noeglebeskrivelse(navn, "procent", "Takstberegning", kilde, Decimal(0), Decimal(100))


NOEGLER: Mapping[Noegle, Noeglebeskrivelse] = {
    Noegle.RESERVATION_VARIGHED: Noeglebeskrivelse(
        "Reservationens længste varighed", "dage", "Reservation", "rules-reservation § 3 nr. 4", Decimal(1), Decimal(90)
    ),
    Noegle.BEKRAEFTELSE_FORFALD_DAGE: Noeglebeskrivelse(
        "Bekræftelse forfalder efter", "dage", "Ledige pladser", "what-none-has nr. 1", Decimal(1), Decimal(365)
    ),
    Noegle.BEKRAEFTELSE_FORAELDET_DAGE: Noeglebeskrivelse(
        "Bekræftelse er forældet efter", "dage", "Ledige pladser", "what-none-has nr. 1", Decimal(1), Decimal(365)
    ),
    Noegle.OVERHEAD_PROCENT: _procent("Overhead", "rules-takst § 2"),
    Noegle.BELAEGNING_MIN: _procent("Budgetteret belægning, mindst", "rules-takst F2"),
    Noegle.BELAEGNING_MAKS: _procent("Budgetteret belægning, højst", "rules-takst F2"),
    Noegle.DAGSBASIS: Noeglebeskrivelse(
        "Dage i prisgrundlaget", "", "Takstberegning", "rules-takst F1", valg=("kalender", "365")
    ),
    Noegle.AFRUNDING: Noeglebeskrivelse(
        "Taksten afrundes til", "", "Takstberegning", "rules-takst § 5", valg=("krone", "oere")
    ),
    Noegle.DISKRETION_GRAENSE: Noeglebeskrivelse(
        "Mindste antal der offentliggøres",
        "antal",
        "Data og rapporter",
        "rules-reservation § 7",
        Decimal(1),
        Decimal(100),
    ),
}
