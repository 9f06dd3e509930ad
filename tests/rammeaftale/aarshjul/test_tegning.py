"""The wheel as a chart: every step has its mark, inside the frame, apart from its neighbours."""

from datetime import date, timedelta
from itertools import combinations
from math import dist
from typing import Any, cast
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommuner.models import Organisation
from rammeaftale.aarshjul.queries import Hjulpunkt, Skyldig
from rammeaftale.aarshjul.regler import Ansvar, Emne, Grundlag, Trinstand
from rammeaftale.aarshjul.tegning import BREDDE, tegn, vinkel
from rammeaftale.models import Rammeaftale

NYTAAR = date(2026, 1, 1)


def punkt(frist: date, stand: Trinstand = Trinstand.KOMMENDE) -> Hjulpunkt:
    skyldig = Skyldig(Organisation(navn="Herlev Kommune"), stand)
    om = (Emne.TRIN, uuid4(), Rammeaftale())
    return Hjulpunkt(*om, "Møde", frist, Ansvar.SEKRETARIAT, Grundlag.AFTALT, "Mødeplan", [skyldig])


def maerker(dage: list[date]) -> list[dict[str, Any]]:
    spec = tegn(list(enumerate((punkt(dag) for dag in sorted(dage)), 1)), 2026, date(2026, 11, 29))
    lag = [et for et in spec["layer"] if et["mark"]["type"] == "point"]
    return cast("list[dict[str, Any]]", lag[0]["data"]["values"]) if lag else []


@given(st.lists(st.integers(0, 364), max_size=12))
def test_every_step_has_a_mark_with_its_number_inside_the_frame(nr: list[int]) -> None:
    fundne = maerker([NYTAAR + timedelta(days=n) for n in nr])
    assert [m["nr"] for m in fundne] == [str(n) for n in range(1, len(nr) + 1)]
    assert all(12 <= m[led] <= BREDDE - 12 for m in fundne for led in ("x", "y"))


def test_three_steps_on_one_day_do_not_cover_each_other() -> None:
    fundne = maerker([date(2026, 11, 2)] * 3)
    assert all(dist((a["x"], a["y"]), (b["x"], b["y"])) > 20 for a, b in combinations(fundne, 2))


@given(st.integers(0, 363))
def test_days_go_clockwise_from_the_top(nr: int) -> None:
    dag = NYTAAR + timedelta(days=nr)
    assert vinkel(NYTAAR) == 0
    assert vinkel(dag) < vinkel(dag + timedelta(days=1)) < 6.2832


def test_step_of_another_year_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="hører til 2027"):
        tegn([(1, punkt(date(2027, 1, 1)))], 2026, NYTAAR)


def test_words_say_how_many_are_late() -> None:
    spec = tegn([(1, punkt(NYTAAR, Trinstand.OVERSKREDET)), (2, punkt(NYTAAR))], 2026, NYTAAR)
    assert spec["description"] == "Årshjul for 2026 med 2 trin, 1 med overskredet frist."
