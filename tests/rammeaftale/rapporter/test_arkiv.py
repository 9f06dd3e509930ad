"""The archive: what a search finds, on the page, in its table and over REST; the same cost however many reports there are."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse

from faelles.ids import uuid7
from faelles.models import Job, JobStatus
from faelles.scope import som_systemet
from faelles.tid import KOEBENHAVN
from rammeaftale.models import Version
from rammeaftale.rapporter.models import Oejebliksbillede, Rapport, Tilbagetraekning, Udgivelse
from tests import fabrik
from tests.api import klienter
from tests.rammeaftale.rapporter import situationer
from tests.rammeaftale.test_sider import sekretariat
from tests.sider import udgivet_rapport

pytestmark = pytest.mark.django_db
LISTE = reverse("rapporter:liste")
SIDENS, RESTS = 11, 6  # statements
# The last instant of 2025 in Denmark, and the first of 2026.
GAMMELT, NYT = (
    datetime(2025, 12, 31, 23, 59, tzinfo=KOEBENHAVN).astimezone(UTC),
    datetime(2026, 1, 1, tzinfo=KOEBENHAVN).astimezone(UTC),
)


def rapport(version: Version, data_fra: datetime = NYT, type_: str = "rammeaftale", tekster: str = "{}") -> Rapport:
    """A finished draft; what is in its data is of no matter here."""
    sekretariat_id = version.aftale.kkr.sekretariat_id
    assert sekretariat_id is not None
    billede = Oejebliksbillede.objects.create(
        type=type_, skema_version=1, data="{}", tekster=tekster, sha256="0" * 64, datatidspunkt=data_fra
    )
    with som_systemet("a job of nobody's, straight into the table"):
        job = Job.objects.create(
            type="rapport",
            organisation_id=sekretariat_id,
            funktion="sekretariat",
            identitet="test",
            status=JobStatus.FAERDIG,
            afsluttet=fabrik.nu(),
        )
    return Rapport.objects.create(
        type=type_, version=version, job=job, oejebliksbillede=billede, skabelon_version="1", sider=1, sha256="0" * 64
    )


def version(**felter: Any) -> Version:
    """Of an agreement of its own."""
    fundet: Version = fabrik.aftale(**felter).versioner.get()
    return fundet


def fundne(**soegning: str) -> set[str]:
    """The ids the archive's page lists; REST finds the same by its own words for it."""
    side = sekretariat().get(LISTE, soegning).context["side"]
    paa_siden = {str(en.pk) for en in side.object_list}
    oversat = {"status" if ord_ == "stand" else ord_: vaerdi for ord_, vaerdi in soegning.items() if ord_ != "aftale"}
    svar = klienter.sekretariat().get("/api/v1/rapporter", oversat).json()["resultater"]
    if "aftale" not in soegning:
        assert {en["id"] for en in svar} == paa_siden
    return paa_siden


def test_words_are_found_in_the_agreement_in_the_texts_and_in_why_it_is_withdrawn() -> None:
    en = version()
    med_tekst = rapport(en, tekster='{"resume":"Der mangler **aflastning** til børn\\nmed \\"autisme\\""}')
    trukket = udgivet_rapport(en.aftale_id)
    Tilbagetraekning.objects.create(udgivelse=trukket, grund="Belægningen i Herlev var forkert")
    assert fundne(tekst="AFLASTNING børn") == {str(med_tekst.pk)}
    assert fundne(tekst="herlev forkert") == {str(trukket.pk)}
    assert fundne(tekst="aflastning herlev") == set()
    assert str(med_tekst.pk) in fundne(tekst="hovedstaden")
    assert fundne(tekst="resume") == set(), "a chapter's key is no text"


def test_year_is_the_danish_year_of_the_data_and_of_the_order_where_there_are_none() -> None:
    en = version()
    gammel, ny = rapport(en, GAMMELT), rapport(en, NYT)
    uden_data = situationer.bestil(fabrik.aftale(slug="en-anden"))
    Rapport.objects.filter(pk=uden_data.pk).update(bestilt=GAMMELT)
    assert fundne(aar="2025") == {str(gammel.pk), str(uden_data.pk)}
    assert fundne(aar="2026") == {str(ny.pk)}
    html = sekretariat().get(LISTE).content.decode()
    assert '<option value="2025">2025</option>' in html
    assert '<option value="2024">' not in html


