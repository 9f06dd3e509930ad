"""What the search costs: how many statements, which rows they touch, and that sparing rows changes no answer."""

import math
from datetime import timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from bench.kald import taeller
from bench.plan import Opslag, alle_opslag, opslag
from faelles.spor import uden_historik
from faelles.tid import Periode, nu
from kommuner.models import Kkr
from reservationer.soegning import queries
from reservationer.soegning.fritekst import tekstfund
from reservationer.soegning.profil import Behovsprofil, Punkt, Vaegt
from reservationer.soegning.queries import Slaaetop, Soegesvar, soeg, udeladte
from reservationer.soegning.viste import suppleret
from reservationer.soegning.vurdering import afstand_km, kasse_om
from takster.models import Takst
from tests import fabrik
from tests.api import klienter
from tests.database import database_url
from tilbud.belaegning.models import Optagelse, Optagelsesart
from tilbud.models import (
    Afdeling,
    Bekraeftelse,
    Faktum,
    Fejlmelding,
    Merpladstilladelse,
    Niveau,
    Plads,
    Tilbud,
    Tilsynsgodkendelse,
)
from tilbud.models.register import Tilbudshjemmel, Tilbudsmaalgruppe

PERIODE = Periode(fabrik.om(10), fabrik.om(40))
ROEDOVRE = Punkt(12.45, 55.68)
HOEJST = 8  # statements at most, the token's included
REGISTER = (
    Tilbud,
    Tilbudshjemmel,
    Tilbudsmaalgruppe,
    Afdeling,
    Plads,
    Bekraeftelse,
    Niveau,
    Optagelse,
    Takst,
    Tilsynsgodkendelse,
    Merpladstilladelse,
    Fejlmelding,
)
I_KKR, UDENFOR = 5, 1000  # offers


def profil(**felter: Any) -> Behovsprofil:
    """Period, hjemmel, two target groups and distance."""
    grupper = ((fabrik.maalgruppe().kode, Vaegt.AFGOERENDE), (fabrik.maalgruppe("Angst").kode, Vaegt.NOGET))
    alle: dict[str, Any] = {
        "periode": PERIODE, "hjemmel": "SEL-107", "maalgrupper": grupper, "naer": ROEDOVRE, "hoejst_km": 30,
    }  # fmt: skip
    return Behovsprofil(**alle | felter)


