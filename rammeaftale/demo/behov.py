"""Made-up unmet needs of the demo data, over two years, so that the counts have something to show and something to hide."""

from collections import Counter
from datetime import date, timedelta
from random import Random
from uuid import UUID

from faelles.scope import som_systemet
from kommuner.models import KkrMedlemskab, Kommune
from reservationer.soegning.behov.kodning import KodetBehov
from reservationer.soegning.behov.optaelling import kvartal_om
from reservationer.soegning.kriterier import Kriterium
from reservationer.soegning.models import Aldersgruppe, UdaekketBehov
from tilbud.models import Maalgruppe

DAGE = 760  # a little more than the quarters shown
GRUPPER = 6
HINDRINGER = (Kriterium.LEDIG, Kriterium.ADFAERD, Kriterium.MAALGRUPPE)


def indlaes(kommuner: list[Kommune], rng: Random, dag: date, antal: int) -> int:
    """Needs of a few target groups, the first far more often than the last. Returns how many."""
    grupper = list(Maalgruppe.objects.filter(valgbar=True).values_list("pk", flat=True)[:GRUPPER])
    kkr = dict(KkrMedlemskab.objects.paa(dag).values_list("kommune_id", "kkr_id"))
    behov = [_behov(rng.choice(kommuner), grupper, kkr, rng, dag) for _ in range(antal)]
    ens: Counter[tuple[UUID, date, str]] = Counter()
    for et in behov:
        ens[noegle := (et.organisation_id, kvartal_om(et.dato).fra, et.fingeraftryk)] += 1
        et.nummer = ens[noegle]
    with som_systemet("made-up needs of many municipalities"):
        return len(UdaekketBehov.objects.bulk_create(behov))


def _behov(kommune: Kommune, grupper: list[UUID], kkr: dict[str, UUID], rng: Random, dag: date) -> UdaekketBehov:
    logget = dag - timedelta(days=rng.randrange(1, DAGE))
    kodet = KodetBehov(
        maalgruppe_id=rng.choices(grupper, [2**nr for nr in range(len(grupper), 0, -1)])[0],
        andre_maalgrupper=(),
        hjemmel_id=None,
        aldersgruppe=rng.choice(Aldersgruppe.values),
        adfaerd=(),
        fysiske_traek=(),
        niveauer=(),
        arter=(),
        ugedage=(),
        begynder=logget.replace(day=1),
        hindringer=(rng.choice(HINDRINGER).value,),
    )
    return UdaekketBehov(
        organisation_id=kommune.organisation_id,
        kkr_id=kkr[kommune.pk],
        dato=logget,
        maalgruppe_id=kodet.maalgruppe_id,
        aldersgruppe=kodet.aldersgruppe,
        begynder=kodet.begynder,
        hindringer=list(kodet.hindringer),
        fingeraftryk=kodet.fingeraftryk,
    )
