"""Focus areas the way the secretariat sets them, and reports the way those who have a milestone make them."""

from datetime import date

from faelles.aktoer import Aktoer
from faelles.tid import idag
from rammeaftale.aarshjul.regler import aar_senere
from rammeaftale.fokus import actions
from rammeaftale.fokus.actions import Milepaelsindhold, Omraadeindhold
from rammeaftale.fokus.regler import Melding, Milepaelsstand, Ophav
from rammeaftale.models import Fokusomraade, Indsats, Milepael, Milepaelsmelding, Rammeaftale
from tests import fabrik

DOKUMENTATION = "https://www.example.dk/evaluering"


def omraade(aftale: Rammeaftale, navn: str = "Overgange", *, ophav: Ophav = Ophav.AFTALEN) -> Fokusomraade:
    """A focus area of the agreement."""
    indhold = Omraadeindhold(navn, "Ingen venter mellem to forvaltninger.", ophav, None)
    return actions.opret_omraade(aktoer=_sekretariat(aftale), aftale_id=aftale.pk, indhold=indhold)


def indsats(hvor: Fokusomraade, navn: str = "Overdragelsesmøder") -> Indsats:
    """Work on it."""
    return actions.opret_indsats(aktoer=_sekretariat(hvor.aftale), omraade_id=hvor.pk, navn=navn, beskrivelse="")


def milepael(
    hvor: Indsats,
    navn: str = "Skabelonen er afprøvet",
    *,
    ansvarlig: str = "Rødovre",
    om: int = 30,
    paamind_dage: int | None = 14,
) -> Milepael:
    """A milestone of a municipality's, due so many days from today."""
    aftale = hvor.fokusomraade.aftale
    hvem = fabrik.kommune(ansvarlig, i=aftale.kkr.navn).organisation
    indhold = Milepaelsindhold(navn, fabrik.om(om), hvem.pk, paamind_dage)
    return actions.opret_milepael(aktoer=_sekretariat(aftale), indsats_id=hvor.pk, indhold=indhold)


def overtaget(aftale: Rammeaftale, ansvarlig: str = "Rødovre") -> Milepael:
    """A milestone of an area that stands as one carried over, not looked through yet."""
    hvad = milepael(indsats(omraade(aftale, "Taget med")), ansvarlig=ansvarlig)
    fra = omraade(aftale, "Det tidligere")
    Fokusomraade.objects.filter(indsatser__milepaele=hvad).update(gennemgaa=True, fortsaetter=fra)
    return hvad


def kan_fortsaette(aftale: Rammeaftale) -> Fokusomraade:
    """An area with open work of the agreement before this one, made for it."""
    til, i = aftale.aftaleperiode.fra, aftale.kkr.navn
    gammel = fabrik.aftale(parter=(), fra=aar_senere(til, -2), til=til, slug=f"foer-{aftale.slug}", i=i)
    Rammeaftale.objects.filter(pk=aftale.pk).update(forrige=gammel)
    fundet = omraade(gammel, "Kan fortsætte")
    indsats(fundet)
    return fundet


def melding(
    stand: Milepaelsstand, *, dato: date | None = None, tekst: str = "Afprøvet i tre kommuner", url: str = ""
) -> Melding:
    """What is reported, today unless another day is given."""
    return Melding(stand, dato or idag(), tekst, url)


def meldt(
    hvad: Milepael, stand: Milepaelsstand = Milepaelsstand.NAAET, *, af: Aktoer | None = None, dato: date | None = None
) -> Milepaelsmelding:
    """The secretariat, or somebody else, reports of it."""
    aktoer = af or _sekretariat(hvad.indsats.fokusomraade.aftale)
    return actions.meld(aktoer=aktoer, milepael_id=hvad.pk, melding=melding(stand, dato=dato))


def _sekretariat(aftale: Rammeaftale) -> Aktoer:
    return fabrik.sekretariat(aftale.kkr.navn)
