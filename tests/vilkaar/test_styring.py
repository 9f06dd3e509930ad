"""Which set governs a day: never two, never none once the first has begun, and the same whether asked day by day or for a year."""

from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faelles.tid import Periode
from vilkaar.styring import Kkrperiode, Saetfakta, kalender, styrende, styrer

BEGYNDELSE = date(2025, 1, 1)
H, S, OE = (uuid5(UUID(int=0), navn) for navn in ("Hovedstaden", "Sjælland", "Østdanmark"))


def dag(nr: int) -> date:
    return BEGYNDELSE + timedelta(days=nr)


def saet(nummer: int, fra: int, til: int | None, *, endelig: bool = True, kkr: UUID = H) -> Saetfakta:
    periode = Periode(dag(fra), None if til is None else dag(til))
    return Saetfakta(UUID(int=nummer + kkr.int % 1000), nummer, kkr, periode, endelig)


@st.composite
def udsendte(draw: st.DrawFn) -> list[Saetfakta]:
    """Sets as the database holds them: of each status, periods that do not overlap."""
    alle, nummer = [], 0
    for endelig in (True, False):
        graenser = sorted(draw(st.sets(st.integers(0, 60), min_size=0 if not endelig else 2, max_size=6)))
        for fra, til in pairwise(graenser):
            if draw(st.booleans()) or (endelig and fra == graenser[0]):
                nummer += 1
                alle.append(saet(nummer, fra, til, endelig=endelig))
    return alle


@given(udsendte(), st.integers(0, 80))
def test_terms_are_never_missing_once_a_final_set_has_begun(alle: list[Saetfakta], nr: int) -> None:
    begyndt = any(et.endelig and et.periode.fra <= dag(nr) for et in alle)
    styring = styrende(alle, dag(nr))
    if begyndt:
        assert styring is not None
    if styring is not None:
        paa_dagen = [et for et in alle if et.periode.indeholder(dag(nr))]
        endelige = [et for et in paa_dagen if et.endelig]
        assert [styring.saet] == (endelige or paa_dagen or [styring.saet]), (
            "never ambiguous: of each status one at most"
        )
        assert styring.fortsat == (not paa_dagen)
        assert styring.saet.periode.fra <= dag(nr)


@given(udsendte(), st.permutations(range(6)), st.integers(0, 80))
def test_order_of_the_rows_does_not_matter(alle: list[Saetfakta], orden: list[int], nr: int) -> None:
    blandet = [alle[i] for i in orden if i < len(alle)] + alle[6:]
    assert styrende(blandet, dag(nr)) == styrende(alle, dag(nr))


@given(udsendte(), udsendte(), st.integers(1, 50))
def test_calendar_says_of_each_day_what_is_said_when_it_is_asked_for_alone(
    gamle: list[Saetfakta], nye: list[Saetfakta], skift: int
) -> None:
    af_det_nye = [Saetfakta(UUID(int=99 + et.nummer), et.nummer, OE, et.periode, et.endelig) for et in nye]
    medlem = [Kkrperiode(H, Periode(dag(0), dag(skift))), Kkrperiode(OE, Periode(dag(skift)))]
    stykker = kalender([*gamle, *af_det_nye], medlem, Periode(dag(0), dag(60)))
    assert stykker[0][0].fra == dag(0)
    assert stykker[-1][0].til == dag(60)
    for (foer, foer_svar), (efter, efter_svar) in pairwise(stykker):
        assert foer.til == efter.fra
        assert foer_svar != efter_svar
    for periode, svar in stykker:
        for nr in range(periode.dage):
            assert styrer([*gamle, *af_det_nye], medlem, periode.fra + timedelta(days=nr)) == svar


def test_boundary_day_belongs_to_the_next_set_and_its_kkr() -> None:
    alle = [saet(1, 0, 730), saet(1, 730, None, kkr=OE)]
    medlem = [Kkrperiode(H, Periode(dag(0), dag(730))), Kkrperiode(OE, Periode(dag(730)))]
    for nr, kkr in ((729, H), (730, OE)):
        styring = styrer(alle, medlem, dag(nr))
        assert styring is not None
        assert styring.saet.kkr_id == kkr


def test_kkr_without_a_set_lets_the_one_before_go_on_and_says_so() -> None:
    medlem = [Kkrperiode(S, Periode(dag(0), dag(730))), Kkrperiode(OE, Periode(dag(730)))]
    styring = styrer([saet(1, 0, 730, kkr=S)], medlem, dag(800))
    assert styring is not None
    assert (styring.saet.kkr_id, styring.fortsat, styring.tidligere_kkr) == (S, True, True)
    assert "tidligere KKR" in styring.grund
    assert styrer([], medlem, dag(800)) is None


def test_calendar_of_an_endless_period_is_refused() -> None:
    with pytest.raises(ValueError, match="sidste dag"):
        kalender([], [], Periode(dag(0)))
