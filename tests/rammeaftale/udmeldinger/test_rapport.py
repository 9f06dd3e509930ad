"""The joint report on a call: ordered by the secretariat, made by the worker, read by the parties; tagged, with small counts hidden."""

import io
from importlib import import_module

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from freezegun import freeze_time
from pypdf import PdfReader

from faelles import job
from faelles.dokument.tal import dato
from faelles.dokument.tjek import tjek_pdf
from faelles.fejl import IkkeFundet, IngenAdgang
from faelles.models import JobStatus
from faelles.scope import som_systemet
from kommuner.models import Rolle
from rammeaftale.models import Udmelding, Udmeldingsrapport, Udmeldingsrapportfil
from rammeaftale.udmeldinger import actions
from rammeaftale.udmeldinger.actions import Svarindhold, bestil_rapport
from rammeaftale.udmeldinger.job import laes_da
from rammeaftale.udmeldinger.rapport import dokument, saet
from rammeaftale.udmeldinger.regler import Udmeldingsart
from tests import fabrik
from tests.rammeaftale.udmeldinger.situationer import med_rapport, part, sket, svaret, udmelding

pytestmark = pytest.mark.django_db
import_module("rammeaftale.tasks")  # says how the report is set, as in the worker


def besvaret() -> Udmelding:
    """Two of three have answered, one with a small count; the offer of one is ordered kept open."""
    hvad = udmelding(fabrik.aftale())
    indhold = Svarindhold(
        3, "Kærgården", "Traumebevidst <b>tilgang</b>", "Akutte & døgndækkede pladser", "Vi køber i fællesskab"
    )
    actions.svar(aktoer=fabrik.sekretariat(), udmelding_id=hvad.pk, part_id=part(hvad, "Herlev").pk, indhold=indhold)
    svaret(hvad, "Gladsaxe", 40)
    sket(hvad, Udmeldingsart.RAPPORT_SENDT)
    sket(hvad, Udmeldingsart.FORNYET_BEHANDLING)
    sket(hvad, Udmeldingsart.MIDLERTIDIGT_PAALAEG, tilbud=fabrik.tilbud("Bofællesskabet"), sidste_dag=fabrik.om(90))
    return hvad


def bestilt() -> Udmeldingsrapport:
    return bestil_rapport(aktoer=fabrik.sekretariat(), udmelding_id=besvaret().pk)


def test_report_has_what_was_asked_answered_and_done_and_who_has_not_answered() -> None:
    rapport = bestilt()
    html = dokument(rapport, *laes_da(rapport)).html
    for ord_ in (
        "Udviklingshæmmede med dom", "2 af 3 kommuner har svaret", "Rødovre Kommune.", "Fornyet behandling ønsket",
        f"fornyet behandling med svarfrist {dato(fabrik.om(30))}; svar fra før den dag", f"<dd>{dato(fabrik.om(30))}</dd>",
        "Midlertidigt pålæg", "Bofællesskabet", "Kærgården", "Akutte &amp; døgndækkede pladser", "Vi køber i fællesskab",
        "Traumebevidst &lt;b&gt;tilgang&lt;/b&gt;",
    ):  # fmt: skip
        assert ord_ in html


def test_report_hides_small_counts_from_all_its_readers_and_says_which() -> None:
    rapport = bestilt()
    _, oversigt = laes_da(rapport)
    assert [s.antal for s in oversigt.svar] == ["Skjult", "Skjult", ""]
    html = dokument(rapport, *laes_da(rapport)).html
    assert "Antallet er skjult for Gladsaxe Kommune, Herlev Kommune." in html
    assert "Det samlede antal er skjult." in html
    assert ">40<" not in html
    assert ">43<" not in html


def test_report_hides_nothing_when_every_count_is_large() -> None:
    hvad = udmelding(fabrik.aftale())
    for navn in ("Gladsaxe", "Herlev", "Rødovre"):
        svaret(hvad, navn, 40)
    rapport = bestil_rapport(aktoer=fabrik.sekretariat(), udmelding_id=hvad.pk)
    html = dokument(rapport, *laes_da(rapport)).html
    assert ">120<" in html
    assert "skjult" not in html.lower()


