"""What-ifs over REST: the operator's own, and what they were computed of."""

from decimal import Decimal

import pytest
from django.db import transaction

from takster.fastsaettelse.hvad_nu_hvis import Aendringer
from takster.fastsaettelse.scenarier import gem
from tests import fabrik
from tests.api import klienter
from tests.takster.budget.situationer import budget, oekonom
from tests.takster.fastsaettelse.situationer import beregnet, scenarie

pytestmark = pytest.mark.django_db


def test_scenarie__operator_reads_what_is_changed_and_every_step_of_the_takst_it_gives() -> None:
    en = beregnet()
    aendringer = Aendringer(
        pladser=Decimal(22), belaegning=Decimal(97), pl=Decimal("2.5"), linjer={"Løn": Decimal("18000000.00")}
    )
    with transaction.atomic():
        et = gem(aktoer=oekonom(), beregning=en, navn="Færre pladser", aendringer=aendringer)
    client = klienter.driftsherre()
    (vist,) = client.get("/api/v1/scenarier").json()["resultater"]
    assert (vist["id"], vist["navn"], vist["takstberegningId"]) == (str(et.pk), "Færre pladser", str(en.pk))
    assert vist["aendringer"] == {"pladser": "22", "belaegning": "97", "pl": "2.5", "linjer": {"Løn": "18000000.00"}}
    assert (vist["pris"]["beloeb"], vist["beregnetPris"]["beloeb"]) == (f"{et.beloeb:.2f}", f"{en.beloeb:.2f}")
    fuldt = client.get(f"/api/v1/scenarier/{et.pk}").json()
    assert {navn: fuldt[navn] for navn in vist} == vist
    assert Decimal(fuldt["beregning"]["takst"]) == et.beloeb
    assert (fuldt["beregning"]["inddata"]["pladser"], fuldt["beregning"]["belaegningsprocent"]) == ("22", "97")
    assert fuldt["beregning"]["trin"]


def test_scenarie__others_have_none_and_year_and_offer_choose() -> None:
    et = scenarie(beregnet())
    andet = scenarie(beregnet(budget(fabrik.tilbud(i="Gladsaxe"), aar=2027)))
    client = klienter.driftsherre()
    for soeg, skal in ((f"aar={et.beregning.aar}", et), (f"tilbud={andet.tilbud_id}", andet)):
        assert [r["id"] for r in client.get(f"/api/v1/scenarier?{soeg}").json()["resultater"]] == [str(skal.pk)]
    for anden in (klienter.driftsherre("Herlev"), klienter.myndighed("Gladsaxe"), klienter.sekretariat()):
        assert anden.get("/api/v1/scenarier").json()["resultater"] == []
        assert anden.get(f"/api/v1/scenarier/{et.pk}").status_code == 404
