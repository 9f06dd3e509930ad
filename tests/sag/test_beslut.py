"""Deciding about a reservation: by the table of transitions, by the right side, with a reason where one is due."""

from itertools import product

import pytest
from freezegun import freeze_time

from faelles.aktoer import Funktion
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.tid import Periode, nu
from reservationer.sag.actions import beslut, reserver, udloeb_reservationer
from reservationer.sag.models import Beslutning, Reservation
from reservationer.sag.overgange import OVERGANGE, Emne, Grund, Tilstand, Udfald, find, mulige
from tests import fabrik
from tilbud.belaegning.models import Optagelse, Optagelsesart

pytestmark = pytest.mark.django_db


def test_beslut_confirm_by_the_operator_lets_the_hold_run_out_no_more_and_occupies_nothing() -> None:
    reservation, leder = fabrik.reservation(), fabrik.tilbudsleder()
    beslut(aktoer=leder, reservation_id=reservation.id, udfald=Udfald.BEKRAEFT)
    optagelse = Optagelse.objects.get()
    assert (optagelse.art, optagelse.udloeber, optagelse.aktiv) == (Optagelsesart.HOLD, None, True)
    assert Reservation.objects.synlige_for(leder).get().tilstand == Tilstand.BEKRAEFTET
    assert Beslutning.objects.synlige_for(leder).get().udfald == Udfald.BEKRAEFT


@pytest.mark.parametrize(
    ("udfald", "grund"), [(Udfald.AFVIS, Grund.PLADS_IKKE_KLAR), (Udfald.ANNULLER, Grund.BEHOV_BORTFALDET)]
)
def test_beslut_decline_or_cancel_sets_the_place_free(udfald: Udfald, grund: Grund) -> None:
    plads, koeber = fabrik.ledig_plads(), fabrik.sagsbehandler()
    reservation = fabrik.reservation(plads, af=koeber)
    hvem = fabrik.tilbudsleder() if udfald is Udfald.AFVIS else koeber
    beslut(aktoer=hvem, reservation_id=reservation.id, udfald=udfald, grund=grund)
    assert not Optagelse.objects.gaelder(nu()).exists()
    fabrik.reservation(plads, af=fabrik.sagsbehandler("Herlev"))


def test_beslut_decline_without_reason_is_refused_with_the_reasons_and_changes_nothing() -> None:
    reservation, leder = fabrik.reservation(), fabrik.tilbudsleder()
    with pytest.raises(UgyldigtInput) as fejl:
        beslut(aktoer=leder, reservation_id=reservation.id, udfald=Udfald.AFVIS)
    assert "Pladsen er ikke klar" in fejl.value.felter["grund"][0]
    assert Reservation.objects.synlige_for(leder).get().tilstand == Tilstand.AFVENTER


def test_beslut_other_reason_needs_a_remark_without_cpr() -> None:
    reservation, leder = fabrik.reservation(), fabrik.tilbudsleder()
    for bemaerkning in ("", "borger 010203-1234"):
        with pytest.raises(UgyldigtInput) as fejl:
            beslut(
                aktoer=leder,
                reservation_id=reservation.id,
                udfald=Udfald.AFVIS,
                grund=Grund.ANDET,
                bemaerkning=bemaerkning,
            )
        assert list(fejl.value.felter) == ["bemaerkning"]


def test_beslut_twice_is_refused_and_lists_what_is_possible() -> None:
    reservation, leder = fabrik.reservation(), fabrik.tilbudsleder()
    beslut(aktoer=leder, reservation_id=reservation.id, udfald=Udfald.BEKRAEFT)
    with pytest.raises(Konflikt) as fejl:
        beslut(aktoer=leder, reservation_id=reservation.id, udfald=Udfald.AFVIS, grund=Grund.PLADS_IKKE_KLAR)
    assert (
        fejl.value.besked
        == "Reservationen er »bekræftet«, og du kan ikke afvise den. Du kan indskrive eller melde udeblivelse fra den."
    )


