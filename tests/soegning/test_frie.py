"""Kinds of place and weekdays: what they exclude and why, what helps, and that each count is what the search with that option finds."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from faelles.tid import Periode, nu
from kommuner.models import Rolle
from reservationer.soegning.forms import FACETFELTER
from reservationer.soegning.kriterier import Kriterium
from reservationer.soegning.profil import Behovsprofil
from reservationer.soegning.queries import Soegesvar, soeg, udeladte
from tests import fabrik
from tests.api import klienter
from tilbud.models import Pladsart

pytestmark = pytest.mark.django_db

DAGE = Periode(fabrik.om(10), fabrik.om(40))
HVERDAGE = [1, 2, 3, 4, 5]


def _soeg(**felter: Any) -> Soegesvar:
    return soeg(fabrik.sagsbehandler(), Behovsprofil(DAGE, **felter), nu=nu())


def _afdeling(navn: str, **felter: Any) -> Any:
    return fabrik.afdeling(fabrik.tilbud(navn, **felter))


@pytest.fixture
def register() -> None:
    """Day places, a free one and one that is taken on Tuesdays; a døgnplads; two akutpladser of which one may be let; a team."""
    fabrik.ledig_plads(_afdeling("Dagcentret"), art=Pladsart.DAG, ugedage=HVERDAGE)
    fabrik.optag(fabrik.ledig_plads(_afdeling("Værkstedet"), art=Pladsart.DAG, ugedage=HVERDAGE), DAGE, ugedage=[2])
    fabrik.ledig_plads(_afdeling("Bostedet"))
    akut = _afdeling("Akuthuset")
    for nummer in range(2):
        fabrik.ledig_plads(akut, betegnelse=str(nummer), art=Pladsart.AKUT)
    fabrik.optag(fabrik.ledig_plads(akut, betegnelse="2"), DAGE, ugedage=[6, 7])
    fabrik.godkendelse(akut.tilbud, 2)
    fabrik.ledig_plads(_afdeling("Egne"), art=Pladsart.AFLASTNING, forbeholdt_egne=True)
    fabrik.ledig_plads(_afdeling("Interne"), art=Pladsart.DAG, ugedage=HVERDAGE, forbeholdt_beboere=True)
    _afdeling("Teamet", uden_pladser=True)


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("ugedage", [[], [1], [1, 2], [2], [7]])
@pytest.mark.parametrize("arter", [[], [Pladsart.DAG], [Pladsart.DOEGN, Pladsart.AKUT]])
def test_counts_of_kinds_and_weekdays_are_what_one_finds_with_them(ugedage: list[int], arter: list[Pladsart]) -> None:
    profil = Behovsprofil(DAGE, ugedage=frozenset(ugedage), arter=frozenset(arter))
    hvem = fabrik.sagsbehandler()
    svar = soeg(hvem, profil, nu=nu())
    for art in Pladsart:
        fundne = soeg(hvem, replace(profil, arter=frozenset({art})), nu=nu()).resultater
        assert svar.facetter[Kriterium.ART].get(art, 0) == len(fundne), art
    for dag in range(1, 8):
        fundne = soeg(hvem, replace(profil, ugedage=profil.ugedage | {dag}), nu=nu()).resultater
        assert svar.facetter[Kriterium.UGEDAGE].get(dag, 0) == len(fundne), dag


@pytest.mark.usefixtures("register")
def test_kind_and_weekdays_exclude_with_their_own_codes_and_nothing_is_said_of_them_where_no_place_is_free() -> None:
    fundne = _soeg(arter=frozenset({Pladsart.DAG}), ugedage=frozenset({1, 2})).resultater
    assert [(r.fakta.tilbud, r.plads.antal) for r in fundne] == [("Dagcentret", 1)]
    assert {k.kriterium for k in fundne[0].krav} == {
        Kriterium.GODKENDT,
        Kriterium.LEDIG,
        Kriterium.ART,
        Kriterium.UGEDAGE,
        Kriterium.AABENT,
    }
    profil = Behovsprofil(DAGE, arter=frozenset({Pladsart.DAG}), ugedage=frozenset({2, 6}))
    grunde = {u.fakta.tilbud: {k.kriterium for k in u.krav} for u in udeladte(fabrik.sagsbehandler(), profil, nu=nu())}
    assert grunde == {
        "Dagcentret": {Kriterium.UGEDAGE},
        "Værkstedet": {Kriterium.LEDIG},
        "Bostedet": {Kriterium.ART},
        "Akuthuset": {Kriterium.ART},
        "Egne": {Kriterium.LEDIG},
        "Interne": {Kriterium.LEDIG},
        "Teamet": {Kriterium.ART},
    }
    assert [krav.grund for u in udeladte(fabrik.sagsbehandler(), profil, nu=nu())[:1] for krav in u.krav] == [
        "Tilbuddet har ingen ledig plads af den art"
    ]


def test_empty_result_offers_to_relax_the_kind_the_weekdays_or_both(client: Client) -> None:
    client.force_login(fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation))
    fabrik.ledig_plads(art=Pladsart.DAG, ugedage=HVERDAGE)
    dage = {"fra": DAGE.fra.isoformat(), "til": fabrik.om(39).isoformat()}
    for valg, tekst in (
        ({"arter": "doegn"}, "Søg uden »Pladsens art«"),
        ({"ugedage": "6"}, "Søg uden »Ugedage«"),
        ({"arter": "doegn", "ugedage": "6"}, "Søg uden »Pladsens art og Ugedage«"),
    ):
        tom = client.get(reverse("soegning:soeg"), {**dage, **valg}).context["tom"]
        assert tom["handling_tekst"] == tekst
        assert len(client.get(tom["handling_url"]).context["side"]) == 1


def test_department_that_either_can_be_done_without_for_is_counted_for_both() -> None:
    # Two need another kind, or any weekdays; one needs other weekdays. Without the weekdays one finds all three.
    begge = [_afdeling(navn, alder_til=60) for navn in ("Begge", "Også begge")]
    kun_dage = _afdeling("Kun dage", alder_til=60)
    for afdeling in begge:
        fabrik.ledig_plads(afdeling, art=Pladsart.DOEGN)
        fabrik.ledig_plads(afdeling, art=Pladsart.DAG, ugedage=HVERDAGE)
    fabrik.ledig_plads(kun_dage, art=Pladsart.DAG, ugedage=HVERDAGE)
    behov: dict[str, Any] = {"arter": frozenset({Pladsart.DAG}), "ugedage": frozenset({6})}
    lempelse = _soeg(**behov).lempelse
    assert lempelse is not None
    assert (lempelse.kriterier, lempelse.antal) == ((Kriterium.UGEDAGE,), 3)
    assert len(_soeg(arter=behov["arter"]).resultater) == 3
    assert len(_soeg(ugedage=behov["ugedage"]).resultater) == 2
    ude = udeladte(fabrik.sagsbehandler(), Behovsprofil(DAGE, **behov), nu=nu())
    assert {(u.fakta.tilbud, *(krav.grund for krav in u.krav)) for u in ude} == {
        ("Begge", "Ingen ledig plads er både af den art og har åbent på alle ugedagene"),
        ("Også begge", "Ingen ledig plads er både af den art og har åbent på alle ugedagene"),
        ("Kun dage", "Ingen ledig plads har åbent på alle ugedagene"),
    }
    # With an age that fits none of them it is one of two, and the weekdays are the better one still.
    langt_fra = _soeg(**behov, alder=80).lempelse
    assert langt_fra is not None
    assert (langt_fra.kriterier, langt_fra.antal) == ((Kriterium.ALDER, Kriterium.UGEDAGE), 3)


def test_every_choice_of_the_form_has_its_count_on_the_page(client: Client) -> None:
    client.force_login(fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation))
    fabrik.kommune("Odense", i="KKR Syddanmark")
    fabrik.ledig_plads(_afdeling("Odensehus", i="Odense"))
    fabrik.ledig_plads(_afdeling("Gladsaxehus"), art=Pladsart.DAG, ugedage=HVERDAGE)
    dage = {"fra": DAGE.fra.isoformat(), "til": fabrik.om(39).isoformat()}
    svar = client.get(reverse("soegning:soeg"), dage)
    side, form = svar.content.decode(), svar.context["form"]
    valgfelter = {navn for navn, felt in form.fields.items() if getattr(felt, "choices", None)}
    assert valgfelter == set(FACETFELTER)
    for navn in valgfelter:
        muligheder = [
            et
            for vaerdi, tekst in form.fields[navn].choices
            for et in (tekst if isinstance(tekst, list) else [(vaerdi, tekst)])
            if et[0]
        ]
        assert muligheder, navn
        for _, tekst in muligheder:
            assert tekst.endswith(")"), (navn, tekst)
            assert tekst in side
    for tekst in (
        "KKR Hovedstaden (1)",
        "KKR Syddanmark (1)",
        "Dagplads (1)",
        "Akutplads (0)",
        "Mandag (2)",
        "Lørdag (1)",
    ):
        assert tekst in side
    # Nothing is read outside the KKR searched in, so there is nothing to say of the others.
    side = client.get(reverse("soegning:soeg"), {**dage, "kkr": str(fabrik.kkr().pk)}).content.decode()
    assert "KKR Hovedstaden (1)" in side
    assert "KKR Syddanmark (" not in side


@pytest.mark.usefixtures("register")
def test_rest_takes_kinds_and_tells_their_counts() -> None:
    krop = {"fra": DAGE.fra.isoformat(), "til": fabrik.om(40).isoformat(), "arter": ["dag"], "ugedage": [1]}
    svar = klienter.myndighed().post("/api/v1/soegninger", krop, content_type="application/json").json()
    assert {hit["tilbud"] for hit in svar["resultater"]} == {"Dagcentret", "Værkstedet"}
    tal = {(f["kode"], f["vaerdi"]): f["antal"] for f in svar["facetter"]}
    assert (tal["arter", "dag"], tal["arter", "doegn"], tal["ugedage", "2"], tal.get(("ugedage", "6"))) == (
        2,
        2,
        1,
        None,
    )
    forkert = klienter.myndighed().post(
        "/api/v1/soegninger", krop | {"arter": ["hotel"]}, content_type="application/json"
    )
    assert (forkert.status_code, forkert.json()["errors"][0]["pointer"]) == (400, "/arter/0")