@pytest.mark.django_db
@pytest.mark.parametrize("antal", [1, 100])
def test_search_over_rest_with_all_its_counts_takes_eight_statements_at_most(antal: int) -> None:
    _lav("Gladsaxe", "KKR Hovedstaden", antal)
    soegt = profil(hjemmel=None)
    fabrik.hjemmel("SEL-107")
    krop = {
        "fra": PERIODE.fra.isoformat(), "til": fabrik.om(40).isoformat(), "hoejstKm": 30,
        "maalgrupper": [{"kode": str(kode), "vaegt": int(vaegt)} for kode, vaegt in soegt.maalgrupper],
        "naerKommune": fabrik.kommune("Gladsaxe").pk,
    }  # fmt: skip
    client = klienter.myndighed()
    # All codes and the KKR's municipalities are looked up in one, words in one more, with a slip or without.
    kkr, hjemmel = {"kkr": Kkr.objects.get(navn="KKR Hovedstaden").slug}, {"hjemmel": "SEL-107"}
    rigtigt, med_smutter = {"tekst": "Gladsaxe"}, {"tekst": "Galdsaxe"}
    # The reports and the days the places are free from are read in one as well, when anything may be called free.
    for ekstra in ({}, hjemmel, kkr, kkr | rigtigt, kkr | hjemmel | rigtigt, kkr | hjemmel | med_smutter):
        client.post("/api/v1/soegninger", krop | ekstra, content_type="application/json")
        with CaptureQueriesContext(connection) as fangst:
            svar = client.post("/api/v1/soegninger", krop | ekstra, content_type="application/json")
        ventet = -(-antal // 2) if "hjemmel" in ekstra else antal
        assert (svar.status_code, svar.json()["antal"], bool(svar.json()["facetter"])) == (200, ventet, True)
        sat = [f["sql"] for f in fangst if taeller(f["sql"])]
        assert len(sat) <= HOEJST, sat
        assert {hit["ledigFra"] for hit in svar.json()["resultater"]} == {fabrik.om(0).isoformat()}


@pytest.mark.django_db
@pytest.mark.parametrize("antal", [1, 100])
def test_search_that_finds_nothing_in_its_kkr_takes_eight_statements_at_most_and_still_says_why(antal: int) -> None:
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Fjordhuset", i="Thisted", hjemler=("SEL-109",))))
    fabrik.kommune("Odense", i="KKR Syddanmark")
    odense = fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Odense Huset", i="Odense", hjemler=("SEL-108",))))
    fabrik.takst(odense.afdeling, "2000.00", kode="SEL-108")
    _lav("Gladsaxe", "KKR Hovedstaden", antal)
    tom = Kkr.objects.get(navn="KKR Syddanmark").slug
    krop = {"fra": PERIODE.fra.isoformat(), "til": fabrik.om(40).isoformat(), "kkr": tom}
    client = klienter.myndighed()
    for ekstra, ventet in (
        ({"tekst": "Odense", "hjemmel": "SEL-107"}, ["hjemmel"]),
        ({"tekst": "Odesne", "hjemmel": "SEL-107", "maksTakst": "3000.00"}, ["hjemmel"]),
        ({"tekst": "Gladsaxe", "maksTakst": "10.00", "alder": 5}, ["alder", "hoejeste_takst", "tekst"]),
    ):
        client.post("/api/v1/soegninger", krop | ekstra, content_type="application/json")
        with CaptureQueriesContext(connection) as fangst:
            svar = client.post("/api/v1/soegninger", krop | ekstra, content_type="application/json").json()
        assert (svar["antal"], svar["lempelse"]["koder"]) == (0, ventet)
        sat = [f["sql"] for f in fangst if taeller(f["sql"])]
        assert len(sat) <= HOEJST, sat


def _kort(svar: Soegesvar) -> Any:
    hits = [(fundet.fakta.afdeling_id, fundet.plads.foerste, fundet.plads.takst) for fundet in svar.resultater]
    return hits, svar.facetter, svar.lempelse


@pytest.mark.django_db
def test_rows_the_database_keeps_to_itself_change_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    kommuner = {"Gladsaxe": ("12.46", "55.73"), "Thisted": ("8.69", "56.95")}
    fabrik.kommune("Thisted", i="KKR Nordjylland")
    for sted, kode, gruppe, med_punkt in product(
        kommuner, ("SEL-107", "SEL-108"), ("Angst", "Depression"), (True, False)
    ):
        laengde, bredde = kommuner[sted] if med_punkt else (None, None)
        tilbud = fabrik.tilbud(i=sted, hjemler=(kode,), maalgrupper=(gruppe,), laengdegrad=laengde, breddegrad=bredde)
        fabrik.takst(fabrik.ledig_plads(fabrik.afdeling(tilbud)).afdeling, "2000.00", kode=kode)
    gladsaxe = fabrik.kommune("Gladsaxe").pk
    soegninger = [
        profil(kkr=kkr, kommuner=kommuner, hjemmel=hjemmel, hoejst_km=km, hoejeste_takst=takst, tekst=tekst)
        for kkr, kommuner, hjemmel, km, (takst, tekst) in product(
            (None, fabrik.kkr("KKR Nordjylland").pk),
            ((), (gladsaxe,)),
            (None, "SEL-107"),
            (None, 30),
            ((None, ""), (Decimal(1000), "depression"), (Decimal(2000), "")),
        )
    ]
    sparet = [_kort(soeg(fabrik.sagsbehandler(), en, nu=nu())) for en in soegninger]
    monkeypatch.setattr(queries, "_naer", lambda _profil, _fundet: Tilbud.objects.all())
    alt = [_kort(soeg(fabrik.sagsbehandler(), en, nu=nu())) for en in soegninger]
    assert sparet == alt
    assert any(hits for hits, *_ in alt)
    assert any(lempelse for *_, lempelse in alt)


@pytest.mark.django_db
def test_rows_that_fail_two_criteria_stay_in_the_database() -> None:
    fjern = fabrik.tilbud(
        i="Thisted", hjemler=("SEL-108",), maalgrupper=("Depression",), laengdegrad="8.69", breddegrad="56.95"
    )
    fabrik.ledig_plads(fabrik.afdeling(fjern))
    fabrik.ledig_plads()
    hvem, alt = fabrik.sagsbehandler(), Slaaetop(kkr=None, med_ordene=None)
    alle, _ = queries._fakta(hvem, profil(), nu(), alt, Tilbud.objects.all())
    naere, _ = queries._fakta(hvem, profil(), nu(), alt, queries._naer(profil(), alt))
    assert (len(alle), len(naere)) == (2, 1)
    # Without the words is one failure; another hjemmel is the second, looked up in one way or the other.
    andet = profil(hjemmel="SEL-109", maalgrupper=(), naer=None)
    assert not queries._naer(andet, Slaaetop(kkr=frozenset({"0000"}), med_ordene={})).exists()
    assert not queries._naer(andet, Slaaetop(kkr=None, med_ordene={})).exists()


GRADER = st.tuples(st.floats(-170, 170), st.floats(-85, 85))


@given(GRADER, st.floats(0, 2 * math.pi), st.floats(0, 1), st.floats(0.5, 400))
def test_box_holds_every_point_that_is_near_enough(
    grader: tuple[float, float], retning: float, andel: float, km: float
) -> None:
    # Draw the second point in a somewhat larger box, so that many lie near the edge.
    bredde = grader[1] + math.sin(retning) * andel * km / 100
    laengde = grader[0] + math.cos(retning) * andel * km / 100 / math.cos(math.radians(grader[1]))
    fra, til = Punkt(*grader), Punkt(laengde, bredde)
    kasse = kasse_om(fra, km)
    if afstand_km(fra, til) <= km and abs(laengde) <= 180 and abs(bredde) <= 90:
        assert kasse.laengder[0] <= laengde <= kasse.laengder[1]
        assert kasse.bredder[0] <= bredde <= kasse.bredder[1]


def test_box_is_not_much_larger_than_needed() -> None:
    kasse = kasse_om(ROEDOVRE, 30)
    hjoerne = Punkt(kasse.laengder[1], kasse.bredder[1])
    assert 30 * math.sqrt(2) < afstand_km(ROEDOVRE, hjoerne) < 44


def _lav(sted: str, kkr: str, antal: int) -> None:
    """Offers in a municipality, each with a department, two places, two claims, level, confirmation, takst, permission and report."""
    kommune = fabrik.kommune(sted, i=kkr)
    grupper, koder = [fabrik.maalgruppe().pk, fabrik.maalgruppe("Angst").pk], ["SEL-107", "SEL-108"]
    for kode in koder:
        fabrik.hjemmel(kode)
    tilbud = [
        Tilbud(
            navn=f"{sted} {n}", navn_sortering=f"{sted} {n}", navn_soegning=f"{sted} {n}".lower(),
            beskrivelse_soegning="hus og have", driftsherre=kommune.organisation, beliggenhedskommune=kommune,
            laengdegrad=Decimal("12.45"), breddegrad=Decimal("55.68"),
        )
        for n in range(antal)
    ]  # fmt: skip
    afdelinger = [Afdeling(tilbud=et, navn="Hus", navn_sortering="hus") for et in tilbud]
    pladser = [
        Plads(
            afdeling=en,
            betegnelse=str(n),
            betegnelse_sortering=str(n),
            periode=Periode(fabrik.FOR_LAENGE_SIDEN).som_range,
        )
        for en in afdelinger
        for n in range(2)
    ]
    ophold = [
        Optagelse(plads=en, periode=Periode(fabrik.om(fra), fabrik.om(fra + 100)).som_range, art=Optagelsesart.OPHOLD)
        for n, en in enumerate(pladser)
        for fra in (-300, -80 if n % 2 else -150)
    ]
    saet = fabrik.takst(fabrik.afdeling()).vilkaarssaet
    Tilbud.objects.bulk_create(tilbud)
    Afdeling.objects.bulk_create(afdelinger)
    Plads.objects.bulk_create(pladser)
    Optagelse.objects.bulk_create(ophold)
    hjemler, maalgrupper = Tilbud.hjemler.through, Tilbud.maalgrupper.through
    hjemler.objects.bulk_create(hjemler(tilbud=et, hjemmel_id=koder[n % 2]) for n, et in enumerate(tilbud))
    maalgrupper.objects.bulk_create(maalgrupper(tilbud=et, maalgruppe_id=grupper[n % 2]) for n, et in enumerate(tilbud))
    Niveau.objects.bulk_create(
        Niveau(tilbud=et, niveau=1, periode=Periode(fabrik.FOR_LAENGE_SIDEN).som_range, grund="Test") for et in tilbud
    )
    skift = fabrik.om(20)  # in the period searched, so that what is taken must be counted
    Tilsynsgodkendelse.objects.bulk_create(
        Tilsynsgodkendelse(tilbud=et, hjemmel_id=koder[0], pladser=2, periode=dage.som_range, socialtilsyn="Test")
        for et in tilbud
        for dage in (Periode(fabrik.FOR_LAENGE_SIDEN, skift), Periode(skift))
    )
    Merpladstilladelse.objects.bulk_create(
        Merpladstilladelse(afdeling=en, pladser=1, periode=Periode(fabrik.FOR_LAENGE_SIDEN).som_range, grund="Test")
        for en in afdelinger
    )
    Fejlmelding.objects.bulk_create(  # few, for a short table is what the planner would rather read whole
        Fejlmelding(tilbud=et, faktum=Faktum.ADRESSE, frist=fabrik.om(5), vilkaarssaet=saet) for et in tilbud[:I_KKR]
    )
    Bekraeftelse.objects.bulk_create(
        Bekraeftelse(
            afdeling=en, organisation=kommune.organisation, rolle_navn="Leder", tidspunkt=nu() - timedelta(days=n % 9)
        )
        for n, en in enumerate(afdelinger)
    )
    Takst.objects.bulk_create(
        Takst(
            afdeling=en, hjemmel_id=koder[n % 2], beloeb=2000, periode=Periode(fabrik.FOR_LAENGE_SIDEN).som_range,
            belaegningsprocent=95, beregning={}, vilkaarssaet=saet,
        )
        for n, en in enumerate(afdelinger)
    )  # fmt: skip


def _roerte(kkr: str, tekst: str = "", *, finder: bool = True, **felter: Any) -> list[Opslag]:
    """What the search reads of the register, also for the hits it shows, and for the list of what it leaves out when it finds nothing."""
    soegt, hvem = profil(kkr=Kkr.objects.get(navn=kkr).pk, tekst=tekst, **felter), fabrik.sagsbehandler()
    with CaptureQueriesContext(connection) as fangst, transaction.atomic():
        fundne = soeg(hvem, soegt, nu=nu()).resultater
        assert bool(fundne) is finder
        if finder:
            viste = suppleret(soegt, fundne, nu())
            assert (all(hit.ledig_fra for hit in viste), any(hit.fejl.aabne for hit in viste)) == (True, True)
        else:
            assert len(udeladte(hvem, soegt, nu=nu())) == I_KKR
    kendte = {model._meta.db_table for model in REGISTER}
    return [et for et in alle_opslag(f["sql"] for f in fangst.captured_queries) if et.tabel in kendte]


@pytest.mark.django_db(transaction=True)
def test_search_in_one_kkr_touches_no_rows_outside_it() -> None:
    # Every scan of the register, the ledger and the takster looks rows up by whose they are, and looks at no more of them than
    # the KKR has; a control searches in the whole country and is seen to touch more.
    connection.close()  # triggers that were planned for the few rows of other tests take minutes for these
    with transaction.atomic(), uden_historik(*REGISTER):
        _lav("Thisted", "KKR Nordjylland", I_KKR)
        _lav("Gladsaxe", "KKR Hovedstaden", UDENFOR)
    with psycopg.connect(database_url("DATABASE_OWNER_URL"), autocommit=True) as ejer:
        ejer.execute("VACUUM ANALYZE")
    egne = {"tilbud_plads": 2 * I_KKR, "tilbud_tilsynsgodkendelse": 2 * I_KKR, "belaegning_optagelse": 4 * I_KKR}
    hvis = {
        "tilbud_tilbud": "beliggenhedskommune_id", "tilbud_plads": "afdeling_id", "belaegning_optagelse": "plads_id",
        "takster_takst": "afdeling_id", "tilbud_bekraeftelse": "afdeling_id",
        "tilbud_merpladstilladelse": "afdeling_id",
    }  # fmt: skip
    kendte = {model._meta.db_table for model in REGISTER}
    kun_om_fund = {"tilbud_bekraeftelse", "takster_takst", "tilbud_fejlmelding"}
    # Plainly, with a word that only the KKR's own hold, with a slip in it, and with one that those outside hold as well.
    # And when it finds nothing: then it looks for the reason in the KKR alone.
    for tekst, felter in (
        ("", {}), ("Thisted", {}), ("Thsited", {}), ("hus", {}),
        ("intet", {"finder": False}), ("", {"finder": False, "alder": 5}), ("", {"finder": False, "hoejeste_takst": 1}),
    ):  # fmt: skip
        roerte = _roerte("KKR Nordjylland", tekst, **felter)
        assert {et.tabel for et in roerte} >= (kendte - kun_om_fund if felter else kendte)
        assert [et for et in roerte if et.raekker > egne.get(et.tabel, I_KKR)] == []
        assert [et for et in roerte if not et.gaar_efter(hvis.get(et.tabel, "tilbud_id"))] == []
    # In the whole country the words are looked up: only what they may stand in is read.
    for tekst in ("Thisted", "Thsited"):
        with CaptureQueriesContext(connection) as fangst:
            assert len(tekstfund(tekst, Tilbud.objects.all(), kun_dem=False) or ()) == I_KKR
        laest = [et.raekker for f in fangst.captured_queries if taeller(f["sql"]) for et in opslag(f["sql"])]
        assert max(laest) <= I_KKR
    kontrol, hvem, hele_landet = _roerte("KKR Hovedstaden"), fabrik.sagsbehandler(), profil()
    assert max(et.raekker for et in kontrol) > egne["belaegning_optagelse"]
    with CaptureQueriesContext(connection) as fangst:
        soeg(hvem, hele_landet, nu=nu())
    assert not all(
        et.gaar_efter(hvis.get(et.tabel, "tilbud_id"))
        for et in alle_opslag(f["sql"] for f in fangst.captured_queries)
        if et.tabel in kendte
    )