def test_beslut_by_a_third_party_is_not_found() -> None:
    reservation = fabrik.reservation()
    for fremmed in (fabrik.sagsbehandler("Herlev"), fabrik.tilbudsleder("Herlev"), fabrik.tilbudsleder("Rødovre")):
        with pytest.raises(IkkeFundet):
            beslut(aktoer=fremmed, reservation_id=reservation.id, udfald=Udfald.BEKRAEFT)


def test_beslut_buyer_cannot_confirm_its_own_reservation_even_at_its_own_offer() -> None:
    plads = fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(i="Gladsaxe")))
    koeber = fabrik.sagsbehandler("Gladsaxe")
    reservation = fabrik.reservation(plads, af=koeber)
    with pytest.raises(Konflikt, match=r"du kan ikke bekræfte den\. Du kan annullere eller forlænge den\."):
        beslut(aktoer=koeber, reservation_id=reservation.id, udfald=Udfald.BEKRAEFT)
    beslut(aktoer=fabrik.tilbudsleder("Gladsaxe"), reservation_id=reservation.id, udfald=Udfald.BEKRAEFT)


def test_beslut_confirm_after_expiry_is_refused_before_and_after_the_clean_up() -> None:
    leder = fabrik.tilbudsleder()
    reservation = fabrik.reservation()
    with freeze_time(fabrik.samme_tid(15)):
        with pytest.raises(Konflikt) as fejl:
            beslut(aktoer=leder, reservation_id=reservation.id, udfald=Udfald.BEKRAEFT)
        assert fejl.value.kode == "hold_udloebet"
        assert udloeb_reservationer() == 1
        assert udloeb_reservationer() == 0
    assert Reservation.objects.synlige_for(leder).get().tilstand == Tilstand.UDLOEBET
    assert not Optagelse.objects.filter(aktiv=True).exists()


def test_udloeb_leaves_holds_that_still_count() -> None:
    fabrik.reservation()
    assert udloeb_reservationer() == 0
    assert Optagelse.objects.filter(aktiv=True).count() == 1


def test_udloeb_of_a_hold_whose_place_was_taken_anew_leaves_the_new_claim() -> None:
    plads, af = fabrik.ledig_plads(), fabrik.sagsbehandler()
    periode = Periode(fabrik.om(30), fabrik.om(60))
    gammel = fabrik.reservation(plads, af=af, periode=periode)
    with freeze_time(fabrik.samme_tid(15)):
        ny = reserver(aktoer=af, plads_id=plads.id, periode=periode, hjemmel="SEL-107", sagsreference="ny")
        assert udloeb_reservationer() == 1
        assert list(Optagelse.objects.filter(aktiv=True)) == [ny.optagelse]
    assert Reservation.objects.synlige_for(af).get(pk=gammel.pk).tilstand == Tilstand.UDLOEBET


def test_overgange_nobody_leaves_an_end_state() -> None:
    for tilstand in (Tilstand.INDSKREVET, Tilstand.UDEBLEVET, Tilstand.AFVIST, Tilstand.ANNULLERET, Tilstand.UDLOEBET):
        assert not any(mulige(Emne.RESERVATION, tilstand, funktion) for funktion in (None, *Funktion))


def test_overgange_find_returns_exactly_the_rows_of_the_table() -> None:
    funktioner: tuple[Funktion | None, ...] = (None, *Funktion)
    for emne, tilstand, udfald, funktion in product(Emne, Tilstand, Udfald, funktioner):
        soegt = (emne, tilstand, udfald, funktion)
        raekker = [o for o in OVERGANGE if (o.emne, o.fra, o.udfald, o.funktion) == soegt]
        if raekker:
            assert [find(*soegt)] == raekker, "one way for each"
        else:
            with pytest.raises(Konflikt):
                find(*soegt)
