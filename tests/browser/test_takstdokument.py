"""A new evidence pack is made while the one before can be opened: the page asks again and again, and shows each once."""

from django.db import transaction
from django.urls import reverse
from playwright.sync_api import expect

from faelles.models import Job, JobStatus
from faelles.scope import som_systemet
from faelles.tid import nu
from kommuner.models import Rolle
from takster.dokumenter.actions import bestil_dokumentation
from takster.models import Takst, Takstdokumentfil
from tests import fabrik
from tests.browser.kontrol import Side
from tests.takster.budget.situationer import budget
from tests.takster.dokumenter.situationer import med_fil
from tests.takster.fastsaettelse.situationer import offentliggjort


def test_link_to_the_pack_before_stands_once_however_often_the_page_asks(side: Side) -> None:
    takst = Takst.objects.get(
        takstberegning=offentliggjort(budget(fabrik.afdeling(fabrik.tilbud(i="Gladsaxe")).tilbud))
    )
    with transaction.atomic(), som_systemet("test"):
        foer = Job.objects.filter(pk=med_fil(takst).job_id)
        foer.update(status=JobStatus.FAERDIG, afsluttet=nu())
    nyt = bestil_dokumentation(aktoer=fabrik.sagsbehandler("Gladsaxe"), takst_id=takst.pk)
    page = side.page
    bruger = fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune("Gladsaxe").organisation)
    side.log_paa(bruger.email, reverse("takster:dokumentation", args=[takst.pk]))
    link = page.get_by_role("link", name="Åbn dokumentationen (PDF)")
    link.focus()
    for _ in range(2):
        with page.expect_response(lambda svar: "hx-request" in svar.request.headers):
            pass
    expect(page.get_by_role("progressbar")).to_have_count(1)
    expect(link).to_have_count(1)
    expect(link).to_be_focused()
    side.kontrol()
    Takstdokumentfil.objects.create(dokument=nyt, pdf=b"%PDF-1.7", sha256="0" * 64)
    expect(page.get_by_role("progressbar")).to_have_count(0)
    expect(link).to_have_count(1)
    expect(link).to_have_attribute("href", reverse("takster:dokument", args=[nyt.pk]))
    side.kontrol()
