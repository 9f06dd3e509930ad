"""Pages and REST of prices beside the takst: who sees what, what is asked again, and that a takst stands beside its levels."""

from typing import Any

import pytest
from django.urls import reverse

from faelles.tid import rfc3339
from takster.models import Prisblad
from tests import fabrik
from tests.api import klienter
from tests.takster.fastsaettelse.test_views import logget_ind, tekst
from tests.takster.prisblade.situationer import gladsaxes, niveauer, offentliggjort, tillaeg, udgivet

pytestmark = pytest.mark.django_db


def dato(navn: str, dag: str, maaned: str, aar: str) -> dict[str, str]:
    return {f"{navn}_dag": dag, f"{navn}_maaned": maaned, f"{navn}_aar": aar}


def test_levels_go_from_form_to_published_by_two_people() -> None:
    takst = gladsaxes()
    ny = reverse("takster:nye_niveauer", args=[takst.afdeling.tilbud_id])
    klient, felter = logget_ind(), {"takst": str(takst.pk), **dato("fra", "1", "1", "2026")}
    en = klient.post(ny, {**felter, "pladser_1": "8", "vaegt_1": "1", "pladser_2": "8"})
    assert en.status_code == 422
    assert "Skriv både pladser og vægt" in tekst(en)
    svar = klient.post(
        ny, {**felter, "pladser_1": "8", "vaegt_1": "1", "pladser_2": "8", "vaegt_2": "1,5"}, follow=True
    )
    assert "En anden hos jer skal nu offentliggøre dem." in tekst(svar)
    assert "Træk tilbage" in tekst(svar)
    blad = Prisblad.objects.for_systemet("test").get()
    leder = logget_ind(fabrik.Rolle.TILBUDSLEDER)
    assert "Offentliggør" in tekst(leder.get(reverse("takster:prisblad", args=[blad.pk])))
    assert f"{blad.tilbud}: Takstniveauer" in tekst(leder.get(reverse("start")))
    leder.post(reverse("takster:godkend_prisblad", args=[blad.pk]))
    laeser = logget_ind(fabrik.Rolle.SAGSBEHANDLER, "Rødovre")
    side = tekst(laeser.get(reverse("takster:prisblad", args=[blad.pk])))
    assert "2.150,00" in side
    assert "3.224,00" in side
    for url in (
        reverse("tilbud:detalje", args=[blad.tilbud_id]),
        reverse("takster:aarsliste", args=[2026]),
        reverse("takster:prisliste", args=[blad.tilbud_id]),
    ):
        assert "Niveau 2: 3.224,00 kr./døgn" in tekst(laeser.get(url)), url


def test_supplement__what_it_lacks_is_asked_for_and_it_is_declined_with_a_reason() -> None:
    takst = gladsaxes()
    ny = reverse("takster:nyt_tillaeg", args=[takst.afdeling.tilbud_id])
    tom = logget_ind().post(ny, {"takst": str(takst.pk), **dato("fra", "1", "1", "2026")})
    assert tom.status_code == 422
    assert all(
        besked in tekst(tom) for besked in ("Skriv, hvad tillægget er for", "Skriv omkostningerne", "Skriv antallet")
    )
    blad = tillaeg(takst)
    leder = logget_ind(fabrik.Rolle.TILBUDSLEDER)
    leder.post(reverse("takster:afvis_prisblad", args=[blad.pk]), {"grund": "Forkert antal"})
    assert "Forkert antal" in tekst(leder.get(reverse("takster:prisblad", args=[blad.pk])))


def test_prisblade__rest_gives_what_holds_on_a_day_and_what_was_said_before() -> None:
    takst = gladsaxes()
    venter, udgivet_ = niveauer(takst), offentliggjort(takst)
    klient: Any = klienter.myndighed()
    (raekke,) = klient.get("/api/v1/prisblade", {"gyldigPaa": "2026-06-01"}).json()["resultater"]
    assert (raekke["id"], raekke["art"], raekke["gyldigTil"]) == (str(udgivet_.pk), "tillaeg", "2027-01-01")
    assert raekke["priser"] == [{"navn": "Vågen nattevagt", "pris": {"beloeb": "1060.00", "valuta": "DKK"}}]
    assert not klient.get("/api/v1/prisblade", {"gyldigPaa": "2027-01-01"}).json()["resultater"]
    foer = {"gyldigPaa": "2026-06-01", "registreretFoer": rfc3339(udgivet_.oprettet)}
    assert not klient.get("/api/v1/prisblade", foer).json()["resultater"]
    assert klient.get("/api/v1/prisblade", {"art": "ukendt"}).status_code == 400
    assert klient.get(f"/api/v1/prisblade/{udgivet_.pk}").json()["beregning"] == udgivet_.beregning
    assert klient.get(f"/api/v1/prisblade/{venter.pk}").status_code == 404
    assert klienter.driftsherre().get(f"/api/v1/prisblade/{venter.pk}").status_code == 404


def test_export_of_the_list_has_a_row_for_each_price() -> None:
    blad = udgivet(niveauer(gladsaxes()))
    klient = logget_ind(fabrik.Rolle.SAGSBEHANDLER, "Rødovre")
    fil = klient.get(reverse("takster:eksport_prisliste", args=[blad.tilbud_id, "csv"])).getvalue().decode("utf-8-sig")
    assert [linje.split(";")[3:5] for linje in fil.splitlines()[1:]] == [
        ["Niveau 1", "2179,00"], ["Niveau 2", "2614,00"], ["Niveau 3", "3268,00"],
    ]  # fmt: skip
    aarets = klient.get(reverse("takster:eksport_aarsliste", args=[2026, "csv"])).getvalue().decode("utf-8-sig")
    assert "Niveau 1: 2.179,00 kr./døgn" in aarets
