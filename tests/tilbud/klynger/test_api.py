"""Clusters over REST: with every membership, found by target group and by a member of today."""

from typing import Any

import pytest

from faelles.tid import Periode, idag
from tests import fabrik
from tests.api import klienter
from tilbud.klynger.actions import afslut_medlem

pytestmark = pytest.mark.django_db


def hentet(**soeg: str) -> list[dict[str, Any]]:
    svar = klienter.myndighed().get("/api/v1/klynger", soeg)
    assert svar.status_code == 200, svar.json()
    fundne: list[dict[str, Any]] = svar.json()["resultater"]
    return fundne


def test_cluster_tells_what_it_is_for_and_who_was_and_is_a_member_when() -> None:
    klynge = fabrik.klynge("Autisme", medlemmer=("Gladsaxe", "Herlev"), maalgrupper=("Autismespektrum",))
    sekretariat, herlev, gladsaxe = fabrik.sekretariat(), fabrik.kommune("Herlev"), fabrik.kommune("Gladsaxe")
    afslut_medlem(aktoer=sekretariat, medlemskab_id=klynge.medlemskaber.get(kommune=herlev).pk, sidste_dag=idag())
    fabrik.fejl_i_andet(klynge)
    (fundet,) = hentet()
    siden = fabrik.FOR_LAENGE_SIDEN.isoformat()
    medlemmer = {m["kommunekode"]: (m["fra"], m["til"]) for m in fundet.pop("medlemmer")}
    assert medlemmer == {gladsaxe.pk: (siden, None), herlev.pk: (siden, fabrik.om(1).isoformat())}
    assert fundet == {
        "id": str(klynge.pk), "navn": "Autisme", "formaal": "", "kkr": "KKR Hovedstaden", "til": None,
        "maalgrupper": [str(fabrik.maalgruppe("Autismespektrum").kode)], "aabneFejlmeldinger": 1,
    }  # fmt: skip


def test_clusters_are_found_by_target_group_and_by_a_member_of_today() -> None:
    fabrik.klynge("Autisme", medlemmer=("Gladsaxe",), maalgrupper=("Autismespektrum",))
    for_alle = fabrik.klynge("For alle", medlemmer=("Herlev",))
    for_alle.medlemskaber.create(kommune=fabrik.kommune("Gladsaxe"), periode=Periode(fabrik.om(1)).som_range)
    demens = str(fabrik.maalgruppe("Demens").kode)
    assert [k["navn"] for k in hentet(maalgruppe=demens)] == ["For alle"]
    assert [k["navn"] for k in hentet(maalgruppe=str(fabrik.maalgruppe("Autismespektrum").kode))] == [
        "Autisme",
        "For alle",
    ]
    assert [k["navn"] for k in hentet(kommune=fabrik.kommune("Gladsaxe").pk)] == ["Autisme"]
    assert klienter.myndighed().get("/api/v1/klynger?kommune=9999").status_code == 400


def test_list_takes_as_many_statements_for_a_hundred(django_assert_max_num_queries: Any) -> None:
    def kald() -> int:
        with django_assert_max_num_queries(30) as maalt:
            hentet(limit="100")
        return len(maalt)

    fabrik.klynge("Nul", medlemmer=("Gladsaxe",), maalgrupper=("Demens",))
    klienter.myndighed()
    kald()
    foer = kald()
    for nummer in range(99):
        fabrik.klynge(f"Klynge {nummer}", medlemmer=("Gladsaxe", "Herlev"), maalgrupper=("Demens", "Autismespektrum"))
    assert kald() == foer
