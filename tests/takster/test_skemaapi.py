"""Systems deliver budgets and accounts as workbooks: tried, stored as drafts all or none, safe to repeat; people go on from there."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from faelles.aktoer import Funktion, Rettighed
from faelles.fejl import IngenAdgang
from kommuner.queries import aktoer_for_klient
from takster.budget.actions import slet
from takster.fastsaettelse import actions
from takster.models import Budget, Regnskab
from tests import fabrik
from tests.api import klienter
from tests.takster.budget import test_regneark as budgetark
from tests.takster.budget.situationer import oekonom
from tests.takster.regnskab import test_regneark as regnskabsark
from tests.takster.regnskab.situationer import AAR, afsluttet
from tilbud.registerimport.api import XLSX

pytestmark = pytest.mark.django_db
IDER = ("Gladsaxe-0", "Gladsaxe-1")
ARK: Mapping[str, Any] = {"budget": budgetark, "regnskab": regnskabsark}
STIER = {"budget": ("budgetproever", "budgetimporter"), "regnskab": ("regnskabsproever", "regnskabsimporter")}
MODELLER: Mapping[str, Any] = {"budget": Budget, "regnskab": Regnskab}


@pytest.fixture
def client() -> Client:
    fabrik.kommune("Gladsaxe")
    for id_ in IDER:
        fabrik.tilbud(id_, i="Gladsaxe", ekstern_id=id_)
    return klienter.driftsherre()


def fil(slags: str, *, med_fejl: bool = False) -> bytes:
    """A workbook of both offers; the lines of the second one have a minus and a post there is not."""
    hoveder, linjer = ARK[slags].hele(IDER)
    if med_fejl:
        linjer[7][4], linjer[8][2] = -5, "Slik"
    bog: bytes = ARK[slags].bog(hoveder, linjer)
    return bog


def send(client: Client, sti: str, indhold: bytes, noegle: str = "n-1", medie: str = XLSX) -> Any:
    return client.post(f"/api/v1/{sti}", indhold, content_type=medie, headers={"idempotency-key": noegle})


def gemte(slags: str) -> int:
    with transaction.atomic():
        antal: int = MODELLER[slags].objects.for_systemet("test").count()
        return antal


@pytest.mark.parametrize("slags", ARK)
def test_dry_run_stores_nothing_and_names_what_would_be_stored(client: Client, slags: str) -> None:
    svar = send(client, STIER[slags][0], fil(slags))
    assert svar.status_code == 200
    assert [(et["tilbud"], et["aar"]) for et in svar.json()["raekker"]] == [
        (id_, ARK[slags].hele(IDER)[0][0][1]) for id_ in IDER
    ]
    assert not svar.json()["fejl"]
    assert gemte(slags) == 0


@pytest.mark.parametrize("slags", ARK)
def test_faults_have_row_column_and_rule_and_nothing_is_stored(client: Client, slags: str) -> None:
    proevet = send(client, STIER[slags][0], fil(slags, med_fejl=True)).json()
    assert not proevet["raekker"]
    assert [(f["nummer"], f["ark"], f["raekke"], f["kolonne"], f["vaerdi"]) for f in proevet["fejl"]] == [
        (1, "Linjer", 9, "Beløb", "-5"),
        (2, "Linjer", 10, "Post", "Slik"),
    ]
    assert all(f["regel"] and f["rettelse"] for f in proevet["fejl"])
    svar = send(client, STIER[slags][1], fil(slags, med_fejl=True))
    assert (svar.status_code, svar.json()["code"]) == (400, "fil_har_fejl")
    assert [fejl["pointer"] for fejl in svar.json()["errors"]] == ["/fil", "/fil"]
    assert svar.json()["errors"][0]["detail"].startswith("Linjer, række 9, Beløb (-5): ")
    assert gemte(slags) == 0
    rettet = send(client, STIER[slags][1], fil(slags))
    assert rettet.status_code == 201, "a refused request leaves no key"


@pytest.mark.parametrize("slags", ARK)
def test_all_is_stored_once_with_the_key_and_replaced_with_another(client: Client, slags: str) -> None:
    indhold = fil(slags)
    svar = send(client, STIER[slags][1], indhold)
    assert svar.status_code == 201
    assert [et["aar"] for et in svar.json()["kladder"]] == [ARK[slags].hele(IDER)[0][0][1]] * 2
    igen = send(client, STIER[slags][1], indhold)
    assert (igen.json(), igen.headers["Idempotent-Replayed"]) == (svar.json(), "true")
    assert send(client, STIER[slags][1], fil(slags, med_fejl=True)).status_code == 422, "the key was another file's"
    assert send(client, STIER[slags][1], indhold, "n-2").json() == svar.json(), "the same drafts, written again"
    assert gemte(slags) == 2
    uden = client.post(f"/api/v1/{STIER[slags][1]}", fil(slags), content_type=XLSX)
    assert (uden.status_code, uden.json()["code"]) == (400, "idempotency_key_mangler")


def test_accounts_that_are_closed_stand_fast(client: Client) -> None:
    lukket = afsluttet()
    indhold = regnskabsark.bog(*regnskabsark.hele([str(lukket.tilbud_id)], AAR))
    svar = send(client, "regnskabsimporter", indhold)
    assert (svar.status_code, svar.json()["code"]) == (400, "fil_har_fejl")
    assert f"Regnskabet for {AAR} er afsluttet." in svar.json()["errors"][0]["detail"]


def test_offers_of_others_do_not_exist_and_other_files_are_refused(client: Client) -> None:
    fremmed = fabrik.tilbud(i="Herlev", ekstern_id="Herlev-0")
    for id_ in (str(fremmed.pk), fremmed.ekstern_id):
        (fejl,) = send(client, "budgetproever", budgetark.bog(*budgetark.hele([id_]))).json()["fejl"]
        assert (fejl["ark"], fejl["kolonne"], fejl["regel"]) == (
            "Budgetter",
            "Tilbud",
            "Tilbuddet findes ikke hos jer.",
        )
    assert send(client, "budgetproever", b"ikke en bog").json()["code"] == "fil_ulaeselig"
    assert send(client, "budgetproever", b"").json()["code"] == "fil_ulaeselig"
    assert send(client, "budgetproever", fil("budget"), medie="application/json").status_code in {400, 415}
    assert send(client, "budgetproever", b"x" * (settings.UPLOAD_MAKS + 1)).status_code == 413


def test_system_delivers_and_people_decide(client: Client) -> None:
    svar = send(client, "budgetimporter", fil("budget"))
    budget_id = svar.json()["kladder"][0]["id"]
    klient = klienter.registrer(
        fabrik.kommune("Gladsaxe").organisation, Funktion.DRIFTSHERRE, Rettighed.TAKSTER_INDLAES
    )
    system = aktoer_for_klient(klient, klient.scopes)
    with pytest.raises(IngenAdgang):
        actions.beregn(aktoer=system, budget_id=budget_id)
    with pytest.raises(IngenAdgang):
        slet(aktoer=system, budget_id=budget_id)
    assert actions.beregn(aktoer=oekonom(), budget_id=budget_id).beloeb > 0
