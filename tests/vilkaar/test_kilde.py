"""Every result names the clause and the set it comes from, on its page and over REST, and leads to the terms of that day."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from faelles.tid import Periode, idag
from kommuner.models import Kkr, KkrMedlemskab, Rolle
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.ophold.forloeb import afgoer_ophold
from reservationer.sag.overgange import Data, Grund, Udfald
from takster.regnskab.actions import afslut
from tests import fabrik
from tests.api import klienter
from tests.rammeaftale.test_sider import klient
from tests.soegning.fritvalg.situationer import proeve
from tests.takster.budget.situationer import budget, oekonom
from tests.takster.fastsaettelse.situationer import offentliggjort
from tests.takster.regnskab.situationer import afsluttet, kladde
from tests.venteliste.situationer import med_venteliste, venter
from vilkaar.actions import udsend_saet
from vilkaar.kilde import TAKSTENS_DELE, kilder
from vilkaar.models import Saetstatus
from vilkaar.noegler import NOEGLER, Noegle

pytestmark = pytest.mark.django_db
TAKST = Noegle.AFRUNDING


def leder() -> Client:
    return klient(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation)


def sagsbehandler() -> Client:
    return klient(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation)


def tilbuddet() -> str:
    return reverse("tilbud:detalje", args=[fabrik.bekraeftet(fabrik.afdeling()).afdeling.tilbud_id])


def fejlen() -> str:
    return reverse("tilbud:fejlmelding", args=[fabrik.fejlmelding().pk])


def henvendelsen() -> str:
    return reverse("forespoergsler:henvendelse", args=[fabrik.henvendelse().pk])


def pladstilbuddet() -> str:
    hos = fabrik.henvendelse()
    fabrik.pladstilbud(hos)
    return reverse("forespoergsler:henvendelse", args=[hos.pk])


def svaret_paa_pladstilbuddet() -> str:
    return reverse("forespoergsler:pladstilbud", args=[fabrik.pladstilbud(fabrik.henvendelse()).pk, "tag_imod"])


def reservationen() -> str:
    return reverse("sag:detalje", args=[fabrik.reservation().pk])


def kvitteringen() -> str:
    return reverse("sag:kvittering", args=[fabrik.reservation().pk])


def opholdet() -> str:
    return reverse("ophold:detalje", args=[fabrik.ophold().pk])


def takster(rute: str) -> Callable[[], str]:
    def side() -> str:
        takst = fabrik.takst(fabrik.afdeling())
        return reverse(rute, args=[idag().year if "aarsliste" in rute else takst.afdeling.tilbud_id])

    return side


def beregningen() -> str:
    return reverse("takster:beregning", args=[offentliggjort(budget()).pk])


SIDER = [
    (tilbuddet, sagsbehandler, Noegle.BEKRAEFTELSE_FORFALD_DAGE),
    (lambda: tilbuddet() and reverse("tilbud:bekraeft_pladser"), leder, Noegle.BEKRAEFTELSE_FORFALD_DAGE),
    (lambda: reverse("tilbud:luk", args=[fabrik.afdeling().pk]), leder, Noegle.LUKNING_ALENE_DAGE),
    (fejlen, leder, Noegle.FEJLMELDING_FRIST_DAGE),
    (henvendelsen, sagsbehandler, Noegle.FORESPOERGSEL_SVARFRIST),
    (pladstilbuddet, sagsbehandler, Noegle.PLADSTILBUD_GYLDIGHED),
    (svaret_paa_pladstilbuddet, sagsbehandler, Noegle.PLADSTILBUD_GYLDIGHED),
    (
        lambda: reverse("venteliste:post", args=[venter(med_venteliste()).pk]),
        sagsbehandler,
        Noegle.VENTELISTE_ESKALERING_DAGE,
    ),
    (reservationen, sagsbehandler, Noegle.RESERVATION_VARIGHED),
    (kvitteringen, sagsbehandler, Noegle.RESERVATION_BETALES),
    (opholdet, sagsbehandler, Noegle.FOERSTE_BETALINGSDAG),
    (takster("tilbud:detalje"), sagsbehandler, TAKST),
    (takster("takster:historik"), sagsbehandler, TAKST),
    (takster("takster:aarsliste"), sagsbehandler, TAKST),
    (beregningen, leder, TAKST),
    (lambda: reverse("takster:regnskab", args=[kladde().pk]), leder, TAKST),
    (lambda: reverse("takster:regnskabsopgoerelse", args=[afsluttet().pk]), leder, TAKST),
]


@pytest.mark.parametrize(("side", "hvem", "noegle"), SIDER)
def test_page_names_clause_and_set_and_leads_to_the_terms_of_the_day(
    side: Callable[[], str], hvem: Callable[[], Client], noegle: Noegle
) -> None:
    sti, laeser = side(), hvem()
    html = laeser.get(sti).content.decode()
    links = re.findall(
        rf'Efter {re.escape(NOEGLER[noegle].klausul)}, <a href="([^"]+)">sæt 1</a> i Testaftale</span>', html
    )
    assert links, "the clause and the set"
    assert laeser.get(links[0].replace("&amp;", "&")).context["fundet"].saet.nummer == 1


def test_page_says_that_the_set_is_preliminary() -> None:
    sti = tilbuddet()
    kkr = fabrik.kkr()
    kkr.vilkaarssaet.update(periode=f"[2007-01-01,{idag().year}-01-01)")
    fabrik.vilkaar(kkr, fra=date(idag().year, 1, 1), status=Saetstatus.FORELOEBIG)
    assert ">sæt 2</a> i Testaftale (foreløbigt)</span>" in sagsbehandler().get(sti).content.decode()


def test_free_choice_names_the_clause_of_the_limit() -> None:
    html = sagsbehandler().get(reverse("soegning:proeve", args=[proeve().pk])).content.decode()
    assert f"stk. 2; {NOEGLER[Noegle.FRIT_VALG_GRAENSE_PROCENT].klausul}, vilkårssæt 1" in html


def test_offer_where_nothing_says_it_names_nothing() -> None:
    sti = tilbuddet()
    kkr = fabrik.kkr()
    kkr.vilkaarssaet.update(periode=f"[2007-01-01,{idag().year}-01-01)")
    fabrik.vilkaar(kkr, fra=date(idag().year, 1, 1), uden=Noegle.BEKRAEFTELSE_FORFALD_DAGE)
    assert "Efter Ledige pladser" not in sagsbehandler().get(sti).content.decode()


def test_stay_names_the_term_of_each_day_something_was_decided() -> None:
    ophold, koeber, leder_ = fabrik.ophold(periode=Periode(idag())), fabrik.sagsbehandler(), fabrik.tilbudsleder()
    for hvem, udfald, grund, data in (
        (leder_, Udfald.MELD_FRAVAER, None, {Data.ART: "hospital", Data.DATO: fabrik.om(1), Data.TIL: fabrik.om(5)}),
        (koeber, Udfald.OPSIG, Grund.ANDET_TILBUD_VALGT, {Data.DATO: idag()}),
    ):
        afgoer_ophold(aktoer=hvem, ophold_id=ophold.pk, udfald=udfald, indhold=Indhold(grund, data=data))
    html = sagsbehandler().get(reverse("ophold:detalje", args=[ophold.pk])).content.decode()
    for hvad in (
        "Første betalingsdag",
        "Sidste lovlige dag uden",
        "Om socialtilsynets godkendelse kræves",
        "Betaling under fravær",
        "Varsel ved opsigelse",
    ):
        assert f"<span>{hvad}" in html
    assert html.count("Efter Ophold og opsigelse, ") == 5


def test_rest_names_clause_and_set_of_a_confirmation_and_of_a_takst() -> None:
    afdeling = fabrik.bekraeftet(fabrik.afdeling()).afdeling
    fabrik.takst(afdeling)
    system = klienter.myndighed()
    (vist,) = system.get(f"/api/v1/tilbud/{afdeling.tilbud_id}/afdelinger").json()["resultater"]
    assert vist["vilkaar"] == {"klausul": "Ledige pladser", "saet": 1, "aftale": "Testaftale", "foreloebig": False}
    assert vist["vilkaarMangler"] == ""
    (takst,) = system.get("/api/v1/takster").json()["resultater"]
    assert (takst["vilkaarssaet"], takst["foreloebig"]) == (1, False)
    assert {et["noegle"] for et in takst["efterVilkaar"]} == {noegle.value for noegle in TAKSTENS_DELE}
    afrunding = next(et for et in takst["efterVilkaar"] if et["noegle"] == "afrunding")
    hvor = {"klausul": "Takstberegning", "saet": 1, "aftale": "Testaftale", "foreloebig": False}
    assert afrunding == {"felt": "pris", "noegle": "afrunding", **hvor}


def test_rest_says_why_no_term_tells_how_long_a_confirmation_holds() -> None:
    afdeling = fabrik.bekraeftet(fabrik.afdeling()).afdeling
    KkrMedlemskab.objects.update(kkr=Kkr.objects.create(navn="KKR Nyt", slug="kkr-nyt"), periode="[2007-01-01,)")
    (vist,) = klienter.myndighed().get(f"/api/v1/tilbud/{afdeling.tilbud_id}/afdelinger").json()["resultater"]
    ingen = f"Der er ingen vilkår for {idag():%d.%m.%Y}. Sekretariatet skal udsende et sæt."
    assert (vist["friskhed"], vist["vilkaar"], vist["vilkaarMangler"]) == ("ukendt", None, ingen)


def test_rest_names_the_terms_of_accounts_once_they_are_closed() -> None:
    system, aabent = klienter.driftsherre(), kladde()
    (vist,) = system.get("/api/v1/regnskaber").json()["resultater"]
    assert (vist["id"], vist["efterVilkaar"]) == (str(aabent.pk), [])
    afslut(aktoer=oekonom(), regnskab_id=aabent.pk)
    vist = system.get(f"/api/v1/regnskaber/{aabent.pk}").json()
    felter = {("efterregulering", vist["vilkaarssaet"]), ("takstensVilkaar", vist["takstensVilkaar"]["saet"])}
    assert {(et["felt"], et["saet"]) for et in vist["efterVilkaar"]} == felter


def test_terms_of_many_results_are_read_with_one_statement() -> None:
    kkr = fabrik.kkr()
    foerste, andet = kkr.vilkaarssaet.get(), fabrik.vilkaar(kkr, fra=date(2027, 1, 1), status=Saetstatus.FORELOEBIG)
    spurgt = [(saet.pk, noegle) for saet in (foerste, andet) for noegle in (Noegle.AKUT_UGER, Noegle.FRAVAER_PROCENT)]

    def laest(hvad: Any) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as udsagn:
            fundne = kilder(hvad)
        return len(udsagn), len(fundne)

    assert laest(spurgt[:1]) == (1, 1)
    assert laest(spurgt) == (1, 4)
    fundet = kilder([(andet.pk, Noegle.AKUT_UGER)])[andet.pk, Noegle.AKUT_UGER]
    assert (fundet.nummer, fundet.endelig, fundet.klausul) == (2, False, "Ophold og opsigelse")


def test_set_that_does_not_hold_the_term_names_nothing() -> None:
    uden = fabrik.vilkaar(fabrik.kkr(), fra=date(2027, 1, 1), status=Saetstatus.FORELOEBIG, uden=Noegle.AKUT_UGER)
    assert kilder([(uden.pk, Noegle.AKUT_UGER), (None, Noegle.AKUT_UGER)]) == {}


def test_pages_of_takster_say_which_clause_is_for_what() -> None:
    efter = {noegle: "2.1 Belægning" for noegle in NOEGLER if noegle.value.startswith("belaegning")}
    efter |= {Noegle.OVERHEAD_PROCENT: "2.2 Overhead", Noegle.TAKST_FRIST: "9.9 Årets frist"}
    kkr = fabrik.kkr()
    udsend_saet(
        kkr=kkr,
        periode=Periode(date(2008, 1, 1)),
        status=Saetstatus.ENDELIG,
        aftale="Testaftale",
        vaerdier=fabrik.VAERDIER,
        klausuler=efter,
        demo=True,
        afloeser=True,
    )
    sti = takster("takster:historik")()
    html = sagsbehandler().get(sti).content.decode()
    assert "Efter 2.1 Belægning (belægning); 2.2 Overhead (overhead); Takstberegning (afrunding, dage i året," in html
    assert "9.9 Årets frist" not in html, "when a takst is due says nothing about what it is"
    (takst,) = klienter.myndighed().get("/api/v1/takster").json()["resultater"]
    fundne = {et["noegle"]: (et["klausul"], et["saet"]) for et in takst["efterVilkaar"]}
    assert [fundne[n] for n in ("belaegning_metode", "overhead_procent", "afrunding")] == [
        ("2.1 Belægning", 2), ("2.2 Overhead", 2), ("Takstberegning", 2),
    ]  # fmt: skip
    assert "takst_frist" not in fundne
