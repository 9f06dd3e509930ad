"""All that the register has in the KKR are parties before an agreement is sent."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from faelles.fejl import UgyldigtInput
from faelles.tid import Periode
from kommuner.models import RegionMedlemskab
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.partsregler import uden_part
from rammeaftale.vejen import vejen
from tests import fabrik
from tests.rammeaftale.aftaler import anbefal, kladde, send
from tests.rammeaftale.test_parter import FRA, MIDT, TIL, afslut, dage, fjern, forlader_kkr, ny
from tests.rammeaftale.test_sider import sekretariat
from tests.rammeaftale.test_trin_sider import dag

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("er", "uden"),
    [
        ([], True),
        ([Periode(FRA, TIL)], False),
        ([Periode(FRA, MIDT)], True),
        ([Periode(MIDT, TIL)], True),
        ([Periode(MIDT, TIL), Periode(FRA, MIDT)], False),
        ([Periode(FRA, MIDT), Periode(MIDT + timedelta(days=1), TIL)], True),
        ([Periode(FRA, None)], False),
    ],
)
def test_organisation_is_without_a_part_on_a_day_when_none_of_its_periods_has_it(er: list[Periode], uden: bool) -> None:
    assert uden_part(Periode(FRA, TIL), er) is uden


def test_agreement_is_sent_without_one_that_the_register_has_in_its_kkr_only_when_it_is_confirmed() -> None:
    aftale = kladde("Rødovre", "Herlev", "Gladsaxe")
    fjern(aftale, "Herlev Kommune")
    afslut(aftale, "Gladsaxe Kommune", date(2027, 12, 31))
    fabrik.kommune("Odense", i="KKR Syddanmark")
    anbefal(aftale)
    adresse, client = reverse("rammeaftale:send", args=[aftale.slug]), sekretariat()
    felter = {**dag("dato"), **dag("frist", fabrik.om(90))}
    html = client.post(adresse, felter).content.decode()
    assert html.count("men ikke part: Gladsaxe Kommune, Herlev Kommune.") >= 2, "at the field and in its words"
    ny(aftale, "Herlev")
    forlader_kkr("Gladsaxe", MIDT)
    fabrik.kommune("Ishøj")  # the KKR gets one more
    with pytest.raises(UgyldigtInput) as fejl:
        send(aftale, uden_parter=False)
    assert fejl.value.felter == {"uden_parter": ["I KKR'et, men ikke part: Ishøj Kommune. Tilføj dem, eller bekræft."]}
    assert client.post(adresse, {**felter, "uden_parter": "on"}).status_code == 302
    aftale.refresh_from_db()
    assert aftale.tilstand == Aftaletilstand.SENDT
    assert vejen(aftale)[-1].naermere == "Sendt uden Ishøj Kommune: i KKR'et, men ikke part."


def test_all_that_the_register_has_are_parties_so_there_is_nothing_to_confirm() -> None:
    aftale = kladde("Rødovre", "Herlev")
    anbefal(aftale)
    assert "uden_parter" not in sekretariat().get(reverse("rammeaftale:send", args=[aftale.slug])).content.decode()
    send(aftale)
    assert vejen(aftale)[-1].naermere == "", "confirmed or not"


def test_region_its_municipalities_lie_in_only_after_they_left_the_kkr_is_no_party() -> None:
    fabrik.kommune("Rødovre"), fabrik.kommune("Herlev")
    fabrik.flyt_til_kkr("KKR Sjælland", "Herlev", fra=MIDT)
    i_region = RegionMedlemskab.objects.get(kommune__kortnavn="Herlev")
    i_region.periode = Periode(Periode.af_range(i_region.periode).fra, MIDT).som_range
    i_region.save()
    RegionMedlemskab.objects.create(
        region=fabrik.region("Region Sjælland"), kommune=i_region.kommune, periode=Periode(MIDT).som_range
    )
    assert dage(kladde("Rødovre")) == {
        "Herlev Kommune": (FRA, MIDT), "Region Hovedstaden": (FRA, TIL), "Rødovre Kommune": (FRA, TIL),
    }  # fmt: skip
