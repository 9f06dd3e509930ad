"""How far the work on a focus area has come (rules-rammeaftale § 7): pure rules.

Nobody types how an area stands. A milestone is what was last reported of it, and the rest is counted from its milestones.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from faelles.sprog import sortnoegle

Felter = dict[str, list[str]]


class Ophav(StrEnum):
    """Who set the area: the parties themselves, or the minister, who may send out themes (serviceloven § 6)."""

    AFTALEN = "aftalen"
    MINISTERTEMA = "ministertema"


OPHAV_NAVN: Mapping[Ophav, str] = {Ophav.AFTALEN: "Aftalens parter", Ophav.MINISTERTEMA: "Ministeren"}


class Milepaelsstand(StrEnum):
    """Where a milestone stands, in the order it is shown. What is not begun and what is late is never reported: it follows."""

    NAAET = "naaet"
    I_GANG = "i_gang"
    IKKE_BEGYNDT = "ikke_begyndt"
    OVERSKREDET = "overskredet"
    OPGIVET = "opgivet"


MILEPAELSSTAND_NAVN: Mapping[Milepaelsstand, str] = {
    Milepaelsstand.NAAET: "Nået",
    Milepaelsstand.I_GANG: "I gang",
    Milepaelsstand.IKKE_BEGYNDT: "Ikke begyndt",
    Milepaelsstand.OVERSKREDET: "Frist overskredet",
    Milepaelsstand.OPGIVET: "Opgivet",
}

MELDBARE = (Milepaelsstand.I_GANG, Milepaelsstand.NAAET, Milepaelsstand.OPGIVET)
AFSLUTTEDE = frozenset({Milepaelsstand.NAAET, Milepaelsstand.OPGIVET})


def stand(sidst_meldt: Milepaelsstand | None, frist: date, dag: date) -> Milepaelsstand:
    """Where a milestone due on `frist` stands on a day, from what was reported last; None: nothing was."""
    if sidst_meldt in AFSLUTTEDE:
        return sidst_meldt
    return Milepaelsstand.OVERSKREDET if frist < dag else sidst_meldt or Milepaelsstand.IKKE_BEGYNDT


@dataclass(frozen=True, slots=True)
class Fremdrift:
    """How many milestones stand where. What is given up counts in neither part of `tekst`: it is no longer to be reached."""

    antal: Mapping[Milepaelsstand, int]

    @property
    def alle(self) -> int:
        """Every milestone, given up or not."""
        return sum(self.antal.values())

    @property
    def tekst(self) -> str:
        """`2 af 5 milepæle er nået`, and how many are late; without milestones that there are none."""
        tilbage = self.alle - self.antal[Milepaelsstand.OPGIVET]
        if not tilbage:
            return "Ingen milepæle" if not self.alle else "Alle milepæle er opgivet"
        naaet = f"{self.antal[Milepaelsstand.NAAET]} af {tilbage} {'milepæl' if tilbage == 1 else 'milepæle'} er nået"
        sene = self.antal[Milepaelsstand.OVERSKREDET]
        return f"{naaet}, {sene} har overskredet fristen" if sene else naaet


def fremdrift(stande: Iterable[Milepaelsstand]) -> Fremdrift:
    """Count where milestones stand."""
    talt = Counter(stande)
    return Fremdrift({en: talt[en] for en in Milepaelsstand})


@dataclass(frozen=True, slots=True)
class Melding:
    """What somebody reports of a milestone on a day, with what shows that it is so."""

    stand: Milepaelsstand
    dato: date
    bemaerkning: str
    dokumentation_url: str


def meldingsfejl(melding: Melding, dag: date) -> Felter:
    """What is wrong with a report made on `dag`, by field. It may be of an earlier day than the one before it, which it corrects.

    Reached needs something to show for it, and given up needs a reason: the next agreement is written from these.
    """
    felter: Felter = {}
    if melding.stand not in MELDBARE:
        felter["stand"] = ["Vælg, om milepælen er i gang, nået eller opgivet."]
    if melding.dato > dag:
        felter["dato"] = ["Datoen ligger i fremtiden; meld det, når det er sket."]
    if melding.stand is Milepaelsstand.NAAET and not (melding.bemaerkning or melding.dokumentation_url):
        felter["bemaerkning"] = ["Skriv, hvad der er nået, eller hvor det kan ses."]
    if melding.stand is Milepaelsstand.OPGIVET and not melding.bemaerkning:
        felter["bemaerkning"] = ["Skriv, hvorfor milepælen er opgivet."]
    return felter


def gennemsynsfejl(milepaele: Mapping[UUID, str], sete: Collection[UUID]) -> list[str]:
    """What keeps an area carried over from being looked through: the deadlines of these milestones are copied, and each must be seen."""
    mangler = sorted((navn for pk, navn in milepaele.items() if pk not in sete), key=sortnoegle)
    if mangler:
        return [f"Se også fristen igennem for {' og '.join(mangler)}."]
    return [] if len(sete) == len(milepaele) else ["Fokusområdet har ikke alle de milepæle, der er nævnt."]


def naeste_nummer(brugte: Iterable[int]) -> int:
    """The number of a new area: after the highest there has been."""
    return max(brugte, default=0) + 1
