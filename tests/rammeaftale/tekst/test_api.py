"""The terms over REST: the same that the pages show, with what decides and what is missing."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kommuner.models import Kkr, KkrMedlemskab, Rolle
from rammeaftale.actions import opret_allonge, udsend_foreloebigt
from rammeaftale.models import Rammeaftale
from rammeaftale.tekst.actions import kommenter
from tests import fabrik
from tests.api import klienter
from tests.rammeaftale.aftaler import anbefal, godkend, kladde, klausul, saet, send, tom_kladde
from tests.rammeaftale.tekst.test_modstrid import allonge
from tests.rammeaftale.test_aftalens_liv import sammenlaeg
from tests.rammeaftale.test_sider import sekretariat
from tests.rammeaftale.test_trin import ny
from vilkaar.models import Saetstatus
from vilkaar.noegler import NOEGLER, Noegle

pytestmark = pytest.mark.django_db
FRIST = Noegle.INDSIGELSE_FRIST


def vedtaget(*kommuner: str) -> Rammeaftale:
    aftale = kladde(*kommuner)
    anbefal(aftale)
    send(aftale)
    godkend(aftale)
    return aftale


def hent(client: Any, sti: str, **soeg: str) -> Any:
    svar = client.get(f"/api/v1/{sti}", soeg)
    assert svar.status_code == 200, svar.content
    return svar.json()


def efter_noegle(raekker: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {raekke["noegle"]: raekke for raekke in raekker}


def test_terms_of_an_agreement_say_what_they_must_be_where_they_stand_and_which_are_missing() -> None:
    aftale = tom_kladde("Rødovre")
    udgave = saet(aftale, klausul(aftale), {FRIST: "45", Noegle.DELTIDSFAKTORER: "1=60; 4=100"})
    alle = efter_noegle(hent(klienter.myndighed(), f"rammeaftaler/{aftale.pk}/vilkaar", limit="1000")["resultater"])
    assert set(alle) == {noegle.value for noegle in Noegle}
    version = aftale.versioner.get()
    assert alle[FRIST] == {
        "noegle": "indsigelse_frist",
        "navn": "Frist for indsigelse mod et krav",
        "type": "tal",
        "enhed": "dage",
        "mindst": "1",
        "hoejst": "365",
        "valg": [],
        "raekker": None,
        "moenster": None,
        "krav": "Et helt tal fra 1 til 365 dage.",
        "kilde": "Ingen offentlig kilde; aftales lokalt",
        "hoererTil": "Betaling",
        "aendresAf": "parterne",
        "lovensVaerdi": None,
        "versionId": str(version.pk),
        "version": 1,
        "vaerdi": "45",
        "klausul": "Styringsdel 3.1 Takster og frister",
        "klausulId": str(udgave.klausul_id),
    }
    assert (alle[Noegle.DELTIDSFAKTORER]["type"], alle[Noegle.DELTIDSFAKTORER]["raekker"]) == (
        "tabel",
        {"fra": 1, "til": 7},
    )
    afrunding = alle[Noegle.AFRUNDING]
    assert (afrunding["type"], afrunding["valg"]) == ("ord", ["krone", "oere"])
    assert [afrunding[felt] for felt in ("vaerdi", "klausul", "klausulId", "mindst")] == [None] * 4
    assert alle[Noegle.TAKST_FRIST]["type"] == "aarsdag"
    frit_valg = alle[Noegle.FRIT_VALG_GRAENSE_PROCENT]
    assert (frit_valg["aendresAf"], frit_valg["lovensVaerdi"]) == ("loven", "10")
    assert "serviceloven § 108, stk. 2" in frit_valg["kilde"]
    varsel = alle[Noegle.OPSIGELSE_VARSEL_KOMMUNE]
    assert (varsel["type"], varsel["moenster"]) == ("kodetabel", "[0-9]{1,3}[md]")


def test_term_an_allonge_lets_stand_has_the_clause_of_what_it_amends_and_no_clause_of_its_own() -> None:
    aftale = vedtaget("Rødovre")
    allonge = opret_allonge(aktoer=fabrik.sekretariat(), aftale_id=aftale.id, titel="Allonge", fra=date(2027, 7, 1))
    saet(allonge, klausul(allonge, "9"), {FRIST: "60"})
    alle = efter_noegle(hent(klienter.myndighed(), f"rammeaftaler/{allonge.pk}/vilkaar", limit="1000")["resultater"])
    assert (alle[FRIST]["vaerdi"], alle[FRIST]["klausulId"] is None) == ("60", False)
    afrunding = alle[Noegle.AFRUNDING]
    assert [afrunding[felt] for felt in ("vaerdi", "klausul", "klausulId")] == [
        "krone", "Styringsdel 3.1 Takster og frister", None,
    ]  # fmt: skip


def test_terms_of_an_adopted_allonge_are_those_it_was_published_with_whatever_a_later_one_changes() -> None:
    aftale = vedtaget("Rødovre")
    fra = date(2027, 7, 1)
    foerste = allonge(aftale, fra, "8", {FRIST: "60"})
    send(foerste)
    godkend(foerste)
    anden = allonge(aftale, fra, "9", {Noegle.OVERHEAD_PROCENT: "7"})
    send(anden)
    godkend(anden)
    udsendt = {}
    for en in (foerste, anden):
        alle = efter_noegle(hent(klienter.myndighed(), f"rammeaftaler/{en.pk}/vilkaar", limit="1000")["resultater"])
        udsendt[en.titel] = [alle[noegle]["vaerdi"] for noegle in (FRIST, Noegle.OVERHEAD_PROCENT)]
        assert [alle[noegle]["klausulId"] is None for noegle in (FRIST, Noegle.OVERHEAD_PROCENT)] == [
            en == anden,
            en == foerste,
        ]
    assert udsendt == {"Allonge 8": ["60", "6"], "Allonge 9": ["60", "7"]}
    side = sekretariat().get(reverse("rammeaftale:vilkaar", args=[foerste.slug])).content.decode()
    ud = sekretariat().get(reverse("rammeaftale:eksport_vilkaar", args=[foerste.slug, "csv"])).getvalue().decode()
    (overhead,) = (linje for linje in ud.splitlines() if Noegle.OVERHEAD_PROCENT in linje)
    assert ("6 procent" in side, "7 procent" in side, ";6;" in overhead) == (True, False, True)


def test_published_sets_say_their_days_what_is_left_of_them_and_every_value_with_its_clause() -> None:
    aftale = kladde("Rødovre")
    anbefal(aftale)
    sti, system = f"rammeaftaler/{aftale.pk}/vilkaarssaet", klienter.myndighed()
    assert hent(system, sti)["resultater"] == []
    udsend_foreloebigt(aktoer=fabrik.sekretariat(), aftale_id=aftale.id)
    udsend_foreloebigt(aktoer=fabrik.sekretariat(), aftale_id=aftale.id)
    send(aftale)
    godkend(aftale)
    alle = hent(system, sti)["resultater"]
    perioden = {"fra": "2027-01-01", "til": "2029-01-01"}
    assert [(en["nummer"], en["status"], en["udsendtFor"], en["gaelder"]) for en in alle] == [
        (2, "foreloebig", perioden, None),
        (3, "foreloebig", perioden, perioden),
        (4, "endelig", perioden, perioden),
    ]
    sidste, version = alle[-1], aftale.versioner.get()
    assert (sidste["versionId"], sidste["version"], sidste["kkr"], sidste["aftale"], sidste["demo"]) == (
        str(version.pk), 1, "KKR Hovedstaden", "Rammeaftale 2027, version 1", False,
    )  # fmt: skip
    assert efter_noegle(sidste["vilkaar"])[FRIST] == {
        "noegle": "indsigelse_frist",
        "navn": "Frist for indsigelse mod et krav",
        "enhed": "dage",
        "vaerdi": "30",
        "klausul": "Styringsdel 3.1 Takster og frister",
    }
    assert len(sidste["vilkaar"]) == len(NOEGLER)


def test_published_sets_are_read_with_as_many_statements_however_many_there_are() -> None:
    aftale = kladde("Rødovre")
    anbefal(aftale)
    system = klienter.myndighed()

    def laest() -> int:
        udsend_foreloebigt(aktoer=fabrik.sekretariat(), aftale_id=aftale.id)
        with CaptureQueriesContext(connection) as spurgt:
            hent(system, f"rammeaftaler/{aftale.pk}/vilkaarssaet")
        return len(spurgt)

    laest()
    assert len({laest() for _ in range(6)}) == 1


def test_terms_of_an_offer_on_a_day_say_why_and_why_not_the_other_sets() -> None:
    ny = sammenlaeg()
    fabrik.vilkaar(ny, fra=date(2027, 1, 1), til=date(2031, 1, 1), andre={FRIST: "45"})
    tilbud, system = fabrik.tilbud(i="Roskilde"), klienter.myndighed()
    for dag, kkr, frist, hvorfor in (
        ("2026-12-31", "KKR Sjælland", "60", "Kommunen hører ikke til KKR Østdanmark (demo) den dag."),
        ("2027-01-01", "KKR Østdanmark (demo)", "45", "Kommunen hører ikke til KKR Sjælland den dag."),
    ):
        svar = hent(system, f"tilbud/{tilbud.pk}/vilkaar", gyldigPaa=dag)
        assert (svar["dag"], svar["kommunekode"]) == (dag, tilbud.beliggenhedskommune_id)
        assert (svar["saet"]["kkr"], svar["saet"]["status"]) == (kkr, "endelig")
        assert svar["grund"] == "Dagen ligger i sættets periode, og det er det endelige sæt for dagen."
        assert (efter_noegle(svar["vilkaar"])[FRIST]["vaerdi"], len(svar["vilkaar"])) == (frist, len(NOEGLER))
        assert hvorfor in {andet["grund"] for andet in svar["andreSaet"]}
        assert svar["saet"]["id"] not in {andet["id"] for andet in svar["andreSaet"]}


def test_terms_of_an_offer_whose_kkr_has_only_a_preliminary_set_say_so() -> None:
    nyt = Kkr.objects.create(navn="KKR Nyt", slug="kkr-nyt")
    tilbud = fabrik.tilbud(i="Gladsaxe")
    KkrMedlemskab.objects.filter(kommune=tilbud.beliggenhedskommune).update(kkr=nyt)
    svar = hent(klienter.myndighed(), f"tilbud/{tilbud.pk}/vilkaar", gyldigPaa="2027-03-01")
    assert (svar["saet"], svar["vilkaar"], svar["andreSaet"]) == (None, [], [])
    assert svar["grund"].startswith("Intet vilkårssæt er begyndt")
    fabrik.vilkaar(nyt, fra=date(2027, 1, 1), til=date(2029, 1, 1), status=Saetstatus.FORELOEBIG)
    svar = hent(klienter.myndighed(), f"tilbud/{tilbud.pk}/vilkaar", gyldigPaa="2027-03-01")
    assert (svar["saet"]["status"], svar["grund"]) == (
        "foreloebig",
        "Dagen ligger i sættets periode, og det er det foreløbige sæt for dagen; intet endeligt er udsendt for den.",
    )


@pytest.mark.parametrize("soeg", [{"gyldigPaa": "i går"}, {"dag": "2027-01-01"}])
def test_day_that_is_none_and_another_word_for_it_are_refused(soeg: dict[str, str]) -> None:
    svar = klienter.myndighed().get(f"/api/v1/tilbud/{fabrik.tilbud().pk}/vilkaar", soeg)
    assert svar.status_code == 400


def test_terms_of_an_offer_that_does_not_exist_are_not_found() -> None:
    assert klienter.myndighed().get(f"/api/v1/tilbud/{uuid4()}/vilkaar").status_code == 404


def test_clauses_of_a_version_have_the_comments_of_that_version() -> None:
    aftale = kladde("Rødovre")
    udgave = klausul(aftale, "4")
    visitator = fabrik.aktoer(Rolle.VISITATOR, fabrik.kommune("Rødovre").organisation)
    for tekst in ("Gælder det dagtilbud?", "Og aflastning?"):
        kommenter(aktoer=visitator, aftale_id=aftale.pk, klausul_id=udgave.klausul_id, tekst=tekst)
    anbefal(aftale)
    send(aftale)
    ny(aftale)
    client = klienter.myndighed()
    for nummer, sagt in ((1, ["Gælder det dagtilbud?", "Og aflastning?"]), (2, [])):
        sti = f"rammeaftaler/{aftale.pk}/versioner/{aftale.versioner.get(nummer=nummer).pk}/klausuler"
        uden, med, _ = hent(client, sti)["resultater"]
        assert [en["tekst"] for en in med["kommentarer"]] == sagt
        assert uden["kommentarer"] == []
        if sagt:
            assert (med["kommentarer"][0]["organisation"], med["kommentarer"][0]["rolle"]) == (
                "Rødovre Kommune",
                "Visitator",
            )
