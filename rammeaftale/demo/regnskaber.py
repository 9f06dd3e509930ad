"""Accounts of the demo data: what the ledger sold at the demo takster, beside costs that are a little more or less.

The demonstration's own offer has begun those of the year that runs: their terms adjust them two years on, after the merger too.
"""

from datetime import date
from decimal import Decimal

from django.db.models import Count

from faelles.penge import Enhed, afrund, fordel
from faelles.scope import som_systemet
from faelles.tid import nu
from kommuner.models import Organisationsart
from rammeaftale.demo.register import FOERSTE
from takster.budget.indhold import Linje
from takster.models import Regnskab, Regnskabslinje
from takster.regnskab import queries
from takster.regnskab.actions import opgjort
from takster.regnskab.indhold import Regnskabsindhold
from takster.regnskab.opgoerelse import Aaret
from tilbud.models import Tilbud

HVER, HOEJST = 5, 40  # every so many offers has accounts, and no more than so many
AARENE = 3
# Of what was sold: a surplus and a deficit within the threshold, and each beyond it.
STORT_OVERSKUD = Decimal("0.84")
UDGIFT = (Decimal("0.97"), STORT_OVERSKUD, Decimal("1.02"), Decimal("1.15"))
ANDELE = {"loen": 66, "pension": 10, "husleje": 9, "aktivitet": 8, "tilsyn": 1}
OVERHEAD = 6


def indlaes(dag: date) -> int:
    """Write the accounts of the years before the day for some of the offers; of some the last is still a draft. One has this year's. Returns how many."""
    tilbud = (
        Tilbud.objects.annotate(hjemlerne=Count("hjemler"))
        .filter(
            hjemlerne=1,
            uden_pladser=False,
            lukket_fra=None,
            driftsherre__art__in=(Organisationsart.KOMMUNE, Organisationsart.REGION),
        )
        .order_by("navn_sortering")[::HVER][:HOEJST]
    )
    with som_systemet("demo data of every operator's"):
        i_aar = _skriv(Tilbud.objects.get(navn=FOERSTE.navn), dag.year, STORT_OVERSKUD, afslut=False)
        return i_aar + sum(
            _skriv(et, aar, UDGIFT[(nummer + aar) % len(UDGIFT)], afslut=aar < dag.year - 1 or nummer % AARENE > 0)
            for nummer, et in enumerate(tilbud)
            for aar in range(dag.year - AARENE, dag.year)
        )


def _skriv(tilbud: Tilbud, aar: int, udgift: Decimal, *, afslut: bool) -> int:
    """A year's accounts, where the ledger and the takster say all of it; else none."""
    et = Regnskab(driftsherre_id=tilbud.driftsherre_id, tilbud=tilbud, aar=aar, oprettet_af="demodata")
    vilkaar = queries.vilkaar(et)
    aaret = queries.aaret(et, vilkaar)
    if not aaret.solgt or aaret.usolgt or aaret.grundlag is None:
        return 0
    indhold = _indhold(aaret, udgift)
    et.overhead = indhold.overhead
    et.save()
    Regnskabslinje.objects.bulk_create(
        Regnskabslinje(regnskab=et, post=linje.post, ejendom=linje.ejendom, beloeb=beloeb)
        for linje, beloeb in indhold.linjer.items()
    )
    if afslut:
        opgjort(et, indhold, aaret, vilkaar)
        et.afsluttet, et.afsluttet_af, et.afsluttet_rolle = nu(), "demodata", "Demodata"
        et.save()
    return 1


def _indhold(aaret: Aaret, udgift: Decimal) -> Regnskabsindhold:
    """Costs in whole kroner that sum to so much of what was sold."""
    solgt = sum((salg.provenu for salg in aaret.salg), Decimal(0))
    noegler = {**{post: Decimal(andel) for post, andel in ANDELE.items()}, "overhead": Decimal(OVERHEAD)}
    dele = fordel(afrund(solgt * udgift, Enhed.KRONE), noegler, Enhed.KRONE)
    overhead = dele.pop("overhead")
    return Regnskabsindhold(overhead=overhead, linjer={Linje(post): beloeb for post, beloeb in dele.items()})
