"""Pages and REST of costs shared by a key: the shares are seen before they are sent in, and each municipality finds its own."""

import re
from typing import Any

import pytest
from django.urls import reverse

from faelles.tid import rfc3339
from takster.models import Finansiering
from tests import fabrik
from tests.api import klienter
from tests.takster.fastsaettelse.test_views import logget_ind, tekst
from tests.takster.finansiering.situationer import AAR, folketal, indsendt, offentliggjort
from tests.takster.prisblade.test_views import dato

pytestmark = pytest.mark.django_db
FELTER = {"navn": "Tale og hørelse", "art": "abonnement", "aar": str(AAR), "beloeb": "1.000.000"}
EGNE = {
    **FELTER,
    "noegle": "egne",
    "noegle_navn": "Henvisninger",
    "noegle_kilde": "Egen opgørelse",
    **dato("noegle_dag", "1", "1", "2025"),
}


def andelene(html: str) -> list[str]:
    return [beloeb for beloeb in ("750.000,00", "250.000,00") if beloeb in html]


def test_inhabitants_are_shared_by_shown_and_sent_in_and_published_by_another() -> None:
    for navn, antal in (("Gladsaxe", 75_000), ("Rødovre", 25_000)):
        folketal(navn, antal)
    tilbud = fabrik.tilbud(i="Gladsaxe")
    koder = [fabrik.kommune(navn).kommunekode for navn in ("Gladsaxe", "Rødovre")]
    ny, klient = reverse("takster:ny_finansiering", args=[tilbud.pk]), logget_ind()
    side = klient.get(ny).content.decode()
    assert all(re.search(f'value="{kode}"[^>]*checked', side) for kode in koder), "the KKR's are ticked beforehand"
    felter: dict[str, Any] = {**FELTER, "noegle": f"{AAR}:antal", "kommuner": koder}
    set_ = klient.post(ny, {**felter, "skridt": "vis"})
    assert set_.status_code == 200
    assert andelene(tekst(set_)) == ["750.000,00", "250.000,00"]
    assert "Gladsaxe betaler mest" in tekst(set_)
    assert not Finansiering.objects.for_systemet("test").exists()
    sendt = klient.post(ny, {**felter, "skridt": "send"}, follow=True)
    assert "En anden hos jer skal nu offentliggøre dem." in tekst(sendt)
    en = Finansiering.objects.for_systemet("test").get()
    leder = logget_ind(fabrik.Rolle.TILBUDSLEDER)
    assert f"Tale og hørelse, {AAR}" in tekst(leder.get(reverse("start")))
    leder.post(reverse("takster:godkend_finansiering", args=[en.pk]))
    laeser = logget_ind(fabrik.Rolle.SAGSBEHANDLER, "Rødovre")
    assert andelene(tekst(laeser.get(reverse("takster:finansiering", args=[en.pk])))) == ["750.000,00", "250.000,00"]
    assert "Tale og hørelse" in tekst(laeser.get(reverse("tilbud:detalje", args=[tilbud.pk])))
    assert "Tale og hørelse" in tekst(laeser.get(reverse("takster:finansieringer", args=[tilbud.pk])))


def test_own_figures__every_line_that_cannot_be_read_is_told_of() -> None:
    tilbud = fabrik.tilbud(i="Gladsaxe")
    fabrik.kommune("Rødovre")
    ny, klient = reverse("takster:ny_finansiering", args=[tilbud.pk]), logget_ind()
    linjer = "Gladsaxe 30\nAtlantis 5\nRødovre ti\nGladsaxe 1\nRødovre 0"
    svar = klient.post(ny, {**EGNE, "noegletal": linjer, "skridt": "vis"})
    assert svar.status_code == 422
    assert all(f"Linje {nummer}:" in tekst(svar) for nummer in (2, 3, 4, 5))
    assert "Linje 1:" not in tekst(svar)
    god = klient.post(ny, {**EGNE, "noegletal": "gladsaxe\t7,5\n\nRødovre; 2,5\n", "skridt": "vis"})
    assert andelene(tekst(god)) == ["750.000,00", "250.000,00"]


