"""How a step of the wheel looks to people. No rules of its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from rammeaftale.aarshjul.queries import Bagud, Hjulpunkt, Skyldig
from rammeaftale.aarshjul.regler import TRINSTAND_NAVN, Trinstand

_BADGE: Mapping[Trinstand, str] = {
    Trinstand.UDFOERT: "success",
    Trinstand.OVERSKREDET: "warning",
    Trinstand.SNART: "info",
    Trinstand.KOMMENDE: "stille",
}


@dataclass(frozen=True, slots=True)
class Punktvisning:
    """A row of the list. `egen` is where the reader's own organisation stands, if it owes the step."""

    nummer: int
    punkt: Hjulpunkt
    stand: str
    variant: str
    optaelling: str
    egen: Skyldig | None

    @property
    def egen_stand(self) -> str:
        """The reader's own stand in words."""
        return TRINSTAND_NAVN[self.egen.stand] if self.egen else ""


def vis(nummer: int, punkt: Hjulpunkt, organisation: UUID) -> Punktvisning:
    """A step as the organisation's people see it."""
    return Punktvisning(
        nummer=nummer,
        punkt=punkt,
        stand=TRINSTAND_NAVN[punkt.stand],
        variant=_BADGE[punkt.stand],
        optaelling=f"{len(punkt.udfoerte)} af {len(punkt.skyldige)}" if punkt.hver else "",
        egen=next((s for s in punkt.skyldige if punkt.hver and s.organisation.id == organisation), None),
    )


def tavle(bagud: Iterable[Bagud]) -> list[dict[str, str]]:
    """The cells of `komponenter/partstavle.html` for those who are behind."""
    return [
        {
            "navn": b.organisation.navn,
            "status": "forfalden",
            "tekst": "1 overskredet" if len(b.opgaver) == 1 else f"{len(b.opgaver)} overskredne",
            "detalje": "; ".join(p.opgave for p in b.opgaver),
        }
        for b in bagud
    ]
