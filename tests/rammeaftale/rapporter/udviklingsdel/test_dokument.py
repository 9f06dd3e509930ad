"""The PDF of the report "Udviklingsdel": chapters in order, figures with their numbers, accessible, and the same bytes again."""

import io
import re
from dataclasses import replace
from pydoc import locate

import pytest
from pypdf import PdfReader

from faelles import job
from faelles.dokument.tjek import tjek_pdf
from faelles.models import JobStatus
from rammeaftale.rapporter import filer
from rammeaftale.rapporter.actions import bestil_rapport
from rammeaftale.rapporter.kanonisk import til_json
from rammeaftale.rapporter.poster import vis
from rammeaftale.rapporter.register import UDVIKLINGSDEL, fremstiller
from rammeaftale.rapporter.udviklingsdel import dokument
from tests import fabrik
from tests.rammeaftale.rapporter.facit import holder, som_tekst
from tests.rammeaftale.rapporter.layout import fejl_paa_siderne
from tests.rammeaftale.rapporter.situationer import lav
from tests.rammeaftale.rapporter.udviklingsdel import situationer

pytestmark = pytest.mark.django_db
# The order of the development strategies that were published (report-contents § R3).
KAPITLER = (
    "Læsevejledning",
    "Indledning",
    "Bevægelser på området",
    "Perspektiver for samarbejdet",
    "Særlige temaer",
    "Hovedtendenser",
    "Specialundervisning og særlige tilbud",
    "Opmærksomhedspunkter",
    "Bilag: Metode",
)


def html(data: str) -> str:
    return dokument.dokument(data, fremstiller("udviklingsdel").tegn(data)).html


def test_document_says_what_is_kept_for_it_in_that_order() -> None:
    holder("udviklingsdel", html(situationer.data(situationer.omraade())))


def test_chapters_stand_in_the_order_of_a_development_strategy() -> None:
    linjer = som_tekst(html(situationer.data(situationer.omraade()))).splitlines()
    assert tuple(linje.removeprefix("## ") for linje in linjer if linje.startswith("## "))[1:] == KAPITLER


def test_same_snapshot_gives_the_same_accessible_file() -> None:
    data = situationer.data(situationer.omraade())
    pdf = lav(data, "udviklingsdel")
    assert lav(data, "udviklingsdel") == pdf
    assert tjek_pdf(pdf) == ()


def test_empty_area_still_becomes_a_report() -> None:
    assert tjek_pdf(lav(situationer.data(fabrik.aftale(parter=())), "udviklingsdel")) == ()


def test_nothing_sticks_out_with_long_names() -> None:
    billede = situationer.billede(situationer.omraade())
    lang = "Bo- og behandlingstilbuddet for unge med autisme og samtidig psykisk lidelse ved Kirkebakken"
    ny = replace(
        billede,
        flytninger=tuple(replace(f, tilbud=lang, grund=lang * 10) for f in billede.flytninger),
        temaer=tuple(replace(t, titel=lang, maalgruppe=lang) for t in billede.temaer),
        tilbudstyper=tuple(replace(t, tilbudstype=lang) for t in billede.tilbudstyper),
        fokus=tuple(replace(f, navn=lang, beskrivelse=lang * 20) for f in billede.fokus),
    )
    assert fejl_paa_siderne(til_json(ny), "udviklingsdel") == []


def test_every_drawing_has_an_alternative_text_that_says_what_it_shows_and_the_numbers_in_a_table() -> None:
    data = situationer.data(situationer.omraade())
    fundne = re.findall(r'<img src="billede:(\w+)" alt="([^"]+)"', html(data))
    assert [navn for navn, _ in fundne] == ["niveauer", "flytninger", "belaegning", "behov"]
    assert all(re.search(r"\d", alt) and alt.endswith(".") for _, alt in fundne)
    assert html(data).count('<p class="kilde">') == html(data).count("<figure") + html(data).count("<table")


def test_every_table_and_drawing_has_its_rows_its_query_and_its_file_in_the_pdf() -> None:
    data = situationer.data(situationer.omraade())
    poster = UDVIKLINGSDEL.poster(data)
    paa_siderne = re.findall(r'<(?:fig)?caption data-id="([^"]+)"', html(data))
    assert len(paa_siderne) == len(set(paa_siderne)) == len(re.findall(r"<(?:fig)?caption", html(data)))
    assert {post.id for post in vis(poster)} == set(paa_siderne)
    assert all(callable(locate(post.kilde)) for post in poster)
    vedhaeftet = PdfReader(io.BytesIO(lav(data, "udviklingsdel"))).attachments
    for post in vis(poster):
        assert vedhaeftet[f"{post.id}.csv"] == [post.csv()]


@pytest.mark.django_db(transaction=True)
def test_ordered_report_is_made() -> None:
    aftale = situationer.omraade()
    rapport = bestil_rapport(aktoer=fabrik.sekretariat(), aftale_id=aftale.id, type_="udviklingsdel")
    job.koer(rapport.job_id)
    rapport.refresh_from_db()
    assert rapport.job.status == JobStatus.FAERDIG
    assert filer.laes(rapport.fil).startswith(b"%PDF")
