"""A municipality that is no longer responsible: what was there in its time it still sees, what came after it does not, on either wall."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from freezegun import freeze_time

from faelles.aktoer import Aktoer
from faelles.fejl import IngenAdgang, UgyldigtInput
from faelles.scope import ScopedQuerySet
from faelles.tid import Periode, nu
from kommuner.models import Rolle
from reservationer.sag.aftaler.actions import opret
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.models import Ophold
from reservationer.sag.ophold import queries
from reservationer.sag.ophold.forloeb import afgoer_ophold
from reservationer.sag.overgange import Data, Grund, Tilstand, Udfald
from tests import fabrik
from tests.api import klienter

pytestmark = pytest.mark.django_db

IDAG = fabrik.om(0)
SKIFT = fabrik.om(10)
SENERE = timedelta(days=20)  # when somebody looks


def goer(
    hvem: Aktoer, ophold: Ophold, udfald: Udfald, grund: Grund | None = None, tekst: str = "", **data: Any
) -> Ophold:
    indhold = Indhold(grund, tekst, {Data(navn): vaerdi for navn, vaerdi in data.items()})
    return afgoer_ophold(aktoer=hvem, ophold_id=ophold.pk, udfald=udfald, indhold=indhold)


@pytest.fixture
def overtaget() -> Ophold:
    """Rødovre's stay, which Herlev takes over on the tenth day; thereafter prison, a new price, a new municipality and the end."""
    ophold = fabrik.ophold(periode=Periode(IDAG))
    leder, herlev = fabrik.tilbudsleder(), fabrik.sagsbehandler("Herlev")
    goer(
        leder, ophold, Udfald.MELD_FRAVAER, tekst="I Rødovres tid", art="hospital", dato=fabrik.om(1), til=fabrik.om(2)
    )
    fabrik.skift_kommune(ophold, handle="Herlev", betaler="Herlev", fra=SKIFT)
    with freeze_time(fabrik.samme_tid(12)):
        goer(herlev, ophold, Udfald.MELD_FRAVAER, tekst="Varetægt", art="faengsel", dato=fabrik.om(1), til=fabrik.om(2))
        goer(leder, ophold, Udfald.FORESLAA_PRIS, dato=fabrik.om(1), takst="3000.00")
        goer(herlev, ophold, Udfald.ACCEPTER_PRIS)
        fabrik.skift_kommune(ophold, handle="Gladsaxe", betaler="Gladsaxe", fra=fabrik.om(3), af=herlev)
    with freeze_time(fabrik.samme_tid(18)):
        goer(leder, ophold, Udfald.UDSKRIV, Grund.DOED, dato=fabrik.om(0))
    return ophold


def set_af(hvem: Aktoer, ophold: Ophold) -> dict[str, list[str]]:
    """What is shown of the dated facts."""
    fundet = queries.find(hvem, ophold.pk, fabrik.om(0))
    assert fundet is not None
    historie = queries.historie(hvem, fundet)
    return {
        "fravaer": [f.art for f in historie.fravaer],
        "priser": [str(p.samlet) for p in historie.priser],
        "kommuner": [str(a.handlekommune) for a in historie.ansvar],
        "bemaerkninger": [b.bemaerkning for b in historie.beslutninger if b.bemaerkning],
    }


