"""The report "Takstanalyse": the figures of the growth monitor and of the takster themselves, told the same every time."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from pydoc import locate
from typing import Any

import pytest
from django.db import connection
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from faelles.dokument.tjek import tjek_pdf
from rammeaftale.rapporter import tasks  # noqa: F401 - as a worker does: makes the report types' makers known
from rammeaftale.rapporter.beskyttelse import NAEVNES_IKKE
from rammeaftale.rapporter.kanonisk import fra_json, til_json
from rammeaftale.rapporter.poster import vis
from rammeaftale.rapporter.register import TAKSTANALYSE, fremstiller
from rammeaftale.rapporter.takstanalyse import dokument, saetninger
from rammeaftale.rapporter.takstanalyse.data import Takstanalysebillede
from reservationer.sag.prisudvikling import tekst as pristekst
from reservationer.sag.prisudvikling.queries import prisudvikling
from takster.models import Takstenhed
from takster.vaekst import tekst
from takster.vaekst.queries import vaekst
from tests import fabrik
from tests.rammeaftale.rapporter import facit
from tests.rammeaftale.rapporter.layout import fejl_paa_siderne
from tests.rammeaftale.rapporter.situationer import lav
from tests.rammeaftale.rapporter.takstanalyse import situationer
from tests.sag.prisudvikling.situationer import omraade as omraade_med_ophold
from tests.takster.vaekst.situationer import afdeling, vilkaar
from tilbud.models import Tilbud

pytestmark = pytest.mark.django_db
ANTAL = 35

# What a public offer costs in a year, from the budget lines its calculation was made of: every line and the concrete overhead,
# over places times days (report-contents § R4, rules-takst F1); of takster that hold the whole year, in the area.
UAFHAENGIGT = """
WITH omraadet AS (
    SELECT t.id FROM tilbud_tilbud t JOIN kommuner_organisation o ON o.id = t.driftsherre_id
    JOIN kommuner_kkrmedlemskab m ON m.kommune_id = t.beliggenhedskommune_id AND m.periode @> make_date(%(i)s, 1, 1)
    JOIN kommuner_kkr k ON k.id = m.kkr_id AND k.navn = 'KKR Hovedstaden'
    WHERE o.art IN ('kommune', 'region')
), budgetter AS (
    SELECT (SELECT sum((linje ->> 'beloeb')::numeric) FROM jsonb_array_elements(s.beregning #> '{inddata,direkteOmkostninger}') AS linje) AS direkte,
           (s.beregning #>> '{inddata,overhead,beloeb}')::numeric AS overhead, (s.beregning #>> '{inddata,pladser}')::numeric AS pladser
    FROM takster_takst s JOIN tilbud_afdeling a ON a.id = s.afdeling_id
    WHERE a.tilbud_id IN (SELECT id FROM omraadet) AND s.enhed = %(enhed)s AND s.beregning <> '{}'
      AND s.periode @> daterange(make_date(%(aar)s, 1, 1), make_date(%(aar)s + 1, 1, 1))
)
SELECT sum(direkte + overhead), sum(pladser), sum(pladser * 365), sum(overhead) / sum(direkte) * 100, count(*) FROM budgetter
"""


def uafhaengigt(aar: int, enhed: str) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(UAFHAENGIGT, {"aar": aar, "i": 2026, "enhed": enhed})
        fundet: tuple[Any, ...] = cursor.fetchone()
    return fundet


def test_totals_are_those_of_the_budgets_by_independent_sql() -> None:
    billede = situationer.billede(situationer.omraade())
    for art in billede.arter:
        assert art.alle is not None
        for punkt in art.alle.aarene:
            kr, pladser, dage, overhead, tilbud = uafhaengigt(punkt.aar, art.enhed)
            assert (punkt.omkostninger, punkt.pladser, punkt.pladsdage, punkt.tilbud) == (kr, pladser, dage, tilbud)
            assert punkt.udgift_i_aarets_priser == round(kr / dage, 2)
            assert punkt.overheadprocent is not None
            assert round(punkt.overheadprocent, 9) == round(overhead, 9)
    doegn, dag = billede.arter
    assert doegn.alle is not None
    assert dag.alle is not None
    assert (len(doegn.alle.aarene), len(dag.alle.aarene)) == (3, 2)


def test_effects_and_operators_sum_to_the_area() -> None:
    for art in situationer.billede(situationer.omraade()).arter:
        hele = art.sammensaetning
        assert hele is not None
        assert hele.foer + sum(v.kr for v in hele.virkninger) == hele.nu
        assert art.alle is not None
        for serier in (art.driftsherrer, art.hjemler):
            sidste = [punkt for serie in serier if (punkt := serie.punkt(2026))]
            i_alt = art.alle.punkt(2026)
            assert i_alt is not None
            assert sum(p.omkostninger for p in sidste) == i_alt.omkostninger
            assert sum(p.pladsdage for p in sidste) == i_alt.pladsdage


def test_report_says_word_for_word_what_the_growth_monitor_says() -> None:
    billede = situationer.billede(situationer.omraade())
    for art in billede.arter:
        paa_siden = vaekst(fabrik.kkr(), 2026, Takstenhed(art.enhed))
        assert art.ord.dom == tekst.dom(paa_siden)
        assert paa_siden.alle is not None
        assert paa_siden.alle.resultat is not None
        assert art.alle is not None
        assert art.alle.dom is not None
        assert art.alle.dom.afstand_oere == paa_siden.alle.resultat.afstand_oere
        assert [(u.foer, u.nu) for u in art.udeladte] == [(u.foer, u.nu) for u in paa_siden.udeladte]


def test_prices_of_stays_are_told_word_for_word_and_figure_for_figure_as_their_page_tells_them() -> None:
    aftale = fabrik.aftale(parter=("Gladsaxe",))
    omraade_med_ophold()
    billede = situationer.billede(aftale, datetime(2025, 11, 24, 8, 30, tzinfo=UTC))
    for art in billede.arter:
        paa_siden = prisudvikling(fabrik.kkr(), 2025, Takstenhed(art.enhed), dag=billede.datadag)
        assert (art.priser.dom, art.priser.udvikling) == (pristekst.dom(paa_siden), pristekst.udvikling(paa_siden))
        assert [(et.aar, et.dage) for et in art.priser.alle] == [(et.aar, et.tal.dage) for et in paa_siden.alle.aarene]
        for et, der in zip(art.priser.alle, paa_siden.alle.aarene, strict=True):
            assert (et.samlet, et.takst) == tuple(
                round(b / der.tal.dage, 2) for b in (der.tal.samlet, der.tal.vejledende)
            )
    doegn = billede.arter[0].priser
    assert doegn.alle
    assert doegn.ejere
    html = dokument.dokument(til_json(billede), {}).html
    assert doegn.dom in html
    assert "for få ophold (Data og rapporter, sæt 2 i Testaftale), er udeladt" in html
    assert fejl_paa_siderne(til_json(billede), "takstanalyse") == []


@pytest.mark.parametrize(
    ("fra_loftet", "dom", "spor"),
    [
        (-1, "samlet holdt loftet for 2026. Udgiften ligger 1 øre under loftet", "1 af 1 driftsherre (alle)"),
        (0, "samlet holdt loftet for 2026. Udgiften ligger præcis på loftet", "1 af 1 driftsherre (alle)"),
        (1, "samlet ikke holdt loftet for 2026. Udgiften ligger 1 øre over loftet", "0 af 1 driftsherre (ingen)"),
    ],
)
def test_verdict_flips_at_exactly_the_ceiling(fra_loftet: int, dom: str, spor: str) -> None:
    data = situationer.data(situationer.med_udgift(situationer.LOFT_OERE + fra_loftet))
    html = dokument.dokument(data, {}).html
    assert dom in html
    assert spor in html


def test_document_is_the_one_read_and_approved() -> None:
    data = situationer.data(situationer.omraade())
    facit.holder("takstanalyse", dokument.dokument(data, fremstiller("takstanalyse").tegn(data)).html)


def test_same_data_give_the_same_text_which_reads_back() -> None:
    aftale = situationer.omraade()
    billede = situationer.billede(aftale)
    assert situationer.data(aftale) == til_json(billede)
    assert fra_json(Takstanalysebillede, til_json(billede)) == billede


def test_pdf_is_accessible_the_same_again_and_has_the_chapters_in_its_outline() -> None:
    data = situationer.data(situationer.omraade())
    pdf = lav(data, "takstanalyse")
    assert lav(data, "takstanalyse") == pdf
    assert tjek_pdf(pdf) == ()
    laeser = PdfReader(io.BytesIO(pdf))
    titler = [" ".join(str(post.title).split()) for post in laeser.outline if not isinstance(post, list)]
    assert titler == [
        "Indhold", "1 Resumé", "2 Indledning", "3 Døgntakster", "4 Dagtakster", "5 Private og selvejende tilbud", "6 Bilag",
    ]  # fmt: skip
    for post in vis(TAKSTANALYSE.poster(data)):
        assert laeser.attachments[f"{post.id}.csv"] == [post.csv()]


def test_every_table_and_drawing_has_its_rows_and_a_query_that_exists() -> None:
    data = situationer.data(situationer.omraade())
    html = dokument.dokument(data, fremstiller("takstanalyse").tegn(data)).html
    paa_siderne = re.findall(r'<(?:fig)?caption data-id="([^"]+)"', html)
    poster = TAKSTANALYSE.poster(data)
    assert len(re.findall(r"<(?:fig)?caption", html)) == len(paa_siderne) == len(set(paa_siderne))
    assert {post.id for post in vis(poster)} == set(paa_siderne)
    assert html.count('<p class="kilde">') == html.count("<figure") + html.count("<table")
    for post in poster:
        assert callable(locate(post.kilde)), post.kilde


def test_takst_that_is_not_measured_stands_once_with_its_reason() -> None:
    udeladelser = situationer.billede(situationer.omraade()).udeladelser
    assert sorted((u.tilbud, u.enhed, u.grund.split(",")[0]) for u in udeladelser) == [
        ("Egen", "", "Tilbud uden takst i året"),
        ("Fondens", "", "Private og selvejende tilbud"),
        ("Huset", "kr./døgn", "Takster"),
        ("Midt i året", "kr./døgn", "Takster"),
        ("Solgård", "", "Private og selvejende tilbud"),
        ("Uden takst", "", "Tilbud uden takst i året"),
        ("Værkstedet", "kr./dag", "Takster"),
    ]


def test_operator_of_a_private_offer_whose_address_is_protected_is_not_named() -> None:
    aftale = situationer.omraade()
    Tilbud.objects.filter(navn="Fondens").update(beskyttet_adresse=True)
    udeladelser = {u.tilbud: u.driftsherre for u in situationer.billede(aftale).udeladelser}
    assert (udeladelser["Fondens"], udeladelser["Solgård"]) == (NAEVNES_IKKE, "Fonden")


def test_area_without_takster_or_terms_says_so() -> None:
    aftale = fabrik.aftale(parter=())
    vilkaar()
    data = situationer.data(aftale)
    html = dokument.dokument(data, fremstiller("takstanalyse").tegn(data)).html
    assert html.count("Væksten kan ikke vurderes. Udgiften mangler for 2024") >= 2
    assert "Der er ingen målte takster i 2026." in html
    assert tjek_pdf(lav(data, "takstanalyse")) == ()


@pytest.mark.parametrize(
    ("oere", "sagt"), [(104041, "er steget 0,001 procent"), (104040, "er uændret i faste"), (104039, "er faldet 0,001")]
)
def test_change_so_small_that_it_would_round_away_is_still_told(oere: int, sagt: str) -> None:
    billede = situationer.billede(situationer.med_udgift(oere))
    assert sagt in saetninger.aendring(billede, billede.arter[0])


def test_terms_name_clause_and_set_and_preliminary_ones_say_so() -> None:
    billede = situationer.billede(situationer.omraade())
    assert billede.vilkaar is not None
    assert "sæt 2 i Testaftale" in saetninger.loftets_kilde(billede)
    assert "sæt 2 i Testaftale); 1 driftsherre ligger over" in saetninger.overhead(billede, billede.arter[0])
    foreloebig = replace(billede, vilkaar=replace(billede.vilkaar, endelig=False))
    html = dokument.dokument(til_json(foreloebig), {}).html
    assert "Foreløbige vilkår" in html
    assert "(foreløbigt)" in html


def test_number_of_statements_does_not_follow_the_amount_of_data(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    aftale = situationer.omraade()
    with django_assert_num_queries(ANTAL):
        situationer.billede(aftale)
    for _ in range(30):
        afdeling((2024, 1000), (2026, 1000), pladser=1)
    with django_assert_num_queries(ANTAL):
        situationer.billede(aftale)
