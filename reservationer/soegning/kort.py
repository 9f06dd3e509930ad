"""The hits of a search on a map: how many each municipality has, and where they lie. Drawn here, from our own polygons."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from faelles.dokument.kort import Omraade, Prik, kommunekort
from faelles.sprog import sortnoegle
from kommuner.models import Kommune
from reservationer.soegning.kendte import med_kkrets_kommuner
from reservationer.soegning.profil import Behovsprofil
from reservationer.soegning.rangering import Resultat

TITEL = "Afdelinger med ledig plads"
GRAENSER = (Decimal(1), Decimal(2), Decimal(4), Decimal(8))
FLEST = 5


@dataclass(frozen=True, slots=True)
class Kommunetal:
    """How many departments of a municipality have a place that may be called free."""

    navn: str
    antal: int


def kommunetal(resultater: Iterable[Resultat]) -> list[Kommunetal]:
    """The municipalities of the hits, those with most first: what the map shows, in words."""
    tal = Counter(fundet.fakta.kommune for fundet in resultater if fundet.er_ledig)
    return [
        Kommunetal(navn, antal) for navn, antal in sorted(tal.items(), key=lambda par: (-par[1], sortnoegle(par[0])))
    ]


def alt_tekst(tal: Sequence[Kommunetal], prikker: int) -> str:
    """The map in a sentence."""
    if not tal:
        return "Kort uden ledige pladser."
    flest = ", ".join(f"{en.navn} {en.antal}" for en in tal[:FLEST])
    return f"{TITEL} efter kommune: {flest}{' …' if len(tal) > FLEST else ''}. {prikker} er mærket med en prik."


def prikker(resultater: Iterable[Resultat]) -> list[Prik]:
    """Where the hits lie. A protected address has no point (`vurdering.Fakta`), and so no dot."""
    return [
        Prik(fundet.fakta.kommunekode, (fundet.fakta.punkt.laengde, fundet.fakta.punkt.bredde), fundet.fakta.tilbud)
        for fundet in resultater
        if fundet.fakta.punkt is not None
    ]


def tegn(profil: Behovsprofil, resultater: Sequence[Resultat]) -> bytes:
    """The map as SVG: the municipalities of the search area coloured by their free departments, and a dot for each hit."""
    antal = Counter(fundet.fakta.kommunekode for fundet in resultater if fundet.er_ledig)
    fundne = prikker(resultater)
    return kommunekort(
        _omraader(profil, antal),
        titel=TITEL,
        beskrivelse=alt_tekst(kommunetal(resultater), len(fundne)),
        enhed=TITEL,
        graenser=GRAENSER,
        decimaler=None,
        prikker=fundne,
        prikker_er="Her ligger et tilbud",
        navne=profil.kkr is not None,
    )


def _omraader(profil: Behovsprofil, antal: Mapping[str, int]) -> list[Omraade]:
    kommuner = Kommune.objects.order_by("kommunekode")
    i_kkr = med_kkrets_kommuner(profil).kkr_kommuner
    if i_kkr is not None:
        kommuner = kommuner.filter(pk__in=i_kkr)
    return [
        Omraade(kode, navn, graense, (float(laengde), float(bredde)), Decimal(antal.get(kode, 0)))
        for kode, navn, graense, laengde, bredde in kommuner.values_list(
            "kommunekode", "kortnavn", "graense", "laengdegrad", "breddegrad"
        )
    ]