def test_type_edition_and_state_narrow_together() -> None:
    en = version()
    udkast, anden = rapport(en), rapport(en, type_="kapacitet")
    udgivet = udgivet_rapport(en.aftale_id)
    assert fundne(udgave="udgivet") == {str(udgivet.pk)}
    assert fundne(udgave="udkast", type="kapacitet") == {str(anden.pk)}
    assert fundne(udgave="trukket_tilbage") == set()
    assert str(udkast.pk) in fundne(udgave="udkast", stand="faerdig")
    Tilbagetraekning.objects.create(udgivelse=Udgivelse.objects.get(pk=udgivet.pk), grund="Fejl")
    assert fundne(udgave="trukket_tilbage") == {str(udgivet.pk)}
    assert fundne(udgave="udgivet") == set()


def test_agreement_is_chosen_among_those_there_are_reports_of() -> None:
    en, to = version(slug="den-ene"), version(slug="den-anden")
    fabrik.aftale(slug="uden-rapporter")
    min_, din = rapport(en), rapport(to)
    assert fundne(aftale="den-ene") == {str(min_.pk)}
    html = sekretariat().get(LISTE).content.decode()
    assert 'value="den-anden"' in html
    assert 'id="id_aftale"' in html
    assert "uden-rapporter" not in html.split('id="id_aftale"')[1].split("</select>")[0]
    svar = klienter.sekretariat().get("/api/v1/rapporter", {"rammeaftaleId": str(to.aftale_id)}).json()["resultater"]
    assert [raekke["id"] for raekke in svar] == [str(din.pk)]


def test_value_that_is_no_choice_is_said_at_the_field_and_refused_over_rest() -> None:
    rapport(version())
    html = sekretariat().get(LISTE, {"aar": "1999"}).content.decode()
    assert "Vælg en af mulighederne" in html
    assert "Ingen rapporter passer til afgrænsningen" in html
    client = klienter.sekretariat()
    for soegning in ({"aar": "99"}, {"udgave": "ny"}, {"type": "x"}, {"rammeaftaleId": str(uuid7())}):
        assert client.get("/api/v1/rapporter", soegning).json()["code"] == "ugyldigt_soegeord", soegning
    assert client.get("/api/v1/rapporter", {"aar": "0000"}).json()["resultater"] == []


def test_address_keeps_the_search_through_the_pages_and_into_the_table() -> None:
    en = version()
    for _ in range(30):
        rapport(en, type_="kapacitet")
    rapport(en)
    soegning = {"type": "kapacitet", "aar": "2026"}
    svar = sekretariat().get(LISTE, soegning)
    html = svar.content.decode()
    assert "30 rapporter" in html
    assert "type=kapacitet&amp;aar=2026&amp;side=2" in html
    assert f"{reverse('rapporter:eksport', args=['csv'])}?type=kapacitet&amp;aar=2026" in html
    anden = sekretariat().get(LISTE, {**soegning, "side": "2"}).context["side"]
    assert len(anden.object_list) == 5
    assert not {en.pk for en in svar.context["side"]} & {en.pk for en in anden}


@pytest.mark.parametrize("antal", [1, 100])
def test_archive_costs_the_same_with_one_report_and_a_hundred(antal: int, django_assert_num_queries: Any) -> None:
    en = version()
    for _ in range(antal):
        rapport(en, tekster='{"resume":"Om aflastning"}')
    hvem = sekretariat()
    hvem.get(LISTE)
    with django_assert_num_queries(SIDENS):
        assert hvem.get(LISTE, {"tekst": "aflastning", "udgave": "udkast", "aar": "2026"}).status_code == 200
    client = klienter.sekretariat()
    client.get("/api/v1/rapporter")
    with django_assert_num_queries(RESTS):
        svar = client.get("/api/v1/rapporter", {"tekst": "aflastning", "udgave": "udkast", "limit": "1000"})
    assert len(svar.json()["resultater"]) == antal
