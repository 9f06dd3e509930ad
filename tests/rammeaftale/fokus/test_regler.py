"""How far milestones and areas have come, and what a report must hold."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rammeaftale.fokus.regler import (
    AFSLUTTEDE,
    MELDBARE,
    Melding,
    Milepaelsstand,
    fremdrift,
    gennemsynsfejl,
    meldingsfejl,
    naeste_nummer,
    stand,
)

DAG = date(2027, 6, 1)
dage = st.integers(-400, 400).map(lambda n: DAG + timedelta(days=n))


@pytest.mark.parametrize(
    ("sidst", "frist", "ventet"),
    [
        (None, DAG, Milepaelsstand.IKKE_BEGYNDT),
        (None, DAG - timedelta(days=1), Milepaelsstand.OVERSKREDET),
        (Milepaelsstand.I_GANG, DAG, Milepaelsstand.I_GANG),
        (Milepaelsstand.I_GANG, DAG - timedelta(days=1), Milepaelsstand.OVERSKREDET),
        (Milepaelsstand.NAAET, DAG - timedelta(days=1), Milepaelsstand.NAAET),
        (Milepaelsstand.OPGIVET, DAG - timedelta(days=1), Milepaelsstand.OPGIVET),
    ],
)
def test_milestone_is_late_the_day_after_its_deadline_unless_it_is_over(
    sidst: Milepaelsstand | None, frist: date, ventet: Milepaelsstand
) -> None:
    assert stand(sidst, frist, DAG) is ventet


@given(st.sampled_from([None, *MELDBARE]), dage, dage, st.integers(0, 400))
def test_milestone_that_is_late_stays_late_until_something_is_reported(
    sidst: Milepaelsstand | None, frist: date, dag: date, senere: int
) -> None:
    if stand(sidst, frist, dag) is Milepaelsstand.OVERSKREDET:
        assert stand(sidst, frist, dag + timedelta(days=senere)) is Milepaelsstand.OVERSKREDET
    assert (stand(sidst, frist, dag) in AFSLUTTEDE) == (sidst in AFSLUTTEDE)


@pytest.mark.parametrize(
    ("stande", "tekst"),
    [
        ([], "Ingen milepæle"),
        ([Milepaelsstand.NAAET], "1 af 1 milepæl er nået"),
        ([Milepaelsstand.NAAET, Milepaelsstand.I_GANG, Milepaelsstand.OPGIVET], "1 af 2 milepæle er nået"),
        ([Milepaelsstand.OVERSKREDET] * 2, "0 af 2 milepæle er nået, 2 har overskredet fristen"),
        ([Milepaelsstand.OPGIVET], "Alle milepæle er opgivet"),
    ],
)
def test_progress_counts_what_is_reached_of_what_is_not_given_up(stande: list[Milepaelsstand], tekst: str) -> None:
    assert fremdrift(stande).tekst == tekst


@given(st.lists(st.sampled_from(Milepaelsstand)))
def test_every_milestone_is_counted_once(stande: list[Milepaelsstand]) -> None:
    assert fremdrift(stande).alle == len(stande)


@pytest.mark.parametrize(
    ("melding", "felter"),
    [
        (Melding(Milepaelsstand.NAAET, DAG, "", ""), {"bemaerkning"}),
        (Melding(Milepaelsstand.NAAET, DAG, "", "https://www.example.dk"), set()),
        (Melding(Milepaelsstand.NAAET, DAG, "Det er gjort", ""), set()),
        (Melding(Milepaelsstand.OPGIVET, DAG, "", "https://www.example.dk"), {"bemaerkning"}),
        (Melding(Milepaelsstand.I_GANG, DAG, "", ""), set()),
        (Melding(Milepaelsstand.I_GANG, DAG - timedelta(days=400), "", ""), set()),
        (Melding(Milepaelsstand.OVERSKREDET, DAG + timedelta(days=1), "", ""), {"stand", "dato"}),
    ],
)
def test_report_needs_something_to_show_and_is_never_of_a_day_to_come(melding: Melding, felter: set[str]) -> None:
    assert set(meldingsfejl(melding, DAG)) == felter


def test_new_area_gets_a_number_no_area_has() -> None:
    assert (naeste_nummer([]), naeste_nummer([1, 4])) == (1, 5)


@pytest.mark.parametrize(
    ("sete", "hvorfor"),
    [
        ({1, 2}, []),
        ({1}, ["Se også fristen igennem for Åbent hus."]),
        (set(), ["Se også fristen igennem for Ældreplads og Åbent hus."]),
        ({1, 3}, ["Se også fristen igennem for Åbent hus."]),
        ({1, 2, 3}, ["Fokusområdet har ikke alle de milepæle, der er nævnt."]),
    ],
)
def test_every_milestone_of_an_area_is_seen_and_no_other(sete: set[int], hvorfor: list[str]) -> None:
    milepaele = {UUID(int=2): "Åbent hus", UUID(int=1): "Ældreplads"}
    assert gennemsynsfejl(milepaele, {UUID(int=nr) for nr in sete}) == hvorfor
