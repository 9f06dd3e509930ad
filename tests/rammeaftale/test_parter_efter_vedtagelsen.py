"""The parties of an adopted agreement: who stays, accedes and leaves, and who an allonge binds."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from faelles.fejl import Konflikt, UgyldigtInput
from faelles.models import Haendelse
from faelles.tid import Periode, idag
from rammeaftale.actions import (
    opret_allonge,
    registrer_godkendelse,
)
from rammeaftale.livscyklus import PART_TILTRAADTE, Aftaletilstand, Partsstatus
from rammeaftale.models import Part, Rammeaftale
from rammeaftale.partsregler import tidligst
from rammeaftale.queries import partsstande, seneste_version
from rammeaftale.tavle import publiceringer, vis_alle
from rammeaftale.vejen import vejen
from tests import fabrik
from tests.api import klienter
from tests.rammeaftale.aftaler import anbefal, godkend, kladde, send
from tests.rammeaftale.moeder.situationer import REFERAT
from tests.rammeaftale.rapporter.situationer import beslut
from tests.rammeaftale.test_parter import FRA, MIDT, TIL, afslut, dage, fjern, ny, part, region, vedtaget
from tests.rammeaftale.test_sider import sekretariat
from tests.rammeaftale.test_trin import efterproev

pytestmark = pytest.mark.django_db


def test_those_who_adopted_stay_and_others_come_and_go_later() -> None:
    aftale = vedtaget("Rødovre", "Herlev")
    foerste = tidligst(aftale.aftaleperiode, aftale.vedtaget)
    assert foerste == FRA + timedelta(days=1), "adopted before it began, so its first day's parties decided"
    with pytest.raises(UgyldigtInput) as fejl:
        ny(aftale, fra=FRA)
    assert "2. januar" not in fejl.value.felter["fra"][0]
    assert "02.01.2027" in fejl.value.felter["fra"][0]
    ny(aftale, fra=MIDT)
    oest = region()
    afslut(aftale, "Region Hovedstaden", FRA, oest)
    efterproev()
    version = seneste_version(aftale)
    assert version is not None
    assert {str(stand.part) for stand in partsstande(version)} == {
        "Herlev Kommune",
        "Region Hovedstaden",
        "Rødovre Kommune",
    }
    for skriv in (
        lambda: Part.objects.filter(organisation__navn="Herlev Kommune").fjern(),
        lambda: Part.objects.filter(organisation__navn="Herlev Kommune").update(periode=Periode(MIDT, TIL).som_range),
    ):
        with pytest.raises(IntegrityError, match="part_staar_fast"), transaction.atomic():
            skriv()


def test_party_that_came_after_the_adoption_accedes() -> None:
    aftale = vedtaget("Rødovre")
    ny(aftale, fra=MIDT)
    beslut(aftale, part(aftale, "Ishøj Kommune"), dato=idag())
    with pytest.raises(Konflikt, match="når den er sendt"):
        beslut(aftale, part(aftale, "Rødovre Kommune"), dato=idag())
    assert aftale.trin.filter(til="vedtaget").count() == 1
    parter = {
        p["organisation"]: p
        for p in klienter.myndighed().get(f"/api/v1/rammeaftaler/{aftale.pk}/parter").json()["resultater"]
    }
    ishoej = parter["Ishøj Kommune"]
    assert (ishoej["fra"], ishoej["status"], ishoej["beslutter"]) == ("2028-01-01", "godkendt", False)
    assert parter["Rødovre Kommune"]["beslutter"] is True


def test_accession_is_announced_once_and_is_a_step_of_the_agreement() -> None:
    aftale = vedtaget("Rødovre")
    ny(aftale, fra=MIDT)
    tiltraadt = Haendelse.objects.filter(type="rammeaftale.tiltraadt", entitet_id=str(aftale.pk))

    def skridt() -> list[tuple[str, bool]]:
        return [(et.navn, et.retter) for et in vejen(aftale) if et.art == PART_TILTRAADTE]

    ishoej = part(aftale, "Ishøj Kommune")
    beslut(aftale, ishoej, Partsstatus.UDVALG, dato=idag())
    assert (tiltraadt.count(), skridt()) == (0, []), "a committee decides nothing"
    beslut(aftale, ishoej, dato=idag())
    assert (tiltraadt.count(), skridt()) == (1, [("Tiltrådt af Ishøj Kommune", False)])
    registrer_godkendelse(
        aktoer=fabrik.sekretariat(), aftale_id=aftale.pk, part_id=ishoej.pk, status=Partsstatus.GODKENDT, dato=idag(),
        organ="Byrådet", referat_url=REFERAT, retter=True,
    )  # fmt: skip
    assert (tiltraadt.count(), skridt()) == (1, [("Tiltrådt af Ishøj Kommune", True)])
    html = sekretariat().get(reverse("rammeaftale:detalje", args=[aftale.slug])).content.decode()
    assert "Tiltrådt af Ishøj Kommune" in html


def test_party_that_left_before_the_adoption_does_not_accede() -> None:
    aftale = kladde("Rødovre", "Herlev", fra=fabrik.om(-30), til=fabrik.om(700))
    afslut(aftale, "Herlev Kommune", fabrik.om(-10))
    anbefal(aftale)
    send(aftale)
    godkend(aftale)
    assert aftale.tilstand == Aftaletilstand.VEDTAGET
    with pytest.raises(Konflikt, match="når den er sendt"):
        beslut(aftale, part(aftale, "Herlev Kommune"), dato=idag())


def test_municipality_that_has_acceded_is_to_publish_too_and_a_wrong_day_has_a_link() -> None:
    aftale = vedtaget("Rødovre")
    ny(aftale, fra=MIDT)
    aftale.offentliggjort = aftale.sendt_til_styrelsen = idag()
    aftale.save()
    for dag_, navne in ((FRA, ["Rødovre Kommune"]), (MIDT, ["Ishøj Kommune", "Rødovre Kommune"])):
        assert [str(en.part) for en in publiceringer(vis_alle([aftale], dag_)[0], dag_)] == navne
    html = sekretariat().get(reverse("rammeaftale:detalje", args=[aftale.slug])).content.decode()
    for faktum in ("offentliggjort", "sendt_til_styrelsen"):
        assert reverse("rammeaftale:faktum", args=[aftale.slug, faktum]) in html


def test_allonge_gets_the_same_parties_as_far_as_it_goes() -> None:
    aftale = vedtaget("Rødovre", "Herlev")
    allonge = opret_allonge(aktoer=fabrik.sekretariat(), aftale_id=aftale.pk, titel="Allonge 1", fra=date(2028, 7, 1))
    ny(aftale, fra=MIDT)
    afslut(aftale, "Herlev Kommune", date(2027, 12, 31))
    afslut(aftale, "Region Hovedstaden", date(2028, 9, 30), region())
    begynder = date(2028, 7, 1)
    assert dage(allonge) == {
        "Ishøj Kommune": (begynder, TIL),
        "Rødovre Kommune": (begynder, TIL),
        "Region Hovedstaden": (begynder, date(2028, 10, 1)),
        "Region Østdanmark (demo)": (date(2028, 10, 1), TIL),
    }


def test_party_does_not_end_while_an_allonge_it_has_a_veto_on_is_out_for_approval() -> None:
    aftale = vedtaget("Rødovre", "Herlev")
    allonge = opret_allonge(aktoer=fabrik.sekretariat(), aftale_id=aftale.pk, titel="Allonge 1", fra=date(2028, 7, 1))
    anbefal(allonge)
    Rammeaftale.objects.filter(pk=allonge.pk).update(tilstand="sendt")
    allonge.versioner.update(sendt=idag())
    with pytest.raises(Konflikt, match="Allonge 1"):
        afslut(aftale, "Herlev Kommune", date(2027, 12, 31))
    assert dage(aftale)["Herlev Kommune"] == (FRA, TIL)
    ny(aftale, fra=MIDT)
    assert "Ishøj Kommune" in dage(allonge), "one more can always be asked"


def test_parties_of_an_allonge_are_changed_with_its_agreement_only() -> None:
    aftale = vedtaget("Rødovre", "Herlev")
    allonge = opret_allonge(aktoer=fabrik.sekretariat(), aftale_id=aftale.pk, titel="Allonge 1", fra=MIDT)
    foer = dage(allonge)
    for gerning in (
        lambda: fjern(allonge, "Herlev Kommune"),
        lambda: afslut(allonge, "Herlev Kommune", date(2028, 3, 31)),
        lambda: ny(allonge, fra=MIDT),
    ):
        with pytest.raises(Konflikt, match="En allonges parter er rammeaftalens"):
            gerning()
    assert dage(allonge) == foer
    html = sekretariat().get(reverse("rammeaftale:parter", args=[allonge.slug])).content.decode()
    assert "Fjern" not in html
    assert "Ny part" not in html
    assert reverse("rammeaftale:parter", args=[aftale.slug]) in html
    adresse = f"/api/v1/rammeaftaler/{allonge.pk}/parter/{part(allonge, 'Herlev Kommune').pk}/fjernelser"
    svar = klienter.sekretariat().post(adresse, {"begrundelse": "Imod"}, content_type="application/json")
    assert svar.status_code == 409


def test_allonge_is_adopted_by_every_party_of_its_agreement_whatever_path_is_used() -> None:
    aftale = vedtaget("Rødovre", "Herlev")
    allonge = opret_allonge(aktoer=fabrik.sekretariat(), aftale_id=aftale.pk, titel="Allonge 1", fra=MIDT)
    Part.objects.filter(pk=part(allonge, "Herlev Kommune").pk).fjern()
    allonge.versioner.update(sendt=idag())
    Rammeaftale.objects.filter(pk=allonge.pk).update(tilstand="sendt")
    with transaction.atomic():
        godkend(allonge)
        assert allonge.tilstand == Aftaletilstand.VEDTAGET
        with pytest.raises(IntegrityError, match="En allonge vedtages af alle"):
            efterproev()
        transaction.set_rollback(True)
    ny(aftale, fra=date(2028, 7, 1))  # is none on the deciding day
    herlev = fabrik.kommune("Herlev").organisation
    Part.objects.create(aftale=allonge, organisation=herlev, periode=allonge.periode)
    allonge.refresh_from_db()
    godkend(allonge)
    assert allonge.tilstand == Aftaletilstand.VEDTAGET
    efterproev()
    ny(aftale, "Gladsaxe", fra=MIDT)  # after the adoption: accedes
    efterproev()
    assert dage(allonge)["Gladsaxe Kommune"][0] == MIDT + timedelta(days=1)


def test_party_the_agreement_gets_must_approve_the_allonge_that_is_out() -> None:
    aftale = vedtaget("Rødovre", "Herlev")
    allonge = opret_allonge(aktoer=fabrik.sekretariat(), aftale_id=aftale.pk, titel="Allonge 1", fra=MIDT)
    allonge.versioner.update(sendt=idag())
    Rammeaftale.objects.filter(pk=allonge.pk).update(tilstand="sendt")
    ny(aftale, fra=date(2027, 7, 1))
    allonge.refresh_from_db()
    godkend(allonge, "Ishøj Kommune")
    assert allonge.tilstand == Aftaletilstand.SENDT
    godkend(allonge)
    assert allonge.tilstand == Aftaletilstand.VEDTAGET
    efterproev()
