"""Whatever allonger repeal, amend and add, in whatever order they are sent and adopted: each term is set on each day, by one clause, and one that would not be is named."""

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.rammeaftale.tekst.ophaevelser import Ophaevelser, vedtaget

pytestmark = pytest.mark.django_db


def liv(antal: int, skridt: int) -> None:
    """So many lives of so many steps at most."""
    hoved = vedtaget()
    run_state_machine_as_test(
        lambda: Ophaevelser(hoved),  # type: ignore[arg-type]  # what makes one will do
        settings=settings(max_examples=antal, stateful_step_count=skridt),
    )


def test_no_term_is_missing_or_set_twice_whatever_is_repealed() -> None:
    liv(5, 4)


@pytest.mark.stress
def test_terms_stand_through_many_long_lives_of_repeals() -> None:
    liv(30, 15)
