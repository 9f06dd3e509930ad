"""The wheel as a chart: every step has its mark, inside the frame, apart from its neighbours."""

from datetime import date, timedelta
from itertools import combinations
from math import atan2, dist, pi
from typing import Any, cast
from uuid import uuid4

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kommuner.models import Organisation
from rammeaftale.aarshjul.kalender import Kalenderdag
from rammeaftale.aarshjul.queries import Hjulpunkt, Skyldig
from rammeaftale.aarshjul.regler import Ansvar, Dagart, Emne, Grundlag, Trinstand
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


@given(st.lists(st.integers(150, 200), max_size=6))
@example([180] * 7)
def test_marks_of_a_few_days_do_not_cover_each_other_and_stand_near_their_day(nr: list[int]) -> None:
    dage = [NYTAAR + timedelta(days=n) for n in sorted(nr)]
    fundne = maerker(dage)
    assert all(dist((a["x"], a["y"]), (b["x"], b["y"])) > 25 for a, b in combinations(fundne, 2))
    for maerke, dag in zip(fundne, dage, strict=True):
        her = atan2(maerke["x"] - BREDDE / 2, BREDDE / 2 - maerke["y"]) % (2 * pi)
        assert abs(her - vinkel(dag)) < pi / 11


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


def test_meetings_and_hearings_have_marks_and_words_of_their_own() -> None:
    def kalenderdag(art: Dagart) -> Kalenderdag:
        return Kalenderdag(art, "Møde", NYTAAR, "Medlemmerne", "Aftalt", "Mødeplan", "Kommende", "stille", "/")

    dage: list[Hjulpunkt | Kalenderdag] = [
        punkt(NYTAAR),
        kalenderdag(Dagart.MOEDE),
        kalenderdag(Dagart.HOERING),
        kalenderdag(Dagart.MOEDE),
    ]
    spec = tegn(list(enumerate(dage, 1)), 2026, NYTAAR)
    assert spec["description"] == "Årshjul for 2026 med 1 trin, 2 møder, 1 høringsfrist."
    lag = next(et for et in spec["layer"] if et["mark"]["type"] == "point")
    maerker = [m["maerke"] for m in lag["data"]["values"]]
    former = dict(zip(*lag["encoding"]["shape"]["scale"].values(), strict=True))
    assert [former[maerke] for maerke in maerker] == ["circle", "diamond", "triangle-up", "diamond"]
    assert len({former[art] for art in Dagart} | {former[stand] for stand in Trinstand}) == 4
