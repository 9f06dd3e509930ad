"""`manage.py bestil_rapport`: what it writes, and a clear error with an exit code for everything else."""

import time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from faelles import job
from faelles.models import Job, JobStatus
from faelles.scope import som_systemet
from rammeaftale.rapporter import filer, tasks  # noqa: F401 - as a worker does: makes the report types' makers known
from rammeaftale.rapporter.models import Rapport
from tests import fabrik
from tests.rammeaftale.rapporter import situationer

pytestmark = pytest.mark.django_db(transaction=True)


def bestil(*argumenter: str) -> str:
    fejl = StringIO()
    call_command("bestil_rapport", *argumenter, stderr=fejl)
    return fejl.getvalue()


def test_command_orders_and_leaves() -> None:
    aftale = fabrik.aftale()
    assert "er bestilt" in bestil("rammeaftale", "--aftale", aftale.slug)
    rapport = Rapport.objects.get()
    assert rapport.job.status == JobStatus.I_KOE
    assert rapport.job.identitet == "system:bestil_rapport"
    assert rapport.job.organisation_id == aftale.kkr.sekretariat_id


def test_command_waits_and_writes_the_pdf(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    aftale = situationer.omraade()
    monkeypatch.setattr(time, "sleep", lambda _: job.koer(Rapport.objects.get().job_id))
    ud = tmp_path / "ny" / "rapport.pdf"
    sagt = bestil("rammeaftale", "--aftale", aftale.slug, "--ud", str(ud))
    assert "I kø" in sagt
    assert "Færdig" in sagt
    assert ud.read_bytes() == filer.laes(Rapport.objects.get().fil)


def afslut(status: JobStatus, fejl: str) -> None:
    """Every job ends like this."""
    with som_systemet("a worker ends the job"):
        Job.objects.update(status=status, fejl=fejl, afsluttet=fabrik.nu())


def test_failed_and_cancelled_reports_end_the_command_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    aftale = fabrik.aftale()
    for status, fejl, sagt in (
        (JobStatus.FEJLET, "Kortet mangler.", "Kortet mangler."),
        (JobStatus.ANNULLERET, "", "annulleret"),
    ):
        monkeypatch.setattr(time, "sleep", lambda _, slut=(status, fejl): afslut(*slut))
        with pytest.raises(CommandError, match=sagt):
            bestil("rammeaftale", "--aftale", aftale.slug, "--vent")


def test_command_gives_up_when_no_worker_comes() -> None:
    with pytest.raises(CommandError, match="Kører der en worker"):
        bestil("rammeaftale", "--aftale", fabrik.aftale().slug, "--vent", "--frist", "0")


@pytest.mark.parametrize(
    ("argumenter", "sagt"),
    [
        (("rammeaftale", "--aftale", "mars"), "»mars« findes ikke. Kendte aftaler: hovedstaden-2027-2028"),
        (("ukendt", "--aftale", "hovedstaden-2027-2028"), "Vælg en af: rammeaftale, "),
    ],
)
def test_command_names_what_it_does_not_know(argumenter: tuple[str, ...], sagt: str) -> None:
    fabrik.aftale()
    with pytest.raises(CommandError, match=sagt):
        bestil(*argumenter)


def test_command_says_when_it_cannot_write(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    aftale = situationer.omraade()
    monkeypatch.setattr(time, "sleep", lambda _: job.koer(Rapport.objects.get().job_id))
    with pytest.raises(CommandError, match="Kan ikke skrive"):
        bestil("rammeaftale", "--aftale", aftale.slug, "--ud", str(tmp_path))
