"""Pages of the reports as whole requests: order, progress, result, and who may open what."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from faelles import job
from faelles.dokument.tal import tidspunkt
from faelles.models import Job, JobStatus
from faelles.tid import Periode
from kommuner.models import Rolle
from rammeaftale.models import Part
from rammeaftale.rapporter import filer
from rammeaftale.rapporter.kanonisk import kontrolsum
from rammeaftale.rapporter.models import Oejebliksbillede, Rapport, Rapportfil
from rammeaftale.rapporter.register import RAMMEAFTALE
from tests import fabrik
from tests.api import klienter
from tests.rammeaftale.rapporter import situationer
from tests.rammeaftale.test_sider import klient, sekretariat

pytestmark = pytest.mark.django_db


def laeser(navn: str = "Rødovre", kkr: str = "KKR Hovedstaden") -> Client:
    return klient(Rolle.LAESER, fabrik.kommune(navn, i=kkr).organisation)


def faerdig(rapport: Rapport, skema_version: int = RAMMEAFTALE.skema_version) -> Rapport:
    """As the job leaves it; the making itself is tested in test_job."""
    data = situationer.data(rapport.version.aftale)
    rapport.oejebliksbillede = Oejebliksbillede.objects.create(
        type="rammeaftale",
        skema_version=skema_version,
        data=data,
        sha256=kontrolsum(data.encode()),
        datatidspunkt=situationer.OEJEBLIK,
    )
    rapport.skabelon_version, rapport.sider, rapport.sha256 = RAMMEAFTALE.skabelon_version, 21, kontrolsum(b"%PDF")
    rapport.save()
    Rapportfil.objects.create(rapport=rapport, navn=filer.gem(b"%PDF"))
    Job.objects.filter(pk=rapport.job_id).update(status=JobStatus.FAERDIG, afsluttet=fabrik.nu())
    return rapport


def side(navn: str, rapport: Rapport) -> str:
    return reverse(f"rapporter:{navn}", args=[rapport.id])


def test_order_leads_to_the_progress_of_the_report() -> None:
    aftale = fabrik.aftale()
    svar = sekretariat().post(reverse("rapporter:bestil"), {"aftale": aftale.slug, "type": "rammeaftale"}, follow=True)
    html = svar.content.decode()
    assert svar.redirect_chain == [(side("detalje", Rapport.objects.get()), 302)]
    assert "I kø" in html
    assert 'hx-trigger="every 2s"' in html
    assert "Genindlæs siden" in html
    assert "Annullér" in html


def test_list_shows_a_report_whose_data_are_not_read_yet() -> None:
    rapport = situationer.bestil(fabrik.aftale())
    svar = sekretariat().get(reverse("rapporter:liste"))
    assert svar.status_code == 200
    assert side("detalje", rapport) in svar.content.decode()


def test_progress_fragment_is_a_part_and_not_a_whole_page() -> None:
    rapport = situationer.bestil(fabrik.aftale())
    Job.objects.update(status=JobStatus.I_GANG, trin="Tegner figurer", naaet=1, i_alt=4)
    html = sekretariat().get(side("detalje", rapport), headers={"hx-request": "true"}).content.decode()
    assert "Tegner figurer" in html
    assert "<html" not in html


def test_finished_report_shows_its_facts_and_opens_for_a_party() -> None:
    rapport = faerdig(situationer.bestil(fabrik.aftale()))
    hvem = laeser()
    html = hvem.get(side("detalje", rapport)).content.decode()
    for fakta in (
        rapport.sha256,
        "21",
        tidspunkt(situationer.OEJEBLIK),
        side("pdf", rapport),
        side("oejebliksbillede", rapport),
    ):
        assert fakta in html
    assert "hx-trigger" not in html
    assert "Bestil en ny" not in html
    pdf = hvem.get(side("pdf", rapport))
    assert (pdf.content, pdf["Content-Type"]) == (b"%PDF", "application/pdf")
    assert pdf["Content-Disposition"].startswith("inline;")
    assert "no-store" in pdf["Cache-Control"]
    data = hvem.get(side("oejebliksbillede", rapport))
    assert data["Content-Disposition"].startswith("attachment;")
    assert kontrolsum(data.content) == (rapport.oejebliksbillede and rapport.oejebliksbillede.sha256)
    assert json.loads(data.content)["aftale"]["slug"] == rapport.version.aftale.slug


@pytest.mark.parametrize("navn", ["detalje", "pdf", "oejebliksbillede"])
def test_report_of_others_is_not_found(navn: str) -> None:
    rapport = faerdig(situationer.bestil(fabrik.aftale()))
    assert laeser("Aarhus", "KKR Midtjylland").get(side(navn, rapport)).status_code == 404


def test_report_is_there_once_for_a_party_that_leaves_and_comes_back() -> None:
    aftale = fabrik.aftale(parter=("Gladsaxe",), fra=fabrik.om(-100), til=fabrik.om(600))
    roedovre = fabrik.kommune("Rødovre").organisation
    for fra, til in ((-100, 100), (200, 600)):
        periode = Periode(fabrik.om(fra), fabrik.om(til))
        Part.objects.create(aftale=aftale, organisation=roedovre, periode=periode.som_range)
    rapport = faerdig(situationer.bestil(aftale))
    assert [fundet.pk for fundet in laeser().get(reverse("rapporter:liste")).context["side"]] == [rapport.pk]
    svar = klienter.myndighed("Rødovre").get("/api/v1/rapporter").json()["resultater"]
    assert [fundet["id"] for fundet in svar] == [str(rapport.pk)]


@pytest.mark.parametrize("navn", ["detalje", "pdf", "oejebliksbillede"])
def test_unfinished_report_is_the_secretariats_own(navn: str) -> None:
    rapport = situationer.bestil(fabrik.aftale())
    assert laeser().get(side(navn, rapport)).status_code == 404
    assert sekretariat().get(side(navn, rapport)).status_code == (200 if navn == "detalje" else 404)


def test_only_the_secretariat_orders_and_cancels() -> None:
    aftale = fabrik.aftale()
    rapport = situationer.bestil(aftale)
    assert laeser().post(reverse("rapporter:bestil"), {"aftale": aftale.slug, "type": "rammeaftale"}).status_code == 403
    assert laeser().post(side("annuller", rapport)).status_code == 403
    assert sekretariat().get(side("annuller", rapport)).status_code == 405
    fremmed = fabrik.kkr("KKR Midtjylland").sekretariat
    assert fremmed
    assert klient(Rolle.SEKRETARIAT, fremmed).post(side("annuller", rapport)).status_code == 404
    assert Job.objects.get().status == JobStatus.I_KOE


def test_cancelled_report_says_so_and_may_be_ordered_again() -> None:
    rapport = situationer.bestil(fabrik.aftale())
    html = sekretariat().post(side("annuller", rapport), follow=True).content.decode()
    assert "Rapporten er annulleret. Intet er gemt." in html
    assert "Bestil igen" in html
    job.koer(rapport.job_id)
    assert not Rapportfil.objects.exists()


def test_cancelling_a_finished_report_is_a_conflict_in_words() -> None:
    rapport = faerdig(situationer.bestil(fabrik.aftale()))
    svar = sekretariat().post(side("annuller", rapport))
    assert svar.status_code == 409
    assert "allerede afsluttet" in svar.content.decode()


def test_failed_report_tells_why() -> None:
    rapport = situationer.bestil(fabrik.aftale())
    Job.objects.update(status=JobStatus.FEJLET, fejl="Kortet mangler.", afsluttet=fabrik.nu())
    assert "Kortet mangler." in sekretariat().get(side("detalje", rapport)).content.decode()


def test_unknown_report_type_and_agreement_are_refused() -> None:
    aftale = fabrik.aftale()
    assert sekretariat().post(reverse("rapporter:bestil"), {"aftale": aftale.slug, "type": "andet"}).status_code == 400
    assert (
        sekretariat().post(reverse("rapporter:bestil"), {"aftale": "andet", "type": "rammeaftale"}).status_code == 404
    )


def test_figures_behind_a_report_are_listed_with_query_and_csv() -> None:
    rapport = faerdig(situationer.bestil(situationer.omraade()))
    hvem = laeser()
    html = hvem.get(side("tal", rapport)).content.decode()
    csv_adresse = reverse("rapporter:tal_csv", args=[rapport.id, "R1-T2"])
    assert "rammeaftale.rapporter.rammeaftalen.samling._kommuner" in html
    assert csv_adresse in html
    assert "ingen anden færdig rapport" in html
    fil = hvem.get(csv_adresse)
    assert (fil["Content-Type"], fil["Content-Disposition"]) == (
        "text/csv; charset=utf-8",
        "attachment; filename=R1-T2.csv",
    )
    assert "Gladsaxe;1;12;0;0;0;12" in fil.content.decode("utf-8-sig")
    assert hvem.get(reverse("rapporter:tal_csv", args=[rapport.id, "R9-T9"])).status_code == 404


def test_two_reports_are_compared_table_by_table() -> None:
    aftale = situationer.omraade()
    foer = faerdig(situationer.bestil(aftale))
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Nybo", i="Rødovre")))
    efter = faerdig(situationer.bestil(aftale))
    hvem = laeser()
    adresse = reverse("rapporter:forskel", args=[efter.id, foer.id])
    assert adresse in hvem.get(side("tal", efter)).content.decode()
    html = " ".join(hvem.get(adresse).content.decode().split())
    raekke = '<th scope="row">Rødovre</th><td>Pladser i alt</td><td class="tal">0</td><td class="tal">1</td><td class="tal">+1</td>'
    assert raekke in html
    assert "<h2>Uændret</h2>" in html
    assert "R1-T1 Parternes beslutning" in html.split("Uændret")[1]
    ens = hvem.get(reverse("rapporter:forskel", args=[efter.id, efter.id])).content.decode()
    assert "Ingen forskelle" in ens


def test_figures_of_an_older_shape_are_refused_in_words() -> None:
    rapport = faerdig(situationer.bestil(fabrik.aftale()), skema_version=1)
    svar = laeser().get(side("tal", rapport))
    assert svar.status_code == 409
    assert "ældre udgave" in svar.content.decode()


def test_archive_is_searched_by_agreement_type_and_stand() -> None:
    faerdig(situationer.bestil(fabrik.aftale()))
    adresse, hvem = reverse("rapporter:liste"), sekretariat()
    for forespoergsel, antal in (
        ({"tekst": "hovedstaden"}, 1),
        ({"tekst": "midtjylland"}, 0),
        ({"type": "rammeaftale", "stand": "faerdig"}, 1),
        ({"stand": "fejlet"}, 0),
    ):
        html = hvem.get(adresse, forespoergsel).content.decode()
        assert f"{antal} rapport" in html
        assert ("Ingen rapporter passer til afgrænsningen" in html) == (antal == 0)


def test_lists_say_what_would_be_there() -> None:
    fabrik.kkr()
    assert "Ingen rapporter endnu" in laeser().get(reverse("rapporter:liste")).content.decode()
    assert "Ingen rapporter endnu" in sekretariat().get(reverse("start")).content.decode()


def test_list_and_start_page_cost_the_same_with_many_reports(django_assert_max_num_queries: Any) -> None:
    for nr in range(6):
        faerdig(situationer.bestil(fabrik.aftale(slug=f"aftale-{nr}")))
    hvem = sekretariat()
    # the start page asks for more than reports: the area's figures take six statements, and the deadline of the year's takster four
    for adresse, hoejst in ((reverse("rapporter:liste"), 22), (reverse("start"), 34)):
        with django_assert_max_num_queries(hoejst) as fanget:
            assert hvem.get(adresse).status_code == 200
        assert not any(
            'data"' in spoergsmaal["sql"].split("FROM")[0] and "oejebliksbillede" in spoergsmaal["sql"]
            for spoergsmaal in fanget
        )
