"""An agreement with focus areas, a central call and a working group, in an area with offers; everything of fixed days."""

from datetime import date

from faelles.tid import Periode
from rammeaftale.fokus.regler import Ophav
from rammeaftale.models import (
    Fokusomraade,
    Indsats,
    Milepael,
    Organ,
    Organmedlem,
    Rammeaftale,
    Udmelding,
)
from rammeaftale.organer.regler import Hverv, Organart
from rammeaftale.queries import gaeldende_version
from rammeaftale.rapporter.kanonisk import til_json
from rammeaftale.rapporter.udviklingsdel.data import Udviklingsdelbillede
from rammeaftale.rapporter.udviklingsdel.samling import saml
from tests import fabrik
from tests.rammeaftale.aftaler import med_udvikling
from tests.rammeaftale.rapporter.situationer import KOMMUNER, OEJEBLIK, tilbud_og_ophold
from tilbud.models import Hjemmel

MILEPAELE = {"Skabelonen er afprøvet": date(2027, 3, 1), "Evalueret": date(2026, 10, 1)}


def omraade() -> Rammeaftale:
    """The agreement, sent for approval."""
    aftale = fabrik.aftale(parter=KOMMUNER)
    med_udvikling(aftale)
    tilbud_og_ophold()
    Hjemmel.objects.create(
        kode="LSV", navn="Specialundervisning for voksne", lov="Lov om specialundervisning for voksne"
    )
    fokus(aftale)
    Udmelding.objects.create(
        aftale=aftale, titel="Udviklingshæmmede med dom", modtaget=date(2026, 9, 1), svarfrist=date(2026, 12, 1)
    )
    gruppe = Organ.objects.create(
        kkr=aftale.kkr, art=Organart.ARBEJDSGRUPPE, navn="Taskforce", opgave="De mest specialiserede tilbud",
        periode=Periode(date(2025, 1, 1)).som_range,
    )  # fmt: skip
    Organmedlem.objects.create(
        organ=gruppe, organisation=fabrik.kommune("Herlev").organisation, hverv=Hverv.FORMAND,
        periode=Periode(date(2025, 1, 1)).som_range,
    )  # fmt: skip
    return aftale


def fokus(aftale: Rammeaftale) -> None:
    """Two areas: one of the parties' own with work and two milestones, and one the minister has set."""
    egen = Fokusomraade.objects.create(
        aftale=aftale, nummer=1, navn="Overgange", ophav=Ophav.AFTALEN, beskrivelse="Ingen venter."
    )
    Fokusomraade.objects.create(aftale=aftale, nummer=2, navn="Særforanstaltninger", ophav=Ophav.MINISTERTEMA)
    indsats = Indsats.objects.create(fokusomraade=egen, navn="Overdragelsesmøder")
    for navn, frist in MILEPAELE.items():
        Milepael.objects.create(
            indsats=indsats, navn=navn, frist=frist, ansvarlig=fabrik.kommune("Rødovre").organisation
        )


def billede(aftale: Rammeaftale) -> Udviklingsdelbillede:
    """The snapshot."""
    version = gaeldende_version(aftale.id)
    assert version is not None
    return saml(version, OEJEBLIK)


def data(aftale: Rammeaftale) -> str:
    """The snapshot as text."""
    return til_json(billede(aftale))
