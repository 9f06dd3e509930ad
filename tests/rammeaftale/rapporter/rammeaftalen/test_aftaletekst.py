"""The report "Rammeaftale" holds the agreement itself: parts, clauses, allonger and the worked models."""

from datetime import date

import pytest
from django.db import connection

from faelles.dokument.tjek import tjek_pdf
from rammeaftale.models import Delart, Rammeaftale
from rammeaftale.rapporter.kanonisk import fra_json, til_json
from rammeaftale.rapporter.rammeaftalen import dokument
from rammeaftale.rapporter.rammeaftalen.data import Rammeaftalebillede
from rammeaftale.rapporter.rammeaftalen.samling import saml
from rammeaftale.rapporter.register import RAMMEAFTALE, fremstiller
from tests.rammeaftale.aftaler import godkend
from tests.rammeaftale.rapporter.facit import holder, som_tekst
from tests.rammeaftale.rapporter.situationer import OEJEBLIK, lav, tilbud_og_ophold
from tests.rammeaftale.rapporter.styringsdel import situationer
from tests.rammeaftale.tekst.test_samlet import aendr, allonge, vedtag

pytestmark = pytest.mark.django_db
# Written from the domain text alone: the latest saving of each clause, part by part.
_KLAUSULER = """
SELECT d.nummer, u.nummer, u.overskrift FROM rammeaftale_klausuludgave u
JOIN rammeaftale_klausul k ON k.id = u.klausul_id JOIN rammeaftale_dokumentdel d ON d.id = k.dokumentdel_id
WHERE u.version_id = %s AND u.udgave = (SELECT max(s.udgave) FROM rammeaftale_klausuludgave s WHERE s.klausul_id = k.id)
"""


@pytest.fixture
def aftale() -> Rammeaftale:
    """Sent, with text in every part, in an area with offers."""
    sendt = situationer.sendt()
    tilbud_og_ophold()
    return sendt


def data(aftale: Rammeaftale) -> str:
    return til_json(situationer.af_faste_dage(saml(situationer.version(aftale), OEJEBLIK)))


def html(data: str) -> str:
    return dokument.dokument(data, fremstiller("rammeaftale").tegn(data)).html


def test_document_says_what_is_kept_for_it_in_that_order(aftale: Rammeaftale) -> None:
    holder("rammeaftale", html(data(aftale)))


def test_file_is_accessible_and_the_same_again(aftale: Rammeaftale) -> None:
    tekst = data(aftale)
    pdf = lav(tekst)
    assert lav(tekst) == pdf
    assert tjek_pdf(pdf) == ()


def test_every_clause_stands_once_in_its_part(aftale: Rammeaftale) -> None:
    billede = fra_json(Rammeaftalebillede, data(aftale))
    with connection.cursor() as cursor:
        cursor.execute(_KLAUSULER, [situationer.version(aftale).pk])
        ventet = {(nummer, overskrift) for _, nummer, overskrift in cursor.fetchall()}
    fundne = [(k.nummer, k.overskrift) for del_ in billede.tekst.dele for k in del_.klausuler]
    assert (set(fundne), len(fundne)) == (ventet, len(ventet))
    assert [del_.art for del_ in billede.tekst.dele] == [
        Delart.HOVEDDOKUMENT, Delart.STYRINGSDEL, Delart.BILAG, Delart.UDVIKLINGSDEL,
    ]  # fmt: skip


def test_allonge_in_force_is_told_with_its_days_and_what_it_changed(aftale: Rammeaftale) -> None:
    godkend(aftale)
    version = situationer.version(aftale)
    klausul = version.klausuludgaver.get(nummer="2.4", udgave=1).klausul
    aendring = allonge(aftale, date(2027, 7, 1))
    aendr(aendring, klausul, "Taksten følger borgeren.", "2.4")
    vedtag(aendring)
    linjer = som_tekst(html(til_json(saml(version, OEJEBLIK.replace(year=2027, month=8))))).splitlines()
    assert "## Allonger" in linjer
    assert f"### {aendring.titel}" in linjer
    assert any("Gælder 01.07.2027 til 31.12.2028." in linje for linje in linjer)
    nr = linjer.index("### 2.4 Takster og frister")
    assert linjer[nr + 1 : nr + 3] == ["Taksten følger borgeren.", f"Teksten er fra {aendring.titel}."]
    assert "## Allonger" not in som_tekst(html(til_json(saml(version, OEJEBLIK)))).splitlines()


def test_tables_of_the_examples_are_among_those_behind_the_report(aftale: Rammeaftale) -> None:
    ider = [post.id for post in RAMMEAFTALE.poster(data(aftale))]
    assert [nr for nr in ider if nr[3] in "OE"] == [
        "R1-O0", "R1-O1", "R1-O2", "R1-O3", "R1-O4", "R1-E0", "R1-E1", "R1-E2",
    ]  # fmt: skip
