"""The example client developers start from: run as they would, against a running platform with a worker of its own."""

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django.live_server_helper import LiveServer

from bench.processer import worker
from tests.database import database_url

SKRIPT = Path(__file__).resolve().parents[2] / "docs" / "eksempler" / "rest_historie.py"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("rigtig_koe")
def test_rest_historie_goes_the_whole_way_with_the_document_and_client_ids(
    live_server: LiveServer, tmp_path: Path, settings: Any
) -> None:
    settings.DEBUG = True
    call_command("indlaes_reference", stdout=StringIO())
    call_command("demodata", "--skala", "lille", stdout=StringIO())
    adgang = StringIO()
    call_command("demoadgang", "--json", stdout=adgang)
    (tmp_path / "adgang.json").write_text(json.dumps(json.loads(adgang.getvalue())))
    with worker(database_url()):
        svar = subprocess.run(
            [
                sys.executable,
                str(SKRIPT),
                live_server.url,
                str(tmp_path / "adgang.json"),
                str(tmp_path / "rapport.pdf"),
            ],
            check=False,
            capture_output=True,
            text=True,
            timeout=120,
        )
    assert svar.returncode == 0, svar.stdout + svar.stderr
    assert (tmp_path / "rapport.pdf").read_bytes().startswith(b"%PDF")
