"""Every party has a veto, whatever happens in whatever order, to the agreement and to its allonger, to who its parties are and to the
calendar; and on each day the terms are those adopted last.
"""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from rammeaftale.livscyklus import Aendringsart, Aftaletilstand
from tests.rammeaftale.ur import Ur, stillet
from tests.rammeaftale.vetoret import BEGYNDER, Vetoret

pytestmark = pytest.mark.django_db


@pytest.fixture
def ur() -> Iterator[Ur]:
    """The clock, which a machine moves."""
    with stillet(BEGYNDER) as uret:
        yield uret


def liv(ur: Ur, antal: int, skridt: int) -> None:
    """So many lives of so many steps at most."""
    run_state_machine_as_test(
        lambda: Vetoret(ur),  # type: ignore[arg-type]  # what makes one will do
        settings=settings(max_examples=antal, stateful_step_count=skridt),
    )


def test_agreement_and_allonge_are_adopted_by_every_party_of_the_day_and_never_without_one(ur: Ur) -> None:
    liv(ur, 10, 20)


@pytest.mark.stress
def test_veto_holds_through_many_long_lives(ur: Ur) -> None:
    liv(ur, 60, 40)


def test_preliminary_terms_lapse_with_the_agreement_and_stand_when_it_goes_back(ur: Ur) -> None:
    """The same count, by a way of its own."""
    maskine = Vetoret(ur)
    try:
        maskine.skriv_vilkaaret(0, "45")
        maskine.udsend_foreloebigt(0)
        maskine.tag_et_trin(0, Aftaletilstand.KLADDE)
        maskine.et_saet_styrer_hver_dag_og_det_er_det_sidst_vedtagne()
        assert maskine.foreloebig == "45"
        maskine.bortfald(0, 0)
        maskine.et_saet_styrer_hver_dag_og_det_er_det_sidst_vedtagne()
        assert maskine.foreloebig == ""
    finally:
        maskine.teardown()


def test_machine_reaches_two_adopted_allonger_and_one_that_lapses(ur: Ur) -> None:
    """A control: what the machine is for is within its reach."""
    maskine = Vetoret(ur)
    try:
        maskine.udsend_foreloebigt(0)
        maskine.begynd_en_allonge("45", date(2027, 7, 1))
        maskine.begynd_en_allonge("60", date(2028, 1, 1))
        maskine.send_en_rettet_version_efter_et_ja(1, 0, "60", Aendringsart.ALLE_PARTER)
        maskine.resten_siger_ja(1)
        maskine.bortfald(2, 0)
        maskine.et_saet_styrer_hver_dag_og_det_er_det_sidst_vedtagne()
        tilstande = [en.aftale.tilstand for en in maskine.fulgte]
        assert tilstande == [Aftaletilstand.VEDTAGET, Aftaletilstand.VEDTAGET, Aftaletilstand.BORTFALDET]
        assert [frist for _, _, frist in maskine.vedtagne] == ["30", "60"]
    finally:
        maskine.teardown()


@pytest.mark.parametrize("dag", [date(2026, 12, 1), date(2027, 4, 1)])
def test_machine_reaches_an_adoption_by_the_calendar_alone(ur: Ur, dag: date) -> None:
    """The one that has said nothing is a party to the day; before the agreement begins it decides nothing in it."""
    maskine = Vetoret(ur)
    try:
        maskine.regionen_afloeses_og_de_blivende_siger_ja(dag)
        maskine.et_ja_fra_alle_vedtager_og_intet_andet()
        (hoved,) = maskine.fulgte
        foer = hoved.aftale.tilstand
        maskine.dage_gaar(400)
        for invariant in (
            maskine.et_ja_fra_alle_vedtager_og_intet_andet,
            maskine.ingen_spurgt_mister_sit_veto_uden_at_registret_siger_det,
            maskine.databasen_er_enig_og_trinene_foelger_tabellen,
        ):
            invariant()
        af_sig_selv = dag > hoved.aftale.aftaleperiode.fra
        assert foer == (Aftaletilstand.SENDT if af_sig_selv else Aftaletilstand.VEDTAGET)
        assert (hoved.aftale.tilstand, hoved.aftale.vedtaget) == (
            Aftaletilstand.VEDTAGET,
            dag if af_sig_selv else BEGYNDER,
        )
    finally:
        maskine.teardown()
