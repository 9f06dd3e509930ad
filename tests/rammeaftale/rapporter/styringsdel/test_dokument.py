"""The PDF of the report "Styringsdel": what it says, in which order, accessible, and the same bytes again."""

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
from rammeaftale.rapporter.register import STYRINGSDEL
from rammeaftale.rapporter.styringsdel import dokument
from tests import fabrik
from tests.rammeaftale.aftaler import godkend
from tests.rammeaftale.rapporter.facit import holder, som_tekst
from tests.rammeaftale.rapporter.layout import fejl_paa_siderne
from tests.rammeaftale.rapporter.situationer import lav
from tests.rammeaftale.rapporter.styringsdel import situationer
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db


def html(data: str) -> str:
    return dokument.dokument(data, {}).html


def test_document_says_what_is_kept_for_it_in_that_order() -> None:
    holder("styringsdel", html(situationer.data(situationer.sendt())))


def test_same_snapshot_gives_the_same_accessible_file() -> None:
    data = situationer.data(situationer.sendt())
    pdf = lav(data, "styringsdel")
    assert lav(data, "styringsdel") == pdf
    assert tjek_pdf(pdf) == ()


def test_draft_with_a_term_missing_says_so_where_it_belongs_and_in_the_introduction() -> None:
    data = situationer.data(situationer.kladde(uden=Noegle.TAKST_FRIST))
    linjer = som_tekst(html(data)).splitlines()
    assert "| Frist for at indsende takster takst_frist | Ikke fastsat | Ingen klausul fastsætter det" in linjer
    assert any(
        f"fastsætter {len(Noegle) - 1} af {len(Noegle)} vilkår" in linje
        and "Ikke fastsat: Frist for at indsende takster." in linje
        for linje in linjer
    )
    assert sum("Eksemplet kan ikke regnes. Aftalens vilkår er ikke udsendt" in linje for linje in linjer) == 2
    assert tjek_pdf(lav(data, "styringsdel")) == ()


def test_preliminary_and_final_terms_are_told_apart() -> None:
    aftale = situationer.sendt()
    assert "Vilkårene er foreløbige: sæt 2 i Rammeaftale 2027" in html(situationer.data(aftale))
    godkend(aftale)
    assert "Vilkårene er endelige: sæt 3 i Rammeaftale 2027" in html(situationer.data(aftale))


def test_markup_in_a_clause_is_text() -> None:
    indhold = html(situationer.data(situationer.sendt()))
    assert "<script" not in indhold
    assert "&lt;script&gt;" in indhold
    assert "<em>omkostningsbaserede</em>" in indhold


def test_nothing_sticks_out_with_long_headings_values_and_clauses() -> None:
    billede = situationer.billede(situationer.sendt())
    lang = "Socialpædagogiskbehandlingstilbudsspecialiseringsbetegnelse" + " og mere" * 4
    kapitler = tuple(
        replace(
            kapitel,
            afsnit=tuple(
                replace(
                    afsnit,
                    klausuler=tuple(replace(k, overskrift=lang, tekst=f"{lang}\n\n" * 40) for k in afsnit.klausuler),
                    vilkaar=tuple(
                        replace(v, i_ord="SEL-107=ja; " * 40, klausul=f"{lang} {lang}"[:120]) for v in afsnit.vilkaar
                    ),
                )
                for afsnit in kapitel.afsnit
            ),
        )
        for kapitel in billede.kapitler
    )
    assert fejl_paa_siderne(til_json(replace(billede, kapitler=kapitler)), "styringsdel") == []


def test_every_table_has_its_rows_its_query_and_its_file_in_the_pdf() -> None:
    data = situationer.data(situationer.sendt())
    poster = STYRINGSDEL.poster(data)
    paa_siderne = re.findall(r'<caption data-id="([^"]+)"', html(data))
    assert html(data).count("<caption") == len(paa_siderne) == len(set(paa_siderne))
    assert [post.id for post in vis(poster)] == paa_siderne
    assert all(callable(locate(post.kilde)) for post in poster)
    vedhaeftet = PdfReader(io.BytesIO(lav(data, "styringsdel"))).attachments
    for post in vis(poster):
        assert vedhaeftet[f"{post.id}.csv"] == [post.csv()]


def test_rows_of_the_terms_are_one_for_each_key_and_name_clause_and_set() -> None:
    poster = [post for post in STYRINGSDEL.poster(situationer.data(situationer.sendt())) if post.id.startswith("R2-V")]
    raekker = [raekke for post in poster for raekke in post.raekker]
    assert sorted(str(raekke[1]) for raekke in raekker) == sorted(Noegle)
    assert {raekke[5:] for raekke in raekker} == {(2, "Rammeaftale 2027, version 1", "foreløbigt")}
    assert {raekke[4] for raekke in raekker} == {
        "Bilag 1: Styringsdel 2.3 Tal og takster",
        "Bilag 1: Styringsdel 2.10 Øvrige vilkår",
    }


@pytest.mark.django_db(transaction=True)
def test_ordered_report_is_made() -> None:
    aftale = situationer.sendt()
    rapport = bestil_rapport(aktoer=fabrik.sekretariat(), aftale_id=aftale.id, type_="styringsdel")
    job.koer(rapport.job_id)
    rapport.refresh_from_db()
    assert rapport.job.status == JobStatus.FAERDIG
    assert filer.laes(rapport.fil).startswith(b"%PDF")
