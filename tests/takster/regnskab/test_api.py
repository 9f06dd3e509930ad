"""Accounts over REST."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faelles.tid import Periode
from tests import fabrik
from tests.api import klienter
from tests.takster.regnskab.situationer import AAR, afsluttet, kladde, solgt
from vilkaar.models import Saetstatus, Vilkaarssaet
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db


def test_regnskaber__operator_gets_its_own_and_a_draft_has_no_figures() -> None:
    et, aabent = afsluttet(), kladde()
    afsluttet(
        solgt(fabrik.tilbud(i="Herlev"), doegn=1),
        af=fabrik.aktoer(fabrik.Rolle.DRIFTSHERRE_OEKONOMI, fabrik.kommune("Herlev").organisation),
    )
    fundne = {raekke["id"]: raekke for raekke in klienter.driftsherre().get("/api/v1/regnskaber").json()["resultater"]}
    assert set(fundne) == {str(et.pk), str(aabent.pk)}
    lukket, kladden = fundne[str(et.pk)], fundne[str(aabent.pk)]
    assert (lukket["belagteDoegn"], lukket["provenu"]["beloeb"], lukket["resultat"]["beloeb"]) == (
        8497, "21072560.00", "1322560.00",
    )  # fmt: skip
    assert (lukket["efterregulering"]["beloeb"], lukket["indgaarIAar"], lukket["foreloebig"]) == (
        "-302560.00",
        2026,
        False,
    )
    assert {kladden[navn] for navn in ("afsluttet", "provenu", "resultat", "efterregulering", "vilkaarssaet")} == {None}


def test_regnskaber__filter_by_offer_and_year() -> None:
    et = afsluttet()
    afsluttet()
    klient = klienter.driftsherre()
    (fundet,) = klient.get(f"/api/v1/regnskaber?tilbud={et.tilbud_id}&aar={AAR}").json()["resultater"]
    assert fundet["id"] == str(et.pk)
    assert klient.get(f"/api/v1/regnskaber?aar={AAR - 1}").json()["resultater"] == []
    assert klient.get("/api/v1/regnskaber?aar=i-fjor").status_code == 400


def test_regnskab__has_doegn_and_steps_and_is_nobody_elses() -> None:
    et = afsluttet()
    svar = klienter.driftsherre().get(f"/api/v1/regnskaber/{et.pk}").json()
    (salg,) = svar["opgoerelse"]["salg"]
    assert (salg["doegn"], salg["takst"], salg["provenu"]) == (8497, "2480.00", "21072560.00")
    assert [trin["formel"] for trin in svar["opgoerelse"]["efterregulering"]["trin"]] == ["F4", "F5", "F5", "F5"]
    for fremmed in (klienter.driftsherre("Herlev"), klienter.myndighed("Gladsaxe")):
        nej = fremmed.get(f"/api/v1/regnskaber/{et.pk}")
        assert (nej.status_code, nej.json()["code"]) == (404, "regnskab_ikke_fundet")


def test_regnskab__names_the_set_of_the_year_its_takst_is_of_beside_its_own() -> None:
    et = afsluttet()
    egne = Vilkaarssaet.objects.get(kkr=fabrik.kkr())
    egne.periode = Periode(Periode.af_range(egne.periode).fra, date(AAR + 2, 1, 1)).som_range
    egne.save()
    takstens = fabrik.vilkaar(
        fabrik.kkr(), fra=date(AAR + 2, 1, 1), til=date(AAR + 4, 1, 1), status=Saetstatus.FORELOEBIG
    )
    klient = klienter.driftsherre()
    svar = klient.get(f"/api/v1/regnskaber/{et.pk}").json()
    assert svar["takstensVilkaar"] == {"saet": takstens.nummer, "aftale": takstens.aftale, "foreloebig": True}
    fundne = {(led["felt"], led["noegle"], led["saet"]) for led in svar["efterVilkaar"]}
    assert ("takstensVilkaar", Noegle.AFRUNDING.value, takstens.nummer) in fundne
    assert ("efterregulering", Noegle.EFTERREGULERING_METODE.value, egne.nummer) in fundne
    assert not [led for led in fundne if led[0] == "takstensVilkaar" and led[1].startswith("efterregulering")]
    assert klient.get("/api/v1/regnskaber").json()["resultater"][0]["efterVilkaar"] == svar["efterVilkaar"]


def test_regnskab__has_the_set_of_a_takst_only_once_it_is_closed() -> None:
    et, aabent = afsluttet(), kladde()
    fundne = {raekke["id"]: raekke for raekke in klienter.driftsherre().get("/api/v1/regnskaber").json()["resultater"]}
    assert fundne[str(aabent.pk)]["takstensVilkaar"] is None
    assert fundne[str(et.pk)]["takstensVilkaar"]["saet"] == fundne[str(et.pk)]["vilkaarssaet"]


def test_regnskaber__the_takster_terms_are_read_at_once_however_many_accounts() -> None:
    klient = klienter.driftsherre()

    def laest() -> int:
        with CaptureQueriesContext(connection) as fundne:
            klient.get("/api/v1/regnskaber")
        return len(fundne)

    afsluttet()
    en = laest()
    afsluttet()
    afsluttet()
    assert laest() == en
