"""Makes the demo data of a scale, in one transaction."""

from collections.abc import Callable
from datetime import date
from random import Random

from django.db import connection, transaction

from faelles.fejl import Konflikt
from faelles.spor import uden_historik
from kommuner.models import Kkr, Kommune
from rammeaftale.demo import (
    aarshjul,
    adgang,
    aftaler,
    akut,
    behov,
    belaegning,
    budgetter,
    finansieringer,
    fokus,
    hoeringer,
    klynger,
    moeder,
    ophold,
    organer,
    prisblade,
    priser,
    regnskaber,
    sager,
    sammenlaegning,
    takster,
    ventelister,
    viden,
)
from rammeaftale.demo.register import Register
from rammeaftale.demo.skala import RATER, Skala
from reservationer.sag.models import Reservation
from takster.models import Takst
from tilbud.belaegning.models import Optagelse
from tilbud.models import (
    Afdeling,
    Bekraeftelse,
    Merpladstilladelse,
    Niveau,
    Plads,
    Tilbud,
    Tilsynsgodkendelse,
    Tilsynsrapport,
    Ydelse,
)
from tilbud.models.register import Tilbudshjemmel, Tilbudsmaalgruppe

RESERVATIONER = 30
UDAEKKEDE_BEHOV = 180
HOVEDSTADEN = "KKR Hovedstaden"
# Ten years of made-up rows nobody ever entered: their history would say nothing and cost more than the rows themselves.
GENERERET = (
    *(Tilbud, Tilbudshjemmel, Tilbudsmaalgruppe, Afdeling, Plads, Bekraeftelse, Niveau),
    *(Tilsynsgodkendelse, Tilsynsrapport, Merpladstilladelse, Ydelse, Optagelse, Takst),
)


def indlaes(skala: Skala, seed: int, dag: date, meld: Callable[[str], None]) -> bool:
    """Make everything, or nothing when demo data are there already (False). The same seed and day give the same content.

    Raises Konflikt when there are offers that are not demo, or no reference data.
    """
    if Tilbud.objects.filter(demo=False).exists():
        raise Konflikt("rigtige_data", "Der er rigtige tilbud i databasen. Demodata lægges aldrig oven i dem.")
    if Tilbud.objects.exists():
        return False
    kommuner = _kommuner(skala)
    if not kommuner:
        raise Konflikt(
            "ingen_referencedata", "Der er ingen kommuner i databasen. Kør først: python manage.py indlaes_reference"
        )
    rng = Random(seed)  # noqa: S311 - repeatable, not secret
    with transaction.atomic():
        _lav(skala, kommuner, rng, dag, meld)
        _statistik()
    return True


def _kommuner(skala: Skala) -> list[Kommune]:
    alle = Kommune.objects.select_related("organisation").order_by("kommunekode")
    if skala.kkr:
        alle = alle.filter(kkr_medlemskaber__kkr__navn=skala.kkr)
    return list(alle.filter(kortnavn__in=skala.kommuner) if skala.kommuner else alle)


def _lav(skala: Skala, kommuner: list[Kommune], rng: Random, dag: date, meld: Callable[[str], None]) -> None:
    hovedstaden = Kkr.objects.get(navn=HOVEDSTADEN)
    for kkr in (
        Kkr.objects.filter(medlemskaber__kommune__in=kommuner).exclude(pk=hovedstaden.pk).distinct().order_by("navn")
    ):
        aftaler.vilkaar(kkr)
    sekretariat = aftaler.sekretariat(hovedstaden)
    aftaler.aftaler(hovedstaden, rng)
    for aftale in hovedstaden.rammeaftaler.filter(periode__endswith__gt=dag):
        aarshjul.aarshjul(aftale, dag)
        if aftale.aftaleperiode.indeholder(dag):
            fokus.fokus(aftale, dag)
    organer.organer(hovedstaden)
    moeder.moeder(hovedstaden, dag)
    hoeringer.hoeringer(hovedstaden, dag)
    sammenlaegning.sammenlaegning(hovedstaden, rng=Random(0))  # noqa: S311 - repeatable, not secret
    meld("vilkår, aftaler, årshjul, fokusområder, organer, møder og to høringer")
    _ean(kommuner, rng)
    register = Register(skala, kommuner, rng, dag)
    with uden_historik(*GENERERET):
        register.lav()
        meld(f"{len(register.tilbud)} tilbud og {len(register.pladser)} pladser")
        _statistik()
        meld(f"{belaegning.indlaes(skala, register.pladser, rng, dag)} ophold")
        budgetteret = budgetter.valgte()
        meld(f"{takster.indlaes(register.demo_afdelinger, rng, dag, budgetteret)} takster")
    _statistik()
    meld(f"{priser.indlaes(kommuner, Random(0), dag)} ophold med aftalte priser")  # noqa: S311 - as above
    meld(f"{sager.indlaes(kommuner, register.tilbud[0].id, rng, RESERVATIONER)} reservationer")
    with uden_historik(*GENERERET):
        # After the stays: one approval has run out, and nobody could have moved in there since.
        reserverede = set(Reservation.objects.for_systemet("demo data").values_list("tilbud_id", flat=True))
        meld(f"{register.blokke.skriv(reserverede)} godkendelser, rapporter og ydelser")
    meld(f"{ophold.indlaes(kommuner, register.tilbud[0].id)} ophold med sager")
    meld(f"{akut.indlaes(kommuner, register.tilbud[0].id)} akutte ophold")
    meld(f"{ventelister.indlaes(kommuner, register.tilbud[0].id)} behov på venteliste")
    meld(f"{behov.indlaes(kommuner, rng, dag, UDAEKKEDE_BEHOV)} udækkede behov")
    hovedstadens = [kommune for kommune in kommuner if kommune.kkr_medlemskaber.paa(dag).get().kkr_id == hovedstaden.pk]
    meld(f"{klynger.indlaes(hovedstaden, hovedstadens, rng, dag)} klynger")
    meld(f"{viden.indlaes(hovedstaden, rng, dag)} vidensdelinger og to centrale udmeldinger")
    meld(f"{prisblade.indlaes(dag)} prisblade")
    meld(f"{finansieringer.indlaes(dag)} finansieringer efter nøgle")
    meld(f"{regnskaber.indlaes(dag)} regnskaber")
    meld(f"{budgetter.indlaes(budgetteret, dag)} tilbud med takster undervejs")
    adgang.opret(sekretariat)
    meld(f"{len(adgang.BRUGERE)} brugere og {len(adgang.KLIENTER)} API-klienter")


def _statistik() -> None:
    """Let the database plan by what this transaction has written, and until its end by nothing else.

    A vacuum that comes by meanwhile sees none of the rows; the plans for empty tables it leaves make minutes into hours.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT faelles_opdater_statistik()")


def _ean(kommuner: list[Kommune], rng: Random) -> None:
    """Made-up EAN numbers (prefix of no public unit); some municipalities have none, as in life."""
    for kommune in kommuner:
        har = rng.random() >= RATER.kommune_uden_ean
        kommune.organisation.ean = f"579999{rng.randint(0, 9_999_999):07}" if har else ""
        kommune.organisation.save(update_fields=["ean"])
