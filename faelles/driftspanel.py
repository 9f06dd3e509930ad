"""The start page of those who run the platform: whether the work flows. Counts and times only, nothing of any tenant."""

from typing import Any

from django.db.models import Count, Min, Q

from faelles.aktoer import Aktoer, Rettighed
from faelles.models import Haendelse, Job, JobStatus
from faelles.scope import som_systemet
from faelles.startside import Panel, panel


@panel(10)
def drift(aktoer: Aktoer) -> Panel | None:
    """Jobs by state, the oldest that waits, and events no reader can see yet."""
    if not aktoer.maa(Rettighed.DRIFT_LAES):
        return None
    with som_systemet("counts and times of all jobs, whoever ordered them"):
        return Panel("faelles/_panel_drift.html", _tal())


def _tal() -> dict[str, Any]:
    antal = dict(Job.objects.order_by().values_list("status").annotate(antal=Count("pk")))
    uden_nummer = Haendelse.objects.filter(nummer__isnull=True)
    return {
        "job": [(status.label, antal.get(status.value, 0)) for status in JobStatus],
        "aeldste_ventende": Job.objects.aggregate(aeldste=Min("oprettet", filter=Q(status=JobStatus.I_KOE)))["aeldste"],
        **uden_nummer.aggregate(uden_nummer=Count("pk"), aeldste_uden_nummer=Min("tidspunkt")),
    }