def test_report_says_what_was_answered_and_done_when_it_was_ordered_however_late_it_is_made() -> None:
    hvad = udmelding(fabrik.aftale())
    svaret(hvad, "Gladsaxe", 40)
    rapport = bestil_rapport(aktoer=fabrik.sekretariat(), udmelding_id=hvad.pk)
    svaret(hvad, "Gladsaxe", 60)
    svaret(hvad, "Herlev", 40)
    paalagt = sket(hvad, Udmeldingsart.MIDLERTIDIGT_PAALAEG, tilbud=fabrik.tilbud("Bofællesskabet"))
    html = dokument(rapport, *laes_da(rapport)).html
    for ord_ in (">40<", "I alt 40 borgere", "1 af 3 kommuner har svaret", "Herlev Kommune, Rødovre Kommune."):
        assert ord_ in html
    assert "Bofællesskabet" not in html
    ny = bestil_rapport(aktoer=fabrik.sekretariat(), udmelding_id=hvad.pk)
    actions.annuller_faktum(aktoer=fabrik.sekretariat(), faktum_id=paalagt.pk, begrundelse="Fejl")
    html = dokument(ny, *laes_da(ny)).html
    for ord_ in ("I alt 100 borgere", "2 af 3 kommuner har svaret", "Bofællesskabet"):
        assert ord_ in html


def test_report_of_a_renewed_treatment_says_which_answers_are_from_before_it() -> None:
    with freeze_time(fabrik.samme_tid(-9)):
        hvad = udmelding(fabrik.aftale())
        for navn in ("Gladsaxe", "Herlev"):
            svaret(hvad, navn, 40)
        sket(hvad, Udmeldingsart.RAPPORT_SENDT)
    sket(hvad, Udmeldingsart.FORNYET_BEHANDLING)
    svaret(hvad, "Gladsaxe", 45)
    rapport = bestil_rapport(aktoer=fabrik.sekretariat(), udmelding_id=hvad.pk)
    html = dokument(rapport, *laes_da(rapport)).html
    maerke = '<span class="lille">Fra før fornyet behandling</span>'
    for ord_ in (
        "1 af 3 kommuner har svaret igen", "<h3>Har ikke svaret</h3><p>Rødovre Kommune.", "<h3>Har ikke svaret igen</h3><p>Herlev Kommune.",
        f'<th scope="row">Herlev Kommune{maerke}</th>', "I alt 85 borgere i de kommuner, der har opgjort det. Antal fra før fornyet behandling er regnet med.",
    ):  # fmt: skip
        assert ord_ in html
    assert html.count(maerke) == 2, "in the counts, and at the plan"
    svaret(hvad, "Herlev", 40)
    ny = bestil_rapport(aktoer=fabrik.sekretariat(), udmelding_id=hvad.pk)
    assert "Antal fra før" not in dokument(ny, *laes_da(ny)).html


def test_report_that_is_sent_is_read_also_while_it_is_made_again() -> None:
    hvad = udmelding(fabrik.aftale())
    foerste, sendt = med_rapport(hvad), med_rapport(hvad)
    sket(hvad, Udmeldingsart.RAPPORT_SENDT)
    fornyet = sket(hvad, Udmeldingsart.FORNYET_BEHANDLING)
    kladde = med_rapport(hvad)
    client = Client()
    client.force_login(fabrik.bruger(Rolle.LAESER, fabrik.kommune("Herlev").organisation))

    def kan_aabnes() -> list[Udmeldingsrapport]:
        svar = [
            (r, client.get(reverse("rammeaftale:udmeldingsrapport", args=[r.pk]))) for r in (foerste, sendt, kladde)
        ]
        return [r for r, s in svar if s.status_code == 200]

    assert kan_aabnes() == [sendt]
    side = client.get(reverse("rammeaftale:udmelding", args=[hvad.pk])).content.decode()
    assert reverse("rammeaftale:udmeldingsrapport", args=[sendt.pk]) in side
    sket(hvad, Udmeldingsart.FORNYET_BEHANDLING)
    assert kan_aabnes() == [sendt], "it is asked for again"
    sket(hvad, Udmeldingsart.RAPPORT_SENDT)
    assert kan_aabnes() == [kladde]
    assert fornyet.registreret < kladde.bestilt
    actions.annuller(aktoer=fabrik.sekretariat(), udmelding_id=hvad.pk, begrundelse="Ved en fejl")
    assert kan_aabnes() == []


