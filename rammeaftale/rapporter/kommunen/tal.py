"""The tables of the report "Kommunens køb og salg" as rows."""

from collections.abc import Iterator

from rammeaftale.rapporter.kanonisk import fra_json
from rammeaftale.rapporter.kapacitet.data import Handel
from rammeaftale.rapporter.kommunen.data import Handelsside, Kommunebillede, Raekke
from rammeaftale.rapporter.poster import SKJULT, Post, Vaerdi
from rammeaftale.rapporter.poster import Raekke as Postraekke

_TALT = "rammeaftale.rapporter.kommunen.brug.talt"
_MATRIX = "rammeaftale.rapporter.kapacitet.samling.handelsmatrix"
_TILBUD = "rammeaftale.rapporter.kommunen.samling.saml"
_VILKAAR = "rammeaftale.rapporter.aftalen.om_vilkaarene"
_HANDEL = ("Pladsdage", "Pladser i gennemsnit", "Kr.")
I_ALT = "I alt"


def poster(data: str) -> tuple[Post, ...]:
    """Every table the report can have, in order; without rows when there is nothing to show."""
    b = fra_json(Kommunebillede, data)
    return (
        *_side(b, b.koeb, "K", "Køb", "Driftsherre"),
        *_side(b, b.salg, "S", "Salg", "Køber"),
        Post("R6-P1", "Kommunens egne tilbud og pladser", _TILBUD, ("Tilbud", "Hjemler", "Pladser"),
             tuple((t.navn, "; ".join(t.hjemler), t.pladser) for t in b.tilbud)),
        Post("R6-V1", "Vilkår på datadagen", _VILKAAR, ("Vilkår", "Værdi", "Enhed", "Klausul", "Sæt", "Aftale"),
             tuple((v.navn, v.vaerdi, v.enhed, v.klausul, b.vilkaar.nummer, b.vilkaar.aftale) for v in b.vilkaar.vaerdier) if b.vilkaar else ()),
    )  # fmt: skip


def _side(b: Kommunebillede, side: Handelsside, bogstav: str, hvad: str, part: str) -> Iterator[Post]:
    i_alt = Raekke(I_ALT, side.i_alt)
    for nr, (kolonne, efter, raekker, kilde) in enumerate(
        (
            ("Hjemmel", "efter hjemmel", side.hjemler, _TALT),
            ("Tilbuddets målgrupper", "efter målgrupper", side.maalgrupper, _TALT),
            (part, f"efter {part.lower()}", side.parter, _TALT if b.egen else _MATRIX),
        ),
        start=1,
    ):
        alle = (*raekker, i_alt) if raekker or side.i_alt.dage else ()
        yield Post(
            f"R6-{bogstav}{nr}",
            f"{hvad} {efter}, {b.periode.navn}",
            kilde,
            (kolonne, *_HANDEL),
            tuple(_raekke(b, raekke) for raekke in alle),
        )


def _raekke(b: Kommunebillede, raekke: Raekke) -> Postraekke:
    handel: Handel = raekke.handel
    kr: Vaerdi = None if raekke.uden_pris else _vist(handel.kr)
    return (raekke.navn, _vist(handel.dage), _vist(b.pladser(handel.dage)), kr)


def _vist(vaerdi: Vaerdi) -> Vaerdi:
    return SKJULT if vaerdi is None else vaerdi
