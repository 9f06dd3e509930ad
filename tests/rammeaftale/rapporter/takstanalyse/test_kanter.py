"""The report where its pages are under most strain: looked for text that sticks out, and that the PDF is still accessible."""

from datetime import date

import pytest

from faelles.dokument.tjek import tjek_pdf
from kommuner.models import Organisation
from rammeaftale.models import Rammeaftale
from rammeaftale.rapporter import tasks  # noqa: F401 - as a worker does: makes the report types' makers known
from rammeaftale.rapporter.takstanalyse import dokument
from tests import fabrik
from tests.rammeaftale.rapporter.layout import fejl_paa_siderne
from tests.rammeaftale.rapporter.situationer import lav
from tests.rammeaftale.rapporter.takstanalyse import situationer
from tests.takster.vaekst.situationer import afdeling, vilkaar
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db
LANGT_NAVN = "Botilbuddet for voksne med erhvervet hjerneskade og særligt komplekse behov ved Lindevangsalleen"


def mange(antal: int) -> Rammeaftale:
    """So many municipalities with an offer each, dear ones, over thirteen years."""
    aftale = fabrik.aftale(parter=())
    vilkaar(
        andre={
            Noegle.VAEKSTLOFT_BASISAAR: "2014",
            Noegle.VAEKSTLOFT: "; ".join(f"{aar}=1.7" for aar in range(2015, 2027)),
        }
    )
    for nr in range(antal):
        fabrik.kommune(f"Kommune {nr}")
        afdeling(*((aar, 12_000 + nr * 10 + aar) for aar in range(2014, 2027)), i=f"Kommune {nr}")
    return aftale


def test_report_of_98_municipalities_and_thirteen_years_keeps_inside_its_cells() -> None:
    data = situationer.data(mange(98))
    assert fejl_paa_siderne(data, "takstanalyse") == []
    html = dokument.dokument(data, {}).html
    assert "8 år mellem det første og de seneste er udeladt her" in html
    assert html.count("Kommune 97 Kommune") == 3
    assert tjek_pdf(lav(data, "takstanalyse")) == ()


def test_report_of_one_municipality_with_one_offer() -> None:
    data = situationer.data(mange(1))
    assert fejl_paa_siderne(data, "takstanalyse") == []
    assert "1 af 1 driftsherre (alle)" in dokument.dokument(data, {}).html


def test_long_names_and_a_missing_takst_keep_inside_their_cells() -> None:
    assert len(LANGT_NAVN) >= 90
    aftale = situationer.omraade()
    fonden = Organisation.objects.create(art="privat", navn=f"Fonden {LANGT_NAVN}")
    fabrik.tilbud(LANGT_NAVN, driftsherre=fonden)
    hvor = fabrik.afdeling(fabrik.tilbud(LANGT_NAVN.replace(" ", "-")), navn=LANGT_NAVN)
    fabrik.takst(hvor, fra=date(2026, 2, 1))
    data = situationer.data(aftale)
    assert LANGT_NAVN in dokument.dokument(data, {}).html
    assert fejl_paa_siderne(data, "takstanalyse") == []
    assert tjek_pdf(lav(data, "takstanalyse")) == ()


def test_text_that_sticks_out_is_found() -> None:
    """The measure itself: a figure too wide for its column is told."""
    data = situationer.data(situationer.med_udgift(103000)).replace(
        '"omkostninger":"3759500.00"', '"omkostninger":"1' + "0" * 18 + '.00"'
    )
    assert any("000.000.000.000" in tekst for tekst in fejl_paa_siderne(data, "takstanalyse"))
