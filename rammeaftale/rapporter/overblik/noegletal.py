"""The key figures of an agreement over time, read out of the tables of its reports by their codes, so that each traces as the reports do. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rammeaftale.rapporter.poster import Post, Vaerdi, som_tekst


@dataclass(frozen=True, slots=True)
class Maaling:
    """A value of a series at a step in time; SKJULT or None as in the report's table."""

    serie: str
    trin: str
    vaerdi: Vaerdi

    @property
    def tal(self) -> Decimal | None:
        """The figure, where there is one that may be told."""
        return Decimal(self.vaerdi) if isinstance(self.vaerdi, int | Decimal) else None


@dataclass(frozen=True, slots=True)
class Noegletal:
    """A key figure: which table of which type of report it is read from, and how. `enhed` follows a value in a sentence."""

    kode: str
    navn: str
    enhed: str
    type: str
    post: str
    laes: Callable[[Post], Iterable[Maaling]]
    decimaler: int = 0
    fra_nul: bool = True


def ned(*serier: tuple[str, str]) -> Callable[[Post], Iterable[Maaling]]:
    """A step in each row, named by its first column; each series a column and what it is called."""
    return lambda post: (
        Maaling(navn, som_tekst(raekke[0]), raekke[post.kolonner.index(kolonne)])
        for kolonne, navn in serier
        for raekke in post.raekker
    )


def ned_hvor(kolonne: str, serier: Sequence[str], vaerdi: str) -> Callable[[Post], Iterable[Maaling]]:
    """A step in each row, named by its first column; the series stand in `kolonne`, and their figures in `vaerdi`."""
    return lambda post: (
        Maaling(serie, som_tekst(raekke[0]), raekke[post.kolonner.index(vaerdi)])
        for serie in serier
        for raekke in post.raekker
        if raekke[post.kolonner.index(kolonne)] == serie
    )


def paa_tvaers(raekkens: str, serie: str) -> Callable[[Post], Iterable[Maaling]]:
    """A step in each column between the first and the last, which is their sum, of the row that is called so."""
    return lambda post: (
        Maaling(serie, trin, vaerdi)
        for raekke in post.raekker
        if raekke[0] == raekkens
        for trin, vaerdi in zip(post.kolonner[1:-1], raekke[1:-1], strict=True)
    )


NOEGLETAL: Sequence[Noegletal] = (
    Noegletal("belaegning", "Belægning", "procent", "kapacitet", "R5-T1", ned(("Procent", "Belægning")), 1, fra_nul=False),
    Noegletal(
        "prisindeks", "Udgift pr. plads pr. døgn mod loftet", "i indeks", "takstanalyse", "R4-T7",
        ned(("Indeks", "Udgift"), ("Loftets indeks", "Loft")), 1, fra_nul=False,
    ),
    Noegletal(
        "ventetid", "Svar- og ventetid, halvdelen af sagerne", "dage", "kapacitet", "R5-T4",
        ned_hvor("Trin", ("Svar", "På venteliste"), "Halvdelen inden for dage"),
    ),
    Noegletal("behov", "Udækkede behov", "behov", "rammeaftale", "R1-T14", paa_tvaers("I alt", "Udækkede behov")),
    Noegletal(
        "niveauer", "Indplacerede tilbud på hvert niveau", "tilbud", "rammeaftale", "R1-T7",
        ned(*((navn, navn) for navn in ("Niveau 1", "Niveau 2", "Niveau 3"))),
    ),
)  # fmt: skip
TYPER = tuple(dict.fromkeys(noegletal.type for noegletal in NOEGLETAL))
