"""Report types. What the web process needs (names, how data is collected) is apart from what only a worker has (how it is drawn).

The drawing half is filled in by `tasks`, which Celery's workers import and nobody else: WeasyPrint and the chart converter
take long to load and much memory.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from faelles.fejl import UgyldigtInput
from rammeaftale.models import Version
from rammeaftale.rapporter.emne import Emne
from rammeaftale.rapporter.flettefelter import Flettefelt
from rammeaftale.rapporter.kanonisk import fra_json
from rammeaftale.rapporter.kapacitet import data as kapacitetsdata
from rammeaftale.rapporter.kapacitet import samling as kapacitetssamling
from rammeaftale.rapporter.kapacitet import tal as kapacitetstal
from rammeaftale.rapporter.kommunen import data as kommunedata
from rammeaftale.rapporter.kommunen import samling as kommunesamling
from rammeaftale.rapporter.kommunen import tal as kommunetal
from rammeaftale.rapporter.poster import Post
from rammeaftale.rapporter.rammeaftalen import data, samling, tal, tekstfelter
from rammeaftale.rapporter.styringsdel import data as styringsdeldata
from rammeaftale.rapporter.styringsdel import samling as styringsdelsamling
from rammeaftale.rapporter.styringsdel import tal as styringsdeltal
from rammeaftale.rapporter.takstanalyse import data as takstanalysedata
from rammeaftale.rapporter.takstanalyse import samling as takstanalysesamling
from rammeaftale.rapporter.takstanalyse import tal as takstanalysetal
from rammeaftale.rapporter.tilbudsliste import data as tilbudslistedata
from rammeaftale.rapporter.tilbudsliste import samling as tilbudslistesamling
from rammeaftale.rapporter.tilbudsliste import tal as tilbudslistetal
from rammeaftale.rapporter.udviklingsdel import data as udviklingsdeldata
from rammeaftale.rapporter.udviklingsdel import samling as udviklingsdelsamling
from rammeaftale.rapporter.udviklingsdel import tal as udviklingsdeltal


@dataclass(frozen=True, slots=True)
class Rapporttype:
    """A kind of report. `saml` returns a frozen dataclass that `kanonisk` can write, and `laes` reads it; `poster` are the tables in one.

    `kapitler` are those the secretariat can write in, titles by key: the pages have `<!-- tekst:key -->` where the text goes.
    `flettefelter` are the values that can stand in the texts.
    `skema_version` rises when the snapshot's shape changes, `skabelon_version` when the pages do.
    One `om_kommune` is about one municipality, and is for it and the secretariat: it is never published.
    """

    noegle: str
    navn: str
    skema_version: int
    skabelon_version: str
    saml: Callable[[Emne, datetime], Any]
    poster: Callable[[str], tuple[Post, ...]]
    laes: Callable[[str], Any] = json.loads
    kapitler: Mapping[str, str] = field(default_factory=dict)
    flettefelter: tuple[Flettefelt, ...] = ()
    om_kommune: bool = False

    def vaerdier(self, billede: object) -> dict[str, str]:
        """What each placeholder stands for in a snapshot."""
        return {felt.noegle: felt.vaerdi(billede) for felt in self.flettefelter}


def _om_aftalen(saml: Callable[[Version, datetime], Any]) -> Callable[[Emne, datetime], Any]:
    """What is collected about the agreement alone."""
    return lambda emne, oejeblik: saml(emne.version, oejeblik)


RAMMEAFTALE = Rapporttype(
    noegle="rammeaftale",
    navn="Rammeaftale",
    skema_version=data.SKEMA_VERSION,
    skabelon_version="8",
    saml=_om_aftalen(samling.saml),
    poster=tal.poster,
    laes=partial(fra_json, data.Rammeaftalebillede),
    kapitler=tekstfelter.KAPITLER,
    flettefelter=tekstfelter.FELTER,
)

TAKSTANALYSE = Rapporttype(
    noegle="takstanalyse",
    navn="Takstanalyse",
    skema_version=takstanalysedata.SKEMA_VERSION,
    skabelon_version="3",
    saml=_om_aftalen(takstanalysesamling.saml),
    poster=takstanalysetal.poster,
)

KAPACITET = Rapporttype(
    noegle="kapacitet",
    navn="Kapacitet og belægning",
    skema_version=kapacitetsdata.SKEMA_VERSION,
    skabelon_version="3",
    saml=_om_aftalen(kapacitetssamling.saml),
    poster=kapacitetstal.poster,
)

TILBUDSLISTE = Rapporttype(
    noegle="tilbudsliste",
    navn="Tilbud og takster",
    skema_version=tilbudslistedata.SKEMA_VERSION,
    skabelon_version="1",
    saml=_om_aftalen(tilbudslistesamling.saml),
    poster=tilbudslistetal.poster,
)

STYRINGSDEL = Rapporttype(
    noegle="styringsdel",
    navn="Styringsdel",
    skema_version=styringsdeldata.SKEMA_VERSION,
    skabelon_version="3",
    saml=_om_aftalen(styringsdelsamling.saml),
    poster=styringsdeltal.poster,
)

UDVIKLINGSDEL = Rapporttype(
    noegle="udviklingsdel",
    navn="Udviklingsdel",
    skema_version=udviklingsdeldata.SKEMA_VERSION,
    skabelon_version="3",
    saml=_om_aftalen(udviklingsdelsamling.saml),
    poster=udviklingsdeltal.poster,
)

KOMMUNE = Rapporttype(
    noegle="kommune",
    navn="Kommunens køb og salg",
    skema_version=kommunedata.SKEMA_VERSION,
    skabelon_version="2",
    saml=kommunesamling.saml,
    poster=kommunetal.poster,
    om_kommune=True,
)

RAPPORTTYPER: Mapping[str, Rapporttype] = {
    type_.noegle: type_
    for type_ in (RAMMEAFTALE, STYRINGSDEL, UDVIKLINGSDEL, TAKSTANALYSE, KAPACITET, TILBUDSLISTE, KOMMUNE)
}


def rapporttype(noegle: str) -> Rapporttype:
    """The type with the key. Raises UgyldigtInput when there is none."""
    if noegle not in RAPPORTTYPER:
        kendte = ", ".join(RAPPORTTYPER)
        raise UgyldigtInput("ukendt_rapporttype", f"Rapporttypen »{noegle}« findes ikke. Vælg en af: {kendte}.")
    return RAPPORTTYPER[noegle]


@dataclass(frozen=True, slots=True)
class Kapitelkilde:
    """What one chapter is made from, all of it: the same bytes give the same pages."""

    titel: str
    kilde: bytes


IKKE_TIL_UDGIVELSE = "Ikke til udgivelse"


@dataclass(frozen=True, slots=True)
class Manuskript:
    """What a report says besides its snapshot: its number when it is final, None in a draft; HTML by the chapter it stands in.

    One that is not `til_udgivelse` is neither draft nor final.
    """

    nummer: int | None = None
    tekster: Mapping[str, str] = field(default_factory=dict)
    til_udgivelse: bool = True

    @property
    def er_udkast(self) -> bool:
        """Whether a final may come of it."""
        return self.til_udgivelse and self.nummer is None

    @property
    def udgave(self) -> str:
        """The line of the cover that tells which edition it is."""
        if not self.til_udgivelse:
            return IKKE_TIL_UDGIVELSE
        if self.nummer is None:
            return "Udkast"
        return f"Nr. {self.nummer}" if self.nummer == 1 else f"Nr. {self.nummer}, afløser nr. {self.nummer - 1}"


UDKAST = Manuskript()


class Opdeling(Protocol):
    """A report divided into chapters, ready to be set."""

    @property
    def kapitler(self) -> Sequence[Kapitelkilde]:
        """In order."""

    def flet(self, kapitler: Sequence[bytes]) -> bytes:
        """The whole PDF, of the PDFs of the chapters."""


def typenavn(noegle: str) -> str:
    """The type's name for people; its key when the type is no longer made."""
    return RAPPORTTYPER[noegle].navn if noegle in RAPPORTTYPER else noegle


class Fremstiller(Protocol):
    """Makes the PDF of a snapshot, step by step so that progress can be shown and the chapters be shared out."""

    def tegn(self, data: str) -> Mapping[str, bytes]:
        """The drawings."""

    def opdel(self, data: str, billeder: Mapping[str, bytes], manuskript: Manuskript = UDKAST) -> Opdeling:
        """The chapters."""

    def saet(self, kilde: bytes) -> bytes:
        """The PDF of one chapter."""

    def kontroller(self, pdf: bytes) -> tuple[str, ...]:
        """What keeps the PDF from being accessible, as sentences; empty when nothing does."""

    def antal_sider(self, pdf: bytes) -> int:
        """Number of pages."""

    def biblioteker(self) -> dict[str, str]:
        """Names and versions of the libraries that decide how the PDF comes out."""


_fremstillere: dict[str, Fremstiller] = {}


def brug_fremstiller(type_: Rapporttype, fremstiller: Fremstiller) -> None:
    """Say how reports of a type are made (`tasks` does, in the worker)."""
    _fremstillere[type_.noegle] = fremstiller


def fremstiller(noegle: str) -> Fremstiller:
    """The maker of a type. Raises LookupError outside a worker."""
    return _fremstillere[noegle]
