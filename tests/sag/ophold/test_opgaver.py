"""What of stays waits for whom: on the start page, in the list and in the mails; for nobody else, and in as many statements however many."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from freezegun import freeze_time

from faelles.brevslags import Maade
from faelles.tid import Periode
from kommuner.breve.actions import send_morgenbreve, vaelg
from kommuner.models import Laesning, Rolle
from reservationer.sag.models import Ophold
from reservationer.sag.ophold.opgaver import Slags, opgaver
from reservationer.sag.overgange import Grund, Udfald
from tests import fabrik
from tests.sag.ophold.test_forloeb import goer
from tests.sag.test_sider import klient, leder, tekst

pytestmark = pytest.mark.django_db

IDAG = fabrik.om(0)
PANEL = "Ophold, der venter på noget"


def godkendt_ophold(**felter: Any) -> Ophold:
    """A stay that began today in an approved offer, so that nothing waits."""
    plads = fabrik.plads_med_takst()
    fabrik.godkendt(plads.afdeling.tilbud)
    return fabrik.ophold(plads, **{"periode": Periode(IDAG), **felter})


def slags(hvem: Any) -> list[tuple[str, Any]]:
    return [(en.slags.name, en.dag) for en in opgaver(hvem, IDAG, 25)]


def panel(client: Client) -> str:
    return tekst(client.get(reverse("start"))).partition(PANEL)[2].partition("Se alle ophold")[0]


def test_proposed_price_waits_for_the_municipality_until_it_has_decided() -> None:
    ophold, koeber, saelger = godkendt_ophold(), fabrik.sagsbehandler(), fabrik.tilbudsleder()
    assert (slags(koeber), panel(klient())) == ([], "")
    goer(saelger, ophold, Udfald.FORESLAA_PRIS, dato=fabrik.om(9), takst="3000.00")
    assert slags(koeber) == [("PRISFORSLAG", fabrik.om(9))]
    assert slags(saelger) == slags(fabrik.sagsbehandler("Herlev")) == []
    assert "Prisforslag, der skal tages stilling til Godkend ny pris" in panel(klient())
    goer(koeber, ophold, Udfald.ACCEPTER_PRIS)
    assert slags(koeber) == []


def test_notice_waits_for_the_one_who_received_it() -> None:
    ophold, koeber, saelger = godkendt_ophold(), fabrik.sagsbehandler(), fabrik.tilbudsleder()
    goer(koeber, ophold, Udfald.OPSIG, Grund.BEHOV_BORTFALDET, dato=IDAG)
    (modtaget,) = slags(saelger)
    assert modtaget[0] == "OPSAGT"
    assert slags(koeber) == [], "they gave it"
    assert "Opsagt af den anden part Udskriv" in panel(leder())
    goer(koeber, ophold, Udfald.FORTRYD_OPSIGELSE, tekst="Alligevel ikke")
    assert slags(saelger) == []


def test_stay_without_approval_waits_until_socialtilsyn_is_told_and_again_when_it_has_lasted_too_long() -> None:
    ophold, koeber = fabrik.ophold(periode=Periode(IDAG)), fabrik.sagsbehandler()
    assert ophold.akutfrist is not None
    assert slags(koeber) == [("UDEN_GODKENDELSE", ophold.akutfrist)]
    assert "Socialtilsynet ikke orienteret" in panel(klient())
    assert "Notér orientering" not in panel(leder()), "the municipality's duty"
    goer(koeber, ophold, Udfald.ORIENTER_TILSYN, dato=IDAG, dokument="Brev 7")
    assert slags(koeber) == []
    with freeze_time(fabrik.samme_tid(30)):
        assert [en.er_overskredet for en in opgaver(koeber, fabrik.om(30), 25)] == [True]
        assert "Fristen er gået" in panel(klient())


def test_planned_move_and_a_left_place_that_is_still_paid_stand_with_their_days() -> None:
    ophold, saelger = godkendt_ophold(), fabrik.tilbudsleder()
    (plads,) = ophold.pladser.for_systemet("test").select_related("optagelse__plads")
    goer(saelger, ophold, Udfald.FLYT, plads=fabrik.ledig_plads(plads.optagelse.plads.afdeling).pk, dato=fabrik.om(5))
    assert slags(saelger) == slags(fabrik.sagsbehandler()) == [("FLYTTER", fabrik.om(5))]
    goer(fabrik.sagsbehandler(), ophold, Udfald.OPSIG, Grund.BEHOV_BORTFALDET, dato=IDAG)
    ude = goer(saelger, ophold, Udfald.UDSKRIV, Grund.FRAFLYTTET, dato=IDAG)
    assert ude.betales_til is not None
    assert slags(saelger) == slags(fabrik.sagsbehandler()) == [("BETALES_EFTER", ude.betales_til)]


def test_a_stay_may_wait_for_several_things_and_they_stand_in_the_order_of_their_days() -> None:
    ophold = fabrik.ophold(periode=Periode(IDAG))
    goer(fabrik.tilbudsleder(), ophold, Udfald.FORESLAA_PRIS, dato=fabrik.om(60), takst="3000.00")
    assert ophold.akutfrist is not None
    assert slags(fabrik.sagsbehandler()) == [("UDEN_GODKENDELSE", ophold.akutfrist), ("PRISFORSLAG", fabrik.om(60))]
    viste = klient().get(reverse("ophold:liste"), {"venter": Slags.PRISFORSLAG.value})
    assert [et.pk for et in viste.context["side"]] == [ophold.pk]
    assert not klient().get(reverse("ophold:liste"), {"venter": Slags.FLYTTER.value}).context["side"].object_list


def test_who_only_pays_or_was_responsible_before_has_nothing_to_do() -> None:
    ophold = fabrik.ophold(periode=Periode(IDAG))
    fabrik.skift_kommune(ophold, handle="Herlev", betaler="Rødovre", fra=IDAG)
    assert slags(fabrik.sagsbehandler()) == []
    assert [navn for navn, _ in slags(fabrik.sagsbehandler("Herlev"))] == ["UDEN_GODKENDELSE"]


def test_reading_the_panel_is_logged_and_readers_get_no_way_to_act() -> None:
    ophold = fabrik.ophold(periode=Periode(IDAG))
    side = klient(Rolle.OEKONOMI).get(reverse("start")).content.decode()
    assert PANEL in side
    assert reverse("ophold:beslut", args=[ophold.pk, "orienter_tilsyn"]) not in side
    assert Laesning.objects.for_systemet("test").filter(entitet="ophold", entitet_id=ophold.pk).count() == 1


def test_start_page_sends_as_many_statements_for_many_as_for_one() -> None:
    for hvem in (klient(), leder()):
        fabrik.ophold(periode=Periode(IDAG))
        hvem.get(reverse("start"))
        with CaptureQueriesContext(
            connection,
        ) as en:
            hvem.get(reverse("start"))
        for _ in range(6):
            fabrik.ophold(periode=Periode(IDAG))
        with CaptureQueriesContext(connection) as mange:
            assert hvem.get(reverse("start")).content.decode().count("Uden socialtilsynets godkendelse") >= 7
        assert len(mange) == len(en)


def brev_til(hvem: Any) -> str:
    return "".join(str(brev.body) for brev in mail.outbox if hvem.email in brev.to)


@pytest.mark.parametrize("valgt", [Maade.INGEN, Maade.DAGLIGT])
def test_mails_come_by_choice_and_that_of_the_missing_approval_whatever_is_chosen(valgt: Maade) -> None:
    hvem = fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation)
    vaelg(bruger=hvem, valg={"prisforslag": valgt})
    ophold = fabrik.ophold(periode=Periode(IDAG))
    goer(fabrik.tilbudsleder(), ophold, Udfald.FORESLAA_PRIS, dato=fabrik.om(9), takst="3000.00")
    send_morgenbreve()
    brev = brev_til(hvem)
    assert "1 ophold uden godkendelse har varet for længe eller mangler orienteringen" in brev
    assert ("prisforslag" in brev) is (valgt is Maade.DAGLIGT)
    assert ophold.sagsreference not in brev
    assert send_morgenbreve() == 0


def test_page_of_choices_offers_the_kinds_and_names_what_always_comes() -> None:
    side: Callable[[Client], str] = lambda client: client.get(reverse("breve")).content.decode()  # noqa: E731 - said once
    valgene, _, altid = side(klient()).partition("Mails, der altid kommer")
    assert "Prisforslag, der skal tages stilling til" in valgene
    assert "Et ophold uden godkendelse har varet for længe" in altid
    assert "Et ophold uden godkendelse har varet for længe" not in valgene
    assert "Prisforslag" not in side(leder())
