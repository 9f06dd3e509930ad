"""A party's steps over REST: who registered each, what it was carried from, and why a party must decide again."""

from typing import Any

import pytest

from rammeaftale.livscyklus import Aendringsart, Aftaletilstand, Partsstatus
from rammeaftale.models import Godkendelse
from rammeaftale.moeder.regler import Organudfald
from rammeaftale.organer.regler import Organart
from tests import fabrik
from tests.api import klienter
from tests.rammeaftale.aftaler import anbefal, godkend, kladde, send, sendt, tag
from tests.rammeaftale.moeder.situationer import REFERAT, besluttet, organ_i
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


def test_steps_tell_the_way_of_the_agreement_and_why_a_party_must_decide_again() -> None:
    aftale = sendt("Rødovre", "Gladsaxe")
    godkend(aftale, "Gladsaxe Kommune")
    gladsaxe = aftale.parter.get(organisation__navn="Gladsaxe Kommune")
    beslut(aftale, gladsaxe, Partsstatus.AFVIST, dato=fabrik.om(0))
    aabn_ny_version(aftale)
    anbefal(aftale)
    send(aftale, Aendringsart.REDAKTIONEL)
    trin = hent(f"{aftale.id}/trin")
    vej = ["embedsmandsudvalg", "kkr_anbefalet", "sendt"]
    assert [(et["art"], et["version"]) for et in trin] == [
        *((art, 1) for art in vej), ("kladde", 2), *((art, 2) for art in vej),
    ]  # fmt: skip
    anbefalet, sendt_foerst, kladde_igen, sendt_igen = trin[1], trin[2], trin[3], trin[6]
    assert (anbefalet["organ"], anbefalet["referatUrl"]) == (organ_i(aftale, Organart.KKR).navn, REFERAT)
    assert kladde_igen["begrundelse"] == "Afsnit 3 er rettet"
    assert sendt_igen["genstarter"] == [
        {"partId": str(gladsaxe.id), "organisation": "Gladsaxe Kommune", "grund": "afvist"}
    ]
    assert [et["genstarter"] for et in (sendt_foerst, kladde_igen)] == [[], []]
    assert {et["registreretAf"] for et in trin} == {str(fabrik.kkr().sekretariat)}


def test_step_registered_wrongly_is_replaced_by_the_one_that_corrects_it() -> None:
    aftale = kladde()
    udvalg = organ_i(aftale, Organart.EMBEDSMANDSUDVALG)
    tag(aftale, Aftaletilstand.EMBEDSMANDSUDVALG)

    def udvalgets() -> list[tuple[str, bool]]:
        return [
            (et["begrundelse"], et["retter"]) for et in hent(f"{aftale.id}/trin") if et["art"] == "udvalget_tiltraadte"
        ]

    besluttet(aftale, Organudfald.TILTRAADT, af=udvalg, tekst="Med flertal")
    assert udvalgets() == [("Med flertal", False)]
    besluttet(aftale, Organudfald.TILTRAADT, af=udvalg, tekst="Enstemmigt")
    assert udvalgets() == [("Enstemmigt", True)]
    besluttet(aftale, Organudfald.UDSAT, af=udvalg)
    assert udvalgets() == [], "the meeting did not accede after all"


def test_meetings_decision_says_who_registered_it() -> None:
    aftale = kladde()
    kkr = organ_i(aftale, Organart.KKR)
    tag(aftale, Aftaletilstand.EMBEDSMANDSUDVALG)
    besluttet(aftale, Organudfald.ANBEFALET, af=kkr)
    (moede,) = klienter.myndighed().get(f"/api/v1/organer/{kkr.id}/moeder").json()["resultater"]
    assert [b["registreretAf"] for b in moede["beslutninger"]] == [str(fabrik.kkr().sekretariat)]
