"""What the secretariat's texts in the report "Rammeaftale" can be about: its chapters, and the values that can stand in them."""

from faelles.dokument.tal import dato, tal
from rammeaftale.rapporter.flettefelter import SKJULT, Flettefelt
from rammeaftale.rapporter.rammeaftalen import saetninger
from rammeaftale.rapporter.rammeaftalen.data import Rammeaftalebillede

KAPITLER = {
    "resume": "Resumé",
    "parter": "Parter og godkendelser",
    "kommuner": "Tilbud og pladser pr. kommune",
    "maalgrupper": "Tilbud og pladser pr. målgruppe",
    "takster": "Takster efter hjemmel",
    "niveauer": "De tre niveauer af specialisering",
    "kort": "Kort over kommunerne",
    "behov": "Udækkede behov",
    "offentliggjort": "Offentliggjorte priser fra andre kilder",
    "metode": "Metode og datagrundlag",
}


def _belaegning(billede: Rammeaftalebillede, nr: int) -> str:
    """Of the last whole year (0) or this year so far (1), which on 1 January has not begun."""
    if nr >= len(billede.belaegning_i_alt) or billede.belaegning_i_alt[nr].andel is None:
        return SKJULT
    return saetninger.andelstekst(billede.belaegning_i_alt[nr])


FELTER = (
    Flettefelt("aftale", "Aftalens titel", lambda b: str(b.aftale.titel)),
    Flettefelt("aftaleperiode", "Hvornår aftalen gælder", lambda b: str(b.aftale.periode_i_ord)),
    Flettefelt("version", "Aftalens version", lambda b: str(b.aftale.versionsnummer)),
    Flettefelt("kkr", "KKR'ets navn", lambda b: str(b.aftale.kkr)),
    Flettefelt("datadag", "Den dag, tallene er fra", lambda b: dato(b.datadag)),
    Flettefelt("godkendt", "Antal parter, der har godkendt", lambda b: tal(saetninger.optaelling(b).godkendt)),
    Flettefelt("parter", "Antal parter", lambda b: tal(saetninger.optaelling(b).i_alt)),
    Flettefelt("kommuner", "Antal kommuner i KKR'et", lambda b: tal(len(b.kommuner))),
    Flettefelt("tilbud", "Åbne tilbud (R1-T2)", lambda b: tal(b.tilbud_i_alt)),
    Flettefelt("pladser", "Åbne pladser (R1-T2)", lambda b: tal(b.pladser_i_alt.i_alt)),
    Flettefelt("doegnpladser", "Åbne døgnpladser (R1-T2)", lambda b: tal(b.pladser_i_alt.doegn)),
    Flettefelt("dagpladser", "Åbne dagpladser (R1-T2)", lambda b: tal(b.pladser_i_alt.dag)),
    Flettefelt("belaegning_sidste_aar", "Belægning i det seneste hele år", lambda b: _belaegning(b, 0)),
    Flettefelt("belaegning_i_aar", "Belægning i år til dato", lambda b: _belaegning(b, 1)),
    Flettefelt("niveau3", "Tilbud på niveau 3 på datadagen", lambda b: tal(b.niveauer[-1].niveau3)),
)
