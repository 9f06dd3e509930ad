"""A year's takster computed again as a job: what it finds, how few statements it takes, and that killing or cancelling it leaves nothing."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from freezegun import freeze_time

from bench.kald import taeller
from faelles import job
from faelles.afbrydelse import Afbrudt
from faelles.fejl import Konflikt
from faelles.job import Fremdrift
from faelles.models import Job, JobStatus
from faelles.scope import som_systemet
from faelles.tid import nu
from kommuner.models import Rolle
from takster.beregning.takst import beregn_takst
from takster.kontrol import actions, regler
from takster.kontrol import job as kontroljob
from takster.kontrol.queries import stand
from takster.models import Takst, Takstkontrol
from tests import fabrik
from tests.database import genlaes
from tests.takster.beregning.eksempel import inddata

pytestmark = pytest.mark.django_db
AAR = 2027


def takst(nummer: int = 0, **aendret: Any) -> Takst:
    """A published takst of the year, with its calculation, which may be another than the engine's."""
    beregning = {**beregn_takst(inddata(aar=AAR)).som_json(), **aendret}
    hvor = fabrik.afdeling(fabrik.tilbud(f"Tilbud {nummer}", i="Gladsaxe"))
    return fabrik.takst(hvor, "2687.00", fra=date(AAR, 1, 1), til=date(AAR + 1, 1, 1), beregning=beregning)


def koer(aar: int = AAR) -> Job:
    """Order it as a reader, and let a worker do it."""
    bestilt = actions.bestil(aktoer=fabrik.sagsbehandler(), aar=aar)
    job.koer(bestilt.pk)
    genlaes(bestilt)
    return bestilt


@pytest.mark.django_db(transaction=True)
def test_control_computes_the_year_again_also_what_was_replaced_and_names_what_differs() -> None:
    takst(1)
    Takst.objects.update(ophoert=nu())
    skaev = takst(2, takst="2688")
    fabrik.takst(fabrik.afdeling(fabrik.tilbud("Indlæst", i="Gladsaxe")), fra=date(AAR, 1, 1))
    fabrik.takst(
        fabrik.afdeling(fabrik.tilbud("Et andet år", i="Gladsaxe")), fra=date(2025, 1, 1), til=date(2026, 1, 1)
    )
    bestilt = koer()
    assert (bestilt.status, bestilt.naaet, bestilt.i_alt) == (JobStatus.FAERDIG, 3, 3)
    kontrol = Takstkontrol.objects.get()
    assert (kontrol.aar, kontrol.antal, kontrol.uden, kontrol.ens) == (AAR, 3, 1, 1)
    with transaction.atomic():
        assert stand(fabrik.sagsbehandler(), AAR).forskelle == [(skaev, "takst er '2688', men bliver '2687'")]
        assert stand(fabrik.sagsbehandler(), 2025).seneste is None


def test_difference_is_of_the_published_price_too_and_of_inputs_that_can_no_longer_be_read() -> None:
    beregning = beregn_takst(inddata(aar=AAR)).som_json()
    assert regler.forskel(beregning, Decimal("2687.00")) == ""
    assert regler.forskel(beregning, Decimal(2700)) == "prisen er 2700, men beregningen siger 2687"
    uden_pladser = {**beregning["inddata"], "pladser": "0"}
    assert "inddata afvises" in regler.forskel({**beregning, "inddata": uden_pladser}, Decimal(2687))


@pytest.mark.django_db(transaction=True)
def test_control_takes_as_many_statements_for_many_takster_as_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def saetninger() -> int:
        bestilt = actions.bestil(aktoer=fabrik.sagsbehandler(), aar=AAR)
        with CaptureQueriesContext(connection) as sendt:
            job.koer(bestilt.pk)
        assert Takstkontrol.objects.get(job=bestilt).antal == Takst.objects.count()
        return sum(taeller(et["sql"]) for et in sendt.captured_queries)

    takst(0)
    en = saetninger()
    for nummer in range(1, 12):
        takst(nummer)
    assert saetninger() == en
    monkeypatch.setattr(kontroljob, "PORTION", 4)
    assert saetninger() == en + 2 * 4  # of each further batch: its takster, and three for the progress


