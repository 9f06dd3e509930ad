"""What is told of the hits that are shown: the reports about them, and from which day a hit's places could be had: never a day one of them could not be taken from, with that day or without."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.kald import taeller
from faelles.tid import Periode, nu
from kommuner.models import Rolle
from reservationer.soegning.profil import Behovsprofil
from reservationer.soegning.queries import soeg
from reservationer.soegning.rangering import Resultat
from reservationer.soegning.viste import suppleret
from tests import fabrik
from tilbud.models import Afdeling

pytestmark = pytest.mark.django_db

DAGE = Periode(fabrik.om(30), fabrik.om(60))


def fundne(**felter: Any) -> dict[str, Resultat]:
    """The hits by the names of their offers, with the day."""
    profil = Behovsprofil(**{"periode": DAGE} | felter)
    resultater = soeg(fabrik.sagsbehandler(), profil, nu=nu()).resultater
    return {r.fakta.tilbud: r for r in suppleret(profil, resultater, nu())}


def _afdeling(navn: str) -> Afdeling:
    afdeling = fabrik.afdeling(fabrik.tilbud(navn))
    fabrik.bekraeftet(afdeling)
    return afdeling


def test_day_is_that_from_which_the_first_place_is_free_and_open() -> None:
    fabrik.ledig_plads(_afdeling("Nu"))
    fabrik.ledig_plads(_afdeling("Åbner"), fra=fabrik.om(20))
    to = _afdeling("Fraflytter")
    for slut in (10, 25):
        fabrik.optag(fabrik.ledig_plads(to), Periode(fabrik.om(-9), fabrik.om(slut)))
    fabrik.optag(fabrik.ledig_plads(_afdeling("Netop")), Periode(fabrik.om(29), fabrik.om(30)))
    fabrik.optag(fabrik.ledig_plads(_afdeling("Deltid")), Periode(fabrik.om(-9), fabrik.om(15)), ugedage=[1, 2])
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Ubekræftet")))
    fabrik.afdeling(fabrik.tilbud("Teamet", uden_pladser=True))
    fra = {navn: r.ledig_fra for navn, r in fundne().items()}
    assert fra == {
        "Nu": fabrik.om(0), "Åbner": fabrik.om(20), "Fraflytter": fabrik.om(10), "Netop": fabrik.om(30),
        "Deltid": fabrik.om(15), "Ubekræftet": None, "Teamet": None,
    }  # fmt: skip
    assert fundne(ugedage=frozenset({3}))["Deltid"].ledig_fra == fabrik.om(0)
    assert fundne(periode=Periode(fabrik.om(0), fabrik.om(5)))["Nu"].ledig_fra == fabrik.om(0)


def test_place_that_may_not_be_let_before_the_period_is_not_called_free_before_it() -> None:
    afdeling = _afdeling("Solbakken")
    fabrik.optag(fabrik.ledig_plads(afdeling), Periode(fabrik.om(-100), fabrik.om(12)))
    fabrik.ledig_plads(afdeling)
    fabrik.godkendelse(afdeling.tilbud, 1)
    # The second is nobody's, but is one too many while the first is taken.
    assert fundne()["Solbakken"].ledig_fra == fabrik.om(12)


def test_page_says_it_in_one_statement_however_many_there_are(client: Client) -> None:
    client.force_login(fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation))
    data = {"fra": DAGE.fra.isoformat(), "til": fabrik.om(59).isoformat()}
    antal = []
    for nummer in (1, 20):
        for _ in range(nummer):
            fabrik.optag(fabrik.ledig_plads(_afdeling("")), Periode(fabrik.om(-9), fabrik.om(10)))
        client.get(reverse("soegning:soeg"), data)
        with CaptureQueriesContext(connection) as fangst:
            side = client.get(reverse("soegning:soeg"), data).content.decode()
        assert len(re.findall(f"Ledig fra {fabrik.om(10):%d.%m.%Y}", side)) == (1 if nummer == 1 else 21)
        antal.append(len([f for f in fangst if taeller(f["sql"])]))
    assert antal[0] == antal[1]
    assert antal[1] <= 14