def test_what_the_key_lacks_is_asked_for() -> None:
    tilbud = fabrik.tilbud(i="Gladsaxe")
    folketal("Gladsaxe", 70_000)
    fabrik.kommune("Rødovre")
    ny, klient = reverse("takster:ny_finansiering", args=[tilbud.pk]), logget_ind()
    tom = klient.post(ny, {**FELTER, "noegle": "egne"})
    assert tom.status_code == 422
    for besked in ("Skriv, hvad tallene tæller", "Skriv dagen", "Skriv, hvor tallene er fra", "Skriv kommunernes tal"):
        assert besked in tekst(tom)
    assert "Vælg mindst én kommune" in tekst(klient.post(ny, {**FELTER, "noegle": f"{AAR}:antal"}))
    uden = klient.post(ny, {**FELTER, "noegle": f"{AAR}:antal", "kommuner": [fabrik.kommune("Rødovre").kommunekode]})
    assert f"Der er intet tal for Rødovre {AAR}" in tekst(uden)


def test_the_year__gives_each_municipality_its_own_and_a_file_of_it() -> None:
    offentliggjort()
    indsendt(fabrik.tilbud("Andet", i="Gladsaxe"), navn="Venter endnu")
    klient = logget_ind(fabrik.Rolle.SAGSBEHANDLER, "Rødovre")
    alle = tekst(klient.get(reverse("takster:aarets_finansiering", args=[AAR])))
    assert "1.000.000,00" in alle
    assert "Venter endnu" not in alle
    kode = {"kommune": fabrik.kommune("Rødovre").kommunekode}
    egne = tekst(klient.get(reverse("takster:aarets_finansiering", args=[AAR]), kode))
    assert "300.000,00" in egne
    assert "500.000,00" not in egne
    fil = klient.get(reverse("takster:eksport_aarets_finansiering", args=[AAR, "csv"]), kode).getvalue()
    (raekke,) = fil.decode("utf-8-sig").splitlines()[1:]
    assert raekke.split(";")[9:13] == ["9000", "30,0000", "300000,00", "1000000,00"]
    assert klient.get(reverse("takster:aarets_finansiering", args=[1900])).status_code == 404


def test_declined__says_why_to_the_operator() -> None:
    en = indsendt()
    leder = logget_ind(fabrik.Rolle.TILBUDSLEDER)
    leder.post(reverse("takster:afvis_finansiering", args=[en.pk]), {"grund": "Forkert nøgle"})
    assert "Forkert nøgle" in tekst(leder.get(reverse("takster:finansiering", args=[en.pk])))


def test_finansieringer__rest_gives_the_shares_and_what_was_said_before() -> None:
    en, venter = offentliggjort(), indsendt(fabrik.tilbud("Andet", i="Gladsaxe"))
    klient: Any = klienter.myndighed()
    kode = fabrik.kommune("Herlev").kommunekode
    (raekke,) = klient.get("/api/v1/finansieringer", {"aar": AAR, "kommune": kode}).json()["resultater"]
    assert (raekke["id"], raekke["art"], raekke["beloeb"]["beloeb"]) == (str(en.pk), "lov", "1000000.00")
    assert raekke["tilbud"] == [str(en.tilbud_id)]
    (herlev,) = [andel for andel in raekke["andele"] if andel["kommunekode"] == kode]
    assert herlev == {"kommunekode": kode, "noegletal": "6000", "andel": {"beloeb": "200000.00", "valuta": "DKK"}}
    assert [(et["felt"], et["noegle"]) for et in raekke["efterVilkaar"]] == [("andele", "afrunding")]
    odense = fabrik.kommune("Odense").kommunekode
    assert not klient.get("/api/v1/finansieringer", {"aar": AAR, "kommune": odense}).json()["resultater"]
    foer = {"aar": AAR, "registreretFoer": rfc3339(en.oprettet)}
    assert not klient.get("/api/v1/finansieringer", foer).json()["resultater"]
    for forkert in ({"art": "ukendt"}, {"kommune": "9999"}, {"aar": "i år"}):
        assert klient.get("/api/v1/finansieringer", forkert).status_code == 400, forkert
    assert klient.get(f"/api/v1/finansieringer/{en.pk}").json()["beregning"] == en.beregning
    assert klient.get(f"/api/v1/finansieringer/{venter.pk}").status_code == 404
