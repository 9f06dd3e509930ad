"""The growth against the ceiling over REST: what the secretariat's page says."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import fabrik
from tests.api import klienter
from tests.takster.vaekst.situationer import afdeling, omraade, takst, vilkaar
from tilbud.models import Afdeling
from vilkaar.models import Vilkaarssaet
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db
AAR = 2026
STI = f"/api/v1/takstvaekst/{AAR}"


def test_takstvaekst__has_the_verdict_the_years_and_what_is_left_out_with_clause_and_set() -> None:
    omraade()
    (v,) = klienter.sekretariat().get(STI).json()["resultater"]
    assert (v["kkr"], v["aar"], v["enhed"], v["basisaar"], v["hvorforIkke"]) == (
        fabrik.kkr().slug, AAR, "doegn", 2024, "",
    )  # fmt: skip
    saet = Vilkaarssaet.objects.filter(kkr=fabrik.kkr()).latest("nummer")
    assert (v["dom"]["overholdt"], v["dom"]["laesning"]) == (False, "multiplikativ")
    loft, udgift = (float(v["dom"][navn]["beloeb"]) for navn in ("loft", "udgift"))
    assert v["dom"]["afstandOere"] == round((loft - udgift) * 100) < 0
    assert v["andenLaesning"]["laesning"] == "additiv"
    assert [et["aar"] for et in v["aarene"]] == [2024, 2025, 2026]
    assert (v["aarene"][0]["indeks"], v["aarene"][0]["loftetsIndeks"]) == ("100.00", "100.00")
    assert [(et["navn"], et["dom"] and et["dom"]["overholdt"]) for et in v["driftsherrer"]][-1] == (
        "Rødovre Kommune",
        False,
    )
    assert {et["hjemmel"] for et in v["hjemler"]} == {"SEL-107"}
    virkninger = v["sammensaetning"]["virkninger"]
    forskel = float(v["sammensaetning"]["nu"]["beloeb"]) - float(v["sammensaetning"]["foer"]["beloeb"])
    assert sum(float(et["virkning"]["beloeb"]) for et in virkninger) == pytest.approx(forskel)
    assert {et["grund"]: et["antal"] for et in v["udeladte"]} == {
        "uden_beregning": 1, "del_af_aaret": 1, "uden_takst": 2, "anden_enhed": 1, "privat": 1,
    }  # fmt: skip
    assert {(et["felt"], et["noegle"], et["saet"]) for et in v["efterVilkaar"]} >= {
        ("dom", Noegle.VAEKSTLOFT.value, saet.nummer),
        ("overheadnorm", Noegle.OVERHEAD_PROCENT.value, saet.nummer),
    }
    assert (v["vilkaarssaet"], v["foreloebig"]) == (saet.nummer, False)


def test_takstvaekst__without_a_ceiling_says_why_and_gives_no_figure() -> None:
    vilkaar(uden=Noegle.VAEKSTLOFT_BASISAAR)
    afdeling((2026, 1000))
    (v,) = klienter.sekretariat().get(STI).json()["resultater"]
    assert (v["dom"], v["andenLaesning"], v["basisaar"], v["sammensaetning"]) == (None, None, None, None)
    assert (v["aarene"], v["driftsherrer"], v["hjemler"]) == ([], [], [])
    assert "vaekstloft_basisaar" in v["hvorforIkke"]


def test_takstvaekst__unit_and_year_are_asked_for_and_others_are_refused() -> None:
    omraade()
    klient = klienter.sekretariat()
    (v,) = klient.get(f"{STI}?enhed=dag").json()["resultater"]
    assert (v["enhed"], v["dom"]) == ("dag", None)
    for sti in (f"{STI}?enhed=time", f"{STI}/udeladte?grund=lyst"):
        svar = klient.get(sti)
        assert (svar.status_code, svar.json()["code"]) == (400, "ugyldigt_soegeord")
    assert klient.get("/api/v1/takstvaekst/1789").json()["code"] == "aar_ikke_fundet"
    assert klienter.driftsherre().get(STI).status_code == 403


def test_udeladte__each_is_named_with_its_reason_and_pages_neither_repeat_nor_skip() -> None:
    omraade()
    klient = klienter.sekretariat()
    alle = klient.get(f"{STI}/udeladte").json()["resultater"]
    assert [et["grund"] for et in alle].count("uden_takst") == 2
    (midt,) = klient.get(f"{STI}/udeladte?grund=del_af_aaret").json()["resultater"]
    hvor = Afdeling.objects.get(pk=midt["afdelingId"])
    assert (midt["tilbudId"], midt["tilbud"], midt["hjemmel"]) == (str(hvor.tilbud_id), "Midt i året", "SEL-107")
    (fondens,) = klient.get(f"{STI}/udeladte?grund=privat").json()["resultater"]
    assert (fondens["tilbud"], fondens["afdelingId"], fondens["hjemmel"]) == ("Fondens", None, None)
    laest, naeste = [], f"{STI}/udeladte?limit=2"
    while naeste:
        svar = klient.get(naeste).json()
        laest += svar["resultater"]
        naeste = svar["naeste"]
    assert laest == alle


def test_takstvaekst__is_of_the_secretariats_own_area() -> None:
    omraade()
    fabrik.kommune("Roskilde", i="KKR Sjælland")
    fremmed = klienter.sekretariat("KKR Sjælland")
    assert [et["kkr"] for et in fremmed.get(STI).json()["resultater"]] == [fabrik.kkr("KKR Sjælland").slug]
    assert fremmed.get(f"{STI}/udeladte").json()["resultater"] == []


def test_takstvaekst__reads_the_same_statements_however_many_offers() -> None:
    omraade()
    klient = klienter.sekretariat()

    def laest() -> int:
        with CaptureQueriesContext(connection) as fundne:
            klient.get(STI)
        return len(fundne)

    laest()
    en = laest()
    for _ in range(3):
        takst(afdeling((2024, 1000)), AAR, 1000)
    assert laest() == en
