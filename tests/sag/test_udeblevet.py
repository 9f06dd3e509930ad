"""A confirmed place is reserved until somebody moves in; when nobody does, the operator gives it free."""

import html
import importlib
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from freezegun import freeze_time

from faelles.fejl import Konflikt, UgyldigtInput
from faelles.models import Haendelse
from faelles.scope import som_systemet
from faelles.tid import Periode
from kommuner.models import Kkr, Rolle
from rammeaftale.rapporter.rammeaftalen.pladsdage import pladsdage
from reservationer.sag.actions import beslut
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.models import Opholdsplads, Reservation
from reservationer.sag.ophold.indskrivning import indskriv
from reservationer.sag.overgange import Data, Grund, Tilstand, Udfald
from reservationer.sag.queries import uaendrede_afsluttede
from tests import fabrik
from tilbud.belaegning.models import Optagelse, Optagelsesart
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db
FRA, VINDUE = fabrik.om(7), Periode(fabrik.om(0), fabrik.om(27))
HOLD, OPHOLD = Optagelsesart.HOLD, Optagelsesart.OPHOLD


def udebliv(reservation: Reservation, grund: Grund | None = Grund.IKKE_MOEDT, bemaerkning: str = "") -> Reservation:
    return beslut(
        aktoer=fabrik.tilbudsleder(),
        reservation_id=reservation.pk,
        udfald=Udfald.MELD_UDEBLEVET,
        grund=grund,
        bemaerkning=bemaerkning,
    )


def belagte(reservation: Reservation) -> int:
    return pladsdage([reservation.tilbud_id], VINDUE)[reservation.tilbud_id].belagte


def efter_indskrivning() -> Reservation:
    """A confirmed reservation where the stay is paid from the day it begins, not from the one that was agreed."""
    fabrik.vilkaar(
        Kkr.objects.create(navn="KKR Andet", slug="kkr-andet"), andre={Noegle.FOERSTE_BETALINGSDAG: "indskrivning"}
    )
    fabrik.kommune("Ishøj", i="KKR Andet")
    return fabrik.bekraeftet_reservation(fabrik.plads_med_takst(i="Ishøj"))


def tekst(svar: Any) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", svar.content.decode()))


def claims() -> list[tuple[str, object, object]]:
    alle = Optagelse.objects.filter(aktiv=True).order_by("periode")
    return [(en.art, en.periode.lower, en.periode.upper) for en in alle]


def test_confirmed_place_is_reserved_and_counts_as_occupied_from_indskrivning_only() -> None:
    reservation = fabrik.bekraeftet_reservation()
    assert (belagte(reservation), claims()) == (0, [(HOLD, FRA, None)])
    indskriv(aktoer=fabrik.tilbudsleder(), reservation_id=reservation.pk, indhold=Indhold(data={Data.DATO: FRA}))
    assert (belagte(reservation), claims()) == (20, [(OPHOLD, FRA, None)])


def test_place_is_occupied_from_the_first_payable_day_and_was_reserved_before_it() -> None:
    aftalt, sagt = fabrik.bekraeftet_reservation(), Indhold(data={Data.DATO: FRA + timedelta(days=5)})
    indskriv(aktoer=fabrik.tilbudsleder(), reservation_id=aftalt.pk, indhold=sagt)
    assert belagte(aftalt) == 20, "paid from the agreed day, though somebody came later"
    Optagelse.objects.all().update(aktiv=False)
    sen = efter_indskrivning()
    ophold = indskriv(aktoer=fabrik.tilbudsleder("Ishøj"), reservation_id=sen.pk, indhold=sagt)
    begynder = FRA + timedelta(days=5)
    assert (ophold.betales_fra, belagte(sen)) == (begynder, 15)
    assert claims() == [(HOLD, FRA, begynder), (OPHOLD, begynder, None)], "and no day between them"
    with transaction.atomic():
        assert Opholdsplads.objects.for_systemet("test").get(ophold=ophold.pk).optagelse.art == OPHOLD


