from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory

from faelles.models import Job, JobStatus
from faelles.templatetags.komponenter import med_kode
from tests.faelles.test_formularer import Proeveform

SKABELONER = Path(settings.BASE_DIR) / "templates"


def vis(navn: str, **kontekst: object) -> str:
    return render_to_string(f"komponenter/{navn}.html", kontekst)


def test_error_summary_links_each_error_to_its_first_control() -> None:
    html = vis("fejlopsummering", form=Proeveform(QueryDict("maalgruppe=")))
    for maal in ("#id_maalgruppe", "#id_hjemmel_0", "#id_fra_dag"):
        assert f'href="{maal}"' in html


def test_names_between_backticks_are_shown_as_code_and_nothing_else_is_markup() -> None:
    assert med_kode("Fra `naeste` i <svaret>.") == "Fra <code>naeste</code> i &lt;svaret&gt;."
    assert med_kode("Rækker pr. side.") == "Rækker pr. side."


def test_error_summary_is_absent_without_errors() -> None:
    assert vis("fejlopsummering", form=Proeveform()).strip() == ""


@pytest.mark.parametrize("status", JobStatus)
def test_progress_asks_again_only_until_the_job_has_ended(status: JobStatus) -> None:
    job = Job(status=status, trin="Tegner figurer", naaet=2, i_alt=5, fejl="Kortet mangler")
    html = vis("fremdrift", job=job, titel="Rapport", url="/job/1", resultat_url="/rapport.pdf", resultat_tekst="Åbn")
    assert ('hx-trigger="every 2s"' in html) is not job.er_slut
    assert ("<progress" in html) is not job.er_slut
    assert ("/rapport.pdf" in html) is (status == JobStatus.FAERDIG)
    assert ("Kortet mangler" in html) is (status == JobStatus.FEJLET)


def test_pager_keeps_the_search_and_marks_the_current_page() -> None:
    request = RequestFactory().get("/", {"q": "autisme", "side": "5"})
    html = render_to_string(
        "komponenter/sidevisning.html", {"side": Paginator(range(200), 20).page(5), "request": request}
    )
    assert 'href="?q=autisme&amp;side=6"' in html
    assert html.count('aria-current="page"') == 1


@pytest.mark.parametrize(
    ("sortering", "naeste", "aria"),
    [("takst", "-takst", "ascending"), ("-takst", "takst", "descending"), ("navn", "takst", None)],
)
def test_sortable_heading_turns_the_order_and_returns_to_page_one(
    sortering: str, naeste: str, aria: str | None
) -> None:
    request = RequestFactory().get("/", {"side": "5"})
    kontekst = {"navn": "Takst", "felt": "takst", "sortering": sortering, "request": request}
    html = render_to_string("komponenter/sorterbar_overskrift.html", kontekst)
    assert f'href="?sorter={naeste}"' in html
    assert (f'aria-sort="{aria}"' in html) if aria else ("aria-sort" not in html)


def test_actor_is_named_on_every_page() -> None:
    aktoer = SimpleNamespace(organisation_navn="Rødovre Kommune", rolle_navn="Sagsbehandler")
    html = render_to_string("base.html", {"aktoer": aktoer, "navigation": []})
    assert "Du handler for <strong>Rødovre Kommune</strong> som <strong>sagsbehandler</strong>" in html


@pytest.mark.parametrize(
    ("side", "naeste_skridt"),
    [
        ("400", "Gå til forsiden"),
        ("403", "Log på"),
        ("404", "Gå til forsiden"),
        ("413", "Gå til forsiden"),
        ("429", "Gå til forsiden"),
        ("500", "Gå til forsiden"),
        ("503", "Gå til forsiden"),
        ("403_csrf", "Gå til forsiden"),
    ],
)
def test_error_page_without_any_context_offers_a_next_step(side: str, naeste_skridt: str) -> None:
    assert naeste_skridt in render_to_string(f"{side}.html")


@pytest.mark.parametrize(
    "skabelon",
    sorted(
        set(SKABELONER.rglob("*.html")) - set((SKABELONER / "dokument").rglob("*"))
    ),  # printed, never served as pages
    ids=lambda sti: str(sti.relative_to(SKABELONER)),
)
def test_page_template_has_nothing_a_strict_csp_would_block(skabelon: Path) -> None:
    tekst = skabelon.read_text(encoding="utf-8")
    for forbudt in (" style=", "<style", " onclick=", " onchange=", " onload=", "javascript:", "hx-on"):
        assert forbudt not in tekst
    assert "<script>" not in tekst
