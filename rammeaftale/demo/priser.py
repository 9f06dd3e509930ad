"""Cases of some of the stays in the ledger, with the prices agreed for them year by year.

The takster of the demo data rise by themselves; here supplements come beside them, more each year, and private operators agree a
little more than they publish, so that total price against list price has something to show.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random
from uuid import UUID

from faelles.ids import ny_reference
from faelles.penge import Enhed, afrund
from faelles.scope import som_systemet
from faelles.spor import uden_historik
from faelles.tid import Periode
from kommuner.models import Kommune, Organisationsart
from rammeaftale.demo.skala import RATER
from rammeaftale.demo.takster import FOERSTE_AAR
from reservationer.sag.begreber import Grund, Tilstand
from reservationer.sag.models import Indgang, Ophold, Opholdsansvar, Opholdshjemmel, Opholdsplads, Opholdspris
from reservationer.sag.priser import Prisaftale, Tillaegsart
from takster.models import Takst, Takstenhed
from tilbud.belaegning.models import Optagelse, Optagelsesart

FOERSTE_TILLAEG, MERE_OM_AARET = Decimal("0.02"), Decimal("0.015")  # of the takst
TABELLER = (Ophold, Opholdsplads, Opholdshjemmel, Opholdsansvar, Opholdspris)
PORTION = 2000  # rows in a statement
I_ORDEN = (
    "plads__afdeling__tilbud__navn_sortering",
    "plads__afdeling__navn",
    "plads__betegnelse",
    "periode",
    "ugedage",
)
PRIVAT_OVER_TAKST = Decimal("1.03")


@dataclass(frozen=True, slots=True)
class Sag:
    """A stay that gets a case: its claim, where and when it is, and the takster of its hjemmel there."""

    ophold: Ophold
    optagelse_id: UUID
    periode: Periode
    takster: Sequence[Takst]
    privat: bool


def indlaes(kommuner: Sequence[Kommune], rng: Random, dag: date) -> int:
    """Write the cases, each paid by one of the municipalities. Returns how many."""
    sager = list(_sager(kommuner, rng, dag))
    # Made up too, but of tables that people write in: their history is left out here alone.
    with som_systemet("demo data of every operator's"), uden_historik(*TABELLER):
        Ophold.objects.bulk_create((sag.ophold for sag in sager), PORTION)
        Opholdsplads.objects.bulk_create(
            (Opholdsplads(ophold=sag.ophold, optagelse_id=sag.optagelse_id) for sag in sager), PORTION
        )
        Opholdshjemmel.objects.bulk_create(
            (
                Opholdshjemmel(ophold=sag.ophold, hjemmel_id=sag.takster[0].hjemmel_id, periode=sag.periode.som_range)
                for sag in sager
            ),
            PORTION,
        )
        Opholdsansvar.objects.bulk_create(
            (
                Opholdsansvar(
                    ophold=sag.ophold,
                    handlekommune_id=hvem,
                    betalingskommune_id=hvem,
                    periode=sag.periode.som_range,
                )
                for sag in sager
                for hvem in sag.ophold.parter
            ),
            PORTION,
        )
        Opholdspris.objects.bulk_create((pris for sag in sager for pris in _priser(sag)), PORTION)
    return len(sager)


def _sager(kommuner: Sequence[Kommune], rng: Random, dag: date) -> Iterator[Sag]:
    """Some of the stays that had days under a takst that is known."""
    takster: dict[UUID, list[Takst]] = defaultdict(list)
    for takst in Takst.objects.defer("beregning").order_by("hjemmel", "periode"):
        alle = takster[takst.afdeling_id]
        if not alle or alle[0].hjemmel_id == takst.hjemmel_id:
            alle.append(takst)
    optagelser = Optagelse.objects.filter(
        art=Optagelsesart.OPHOLD, reservation=None, periode__overlap=Periode(date(FOERSTE_AAR, 1, 1), dag).som_range
    ).select_related("plads__afdeling__tilbud__driftsherre")
    for nummer, optagelse in enumerate(optagelser.order_by(*I_ORDEN).iterator()):
        fundne = takster.get(optagelse.plads.afdeling_id)
        if rng.random() >= RATER.ophold_med_sag or not fundne:
            continue
        driftsherre = optagelse.plads.afdeling.tilbud.driftsherre
        yield Sag(
            _ophold(optagelse, rng.choice(kommuner).organisation_id, fundne[0].vilkaarssaet_id, nummer, dag),
            optagelse.pk,
            Periode.af_range(optagelse.periode),
            fundne,
            privat=driftsherre.art in {Organisationsart.PRIVAT, Organisationsart.SELVEJENDE},
        )


def _ophold(optagelse: Optagelse, kommune: UUID, saet: UUID, nummer: int, dag: date) -> Ophold:
    periode, tilbud = Periode.af_range(optagelse.periode), optagelse.plads.afdeling.tilbud
    slut = periode.sidste_dag if periode.til and periode.til <= dag else None
    return Ophold(
        indgang=Indgang.AKUT,
        tilbud=tilbud,
        driftsherre_id=tilbud.driftsherre_id,
        parter=[kommune],
        reference=ny_reference(),
        sagsreference=f"DEMO-PRIS-{nummer + 1}",
        tilstand=Tilstand.UDSKREVET if slut else Tilstand.LOEBENDE,
        foerste_dag=periode.fra,
        betales_fra=periode.fra,
        sidste_dag=slut,
        betales_til=slut,
        udskrivningsgrund=Grund.ENIGE if slut else "",
        vilkaarssaet_id=saet,
        betaling_vilkaarssaet_id=saet if slut else None,
    )


def _priser(sag: Sag) -> Iterator[Opholdspris]:
    """A price for each takst in turn, the first from the stay's own first day, with supplements that are more each year."""
    gaeldende = [takst for takst in sag.takster if takst.periode.upper > sag.periode.fra]
    for nummer, takst in enumerate(gaeldende):
        fra = max(takst.periode.lower, sag.periode.fra) if nummer else sag.periode.fra
        til = min(takst.periode.upper, sag.periode.til or takst.periode.upper)
        if fra >= til:
            return
        pris = takst.beloeb * PRIVAT_OVER_TAKST if sag.privat else takst.beloeb
        andel = FOERSTE_TILLAEG + MERE_OM_AARET * (takst.periode.lower.year - FOERSTE_AAR)
        tillaeg = {Tillaegsart.NATTEVAGT: afrund(takst.beloeb * andel, Enhed.KRONE)}
        aftale = Prisaftale(afrund(pris, Enhed.KRONE), Takstenhed(takst.enhed), tillaeg=tillaeg)
        yield Opholdspris(
            ophold=sag.ophold,
            periode=Periode(fra, til).som_range,
            foreslaaet=sag.ophold.oprettet,
            accepteret=sag.ophold.oprettet,
            **Opholdspris.kolonner(aftale),
        )
