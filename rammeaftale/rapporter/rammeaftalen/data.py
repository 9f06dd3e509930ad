"""What the snapshot of the report "Rammeaftale" holds (schema version 4).

Everything in it may be published: it travels inside the PDF. Counts that rest on too few citizens were left out when it
was made (`faelles.diskretion`), and then stand as None.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from rammeaftale.rapporter.aftalen import Aftale, Vilkaarssaet
from rammeaftale.rapporter.aftaleteksten.data import Aftaletekst
from rammeaftale.rapporter.eksempler.data import Eksempel
from reservationer.soegning.behov.optaelling import OEVRIGE

SKEMA_VERSION = 4


@dataclass(frozen=True, slots=True)
class Part:
    """A party and its latest step; `status` is a Partsstatus, the rest is empty while nothing is registered."""

    navn: str
    fra: date
    til: date | None
    efterfoelger: str
    status: str
    dato: date | None
    organ: str
    referat_url: str
    bemaerkning: str


@dataclass(frozen=True, slots=True)
class Pladstal:
    """Places open on the data date. `merpladser` are among the others."""

    doegn: int
    dag: int
    aflastning: int
    akut: int
    merpladser: int

    @property
    def i_alt(self) -> int:
        """All places."""
        return self.doegn + self.dag + self.aflastning + self.akut


@dataclass(frozen=True, slots=True)
class Belaegning:
    """Place-days of a period. `belagte` is None when it rests on too few stays, or would give such a number away."""

    aabne: int
    belagte: int | None

    @property
    def andel(self) -> Decimal | None:
        """Occupied share of the open place-days (0-1); None when hidden or nothing was open."""
        return Decimal(self.belagte) / self.aabne if self.belagte is not None and self.aabne else None


@dataclass(frozen=True, slots=True)
class Periodenavn:
    """A period occupancy is counted in, half-open `[fra, til)`."""

    navn: str
    fra: date
    til: date


@dataclass(frozen=True, slots=True)
class Kommune:
    """A municipality of the KKR: what lies in it, who lives in it and its outline. `belaegning` follows `perioder`."""

    kode: str
    navn: str
    tilbud: int
    pladser: Pladstal
    belaegning: tuple[Belaegning, ...]
    folketal: int | None
    folketal_aar: int | None
    laengdegrad: Decimal
    breddegrad: Decimal
    graense: Mapping[str, Any]

    @property
    def pladser_pr_10000(self) -> Decimal | None:
        """Places per 10,000 inhabitants; None without a population figure."""
        return Decimal(self.pladser.i_alt) * 10_000 / self.folketal if self.folketal else None


@dataclass(frozen=True, slots=True)
class Maalgruppe:
    """A target group. An offer with several counts in each. `belaegning` is the share in per cent, rounded to a whole one.

    Days are not given: with them, and those of the municipalities, single offers could be worked out.
    """

    navn: str
    tilbud: int
    pladser: Pladstal
    belaegning: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Takster:
    """Takster under a legal basis in the year of the data date, in kr. per `enhed`. `paragraf` is the basis without its name.

    `vejet` weighs each with its department's open place-days while it holds; None when there are none.
    """

    paragraf: str
    hjemmel: str
    enhed: str
    antal: int
    mindste: Decimal
    median: Decimal
    stoerste: Decimal
    vejet: Decimal | None


@dataclass(frozen=True, slots=True)
class Niveautal:
    """Offers per level of specialisation on a day. `uden` have no level registered."""

    dag: date
    niveau1: int
    niveau2: int
    niveau3: int
    uden: int


@dataclass(frozen=True, slots=True)
class Niveauflytning:
    """An offer that moved from one level to another."""

    dag: date
    tilbud: str
    fra: int
    til: int
    grund: str


@dataclass(frozen=True, slots=True)
class Behovsraekke:
    """The unmet needs of a target group, quarter by quarter, and those shown in all; None is a count that may not be shown."""

    maalgruppe: str
    antal: tuple[int | None, ...]
    i_alt: int | None


@dataclass(frozen=True, slots=True)
class UdaekkedeBehov:
    """What the municipalities have lacked, in finished quarters before the data date; None is a count that may not be shown."""

    kvartaler: tuple[Periodenavn, ...]
    raekker: tuple[Behovsraekke, ...]
    summer: tuple[int | None, ...]
    i_alt: int | None

    @property
    def viser_noget(self) -> bool:
        """Whether any count may be shown at all."""
        return self.i_alt is not None

    @property
    def flest(self) -> tuple[Behovsraekke, ...]:
        """The target groups that may be named, those with most needs shown first."""
        navngivne = (r for r in self.raekker if r.i_alt and r.maalgruppe != OEVRIGE)
        return tuple(sorted(navngivne, key=lambda r: (-(r.i_alt or 0), r.maalgruppe)))


@dataclass(frozen=True, slots=True)
class Kilde:
    """A web site prices were published on; `aar` None where the source names no year."""

    sted: str
    aar: int | None
    priser: int


@dataclass(frozen=True, slots=True)
class Pris:
    """A published price, all as the source writes it; what it does not say is empty. `aarsager`: why it could not be placed, if it could not."""

    raekke: int
    tilbud: str
    ydelse: str
    hjemmel: str
    beloeb: Decimal
    enhed: str
    aar: int | None
    moms: str
    note: str
    sted: str
    aarsager: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UplaceretTilbud:
    """A published offer that could not be placed, and why."""

    raekke: int
    navn: str
    aarsager: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Offentliggjort:
    """What others have published: never takster of ours. `tilbud` counts all published offers."""

    tilbud: int
    uplacerede_tilbud: tuple[UplaceretTilbud, ...]
    priser: tuple[Pris, ...]
    kilder: tuple[Kilde, ...]

    @property
    def uplacerede(self) -> int:
        """Rows that could not be placed, offers and prices."""
        return len(self.uplacerede_tilbud) + sum(bool(pris.aarsager) for pris in self.priser)


@dataclass(frozen=True, slots=True)
class Rammeaftalebillede:
    """The whole snapshot. `niveau_pladser` counts the places of the data date by level: 1, 2, 3 and without."""

    datatidspunkt: datetime
    datadag: date
    aftale: Aftale
    tekst: Aftaletekst
    eksempler: tuple[Eksempel, ...]
    vilkaar: Vilkaarssaet
    parter: tuple[Part, ...]
    perioder: tuple[Periodenavn, ...]
    kommuner: tuple[Kommune, ...]
    belaegning_i_alt: tuple[Belaegning, ...]
    maalgrupper: tuple[Maalgruppe, ...]
    takstaar: int
    takster: tuple[Takster, ...]
    niveauer: tuple[Niveautal, ...]
    niveau_pladser: tuple[int, ...]
    flytninger: tuple[Niveauflytning, ...]
    behov: UdaekkedeBehov
    offentliggjort: Offentliggjort

    @property
    def tilbud_i_alt(self) -> int:
        """Offers open on the data date."""
        return sum(kommune.tilbud for kommune in self.kommuner)

    @property
    def pladser_i_alt(self) -> Pladstal:
        """Places open on the data date."""
        alle = [kommune.pladser for kommune in self.kommuner]
        return Pladstal(
            doegn=sum(p.doegn for p in alle),
            dag=sum(p.dag for p in alle),
            aflastning=sum(p.aflastning for p in alle),
            akut=sum(p.akut for p in alle),
            merpladser=sum(p.merpladser for p in alle),
        )
