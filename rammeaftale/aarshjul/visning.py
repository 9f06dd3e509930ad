"""How a step of the wheel looks to people. No rules of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from rammeaftale.aarshjul.kalender import Kalenderdag
from rammeaftale.aarshjul.queries import Hjulpunkt, Skyldig, Stilling
from rammeaftale.aarshjul.regler import TRINSTAND_NAVN, Trinstand

_BADGE: Mapping[Trinstand, str] = {
    Trinstand.UDFOERT: "success",
    Trinstand.OVERSKREDET: "warning",
    Trinstand.SNART: "info",
    Trinstand.KOMMENDE: "stille",
    Trinstand.INGEN: "stille",
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


@dataclass(frozen=True, slots=True)
class Dagvisning:
    """A row of the list that is nobody's duty."""

    nummer: int
    kalenderdag: Kalenderdag


def vis(nummer: int, punkt: Hjulpunkt | Kalenderdag, organisation: UUID) -> Punktvisning | Dagvisning:
    """A row as the organisation's people see it."""
    if isinstance(punkt, Kalenderdag):
        return Dagvisning(nummer, punkt)
    return Punktvisning(
        nummer=nummer,
        punkt=punkt,
        stand=TRINSTAND_NAVN[punkt.stand],
        variant=_BADGE[punkt.stand],
        optaelling=f"{len(punkt.udfoerte)} af {len(punkt.skyldige)}" if punkt.hver and punkt.skyldige else "",
        egen=next((s for s in punkt.skyldige if punkt.hver and s.organisation.id == organisation), None),
    )


def tavle(stillinger: Sequence[Stilling]) -> Mapping[str, object]:
    """The board of those who owe something: its cells for `komponenter/partstavle.html`, and how many of them are behind."""
    return {
        "parter": [_felt(stilling) for stilling in stillinger],
        "bagud": sum(bool(stilling.overskredne) for stilling in stillinger),
    }


def _felt(stilling: Stilling) -> Mapping[str, object]:
    antal = len(stilling.overskredne)
    return {
        "navn": stilling.organisation.navn,
        "status": "forfalden" if antal else "rolig",
        "tekst": {0: "Intet overskredet", 1: "1 overskredet"}.get(antal, f"{antal} overskredne"),
        "links": [{"navn": punkt.opgave, "url": punkt.sted} for punkt in stilling.overskredne],
    }
