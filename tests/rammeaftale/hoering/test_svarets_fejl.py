"""An answer that cannot be taken: everything that is wrong with it is told at once, and what was written stands."""

import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rammeaftale.models import Hoeringssvar
from tests.rammeaftale.hoering.situationer import PDF, klausuler, noegle, sendt
from tests.rammeaftale.hoering.test_svar import html, send

pytestmark = pytest.mark.django_db


def test_faults_of_text_and_files_are_told_at_once_and_what_was_written_stands(settings: Any) -> None:
    settings.HOERINGSFIL_MAKS = 1_000_000
    hoering = sendt()
    foerste, anden = (f"k_{klausul.hex}" for klausul in klausuler(hoering))
    data = {
        "generelt": "Om 010203-1234",
        foerste: "x" * 10_001,
        anden: "Skriv mere.",
        "ingen_bemaerkninger": "on",
        "fil_1": SimpleUploadedFile("svar.exe", b"MZ"),
        "fil_2": SimpleUploadedFile("svar.pdf", PDF + b"x" * 1_000_000),
        "fil_3": SimpleUploadedFile("svar.txt", b"Om 010203-1234"),
    }
    svaret = send(noegle(), data)
    fejl = unescape(html(svaret)).split('id="fejlopsummering-titel"')[1].split("</ul>")[0]
    assert svaret.status_code == 422
    for besked in (
        "ligner et CPR-nummer",
        "højst",
        "Vælg det ene",
        "skal være PDF",
        "større end 1 MB",
        "linje 1",
    ):
        assert besked in fejl, besked
    assert len(re.findall(r"<li>", fejl)) == 6, "each once"
    assert "Skriv mere.</textarea>" in html(svaret)
    assert not Hoeringssvar.objects.exists()
