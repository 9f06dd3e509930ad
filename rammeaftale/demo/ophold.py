"""A few stays of the demo data with their cases, begun and followed the way people do it, by the demonstration's two buyers."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from faelles.aktoer import Aktoer
from faelles.scope import saet_database_aktoer
from faelles.tid import Periode, idag, nu, om_maaneder
from kommuner.models import Kommune, Organisation, Rolle
from rammeaftale.demo.sager import NABOER, aktoer
from reservationer.sag.aftaler.actions import afgoer, opret, skriv
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.models import Fravaersart, Indgang, Ophold
from reservationer.sag.ophold.forloeb import afgoer_ophold
from reservationer.sag.ophold.indskrivning import indskriv_uden_reservation
from reservationer.sag.ophold.pris import offentliggjort_pris
from reservationer.sag.overgange import Data, Grund, Udfald
from tilbud.belaegning.models import Optagelse
from tilbud.belaegning.querysets import er_ledig
from tilbud.models import Plads, Pladsart, Tilsynsgodkendelse

SIDEN = 40  # days since they began
FULD = {
    "variant": "inden", "kommune_afdeling": "Voksne med handicap", "kommune_adresse": "Rådhuset", "betaler_kontakt": "",
    "ydelser": ["ophold"], "maal": "Indsatsplan i egen sag", "moms": "fritaget", "regulering": "takst", "varighed": "varig",
    "slut": None, "varsel_kommune": "", "varsel_tilbud": "", "lukning": "rammeaftalen", "rytme": "bagud", "betalingsdage": 30,
    "ean": "5799990000000", "fakturareference": "DEMO",
}  # fmt: skip


def indlaes(kommuner: list[Kommune], foerste_tilbud: UUID) -> int:
    """Stays at every stage: with an agreement both have accepted and a price to be agreed, under notice, ended, and away, as
    far as there are places free that long. Made after the approvals, which they are held up against; the first offer
    is left alone, for the demonstration itself reserves there. Returns how many.
    """
    koebere = [k.organisation for navn in NABOER for k in kommuner if k.kortnavn == navn]
    if not koebere:
        return 0
    begynd, antal = idag() - timedelta(days=SIDEN), 0
    for forloeb, plads in zip(FORLOEB, _ledige(foerste_tilbud, begynd), strict=False):
        forloeb(*_begynd(plads, koebere[antal % len(koebere)], begynd, antal))
        antal += 1
    saet_database_aktoer(None)  # the rest of the demo data is the platform's
    return antal


def _ledige(foerste_tilbud: UUID, fra: date) -> Iterator[Plads]:
    """Places that are free from the day on in offers with an approval, and whose takst is known; Gladsaxe's first."""
    periode = Periode(fra)
    godkendte = Tilsynsgodkendelse.objects.paa(idag()).values("tilbud")
    fundne = (
        Plads.objects.aabne_i_hele(periode)
        .filter(er_ledig(Optagelse.objects.all(), periode, nu()), afdeling__tilbud__in=godkendte, merplads=False)
        .filter(forbeholdt_egne=False, forbeholdt_beboere=False, afdeling__tilbud__lukket_fra__isnull=True)
        .exclude(afdeling__tilbud=foerste_tilbud)
        .exclude(art=Pladsart.AKUT)
        .select_related("afdeling__tilbud__driftsherre")
        .order_by("afdeling__tilbud__navn_sortering", "betegnelse_sortering", "pk")
    )
    for plads in sorted(fundne, key=lambda en: en.afdeling.tilbud.driftsherre.navn != "Gladsaxe Kommune"):
        if offentliggjort_pris(plads.afdeling_id, _hjemmel(plads), fra):
            yield plads


def _hjemmel(plads: Plads) -> str:
    return plads.afdeling.tilbud.hjemler.order_by("kode")[0].kode


def _begynd(plads: Plads, koeber: Organisation, fra: date, nummer: int) -> tuple[Aktoer, Aktoer, Ophold]:
    tilbud = plads.afdeling.tilbud
    leder = aktoer(Rolle.TILBUDSLEDER, tilbud.driftsherre)
    ophold = indskriv_uden_reservation(
        aktoer=leder,
        tilbud_id=tilbud.pk,
        plads_id=plads.pk,
        indgang=Indgang.AKUT,
        handlekommune=koeber.kommune.kommunekode,
        hjemmel=_hjemmel(plads),
        sagsreference=f"DEMO-OPHOLD-{nummer + 1}",
        fra=fra,
    )
    return aktoer(Rolle.SAGSBEHANDLER, koeber), leder, ophold


def _goer(hvem: Aktoer, ophold: Ophold, udfald: Udfald, grund: Grund | None = None, **data: Any) -> None:
    sagt = {Data(navn): vaerdi for navn, vaerdi in data.items()}
    afgoer_ophold(aktoer=hvem, ophold_id=ophold.pk, udfald=udfald, indhold=Indhold(grund, data=sagt))


def _aftalt(koeber: Aktoer, leder: Aktoer, ophold: Ophold) -> None:
    """An agreement both have accepted, and a dearer price from next month that waits for the municipality."""
    aftale = opret(aktoer=koeber, ophold_id=ophold.pk)
    opfoelgning = idag() + timedelta(days=SIDEN)
    sagt = {**FULD, "gaelder_fra": ophold.foerste_dag, "opfoelgning": opfoelgning}
    skriv(aktoer=koeber, aftale_id=aftale.pk, sagt=sagt)
    afgoer(aktoer=koeber, aftale_id=aftale.pk, udfald=Udfald.FREMSAET, indhold=Indhold())
    afgoer(aktoer=leder, aftale_id=aftale.pk, udfald=Udfald.GODKEND, indhold=Indhold())
    ny = om_maaneder(idag().replace(day=1), 1)
    _goer(leder, ophold, Udfald.FORESLAA_PRIS, dato=ny, takst=Decimal(3200), tillaeg={"nattevagt": "250.00"})


def _vaek(koeber: Aktoer, leder: Aktoer, ophold: Ophold) -> None:
    """Away on holiday, and an agreement that is only begun."""
    fra = idag() - timedelta(days=3)
    _goer(leder, ophold, Udfald.MELD_FRAVAER, art=Fravaersart.FERIE, dato=fra, til=idag() + timedelta(days=3))
    opret(aktoer=koeber, ophold_id=ophold.pk)


def _opsagt(koeber: Aktoer, _leder: Aktoer, ophold: Ophold) -> None:
    _goer(koeber, ophold, Udfald.OPSIG, Grund.BEHOV_AENDRET, dato=idag())


def _slut(_koeber: Aktoer, leder: Aktoer, ophold: Ophold) -> None:
    _goer(leder, ophold, Udfald.UDSKRIV, Grund.ENIGE, dato=idag() - timedelta(days=1))


FORLOEB = (_aftalt, _opsagt, _slut, _vaek)  # the small scale has places for the first three, and on some days for all
