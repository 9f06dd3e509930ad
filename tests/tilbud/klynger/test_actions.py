from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from faelles.fejl import IkkeFundet, IngenAdgang, UgyldigtInput
from faelles.models import Haendelse
from faelles.tid import Periode
from tests import fabrik
from tilbud.klynger.actions import afslut_klynge, afslut_medlem, opret_klynge, optag_medlem, ret_klynge
from tilbud.models import Klynge, KlyngeMedlemskab

pytestmark = pytest.mark.django_db
FRA = date(2026, 1, 1)


def klynge(navn: str = "Hjerneskade") -> Klynge:
    gruppe = fabrik.maalgruppe("Erhvervet hjerneskade")
    return opret_klynge(aktoer=fabrik.sekretariat(), navn=navn, formaal="Deles om viden", maalgrupper=[gruppe.pk])


def test_cluster_is_formed_in_the_secretariats_kkr() -> None:
    ny = klynge()
    assert (ny.kkr, [m.term for m in ny.maalgrupper.all()]) == (fabrik.kkr(), ["Erhvervet hjerneskade"])
    assert Haendelse.objects.filter(type="klynge.aendret", entitet_id=ny.pk).exists()


def test_all_faults_of_a_cluster_are_told_at_once() -> None:
    klynge()
    with pytest.raises(UgyldigtInput) as fejl:
        opret_klynge(aktoer=fabrik.sekretariat(), navn="Hjerneskade", formaal="010203-1234", maalgrupper=[uuid4()])
    assert set(fejl.value.felter) == {"navn", "formaal", "maalgrupper"}
    assert Klynge.objects.count() == 1


def test_cluster_is_changed_and_may_keep_its_name() -> None:
    gammel = klynge()
    ret_klynge(aktoer=fabrik.sekretariat(), klynge_id=gammel.pk, navn="Hjerneskade", formaal="Nyt", maalgrupper=[])
    gammel.refresh_from_db()
    assert (gammel.formaal, gammel.maalgrupper.count()) == ("Nyt", 0)


def test_municipality_is_member_from_a_day_to_a_day_and_may_come_back() -> None:
    ny, kommune = klynge(), fabrik.kommune("Herlev")
    medlem = optag_medlem(aktoer=fabrik.sekretariat(), klynge_id=ny.pk, kommune=kommune.pk, fra=FRA)
    with pytest.raises(UgyldigtInput, match="allerede medlem"):
        optag_medlem(aktoer=fabrik.sekretariat(), klynge_id=ny.pk, kommune=kommune.pk, fra=date(2026, 6, 1))
    afslut_medlem(aktoer=fabrik.sekretariat(), medlemskab_id=medlem.pk, sidste_dag=date(2026, 6, 30))
    optag_medlem(aktoer=fabrik.sekretariat(), klynge_id=ny.pk, kommune=kommune.pk, fra=date(2026, 7, 1))
    assert [Periode.af_range(m.periode) for m in ny.medlemskaber.order_by("periode")] == [
        Periode(FRA, date(2026, 7, 1)),
        Periode(date(2026, 7, 1)),
    ]
    with pytest.raises(UgyldigtInput, match="medlem igen"):
        afslut_medlem(aktoer=fabrik.sekretariat(), medlemskab_id=medlem.pk, sidste_dag=date(2026, 7, 1))


def test_membership_ends_no_earlier_than_it_began() -> None:
    medlem = optag_medlem(
        aktoer=fabrik.sekretariat(), klynge_id=klynge().pk, kommune=fabrik.kommune("Herlev").pk, fra=FRA
    )
    with pytest.raises(UgyldigtInput, match=r"blev medlem den 01\.01\.2026"):
        afslut_medlem(aktoer=fabrik.sekretariat(), medlemskab_id=medlem.pk, sidste_dag=date(2025, 12, 31))


def test_municipality_of_another_kkr_cannot_be_member() -> None:
    with pytest.raises(UgyldigtInput, match="hører ikke til klyngens KKR"):
        optag_medlem(
            aktoer=fabrik.sekretariat(),
            klynge_id=klynge().pk,
            kommune=fabrik.kommune("Odense", i="KKR Syddanmark").pk,
            fra=FRA,
        )


