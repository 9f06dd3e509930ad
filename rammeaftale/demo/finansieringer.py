"""Costs shared by a key in the demo data: the amounts are made up, the key is the inhabitants the platform has."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from faelles.scope import som_systemet
from faelles.tid import nu
from kommuner.models import Folketal
from takster.beregning.finansiering import objektiv_fordeling
from takster.finansiering.folketal import folketalsnoegle
from takster.finansiering.inddata import Udkast, finansiering
from takster.finansiering.queries import kommuner_i_kkr
from takster.models import Bladtilstand, Finansiering, Finansieringsart
from tilbud.models import Tilbud
from vilkaar.queries import gaeldende_i_kommune

HVER = 40  # of the offers is paid by a key
POSTER = (
    (Finansieringsart.LOV, "Rådgivning om hjerneskade", Decimal(4_200_000)),
    (Finansieringsart.AFTALE, "Videnscenter", Decimal(2_750_000)),
    (Finansieringsart.ABONNEMENT, "Tale, hørelse og syn", Decimal(6_100_000)),
)


def indlaes(dag: date) -> int:
    """Write a year's financing of some of the offers. Returns how many."""
    folketal = Folketal.objects.filter(aar__lte=dag.year).order_by("-aar").values_list("aar", flat=True).first()
    alle = list(_alle(dag, f"{folketal}:antal")) if folketal else []
    with som_systemet("demo data of every operator's"):
        Finansiering.objects.bulk_create(alle)
    return len(alle)


def _alle(dag: date, noegle: str) -> Iterator[Finansiering]:
    foerste = date(dag.year, 1, 1)
    for nummer, tilbud in enumerate(Tilbud.objects.filter(lukket_fra=None).order_by("navn_sortering")[::HVER]):
        art, navn, beloeb = POSTER[nummer % len(POSTER)]
        vilkaar = gaeldende_i_kommune(tilbud.beliggenhedskommune_id, foerste)
        udkast = Udkast(
            tilbud_id=tilbud.pk,
            art=art,
            navn=navn,
            aar=dag.year,
            beloeb=beloeb,
            noegle=folketalsnoegle(noegle, kommuner_i_kkr(tilbud, foerste)),
        )
        yield Finansiering(
            driftsherre_id=tilbud.driftsherre_id,
            tilbud=tilbud,
            omfatter=[tilbud.pk],
            art=art,
            navn=navn,
            aar=dag.year,
            beloeb=beloeb,
            noegle=udkast.noegle.navn,
            noegle_dag=udkast.noegle.dag,
            noegle_kilde=udkast.noegle.kilde,
            beregning=objektiv_fordeling(finansiering(udkast, vilkaar)).som_json(),
            vilkaarssaet_id=vilkaar.saet_id,
            begrundelse="Demodata",
            tilstand=Bladtilstand.OFFENTLIGGJORT,
            indsendt_af="demodata:en",
            indsendt_rolle="Demodata",
            afgjort=nu(),
            afgjort_af="demodata:en anden",
            afgjort_rolle="Demodata",
        )
