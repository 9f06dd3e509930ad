"""A draft's title and days are corrected, and two agreements for the same days are met before the parties are asked."""

from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.tid import Periode
from rammeaftale.actions import afslut_part, fjern_part, opret_aftale, opret_allonge, ret_aftale, tilfoej_part
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import Rammeaftale
from tests import fabrik
from tests.rammeaftale.aftaler import anbefal, godkend, kladde, send, sendt, tag
from tests.rammeaftale.test_sider import sekretariat
from tests.rammeaftale.test_trin import ny
from tests.samtidig import aabnet

pytestmark = pytest.mark.django_db
FRA, TIL = date(2027, 1, 1), date(2029, 1, 1)


def ret(aftale: Rammeaftale, **andet: Any) -> Rammeaftale:
    kald: dict[str, Any] = {"titel": aftale.titel, "fra": FRA, "til": TIL, "aktoer": fabrik.sekretariat(), **andet}
    return ret_aftale(aftale_id=aftale.id, **kald)


def parter(aftale: Rammeaftale) -> dict[str, tuple[date, date]]:
    return {str(part): (part.periode.lower, part.periode.upper) for part in aftale.parter.all()}


def test_draft_gets_another_title_and_other_days_and_the_parties_the_register_has_on_them() -> None:
    aftale = kladde("Rødovre")
    raekker = set(aftale.parter.values_list("pk", flat=True))
    region = fabrik.region()
    region.periode = Periode(date(2007, 1, 1), date(2027, 7, 1)).som_range
    region.save()
    nye = (date(2026, 7, 1), date(2028, 1, 1))
    ret(aftale, titel=" Rammeaftale 2026–2027 ", fra=nye[0], til=nye[1])
    aftale.refresh_from_db()
    assert (aftale.titel, aftale.aftaleperiode, aftale.slug) == (
        "Rammeaftale 2026–2027",
        Periode(*nye),
        "rammeaftale-2027",
    )
    assert parter(aftale)["Rødovre Kommune"] == nye
    assert raekker == set(aftale.parter.values_list("pk", flat=True)), "a party that is one still is the same"


def test_party_that_is_none_in_the_new_period_goes() -> None:
    aftale = kladde("Rødovre")
    medlemskab = fabrik.kommune("Rødovre").kkr_medlemskaber.get()
    medlemskab.periode = Periode(date(2007, 1, 1), date(2028, 1, 1)).som_range
    medlemskab.save()
    fabrik.kommune("Herlev")
    ret(aftale, fra=date(2028, 1, 1), til=date(2030, 1, 1))
    assert set(parter(aftale)) == {"Herlev Kommune", "Region Hovedstaden"}


def test_parties_set_by_hand_stand_and_the_others_move_with_the_period() -> None:
    aftale = kladde("Rødovre", "Herlev", "Gladsaxe")
    fabrik.kommune("Ishøj")
    egne: dict[str, Any] = {"aktoer": fabrik.sekretariat(), "aftale_id": aftale.pk}
    parten = {str(part): part.pk for part in aftale.parter.all()}
    afslut_part(**egne, part_id=parten["Herlev Kommune"], sidste_dag=date(2028, 3, 31), begrundelse="Aftalt")
    fjern_part(**egne, part_id=parten["Gladsaxe Kommune"], begrundelse="Var aldrig part")
    tilfoej_part(**egne, organisation_id=fabrik.kommune("Ishøj").organisation_id, fra=date(2027, 7, 1))
    ret(aftale, fra=date(2026, 7, 1), til=date(2030, 1, 1))
    assert parter(aftale) == {
        "Herlev Kommune": (date(2026, 7, 1), date(2028, 4, 1)),
        "Ishøj Kommune": (date(2027, 7, 1), date(2030, 1, 1)),
        "Region Hovedstaden": (date(2026, 7, 1), date(2030, 1, 1)),
        "Rødovre Kommune": (date(2026, 7, 1), date(2030, 1, 1)),
    }
    assert aftale.parter.get(pk=parten["Herlev Kommune"]).begrundelse == "Aftalt"


