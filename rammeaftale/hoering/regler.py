"""A hearing, its links and what becomes of an answer: pure rules.

What an answer is worth follows from facts with dates (sent, closed, answered, withdrawn); no state is stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


class Modtagerart(StrEnum):
    """What a recipient is. A round often goes to several kinds, so the kind is the recipient's (rules-rammeaftale § 4)."""

    HANDICAPRAAD = "handicapraad"
    INTERESSEORGANISATION = "interesseorganisation"
    REGION = "region"
    ANDEN = "anden"


MODTAGERART_NAVN: Mapping[Modtagerart, str] = {
    Modtagerart.HANDICAPRAAD: "Handicapråd",
    Modtagerart.INTERESSEORGANISATION: "Interesseorganisation",
    Modtagerart.REGION: "Region",
    Modtagerart.ANDEN: "Anden",
}


class Hoeringsstand(StrEnum):
    """Where a hearing is."""

    KLADDE = "kladde"
    SENDT = "sendt"
    AFSLUTTET = "afsluttet"


HOERINGSSTAND_NAVN: Mapping[Hoeringsstand, str] = {
    Hoeringsstand.KLADDE: "Kladde",
    Hoeringsstand.SENDT: "Sendt i høring",
    Hoeringsstand.AFSLUTTET: "Afsluttet",
}


def stand(sendt: datetime | None, afsluttet: datetime | None) -> Hoeringsstand:
    """Where a hearing is, by when it was sent and closed."""
    if afsluttet is not None:
        return Hoeringsstand.AFSLUTTET
    return Hoeringsstand.KLADDE if sendt is None else Hoeringsstand.SENDT


@dataclass(frozen=True, slots=True)
class Hoeringsrest:
    """What is left of an agreement's hearings: how many are out, and how many remarks nobody has decided on."""

    aabne: int
    ubehandlede: int

    @property
    def tekst(self) -> str:
        """In words, as a clause of a sentence; empty when nothing is left."""
        dele = []
        if self.aabne:
            dele.append("1 høring er åben" if self.aabne == 1 else f"{self.aabne} høringer er åbne")
        if self.ubehandlede:
            hvad = "1 bemærkning" if self.ubehandlede == 1 else f"{self.ubehandlede} bemærkninger"
            dele.append(f"{hvad} er ikke behandlet")
        return " og ".join(dele)


class Hoeringsudfald(StrEnum):
    """What is done with a hearing as a whole."""

    SEND = "send"
    AFSLUT = "afslut"


class Modtagerudfald(StrEnum):
    """What is done with one who is asked."""

    NYT_LINK = "nyt_link"
    TRAEK_LINK = "traek_link"
    FJERN = "fjern"


class Anledning(StrEnum):
    """Why a link was made."""

    AFSENDELSE = "afsendelse"
    PAAMINDELSE = "paamindelse"
    IGEN = "igen"
    FORLAENGET = "forlaenget"


UDEN_SVAR = frozenset({Anledning.PAAMINDELSE, Anledning.FORLAENGET})  # only for those who have not answered


ANLEDNING_NAVN: Mapping[Anledning, str] = {
    Anledning.AFSENDELSE: "Sendt med høringen",
    Anledning.PAAMINDELSE: "Sendt med påmindelsen",
    Anledning.IGEN: "Sendt igen",
    Anledning.FORLAENGET: "Sendt med en forlænget frist",
}


class Linkstand(StrEnum):
    """What somebody who opens a link may do with it."""

    AABENT = "aabent"
    BESVARET = "besvaret"
    UDLOEBET = "udloebet"
    TRUKKET = "trukket"


@dataclass(frozen=True, slots=True)
class Linkfakta:
    """What decides about a link: when it was ordered and withdrawn, when its recipient last answered, and its hearing's dates."""

    bestilt: datetime
    trukket: datetime | None
    besvaret: datetime | None
    frist: date
    afsluttet: datetime | None


def linkstand(link: Linkfakta, dag: date) -> Linkstand:
    """What the link is good for on a day.

    An answer is final: the link it was given with, and any other the recipient had by then, shows it and cannot change it. Only a
    link the secretariat sends after an answer takes another one, which counts instead; both are kept. Answering ends with the
    deadline's day, seeing what was answered with the hearing.
    """
    if link.trukket is not None:
        return Linkstand.TRUKKET
    if link.afsluttet is not None:
        return Linkstand.UDLOEBET
    if link.besvaret is not None and link.besvaret >= link.bestilt:
        return Linkstand.BESVARET
    return Linkstand.UDLOEBET if dag > link.frist else Linkstand.AABENT


def skal_paamindes(frist: date, dage: int | None, dag: date) -> bool:
    """Whether those who have not answered are reminded on the day: from `dage` days before the deadline until it; None: never."""
    return dage is not None and 0 <= (frist - dag).days <= dage


VENTETIDER = (timedelta(), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4))


def ventetid(fejlede: int) -> timedelta:
    """How long a letter that has failed so many times, at least once, waits before it is tried again; never longer than the last."""
    return VENTETIDER[min(fejlede, len(VENTETIDER)) - 1]


class Behandlingsudfald(StrEnum):
    """What the secretariat does with a remark."""

    TIL_EFTERRETNING = "til_efterretning"
    INDARBEJDET = "indarbejdet"
    IKKE_IMOEDEKOMMET = "ikke_imoedekommet"


BEHANDLING_NAVN: Mapping[Behandlingsudfald, str] = {
    Behandlingsudfald.TIL_EFTERRETNING: "Taget til efterretning",
    Behandlingsudfald.INDARBEJDET: "Indarbejdet",
    Behandlingsudfald.IKKE_IMOEDEKOMMET: "Ikke imødekommet",
}


def behandlingsfejl(udfald: Behandlingsudfald, *, har_version: bool, begrundelse: str) -> dict[str, list[str]]:
    """What is missing: the version a remark was worked into, or why it was not."""
    if udfald is Behandlingsudfald.INDARBEJDET and not har_version:
        return {"version": ["Vælg den version, bemærkningen er indarbejdet i: den, der var i høring, eller en senere."]}
    if udfald is Behandlingsudfald.IKKE_IMOEDEKOMMET and not begrundelse.strip():
        return {"begrundelse": ["Skriv, hvorfor bemærkningen ikke er imødekommet."]}
    return {}


class Filudfald(StrEnum):
    """What the secretariat decides about a file that goes with an answer."""

    FRIGIVET = "frigivet"
    LUKKET = "lukket"


FILUDFALD_NAVN: Mapping[Filudfald, str] = {
    Filudfald.FRIGIVET: "Frigivet til aftalens parter",
    Filudfald.LUKKET: "Lukket: indholdet udleveres ikke",
}


class Filadgang(StrEnum):
    """To whom a file's content is handed out: to all who see its answer, to the secretariat until it has looked, or to nobody."""

    AABEN = "aaben"
    VENTER = "venter"
    LUKKET = "lukket"


def filadgang(udfald: Filudfald | None, *, gennemsoegt: bool) -> Filadgang:
    """By what was decided last, or, before anything was, by whether all of its text has been asked for CPR numbers."""
    if udfald is Filudfald.LUKKET:
        return Filadgang.LUKKET
    return Filadgang.AABEN if udfald or gennemsoegt else Filadgang.VENTER


def filvurderingsfejl(udfald: Filudfald, begrundelse: str) -> dict[str, list[str]]:
    """What is missing: why nobody is to have the file."""
    if udfald is Filudfald.LUKKET and not begrundelse.strip():
        return {"begrundelse": ["Skriv, hvorfor filen lukkes. Gentag ikke, hvad der står i den."]}
    return {}