@pytest.mark.django_db(transaction=True)
def test_control_killed_in_the_middle_stores_nothing_and_once_when_it_is_started_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for nummer in range(3):
        takst(nummer)
    monkeypatch.setattr(kontroljob, "PORTION", 1)
    regn, draebt = regler.forskel, iter((False, True, *[False] * 9))

    def forskel(*om: Any) -> str:
        if next(draebt):
            raise SystemExit  # as a killed worker
        return regn(*om)

    monkeypatch.setattr(kontroljob, "forskel", forskel)
    bestilt = actions.bestil(aktoer=fabrik.sagsbehandler(), aar=AAR)
    with pytest.raises(SystemExit):
        job.koer(bestilt.pk)
    genlaes(bestilt)
    assert (bestilt.status, bestilt.naaet, Takstkontrol.objects.count()) == (JobStatus.I_GANG, 1, 0)
    sovende = Fremdrift(bestilt)
    with freeze_time(nu() + timedelta(seconds=61)):
        assert job.fej() == [bestilt.pk]
        job.koer(bestilt.pk)
    with pytest.raises(Afbrudt):
        kontroljob.kontroller(sovende, {"aar": AAR})
    kontrol = Takstkontrol.objects.get()
    assert (kontrol.antal, kontrol.forskelle) == (3, [])


@pytest.mark.django_db(transaction=True)
def test_control_is_stopped_by_its_organisation_and_then_stores_nothing() -> None:
    takst()
    bestilt = actions.bestil(aktoer=fabrik.sagsbehandler(), aar=AAR)
    with pytest.raises(Konflikt, match="Ingen kontrolregning"):
        actions.annuller(aktoer=fabrik.sagsbehandler("Herlev"), aar=AAR)
    actions.annuller(aktoer=fabrik.sagsbehandler(), aar=AAR)
    job.koer(bestilt.pk)
    genlaes(bestilt)
    assert (bestilt.status, Takstkontrol.objects.count()) == (JobStatus.ANNULLERET, 0)


def test_control_on_its_way_is_not_ordered_again_but_another_year_or_organisation_is() -> None:
    foerste = actions.bestil(aktoer=fabrik.sagsbehandler(), aar=AAR)
    assert actions.bestil(aktoer=fabrik.sagsbehandler(), aar=AAR) == foerste
    assert actions.bestil(aktoer=fabrik.sagsbehandler(), aar=AAR + 1) != foerste
    assert actions.bestil(aktoer=fabrik.sagsbehandler("Herlev"), aar=AAR) != foerste


@pytest.mark.django_db(transaction=True)
def test_control_is_ordered_on_its_page_followed_and_told_of_and_stopped_there() -> None:
    takst()
    klient = Client()
    klient.force_login(fabrik.bruger(Rolle.LAESER, fabrik.kommune("Herlev").organisation))
    side, bestil, annuller = (
        reverse(f"takster:{navn}", args=[AAR]) for navn in ("kontrol", "bestil_kontrol", "annuller_kontrol")
    )
    assert side in klient.get(reverse("takster:aarsliste", args=[AAR])).content.decode()
    assert "Året er ikke kontrolregnet endnu" in klient.get(side).content.decode()
    assert "I kø" in klient.post(bestil, follow=True).content.decode()
    del_ = klient.get(side, headers={"HX-Request": "true"}).content.decode()
    assert ("I kø" in del_, "<h1" in del_) == (True, False)
    assert "Intet er gemt" in klient.post(annuller, follow=True).content.decode()
    assert "Ingen kontrolregning af 2027 er i gang" in klient.post(annuller, follow=True).content.decode()
    klient.post(bestil)
    with som_systemet("the worker finds it"):
        sidste = Job.objects.latest("oprettet").pk
    job.koer(sidste)
    faerdig = klient.get(side).content.decode()
    assert ("Ingen forskelle" in faerdig, "I kø" in faerdig) == (True, False)
    assert klient.get(reverse("takster:kontrol", args=[1999])).status_code == 404
