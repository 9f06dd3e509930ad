"""Total price against list price over REST: what the secretariat's page says."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import fabrik
from tests.api import klienter
from tests.sag.prisudvikling.situationer import AAR, BASIS, afdeling, dyrere, omraade
from tests.takster.vaekst.situationer import vilkaar
from vilkaar.models import Vilkaarssaet
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db
STI = f"/api/v1/prisudvikling/{AAR}"


def test_prisudvikling__has_the_years_each_way_with_clause_and_set() -> None:
    omraade()
    (p,) = klienter.sekretariat().get(STI).json()["resultater"]
    assert (p["kkr"], p["aar"], p["enhed"], p["taltTil"], p["basisaar"]) == (
        fabrik.kkr().slug, AAR, "doegn", f"{AAR + 1}-01-01", BASIS,
    )  # fmt: skip
    assert (p["graense"], p["hvorforIkke"], p["hvorforIngenFastePriser"], p["udeladte"]) == (5, "", "", [])
    foer, nu = p["iAlt"]
    assert (foer["aar"], foer["takstindeks"], foer["prisindeks"]) == (BASIS, "100.00", "100.00")
    assert nu == {
        "aar": AAR,
        "dage": 5475,
        "aftalt": {"beloeb": "6701400.00", "valuta": "DKK"},
        "tillaeg": {"beloeb": "186150.00", "valuta": "DKK"},
        "efterTakst": {"beloeb": "6515250.00", "valuta": "DKK"},
        "takst": {"beloeb": "1190.00", "valuta": "DKK"},
        "samletPris": {"beloeb": "1224.00", "valuta": "DKK"},
        "forskel": {"beloeb": "34.00", "valuta": "DKK"},
        "forskelProcent": "2.86",
        "takstIFastePriser": {"beloeb": "1190.00", "valuta": "DKK"},
        "samletPrisIFastePriser": {"beloeb": "1224.00", "valuta": "DKK"},
        "takstindeks": "100.00",
        "prisindeks": "102.86",
    }
    assert [et["ejer"] for et in p["ejere"]] == ["kommune", "privat"]
    assert [et["navn"] for et in p["driftsherrer"]] == ["Fonden", "Gladsaxe Kommune"]
    assert [et["hjemmel"] for et in p["hjemler"]] == ["SEL-107"]
    saet = Vilkaarssaet.objects.filter(kkr=fabrik.kkr()).latest("nummer").nummer
    assert {(et["felt"], et["noegle"], et["saet"]) for et in p["efterVilkaar"]} == {
        ("graense", Noegle.DISKRETION_GRAENSE.value, saet),
        ("basisaar", Noegle.VAEKSTLOFT_BASISAAR.value, saet),
        ("basisaar", Noegle.VAEKSTLOFT.value, saet),
    }


def test_prisudvikling__without_pl_has_the_year_alone_and_says_why() -> None:
    vilkaar(uden=Noegle.VAEKSTLOFT)
    hvor = afdeling((BASIS, "1000"), (AAR, "1000"))
    for _ in range(5):
        dyrere(hvor, (1000, 0), (1000, 50))
    (p,) = klienter.sekretariat().get(STI).json()["resultater"]
    (aaret,) = p["iAlt"]
    assert (aaret["takstIFastePriser"], aaret["takstindeks"], p["basisaar"]) == (None, None, None)
    assert "vaekstloft" in p["hvorforIngenFastePriser"]


def test_prisudvikling__without_the_limit_shows_nothing_and_says_why() -> None:
    vilkaar(uden=Noegle.DISKRETION_GRAENSE)
    hvor = afdeling((AAR, "1000"))
    for _ in range(5):
        dyrere(hvor, (1000, 0), (1000, 50))
    (p,) = klienter.sekretariat().get(STI).json()["resultater"]
    assert (p["graense"], p["iAlt"], p["driftsherrer"]) == (None, [], [])
    assert "diskretion_graense" in p["hvorforIkke"]


def test_prisudvikling__unit_and_year_are_asked_for_and_others_are_refused() -> None:
    omraade()
    klient = klienter.sekretariat()
    (p,) = klient.get(f"{STI}?enhed=dag").json()["resultater"]
    assert (p["enhed"], p["iAlt"]) == ("dag", [])
    svar = klient.get(f"{STI}?enhed=time")
    assert (svar.status_code, svar.json()["code"]) == (400, "ugyldigt_soegeord")
    assert klient.get("/api/v1/prisudvikling/1789").json()["code"] == "aar_ikke_fundet"
    assert klienter.driftsherre().get(STI).status_code == 403


def test_prisudvikling__is_of_the_secretariats_own_area() -> None:
    omraade()
    fabrik.kommune("Roskilde", i="KKR Sjælland")
    (p,) = klienter.sekretariat("KKR Sjælland").get(STI).json()["resultater"]
    assert (p["kkr"], p["iAlt"]) == (fabrik.kkr("KKR Sjælland").slug, [])


def test_prisudvikling__reads_the_same_statements_however_many_stays() -> None:
    omraade()
    klient = klienter.sekretariat()

    def laest() -> int:
        with CaptureQueriesContext(connection) as fundne:
            klient.get(STI)
        return len(fundne)

    laest()
    faa = laest()
    hvor = afdeling((BASIS, "1000"), (AAR, "1000"), ejer="Selskabet")
    for _ in range(30):
        dyrere(hvor, (1000, 0), (1000, 50))
    assert laest() == faa
