"""A party's steps over REST: who registered each, what it was carried from, and why a party must decide again."""

from typing import Any

import pytest

from rammeaftale.livscyklus import Aendringsart, Partsstatus
from rammeaftale.models import Godkendelse
from tests import fabrik
from tests.api import klienter
from tests.rammeaftale.aftaler import anbefal, godkend, send, sendt
from tests.rammeaftale.rapporter.situationer import beslut
from tests.rammeaftale.test_trin import ny as aabn_ny_version

pytestmark = pytest.mark.django_db


def hent(sti: str) -> list[dict[str, Any]]:
    svar = klienter.myndighed().get(f"/api/v1/rammeaftaler/{sti}")
    assert svar.status_code == 200
    resultater: list[dict[str, Any]] = svar.json()["resultater"]
    return resultater


def test_step_says_who_registered_it_and_a_carried_one_what_it_was_carried_from() -> None:
    aftale = sendt("Rødovre", "Gladsaxe")
    godkend(aftale, "Gladsaxe Kommune")
    gladsaxe, roedovre = (aftale.parter.get(organisation__navn=f"{n} Kommune") for n in ("Gladsaxe", "Rødovre"))
    beslut(aftale, gladsaxe, Partsstatus.AFVIST, dato=fabrik.om(0))
    sekretariat = str(fabrik.kkr().sekretariat)
    (foer,) = (p for p in hent(f"{aftale.id}/parter") if p["id"] == str(gladsaxe.id))
    assert (foer["status"], foer["registreretAf"], foer["genstart"]) == ("afvist", sekretariat, None)
    aabn_ny_version(aftale)
    anbefal(aftale)
    send(aftale, Aendringsart.REDAKTIONEL)
    parter = {p["id"]: p for p in hent(f"{aftale.id}/parter")}
    afviste, godkendte = parter[str(gladsaxe.id)], parter[str(roedovre.id)]
    assert (afviste["status"], afviste["registreretAf"], afviste["genstart"]) == ("afventer", None, "afvist")
    assert (godkendte["status"], godkendte["registreretAf"], godkendte["genstart"]) == ("godkendt", sekretariat, None)
    foerste, viderefoert = hent(f"{aftale.id}/parter/{roedovre.id}/godkendelser")
    assert (foerste["viderefoertFra"], viderefoert["viderefoertFra"]) == (None, foerste["id"])
    assert {foerste["registreretAf"], viderefoert["registreretAf"]} == {sekretariat}
    assert not any(
        g.identitet in str(hent(f"{aftale.id}/parter/{roedovre.id}/godkendelser")) for g in Godkendelse.objects.all()
    )
