"""When a planned report is due."""

from datetime import date

from django.db.models import TextChoices

from faelles.tid import om_maaneder


class Hver(TextChoices):
    """How often a report is ordered."""

    MAANED = "maaned", "Hver måned"
    KVARTAL = "kvartal", "Hvert kvartal"
    HALVAAR = "halvaar", "Hvert halve år"
    AAR = "aar", "Hvert år"


MAANEDER = {Hver.MAANED: 1, Hver.KVARTAL: 3, Hver.HALVAAR: 6, Hver.AAR: 12}


def naeste_gang(foerste: date, hver: Hver, efter: date) -> date:
    """The first due day after `efter`: counted from the first one, so that the 31st is the last day of a short month and the 31st again.

    Days nobody was there for are one day, not many: what a report says is of the day it is made.
    """
    spring, nummer = MAANEDER[hver], 0
    while (dag := om_maaneder(foerste, spring * nummer)) <= efter:
        nummer += 1
    return dag