def test_report_is_tagged_and_the_same_for_the_same_answers() -> None:
    rapport = bestilt()
    om = (rapport, *laes_da(rapport))
    ens = [saet(om) for _ in range(2)]
    assert ens[0] == ens[1]
    assert not tjek_pdf(ens[0])
    with pikepdf.open(io.BytesIO(ens[0])) as pdf:
        assert "/StructTreeRoot" in pdf.Root
    tekst = " ".join(" ".join(side.extract_text() for side in PdfReader(io.BytesIO(ens[0])).pages).split())
    for ord_ in (
        "Borgere i målgruppen",
        "Skjulte antal.",
        "Grænsen er fra ",
        "Det, der mangler",
        "Akutte & døgndækkede pladser",
    ):
        assert ord_ in tekst


@pytest.mark.django_db(transaction=True)
def test_job_makes_the_report_and_the_parties_read_it() -> None:
    rapport = bestilt()
    part_, fremmed = Client(), Client()
    part_.force_login(fabrik.bruger(Rolle.LAESER, fabrik.kommune("Herlev").organisation))
    fremmed.force_login(fabrik.bruger(Rolle.LAESER, fabrik.kommune("Odense", i="KKR Syddanmark").organisation))
    url = reverse("rammeaftale:udmeldingsrapport", args=[rapport.pk])
    assert part_.get(url).status_code == 404
    job.koer(rapport.job_id)
    with som_systemet("a test"):
        assert Udmeldingsrapport.objects.select_related("job").get(pk=rapport.pk).job.status == JobStatus.FAERDIG
    assert part_.get(url).status_code == 404
    side = reverse("rammeaftale:udmelding", args=[rapport.udmelding_id])
    assert url not in part_.get(side).content.decode()
    sket(rapport.udmelding, Udmeldingsart.RAPPORT_SENDT)
    svar = part_.get(url)
    assert (svar["Content-Type"], svar.content[:5]) == ("application/pdf", b"%PDF-")
    assert bytes(Udmeldingsrapportfil.objects.get(pk=rapport.pk).pdf) == svar.content
    assert fremmed.get(url).status_code == 404
    indhold = part_.get(side).content.decode()
    assert url in indhold
    assert "Bestil ny fælles rapport" not in indhold


def test_report_is_ordered_by_the_agreements_own_secretariat() -> None:
    hvad = udmelding(fabrik.aftale())
    with pytest.raises(IkkeFundet):
        bestil_rapport(aktoer=fabrik.sekretariat("KKR Syddanmark"), udmelding_id=hvad.pk)
    with pytest.raises(IngenAdgang):
        bestil_rapport(aktoer=fabrik.sagsbehandler(), udmelding_id=hvad.pk)
    assert not Udmeldingsrapport.objects.exists()


def test_report_is_ordered_on_the_page_which_tells_how_far_it_is() -> None:
    hvad, client = besvaret(), Client()
    sekretariat = hvad.aftale.kkr.sekretariat
    assert sekretariat is not None
    client.force_login(fabrik.bruger(Rolle.SEKRETARIAT, sekretariat))
    svar = client.post(reverse("rammeaftale:bestil_udmeldingsrapport", args=[hvad.pk]), follow=True)
    assert "Den fælles rapport er bestilt." in svar.content.decode()
    del_ = client.get(reverse("rammeaftale:udmelding", args=[hvad.pk]), headers={"HX-Request": "true"}).content.decode()
    assert "I kø" in del_
    assert "<h1" not in del_