def test_period_a_party_set_by_hand_has_no_day_of_is_refused_until_the_party_is_taken_out() -> None:
    aftale = kladde("Rødovre", "Herlev")
    herlev = aftale.parter.get(organisation__navn="Herlev Kommune")
    egne: dict[str, Any] = {"aktoer": fabrik.sekretariat(), "aftale_id": aftale.pk, "part_id": herlev.pk}
    afslut_part(**egne, sidste_dag=date(2027, 3, 31), begrundelse="Aftalt")
    foer = parter(aftale)
    with pytest.raises(UgyldigtInput, match="Herlev Kommune ville ikke være part") as fejl, transaction.atomic():
        ret(aftale, fra=date(2027, 7, 1))
    assert set(fejl.value.felter) == {"fra"}
    assert parter(aftale) == foer
    fjern_part(**egne, begrundelse="Er det ikke i den nye periode")
    ret(aftale, fra=date(2027, 7, 1))
    assert set(parter(aftale)) == {"Region Hovedstaden", "Rødovre Kommune"}


@pytest.mark.parametrize(
    ("felter", "fejl"),
    [({"titel": " "}, {"titel"}), ({"til": FRA}, {"til"}), ({"titel": "CPR 010190-1234"}, {"titel"})],
)
def test_faults_are_told_at_their_fields(felter: dict[str, Any], fejl: set[str]) -> None:
    aftale = kladde("Rødovre")
    with pytest.raises(UgyldigtInput) as ugyldig:
        ret(aftale, **felter)
    assert set(ugyldig.value.felter) == fejl


def test_only_a_draft_is_corrected_and_only_by_its_own_secretariat() -> None:
    aftale = kladde("Rødovre")
    for aktoer, fejl in ((fabrik.sagsbehandler(), IngenAdgang), (fabrik.sekretariat("KKR Syddanmark"), IkkeFundet)):
        with pytest.raises(fejl):
            ret(aftale, aktoer=aktoer)
    tag(aftale, Aftaletilstand.EMBEDSMANDSUDVALG)
    with pytest.raises(Konflikt) as konflikt:
        ret(aftale, titel="Ny")
    assert konflikt.value.kode == "aftale_ikke_kladde"


def test_days_the_parties_have_been_asked_about_stand_and_the_title_does_not() -> None:
    aftale = sendt("Rødovre")
    ny(aftale)
    with pytest.raises(UgyldigtInput) as fejl:
        ret(aftale, til=date(2030, 1, 1))
    assert "ligger fast" in fejl.value.felter["fra"][0]
    assert ret(aftale, titel="Rettet").titel == "Rettet"


def test_allonge_gets_another_first_day_within_its_agreement() -> None:
    aftale = sendt("Rødovre")
    godkend(aftale)
    allonge = opret_allonge(aktoer=fabrik.sekretariat(), aftale_id=aftale.id, titel="Allonge", fra=date(2027, 7, 1))
    ret(allonge, fra=date(2028, 1, 1), til=None)
    allonge.refresh_from_db()
    assert allonge.aftaleperiode == Periode(date(2028, 1, 1), TIL)
    assert set(parter(allonge).values()) == {(date(2028, 1, 1), TIL)}
    with pytest.raises(UgyldigtInput):
        ret(allonge, fra=TIL, til=None)


def test_agreement_for_days_another_has_is_not_begun_nor_moved_there_nor_sent() -> None:
    til_kladde, foerst = ret(kladde("Rødovre"), titel="En anden"), kladde("Rødovre")
    anbefal(til_kladde)
    anbefal(foerst)
    send(foerst)
    with pytest.raises(UgyldigtInput) as fejl:
        send(til_kladde)
    (besked,) = fejl.value.felter["periode"]
    assert besked.startswith(
        "Perioden overlapper Rammeaftale 2027 (01.01.2027 til 31.12.2028), som er sendt til godkendelse."
    )
    godkend(foerst)
    with pytest.raises(UgyldigtInput, match="som er vedtaget"):
        opret_aftale(aktoer=fabrik.sekretariat(), titel="Næste", fra=date(2028, 12, 31), til=date(2031, 1, 1))
    senere = opret_aftale(aktoer=fabrik.sekretariat(), titel="Næste", fra=TIL, til=date(2031, 1, 1))
    with pytest.raises(UgyldigtInput, match="som er vedtaget"):
        ret(senere, fra=date(2028, 6, 1), til=date(2030, 1, 1))
    andet_kkr = opret_aftale(aktoer=fabrik.sekretariat("KKR Syddanmark"), titel="Syd", fra=FRA, til=TIL)
    assert andet_kkr.tilstand == Aftaletilstand.KLADDE, "another KKR's days are its own"


