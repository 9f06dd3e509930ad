"""The whole life of places as a game: whatever municipalities, offers and the clock do, in any order, every answer is foretold by a book that
shares no code with the platform's, and the platform's books are that book at every step.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import psycopg
import pytest
from django.db import connection
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from reservationer.sag.overgange import Grund, Udfald
from tests.rammeaftale.ur import Ur, stillet
from tests.sag.livet.bogen import BEGYNDER, SELV
from tests.sag.livet.ventelister import Ventelister

pytestmark = pytest.mark.django_db
NU = """
CREATE SCHEMA ur;
GRANT USAGE ON SCHEMA ur TO PUBLIC;
CREATE FUNCTION ur.now() RETURNS timestamptz LANGUAGE sql STABLE AS
$$ SELECT coalesce(nullif(current_setting('ur.nu', true), '')::timestamptz, pg_catalog.now()) $$;
"""


@pytest.fixture
def databasens_ur(db: None) -> Iterator[None]:
    """A `now()` the game can move for the database's own guards too, for the connection that asks for it."""
    with psycopg.connect(
        os.environ["DATABASE_OWNER_URL"], dbname=connection.settings_dict["NAME"], autocommit=True
    ) as ejer:
        ejer.execute(NU)
        yield
        ejer.execute("DROP SCHEMA ur CASCADE")


@pytest.fixture
def ur(databasens_ur: None) -> Iterator[Ur]:
    """The clock, which a life moves."""
    with stillet(BEGYNDER) as uret:
        yield uret


def liv(ur: Ur, antal: int, skridt: int) -> None:
    """So many lives of so many steps at most."""
    run_state_machine_as_test(
        lambda: Ventelister(ur),  # type: ignore[arg-type]  # what makes one will do
        # shrinking would take longer than everything else
        settings=settings(max_examples=antal, stateful_step_count=skridt, phases=[Phase.generate]),
    )


def test_every_answer_is_foretold_and_the_books_agree_at_every_step(ur: Ur) -> None:
    liv(ur, 10, 30)


@pytest.mark.stress
def test_books_agree_through_many_long_lives(ur: Ur) -> None:
    liv(ur, 60, 50)


@contextmanager
def et_liv(ur: Ur) -> Iterator[Ventelister]:
    """One life, step by step."""
    maskine = Ventelister(ur)
    try:
        yield maskine
        for navn in (
            "the_ledger_is_the_book",
            "no_two_have_the_same_day_of_a_place",
            "never_more_than_approved_and_permitted",
            "no_case_without_its_claim_and_no_claim_without_its_case",
            "offers_of_a_place_stand_with_their_enquiries",
            "stays_are_as_told",
            "what_is_agreed_is_as_told",
            "waiting_is_as_told",
            "occupied_days_are_the_days_in_the_ledger",
        ):
            getattr(maskine, navn)()
    finally:
        maskine.teardown()


def _bekraeftet(liv: Ventelister, hvem: int, fra: int, laengde: int | None) -> int:
    """A confirmed reservation of place B; its number."""
    liv.reserver(hvem, 1, fra, laengde, (), None)
    nummer = len(liv.bog.sager) - 1
    liv.beslut(nummer, Udfald.BEKRAEFT)
    return nummer


def test_machine_reaches_a_place_paid_by_one_municipality_until_it_is_taken_by_another(ur: Ur) -> None:
    """A control: what the machine is for is within its reach."""
    with et_liv(ur) as liv:
        foerste = _bekraeftet(liv, 0, 0, None)
        liv.indskriv(foerste, 0)
        liv.opsig_og_udskriv(0, -1, Grund.FRAFLYTTET)
        (et,) = liv.bog.liv.values()
        assert liv.bog.betales_til(et) == date(2026, 12, 31)
        liv.dage_gaar(15)
        liv.begynd_akut(1, 1, 0)
        assert liv.bog.betales_til(et) == date(2026, 11, 16)


def test_machine_reaches_a_hold_that_runs_out_and_is_tidied_up(ur: Ur) -> None:
    with et_liv(ur) as liv:
        liv.reserver(0, 1, 20, None, (), None)
        liv.ryd_op(15)
        assert "udloebet" in {sag.tilstand for sag in liv.bog.sager.values()}


def test_machine_reaches_an_offer_that_falls_with_its_enquiry_and_one_that_had_run_out_before(ur: Ur) -> None:
    with et_liv(ur) as liv:
        liv.spoerg_faa_tilbudt_og_tag_imod(0, 1, 20, None, 3, Udfald.TRAEK)
        liv.spoerg_faa_tilbudt_og_tag_imod(1, 1, 20, None, 8, Udfald.AFVIS)
        liv.spoerg_faa_tilbudt_og_tag_imod(2, 1, 20, None, 0, None)
        liv.slut_forespoergsel(2, Udfald.TRAEK)
        assert [udbud.tilstand for udbud in liv.bog.udbud.values()] == ["bortfaldet", "udloebet", "taget"]
        assert [sag.tilstand for sag in liv.bog.sager.values()][-1] == "afventer"


def test_payment_for_a_left_place_does_not_end_by_a_stay_before_it_that_is_registered_late(ur: Ur) -> None:
    with et_liv(ur) as liv:
        foerst, sidst = _bekraeftet(liv, 0, 0, 5), _bekraeftet(liv, 1, 5, None)
        liv.indskriv(sidst, 5)
        liv.dage_gaar(6)
        liv.opsig_og_udskriv(0, -1, Grund.FRAFLYTTET)
        liv.indskriv(foerst, -4)
        assert [et.tilstand for et in liv.bog.liv.values()] == ["udskrevet", "loebende"]


