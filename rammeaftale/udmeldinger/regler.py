"""Where a central call stands (serviceloven § 13 b, rules-rammeaftale § 5): pure rules."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from faelles.diskretion import SkjulteRaekker, skjul_raekker

Felter = dict[str, list[str]]
R = TypeVar("R", bound=Hashable)


class Udmeldingsart(StrEnum):
    """What happens with a call after it was received; each is a dated fact."""

    RAPPORT_SENDT = "rapport_sendt"
    FORNYET_BEHANDLING = "fornyet_behandling"
    MIDLERTIDIGT_PAALAEG = "midlertidigt_paalaeg"


FAKTUM_NAVN: Mapping[Udmeldingsart, str] = {
    Udmeldingsart.RAPPORT_SENDT: "Fælles rapport sendt",
    Udmeldingsart.FORNYET_BEHANDLING: "Fornyet behandling ønsket",
    Udmeldingsart.MIDLERTIDIGT_PAALAEG: "Midlertidigt pålæg om at drive et tilbud videre",
}


class Udmeldingsstand(StrEnum):
    """Where a call stands on a day."""

    BESVARES = "besvares"
    FORSINKET = "forsinket"
    FORNYET = "fornyet"
    AFSENDT = "afsendt"
    ANNULLERET = "annulleret"


UDMELDINGSSTAND_NAVN: Mapping[Udmeldingsstand, str] = {
    Udmeldingsstand.BESVARES: "Besvares",
    Udmeldingsstand.FORSINKET: "Svarfrist overskredet",
    Udmeldingsstand.FORNYET: "Fornyet behandling",
    Udmeldingsstand.AFSENDT: "Fælles rapport sendt",
    Udmeldingsstand.ANNULLERET: "Annulleret",
}


@dataclass(frozen=True, slots=True)
class Faktum:
    """A fact of a call. `sidste_dag` is an order's last day, and None for one that has no end yet or for what is no order.

    `svarfrist` is by when the municipalities answer again, once the board has asked for renewed treatment.
    """

    art: Udmeldingsart
    dato: date
    sidste_dag: date | None = None
    svarfrist: date | None = None


def om_rapporten(fakta: Iterable[Faktum]) -> list[Faktum]:
    """The facts about the report as they happened: by date, those of one date as they were registered, which is the order of `fakta`."""
    return sorted((f for f in fakta if f.art is not Udmeldingsart.MIDLERTIDIGT_PAALAEG), key=lambda f: f.dato)


def stand(fakta: Iterable[Faktum], frist: date, dag: date) -> Udmeldingsstand:
    """Where a call to be answered by `frist` stands on a day; `fakta` in the order they were registered.

    An order to keep an offer open says nothing of the report. When the board asks for renewed treatment, the report is to be
    made again, and is late by the deadline that came with it; one registered without any is not late.
    """
    fakta = list(fakta)
    sket = [f for f in om_rapporten(fakta) if f.dato <= dag]
    if sket and sket[-1].art is Udmeldingsart.RAPPORT_SENDT:
        return Udmeldingsstand.AFSENDT
    if sket and sket[-1].svarfrist is None:
        return Udmeldingsstand.FORNYET
    if runde(fakta, frist, dag).frist < dag:
        return Udmeldingsstand.FORSINKET
    return Udmeldingsstand.FORNYET if sket else Udmeldingsstand.BESVARES


@dataclass(frozen=True, slots=True)
class Runde:
    """Which answer is asked for: given by `frist` and, of a renewed treatment, on the day it was asked for or later."""

    frist: date
    siden: date | None

    def besvaret(self, givet: date | None) -> bool:
        """Whether an answer last given on the day, or never, is one."""
        return givet is not None and (self.siden is None or givet >= self.siden)


def runde(fakta: Iterable[Faktum], frist: date, dag: date) -> Runde:
    """What measures who is late with a call first due on `frist`: on a day, the last renewed treatment that has a deadline."""
    senest = Runde(frist, None)
    for f in om_rapporten(fakta):
        if f.dato <= dag and f.svarfrist:
            senest = Runde(f.svarfrist, f.dato)
    return senest


def gaelder(faktum: Faktum, dag: date) -> bool:
    """Whether it is an order that holds on the day."""
    if faktum.art is not Udmeldingsart.MIDLERTIDIGT_PAALAEG:
        return False
    return faktum.dato <= dag and (faktum.sidste_dag is None or dag <= faktum.sidste_dag)


def faktumfejl(art: Udmeldingsart, hidtil: Iterable[Faktum], dato: date, modtaget: date, dag: date) -> Felter:
    """What is wrong with a fact registered on `dag` about a call received on `modtaget`, by field."""
    if dato > dag:
        return {"dato": ["Datoen ligger i fremtiden; registrér det, når det er sket."]}
    if dato < modtaget:
        return {"dato": [f"Udmeldingen blev modtaget den {modtaget:%d.%m.%Y}. Vælg den dag eller en senere."]}
    raekke = om_rapporten(hidtil)
    foer, efter = [f for f in raekke if f.dato <= dato], [f for f in raekke if f.dato > dato]
    if art is Udmeldingsart.FORNYET_BEHANDLING and not foer:
        return {"art": ["Fornyet behandling følger efter en fælles rapport. Registrér først, at den er sendt."]}
    naboer = [*foer[-1:], *efter[:1]]
    sendt = next((f for f in naboer if f.art is Udmeldingsart.RAPPORT_SENDT), None)
    if art is Udmeldingsart.RAPPORT_SENDT and sendt:
        besked = (
            f"Den fælles rapport er registreret som sendt den {sendt.dato:%d.%m.%Y}. Er den sendt igen, så registrér først, at "
            "fornyet behandling er ønsket; er datoen forkert, så annullér hændelsen."
        )
        return {"art": [besked]}
    return {}


def svarfristfejl(art: Udmeldingsart, dato: date, svarfrist: date | None) -> Felter:
    """What is wrong with by when a renewed treatment of the day is to be answered; what is none has no deadline."""
    if art is not Udmeldingsart.FORNYET_BEHANDLING:
        return {}
    if svarfrist is None:
        return {"svarfrist": ["Skriv, hvornår kommunerne skal have svaret igen."]}
    return {"svarfrist": ["Svarfristen ligger før fornyet behandling blev ønsket."]} if svarfrist < dato else {}


def annulleringsfejl(faktum: Faktum, resten: Sequence[Faktum]) -> str:
    """What would be wrong with the rest of a call's facts without this one, or nothing."""
    sendt = [f.dato for f in resten if f.art is Udmeldingsart.RAPPORT_SENDT]
    fornyet = [f.dato for f in resten if f.art is Udmeldingsart.FORNYET_BEHANDLING]
    if faktum.art is Udmeldingsart.RAPPORT_SENDT and any(all(dag > dato for dag in sendt) for dato in fornyet):
        return "Fornyet behandling følger efter den fælles rapport. Annullér først, at den er ønsket."
    return ""


def skjulte(antal: Mapping[R, int], graense: int) -> SkjulteRaekker[R]:
    """Which municipalities' counts others may not see, and whether their sum.

    As `skjul_raekker`, and more: each reader knows her own count. So where the sum is shown, what is hidden must hold also when
    any one of it is known: at least two others, at least the limit together. Otherwise the smallest shown goes too, and when
    none is left, the sum.
    """
    fundet = skjul_raekker(antal, graense)
    skjult, viste = set(fundet.raekker), [pk for pk in antal if pk not in fundet.raekker]
    while not fundet.i_alt and skjult and not _holder(sorted(antal[pk] for pk in skjult), graense):
        if not viste:
            return SkjulteRaekker(frozenset(skjult), i_alt=True)
        mindste = min(viste, key=lambda pk: antal[pk])
        viste.remove(mindste)
        skjult.add(mindste)
    return SkjulteRaekker(frozenset(skjult), fundet.i_alt)


def _holder(skjult: list[int], graense: int) -> bool:
    """Whether hidden counts, the smallest first, are safe from the one who has the largest of them, and so from the others.

    The smallest is below the limit, so those that reach it without the largest are at least two.
    """
    return sum(skjult[:-1]) >= graense
