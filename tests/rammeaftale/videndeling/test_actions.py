"""Knowledge is registered by the offer's operator or the secretariat, and by nobody else; and what is owed follows of the levels."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from faelles.fejl import IkkeFundet, UgyldigtInput
from faelles.tid import Periode, idag
from kommuner.models import Rolle
from rammeaftale.models import Rammeaftale, Videndeling, Videnmodtager
from rammeaftale.videndeling.actions import Videnindhold, fortryd, registrer
from rammeaftale.videndeling.queries import pligt, pligter
from rammeaftale.videndeling.regler import Videnform
from tests import fabrik
from tests.rammeaftale.test_sider import sekretariat
from tests.rammeaftale.videndeling.situationer import delt, meget_specialiseret, tilbud_paa
from tilbud.models import Niveau, Tilbud

pytestmark = pytest.mark.django_db


@pytest.fixture
def aftale() -> Rammeaftale:
    return fabrik.aftale(fra=fabrik.om(-400))


def test_operator_registers_what_its_offer_passed_on_and_takes_it_back(aftale: Rammeaftale) -> None:
    tilbud = meget_specialiseret()
    deling = delt(aftale, tilbud, "Herlev", af=fabrik.tilbudsleder("Gladsaxe"))
    (visning,) = pligter(aftale, Niveau.MEGET_SPECIALISERET, idag())
    assert (visning.faaet, visning.mangler) == (["Herlev Kommune"], ["Rødovre Kommune"])
    assert (visning.tekst, visning.opgoerelse.sidst) == ("1 af 2 har fået viden", idag())
    fortryd(aktoer=fabrik.sekretariat(), aftale_id=aftale.pk, videndeling_id=deling.pk)
    (visning,) = pligter(aftale, Niveau.MEGET_SPECIALISERET, idag())
    assert (visning.faaet, Videnmodtager.objects.exists()) == ([], False)


@pytest.mark.parametrize(
    "hvem",
    [
        lambda: fabrik.tilbudsleder("Herlev"),
        lambda: fabrik.sagsbehandler("Gladsaxe"),
        lambda: fabrik.sekretariat("KKR Syddanmark"),
    ],
)
def test_nobody_else_registers_or_takes_back(aftale: Rammeaftale, hvem: Callable[[], Any]) -> None:
    tilbud = meget_specialiseret()
    deling = delt(aftale, tilbud, "Herlev")
    with pytest.raises(IkkeFundet):
        delt(aftale, tilbud, "Rødovre", af=hvem())
    with pytest.raises(IkkeFundet):
        fortryd(aktoer=hvem(), aftale_id=aftale.pk, videndeling_id=deling.pk)
    assert Videndeling.objects.get() == deling


def test_leader_of_other_offers_does_not_register_for_this_one(aftale: Rammeaftale) -> None:
    tilbud, andet = meget_specialiseret(), meget_specialiseret()
    with pytest.raises(IkkeFundet):
        delt(aftale, tilbud, "Herlev", af=fabrik.tilbudsleder_for(andet))
    assert delt(aftale, andet, "Herlev", af=fabrik.tilbudsleder_for(andet)).tilbud == andet


def test_all_faults_are_told_at_once(aftale: Rammeaftale) -> None:
    tilbud = meget_specialiseret()

    def forsoeg(**felter: Any) -> set[str]:
        fast = {"emne": "Kursus", "form": Videnform.KURSUS, "dato": idag(), "modtagere": [uuid4()], "url": ""}
        with pytest.raises(UgyldigtInput) as fejl:
            registrer(
                aktoer=fabrik.sekretariat(),
                aftale_id=aftale.pk,
                tilbud_id=tilbud.pk,
                indhold=Videnindhold(**{**fast, **felter}),
            )
        return set(fejl.value.felter)

    assert forsoeg(emne=" ", dato=fabrik.om(1), url="link") == {"emne", "dato", "url", "modtagere"}
    assert forsoeg(emne="Om 010190-1234", dato=fabrik.om(-500)) == {"emne", "dato", "modtagere"}
    assert forsoeg(modtagere=[tilbud.driftsherre_id]) == {"modtagere"}
    assert not Videndeling.objects.exists()


def test_recipients_are_the_parties_of_the_day_it_was_passed_on(aftale: Rammeaftale) -> None:
    tilbud = meget_specialiseret()
    ishoej = fabrik.kommune("Ishøj").organisation
    aftale.parter.create(organisation=ishoej, periode=Periode(fabrik.om(-400), fabrik.om(-30)).som_range)
    with pytest.raises(UgyldigtInput) as fejl:
        delt(aftale, tilbud, "Ishøj")
    assert set(fejl.value.felter) == {"modtagere"}
    assert delt(aftale, tilbud, "Ishøj", dato=fabrik.om(-31)).modtagere.get().organisation == ishoej
    formular = reverse("rammeaftale:ny_videndeling", args=[aftale.slug, tilbud.pk])
    assert "Ishøj Kommune" in sekretariat().get(formular).content.decode(), "who was a party is there to choose"


def test_cluster_owes_its_own_and_only_for_its_target_groups(aftale: Rammeaftale) -> None:
    delte = tilbud_paa(Niveau.SPECIALISERET, i="Gladsaxe")
    uden_for = tilbud_paa(Niveau.SPECIALISERET, i="Rødovre")
    fabrik.klynge("Autisme", medlemmer=("Gladsaxe", "Herlev"), maalgrupper=("Autismespektrum",))
    fabrik.klynge("Hjerneskade", medlemmer=("Gladsaxe", "Rødovre"), maalgrupper=("Hjerneskade",))
    (visning,) = pligter(aftale, Niveau.SPECIALISERET, idag())
    assert (visning.tilbud, visning.mangler) == (delte, ["Herlev Kommune"])
    assert pligt(aftale, uden_for.pk, idag()) is None


def test_offer_elsewhere_closed_or_on_level_three_owes_nothing(aftale: Rammeaftale) -> None:
    for tilbud in (tilbud_paa(Niveau.ALMEN), fabrik.tilbud(), _lukket()):
        assert pligt(aftale, tilbud.pk, idag()) is None
    fabrik.kommune("Odense", i="KKR Syddanmark")
    assert pligt(aftale, tilbud_paa(Niveau.MEGET_SPECIALISERET, i="Odense").pk, idag()) is None
    assert not pligter(aftale, Niveau.MEGET_SPECIALISERET, idag())


def test_agreement_that_has_run_out_owes_what_it_did_on_its_last_day() -> None:
    """Levels, members, clusters and KKRs of today decide nothing about it, and what was done can still be registered."""
    aftale = fabrik.aftale(fra=fabrik.om(-400), til=fabrik.om(-30))
    naboen = fabrik.kommune("Roskilde")
    foer, siden = fabrik.tilbud("Før", i="Gladsaxe"), fabrik.tilbud("Siden", i="Gladsaxe")
    fabrik.niveau(foer, Niveau.MEGET_SPECIALISERET, til=fabrik.om(-10))
    fabrik.niveau(siden, Niveau.MEGET_SPECIALISERET, fra=fabrik.om(-29))
    foer.lukket_fra = fabrik.om(-5)
    foer.save()
    fabrik.klynge(medlemmer=("Gladsaxe", "Herlev"))
    delte = tilbud_paa(Niveau.SPECIALISERET, i="Herlev")
    fabrik.flyt_til_kkr("KKR Østdanmark", "Rødovre", "Gladsaxe", "Herlev", "Roskilde", fra=fabrik.om(-20))
    (visning,) = pligter(aftale, Niveau.MEGET_SPECIALISERET, idag())
    assert (visning.tilbud, visning.mangler) == (foer, ["Herlev Kommune", "Rødovre Kommune"])
    assert naboen.organisation_id not in visning.navne
    (klyngens,) = pligter(aftale, Niveau.SPECIALISERET, idag())
    assert (klyngens.tilbud, klyngens.mangler) == (delte, ["Gladsaxe Kommune"])
    assert pligt(aftale, siden.pk, idag()) is None
    deling = delt(aftale, foer, "Herlev", dato=fabrik.om(-31))
    assert (fundet := pligt(aftale, foer.pk, idag()))
    assert fundet.faaet == ["Herlev Kommune"]
    fortryd(aktoer=fabrik.sekretariat(), aftale_id=aftale.pk, videndeling_id=deling.pk)
    assert not Videndeling.objects.exists()


def test_agreement_to_come_owes_what_it_will_on_its_first_day() -> None:
    aftale = fabrik.aftale(fra=fabrik.om(30), til=fabrik.om(400))
    foerst_da, kun_nu = fabrik.tilbud("Da", i="Gladsaxe"), fabrik.tilbud("Nu", i="Gladsaxe")
    fabrik.niveau(foerst_da, Niveau.MEGET_SPECIALISERET, fra=fabrik.om(30))
    fabrik.niveau(kun_nu, Niveau.MEGET_SPECIALISERET, til=fabrik.om(30))
    assert [v.tilbud for v in pligter(aftale, Niveau.MEGET_SPECIALISERET, idag())] == [foerst_da]


def _lukket() -> Tilbud:
    tilbud = meget_specialiseret()
    tilbud.lukket_fra = fabrik.om(-1)
    tilbud.save()
    return tilbud


def test_what_was_done_before_the_agreement_is_not_counted_in_it(aftale: Rammeaftale) -> None:
    tilbud = meget_specialiseret()
    deling = delt(aftale, tilbud, "Herlev")
    Videndeling.objects.filter(pk=deling.pk).update(dato=fabrik.om(-401))
    (visning,) = pligter(aftale, Niveau.MEGET_SPECIALISERET, idag())
    assert (visning.opgoerelse.gange, visning.faaet) == (0, [])


def test_official_without_the_right_to_the_offers_registers_nothing(aftale: Rammeaftale) -> None:
    tilbud = meget_specialiseret()
    with pytest.raises(IkkeFundet):
        delt(aftale, tilbud, "Herlev", af=fabrik.aktoer(Rolle.DRIFTSHERRE_OEKONOMI, tilbud.driftsherre))


@pytest.mark.parametrize(
    ("regel", "felter"), [("videndeling_form_kendt", {"form": "brev"}), ("videndeling_har_emne", {"emne": ""})]
)
def test_database_keeps_what_it_must_say(aftale: Rammeaftale, regel: str, felter: dict[str, str]) -> None:
    tilbud = meget_specialiseret()
    alle = {"emne": "Kursus", "form": "kursus", "dato": idag(), "registreret_af": tilbud.driftsherre, **felter}
    with pytest.raises(IntegrityError, match=regel), transaction.atomic():
        Videndeling.objects.create(tilbud=tilbud, identitet="test", **alle)
    deling = delt(aftale, tilbud, "Herlev")
    with pytest.raises(IntegrityError, match="videnmodtager_en_gang_pr_deling"), transaction.atomic():
        Videnmodtager.objects.create(videndeling=deling, organisation=deling.modtagere.get().organisation)