@pytest.mark.parametrize("foerste_mur", [True, False], ids=["begge mure", "kun databasens"])
def test_former_party_sees_what_was_there_in_its_time_and_nothing_that_came_after(
    overtaget: Ophold, foerste_mur: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not foerste_mur:
        klasser: list[Any] = [ScopedQuerySet]
        for klasse in klasser:  # grows while it is gone through
            klasser += klasse.__subclasses__()
            monkeypatch.setattr(klasse, "_synlige", lambda self, _aktoer: self)
    with freeze_time(nu() + SENERE):
        assert set_af(fabrik.sagsbehandler(), overtaget) == {
            "fravaer": ["hospital"], "priser": ["2687.00"], "kommuner": ["Rødovre Kommune"], "bemaerkninger": ["I Rødovres tid"],
        }  # fmt: skip
        assert set_af(fabrik.sagsbehandler("Herlev"), overtaget) == {
            "fravaer": ["hospital", "faengsel"],
            "priser": ["2687.00", "3000.00"],
            "kommuner": ["Rødovre Kommune", "Herlev Kommune"],
            "bemaerkninger": ["I Rødovres tid", "Varetægt"],
        }
        for fuldt in (fabrik.sagsbehandler("Gladsaxe"), fabrik.tilbudsleder()):
            assert set_af(fuldt, overtaget)["kommuner"] == ["Rødovre Kommune", "Herlev Kommune", "Gladsaxe Kommune"]


def test_former_party_is_not_told_how_the_stay_ended(overtaget: Ophold) -> None:
    with freeze_time(nu() + SENERE):
        roedovre, dag = fabrik.sagsbehandler(), fabrik.om(0)
        fundet: Any = queries.find(roedovre, overtaget.pk, dag)
        assert (fundet.tilstand, fundet.sidste_dag, fundet.betales_til, fundet.udskrivningsgrund) == ("loebende", None, None, "")  # fmt: skip
        assert (fundet.pris_nu, fundet.plads_id, fundet.handlekommune_id, fundet.akutfrist) == (None, None, None, None)
        (plads,) = (historie := queries.historie(roedovre, fundet)).pladser
        daterede: list[Any] = [*historie.priser, *historie.hjemler, *historie.ansvar]
        assert {raekke.periode.upper for raekke in daterede} == {SKIFT}
        assert plads.optagelse.periode.upper == SKIFT, "not the day it became free"
        assert queries.ophold(roedovre, dag).filter(vist_tilstand=Tilstand.UDSKREVET).count() == 0
        assert not queries.overskredne(roedovre, dag).exists()
        assert not queries.akutte(roedovre, dag).exists()
        leder: Any = queries.find(fabrik.tilbudsleder(), overtaget.pk, dag)
        assert (leder.tilstand, leder.sidste_dag, leder.udskrivningsgrund) == ("udskrevet", fabrik.om(-2), Grund.DOED)


def test_page_and_rest_say_what_the_former_party_may_know_and_that_it_is_former(overtaget: Ophold) -> None:
    with freeze_time(nu() + SENERE):
        client = Client()
        client.force_login(fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation, email="en@anden.dk"))
        side = client.get(f"/ophold/{overtaget.pk}").content.decode()
        for skjult in ("ngslet", "Varetægt", "3.000,00", "Herlev", "Gladsaxe Kommune</td>", "Udskrevet"):
            assert skjult not in side, skjult
        assert "Jeres ansvar for opholdet sluttede" in side
        assert "I Rødovres tid" in side
        assert str(overtaget.pk) not in client.get("/ophold/?tilstand=udskrevet").content.decode()
        assert "Udskrevet" not in client.get("/ophold/eksport/csv").getvalue().decode()
        system = klienter.myndighed()
        (en,) = system.get("/api/v1/ophold").json()["resultater"]
        assert (en["tilstand"], en["sidsteDag"], en["betalesTil"], en["pris"], en["handlekommune"]) == ("loebende", None, None, None, None)  # fmt: skip
        assert system.get("/api/v1/ophold?tilstand=udskrevet").json()["resultater"] == []
        skridt = system.get(f"/api/v1/ophold/{overtaget.pk}/beslutninger").json()["resultater"]
        assert [s["udfald"] for s in skridt] == ["meld_fravaer", "skift_kommune"]


def test_former_party_decides_nothing_and_the_last_one_only_for_its_own_time(overtaget: Ophold) -> None:
    with freeze_time(nu() + SENERE), pytest.raises(IngenAdgang):
        goer(fabrik.sagsbehandler(), overtaget, Udfald.MELD_FRAVAER, art="ferie", dato=IDAG, til=IDAG)
    ophold = fabrik.ophold(periode=Periode(IDAG), reference="RK-2")
    fabrik.skift_kommune(ophold, handle="Herlev", betaler="Herlev", fra=SKIFT)
    with pytest.raises(UgyldigtInput) as fejl:
        goer(fabrik.sagsbehandler(), ophold, Udfald.MELD_FRAVAER, art="ferie", dato=SKIFT, til=SKIFT)
    assert list(fejl.value.felter) == ["dato"]
    with freeze_time(fabrik.samme_tid(11)), pytest.raises(IngenAdgang):
        opret(aktoer=fabrik.sagsbehandler(), ophold_id=ophold.pk)
    fabrik.skift_kommune(
        ophold, handle="Rødovre", betaler="Gladsaxe", fra=fabrik.om(5)
    )  # before it has begun: changed again
    leder = fabrik.tilbudsleder()
    assert [str(a.betalingskommune) for a in queries.historie(leder, ophold).ansvar] == ["Rødovre Kommune", "Gladsaxe Kommune"]  # fmt: skip