def test_previous_agreement_is_locked_before_the_kkr_as_adoption_does() -> None:
    forrige = kladde("Rødovre")
    anbefal(forrige)
    send(forrige)
    godkend(forrige)
    with CaptureQueriesContext(connection) as fangede:
        opret_aftale(aktoer=fabrik.sekretariat(), titel="Næste", fra=TIL, til=date(2031, 1, 1), forrige_id=forrige.pk)
    laase = [q["sql"] for q in fangede if "FOR NO KEY UPDATE" in q["sql"]]
    assert [sql.split(' FROM "')[1].split('"')[0] for sql in laase] == ["rammeaftale_rammeaftale", "kommuner_kkr"]


def test_page_corrects_the_draft_and_says_what_is_in_the_way() -> None:
    aftale, client = kladde("Rødovre"), sekretariat()
    detalje = reverse("rammeaftale:detalje", args=[aftale.slug])
    adresse = reverse("rammeaftale:ret_aftale", args=[aftale.slug])
    assert f'href="{adresse}"' in client.get(detalje).content.decode()
    felter = {"titel": "Rammeaftale 2028–2029", "fra": "1.1.2028", "sidste_dag": "31.12.2029"}
    svar = client.post(adresse, {**felter, **aabnet(client, adresse)}, follow=True)
    assert svar.redirect_chain == [(detalje, 302)]
    assert "Titel og periode er gemt." in svar.content.decode()
    aftale.refresh_from_db()
    assert aftale.aftaleperiode == Periode(date(2028, 1, 1), date(2030, 1, 1))
    anden = sendt("Rødovre")
    godkend(anden)
    svar = client.post(adresse, {**felter, "fra": "1.12.2028", **aabnet(client, adresse)})
    assert svar.status_code == 422
    assert "som er vedtaget. Et KKR har én rammeaftale ad gangen." in svar.content.decode()
    tag(aftale, Aftaletilstand.EMBEDSMANDSUDVALG)
    assert f'href="{adresse}"' not in client.get(detalje).content.decode()


def test_draft_another_has_corrected_since_is_not_saved_over_unseen() -> None:
    aftale, client = kladde("Rødovre"), sekretariat()
    adresse = reverse("rammeaftale:ret_aftale", args=[aftale.slug])
    dage = {"fra": f"{aftale.aftaleperiode.fra:%d.%m.%Y}", "sidste_dag": f"{aftale.aftaleperiode.sidste_dag:%d.%m.%Y}"}
    mit = {"titel": "Min titel", **dage, **aabnet(client, adresse)}
    ret(aftale, titel="Deres titel")
    svar = client.post(adresse, mit)
    assert (svar.status_code, "En anden har rettet det" in svar.content.decode()) == (422, True)
    aftale.refresh_from_db()
    assert aftale.titel == "Deres titel"
    assert client.post(adresse, {**mit, **aabnet(client, adresse)}).status_code == 302
    aftale.refresh_from_db()
    assert aftale.titel == "Min titel"


def test_allonge_is_corrected_on_its_page_without_a_last_day_of_its_own() -> None:
    hoved = sendt("Rødovre")
    godkend(hoved)
    allonge = opret_allonge(aktoer=fabrik.sekretariat(), aftale_id=hoved.pk, titel="Allonge 1", fra=date(2027, 7, 1))
    client, adresse = sekretariat(), reverse("rammeaftale:ret_aftale", args=[allonge.slug])
    felter = {"titel": "Allonge 1, rettet", "fra": "1.7.2027", **aabnet(client, adresse)}
    assert client.post(adresse, felter).status_code == 302
    allonge.refresh_from_db()
    assert allonge.titel == "Allonge 1, rettet"