def test_payment_for_a_left_place_ends_where_the_next_began_when_the_leaving_is_registered_late(ur: Ur) -> None:
    with et_liv(ur) as liv:
        foerst, sidst = _bekraeftet(liv, 0, 0, 10), _bekraeftet(liv, 1, 10, None)
        liv.indskriv(foerst, 0)
        liv.dage_gaar(15)
        liv.indskriv(sidst, -5)
        liv.opsig(0, -1, 0)
        liv.udskriv(0, -6, Grund.FRAFLYTTET)
        assert liv.bog.betales_til(next(iter(liv.bog.liv.values()))) == date(2026, 11, 11)


def test_machine_reaches_an_agreement_that_is_accepted_and_written_anew_by_what_happens_to_the_stay(ur: Ur) -> None:
    with et_liv(ur) as liv:
        nummer = _bekraeftet(liv, 0, 0, None)
        liv.indskriv(nummer, 0)
        (et,) = liv.bog.liv.values()
        for svar in (False, True):
            liv.skriv_aftale(0, tilbuddet=False)
            liv.tilbuddet_om_aftalen(0, Udfald.FREMSAET)
            liv.kommunen_svarer(0, ja=svar)
        liv.skift_hjemmel(0, -1, SELV, 5)
        liv.tilbuddet_om_aftalen(0, Udfald.FREMSAET)
        liv.foreslaa_pris(0, 3, 2000)
        liv.accepter_pris(0, -1)
        assert [version.tilstand for version in et.versioner] == ["aftalt", "kladde"]
        liv.skift_kommune(0, -1, (1, 1), 10)
        assert [(version.tilstand, version.koeber) for version in et.versioner] == [
            ("aftalt", "Rødovre"), ("bortfaldet", "Rødovre"), ("kladde", "Herlev"),
        ]  # fmt: skip


def test_machine_reaches_an_agreement_that_is_replaced_by_the_next_and_ends_while_the_stay_goes_on(ur: Ur) -> None:
    with et_liv(ur) as liv:
        nummer = _bekraeftet(liv, 0, 0, None)
        liv.indskriv(nummer, 0)
        for _ in range(2):
            liv.skriv_aftale(0, tilbuddet=True)
            liv.tilbuddet_om_aftalen(0, Udfald.FREMSAET)
            liv.kommunen_svarer(0, ja=True)
        liv.slut_aftale(0, tilbuddet=True, udfald=Udfald.OPSIG, dag=0)
        liv.slut_aftale(0, tilbuddet=False, udfald=Udfald.AFSLUT, dag=5)
        (et,) = liv.bog.liv.values()
        assert ([version.tilstand for version in et.versioner], et.tilstand) == (["afloest", "ophoert"], "loebende")


def test_machine_reaches_an_agreement_that_is_not_accepted_because_the_stay_is_another_by_now(ur: Ur) -> None:
    with et_liv(ur) as liv:
        nummer = _bekraeftet(liv, 0, 0, None)
        liv.indskriv(nummer, 0)
        liv.skift_hjemmel(0, -1, SELV, 6)
        liv.skriv_aftale(0, tilbuddet=False)
        liv.tilbuddet_om_aftalen(0, Udfald.FREMSAET)
        liv.dage_gaar(6)
        liv.kommunen_svarer(0, ja=True)
        assert [version.tilstand for et in liv.bog.liv.values() for version in et.versioner] == ["hos_kommunen"]


def test_machine_reaches_a_citizen_who_comes_by_herself_and_leaves_with_a_days_notice(ur: Ur) -> None:
    with et_liv(ur) as liv:
        liv.kommer_selv(0, 5, 0, SELV)
        liv.opsig_og_udskriv(0, -1, Grund.FRAFLYTTET)
        (et,) = liv.bog.liv.values()
        assert (et.hjemler, liv.bog.betales_til(et)) == ([(BEGYNDER, SELV)], date(2026, 11, 3))


def test_machine_reaches_a_stay_that_goes_on_in_another_offer_without_a_day_between(ur: Ur) -> None:
    with et_liv(ur) as liv:
        nummer = _bekraeftet(liv, 0, 0, None)
        liv.indskriv(nummer, 0)
        liv.opsig(0, -1, 0)
        liv.flyt_til_et_andet_tilbud(0, 5, 1)
        liv.udskriv(0, -1, Grund.OVERFLYTTET)
        foerst, saa = liv.bog.liv.values()
        assert (foerst.sidste_dag, saa.foerste_dag, saa.sted) == (date(2026, 11, 2), date(2026, 11, 3), "Herlev")


def test_machine_reaches_those_who_wait_and_are_passed_over_with_a_reason_until_one_gets_the_place(ur: Ur) -> None:
    with et_liv(ur) as liv:
        for hvem in (0, 2, 1):
            liv.skriv_op(hvem, "Herlev")
        liv.spoerg_og_faa_tilbudt(0, 5, 3, None)
        assert not liv.bog.udbud, "nobody is offered a place past those who wait"
        liv.tilbyd_fra_listen("Herlev", 2, begrundet=False, dag=3)
        liv.tilbyd_fra_listen("Herlev", 2, begrundet=True, dag=3)
        liv.tag_imod(0)
        liv.giv_til_ingen("Herlev", begrundet=True)
        liv.beslut(0, Udfald.BEKRAEFT)
        liv.afmeld(0)
        poster = list(liv.poster.values())
        assert [post.afslutning for post in poster] == ["behov_bortfaldet", "plads", ""]
        assert [sum(post.sprunget.values()) for post in poster] == [2, 0, 2]
