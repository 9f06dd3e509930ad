"""The clock of stays without approval: by approvals, hjemmel and days, whatever happens meanwhile and in whatever order it is registered."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from freezegun import freeze_time
from hypothesis import given
from hypothesis import strategies as st

from faelles.models import Haendelse
from faelles.tid import Periode, idag
from kommuner.models import Rolle
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.models import Akutforloeb, Indgang, Ophold
from reservationer.sag.ophold import queries
from reservationer.sag.ophold.akut import stil_ure
from reservationer.sag.ophold.forloeb import afgoer_ophold
from reservationer.sag.ophold.frister import uden_godkendelse
from reservationer.sag.ophold.indskrivning import indskriv_uden_reservation
from reservationer.sag.overgange import Data, Grund, Udfald
from tests import fabrik
from tests.api import klienter
from tilbud.models import Plads, Pladsart, Tilbud, Tilsynsgodkendelse
from vilkaar.models import Vilkaarssaet
from vilkaar.noegler import Noegle

BEGYNDER, ALTID = date(2026, 3, 1), Periode(date(2020, 1, 1))


def dag(nummer: int) -> date:
    return BEGYNDER + timedelta(days=nummer)


def fra_til(fra: int, til: int | None = None) -> Periode:
    return Periode(dag(fra), None if til is None else dag(til))


# --- The rule -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kraevet", "godkendt", "akut", "uden"),
    [
        ([(ALTID, "SEL-107")], {}, [], [fra_til(0, 60)]),
        ([(ALTID, "SEL-107")], {"SEL-107": [ALTID]}, [], []),
        ([(ALTID, "SEL-107")], {"SEL-107": [ALTID]}, [fra_til(5, 9)], [fra_til(5, 9)]),
        ([(ALTID, "SEL-107")], {"SEL-107": [fra_til(-9, 10), fra_til(40)]}, [], [fra_til(10, 40)]),
        ([(ALTID, "SEL-107")], {"SEL-108": [ALTID]}, [], [fra_til(0, 60)]),
        ([(fra_til(20), "SEL-107")], {}, [], [fra_til(20, 60)]),
        ([(fra_til(0, 20), "SEL-107"), (fra_til(20), "SEL-108")], {}, [], [fra_til(0, 60)]),
        ([(fra_til(0, 20), "SEL-107"), (fra_til(20), "SEL-108")], {"SEL-107": [ALTID]}, [], [fra_til(20, 60)]),
        ([(ALTID, "SEL-107")], {"SEL-107": [fra_til(10, 20), fra_til(20, 30)]}, [], [fra_til(0, 10), fra_til(30, 60)]),
        ([], {}, [ALTID], []),
    ],
)
def test_uden_godkendelse(
    kraevet: list[tuple[Periode, str]], godkendt: dict[str, list[Periode]], akut: list[Periode], uden: list[Periode]
) -> None:
    assert uden_godkendelse(fra_til(0, 60), kraevet, godkendt, akut) == uden


perioder = st.builds(
    lambda fra, laengde: fra_til(fra, None if laengde is None else fra + laengde),
    st.integers(-10, 50),
    st.none() | st.integers(1, 30),
)
koder = st.sampled_from(["SEL-107", "SEL-108"])


@given(
    kraevet=st.lists(st.tuples(perioder, koder), max_size=3),
    godkendt=st.dictionaries(koder, st.lists(perioder, max_size=3)),
    akut=st.lists(perioder, max_size=2),
)
def test_uden_godkendelse_is_the_days_one_by_one_and_each_time_unbroken(
    kraevet: list[tuple[Periode, str]], godkendt: dict[str, list[Periode]], akut: list[Periode]
) -> None:
    def mangler(den: date) -> bool:
        gaelder = {kode for periode, kode in kraevet if periode.indeholder(den)}
        har = {kode for kode, deres in godkendt.items() if any(p.indeholder(den) for p in deres)}
        return bool(gaelder) and (bool(gaelder - har) or any(p.indeholder(den) for p in akut))

    fundne = uden_godkendelse(fra_til(0, 40), kraevet, godkendt, akut)
    for nummer in range(40):
        assert mangler(dag(nummer)) == any(periode.indeholder(dag(nummer)) for periode in fundne)
    for foer, efter in pairwise(fundne):
        assert foer.til is not None
        assert foer.til < efter.fra


# --- What happens -------------------------------------------------------------------------------------------------------


def godkendt_plads() -> Plads:
    """A place in an approved offer that works under § 107 and, without approval, § 108."""
    plads = fabrik.plads_med_takst()
    fabrik.godkendelse(plads.afdeling.tilbud, 5)
    plads.afdeling.tilbud.hjemler.add(fabrik.hjemmel("SEL-108"))
    return plads


def bortfald(tilbud: Tilbud, til: date) -> None:
    godkendelse = Tilsynsgodkendelse.objects.get(tilbud=tilbud)
    godkendelse.periode = Periode(Periode.af_range(godkendelse.periode).fra, til).som_range
    godkendelse.save(update_fields=["periode"])


def goer(ophold: Ophold, udfald: Udfald, grund: Grund | None = None, *, hvem: str = "koeber", **data: object) -> Ophold:
    aktoer = fabrik.sagsbehandler() if hvem == "koeber" else fabrik.tilbudsleder()
    indhold = Indhold(grund, data={Data(navn): vaerdi for navn, vaerdi in data.items()})
    return afgoer_ophold(aktoer=aktoer, ophold_id=ophold.pk, udfald=udfald, indhold=indhold)


def ur(ophold: Ophold) -> tuple[date | None, date | None]:
    with transaction.atomic():
        nu_ = Ophold.objects.for_systemet("test").get(pk=ophold.pk)
        return nu_.akut_fra, nu_.akutfrist


def slut(ophold: Ophold) -> list[tuple[date, date, date | None]]:
    """Of each time that is over: first day, the first day it was not so any more, and the first unlawful day."""
    with transaction.atomic():
        alle = Akutforloeb.objects.for_systemet("test").filter(ophold=ophold.pk).order_by("periode")
        return [(en.periode.lower, en.periode.upper, en.overskredet and en.overskredet.lower) for en in alle]


def om_dage(antal: int) -> AbstractContextManager[Any]:
    return freeze_time(fabrik.samme_tid(antal))


@pytest.mark.django_db
def test_clock_starts_the_day_an_approval_lapses_and_a_later_one_stops_it() -> None:
    plads = godkendt_plads()
    ophold, tilbud = fabrik.ophold(plads, periode=Periode(idag())), plads.afdeling.tilbud
    lapser, kommer = fabrik.om(10), fabrik.om(40)
    bortfald(tilbud, lapser)
    assert (stil_ure(), ur(ophold)) == (0, (None, None)), "it is approved still"
    with om_dage(10):
        assert (stil_ure(), stil_ure()) == (1, 0), "and again changes nothing"
        assert ur(ophold) == (lapser, lapser + timedelta(days=20))
        assert Haendelse.objects.filter(type="ophold.akut_begyndt").count() == 1
    with om_dage(40):
        fabrik.godkendelse(tilbud, 5, fra=kommer)
        assert queries.overskredne(fabrik.sagsbehandler(), idag()).count() == 1
        assert (stil_ure(), stil_ure()) == (1, 0)
        assert ur(ophold) == (None, None)
        assert slut(ophold) == [(lapser, kommer, lapser + timedelta(days=21))]
        assert Haendelse.objects.filter(type="ophold.akut_slut").count() == 1
        assert queries.overskredne(fabrik.sagsbehandler(), idag()).get().pk == ophold.pk, "it remains on the list"


@pytest.mark.django_db
def test_approval_in_time_leaves_no_overrun_and_a_lapse_again_a_clock_of_its_own() -> None:
    plads = fabrik.plads_med_takst()
    ophold, tilbud, foerst = fabrik.ophold(plads, periode=Periode(idag())), plads.afdeling.tilbud, idag()
    goer(ophold, Udfald.ORIENTER_TILSYN, dato=idag(), dokument="Brev 3")
    goer(ophold, Udfald.FORLAENG_AKUT, dokument="Tilladelse 7")
    fabrik.godkendelse(tilbud, 5, fra=fabrik.om(30), til=fabrik.om(50))
    with om_dage(35):
        stil_ure()
        assert slut(ophold) == [(foerst, fabrik.om(-5), None)], "it was extended to six weeks"
        assert queries.overskredne(fabrik.sagsbehandler(), idag()).count() == 0
    with om_dage(60):
        stil_ure()
        assert ur(ophold) == (fabrik.om(-10), fabrik.om(10)), "three weeks, and not extended"
        with transaction.atomic():
            igen = Ophold.objects.for_systemet("test").get(pk=ophold.pk)
        assert (igen.akut_forlaenget, igen.tilsyn_orienteret) == (False, None), "socialtilsyn is to be told again"
        assert slut(ophold) == [(foerst, foerst + timedelta(days=30), None)], "what was extended stays so"


def uden_krav(antal: int) -> list[Ophold]:
    """Stays since today under a hjemmel the terms ask no approval for."""
    steder = [fabrik.plads_med_takst(kode="SEL-101") for _ in range(antal)]
    return [fabrik.ophold(sted, hjemmel="SEL-101", periode=Periode(idag())) for sted in steder]


def saetninger(koer: Callable[[], int]) -> tuple[int, int]:
    """What it gives, and how many statements it takes."""
    with CaptureQueriesContext(connection) as fangne:
        return koer(), len(fangne)


@pytest.mark.django_db
def test_night_asks_nothing_of_stays_whose_hjemmel_needs_no_approval() -> None:
    kraever = fabrik.ophold(godkendt_plads(), periode=Periode(idag()))
    foer = saetninger(stil_ure)
    uden_krav(4)
    assert saetninger(stil_ure) == foer
    bortfald(kraever.tilbud, fabrik.om(0))
    assert (saetninger(stil_ure)[0], ur(kraever)[0]) == (1, idag()), "the others still have their clocks put right"


@pytest.mark.django_db
def test_night_asks_about_a_hjemmel_the_terms_of_its_first_day_asked_an_approval_for() -> None:
    plads = godkendt_plads()
    ophold, kkr = fabrik.ophold(plads, periode=Periode(idag())), fabrik.kkr()
    Vilkaarssaet.objects.filter(kkr=kkr).update(periode=Periode(fabrik.FOR_LAENGE_SIDEN, fabrik.om(10)).som_range)
    fabrik.vilkaar(kkr, fra=fabrik.om(10), andre={Noegle.GODKENDELSE_KRAEVES: "*=nej"})
    bortfald(plads.afdeling.tilbud, fabrik.om(20))
    with om_dage(20):
        assert (stil_ure(), ur(ophold)[0]) == (1, idag())


@pytest.mark.django_db
def test_change_to_a_hjemmel_that_asks_for_an_approval_starts_the_clock_that_day() -> None:
    ophold, skift = fabrik.ophold(godkendt_plads(), periode=Periode(idag())), fabrik.om(5)
    assert goer(ophold, Udfald.SKIFT_HJEMMEL, dato=idag(), hjemmel="SEL-108").akut_fra == idag(), "at once"
    assert goer(ophold, Udfald.SKIFT_HJEMMEL, dato=idag(), hjemmel="SEL-107").akut_fra is None
    assert slut(ophold) == []
    assert goer(ophold, Udfald.SKIFT_HJEMMEL, dato=skift, hjemmel="SEL-108").akut_fra is None, "not yet"
    with om_dage(6):
        stil_ure()
        assert ur(ophold) == (skift, skift + timedelta(days=20))


@pytest.mark.django_db
def test_approval_registered_late_counts_from_its_own_first_day() -> None:
    plads = fabrik.plads_med_takst()
    ophold, foerst = fabrik.ophold(plads, periode=Periode(idag())), idag()
    with om_dage(30):
        fabrik.godkendelse(plads.afdeling.tilbud, 5, fra=foerst + timedelta(days=25))
        stil_ure()
        assert slut(ophold) == [(foerst, foerst + timedelta(days=25), foerst + timedelta(days=21))]
    with om_dage(31):
        Tilsynsgodkendelse.objects.all().update(periode=Periode(foerst).som_range)  # and was put right
        goer(ophold, Udfald.SKIFT_HJEMMEL, dato=idag(), hjemmel="SEL-107")
        assert slut(ophold) == []


@pytest.mark.django_db
def test_stay_registered_late_has_had_its_clock_and_one_that_ends_leaves_its_overrun_on_the_list() -> None:
    plads = fabrik.plads_med_takst(art=Pladsart.AKUT)
    with om_dage(0):
        ophold = indskriv_uden_reservation(
            aktoer=fabrik.tilbudsleder(),
            tilbud_id=plads.afdeling.tilbud_id,
            indgang=Indgang.AKUT,
            handlekommune=fabrik.kommune("Rødovre").kommunekode,
            hjemmel="SEL-107",
            sagsreference="RK-9",
            fra=fabrik.om(-30),
            plads_id=plads.pk,
        )
        assert ur(ophold) == (fabrik.om(-30), fabrik.om(-10))
        goer(ophold, Udfald.UDSKRIV, Grund.ENIGE, hvem="leder", dato=fabrik.om(-2))
        assert ur(ophold) == (None, None)
        assert slut(ophold) == [(fabrik.om(-30), fabrik.om(-1), fabrik.om(-9))]
        assert queries.overskredne(fabrik.tilbudsleder(), idag()).count() == 1


@pytest.mark.django_db
def test_page_story_and_rest_show_the_clock_and_what_was_overrun_with_clause_and_set(client: Client) -> None:
    plads = godkendt_plads()
    ophold = fabrik.ophold(plads, periode=Periode(idag()), reference="RK-77")
    bortfald(plads.afdeling.tilbud, fabrik.om(1))
    fabrik.godkendelse(plads.afdeling.tilbud, 5, fra=fabrik.om(30))
    with om_dage(40):
        stil_ure()
        client.force_login(fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation))
        listen = client.get(reverse("ophold:akutte")).content.decode()
        assert "RK-77" in listen
        assert f"Sidste lovlige dag var {fabrik.om(-19):%d.%m.%Y}" in listen
        assert "De sidste lovlige dage" in listen
        siden = client.get(reverse("ophold:detalje", args=[ophold.pk])).content.decode()
        assert "Uden godkendelse" in siden
        assert "Tidligere uden socialtilsynets godkendelse" in siden
        fil = client.get(reverse("ophold:eksport_akutte", args=["csv"]))
        assert "Overskredet tidligere" in b"".join(fil).decode("utf-8-sig")
        vist = klienter.myndighed().get("/api/v1/ophold?udenGodkendelse=overskredet").json()["resultater"]
        assert [et["id"] for et in vist] == [str(ophold.pk)]
        (forloeb,) = vist[0]["akutforloeb"]
        assert (forloeb["fra"], forloeb["til"]) == (fabrik.om(-39).isoformat(), fabrik.om(-11).isoformat())
        assert forloeb["overskredetFra"] == fabrik.om(-18).isoformat()
        assert [en["noegle"] for en in vist[0]["efterVilkaar"] if en["felt"] == "akutforloeb/0/frist"] == ["akut_uger"]
