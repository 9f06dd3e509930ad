"""The report where its pages are under most strain: looked for text that sticks out, and that the PDF is still accessible."""

from datetime import date

import pytest

from faelles.dokument.tjek import tjek_pdf
from faelles.tid import Periode
from kommuner.models import Organisation
from rammeaftale.rapporter import tasks  # noqa: F401 - as a worker does: makes the report types' makers known
from tests import fabrik
from tests.rammeaftale.rapporter.kapacitet import situationer
from tests.rammeaftale.rapporter.layout import fejl_paa_siderne
from tests.rammeaftale.rapporter.situationer import lav

pytestmark = pytest.mark.django_db
LANGT_NAVN = (
    "Foreningen for bosteder til voksne med erhvervet hjerneskade og særligt komplekse behov i Øresundsregionen"
)


def test_report_of_98_municipalities_keeps_inside_its_cells() -> None:
    aftale = fabrik.aftale(parter=())
    for nr in range(98):
        fabrik.kommune(f"Kommune {nr}")
        hvor = fabrik.afdeling(fabrik.tilbud(i=f"Kommune {nr}", maalgrupper=(f"Målgruppe {nr % 40}",)))
        for _ in range(6):
            fabrik.optag(fabrik.ledig_plads(hvor), Periode(date(2024, 1, 1)))
    data = situationer.data(aftale)
    assert data.count("Kommune 97 Kommune") == 2, "as a seller and as a buyer"
    assert fejl_paa_siderne(data, "kapacitet") == []


def test_report_of_one_municipality_and_an_operator_with_a_long_name() -> None:
    aftale = fabrik.aftale(parter=("Gladsaxe",))
    region = Organisation.objects.create(art="region", navn=LANGT_NAVN)
    hvor = fabrik.afdeling(fabrik.tilbud(driftsherre=region, maalgrupper=(LANGT_NAVN,)))
    for _ in range(6):
        situationer.ophold(hvor, "Gladsaxe", Periode(date(2025, 1, 1)), "123456789.00")
    data = situationer.data(aftale)
    assert LANGT_NAVN in data
    assert fejl_paa_siderne(data, "kapacitet") == []
    assert tjek_pdf(lav(data, "kapacitet")) == ()
