"""The panel of those who run the platform: counts and times, no tenant's data, for nobody else."""

from datetime import timedelta
from uuid import uuid4

import pytest

from faelles.driftspanel import drift
from faelles.models import Haendelse, Job, JobStatus
from faelles.scope import saet_database_aktoer, som_systemet
from faelles.tid import nu
from kommuner.models import Rolle
from tests import fabrik

pytestmark = pytest.mark.django_db


def test_panel_counts_jobs_and_events_and_finds_the_oldest() -> None:
    aktoer = fabrik.aktoer(Rolle.DRIFT, fabrik.hjemsted(Rolle.DRIFT))
    gammel, ny = nu() - timedelta(hours=2), nu()
    for status, oprettet in ((JobStatus.I_KOE, ny), (JobStatus.I_KOE, gammel), (JobStatus.FEJLET, gammel)):
        slut = oprettet if status is JobStatus.FEJLET else None
        with som_systemet("a test"):
            Job.objects.create(
                type="x", organisation_id=uuid4(), identitet="x", status=status, oprettet=oprettet, afsluttet=slut
            )
    saet_database_aktoer(aktoer)
    for nummer, haendelse in enumerate(
        Haendelse.objects.order_by("pk"), 1
    ):  # those that making the situation published
        Haendelse.objects.filter(pk=haendelse.pk).update(nummer=nummer)
    Haendelse.objects.create(type="a", entitet="a", entitet_id="2", tidspunkt=gammel)
    panel = drift(aktoer)
    assert panel is not None
    assert panel.data["job"] == [("I kø", 2), ("I gang", 0), ("Færdig", 0), ("Fejlet", 1), ("Annulleret", 0)]
    assert panel.data["aeldste_ventende"] == gammel
    assert (panel.data["uden_nummer"], panel.data["aeldste_uden_nummer"]) == (1, gammel)


def test_panel_is_for_operations_only() -> None:
    for rolle in set(Rolle) - {Rolle.DRIFT}:
        assert drift(fabrik.aktoer(rolle, fabrik.hjemsted(rolle))) is None
