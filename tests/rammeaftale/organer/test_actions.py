"""Bodies and their members: what the secretariat does, what is refused, and what the database itself refuses."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet, IngenAdgang, UgyldigtInput
from faelles.tid import Periode, idag
from rammeaftale.models import Organ, Organmedlem
from rammeaftale.moeder.actions import opret_moede
from rammeaftale.organer.actions import afslut_medlem, nedlaeg_organ, opret_organ, optag_medlem, ret_organ
from rammeaftale.organer.queries import med_medlemmer, vis
from rammeaftale.organer.regler import Hverv, Organart
from tests import fabrik
from tests.rammeaftale.organer.situationer import FRA, organ

pytestmark = pytest.mark.django_db


def optag(hvor: Organ, organisation_id: UUID, hverv: Hverv = Hverv.MEDLEM) -> Organmedlem:
    return optag_medlem(
        aktoer=fabrik.sekretariat(), organ_id=hvor.id, organisation_id=organisation_id, hverv=hverv, fra=idag()
    )


def test_body_of_municipalities_and_the_region_has_its_members_of_the_day() -> None:
    udvalg = organ("Herlev", "Gladsaxe", "Rødovre")
    optag(udvalg, fabrik.region().organisation.id)
    (foer,) = vis(med_medlemmer(Organ.objects.all()), fabrik.om(-1))
    (nu,) = vis(med_medlemmer(Organ.objects.all()), idag())
    assert (foer.sammensaetning, foer.formand) == ("3 kommuner", "Herlev Kommune")
    assert (nu.sammensaetning, nu.bestaar, len(nu.medlemmer)) == ("3 kommuner og 1 region", True, 4)


def test_new_chair_follows_the_one_that_has_ended() -> None:
    udvalg = organ("Herlev", "Gladsaxe")
    roedovre = fabrik.kommune("Rødovre").organisation.id
    with pytest.raises(UgyldigtInput) as fejl:
        optag(udvalg, roedovre, Hverv.FORMAND)
    assert set(fejl.value.felter) == {"hverv"}
    herlev = udvalg.medlemmer.get(hverv=Hverv.FORMAND)
    afslut_medlem(aktoer=fabrik.sekretariat(), organmedlem_id=herlev.id, sidste_dag=fabrik.om(-1))
    optag(udvalg, roedovre, Hverv.FORMAND)
    (nu,) = vis(med_medlemmer(Organ.objects.all()), idag())
    assert nu.formand == "Rødovre Kommune"


def test_all_faults_of_a_member_are_told_at_once() -> None:
    udvalg = organ("Herlev")
    odense = fabrik.kommune("Odense", i="KKR Syddanmark").organisation.id
    with pytest.raises(UgyldigtInput) as fejl:
        optag_medlem(
            aktoer=fabrik.sekretariat(),
            organ_id=udvalg.id,
            organisation_id=odense,
            hverv=Hverv.FORMAND,
            fra=FRA.replace(year=2020),
        )
    assert set(fejl.value.felter) == {"organisation_id", "hverv", "fra"}


def test_organisation_has_one_function_at_a_time() -> None:
    udvalg = organ("Herlev")
    with pytest.raises(UgyldigtInput, match="kan ikke gemmes") as fejl:
        optag(udvalg, fabrik.kommune("Herlev").organisation.id)
    assert set(fejl.value.felter) == {"organisation_id"}


def test_there_is_one_kkr_and_one_embedsmandsudvalg_at_a_time_and_any_number_of_groups() -> None:
    organ()
    organ(art=Organart.KKR, navn="KKR")
    for nr in range(2):
        organ(art=Organart.ARBEJDSGRUPPE, navn=f"Gruppe {nr}")
    with pytest.raises(UgyldigtInput) as fejl:
        organ(navn="Et til")
    assert set(fejl.value.felter) == {"art"}
    with pytest.raises(UgyldigtInput) as fejl:
        opret_organ(aktoer=fabrik.sekretariat(), art=Organart.KKR, navn="Gruppe 1", opgave="010190-1234", fra=idag())
    assert set(fejl.value.felter) == {"art", "navn", "opgave"}


def test_body_that_ends_takes_its_members_with_it_and_makes_room_for_the_next() -> None:
    gammelt = organ("Herlev", "Gladsaxe")
    herlev = gammelt.medlemmer.get(organisation__navn="Herlev Kommune")
    afslut_medlem(aktoer=fabrik.sekretariat(), organmedlem_id=herlev.id, sidste_dag=FRA)
    af = fabrik.sekretariat()
    with pytest.raises(UgyldigtInput, match="blev oprettet"):
        nedlaeg_organ(aktoer=af, organ_id=gammelt.id, sidste_dag=FRA.replace(year=2025))
    nedlaeg_organ(aktoer=af, organ_id=gammelt.id, sidste_dag=fabrik.om(-1))
    perioder = {Periode.af_range(m.periode).til for m in gammelt.medlemmer.all()}
    assert perioder == {FRA.replace(day=2), idag()}
    nyt = opret_organ(aktoer=af, art=Organart.EMBEDSMANDSUDVALG, navn="Det nye", opgave="", fra=idag())
    assert [v.bestaar for v in vis(med_medlemmer(Organ.objects.all()), idag())] == [True, False]
    optag(nyt, fabrik.kommune("Herlev").organisation.id)
    with pytest.raises(UgyldigtInput, match="Vælg en dag"):
        afslut_medlem(aktoer=af, organmedlem_id=nyt.medlemmer.get().id, sidste_dag=fabrik.om(-1))


def test_body_is_not_ended_before_a_member_comes_in() -> None:
    udvalg = organ()
    optag(udvalg, fabrik.kommune("Herlev").organisation.id)
    with pytest.raises(UgyldigtInput, match="får et medlem"):
        nedlaeg_organ(aktoer=fabrik.sekretariat(), organ_id=udvalg.id, sidste_dag=fabrik.om(-1))


@pytest.mark.parametrize("naar", [-5, 5])
def test_body_is_not_ended_before_a_meeting_it_has_held_or_shall_hold(naar: int) -> None:
    udvalg, af = organ(), fabrik.sekretariat()
    opret_moede(aktoer=af, organ_id=udvalg.id, dato=fabrik.om(naar))
    with pytest.raises(UgyldigtInput, match=f"har et møde den {fabrik.om(naar):%d.%m.%Y}"):
        nedlaeg_organ(aktoer=af, organ_id=udvalg.id, sidste_dag=fabrik.om(naar - 1))
    udvalg.refresh_from_db()
    assert Periode.af_range(udvalg.periode).til is None
    nedlaeg_organ(aktoer=af, organ_id=udvalg.id, sidste_dag=fabrik.om(naar))


@pytest.mark.parametrize(
    ("regel", "felter"),
    [
        ("organmedlem_et_hverv_ad_gangen", {"navn": "Herlev", "hverv": "medlem"}),
        ("organ_en_formand_ad_gangen", {"navn": "Gladsaxe", "hverv": "formand"}),
        ("organmedlem_hverv_kendt", {"navn": "Gladsaxe", "hverv": "konge"}),
    ],
)
def test_database_keeps_one_function_and_one_chair_a_day(regel: str, felter: dict[str, str]) -> None:
    udvalg = organ("Herlev")
    organisation = fabrik.kommune(felter["navn"]).organisation
    with pytest.raises(IntegrityError, match=regel), transaction.atomic():
        Organmedlem.objects.create(
            organ=udvalg, organisation=organisation, hverv=felter["hverv"], periode=Periode(idag()).som_range
        )


def test_database_keeps_one_embedsmandsudvalg_a_day() -> None:
    udvalg = organ()
    with pytest.raises(IntegrityError, match="organ_et_af_slagsen_ad_gangen"), transaction.atomic():
        Organ.objects.create(kkr=udvalg.kkr, art=udvalg.art, navn="Et til", periode=Periode(idag()).som_range)


@dataclass(frozen=True)
class Sag:
    """Who does something with which body and member."""

    af: Aktoer
    organ: UUID
    medlem: UUID


HANDLINGER: list[Callable[[Sag], object]] = [
    lambda s: ret_organ(aktoer=s.af, organ_id=s.organ, navn="Nyt", opgave=""),
    lambda s: nedlaeg_organ(aktoer=s.af, organ_id=s.organ, sidste_dag=idag()),
    lambda s: optag_medlem(aktoer=s.af, organ_id=s.organ, organisation_id=s.medlem, hverv=Hverv.MEDLEM, fra=idag()),
    lambda s: afslut_medlem(aktoer=s.af, organmedlem_id=s.medlem, sidste_dag=idag()),
]


@pytest.mark.parametrize("handling", HANDLINGER)
def test_body_is_its_own_secretariats_to_change(handling: Callable[[Sag], object]) -> None:
    udvalg = organ("Herlev")
    medlem = udvalg.medlemmer.get().id
    with pytest.raises(IngenAdgang):
        handling(Sag(fabrik.administrator("Herlev"), udvalg.id, medlem))
    with pytest.raises(IkkeFundet):
        handling(Sag(fabrik.sekretariat("KKR Syddanmark"), udvalg.id, medlem))


def test_member_is_one_of_the_kkrs_by_the_register_on_its_first_day() -> None:
    udvalg, herlev, skift = organ(), fabrik.kommune("Herlev"), fabrik.om(10)
    fabrik.kommune("Rødovre")
    fabrik.flyt_til_kkr("KKR Østdanmark", "Herlev", fra=skift)

    def optag_fra(dag: date) -> Organmedlem:
        return optag_medlem(
            aktoer=fabrik.sekretariat(), organ_id=udvalg.id, organisation_id=herlev.organisation_id,
            hverv=Hverv.MEDLEM, fra=dag,
        )  # fmt: skip

    with pytest.raises(UgyldigtInput) as fejl:
        optag_fra(skift)
    assert set(fejl.value.felter) == {"fra"}
    assert optag_fra(skift - timedelta(days=1)).organisation == herlev.organisation
