"""The register's tables taken out: with the page's filters, without formulas and without protected addresses."""

import io
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from faelles.tid import nu
from kommuner.models import Rolle
from tests import fabrik
from tilbud.fejlmeldinger.overgange import Fejltilstand
from tilbud.models import Faktum, Fejlmelding

pytestmark = pytest.mark.django_db


@pytest.fixture
def rodovre() -> Client:
    """A case worker."""
    ny = Client()
    ny.force_login(fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation))
    return ny


def csv(svar: Any) -> list[list[str]]:
    assert svar.streaming
    assert svar["Content-Type"] == "text/csv; charset=utf-8"
    linjer = b"".join(svar.streaming_content).decode("utf-8-sig").splitlines()
    return [linje.split(";") for linje in linjer]


def test_list_has_the_filters_and_order_of_the_page(rodovre: Client) -> None:
    for navn, kommune in (("Æblehaven", "Gladsaxe"), ("Zebra", "Gladsaxe"), ("Solbakken", "Herlev")):
        fabrik.tilbud(navn, i=kommune)
    valg = {"kommune": fabrik.kommune("Gladsaxe").pk, "sorter": "-navn"}
    hoved, *raekker = csv(rodovre.get(reverse("tilbud:eksport", args=["csv"]), valg))
    assert hoved[:3] == ["Tilbud", "Driftsherre", "Driftsherrens art"]
    assert [raekke[0] for raekke in raekker] == ["Æblehaven", "Zebra"]
    bog = rodovre.get(reverse("tilbud:eksport", args=["xlsx"]), valg)
    assert bog["Content-Disposition"] == 'attachment; filename="tilbud.xlsx"'
    ark = CalamineWorkbook.from_filelike(io.BytesIO(bog.getvalue())).get_sheet_by_index(0).to_python()
    assert [raekke[0] for raekke in ark] == ["Tilbud", "Æblehaven", "Zebra"]


def test_name_that_looks_like_a_formula_is_text(rodovre: Client) -> None:
    fabrik.tilbud("=HYPERLINK(1)")
    assert csv(rodovre.get(reverse("tilbud:eksport", args=["csv"])))[1][0] == "'=HYPERLINK(1)"


def test_protected_offer_has_no_address_nor_the_numbers_that_lead_to_it(rodovre: Client) -> None:
    numre: dict[str, Any] = {"cvr": "25313763", "p_nummer": "1003388394"}
    fabrik.tilbud("Krisecentret", beskyttet_adresse=True, **numre)
    fabrik.tilbud("Zebra", **numre)
    hoved, *raekker = csv(rodovre.get(reverse("tilbud:eksport", args=["csv"])))
    skjult, aaben = (dict(zip(hoved, raekke, strict=True)) for raekke in raekker)
    felter = ("Adresse", "CVR-nummer", "P-nummer")
    assert [skjult[felt] for felt in felter] == ["Beskyttet", "", ""]
    assert [aaben[felt] for felt in felter][1:] == list(numre.values())


def test_list_tells_who_drives_an_offer_its_level_of_the_day_and_its_open_reports(rodovre: Client) -> None:
    tilbud = fabrik.tilbud(i="Gladsaxe")
    fabrik.niveau(tilbud, 3, til=fabrik.om(0))
    fabrik.niveau(tilbud, 2, fra=fabrik.om(0))
    for faktum in (Faktum.NAVN, Faktum.HJEMLER):
        fabrik.fejlmelding(tilbud, faktum=faktum)
    svaret = fabrik.fejlmelding(tilbud)
    Fejlmelding.objects.filter(pk=svaret.pk).update(tilstand=Fejltilstand.RETTET.value, afsluttet=nu())
    hoved, raekke = csv(rodovre.get(reverse("tilbud:eksport", args=["csv"])))
    fundet = dict(zip(hoved, raekke, strict=True))
    felter = ("Driftsherrens art", "Niveau", "Åbne fejlmeldinger")
    assert [fundet[felt] for felt in felter] == ["Kommune", "2", "2"]


def test_places_and_takster_of_an_offer(rodovre: Client) -> None:
    plads = fabrik.ledig_plads(fabrik.afdeling(), betegnelse="Bolig 1", ugedage=[1, 3], til=date(2028, 1, 1))
    fabrik.takst(plads.afdeling, "2687.50")
    tilbud_id = plads.afdeling.tilbud_id
    pladser = csv(rodovre.get(reverse("tilbud:eksport_pladser", args=[tilbud_id, "csv"])))
    assert pladser[1][:6] == ["Hovedhuset", "Bolig 1", "Døgnplads", "man, ons", "2007-01-01", "2027-12-31"]
    takster = csv(rodovre.get(reverse("tilbud:eksport_takster", args=[tilbud_id, "csv"])))
    assert takster[1][:6] == ["Hovedhuset", "SEL-107", "2687,50", "kr./døgn", "2026-01-01", "2027-12-31"]
    for rute in ("tilbud:eksport_pladser", "tilbud:eksport_takster"):
        assert rodovre.get(reverse(rute, args=[tilbud_id, "xlsx"])).getvalue()[:2] == b"PK"


def test_unknown_form_and_unknown_offer_are_not_found(rodovre: Client) -> None:
    assert rodovre.get(reverse("tilbud:eksport", args=["pdf"])).status_code == 404
    for rute in ("tilbud:eksport_pladser", "tilbud:eksport_takster"):
        assert rodovre.get(reverse(rute, args=[uuid4(), "csv"])).status_code == 404


@pytest.mark.parametrize("antal", [1, 100])
def test_list_costs_the_same_however_many(antal: int, rodovre: Client, django_assert_max_num_queries: Any) -> None:
    for _ in range(antal):
        fabrik.tilbud()
    with django_assert_max_num_queries(12):
        assert len(csv(rodovre.get(reverse("tilbud:eksport", args=["csv"])))) == antal + 1
