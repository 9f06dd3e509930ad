"""The report "Tilbud og takster": every open offer once, with its takster, and of a protected one no more than its municipality."""

import io
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pydoc import locate
from typing import Any

import pytest
from django.db import connection
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from faelles.dokument.tjek import tjek_pdf
from kommuner.models import Organisation
from rammeaftale.models import Rammeaftale
from rammeaftale.queries import gaeldende_version
from rammeaftale.rapporter import tasks  # noqa: F401 - as a worker does: makes the report types' makers known
from rammeaftale.rapporter.kanonisk import fra_json, til_json
from rammeaftale.rapporter.poster import vis
from rammeaftale.rapporter.register import TILBUDSLISTE
from rammeaftale.rapporter.tilbudsliste import dokument
from rammeaftale.rapporter.tilbudsliste.data import Tilbudslistebillede
from rammeaftale.rapporter.tilbudsliste.samling import saml
from tests import fabrik
from tests.rammeaftale.rapporter import facit
from tests.rammeaftale.rapporter.layout import fejl_paa_siderne
from tests.rammeaftale.rapporter.situationer import lav
from tilbud.models import Tilbud

pytestmark = pytest.mark.django_db
ANTAL = 9
OEJEBLIK = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
LANGT_NAVN = "Botilbuddet for voksne med erhvervet hjerneskade og særligt komplekse behov ved Lindevangsalleen"
# What the register says is open and what it costs, read without the application (report-contents § R6).
AABNE = """
SELECT count(DISTINCT t.id), count(DISTINCT s.id), (
    SELECT count(*) FROM tilbud_plads p JOIN tilbud_afdeling a ON a.id = p.afdeling_id JOIN tilbud_tilbud o ON o.id = a.tilbud_id
    WHERE p.periode @> %(dag)s::date AND (o.lukket_fra IS NULL OR o.lukket_fra > %(dag)s))
FROM tilbud_tilbud t LEFT JOIN tilbud_afdeling a ON a.tilbud_id = t.id
LEFT JOIN takster_takst s ON s.afdeling_id = a.id AND s.ophoert IS NULL AND s.periode && daterange('2026-01-01', '2027-01-01')
WHERE t.lukket_fra IS NULL OR t.lukket_fra > %(dag)s
"""


def omraade() -> Rammeaftale:
    """Two operators, an offer with two takster and one with none, a closed one, and a private one whose address is protected."""
    aftale = fabrik.aftale(parter=("Gladsaxe", "Herlev"))
    felter: dict[str, Any] = {"kontakt_funktion": "Visitationen", "kontakt_telefon": "12345678"}
    stor = fabrik.afdeling(fabrik.tilbud("Storegården", maalgrupper=("Autismespektrum", "Psykisk sygdom"), **felter))
    for _ in range(3):
        fabrik.ledig_plads(stor)
    fabrik.takst(stor, "2400.00", fra=date(2026, 1, 1), til=date(2026, 7, 1))
    fabrik.takst(stor, "2450.50", fra=date(2026, 7, 1), til=None)
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Uden takst", i="Herlev")))
    fabrik.takst(fabrik.afdeling(fabrik.tilbud("Lukket", lukket_fra=date(2026, 1, 1))))
    fonden = Organisation.objects.create(art="privat", navn="Fonden på Skjulevej")
    krise = fabrik.tilbud(
        "Krisecentret",
        driftsherre=fonden,
        hjemler=("SEL-109",),
        beskyttet_adresse=True,
        **felter,
    )
    fabrik.takst(fabrik.afdeling(krise), "1900.00", kode="SEL-109")
    return aftale


def billede(aftale: Rammeaftale) -> Tilbudslistebillede:
    version = gaeldende_version(aftale.id)
    assert version is not None
    return saml(version, OEJEBLIK)


def test_offers_places_and_takster_are_as_many_as_the_register_says() -> None:
    fundet = billede(omraade())
    with connection.cursor() as cursor:
        cursor.execute(AABNE, {"dag": date(2026, 11, 24)})
        antal = cursor.fetchone()
    takster = [takst for tilbud in fundet.tilbud for takst in tilbud.takster]
    assert (len(fundet.tilbud), len(takster), sum(t.pladser for t in fundet.tilbud)) == antal == (3, 3, 4)
    assert [(t.beloeb, t.sidste_dag) for t in takster[:2]] == [
        (Decimal("2400.00"), date(2026, 6, 30)),
        (Decimal("2450.50"), None),
    ]


