"""A planned report is ordered once on its day, or once when somebody is there again, and the one who planned it is told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.utils import IntegrityError

from faelles import job
from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet, IngenAdgang, UgyldigtInput
from faelles.models import JobStatus
from kommuner.models import Rolle
from rammeaftale.models import Rammeaftale, Version
from rammeaftale.rapporter.actions import bestil_rapport
from rammeaftale.rapporter.models import Rapport, Rapportplan
from rammeaftale.rapporter.planer import actions
from rammeaftale.rapporter.planer.actions import bestil_forfaldne, planlaeg, stop
from rammeaftale.rapporter.planer.regler import Hver
from rammeaftale.rapporter.register import KOMMUNE, RAMMEAFTALE, TAKSTANALYSE
from rammeaftale.rapporter.tasks import bestil_faste
from tests import fabrik
from tests.rammeaftale.rapporter import situationer

pytestmark = pytest.mark.django_db
HOVED, PRISER, KOMMUNENS = RAMMEAFTALE.noegle, TAKSTANALYSE.noegle, KOMMUNE.noegle


def aftalen(slug: str = "en", om: int = 600) -> Rammeaftale:
    return fabrik.aftale(slug=slug, fra=fabrik.om(-100), til=fabrik.om(om))


def fast(
    aftale: Rammeaftale, af: Aktoer | None = None, type_: str = HOVED, *, hver: Hver = Hver.MAANED, om: int = 0
) -> Rapportplan:
    foerste = fabrik.om(om)
    return planlaeg(aktoer=af or fabrik.sekretariat(), aftale_id=aftale.pk, type_=type_, hver=hver, foerste=foerste)


def test_report_is_ordered_on_its_day_and_not_before_and_not_twice() -> None:
    aftale = aftalen()
    plan = fast(aftale, om=3)
    assert bestil_forfaldne(fabrik.om(2)) == 0
    assert bestil_forfaldne(fabrik.om(3)) == 1
    assert bestil_forfaldne(fabrik.om(3)) == 0
    rapport = Rapport.objects.get()
    assert (rapport.type, rapport.version.aftale) == (HOVED, aftale)
    plan.refresh_from_db()
    assert plan.naeste > fabrik.om(3)
    assert (plan.foerste, plan.fejl) == (fabrik.om(3), "")


def test_days_nobody_was_there_for_are_one_report() -> None:
    plan = fast(aftalen())
    assert bestil_forfaldne(fabrik.om(200)) == 1
    assert Rapport.objects.count() == 1
    plan.refresh_from_db()
    assert fabrik.om(200) < plan.naeste <= fabrik.om(231)


def test_report_that_is_being_made_already_is_the_one() -> None:
    aftale = aftalen()
    i_gang = situationer.bestil(aftale)
    fast(aftale)
    bestil_faste()
    assert Rapport.objects.get() == i_gang


def test_what_cannot_be_ordered_says_why_stops_no_other_and_is_tried_the_next_time() -> None:
    uden, med = aftalen(), aftalen("anden")
    plan = fast(uden)
    fast(med)
    Version.objects.filter(aftale=uden).delete()
    assert bestil_forfaldne(fabrik.om(0)) == 1
    assert Rapport.objects.get().version.aftale == med
    plan.refresh_from_db()
    assert "har ingen version" in plan.fejl
    assert plan.naeste > fabrik.om(0)


def test_fault_of_the_platforms_own_leaves_it_due_and_stops_no_other(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    foerste = fast(aftalen())
    fast(aftalen("anden"))
    rigtig = bestil_rapport

    def bestil(**hvad: Any) -> Rapport:
        if hvad["aftale_id"] == foerste.aftale_id:
            raise RuntimeError
        return rigtig(**hvad)

    monkeypatch.setattr(actions, "bestil_rapport", bestil)
    assert bestil_forfaldne(fabrik.om(0)) == 1
    assert "planlagt_rapport_ikke_bestilt" in caplog.text
    foerste.refresh_from_db()
    assert foerste.naeste == fabrik.om(0)


def test_agreement_that_has_run_out_is_reported_on_no_more() -> None:
    fast(aftalen(om=10))
    assert bestil_forfaldne(fabrik.om(10)) == 0
    assert bestil_forfaldne(fabrik.om(9)) == 1


def test_plan_is_refused_with_all_that_is_wrong() -> None:
    aftale = aftalen()
    fast(aftale)
    for type_, om, felter in ((HOVED, -1, {"type", "foerste"}), (KOMMUNENS, 0, {"type"}), (PRISER, 600, {"foerste"})):
        with pytest.raises(UgyldigtInput) as fejl:
            fast(aftale, type_=type_, om=om)
        assert set(fejl.value.felter) == felter
    assert Rapportplan.objects.count() == 1


def test_plan_is_the_own_secretariats_to_make_and_stop() -> None:
    aftale, fremmed = aftalen(), fabrik.sekretariat("KKR Midtjylland")
    with pytest.raises(IkkeFundet):
        fast(aftale, fremmed)
    with pytest.raises(IngenAdgang):
        fast(aftale, fabrik.sagsbehandler())
    plan = fast(aftale)
    with pytest.raises(IkkeFundet):
        stop(aktoer=fremmed, plan_id=plan.pk)
    with pytest.raises(IngenAdgang):
        stop(aktoer=fabrik.sagsbehandler(), plan_id=plan.pk)
    stop(aktoer=fabrik.sekretariat(), plan_id=plan.pk)
    assert bestil_forfaldne(fabrik.om(0)) == 0
    assert fast(aftale).pk != plan.pk


def test_database_keeps_one_plan_of_a_type_with_a_next_day() -> None:
    plan = fast(aftalen())
    for felter in ({"naeste": plan.foerste - timedelta(days=1)}, {"hver": "uge"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Rapportplan.objects.filter(pk=plan.pk).update(**felter)
    with pytest.raises(IntegrityError), transaction.atomic():
        Rapportplan.objects.create(
            aftale=plan.aftale, type=plan.type, hver=Hver.AAR, foerste=plan.foerste, naeste=plan.naeste
        )


@pytest.mark.django_db(transaction=True)
def test_one_who_planned_it_is_told_when_it_is_done(mailoutbox: list[EmailMessage]) -> None:
    sekretariatet = fabrik.kkr().sekretariat
    assert sekretariatet is not None
    bruger = fabrik.bruger(Rolle.SEKRETARIAT, sekretariatet)
    fast(situationer.omraade(), fabrik.aktoer(Rolle.SEKRETARIAT, sekretariatet, hvem=bruger))
    bestil_faste()
    rapport = Rapport.objects.get()
    job.koer(rapport.job_id)
    rapport.refresh_from_db()
    assert rapport.job.status == JobStatus.FAERDIG
    assert [brev.to for brev in mailoutbox] == [[bruger.email]]


@pytest.mark.kaploeb
@pytest.mark.django_db(transaction=True)
def test_two_that_look_at_once_order_it_once() -> None:
    fast(aftalen())

    def kig(dag: date) -> int:
        try:
            return bestil_forfaldne(dag)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as traade:
        assert sum(traade.map(kig, [fabrik.om(0)] * 4)) == 1
    assert Rapport.objects.count() == 1
