"""The offers of a KKR's area with their places, for the reports that count them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q

from kommuner.models import Kkr, Kommune
from rammeaftale.rapporter.rammeaftalen.data import Pladstal
from rammeaftale.rapporter.rammeaftalen.pladsdage import Pladsdage
from tilbud.models import Plads, Pladsart, Tilbud

_INGEN = Pladsdage(aabne=0, belagte=0, ophold=0)


@dataclass(frozen=True, slots=True)
class Omraade:
    """The offers of the KKR's municipalities, also those closed by now: they were part of the periods counted."""

    kommune: Mapping[UUID, str]
    aabne: frozenset[UUID]
    pladser: Mapping[UUID, Pladstal]

    def pladser_i(self, tilbud: Iterable[UUID]) -> Pladstal:
        """Places of these offers on the data date."""
        alle = [self.pladser[nr] for nr in tilbud if nr in self.pladser]
        return Pladstal(
            doegn=sum(p.doegn for p in alle),
            dag=sum(p.dag for p in alle),
            aflastning=sum(p.aflastning for p in alle),
            akut=sum(p.akut for p in alle),
            merpladser=sum(p.merpladser for p in alle),
        )


def kommuner_i(kkr: Kkr, dag: date) -> list[Kommune]:
    """The municipalities of the KKR on the day, in Danish order."""
    medlemmer = kkr.medlemskaber.filter(periode__contains=dag).values("kommune")
    return list(Kommune.objects.filter(pk__in=medlemmer).order_by("kortnavn_sortering", "kommunekode"))


def omraade(kommunekoder: Collection[str], dag: date) -> Omraade:
    """What lies in the municipalities, as it is on the day."""
    tilbud = list(
        Tilbud.objects.filter(beliggenhedskommune__in=kommunekoder).values_list(
            "id", "beliggenhedskommune_id", "lukket_fra"
        )
    )
    aabne = frozenset(nr for nr, _, lukket in tilbud if lukket is None or lukket > dag)
    talt = (
        Plads.objects.aabne_paa(dag)
        .filter(afdeling__tilbud__in=aabne)
        .values(tilbud=F("afdeling__tilbud"))
        .annotate(
            doegn=Count("id", filter=Q(art=Pladsart.DOEGN)),
            dag=Count("id", filter=Q(art=Pladsart.DAG)),
            aflastning=Count("id", filter=Q(art=Pladsart.AFLASTNING)),
            akut=Count("id", filter=Q(art=Pladsart.AKUT)),
            merpladser=Count("id", filter=Q(merplads=True)),
        )
    )
    return Omraade(
        kommune={nr: kommune for nr, kommune, _ in tilbud},
        aabne=aabne,
        pladser={
            raekke["tilbud"]: Pladstal(
                doegn=raekke["doegn"],
                dag=raekke["dag"],
                aflastning=raekke["aflastning"],
                akut=raekke["akut"],
                merpladser=raekke["merpladser"],
            )
            for raekke in talt
        },
    )


def sum_af(dage: Mapping[UUID, Pladsdage], tilbud: Iterable[UUID]) -> Pladsdage:
    """The place-days of these offers together."""
    fundne = [dage.get(nr, _INGEN) for nr in tilbud]
    return Pladsdage(
        aabne=sum(d.aabne for d in fundne), belagte=sum(d.belagte for d in fundne), ophold=sum(d.ophold for d in fundne)
    )
