"""Every number of every type of report traces: from the page by its code, source and date to the query and the rows, and the PDF carries them."""

import io
import re
from collections.abc import Callable, Mapping
from pydoc import locate

import pytest
from pypdf import PdfReader

from rammeaftale.rapporter.kanonisk import til_json
from rammeaftale.rapporter.poster import vis
from rammeaftale.rapporter.register import RAPPORTTYPER, fremstiller
from tests.rammeaftale.rapporter import situationer
from tests.rammeaftale.rapporter.kapacitet import situationer as kapacitet
from tests.rammeaftale.rapporter.kommunen import situationer as kommunen
from tests.rammeaftale.rapporter.styringsdel import situationer as styringsdel
from tests.rammeaftale.rapporter.takstanalyse import situationer as takstanalyse
from tests.rammeaftale.rapporter.tilbudsliste import test_tilbudsliste as tilbudsliste
from tests.rammeaftale.rapporter.udviklingsdel import situationer as udviklingsdel

pytestmark = pytest.mark.django_db
# A table or drawing, its caption, and everything up to the next.
STYKKE = re.compile(r"<(table|figure)\b.*?(?=<table\b|<figure\b|</main>|\Z)", re.DOTALL)
KODE = re.compile(r'<(?:fig)?caption data-id="([^"]+)"')
KILDELINJE = re.compile(r'<p class="kilde">(Kilde: .*?)</p>', re.DOTALL)
DATO = re.compile(
    r"\d\d\.\d\d\.\d{4}|\d{1,2}\.\s(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december) \d{4}"
)
# A report with something in it, of each type.
DATA: Mapping[str, Callable[[], str]] = {
    "rammeaftale": lambda: situationer.data(situationer.omraade()),
    "styringsdel": lambda: styringsdel.data(styringsdel.sendt()),
    "udviklingsdel": lambda: udviklingsdel.data(udviklingsdel.omraade()),
    "takstanalyse": lambda: takstanalyse.data(takstanalyse.omraade()),
    "kapacitet": lambda: kapacitet.data(kapacitet.omraade()),
    "tilbudsliste": lambda: til_json(tilbudsliste.billede(tilbudsliste.omraade())),
    "kommune": lambda: kommunen.data(kommunen.omraade(), egen=True),
}


def html(noegle: str, data: str) -> str:
    """The pages, whole."""
    maskine = fremstiller(noegle)
    hele: str = maskine.dokument(data, maskine.tegn(data)).html  # type: ignore[attr-defined]  # those whose pages are templates
    return hele


@pytest.mark.parametrize("noegle", RAPPORTTYPER)
def test_every_table_and_drawing_has_its_code_and_says_its_source_and_its_date(noegle: str) -> None:
    data = DATA[noegle]()
    stykker = [stykke[0] for stykke in STYKKE.finditer(html(noegle, data))]
    assert stykker
    for stykke in stykker:
        koder, kilder = KODE.findall(stykke), KILDELINJE.findall(stykke)
        assert len(koder) == len(kilder) == 1, stykke[:300]
        assert DATO.search(kilder[0]), (koder, kilder)
    vist = {kode for stykke in stykker for kode in KODE.findall(stykke)}
    assert vist == {post.id for post in vis(RAPPORTTYPER[noegle].poster(data))}


@pytest.mark.parametrize("noegle", RAPPORTTYPER)
def test_every_code_leads_to_a_query_that_exists_and_to_rows_that_can_be_told_apart(noegle: str) -> None:
    poster = RAPPORTTYPER[noegle].poster(DATA[noegle]())
    assert len({post.id for post in poster}) == len(poster)
    for post in poster:
        assert callable(locate(post.kilde)), post.kilde
        assert len(set(post.kolonner)) == len(post.kolonner), post.id
        assert 0 < post.noegler <= len(post.kolonner), post.id
        assert all(len(raekke) == len(post.kolonner) for raekke in post.raekker), post.id
        noegler = [raekke[: post.noegler] for raekke in post.raekker]
        assert len(set(noegler)) == len(noegler), post.id


@pytest.mark.parametrize("noegle", RAPPORTTYPER)
def test_pdf_carries_the_rows_of_every_code_and_the_snapshot(noegle: str) -> None:
    data = DATA[noegle]()
    laeser = PdfReader(io.BytesIO(situationer.lav(data, noegle)))
    filer = {navn: indhold[0] for navn, indhold in laeser.attachments.items()}
    assert filer.pop("oejebliksbillede.json") == data.encode()
    assert filer == {f"{post.id}.csv": post.csv() for post in vis(RAPPORTTYPER[noegle].poster(data))}


def test_every_type_is_tried() -> None:
    assert DATA.keys() == RAPPORTTYPER.keys()
