"""The life of a reservation as one table: which decision is allowed when, by whom, and what it leads to."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from faelles.aktoer import Funktion
from faelles.fejl import Konflikt


class Tilstand(StrEnum):
    """States of a reservation. An expired hold is `udloebet` from the instant it runs out, whether or not it is tidied up."""

    AFVENTER = "afventer"
    BEKRAEFTET = "bekraeftet"
    AFVIST = "afvist"
    ANNULLERET = "annulleret"
    UDLOEBET = "udloebet"


TILSTAND_NAVN: Mapping[Tilstand, str] = {
    Tilstand.AFVENTER: "Afventer svar",
    Tilstand.BEKRAEFTET: "Bekræftet",
    Tilstand.AFVIST: "Afvist",
    Tilstand.ANNULLERET: "Annulleret",
    Tilstand.UDLOEBET: "Udløbet",
}


class Udfald(StrEnum):
    """Decisions people take about a reservation."""

    BEKRAEFT = "bekraeft"
    AFVIS = "afvis"
    ANNULLER = "annuller"


UDFALD_NAVN: Mapping[Udfald, str] = {Udfald.BEKRAEFT: "Bekræft", Udfald.AFVIS: "Afvis", Udfald.ANNULLER: "Annullér"}
# As one says what one can do ("Du kan afvise den").
UDFALD_KAN: Mapping[Udfald, str] = {
    Udfald.BEKRAEFT: "bekræfte",
    Udfald.AFVIS: "afvise",
    Udfald.ANNULLER: "annullere",
}


class Grund(StrEnum):
    """Coded reasons. A decision that takes a place away from somebody always has one."""

    IKKE_MAALGRUPPE = "ikke_maalgruppe"
    PLADS_IKKE_KLAR = "plads_ikke_klar"
    GRUPPEN_PASSER_IKKE = "gruppen_passer_ikke"
    ANDET_TILBUD_VALGT = "andet_tilbud_valgt"
    BEHOV_BORTFALDET = "behov_bortfaldet"
    ANDET = "andet"


GRUND_NAVN: Mapping[Grund, str] = {
    Grund.IKKE_MAALGRUPPE: "Behovet ligger uden for målgruppen",
    Grund.PLADS_IKKE_KLAR: "Pladsen er ikke klar i perioden",
    Grund.GRUPPEN_PASSER_IKKE: "Passer ikke til den nuværende beboergruppe",
    Grund.ANDET_TILBUD_VALGT: "Et andet tilbud er valgt",
    Grund.BEHOV_BORTFALDET: "Behovet er bortfaldet",
    Grund.ANDET: "Andet (beskriv)",
}


@dataclass(frozen=True, slots=True)
class Overgang:
    """An allowed decision: from which state to which, by which function, with which reasons (none = no reason asked)."""

    fra: Tilstand
    udfald: Udfald
    til: Tilstand
    funktion: Funktion
    grunde: frozenset[Grund] = frozenset()


OVERGANGE: tuple[Overgang, ...] = (
    Overgang(Tilstand.AFVENTER, Udfald.BEKRAEFT, Tilstand.BEKRAEFTET, Funktion.DRIFTSHERRE),
    Overgang(
        Tilstand.AFVENTER,
        Udfald.AFVIS,
        Tilstand.AFVIST,
        Funktion.DRIFTSHERRE,
        frozenset({Grund.IKKE_MAALGRUPPE, Grund.PLADS_IKKE_KLAR, Grund.GRUPPEN_PASSER_IKKE, Grund.ANDET}),
    ),
    Overgang(
        Tilstand.AFVENTER,
        Udfald.ANNULLER,
        Tilstand.ANNULLERET,
        Funktion.MYNDIGHED,
        frozenset({Grund.ANDET_TILBUD_VALGT, Grund.BEHOV_BORTFALDET, Grund.ANDET}),
    ),
)


def mulige(tilstand: Tilstand, funktion: Funktion) -> tuple[Overgang, ...]:
    """What somebody in this function may decide in this state."""
    return tuple(overgang for overgang in OVERGANGE if overgang.fra is tilstand and overgang.funktion is funktion)


def find(tilstand: Tilstand, udfald: Udfald, funktion: Funktion) -> Overgang:
    """The transition, or Konflikt that lists the possible ones."""
    muligheder = mulige(tilstand, funktion)
    for overgang in muligheder:
        if overgang.udfald is udfald:
            return overgang
    kan = " eller ".join(UDFALD_KAN[overgang.udfald] for overgang in muligheder)
    rest = f"Du kan {kan} den." if kan else "Der kan ikke ændres mere på den."
    raise Konflikt(
        "overgang_ikke_mulig",
        f"Reservationen er »{TILSTAND_NAVN[tilstand].lower()}«, og du kan ikke {UDFALD_KAN[udfald]} den. {rest}",
    )
