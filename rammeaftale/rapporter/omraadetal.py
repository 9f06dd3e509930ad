"""Two figures of a KKR's area for its secretariat: its takster against the agreed ceiling, and how full its places are.

Read as the report reads them, from the same queries and under the same rules of discretion, so that the start page never shows
what the report hides. Five statements however many offers there are. What cannot be told is said, with the reason.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from faelles.diskretion import skjul_raekker
from faelles.fejl import DomaeneFejl
from faelles.tid import Periode
from kommuner.models import Kkr
from rammeaftale.rapporter.rammeaftalen.pladsdage import pladsdage, taksttal
from takster import vilkaarsinddata
from takster.beregning.loft import Loftresultat, Pladsudgift, proev_loft
from takster.models import Takstenhed
from tilbud.models import Tilbud
from vilkaar.noegler import Noegle
from vilkaar.queries import GaeldendeVilkaar, gaeldende

HUNDREDE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Takstvaekst:
    """The year's døgntakster, weighed by open place-days, against the ceiling (F16); or why that cannot be told."""

    aar: int
    resultat: Loftresultat | None
    hvorfor_ikke: str = ""

    @property
    def procent_af_loft(self) -> Decimal:
        """The takster in percent of the ceiling."""
        return self.resultat.udgift * HUNDREDE / self.resultat.loft if self.resultat else Decimal(0)

    @property
    def afstand(self) -> Decimal:
        """How many percent of the ceiling they are from it, without a sign."""
        return abs(HUNDREDE - self.procent_af_loft)


@dataclass(frozen=True, slots=True)
class Belaegningstal:
    """Occupied of open place-days in the period; or why that is not shown."""

    periode: Periode
    procent: Decimal | None
    hvorfor_ikke: str = ""


@dataclass(frozen=True, slots=True)
class Omraadetal:
    """The two figures of the KKR's area on a day."""

    kkr: Kkr
    vaekst: Takstvaekst
    belaegning: Belaegningstal


def omraadetal(kkr: Kkr, dag: date) -> Omraadetal:
    """The takster of the day's year, and the occupancy of that year so far (on 1 January, of the year before)."""
    nytaar = date(dag.year, 1, 1)
    periode = Periode(nytaar, dag) if dag > nytaar else Periode.aar(dag.year - 1)
    try:
        vilkaar = gaeldende(kkr.pk, dag)
    except DomaeneFejl as fejl:
        return Omraadetal(kkr, Takstvaekst(dag.year, None, fejl.besked), Belaegningstal(periode, None, fejl.besked))
    medlemmer = kkr.medlemskaber.filter(periode__contains=dag).values("kommune")
    tilbud = dict(Tilbud.objects.filter(beliggenhedskommune__in=medlemmer).values_list("id", "beliggenhedskommune_id"))
    return Omraadetal(kkr, _vaekst(vilkaar, tilbud.keys(), dag.year), _belaegning(vilkaar, tilbud, periode))


def _vaekst(vilkaar: GaeldendeVilkaar, tilbud: Collection[UUID], aar: int) -> Takstvaekst:
    try:
        basisaar = vilkaar.heltal(Noegle.VAEKSTLOFT_BASISAAR)
        udgifter = [_udgift(tilbud, et) for et in (basisaar, aar)]
        for et, udgift in zip((basisaar, aar), udgifter, strict=True):
            if udgift is None:
                return Takstvaekst(aar, None, f"Der er ingen døgntakster for {et} at holde op mod loftet.")
        kendte = [udgift for udgift in udgifter if udgift]
        return Takstvaekst(aar, proev_loft(vilkaarsinddata.vaekstloft(vilkaar, aar=aar, udgifter=kendte)))
    except DomaeneFejl as fejl:
        felter = " ".join(besked for beskeder in fejl.felter.values() for besked in beskeder)
        return Takstvaekst(aar, None, felter or fejl.besked)


def _udgift(tilbud: Collection[UUID], aar: int) -> Pladsudgift | None:
    """What the year's open døgnpladser cost at their takster; None when none has one."""
    doegn = [t for t in taksttal(tilbud, Periode.aar(aar)) if t.enhed == Takstenhed.DOEGN and t.pladsdage]
    if not doegn:
        return None
    dage = sum(t.pladsdage for t in doegn)
    return Pladsudgift(
        aar=aar,
        omkostninger=sum((t.beloeb * t.pladsdage for t in doegn), start=Decimal(0)),
        pladsdage=Decimal(dage),
    )


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
        return Belaegningstal(periode, None, "Den bygger på så få ophold, at den ikke vises.")
    return Belaegningstal(periode, Decimal(belagte) * HUNDREDE / aabne)
