"""The pages of a calculation and of an offer's history, and the API beside them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from faelles.aktoer import Funktion, Rettighed
from faelles.tid import Periode, idag, nu
from kommuner.models import Rolle
from takster.models import Scenarie, Takstberegning
from tests import fabrik
from tests.api import klienter
from tests.takster.budget.situationer import budget, oekonom
from tests.takster.fastsaettelse.situationer import beregning, offentliggjort

pytestmark = pytest.mark.django_db


def logget_ind(rolle: Rolle = Rolle.DRIFTSHERRE_OEKONOMI, navn: str = "Gladsaxe") -> Client:
    klient = Client()
    klient.force_login(fabrik.bruger(rolle, fabrik.kommune(navn).organisation))
    return klient


def tekst(svar: Any) -> str:
    return str(svar.content.decode())


def test_the_whole_way_from_budget_to_history_by_two_persons() -> None:
    et = budget()
    foerste, anden = logget_ind(), logget_ind(Rolle.TILBUDSLEDER)
    url = foerste.post(reverse("takster:beregn", args=[et.pk])).headers["Location"]
    en = Takstberegning.objects.egne(oekonom()).get()
    assert "2.687,00" in tekst(foerste.get(url))
    assert "22.694.814,12" in tekst(foerste.get(url))
    foerste.post(reverse("takster:indsend", args=[en.pk]))
    assert "Takster til godkendelse" in tekst(anden.get("/"))
    assert "2.687,00 kr./døgn" in tekst(anden.get("/"))
    assert "2.687,00 kr./døgn" in tekst(foerste.get(reverse("takster:liste"), {"aar": en.aar}))
    assert "Takster til godkendelse" not in tekst(foerste.get("/"))
    assert "Du har selv beregnet" in tekst(foerste.post(reverse("takster:godkend", args=[en.pk]), follow=True))
    assert "Taksten er godkendt" in tekst(anden.post(reverse("takster:godkend", args=[en.pk]), follow=True))
    assert "Taksten er offentliggjort" in tekst(
        foerste.post(reverse("takster:offentliggoer", args=[en.pk]), follow=True)
    )
    laeser = logget_ind(Rolle.LAESER, "Herlev")
    historik = tekst(laeser.get(reverse("takster:historik", args=[et.tilbud_id])))
    assert "01.01.2026 til og med 31.12.2026" in historik
    assert reverse("takster:beregning", args=[en.pk]) in historik
    offentlig = tekst(laeser.get(reverse("takster:beregning", args=[en.pk])))
    assert "22.694.814,12" in offentlig
    assert reverse("takster:budget", args=[et.pk]) not in offentlig


def test_beregn__what_lacks_is_told_on_the_budgets_page() -> None:
    et = budget(pladser=None)
    side = tekst(logget_ind().post(reverse("takster:beregn", args=[et.pk]), follow=True))
    assert "Skriv, hvor mange pladser budgettet er lagt for." in side
    assert not Takstberegning.objects.for_systemet("test").exists()


def test_aendr__needs_a_day_of_the_year_and_a_reason() -> None:
    et = budget()
    offentliggjort(et)
    klient, url = logget_ind(), reverse("takster:aendr", args=[et.pk])
    assert set(klient.post(url).context["form"].errors) == {"fra", "begrundelse"}
    forkert = klient.post(url, {"fra": "1.7.2027", "begrundelse": "Ny normering"})
    assert "Dagen skal ligge i 2026" in tekst(forkert)
    assert klient.post(url, {"fra": "1.7.2026", "begrundelse": "Ny normering"}).status_code == 302


def test_historik__shows_days_without_a_takst_and_what_was_replaced() -> None:
    et = budget()
    offentliggjort(et)
    offentliggjort(et, begrundelse="Forkert løn")
    fabrik.takst(et.tilbud.afdelinger.get(), "2400.00", fra=date(2024, 1, 1), til=date(2025, 1, 1))
    side = tekst(logget_ind(Rolle.LAESER, "Herlev").get(reverse("takster:historik", args=[et.tilbud_id])))
    assert "Uden takst: 01.01.2025 til og med 31.12.2025" in " ".join(side.split())
    assert "Forkert løn" in side
    assert side.count("<del>2.687,00</del>") == 1


def test_historik__asks_for_a_takst_to_the_end_of_the_year_or_of_the_offer_and_no_longer() -> None:
    hvor, aar = fabrik.afdeling(), idag().year
    fabrik.takst(hvor, fra=date(aar, 1, 1), til=date(aar, 12, 31))
    url, klient = reverse("takster:historik", args=[hvor.tilbud_id]), logget_ind(Rolle.LAESER)
    for lukket_fra, huller in (
        (None, [Periode.dag(date(aar, 12, 31))]),
        (date(aar + 5, 7, 1), [Periode.dag(date(aar, 12, 31))]),
        (date(aar, 12, 31), []),
    ):
        fabrik.Tilbud.objects.filter(pk=hvor.tilbud_id).update(lukket_fra=lukket_fra)
        assert [raekke.huller for raekke in klient.get(url).context["raekker"]] == [huller]


def test_hvad_nu_hvis__asks_without_storing_and_saves_a_draft() -> None:
    en = beregning()
    klient, url = logget_ind(), reverse("takster:hvad_nu_hvis", args=[en.pk])
    svar = klient.get(url, {"pladser": "22", "belaegning": "96,4"}, headers={"hx-request": "true"})
    assert "2.932,00" in tekst(svar)
    assert "<html" not in tekst(svar)
    assert not Scenarie.objects.for_systemet("test").exists()
    assert "Ret felterne" in tekst(klient.get(url, {"pladser": "mange"}, headers={"hx-request": "true"}))
    assert klient.post(url, {"pladser": "22"}).status_code == 422
    klient.post(url, {"pladser": "22", "navn": "To færre"})
    gemt = Scenarie.objects.synlige_for(oekonom()).get()
    assert (gemt.beloeb, gemt.aendringer) == (Decimal(2932), {"pladser": "22"})
    assert "<td>pladser 22</td>" in tekst(klient.get(url))
    assert "Der er allerede et scenarie" in tekst(klient.post(url, {"pladser": "20", "navn": "To færre"}))
    klient.post(reverse("takster:slet_scenarie", args=[gemt.pk]))
    assert not Scenarie.objects.for_systemet("test").exists()


def _raekke(svar: Any, navn: str) -> str:
    """The offer's row of the year's list."""
    return next(del_ for del_ in tekst(svar).split("<tr data-liste-punkt>") if f">{navn}</a></th>" in del_)


def test_liste__takst_of_a_part_of_the_year_says_which_days() -> None:
    del_, hele = (fabrik.afdeling(fabrik.tilbud(navn)).tilbud for navn in ("Delhuset", "Helhuset"))
    offentliggjort(budget(del_, aar=2027), fra=date(2027, 7, 1))
    offentliggjort(budget(hele, aar=2027))
    svar = logget_ind().get(reverse("takster:liste"), {"aar": 2027})
    assert "01.07.2027 til og med 31.12.2027" in _raekke(svar, "Delhuset")
    assert "til og med" not in _raekke(svar, "Helhuset")


def test_liste__takst_published_without_a_budget_here_is_not_called_unbegun() -> None:
    hele, del_, uden, anden = (
        fabrik.tilbud(navn, i="Gladsaxe") for navn in ("Helhuset", "Delhuset", "Tomhuset", "Åbo")
    )
    fabrik.takst(fabrik.afdeling(hele), "2000.00", fra=date(2027, 1, 1))
    fabrik.takst(fabrik.afdeling(del_), "1900.00", fra=date(2027, 1, 1))
    fabrik.takst(fabrik.afdeling(del_, navn="Syd"), "2100.00", fra=date(2027, 1, 1))
    fabrik.afdeling(del_, navn="Nord")
    fabrik.takst(fabrik.afdeling(uden), "1800.00", til=date(2027, 1, 1))  # the year before only
    fabrik.takst(fabrik.afdeling(anden), "1700.00", fra=date(2027, 1, 1))
    budget(anden, aar=2027)
    svar = logget_ind().get(reverse("takster:liste"), {"aar": 2027})
    helt, delvist, intet, med = (_raekke(svar, et.navn) for et in (hele, del_, uden, anden))
    for ord_ in ("2.000,00 kr./døgn", ">Offentliggjort<", "uden et budget her"):
        assert ord_ in helt, ord_
    for ord_ in ("1.900,00 til 2.100,00 kr./døgn", "Offentliggjort for en del af tilbuddet eller året"):
        assert ord_ in delvist, ord_
    assert ("Ikke begyndt" in intet, "Ikke begyndt" in helt + delvist + med) == (True, False)
    assert "uden et budget her" not in intet + med


@pytest.mark.parametrize("antal", [1, 20])
def test_historik__asks_as_much_of_one_takst_as_of_many(antal: int, django_assert_max_num_queries: Any) -> None:
    tilbud = fabrik.tilbud(i="Gladsaxe")
    for nummer in range(antal):
        fabrik.takst(fabrik.afdeling(tilbud, navn=f"Nr. {nummer}"))
    klient = logget_ind()
    with django_assert_max_num_queries(12):
        assert len(klient.get(reverse("takster:historik", args=[tilbud.pk])).context["raekker"]) == antal


def test_api__takster_say_what_was_known_when() -> None:
    et = budget()
    offentliggjort(et)
    foer = nu().isoformat()
    offentliggjort(et, begrundelse="Rettelse")
    klient = klienter.client(
        klienter.registrer(fabrik.kommune("Herlev").organisation, Funktion.MYNDIGHED, Rettighed.TILBUD_LAES)
    )

    def paa(**mere: str) -> list[dict[str, Any]]:
        svar: dict[str, Any] = klient.get("/api/v1/takster", {"gyldigPaa": "2026-05-01", **mere}).json()
        return list(svar["resultater"])

    (gaeldende,), (kendt,) = paa(), paa(registreretFoer=foer)
    assert (gaeldende["erstattet"], gaeldende["registreret"] >= kendt["registreret"]) == (None, True)
    assert kendt["erstattet"] is not None
    assert kendt["takstberegningId"] != gaeldende["takstberegningId"]
    assert paa(registreretFoer="2099-01-01T00:00:00Z") == [gaeldende]
    assert paa(registreretFoer="2020-01-01T00:00:00Z") == []
    for forkert in ("2026-05-01", "i går", "2026-13-01T00:00:00Z"):
        svar = klient.get("/api/v1/takster", {"registreretFoer": forkert})
        assert svar.status_code == 400
        assert svar.json()["errors"][0]["pointer"] == "/registreretFoer"


def test_api__calculations_of_others_are_seen_once_published() -> None:
    udgivet, venter = offentliggjort(), beregning()
    klient = klienter.client(
        klienter.registrer(fabrik.kommune("Herlev").organisation, Funktion.MYNDIGHED, Rettighed.TILBUD_LAES)
    )
    assert [r["id"] for r in klient.get("/api/v1/takstberegninger").json()["resultater"]] == [str(udgivet.pk)]
    assert klient.get(f"/api/v1/takstberegninger/{venter.pk}").status_code == 404
    en = klient.get(f"/api/v1/takstberegninger/{udgivet.pk}").json()
    assert en["beregning"]["takst"] == "2687"
    pakke = klient.get(f"/api/v1/takstberegninger/{udgivet.pk}/dokumentation").json()
    assert pakke["genberegnet"] is True
    egen = klienter.client(
        klienter.registrer(fabrik.kommune("Gladsaxe").organisation, Funktion.DRIFTSHERRE, Rettighed.TILBUD_LAES)
    )
    ventende = egen.get("/api/v1/takstberegninger", {"tilstand": "indsendt", "aar": "2026"}).json()["resultater"]
    assert [r["id"] for r in ventende] == [str(venter.pk)]
    svar = egen.get(f"/api/v1/takstberegninger/{venter.pk}/dokumentation")
    assert (svar.status_code, svar.json()["code"]) == (409, "takst_ikke_offentliggjort")
    assert egen.get("/api/v1/takstberegninger", {"tilstand": "ukendt"}).status_code == 400
    assert egen.get("/api/v1/takstberegninger", {"aar": "i fjor"}).status_code == 400


def test_what_the_resident_pays_stands_beside_the_takst_and_is_no_part_of_it() -> None:
    udgivet = offentliggjort(budget())
    laeser = logget_ind(Rolle.SAGSBEHANDLER, "Rødovre")
    side = " ".join(tekst(laeser.get(reverse("tilbud:detalje", args=[udgivet.tilbud_id]))).split())
    assert "Uden for taksten betaler beboeren selv pr. måned: husleje 4.500,00 kr." in side.replace("\xa0", " ")
    fil = laeser.get(reverse("tilbud:eksport_takster", args=[udgivet.tilbud_id, "csv"])).getvalue().decode("utf-8-sig")
    assert "Husleje: 4.500,00 kr." in fil
    fabrik.takst(fabrik.afdeling())
    resultater = klienter.myndighed().get("/api/v1/takster", {"gyldigPaa": "2026-06-01"}).json()["resultater"]
    fundne = {r["takstberegningId"]: (r["pris"]["beloeb"], r["egenbetaling"]) for r in resultater}
    husleje = [{"navn": "Husleje", "pris": {"beloeb": "4500.00", "valuta": "DKK"}}]
    assert fundne == {str(udgivet.pk): ("2687.00", husleje), None: ("2687.00", [])}
