"""The agreed price of a place: takst + supplements, per døgn or dag. Pure values; money is Decimal kroner."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from faelles.penge import Enhed, afrund
from takster.models import Takstenhed

HOEJST = Decimal(1000000)  # kr.: a bound against slips of the finger, no term of any agreement


class Tillaegsart(StrEnum):
    """Kinds of supplement. Coded, so that no price describes a citizen in words."""

    EN_TIL_EN = "en_til_en"
    TO_TIL_EN = "to_til_en"
    NATTEVAGT = "nattevagt"
    BEHANDLING = "behandling"
    BEFORDRING = "befordring"
    ANDET = "andet"


TILLAEG_NAVN: Mapping[Tillaegsart, str] = {
    Tillaegsart.EN_TIL_EN: "Én til én-støtte",
    Tillaegsart.TO_TIL_EN: "To til én-støtte",
    Tillaegsart.NATTEVAGT: "Vågen nattevagt",
    Tillaegsart.BEHANDLING: "Særlig behandling",
    Tillaegsart.BEFORDRING: "Befordring",
    Tillaegsart.ANDET: "Andet tillæg",
}


@dataclass(frozen=True, slots=True)
class Prisaftale:
    """What is paid per unit. `niveau` is the level of specialisation the takst is of, where there is one."""

    takst: Decimal
    enhed: Takstenhed = Takstenhed.DOEGN
    niveau: int | None = None
    tillaeg: Mapping[Tillaegsart, Decimal] = field(default_factory=dict)

    @property
    def samlet(self) -> Decimal:
        """Takst + supplements, kr. per unit with two decimals."""
        return afrund(self.takst + sum(self.tillaeg.values(), Decimal(0)), Enhed.OERE)

    @property
    def tillaeg_json(self) -> dict[str, str]:
        """The supplements as they are stored: code → kr. as text."""
        return {art.value: str(afrund(beloeb, Enhed.OERE)) for art, beloeb in sorted(self.tillaeg.items())}


def laes_tillaeg(raa: Mapping[str, str]) -> dict[Tillaegsart, Decimal]:
    """The supplements of stored or sent text. Raises ValueError for an unknown kind or what is no amount of ours."""
    try:
        laest = {Tillaegsart(kode): Decimal(beloeb) for kode, beloeb in raa.items()}
    except (InvalidOperation, TypeError):
        raise ValueError("Et tillæg skal være et beløb i kroner") from None
    if not all(er_beloeb(beloeb) for beloeb in laest.values()):
        raise ValueError("Et tillæg skal være et beløb i kroner")
    return laest


def er_beloeb(beloeb: Decimal) -> bool:
    """Whether it can be a price: finite, over nothing, in whole øre, and within reason."""
    return beloeb.is_finite() and 0 < beloeb <= HOEJST and beloeb == afrund(beloeb, Enhed.OERE)
