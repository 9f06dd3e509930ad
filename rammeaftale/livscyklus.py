"""The life of an agreement and of a party's decision: pure rules (rules-rammeaftale § 3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from faelles.tid import Periode


class Aftaletilstand(StrEnum):
    """What is stored. Whether an adopted agreement is in force or has run out follows from its dates (`stand`)."""

    KLADDE = "kladde"
    EMBEDSMANDSUDVALG = "embedsmandsudvalg"
    KKR_ANBEFALET = "kkr_anbefalet"
    SENDT = "sendt"
    VEDTAGET = "vedtaget"
    BORTFALDET = "bortfaldet"


AFTALETILSTAND_NAVN: Mapping[Aftaletilstand, str] = {
    Aftaletilstand.KLADDE: "Kladde",
    Aftaletilstand.EMBEDSMANDSUDVALG: "I embedsmandsudvalget",
    Aftaletilstand.KKR_ANBEFALET: "Anbefalet af KKR",
    Aftaletilstand.SENDT: "Sendt til godkendelse",
    Aftaletilstand.VEDTAGET: "Vedtaget",
    Aftaletilstand.BORTFALDET: "Bortfaldet",
}


class Partsstatus(StrEnum):
    """Where a party stands. `afventer` is the absence of any registered step."""

    AFVENTER = "afventer"
    UDVALG = "udvalg"
    GODKENDT = "godkendt"
    GODKENDT_MED_BEMAERKNING = "godkendt_med_bemaerkning"
    AFVIST = "afvist"


PARTSSTATUS_NAVN: Mapping[Partsstatus, str] = {
    Partsstatus.AFVENTER: "Afventer",
    Partsstatus.UDVALG: "I udvalg",
    Partsstatus.GODKENDT: "Godkendt",
    Partsstatus.GODKENDT_MED_BEMAERKNING: "Godkendt med bemærkning",
    Partsstatus.AFVIST: "Afvist",
}

# What is said at each field of a decision, on the page and in the API: who sees it, and on what basis.
SES_AF = "Ses af alle aftalens parter og trykkes i rapporten."
REFERATET = "Skriv kun det, der står i det offentlige referat."

GODKENDENDE = frozenset({Partsstatus.GODKENDT, Partsstatus.GODKENDT_MED_BEMAERKNING})
AFGOERENDE = GODKENDENDE | {Partsstatus.AFVIST}


@dataclass(frozen=True, slots=True)
class Optaelling:
    """How many of the parties have approved a version. Every party has a veto, so only all is enough."""

    i_alt: int
    godkendt: int
    afvist: int

    @property
    def enstemmig(self) -> bool:
        """Whether every party has approved (an agreement without parties is never adopted)."""
        return 0 < self.i_alt == self.godkendt

    @property
    def tekst(self) -> str:
        """The sentence the board shows."""
        return f"{self.godkendt} af {self.i_alt} har godkendt"


def optael(statusser: Iterable[Partsstatus]) -> Optaelling:
    """Count the parties' present statuses."""
    alle = list(statusser)
    return Optaelling(
        i_alt=len(alle),
        godkendt=sum(status in GODKENDENDE for status in alle),
        afvist=sum(status is Partsstatus.AFVIST for status in alle),
    )


def stand(tilstand: Aftaletilstand, periode: Periode, dag: date) -> str:
    """The Danish word for where the agreement is on a day: an adopted one is in force exactly in its period."""
    if tilstand is not Aftaletilstand.VEDTAGET:
        return AFTALETILSTAND_NAVN[tilstand]
    if periode.indeholder(dag):
        return "I kraft"
    return "Vedtaget" if dag < periode.fra else "Udløbet"
