"""Focus areas are the secretariat's, reports those of whoever has the milestone; the database keeps what was reported."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.models import Haendelse
from faelles.tid import idag
from kommuner.models import Rolle
from rammeaftale.fokus import actions
from rammeaftale.fokus.actions import Milepaelsindhold, Omraadeindhold
from rammeaftale.fokus.queries import med_indhold, mulige_klausuler, vis
from rammeaftale.fokus.regler import Milepaelsstand, Ophav
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import Fokusomraade, Klausuludgave, Milepael, Milepaelsmelding, Rammeaftale
from tests import fabrik
from tests.rammeaftale.aftaler import kladde, tag
from tests.rammeaftale.fokus.situationer import DOKUMENTATION, indsats, melding, meldt, milepael, omraade

pytestmark = pytest.mark.django_db


@pytest.fixture
def aftale() -> Rammeaftale:
    return fabrik.aftale()


def stand(hvad: Milepael) -> Milepaelsstand:
    (visning,) = vis(med_indhold(Fokusomraade.objects.filter(indsatser__milepaele=hvad)), idag())
    return visning.milepaele[0].stand


def test_areas_are_numbered_as_they_are_set(aftale: Rammeaftale) -> None:
    omraade(aftale)
    omraade(aftale, "Hjerneskade", ophav=Ophav.MINISTERTEMA)
    fundne = [(o.nummer, o.navn, o.ophav) for o in aftale.fokusomraader.all()]
    assert fundne == [(1, "Overgange", "aftalen"), (2, "Hjerneskade", "ministertema")]


def test_party_that_has_the_milestone_reports_of_it_and_the_last_report_counts(aftale: Rammeaftale) -> None:
    hvad = milepael(indsats(omraade(aftale)))
    assert stand(hvad) is Milepaelsstand.IKKE_BEGYNDT
    rapport = meldt(hvad, Milepaelsstand.I_GANG, af=fabrik.aktoer(Rolle.VISITATOR, fabrik.kommune().organisation))
    assert (stand(hvad), rapport.registreret_af.navn) == (Milepaelsstand.I_GANG, "Rødovre Kommune")
    meldt(hvad)
    assert stand(hvad) is Milepaelsstand.NAAET
    meldt(hvad, Milepaelsstand.I_GANG)
    assert stand(hvad) is Milepaelsstand.I_GANG, "registered by mistake, and registered again"


@pytest.mark.parametrize(
    ("hvem", "fejl"),
    [
        (lambda: fabrik.aktoer(Rolle.VISITATOR, fabrik.kommune("Herlev").organisation), IkkeFundet),
        (lambda: fabrik.sekretariat("KKR Syddanmark"), IkkeFundet),
        (lambda: fabrik.sagsbehandler("Rødovre"), IngenAdgang),
    ],
)
def test_nobody_else_reports_of_it(aftale: Rammeaftale, hvem: Callable[[], Any], fejl: type[Exception]) -> None:
    hvad = milepael(indsats(omraade(aftale)))
    with pytest.raises(fejl):
        meldt(hvad, af=hvem())
    assert not hvad.meldinger.exists()


def test_report_of_a_milestone_is_told_in_the_outbox_and_a_refused_one_is_not(aftale: Rammeaftale) -> None:
    hvad = milepael(indsats(omraade(aftale)))
    meldt(hvad)
    with pytest.raises(UgyldigtInput):
        meldt(hvad, dato=fabrik.om(1))
    fortalt = Haendelse.objects.filter(type="milepael.meldt", entitet="milepael")
    assert list(fortalt.values_list("entitet_id", flat=True)) == [str(hvad.pk)]


def test_only_the_agreements_own_secretariat_sets_areas_work_and_milestones(aftale: Rammeaftale) -> None:
    arbejde = indsats(omraade(aftale))
    hvad = milepael(arbejde)
    ansvarlig = hvad.ansvarlig_id
    for aktoer, fejl in ((fabrik.sagsbehandler(), IngenAdgang), (fabrik.sekretariat("KKR Syddanmark"), IkkeFundet)):
        for gerning in (
            lambda a: actions.opret_omraade(aktoer=a, aftale_id=aftale.pk, indhold=INDHOLD),
            lambda a: actions.ret_omraade(aktoer=a, omraade_id=arbejde.fokusomraade_id, indhold=INDHOLD),
            lambda a: actions.slet_omraade(aktoer=a, omraade_id=arbejde.fokusomraade_id),
            lambda a: actions.opret_indsats(aktoer=a, omraade_id=arbejde.fokusomraade_id, navn="Ny", beskrivelse=""),
            lambda a: actions.ret_indsats(aktoer=a, indsats_id=arbejde.pk, navn="Ny", beskrivelse=""),
            lambda a: actions.slet_indsats(aktoer=a, indsats_id=arbejde.pk),
            lambda a: actions.opret_milepael(
                aktoer=a, indsats_id=arbejde.pk, indhold=Milepaelsindhold("Ny", idag(), ansvarlig)
            ),
            lambda a: actions.ret_milepael(
                aktoer=a, milepael_id=hvad.pk, indhold=Milepaelsindhold("Ny", idag(), ansvarlig)
            ),
            lambda a: actions.slet_milepael(aktoer=a, milepael_id=hvad.pk),
        ):
            with pytest.raises(fejl):
                gerning(aktoer)
    assert (Fokusomraade.objects.get().navn, Milepael.objects.get().navn) == ("Overgange", hvad.navn)


INDHOLD = Omraadeindhold("Nyt", "", Ophav.AFTALEN, None)


def test_all_faults_are_told_at_once_and_nothing_is_kept(aftale: Rammeaftale) -> None:
    foerste = omraade(aftale)
    af = fabrik.sekretariat()
    with pytest.raises(UgyldigtInput) as fejl:
        actions.opret_omraade(
            aktoer=af,
            aftale_id=aftale.pk,
            indhold=Omraadeindhold("Overgange", "Om 010190-1234", Ophav.AFTALEN, uuid4()),
        )
    assert set(fejl.value.felter) == {"navn", "beskrivelse", "klausul_id"}
    arbejde = indsats(foerste)
    milepael(arbejde, "Taget")
    fremmed = fabrik.kommune("Odense", i="KKR Syddanmark").organisation
    with pytest.raises(UgyldigtInput) as fejl:
        actions.opret_milepael(
            aktoer=af, indsats_id=arbejde.pk, indhold=Milepaelsindhold(" Taget ", idag(), fremmed.pk, 366)
        )
    assert set(fejl.value.felter) == {"navn", "ansvarlig_id", "paamind_dage"}
    with pytest.raises(UgyldigtInput) as fejl:
        actions.meld(
            aktoer=af,
            milepael_id=Milepael.objects.get().pk,
            melding=melding(Milepaelsstand.NAAET, dato=fabrik.om(1), tekst=" ", url="referat"),
        )
    assert set(fejl.value.felter) == {"dato", "dokumentation_url"}
    assert (Fokusomraade.objects.count(), Milepael.objects.count(), Milepaelsmelding.objects.count()) == (1, 1, 0)


def test_report_of_the_wrong_day_is_corrected_by_one_of_an_earlier(aftale: Rammeaftale) -> None:
    hvad = milepael(indsats(omraade(aftale)))
    meldt(hvad, Milepaelsstand.NAAET)
    af, foer = fabrik.sekretariat(), fabrik.om(-21)
    rettet = actions.meld(
        aktoer=af, milepael_id=hvad.pk, melding=melding(Milepaelsstand.NAAET, dato=foer, tekst="Nået da")
    )
    (visning,) = vis(med_indhold(Fokusomraade.objects.all()), idag())
    assert visning.milepaele[0].sidste == rettet


def test_area_keeps_the_clause_it_stands_in_when_that_has_gone() -> None:
    aftale = kladde()
    udgave = aftale.versioner.get().klausuludgaver.order_by("-udgave").first()
    assert udgave is not None
    Klausuludgave.objects.create(
        klausul=udgave.klausul, version=udgave.version, udgave=udgave.udgave + 1, nummer=udgave.nummer, udgaar=True,
        organisation=udgave.organisation, identitet="test",
    )  # fmt: skip
    assert udgave.klausul_id not in {k.id for k in mulige_klausuler(aftale)}
    assert udgave.klausul_id in {k.id for k in mulige_klausuler(aftale, udgave.klausul_id)}


def test_what_is_in_use_is_not_taken_away_and_what_is_not_is(aftale: Rammeaftale) -> None:
    hvor, af = omraade(aftale), fabrik.sekretariat()
    arbejde = indsats(hvor)
    hvad = milepael(arbejde)
    meldt(hvad, Milepaelsstand.I_GANG)
    herlev = fabrik.kommune("Herlev").organisation
    for gerning in (
        lambda: actions.slet_milepael(aktoer=af, milepael_id=hvad.pk),
        lambda: actions.slet_indsats(aktoer=af, indsats_id=arbejde.pk),
        lambda: actions.slet_omraade(aktoer=af, omraade_id=hvor.pk),
        lambda: actions.ret_milepael(
            aktoer=af, milepael_id=hvad.pk, indhold=Milepaelsindhold(hvad.navn, hvad.frist, herlev.pk)
        ),
    ):
        with pytest.raises(Konflikt):
            gerning()
    ledig = milepael(arbejde, "En til")
    actions.slet_milepael(aktoer=af, milepael_id=ledig.pk)
    tomt = omraade(aftale, "Tomt")
    uden = indsats(tomt)
    actions.slet_indsats(aktoer=af, indsats_id=uden.pk)
    actions.slet_omraade(aktoer=af, omraade_id=tomt.pk)
    assert (Milepael.objects.get(), Fokusomraade.objects.get()) == (hvad, hvor)


def test_lapsed_agreement_is_worked_with_no_more() -> None:
    aftale = kladde()
    hvad = milepael(indsats(omraade(aftale)))
    tag(aftale, Aftaletilstand.BORTFALDET)
    for gerning in (lambda: omraade(aftale, "Nyt"), lambda: meldt(hvad)):
        with pytest.raises(Konflikt, match="bortfaldet"):
            gerning()
    assert not hvad.meldinger.exists()


def test_clause_of_the_agreement_can_stand_behind_an_area() -> None:
    aftale = kladde()
    udgave = aftale.versioner.get().klausuludgaver.order_by("-udgave").first()
    assert udgave is not None
    hvor = omraade(aftale)
    indhold = Omraadeindhold("Overgange", "", Ophav.AFTALEN, udgave.klausul_id)
    assert (
        actions.ret_omraade(aktoer=fabrik.sekretariat(), omraade_id=hvor.pk, indhold=indhold).klausul == udgave.klausul
    )


@pytest.mark.parametrize(
    ("regel", "felter"),
    [
        ("milepaelsmelding_stand_meldbar", {"stand": "overskredet"}),
        ("milepaelsmelding_afsluttes_med_dokumentation", {"stand": "naaet"}),
        ("milepaelsmelding_afsluttes_med_dokumentation", {"stand": "opgivet", "dokumentation_url": DOKUMENTATION}),
    ],
)
def test_database_keeps_what_a_report_must_hold(aftale: Rammeaftale, regel: str, felter: dict[str, str]) -> None:
    hvad = milepael(indsats(omraade(aftale)))
    with pytest.raises(IntegrityError, match=regel), transaction.atomic():
        Milepaelsmelding.objects.create(
            milepael=hvad, dato=idag(), registreret_af=hvad.ansvarlig, identitet="test", **felter
        )


def test_database_changes_no_report(aftale: Rammeaftale) -> None:
    rapport = meldt(milepael(indsats(omraade(aftale))))
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Milepaelsmelding.objects.filter(pk=rapport.pk).update(tekst="Noget andet")
    rapport.refresh_from_db()
    assert rapport.tekst == "Afprøvet i tre kommuner"
