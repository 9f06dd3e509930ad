"""The life of a report as one table: which step is allowed when, by which of its two parties, and what it leads to. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from faelles.fejl import Konflikt


class Fejltilstand(StrEnum):
    """States of a report."""

    MODTAGET = "modtaget"
    I_GANG = "i_gang"
    RETTET = "rettet"
    AFVIST = "afvist"
    TRUKKET = "trukket"


AABNE = frozenset({Fejltilstand.MODTAGET, Fejltilstand.I_GANG})
BESVAREDE = frozenset({Fejltilstand.RETTET, Fejltilstand.AFVIST})

TILSTAND_NAVN: Mapping[Fejltilstand, str] = {
    Fejltilstand.MODTAGET: "Modtaget",
    Fejltilstand.I_GANG: "Undersøges",
    Fejltilstand.RETTET: "Rettet",
    Fejltilstand.AFVIST: "Ikke en fejl",
    Fejltilstand.TRUKKET: "Trukket tilbage",
}


class Skridt(StrEnum):
    """What somebody does about a report."""

    BEGYND = "begynd"
    RET = "ret"
    AFVIS = "afvis"
    TRAEK = "traek"


SKRIDT_KAN: Mapping[Skridt, str] = {
    Skridt.BEGYND: "undersøge den",
    Skridt.RET: "svare, at den er rettet",
    Skridt.AFVIS: "svare, at det ikke er en fejl",
    Skridt.TRAEK: "trække den tilbage",
}


class Part(StrEnum):
    """The two parties: who reported, and who owns the fact and answers."""

    MELDER = "melder"
    EJER = "ejer"


@dataclass(frozen=True, slots=True)
class Overgang:
    """An allowed step. `med_svar`: it takes an answer in words."""

    fra: Fejltilstand
    skridt: Skridt
    til: Fejltilstand
    part: Part
    med_svar: bool = False


OVERGANGE: tuple[Overgang, ...] = (
    Overgang(Fejltilstand.MODTAGET, Skridt.BEGYND, Fejltilstand.I_GANG, Part.EJER),
    *(
        overgang
        for fra in (Fejltilstand.MODTAGET, Fejltilstand.I_GANG)
        for overgang in (
            Overgang(fra, Skridt.RET, Fejltilstand.RETTET, Part.EJER, med_svar=True),
            Overgang(fra, Skridt.AFVIS, Fejltilstand.AFVIST, Part.EJER, med_svar=True),
            Overgang(fra, Skridt.TRAEK, Fejltilstand.TRUKKET, Part.MELDER),
        )
    ),
)


def mulige(tilstand: Fejltilstand, parter: frozenset[Part]) -> tuple[Overgang, ...]:
    """What somebody who is these parties may do in this state."""
    return tuple(overgang for overgang in OVERGANGE if overgang.fra is tilstand and overgang.part in parter)


def find(tilstand: Fejltilstand, skridt: Skridt, parter: frozenset[Part]) -> Overgang:
    """The transition, or Konflikt that lists the possible ones."""
    muligheder = mulige(tilstand, parter)
    for overgang in muligheder:
        if overgang.skridt is skridt:
            return overgang
    kan = " eller ".join(SKRIDT_KAN[overgang.skridt] for overgang in muligheder)
    rest = f"Du kan {kan}." if kan else "Der kan ikke ændres mere på den."
    raise Konflikt(
        "skridt_ikke_muligt",
        f"Fejlmeldingen er »{TILSTAND_NAVN[tilstand].lower()}«, og du kan ikke {SKRIDT_KAN[skridt]}. {rest}",
    )
