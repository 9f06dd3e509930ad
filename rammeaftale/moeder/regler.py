"""What a body can decide, and what follows for an agreement (rules-rammeaftale § 3): pure rules."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.organer.regler import Organart


class Organudfald(StrEnum):
    """What is decided in a case. Only KKR recommends, and only to the councils: each of them decides for itself."""

    TILTRAADT = "tiltraadt"
    ANBEFALET = "anbefalet"
    TIL_EFTERRETNING = "til_efterretning"
    UDSAT = "udsat"
    AFVIST = "afvist"


UDFALD_NAVN: Mapping[Organudfald, str] = {
    Organudfald.TILTRAADT: "Tiltrådt",
    Organudfald.ANBEFALET: "Anbefalet til kommunerne",
    Organudfald.TIL_EFTERRETNING: "Taget til efterretning",
    Organudfald.UDSAT: "Udsat",
    Organudfald.AFVIST: "Afvist",
}


def mulige_udfald(art: Organart) -> list[Organudfald]:
    """What a body of the kind can decide, in the order of the list."""
    andens = Organudfald.TILTRAADT if art is Organart.KKR else Organudfald.ANBEFALET
    return [udfald for udfald in Organudfald if udfald is not andens]


def foelge(art: Organart, udfald: Organudfald) -> Aftaletilstand | None:
    """Where the decision takes an agreement that lies before the embedsmandsudvalg; None: nowhere."""
    if art is Organart.KKR and udfald is Organudfald.ANBEFALET:
        return Aftaletilstand.KKR_ANBEFALET
    if art is not Organart.ARBEJDSGRUPPE and udfald is Organudfald.AFVIST:
        return Aftaletilstand.KLADDE
    return None


@dataclass(frozen=True, slots=True)
class Truffet:
    """A decision about a version: by which kind of body, and what."""

    art: Organart
    udfald: Organudfald


def mangler_udvalget(truffet: Iterable[Truffet], *, udvalg_findes: bool) -> bool:
    """Whether KKR cannot recommend the version yet: there is an embedsmandsudvalg, or was when the version was laid before it, and what it
    decided last is not to accede.

    `truffet` are the decisions about the version in the order of their meetings.
    """
    udvalgets = [t.udfald for t in truffet if t.art is Organart.EMBEDSMANDSUDVALG]
    return udvalg_findes and (not udvalgets or udvalgets[-1] is not Organudfald.TILTRAADT)
