"""Where people see what final terms change: the operator's start page, list and calculation, and the secretariat's board."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from kommuner.models import Rolle
from takster.genberegning.actions import genberegn_ventende
from tests import fabrik
from tests.api import klienter
from tests.takster.fastsaettelse.situationer import offentliggjort
from tests.takster.fastsaettelse.test_views import logget_ind, tekst
from tests.takster.genberegning.situationer import (
    AAR,
    FOERSTE,
    LAVERE_LOFT,
    endeligt,
    ens,
    foreloebigt,
    fyldt,
    fyldt_budget,
    kladder,
)

pytestmark = pytest.mark.django_db
OVERSKRIFT = "Vilkårene er blevet endelige"


def liste(navn: str = "Gladsaxe") -> str:
    side = tekst(logget_ind(navn=navn).get(reverse("takster:liste"), {"aar": AAR}))
    return " ".join(side.split())


def test_operator_sees_what_waits_then_what_changed_and_where_to_go_on() -> None:
    foreloebigt()
    aendret = fyldt()
    assert OVERSKRIFT not in liste()
    saet = endeligt(LAVERE_LOFT)
    assert "1 beregning med foreløbige vilkår bliver genberegnet" in liste()
    genberegn_ventende()
    (ny,) = kladder()
    side = liste()
    assert "bliver genberegnet" not in side
    assert f"efter sæt {saet.nummer}, Testaftale." in side
    assert f'<a href="{reverse("takster:beregning", args=[ny.pk])}">Beregning 2</a> kan erstatte den: beregnet.' in side
    beregning = tekst(logget_ind().get(reverse("takster:beregning", args=[aendret.pk])))
    assert OVERSKRIFT in beregning
    assert "Takster og priser, de endelige vilkår ændrer" in tekst(logget_ind().get("/"))
    assert OVERSKRIFT not in liste("Herlev")
    fremmed = logget_ind(Rolle.LAESER, "Herlev")
    assert OVERSKRIFT not in tekst(fremmed.get(reverse("takster:beregning", args=[aendret.pk])))
    assert "Takster og priser, de endelige vilkår ændrer" not in tekst(fremmed.get("/"))


def test_draft_is_offered_for_the_takst_it_replaces_and_for_no_other_of_the_budget() -> None:
    foreloebigt()
    et = fyldt_budget()
    offentliggjort(et)
    offentliggjort(et, fra=date(2027, 7, 1), begrundelse="Ny normering")
    endeligt(LAVERE_LOFT)
    genberegn_ventende()
    side = liste()
    assert (side.count("kan erstatte den"), side.count("Ændr taksten<span")) == (1, 1)


def test_confirmed_takst_is_called_final_everywhere_it_is_shown() -> None:
    foreloebigt()
    en = ens()
    sider = [
        reverse("takster:historik", args=[en.tilbud_id]),
        reverse("takster:beregning", args=[en.pk]),
        reverse("tilbud:detalje", args=[en.tilbud_id]),
    ]
    laeser = logget_ind(Rolle.LAESER, "Herlev")
    saet = endeligt()
    foer = [tekst(laeser.get(side)) for side in sider]
    aarsliste = reverse("takster:aarsliste", args=[AAR])
    assert ">Foreløbig" in tekst(laeser.get(aarsliste))
    genberegn_ventende()
    efter = [tekst(laeser.get(side)) for side in sider]
    ord_ = [f"Endelig, efter sæt {saet.nummer}", f"bekræftet af de endelige vilkår, Testaftale, sæt {saet.nummer}"]
    for foer_, efter_, sagt in zip(foer, efter, (ord_[0], ord_[1], ord_[0]), strict=True):
        assert (sagt in foer_, sagt in efter_) == (False, True)
    assert ">Foreløbig" not in tekst(laeser.get(aarsliste))
    assert f">{ord_[0]}" in tekst(laeser.get(aarsliste))
    assert OVERSKRIFT not in liste()


def test_rest_says_which_final_set_confirmed_a_takst() -> None:
    foreloebigt()
    en = ens()
    kald = klienter.myndighed()
    saet = endeligt()
    for foreloebig, bekraeftet in ((True, None), (False, saet.nummer)):
        (takst,) = kald.get("/api/v1/takster", {"gyldigPaa": FOERSTE.isoformat()}).json()["resultater"]
        assert (takst["foreloebig"], takst["bekraeftetAf"]) == (foreloebig, bekraeftet)
        assert kald.get(f"/api/v1/takstberegninger/{en.pk}").json()["foreloebig"] is foreloebig
        genberegn_ventende()


def test_secretariat_sees_outcomes_and_no_amount() -> None:
    foreloebigt()
    ens(), fyldt()
    endeligt(LAVERE_LOFT)
    sekretaer, sekretariat = Client(), fabrik.kkr().sekretariat
    assert sekretariat is not None
    sekretaer.force_login(fabrik.bruger(Rolle.SEKRETARIAT, sekretariat))
    url = reverse("takster:frist", args=[AAR])
    assert "Genberegnet efter endelige vilkår" not in tekst(sekretaer.get(url))
    genberegn_ventende()
    side = " ".join(tekst(sekretaer.get(url)).split())
    assert (
        "2 beregninger med foreløbige vilkår er genberegnet: 1 gav det samme og er bekræftet, 1 gav en anden takst"
        in side
    )
    assert "Fyldt</a>: en anden takst venter hos driftsherren" in side
    assert not any(f"{k.beloeb:.0f}" in side.replace(".", "") for k in kladder())
