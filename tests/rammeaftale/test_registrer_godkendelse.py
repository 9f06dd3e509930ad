"""Registering a party's step: the last approval adopts, nothing else does, and every step is kept."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.models import Haendelse
from faelles.tid import Periode, nu
from rammeaftale.livscyklus import FOER_AFSENDELSEN, Aftaletilstand, Partsstatus
from rammeaftale.models import Godkendelse, Part, Rammeaftale, Version
from rammeaftale.queries import gaeldende_version, gaeldende_versioner, partsstande
from tests import fabrik
from tests.rammeaftale.rapporter.situationer import beslut

pytestmark = pytest.mark.django_db


def parter(aftale: Rammeaftale) -> list[Part]:
    return list(aftale.parter.all())


def test_last_approval_adopts_the_agreement() -> None:
    aftale = fabrik.aftale()
    *foerste, sidste = parter(aftale)
    for part in foerste:
        beslut(aftale, part)
    aftale.refresh_from_db()
    assert aftale.tilstand == Aftaletilstand.SENDT
    beslut(aftale, sidste, Partsstatus.GODKENDT_MED_BEMAERKNING, bemaerkning="Under forudsætning af uændrede takster")
    aftale.refresh_from_db()
    assert aftale.tilstand == Aftaletilstand.VEDTAGET
    assert Haendelse.objects.filter(type="rammeaftale.vedtaget", entitet_id=str(aftale.id)).count() == 1


def test_agreement_is_adopted_on_the_day_of_the_last_decision_whatever_is_registered_last() -> None:
    aftale = fabrik.aftale()
    dage = (date(2026, 10, 7), date(2026, 11, 4), date(2026, 9, 28))
    for part, dato in zip(parter(aftale), dage, strict=True):
        beslut(aftale, part, dato=dato)
    aftale.refresh_from_db()
    assert aftale.vedtaget == date(2026, 11, 4)
    assert aftale.trin.get(til=Aftaletilstand.VEDTAGET).dato == date(2026, 11, 4)


@pytest.mark.parametrize("status", [Partsstatus.AFVIST, Partsstatus.UDVALG])
def test_agreement_is_not_adopted_while_one_party_has_not_approved(status: Partsstatus) -> None:
    aftale = fabrik.aftale()
    *foerste, sidste = parter(aftale)
    for part in foerste:
        beslut(aftale, part)
    beslut(aftale, sidste, status)
    aftale.refresh_from_db()
    assert aftale.tilstand == Aftaletilstand.SENDT


def test_party_may_approve_after_having_rejected_and_both_steps_are_kept() -> None:
    aftale = fabrik.aftale(parter=("Rødovre",))
    part = parter(aftale)[0]
    beslut(aftale, part, Partsstatus.AFVIST)
    beslut(aftale, part)
    aftale.refresh_from_db()
    assert aftale.tilstand == Aftaletilstand.VEDTAGET
    assert list(Godkendelse.objects.values_list("status", flat=True)) == ["afvist", "godkendt"]


def test_same_step_twice_is_kept_twice_and_counted_once() -> None:
    aftale = fabrik.aftale()
    part = parter(aftale)[0]
    beslut(aftale, part)
    beslut(aftale, part)
    version = gaeldende_version(aftale.id)
    assert version is not None
    assert sum(stand.status is Partsstatus.GODKENDT for stand in partsstande(version)) == 1


def test_secretariat_of_another_kkr_does_not_find_the_party() -> None:
    aftale = fabrik.aftale()
    with pytest.raises(IkkeFundet):
        beslut(aftale, parter(aftale)[0], aktoer=fabrik.sekretariat("KKR Midtjylland"))
    assert not Godkendelse.objects.exists()


def test_party_of_another_agreement_or_of_none_is_not_found() -> None:
    aftale, anden = fabrik.aftale(), fabrik.aftale(slug="en-anden")
    with pytest.raises(IkkeFundet):
        beslut(aftale, parter(anden)[0])
    with pytest.raises(IkkeFundet):
        beslut(aftale, Part(id=uuid4()))


def test_municipality_cannot_register_for_itself() -> None:
    aftale = fabrik.aftale()
    with pytest.raises(IngenAdgang):
        beslut(aftale, parter(aftale)[0], aktoer=fabrik.sagsbehandler())


@pytest.mark.parametrize("tilstand", [*sorted(FOER_AFSENDELSEN), Aftaletilstand.BORTFALDET])
def test_decisions_are_only_registered_when_a_version_has_been_sent_and_the_agreement_has_not_lapsed(
    tilstand: Aftaletilstand,
) -> None:
    aftale = fabrik.aftale(tilstand=tilstand)
    if tilstand in FOER_AFSENDELSEN:
        aftale.versioner.update(sendt=None)
    with pytest.raises(Konflikt) as fejl:
        beslut(aftale, parter(aftale)[0])
    assert fejl.value.kode == "aftale_ikke_sendt"


@pytest.mark.parametrize("tilstand", sorted(FOER_AFSENDELSEN))
def test_decision_on_a_version_that_was_called_back_is_kept_and_adopts_nothing(tilstand: Aftaletilstand) -> None:
    aftale = fabrik.aftale(tilstand=tilstand)
    for part in parter(aftale):
        assert beslut(aftale, part).version.nummer == 1
    aftale.refresh_from_db()
    assert aftale.tilstand == tilstand
    assert not Haendelse.objects.filter(type__in=["rammeaftale.vedtaget", "rammeaftale.tiltraadt"]).exists()


def test_all_faults_are_told_at_once() -> None:
    aftale = fabrik.aftale()
    with pytest.raises(UgyldigtInput) as fejl:
        beslut(aftale, parter(aftale)[0], dato=fabrik.om(1), organ=" ", referat_url="", bemaerkning="CPR 010190-1234")
    assert set(fejl.value.felter) == {"dato", "organ", "referat_url", "bemaerkning"}


@pytest.mark.parametrize("felt", ["organ", "bemaerkning"])
def test_cpr_number_is_refused_wherever_one_can_write(felt: str) -> None:
    aftale = fabrik.aftale()
    skrevet: dict[str, Any] = {felt: "Socialudvalget 010190-1234"}
    with pytest.raises(UgyldigtInput) as fejl:
        beslut(aftale, parter(aftale)[0], **skrevet)
    assert set(fejl.value.felter) == {felt}
    assert "010190" not in str(fejl.value.felter)
    assert not Godkendelse.objects.exists()


def test_decision_is_not_older_than_the_version_it_is_about() -> None:
    aftale = fabrik.aftale()
    sendt = aftale.versioner.get().sendt
    assert sendt is not None
    with pytest.raises(UgyldigtInput, match="felterne er rettet") as fejl:
        beslut(aftale, parter(aftale)[0], dato=sendt - timedelta(days=1))
    assert "hvor version 1 blev sendt til godkendelse" in fejl.value.felter["dato"][0]
    beslut(aftale, parter(aftale)[0], dato=sendt)


def test_step_that_was_carried_over_is_corrected_to_any_day_since_the_version_it_was_taken_on_was_sent() -> None:
    aftale, sendt = fabrik.aftale(parter=("Rødovre", "Gladsaxe")), date(2026, 10, 1)
    part = aftale.parter.get(organisation__navn="Gladsaxe Kommune")
    gammel = aftale.versioner.get()
    assert gammel.sendt is not None
    tidligst = gammel.sendt
    foerst = beslut(aftale, part, dato=sendt)
    ny = Version.objects.create(aftale=aftale, nummer=2, sendt=date(2026, 11, 1))
    videre = {felt: getattr(foerst, felt) for felt in ("part", "status", "dato", "organ", "referat_url", "identitet")}
    videre["registreret_af"] = foerst.registreret_af
    Godkendelse.objects.create(version=ny, viderefoert_fra=foerst, **videre)
    with pytest.raises(UgyldigtInput, match="felterne er rettet") as fejl:
        beslut(aftale, part, dato=tidligst - timedelta(days=1), retter=True)
    assert "hvor version 1 blev sendt" in fejl.value.felter["dato"][0]
    for dag in (tidligst, sendt):  # the correction can be corrected too
        assert beslut(aftale, part, Partsstatus.AFVIST, dato=dag, retter=True).version == ny
    beslut(aftale, part, dato=date(2026, 11, 2))
    with pytest.raises(UgyldigtInput) as fejl:
        beslut(aftale, part, dato=sendt, retter=True)
    assert "hvor version 2 blev sendt" in fejl.value.felter["dato"][0], "that one was taken on version 2"


@pytest.mark.parametrize(
    ("foerst", "saa", "felter"),
    [
        ((Partsstatus.AFVIST, 20), (Partsstatus.GODKENDT, 19), {"dato"}),
        ((Partsstatus.AFVIST, 20), (Partsstatus.UDVALG, 20), {"status"}),
        ((Partsstatus.GODKENDT, 20), (Partsstatus.UDVALG, 19), {"dato", "status"}),
        ((Partsstatus.UDVALG, 20), (Partsstatus.UDVALG, 20), set()),
        ((Partsstatus.AFVIST, 20), (Partsstatus.GODKENDT, 20), set()),
    ],
)
def test_older_step_does_not_replace_a_newer_unless_it_says_that_it_corrects_it(
    foerst: tuple[Partsstatus, int], saa: tuple[Partsstatus, int], felter: set[str]
) -> None:
    aftale = fabrik.aftale()
    part = parter(aftale)[0]
    status, dato = saa[0], date(2026, 10, saa[1])
    gammel = beslut(aftale, part, foerst[0], dato=date(2026, 10, foerst[1]))
    if felter:
        with pytest.raises(UgyldigtInput) as fejl:
            beslut(aftale, part, status, dato=dato)
        assert set(fejl.value.felter) == felter
        kopi = Godkendelse.objects.get(pk=gammel.pk)
        kopi.pk, kopi.status, kopi.dato, kopi.registreret = uuid4(), status, dato, nu()
        with pytest.raises(IntegrityError, match="retter det"), transaction.atomic():
            kopi.save(force_insert=True)
    ny = beslut(aftale, part, status, dato=dato, retter=bool(felter))
    assert ny.retter == bool(felter)
    version = gaeldende_version(aftale.id)
    assert version is not None
    assert partsstande(version)[0].seneste == ny


def test_first_step_corrects_nothing() -> None:
    aftale = fabrik.aftale()
    assert not beslut(aftale, parter(aftale)[0], retter=True).retter


def test_registered_step_cannot_be_changed_in_the_database() -> None:
    aftale = fabrik.aftale()
    beslut(aftale, parter(aftale)[0])
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Godkendelse.objects.update(organ="En anden")


def test_party_succeeded_before_the_agreement_begins_decides_nothing() -> None:
    aftale = fabrik.aftale(parter=("Rødovre",))
    Part.objects.create(
        aftale=aftale,
        organisation=fabrik.region().organisation,
        periode=Periode(date(2025, 1, 1), date(2027, 1, 1)).som_range,
    )
    beslut(aftale, aftale.parter.get(organisation__navn="Rødovre Kommune"))
    aftale.refresh_from_db()
    assert aftale.tilstand == Aftaletilstand.VEDTAGET


def test_current_version_is_the_latest_sent_else_the_latest() -> None:
    aftale = fabrik.aftale()
    aftale.versioner.create(nummer=2, sendt=date(2026, 9, 9))
    aftale.versioner.create(nummer=3)
    kladde = fabrik.aftale(slug="kladde")
    kladde.versioner.update(sendt=None)
    kladde.versioner.create(nummer=2)
    versioner = gaeldende_versioner([aftale.id, kladde.id])
    assert (versioner[aftale.id].nummer, versioner[kladde.id].nummer) == (2, 2)
