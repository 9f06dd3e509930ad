"""The PDFs in the storage: what is stored is what is read, on a disk and in a bucket, and what no report knows is swept."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import boto3
import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import override_settings
from django.urls import reverse
from freezegun import freeze_time
from moto import mock_aws

from faelles.fejl import Konflikt, Utilgaengelig
from faelles.lager import Mappe, laes_lager
from faelles.tid import nu
from rammeaftale.rapporter import filer
from rammeaftale.rapporter.models import Rapport
from tests import fabrik
from tests.api import klienter
from tests.rammeaftale.rapporter import situationer
from tests.rammeaftale.rapporter.test_sider import faerdig, laeser

pytestmark = pytest.mark.django_db
STEDER = ("mappe", "s3")


@pytest.fixture(params=STEDER)
def lager(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty storage of each kind; S3 is played by a library that answers as the service does."""
    for navn in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(navn, "proeve")
    with mock_aws():
        boto3.client("s3", region_name="us-east-1").create_bucket(Bucket="spand")
        adresse = str(tmp_path / "rapporter") if request.param == "mappe" else "s3://spand/kkr?region=us-east-1"
        with override_settings(STORAGES={**settings.STORAGES, "rapporter": laes_lager("RAPPORTLAGER", adresse)}):
            yield request.param


def rapport() -> Rapport:
    return faerdig(situationer.bestil(fabrik.aftale()))


@pytest.mark.usefixtures("lager")
def test_stored_pdf_is_read_on_the_page_over_rest_and_under_a_name_of_its_own() -> None:
    en = rapport()
    assert laeser().get(reverse("rapporter:pdf", args=[en.pk])).content == b"%PDF"
    assert klienter.sekretariat().get(f"/api/v1/rapporter/{en.pk}/pdf").content == b"%PDF"
    assert filer.gem(b"%PDF") != en.fil.navn


@pytest.mark.usefixtures("lager")
@pytest.mark.parametrize("hvad", ["væk", "kortere", "en anden"])
def test_pdf_that_is_not_the_one_that_was_stored_is_never_shown(hvad: str, caplog: pytest.LogCaptureFixture) -> None:
    en = rapport()
    storages["rapporter"].delete(en.fil.navn)
    if hvad != "væk":
        storages["rapporter"].save(en.fil.navn, ContentFile({"kortere": b"%PD", "en anden": b"%PDX"}[hvad]))
    with pytest.raises(Konflikt) as fejl:
        filer.laes(en.fil)
    assert fejl.value.kode == "rapportfil_beskadiget"
    assert laeser().get(reverse("rapporter:pdf", args=[en.pk])).status_code == 409
    assert klienter.sekretariat().get(f"/api/v1/rapporter/{en.pk}/pdf").json()["code"] == "rapportfil_beskadiget"
    assert "rapportfil_beskadiget" in caplog.text


@pytest.mark.usefixtures("lager")
def test_file_no_report_knows_is_swept_after_a_week_and_no_other() -> None:
    kendt, ukendt = rapport(), filer.gem(b"halv")
    assert filer.ryd() == 0, "a job may be about to name it"
    with freeze_time(nu() + filer.UDEN_RAEKKE + timedelta(minutes=1)):
        assert filer.ryd() == 1
        assert filer.ryd() == 0
    assert not storages["rapporter"].exists(ukendt)
    assert filer.laes(kendt.fil) == b"%PDF"


def test_full_disk_is_told_as_a_platform_that_does_not_answer(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fuld(*_: object) -> str:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(Mappe, "save", fuld)
    with pytest.raises(Utilgaengelig):
        filer.gem(b"%PDF")
    assert "rapportlager_svarer_ikke" in caplog.text
