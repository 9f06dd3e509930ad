"""The tables of a worked example as rows, and their ids."""

from collections.abc import Iterator

from rammeaftale.rapporter.eksempler.data import Eksempel
from rammeaftale.rapporter.eksempler.regning import OVERSKUD
from rammeaftale.rapporter.poster import Post

_REGNING = "rammeaftale.rapporter.eksempler.regning.eksempler"


def kode(rapport: str, eksempel: Eksempel, nummer: int) -> str:
    """`R2-O1`, `R2-E2`: of the example's figures (0) and calculations (from 1)."""
    return f"{rapport}-{'O' if eksempel.noegle == OVERSKUD else 'E'}{nummer}"


def eksempelposter(rapport: str, eksempel: Eksempel) -> Iterator[Post]:
    """The figures it begins from, and each calculation."""
    yield Post(
        kode(rapport, eksempel, 0), f"{eksempel.titel}: eksemplets tal", _REGNING, ("Forudsætning", "Værdi", "Enhed"),
        tuple((f.navn, f.vaerdi, f.enhed) for f in eksempel.forudsaetninger),
    )  # fmt: skip
    for nummer, stykke in enumerate(eksempel.regnestykker, start=1):
        yield Post(
            kode(rapport, eksempel, nummer), f"{eksempel.titel}: {stykke.navn.lower()}", _REGNING,
            ("Trin", "Formel", "Udregning", "Resultat", "Enhed"),
            tuple((t.tekst, t.formel, t.udregning, t.vaerdi, t.enhed) for t in stykke.trin),
        )  # fmt: skip
