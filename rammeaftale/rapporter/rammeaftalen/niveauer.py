"""The three levels of specialisation: how many offers stand on each, year by year, and which have moved."""

from collections import Counter
from datetime import date
from itertools import groupby, pairwise
from uuid import UUID

from faelles.sprog import sortnoegle
from rammeaftale.rapporter.rammeaftalen.data import Niveauflytning, Niveautal
from rammeaftale.rapporter.rammeaftalen.omraadet import Omraade
from tilbud.models import Niveau, Tilbud

AAR_MED_NIVEAUER = 5


def _niveautal(omraade: Omraade, dag: date) -> dict[UUID, int]:
    """The level of each offer that has one on the day and is not closed."""
    tilbud = Tilbud.objects.filter(pk__in=omraade.kommune.keys()).aabne(dag)
    return dict(Niveau.objects.paa(dag).filter(tilbud__in=tilbud).values_list("tilbud_id", "niveau"))


def niveauer(omraade: Omraade, dag: date) -> tuple[Niveautal, ...]:
    """On 1 January of the last years and on the data date.

    An offer does not say since when it exists, so `uden` is known for the data date only.
    """
    fundne = []
    for paa in dict.fromkeys([*(date(dag.year - nr, 1, 1) for nr in reversed(range(AAR_MED_NIVEAUER))), dag]):
        indplacerede = _niveautal(omraade, paa)
        antal = Counter(indplacerede.values())
        uden = len(omraade.aabne - indplacerede.keys()) if paa == dag else 0
        fundne.append(Niveautal(dag=paa, niveau1=antal[1], niveau2=antal[2], niveau3=antal[3], uden=uden))
    return tuple(fundne)


def niveau_pladser(omraade: Omraade, dag: date) -> tuple[int, ...]:
    """Places by level: 1, 2, 3 and without."""
    indplacerede = _niveautal(omraade, dag)
    return tuple(
        omraade.pladser_i(nr for nr in omraade.aabne if indplacerede.get(nr) == tal).i_alt for tal in (1, 2, 3, None)
    )


def flytninger(omraade: Omraade, dag: date) -> tuple[Niveauflytning, ...]:
    """Changes of level in the years shown, up to the data date, latest first."""
    raekker = (
        Niveau.objects.filter(tilbud__in=omraade.kommune.keys(), periode__startswith__lte=dag)
        .order_by("tilbud", "periode")
        .values("tilbud", "tilbud__navn", "niveau", "periode", "grund")
    )
    fundne = []
    for _, gruppe in groupby(raekker, key=lambda r: r["tilbud"]):
        for foer, efter in pairwise(gruppe):
            if foer["niveau"] != efter["niveau"] and efter["periode"].lower.year > dag.year - AAR_MED_NIVEAUER:
                fundne.append(
                    Niveauflytning(
                        dag=efter["periode"].lower,
                        tilbud=efter["tilbud__navn"],
                        fra=foer["niveau"],
                        til=efter["niveau"],
                        grund=efter["grund"],
                    )
                )
    return tuple(sorted(fundne, key=lambda f: (-f.dag.toordinal(), sortnoegle(f.tilbud))))