def test_another_secretariat_does_not_see_the_cluster_and_others_may_not_write() -> None:
    ny = klynge()
    medlem = optag_medlem(aktoer=fabrik.sekretariat(), klynge_id=ny.pk, kommune=fabrik.kommune("Herlev").pk, fra=FRA)
    fremmed = fabrik.sekretariat("KKR Syddanmark")
    with pytest.raises(IkkeFundet):
        ret_klynge(aktoer=fremmed, klynge_id=ny.pk, navn="Min", formaal="", maalgrupper=[])
    with pytest.raises(IkkeFundet):
        afslut_medlem(aktoer=fremmed, medlemskab_id=medlem.pk, sidste_dag=FRA)
    with pytest.raises(IngenAdgang):
        opret_klynge(aktoer=fabrik.tilbudsleder(), navn="Min", formaal="", maalgrupper=[])


def test_cluster_ends_with_its_memberships_and_takes_nobody_in_after() -> None:
    ny, af = klynge(), fabrik.sekretariat()
    herlev, gladsaxe = fabrik.kommune("Herlev").pk, fabrik.kommune("Gladsaxe").pk
    forbi = optag_medlem(aktoer=af, klynge_id=ny.pk, kommune=gladsaxe, fra=FRA)
    afslut_medlem(aktoer=af, medlemskab_id=forbi.pk, sidste_dag=date(2026, 3, 31))
    medlem = optag_medlem(aktoer=af, klynge_id=ny.pk, kommune=herlev, fra=date(2026, 4, 1))
    with pytest.raises(UgyldigtInput, match=r"bliver først medlem den 01\.04\.2026"):
        afslut_klynge(aktoer=af, klynge_id=ny.pk, sidste_dag=date(2026, 3, 31))
    assert afslut_klynge(aktoer=af, klynge_id=ny.pk, sidste_dag=date(2026, 6, 30)).til == date(2026, 7, 1)
    assert [Periode.af_range(m.periode).til for m in ny.medlemskaber.order_by("periode")] == [
        date(2026, 4, 1),
        date(2026, 7, 1),
    ]
    for kald in (
        lambda: optag_medlem(aktoer=af, klynge_id=ny.pk, kommune=gladsaxe, fra=date(2026, 8, 1)),
        lambda: afslut_medlem(aktoer=af, medlemskab_id=medlem.pk, sidste_dag=date(2026, 7, 1)),
        lambda: afslut_klynge(aktoer=af, klynge_id=ny.pk, sidste_dag=date(2026, 5, 31)),
    ):
        with pytest.raises(UgyldigtInput, match=r"afsluttet fra 01\.07\.2026"):
            kald()
    afslut_medlem(aktoer=af, medlemskab_id=medlem.pk, sidste_dag=date(2026, 5, 31))
    with pytest.raises(IkkeFundet):
        afslut_klynge(aktoer=fabrik.sekretariat("KKR Sjælland"), klynge_id=klynge("B").pk, sidste_dag=date(2026, 6, 30))


def test_database_lets_nobody_be_member_of_a_cluster_that_is_ended() -> None:
    ny = fabrik.klynge(medlemmer=("Herlev",))
    with pytest.raises(IntegrityError, match="klynge_slutter_med_medlemmerne"), transaction.atomic():
        Klynge.objects.filter(pk=ny.pk).update(til=FRA)
    afslut_klynge(aktoer=fabrik.sekretariat(), klynge_id=ny.pk, sidste_dag=FRA)
    gladsaxe = fabrik.kommune("Gladsaxe")
    with pytest.raises(IntegrityError, match="klyngemedlemskab_slutter_med_klyngen"), transaction.atomic():
        KlyngeMedlemskab.objects.create(klynge=ny, kommune=gladsaxe, periode=Periode(FRA).som_range)
    with pytest.raises(IntegrityError, match="klyngemedlemskab_slutter_med_klyngen"), transaction.atomic():
        ny.medlemskaber.update(periode=Periode(FRA).som_range)
