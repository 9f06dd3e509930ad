"""What the secretariat does with the wheel, and what is refused."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

import pytest

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.tid import Periode, idag
from rammeaftale.aarshjul.actions import fortryd, hent_fra_forrige, opret_trin, ret_trin, slet_trin, udfoer
from rammeaftale.aarshjul.queries import GODKENDELSE, hjul, stillinger
from rammeaftale.aarshjul.regler import Ansvar, Trinstand
from rammeaftale.livscyklus import Aftaletilstand, Partsstatus
from rammeaftale.models import Aarshjulstrin, Rammeaftale
from tests import fabrik
from tests.rammeaftale.aarshjul.situationer import indhold, trin, udfoert
from tests.rammeaftale.rapporter.situationer import beslut
from tests.rammeaftale.test_parter import forlader_kkr

pytestmark = pytest.mark.django_db


def navne(aftale: Rammeaftale) -> list[str]:
    (punkt,) = hjul(aftale, idag()).punkter
    return [s.organisation.navn for s in punkt.mangler]


def overskredne(aftale: Rammeaftale) -> dict[str, int]:
    return {s.organisation.navn: len(s.overskredne) for s in stillinger(hjul(aftale, idag()))}


def test_step_is_owed_by_each_party_until_it_has_done_it() -> None:
    aftale = fabrik.aftale()
    skrevet = trin(aftale, om=-1)
    assert navne(aftale) == ["Gladsaxe Kommune", "Herlev Kommune", "Rødovre Kommune"]
    (herlevs, _) = udfoert(skrevet, "Herlev", "Rødovre")
    assert overskredne(aftale) == {"Gladsaxe Kommune": 1, "Herlev Kommune": 0, "Rødovre Kommune": 0}
    fortryd(aktoer=fabrik.sekretariat(), aftale_id=aftale.id, udfoerelse_id=herlevs.id)
    assert len(navne(aftale)) == 2
    udfoert(skrevet, *(navn.removesuffix(" Kommune") for navn in navne(aftale)))
    assert hjul(aftale, idag()).punkter[0].stand is Trinstand.UDFOERT
    assert not any(overskredne(aftale).values())


def test_step_is_owed_by_those_who_are_parties_on_its_day() -> None:
    aftale = fabrik.aftale()
    trin(aftale, om=500)  # in the agreement's period
    forlader_kkr("Herlev", fabrik.om(499))
    herlev = aftale.parter.get(organisation__navn="Herlev Kommune")
    herlev.periode = Periode(date(2027, 1, 1), fabrik.om(499)).som_range
    herlev.save()
    assert navne(aftale) == ["Gladsaxe Kommune", "Rødovre Kommune"]


def test_step_is_not_moved_to_a_day_on_which_one_who_has_done_it_does_not_owe_it() -> None:
    aftale = fabrik.aftale()
    skrevet = trin(aftale, om=500)
    udfoert(skrevet, "Herlev")
    forlader_kkr("Herlev", fabrik.om(510))
    herlev = aftale.parter.get(organisation__navn="Herlev Kommune")
    herlev.periode = Periode(date(2027, 1, 1), fabrik.om(510)).som_range
    herlev.save()
    flyt = partial(ret_trin, aktoer=fabrik.sekretariat(), aftale_id=aftale.id, trin_id=skrevet.id)
    with pytest.raises(UgyldigtInput) as fejl:
        flyt(indhold=indhold(frist=fabrik.om(511)))
    assert "Herlev Kommune" in fejl.value.felter["frist"][0]
    skrevet.refresh_from_db()
    assert skrevet.frist == fabrik.om(500)
    assert flyt(indhold=indhold(frist=fabrik.om(509))).frist == fabrik.om(509)


def test_step_of_the_secretariat_is_owed_by_it_alone() -> None:
    aftale = fabrik.aftale()
    trin(aftale, ansvar=Ansvar.SEKRETARIAT)
    (punkt,) = hjul(aftale, idag()).punkter
    assert [s.organisation for s in punkt.skyldige] == [aftale.kkr.sekretariat]


def test_everybody_has_a_place_in_danish_order_and_one_without_an_agreement_only_while_it_is_behind() -> None:
    aftale = fabrik.aftale(parter=("Aarhus", "Ærø", "Brøndby"))
    trin(aftale, ansvar=Ansvar.SEKRETARIAT, om=-1)
    alle = {"Brøndby Kommune": 0, str(aftale.kkr.sekretariat): 1, "Ærø Kommune": 0, "Aarhus Kommune": 0}
    assert list(overskredne(aftale).items()) == list(alle.items())
    slut = fabrik.aftale(fra=fabrik.om(-700), til=idag(), slug="sluttet")
    udfoert(trin(slut, om=-9), "Herlev", "Gladsaxe")
    assert overskredne(slut) == {"Rødovre Kommune": 1}


def test_agreements_own_deadline_is_in_the_wheel_and_an_answer_of_either_kind_ends_it() -> None:
    aftale = fabrik.aftale()
    aftale.godkendelsesfrist = fabrik.om(-3)
    aftale.save()
    gladsaxe, herlev, _ = aftale.parter.all()
    beslut(aftale, gladsaxe)
    beslut(aftale, herlev, Partsstatus.AFVIST)
    (punkt,) = hjul(aftale, idag()).punkter
    assert (punkt.opgave, punkt.trin, punkt.stand) == (GODKENDELSE, None, Trinstand.OVERSKREDET)
    assert [s.organisation.navn for s in punkt.mangler] == ["Rødovre Kommune"]


def test_all_faults_of_a_step_are_told_at_once_and_nothing_is_written() -> None:
    aftale = fabrik.aftale()
    skrevet = indhold("  ", kilde="010190-1234", paamind_dage=400)
    with pytest.raises(UgyldigtInput) as fejl:
        opret_trin(aktoer=fabrik.sekretariat(), aftale_id=aftale.id, indhold=skrevet)
    assert set(fejl.value.felter) == {"opgave", "kilde", "paamind_dage"}
    assert not Aarshjulstrin.objects.exists()


def test_same_task_on_the_same_day_is_written_once() -> None:
    aftale = fabrik.aftale()
    foerste, anden = trin(aftale), trin(aftale, om=31)
    rettet = partial(ret_trin, aktoer=fabrik.sekretariat(), aftale_id=aftale.id, trin_id=anden.id)
    forsoegene: list[Callable[[], object]] = [
        partial(trin, aftale),
        partial(rettet, indhold=indhold(frist=foerste.frist)),
    ]
    for forsoeg in forsoegene:
        with pytest.raises(UgyldigtInput) as fejl:
            forsoeg()
        assert set(fejl.value.felter) == {"opgave"}


def test_what_has_been_done_stays_and_stays_theirs() -> None:
    aftale = fabrik.aftale()
    skrevet = trin(aftale)
    udfoert(skrevet, "Herlev")
    egen = {"aktoer": fabrik.sekretariat(), "aftale_id": aftale.id, "trin_id": skrevet.id}
    with pytest.raises(Konflikt, match="bliver stående"):
        slet_trin(**egen)  # type: ignore[arg-type]  # the same three of each action
    with pytest.raises(Konflikt, match="Fortryd det først"):
        ret_trin(**egen, indhold=indhold(ansvar=Ansvar.SEKRETARIAT))  # type: ignore[arg-type]  # as above
    flyttet = ret_trin(**egen, indhold=indhold(frist=fabrik.om(60)))  # type: ignore[arg-type]  # as above
    assert flyttet.udfoerelser.count() == 1


def test_only_those_who_miss_it_can_have_done_it_and_not_tomorrow() -> None:
    aftale = fabrik.aftale()
    skrevet = trin(aftale)
    udfoert(skrevet, "Herlev")
    herlev, odense = (fabrik.kommune(n).organisation.id for n in ("Herlev", "Odense"))
    for organisationer in ([], [herlev], [odense]):
        with pytest.raises(UgyldigtInput) as fejl:
            udfoer(
                aktoer=fabrik.sekretariat(),
                aftale_id=aftale.id,
                trin_id=skrevet.id,
                organisationer=organisationer,
                dato=fabrik.om(1),
            )
        assert set(fejl.value.felter) == {"organisationer", "dato"}


def test_wheel_begins_from_the_previous_agreements_to_be_looked_through() -> None:
    gammel = fabrik.aftale(fra=date(2025, 1, 1), til=date(2027, 1, 1), slug="gammel")
    skrevet = opret_trin(aktoer=fabrik.sekretariat(), aftale_id=gammel.id, indhold=indhold(frist=date(2024, 2, 29)))
    udfoert(skrevet, "Herlev")
    ny = fabrik.aftale()
    with pytest.raises(Konflikt, match="intet årshjul"):
        hent_fra_forrige(aktoer=fabrik.sekretariat(), aftale_id=ny.id)
    Rammeaftale.objects.filter(pk=ny.pk).update(forrige=gammel)
    (hentet,) = hent_fra_forrige(aktoer=fabrik.sekretariat(), aftale_id=ny.id)
    assert (hentet.frist, hentet.gennemgaas, hentet.udfoerelser.count()) == (date(2026, 2, 28), True, 0)
    ret_trin(aktoer=fabrik.sekretariat(), aftale_id=ny.id, trin_id=hentet.id, indhold=indhold())
    hentet.refresh_from_db()
    assert not hentet.gennemgaas
    with pytest.raises(Konflikt, match="allerede"):
        hent_fra_forrige(aktoer=fabrik.sekretariat(), aftale_id=ny.id)


@dataclass(frozen=True)
class Sag:
    """Who does something with which step of which agreement."""

    af: Aktoer
    aftale: UUID
    trin: UUID
    gjort: UUID


HANDLINGER: list[Callable[[Sag], object]] = [
    lambda s: opret_trin(aktoer=s.af, aftale_id=s.aftale, indhold=indhold("Nyt")),
    lambda s: ret_trin(aktoer=s.af, aftale_id=s.aftale, trin_id=s.trin, indhold=indhold()),
    lambda s: slet_trin(aktoer=s.af, aftale_id=s.aftale, trin_id=s.trin),
    lambda s: udfoer(aktoer=s.af, aftale_id=s.aftale, trin_id=s.trin, organisationer=[], dato=idag()),
    lambda s: fortryd(aktoer=s.af, aftale_id=s.aftale, udfoerelse_id=s.gjort),
    lambda s: hent_fra_forrige(aktoer=s.af, aftale_id=s.aftale),
]


@pytest.mark.parametrize("handling", HANDLINGER)
def test_wheel_is_the_own_secretariats_to_write(handling: Callable[[Sag], object]) -> None:
    aftale = fabrik.aftale(tilstand=Aftaletilstand.VEDTAGET)
    skrevet = trin(aftale)
    (gjort,) = udfoert(skrevet, "Herlev")
    with pytest.raises(IngenAdgang):
        handling(Sag(fabrik.administrator(), aftale.id, skrevet.id, gjort.id))
    with pytest.raises(IkkeFundet):
        handling(Sag(fabrik.sekretariat("KKR Syddanmark"), aftale.id, skrevet.id, gjort.id))


@pytest.mark.parametrize("handling", HANDLINGER[1:5])
def test_step_of_another_agreement_is_not_found_in_this(handling: Callable[[Sag], object]) -> None:
    skrevet = trin(fabrik.aftale())
    (gjort,) = udfoert(skrevet, "Herlev")
    anden = fabrik.aftale(slug="anden")
    with pytest.raises(IkkeFundet):
        handling(Sag(fabrik.sekretariat(), anden.id, skrevet.id, gjort.id))
