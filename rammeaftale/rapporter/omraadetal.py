"""Two figures of a KKR's area for its secretariat: its takster against the agreed ceiling, and how full its places are.

The takster are told as the page of their growth tells them. Occupancy is read as the report reads it, under the same rules of
discretion, so that the start page never shows what the report hides. Five statements however many offers there are. What cannot
be told is said, with the reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from faelles.diskretion import skjul_raekker
from faelles.fejl import DomaeneFejl
from faelles.tid import Periode
from kommuner.models import Kkr
from rammeaftale.rapporter.rammeaftalen.pladsdage import pladsdage
from takster.vaekst.queries import HUNDREDE, Aaretsvaekst, samlet
from tilbud.models import Tilbud
from vilkaar.kilde import Kilde, kilde
from vilkaar.noegler import Noegle
from vilkaar.queries import GaeldendeVilkaar, gaeldende


@dataclass(frozen=True, slots=True)
class Belaegningstal:
    """Occupied of open place-days in the period; or why that is not shown, and where the limit that hides it is agreed."""

    periode: Periode
    procent: Decimal | None
    hvorfor_ikke: str = ""
    kilde: Kilde | None = None


@dataclass(frozen=True, slots=True)
class Omraadetal:
    """The two figures of the KKR's area on a day."""

    kkr: Kkr
    vaekst: Aaretsvaekst
    belaegning: Belaegningstal


def omraadetal(kkr: Kkr, dag: date) -> Omraadetal:
    """The takster of the day's year, and the occupancy of that year so far (on 1 January, of the year before)."""
    nytaar = date(dag.year, 1, 1)
    periode = Periode(nytaar, dag) if dag > nytaar else Periode.aar(dag.year - 1)
    vaekst = samlet(kkr, dag.year)
    try:
        vilkaar = gaeldende(kkr.pk, dag)
    except DomaeneFejl as fejl:
        return Omraadetal(kkr, vaekst, Belaegningstal(periode, None, fejl.besked))
    medlemmer = kkr.medlemskaber.filter(periode__contains=dag).values("kommune")
    tilbud = dict(Tilbud.objects.filter(beliggenhedskommune__in=medlemmer).values_list("id", "beliggenhedskommune_id"))
    return Omraadetal(kkr, vaekst, _belaegning(vilkaar, tilbud, periode))


def _belaegning(vilkaar: GaeldendeVilkaar, tilbud: Mapping[UUID, str], periode: Periode) -> Belaegningstal:
    """Hidden where the report would hide the total: what is shown of the municipalities could be taken from it."""
    try:
        graense = vilkaar.heltal(Noegle.DISKRETION_GRAENSE)
    except DomaeneFejl as fejl:
        return Belaegningstal(periode, None, fejl.besked)
    aabne, belagte, ophold = 0, 0, dict.fromkeys(tilbud.values(), 0)
    for nr, dage in pladsdage(tilbud.keys(), periode).items():
        aabne, belagte = aabne + dage.aabne, belagte + dage.belagte
        ophold[tilbud[nr]] += dage.ophold
    if not aabne:
        return Belaegningstal(periode, None, "Der er ingen pladser i området.")
    if skjul_raekker(ophold, graense).i_alt:
        kilde_ = kilde(vilkaar, Noegle.DISKRETION_GRAENSE)
        return Belaegningstal(periode, None, "Den bygger på så få ophold, at den ikke vises.", kilde_)
    return Belaegningstal(periode, Decimal(belagte) * HUNDREDE / aabne)
