"""A set adopted late takes over days that have been; what was decided on them goes on naming the set it was made under."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from freezegun import freeze_time

from faelles.tid import Periode, idag
from reservationer.sag.actions import beslut
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.forespoergsler.actions import besvar
from reservationer.sag.models import Ophold
from reservationer.sag.ophold import queries as opholdsqueries
from reservationer.sag.ophold.forloeb import afgoer_ophold
from reservationer.sag.ophold.indskrivning import indskriv
from reservationer.sag.overgange import Data, Grund, Udfald
from tests import fabrik
from tests.api import klienter
from tests.soegning.fritvalg.situationer import proeve
from tests.vilkaar.test_kilde import (
    fejlen,
    henvendelsen,
    opholdet,
    pladstilbuddet,
    reservationen,
    sagsbehandler,
    svaret_paa_pladstilbuddet,
)
from tilbud.belaegning.models import Pladslukning
from tilbud.models import Tilbud
from vilkaar.actions import udsend_saet
from vilkaar.models import Saetstatus, Vilkaarssaet
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db
KLAUSUL = "Fastsat sent"
Vist = tuple[str, str, str, int, bool]  # field, term, clause, set, preliminary


def vedtag_sent() -> Vilkaarssaet:
    """Set 2: of the KKR, from a year ago on, with other values and other clauses."""
    andre = {
        Noegle.AKUT_UGER: "9", Noegle.DOED_BETALES_DAGE: "5", Noegle.FEJLMELDING_FRIST_DAGE: "30", Noegle.FORESPOERGSEL_SVARFRIST: "30",
        Noegle.FRAVAER_PROCENT: "*=50", Noegle.OPSIGELSE_VARSEL_KOMMUNE: "*=60d", Noegle.RESERVATION_VARIGHED: "40",
    }  # fmt: skip
    vaerdier = {**fabrik.VAERDIER, **andre}
    return udsend_saet(
        kkr=fabrik.kkr(),
        periode=Periode(fabrik.om(-365)),
        status=Saetstatus.ENDELIG,
        aftale="Sent vedtaget",
        vaerdier=vaerdier,
        klausuler=dict.fromkeys(vaerdier, KLAUSUL),
        demo=True,
        afloeser=True,
    )


def efter(vist: dict[str, Any]) -> list[Vist]:
    """What an answer says it follows from."""
    return [(et["felt"], et["noegle"], et["klausul"], et["saet"], et["foreloebig"]) for et in vist["efterVilkaar"]]


def goer(ophold: Ophold, udfald: Udfald, grund: Grund | None = None, *, hvem: str = "koeber", **data: Any) -> Ophold:
    """One step in a stay."""
    aktoer = fabrik.tilbudsleder() if hvem == "leder" else fabrik.sagsbehandler()
    indhold = Indhold(grund, data={Data(navn): vaerdi for navn, vaerdi in data.items()})
    return afgoer_ophold(aktoer=aktoer, ophold_id=ophold.pk, udfald=udfald, indhold=indhold)


@pytest.mark.parametrize(
    "side",
    [fejlen, henvendelsen, pladstilbuddet, svaret_paa_pladstilbuddet, reservationen, opholdet],
    ids=lambda side: side.__name__,
)
def test_page_goes_on_naming_the_set_it_was_made_under(side: Callable[[], str]) -> None:
    sti, laeser = side(), sagsbehandler()
    nyt = vedtag_sent()
    html = laeser.get(sti).content.decode()
    links = re.findall(r'Efter ([^<]+), <a href="([^"]+)">sæt (\d)</a> i ([^<]+)</span>', html)
    assert {(nummer, aftale) for _, _, nummer, aftale in links} == {("1", "Testaftale")}
    vilkaarene = laeser.get(links[0][1].replace("&amp;", "&"))
    assert vilkaarene.context["fundet"].saet == nyt, "which governs the day now"
    (gammelt,) = vilkaarene.context["fundet"].andre
    anker = links[0][1].partition("#")[2]
    assert anker == f"saet-{gammelt.saet.pk}"
    assert f'id="{anker}"' in vilkaarene.content.decode()
    assert {raekke.klausul for raekke in gammelt.vilkaar} > {links[0][0]}, "the terms that held are there to be read"


def test_each_date_of_a_stay_names_the_set_it_was_decided_under() -> None:
    ophold = fabrik.ophold(periode=Periode(idag()))
    goer(ophold, Udfald.MELD_FRAVAER, hvem="leder", art="ferie", dato=idag(), til=idag())
    goer(ophold, Udfald.OPSIG, Grund.ANDET_TILBUD_VALGT, dato=idag())
    vedtag_sent()
    goer(ophold, Udfald.ORIENTER_TILSYN, dato=idag(), dokument="Brev 3")
    goer(ophold, Udfald.FORLAENG_AKUT, dokument="Tilladelse 7")
    goer(ophold, Udfald.MELD_FRAVAER, hvem="leder", art="ferie", dato=fabrik.om(1), til=fabrik.om(1))
    goer(ophold, Udfald.UDSKRIV, Grund.DOED, hvem="leder", dato=idag())
    aktoer = fabrik.sagsbehandler()
    with transaction.atomic():
        et = opholdsqueries.find(aktoer, ophold.pk, idag())
        assert et is not None
        fundet = [(hvad, k.nummer) for hvad, _, k in opholdsqueries.kilder(et, opholdsqueries.historie(aktoer, et))]
    assert fundet == [
        ("Første betalingsdag", 1),
        ("Tidligere uden socialtilsynets godkendelse", 2),
        ("Betaling under fravær", 1),
        ("Betaling under fravær", 2),
        ("Varsel ved opsigelse", 1),
        ("Betaling efter udskrivning", 2),
    ]
    assert efter(klienter.myndighed().get(f"/api/v1/ophold/{ophold.pk}").json()) == [
        ("akutforloeb/0/frist", "akut_forlaengelse_uger", KLAUSUL, 2, False),
        ("betalesFra", "foerste_betalingsdag", "Ophold og opsigelse", 1, False),
        ("opsagtTil", "opsigelse_varsel_kommune", "Ophold og opsigelse", 1, False),
        ("betalesTil", "doed_betales_dage", KLAUSUL, 2, False),
    ]


def test_place_taken_again_names_the_set_of_the_stay_that_takes_it() -> None:
    forrige = fabrik.ophold(periode=Periode(idag(), fabrik.om(300)))
    plads = forrige.reservation.optagelse.plads if forrige.reservation else fabrik.ledig_plads()
    goer(forrige, Udfald.OPSIG, Grund.ANDET_TILBUD_VALGT, dato=idag())
    goer(forrige, Udfald.UDSKRIV, Grund.FRAFLYTTET, hvem="leder", dato=idag())
    system = klienter.myndighed()

    def vist() -> dict[str, Any]:
        fundet: dict[str, Any] = system.get(f"/api/v1/ophold/{forrige.pk}").json()
        return fundet

    assert efter(vist())[-1] == ("betalesTil", "genbelaegning_stopper", "Ophold og opsigelse", 1, False)
    vedtag_sent()
    naeste = fabrik.bekraeftet_reservation(plads, periode=Periode(fabrik.om(5)), reference="RK-2026-2")
    with freeze_time(fabrik.samme_tid(5)):
        indhold = Indhold(data={Data.DATO: idag()})
        indskriv(aktoer=fabrik.tilbudsleder(), reservation_id=naeste.pk, indhold=indhold)
    assert vist()["betalesTil"] == fabrik.om(4).isoformat()
    assert efter(vist())[-1] == ("betalesTil", "genbelaegning_stopper", KLAUSUL, 2, False)


def test_reservation_names_the_set_of_its_hold_and_of_the_last_extension() -> None:
    reservation, system = fabrik.reservation(), klienter.myndighed()
    vedtag_sent()
    adresse = f"/api/v1/reservationer/{reservation.pk}"
    assert efter(system.get(adresse).json()) == [("udloeber", "reservation_varighed", "Reservation", 1, False)]
    beslut(aktoer=fabrik.sagsbehandler(), reservation_id=reservation.pk, udfald=Udfald.FORLAENG)
    assert efter(system.get(adresse).json()) == [("udloeber", "reservation_varighed", KLAUSUL, 2, False)]


def test_enquiry_names_the_set_of_its_deadline_and_of_the_new_one_after_an_elaboration() -> None:
    henvendelse, system = fabrik.henvendelse(), klienter.myndighed()
    vedtag_sent()

    def vist() -> list[Vist]:
        (hos,) = system.get(f"/api/v1/forespoergsler/{henvendelse.forespoergsel_id}").json()["henvendelser"]
        return efter(hos)

    assert vist() == [("svarfrist", "forespoergsel_svarfrist", "Forespørgsel", 1, False)]
    for aktoer, udfald in ((fabrik.tilbudsleder(), Udfald.BED_OM_MERE), (fabrik.sagsbehandler(), Udfald.UDDYB)):
        besvar(aktoer=aktoer, henvendelse_id=henvendelse.pk, udfald=udfald, indhold=Indhold(bemaerkning="Om natten"))
    assert vist() == [("svarfrist", "forespoergsel_svarfrist", KLAUSUL, 2, False)]


def test_report_of_an_error_names_the_set_of_its_deadline_whatever_it_is_about() -> None:
    system, sagsbehandler_ = klienter.myndighed(), fabrik.sagsbehandler()

    def meldt() -> list[tuple[Vist, date]]:
        return [
            (vist, date.fromisoformat(et["frist"]))
            for et in system.get("/api/v1/fejlmeldinger").json()["resultater"]
            for vist in efter(et)
        ]

    def meld(emne: Any) -> None:
        if isinstance(emne, Tilbud):
            fabrik.fejlmelding(emne, af=sagsbehandler_)
        else:
            fabrik.fejl_i_andet(emne, af=sagsbehandler_)

    for emne in (fabrik.tilbud(), fabrik.klynge(), fabrik.offentligt_tilbud()):
        meld(emne)
    foer = [(("frist", "fejlmelding_frist_dage", "Ledige pladser", 1, False), fabrik.om(14))] * 3
    assert meldt() == foer
    vedtag_sent()
    meld(fabrik.tilbud())
    assert meldt() == [(("frist", "fejlmelding_frist_dage", KLAUSUL, 2, False), fabrik.om(30)), *foer]


def test_closure_names_the_set_that_let_one_person_decide_it_and_none_where_a_second_did() -> None:
    huset, system = fabrik.afdeling(), klienter.driftsherre()
    plads = fabrik.ledig_plads(huset)
    alene = fabrik.lukning(huset, plads)
    vedtag_sent()
    to = Pladslukning.objects.create(
        afdeling=huset, plads=plads, periode=Periode(fabrik.om(500), fabrik.om(900)).som_range, grund="renovering"
    )
    senere = fabrik.lukning(huset, fabrik.ledig_plads(huset))
    vist = {et["id"]: efter(et) for et in system.get("/api/v1/lukninger").json()["resultater"]}
    assert vist == {
        str(alene.pk): [("til", "lukning_alene_dage", "Ledige pladser", 1, False)],
        str(to.pk): [],
        str(senere.pk): [("til", "lukning_alene_dage", KLAUSUL, 2, False)],
    }


def test_check_of_free_choice_names_the_set_of_its_limit() -> None:
    system, foerste = klienter.myndighed(), proeve()
    vedtag_sent()
    anden = proeve()
    vist = {et["id"]: efter(et) for et in system.get("/api/v1/fritvalgsproever").json()["resultater"]}
    assert vist == {
        str(foerste.pk): [("graenseProcent", "frit_valg_graense_procent", "Serviceloven § 108, stk. 2", 1, False)],
        str(anden.pk): [("graenseProcent", "frit_valg_graense_procent", KLAUSUL, 2, False)],
    }


FLERE: dict[str, Callable[[], object]] = {
    "ophold": fabrik.ophold,
    "reservationer": fabrik.reservation,
    "fejlmeldinger": lambda: fabrik.fejlmelding(fabrik.tilbud()),
    "fritvalgsproever": proeve,
    "lukninger": lambda: fabrik.lukning(fabrik.afdeling()),
    "forespoergsler": lambda: fabrik.forespoergsel(fabrik.tilbud(), fabrik.tilbud()),
}


@pytest.mark.parametrize("liste", FLERE)
def test_list_names_the_terms_of_many_rows_with_the_statements_of_one(liste: str) -> None:
    system = klienter.myndighed()

    def laest() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as fangst:
            vist = system.get(f"/api/v1/{liste}").json()["resultater"]
        assert all(efter(en) for et in vist for en in et.get("henvendelser", [et]))
        return len(fangst), len(vist)

    FLERE[liste]()
    udsagn, antal = laest()
    for _ in range(9):
        FLERE[liste]()
    assert laest() == (udsagn, antal + 9)


@pytest.mark.parametrize(
    ("felter", "regel"),
    [
        ({"akut_vilkaarssaet": None}, "ophold_akutfrist_netop_med_vilkaar"),
        ({"akutfrist": None, "akut_fra": None}, "ophold_akutfrist_netop_med_vilkaar"),
        ({"akut_fra": None}, "ophold_akutfrist_netop_med_fra"),
        ({"betaling_vilkaarssaet": F("vilkaarssaet")}, "ophold_betales_til_netop_med_vilkaar"),
    ],
)
def test_database_keeps_a_computed_day_and_its_set_together(felter: dict[str, Any], regel: str) -> None:
    ophold = fabrik.ophold()
    with pytest.raises(IntegrityError, match=regel), transaction.atomic():
        Ophold.objects.synlige_for(fabrik.tilbudsleder()).filter(pk=ophold.pk).update(**felter)