def test_no_show_ends_with_a_reason_and_an_event_and_the_place_is_free_at_once() -> None:
    reservation = fabrik.bekraeftet_reservation()
    with freeze_time(fabrik.samme_tid(9)):
        with pytest.raises(UgyldigtInput) as fejl:
            udebliv(reservation, grund=None)
        assert list(fejl.value.felter) == ["grund"]
        assert udebliv(reservation).tilstand == Tilstand.UDEBLEVET
        assert claims() == [(HOLD, FRA, fabrik.om(0))], "the days it was kept in vain were reserved"
        assert Haendelse.objects.filter(type="reservation.udeblevet").count() == 1
        assert Haendelse.objects.filter(type="plads.frigivet").count() == 1
        fabrik.reservation(
            reservation.optagelse.plads, af=fabrik.sagsbehandler("Herlev"), periode=Periode(fabrik.om(0))
        )
        with pytest.raises(Konflikt, match=r"Der kan ikke ændres mere på den\."):
            udebliv(reservation)
    with transaction.atomic():
        assert not uaendrede_afsluttede(fabrik.om(8)).exists()
        assert uaendrede_afsluttede(fabrik.om(9)).get().pk == reservation.pk, "it is kept no longer than others"


def test_no_show_on_the_first_day_leaves_nothing_behind() -> None:
    reservation = fabrik.bekraeftet_reservation(periode=Periode(fabrik.om(0)))
    udebliv(reservation)
    assert claims() == []


def test_no_show_before_the_agreed_first_day_is_refused() -> None:
    reservation = fabrik.bekraeftet_reservation()
    with pytest.raises(Konflikt) as fejl:
        udebliv(reservation)
    assert (fejl.value.kode, f"{FRA:%d.%m.%Y}" in fejl.value.besked) == ("ventes_endnu", True)
    assert claims() == [(HOLD, FRA, None)]


def test_no_show_is_the_operator_s_to_say_and_shown_when_the_day_has_come(client: Client) -> None:
    senere, reservation = fabrik.bekraeftet_reservation(), fabrik.bekraeftet_reservation(periode=Periode(fabrik.om(0)))
    with pytest.raises(Konflikt):
        beslut(
            aktoer=fabrik.sagsbehandler(),
            reservation_id=reservation.pk,
            udfald=Udfald.MELD_UDEBLEVET,
            grund=Grund.IKKE_MOEDT,
        )
    client.force_login(fabrik.bruger(Rolle.TILBUDSLEDER, reservation.driftsherre))
    url = reverse("sag:beslut", args=[reservation.pk, "meld_udeblevet"])
    assert url in client.get(reverse("sag:detalje", args=[reservation.pk])).content.decode()
    assert "Meld udeblevet" not in tekst(client.get(reverse("sag:detalje", args=[senere.pk])))
    assert "Pladsen er fri igen fra i dag" in tekst(client.get(url))
    svar = client.post(url, {"grund": "ikke_moedt"}, follow=True)
    assert "Reservationen er nu meldt udeblevet." in tekst(svar)
    assert "Borgeren er ikke mødt" in tekst(svar)


def test_what_was_confirmed_before_is_reserved_now_and_a_late_stay_begins_when_it_is_paid_for() -> None:
    trin = importlib.import_module("reservationer.sag.migrations.0020_reserveret_til_indskrivning")
    bekraeftet, sen = fabrik.bekraeftet_reservation(), efter_indskrivning()
    begynder = FRA + timedelta(days=5)
    ophold = indskriv(
        aktoer=fabrik.tilbudsleder("Ishøj"), reservation_id=sen.pk, indhold=Indhold(data={Data.DATO: begynder})
    )
    with transaction.atomic(), som_systemet("test"), connection.cursor() as cursor:
        # as it was written before
        pladsen = Opholdsplads.objects.for_systemet("test").get(ophold=ophold.pk)
        ny = pladsen.optagelse_id
        Opholdsplads.objects.for_systemet("test").filter(pk=pladsen.pk).update(optagelse=sen.optagelse_id)
        cursor.execute("DELETE FROM belaegning_optagelse WHERE id = %s", [ny])
        Optagelse.objects.filter(pk=sen.optagelse_id).update(periode=Periode(FRA).som_range, art=OPHOLD)
        Optagelse.objects.filter(pk=bekraeftet.optagelse_id).update(art=OPHOLD)
        for sql in (trin.RESERVERET, trin.FOER_OPHOLDET):
            cursor.execute(sql)
        assert (belagte(bekraeftet), belagte(sen)) == (0, 15)
        assert Opholdsplads.objects.for_systemet("test").get(ophold=ophold.pk).optagelse.periode.lower == begynder
