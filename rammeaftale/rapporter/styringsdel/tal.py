"""The tables of the report "Styringsdel" as rows. A section's table has the section's number in its id."""

from collections.abc import Iterator

from rammeaftale.rapporter.eksempler.poster import eksempelposter
from rammeaftale.rapporter.kanonisk import fra_json
from rammeaftale.rapporter.poster import Post
from rammeaftale.rapporter.styringsdel.data import Afsnit, Styringsdelbillede

_VILKAAR = "rammeaftale.rapporter.aftaleteksten.samling.tekst"
KOLONNER = ("Vilkår", "Nøgle", "Værdi", "Enhed", "Klausul", "Sæt", "Aftale", "Stand")


def poster(data: str) -> tuple[Post, ...]:
    """Every table the report can have, in order."""
    billede = fra_json(Styringsdelbillede, data)
    return tuple(post for afsnit in billede.afsnit for post in _afsnittets(billede, afsnit))


def _afsnittets(b: Styringsdelbillede, afsnit: Afsnit) -> Iterator[Post]:
    saet = (b.saet.nummer, b.saet.aftale, "endeligt" if b.saet.endelig else "foreløbigt") if b.saet else (None, "", "")
    yield Post(
        vilkaarskode(afsnit),
        f"Vilkår i afsnit {afsnit.nummer}",
        _VILKAAR,
        KOLONNER,
        tuple(
            (linje.navn, linje.noegle, linje.i_ord or "ikke fastsat", linje.enhed, linje.klausul, *saet)
            for linje in afsnit.vilkaar
        ),
        2,
    )
    if afsnit.eksempel:
        yield from eksempelposter("R2", afsnit.eksempel)


def vilkaarskode(afsnit: Afsnit) -> str:
    """`R2-V6.3`: the id of the section's table of terms."""
    return f"R2-V{afsnit.nummer}"