def test_offer_without_a_takst_says_so() -> None:
    html = dokument.dokument(til_json(billede(omraade())), {}).html
    assert "1 tilbud har ingen takst i året." in html
    assert html.count("Ingen takst") == 1


def test_protected_offer_tells_only_its_municipality() -> None:
    data = til_json(billede(omraade()))
    pdf = lav(data, "tilbudsliste")
    hele = data + " ".join(side.extract_text() for side in PdfReader(io.BytesIO(pdf)).pages)
    for ord_ in ("Skjulevej", "Fonden på"):
        assert ord_ not in hele
    assert hele.count("12345678") == 2, "the other offer's, in the snapshot and on its page"
    assert "Driftsherren nævnes ikke" in hele


def test_document_is_the_one_read_and_approved() -> None:
    facit.holder("tilbudsliste", dokument.dokument(til_json(billede(omraade())), {}).html)


def test_pdf_is_accessible_the_same_again_and_carries_the_list() -> None:
    fundet = billede(omraade())
    data = til_json(fundet)
    assert fra_json(Tilbudslistebillede, data) == fundet
    pdf = lav(data, "tilbudsliste")
    assert lav(data, "tilbudsliste") == pdf
    assert tjek_pdf(pdf) == ()
    laeser = PdfReader(io.BytesIO(pdf))
    for post in vis(TILBUDSLISTE.poster(data)):
        assert laeser.attachments[f"{post.id}.csv"] == [post.csv()]
        assert callable(locate(post.kilde)), post.kilde


def test_every_id_on_the_pages_has_its_rows() -> None:
    data = til_json(billede(omraade()))
    paa_siderne = re.findall(r'data-id="([^"]+)"', dokument.dokument(data, {}).html)
    assert paa_siderne == ["R6-T1"] * 3 + ["R6-T2"], "an operator at a time"
    assert {post.id for post in vis(TILBUDSLISTE.poster(data))} == set(paa_siderne)


def test_long_name_with_forty_takster_and_target_groups_keeps_inside_its_cells() -> None:
    assert len(LANGT_NAVN) >= 90
    aftale = fabrik.aftale(parter=())
    stort = fabrik.tilbud(LANGT_NAVN.replace(" ", "-"), maalgrupper=tuple(f"Målgruppe {nr}" for nr in range(40)))
    for nr in range(40):
        fabrik.takst(fabrik.afdeling(stort, navn=f"Afdeling {nr} {LANGT_NAVN}"), "123456.78", fra=date(2026, 1, 1))
    data = til_json(billede(aftale))
    assert fejl_paa_siderne(data, "tilbudsliste") == []
    assert tjek_pdf(lav(data, "tilbudsliste")) == ()


def test_long_list_is_set_in_chapters_of_whole_operators(monkeypatch: pytest.MonkeyPatch) -> None:
    data = til_json(billede(omraade()))
    assert dokument.dokument(data, {}).html.count('<h2 class="fortsat">') == 2
    monkeypatch.setattr(dokument, "PORTION", 4)
    assert dokument.dokument(data, {}).html.count('<h2 class="fortsat">') == 1, "three rows and one, then a new one"


def test_empty_area_still_becomes_a_report() -> None:
    data = til_json(billede(fabrik.aftale(parter=())))
    assert "Listen rummer 0 tilbud med 0 pladser og 0 takster." in dokument.dokument(data, {}).html
    assert tjek_pdf(lav(data, "tilbudsliste")) == ()


def test_number_of_statements_does_not_follow_the_amount_of_data(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    aftale = omraade()
    with django_assert_num_queries(ANTAL):
        billede(aftale)
    for _ in range(20):
        fabrik.takst(fabrik.afdeling())
    with django_assert_num_queries(ANTAL):
        billede(aftale)
    assert Tilbud.objects.count() == 24
