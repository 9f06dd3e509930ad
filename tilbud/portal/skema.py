"""The extract's one sheet: columns of the import's sheet of offers, known by the id on Tilbudsportalen. An empty cell says nothing."""

from dataclasses import replace

from faelles.regneark.kolonner import Ark
from tilbud.registerimport.skema import TILBUD, Skema

NAVN = "Tilbudsportalen"
NOEGLE = "tilbudsportal_id"
SAMMENLIGNES = (
    "navn", "kommune", "adresse", "p_nummer", "cvr", "hjemler", "maalgrupper", "alder_fra", "alder_til", "beskrivelse", "hjemmeside",
    "kontakt_telefon", "kontakt_email", "lukket_fra",
)  # fmt: skip
STED = frozenset({"adresse", "p_nummer"})  # neither told nor compared where the address is protected


def portalark(skema: Skema) -> Ark:
    """The sheet with the lists of today."""
    efter_felt = {kolonne.felt: kolonne for kolonne in skema.ark_med(TILBUD).kolonner}
    kolonner = [replace(efter_felt[felt], tom=None, paakraevet=felt == NOEGLE) for felt in (NOEGLE, *SAMMENLIGNES)]
    return Ark(
        NAVN, tuple(kolonner), noegle=(NOEGLE,), forklaring="Et tilbud i hver række. En tom celle sammenlignes ikke."
    )
