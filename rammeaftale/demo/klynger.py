"""Clusters of the demo data: neighbours that share offers for a few target groups."""

from datetime import date
from random import Random

from faelles.tid import Periode
from kommuner.models import Kkr, Kommune
from tilbud.models import Klynge, KlyngeMedlemskab, Maalgruppe

# Name, target groups, and how many municipalities.
KLYNGER = (
    ("Hjerneskade", ("Erhvervet hjerneskade", "Medfødt hjerneskade"), 5),
    ("Autisme og opmærksomhed", ("Autismespektrum", "Opmærksomhedsforstyrrelse"), 6),
    ("Syn og kommunikation", ("Synsnedsættelse", "Hørenedsættelse"), 4),
)


def indlaes(kkr: Kkr, kommuner: list[Kommune], rng: Random, dag: date) -> int:
    """Make the clusters; one municipality has left one of them. Returns how many."""
    grupper = {gruppe.term: gruppe for gruppe in Maalgruppe.objects.filter(valgbar=True)}
    for nummer, (navn, termer, antal) in enumerate(KLYNGER):
        klynge = Klynge.objects.create(kkr=kkr, navn=navn, formaal="Deles om tilbud og viden (demo)")
        klynge.maalgrupper.set([grupper[term] for term in termer])
        start = date(dag.year - 2 - nummer, 1, 1)
        for plads, kommune in enumerate(rng.sample(kommuner, k=min(antal, len(kommuner)))):
            ude = date(dag.year, 1, 1) if nummer == plads == 0 else None
            KlyngeMedlemskab.objects.create(klynge=klynge, kommune=kommune, periode=Periode(start, ude).som_range)
    return len(KLYNGER)
