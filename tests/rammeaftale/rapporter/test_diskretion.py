"""Suppression: what is hidden is never below the limit alone, and a total never gives it back."""

from hypothesis import given
from hypothesis import strategies as st

from rammeaftale.rapporter.rammeaftalen.diskretion import skjul

antal = st.dictionaries(st.integers(0, 30), st.integers(0, 40), max_size=12)
graenser = st.integers(1, 12)


@given(antal, graenser)
def test_nothing_below_the_limit_is_shown(raekker: dict[int, int], graense: int) -> None:
    skjult = skjul(raekker, graense)
    assert all(borgere >= graense for navn, borgere in raekker.items() if navn not in skjult.raekker)


@given(antal, graenser)
def test_total_less_the_visible_rows_never_gives_a_hidden_number_back(raekker: dict[int, int], graense: int) -> None:
    skjult = skjul(raekker, graense)
    rest = [raekker[navn] for navn in skjult.raekker]
    assert skjult.i_alt or not rest or (len(rest) > 1 and sum(rest) >= graense)


@given(antal, graenser)
def test_total_is_hidden_only_when_every_row_is(raekker: dict[int, int], graense: int) -> None:
    skjult = skjul(raekker, graense)
    assert not skjult.i_alt or skjult.raekker == frozenset(raekker)


@given(antal, graenser)
def test_no_more_is_hidden_than_needed(raekker: dict[int, int], graense: int) -> None:
    """Taking any row that is large enough out of the hidden ones would break the rule."""
    skjult = skjul(raekker, graense)
    store = [navn for navn in skjult.raekker if raekker[navn] >= graense]
    if not skjult.i_alt:
        for navn in store:
            rest = [raekker[anden] for anden in skjult.raekker if anden != navn]
            assert len(rest) < 2 or sum(rest) < graense


def test_one_small_row_takes_the_smallest_large_one_with_it() -> None:
    assert skjul({"Rødovre": 40, "Herlev": 2, "Gladsaxe": 9}, 5).raekker == {"Herlev", "Gladsaxe"}


def test_two_small_rows_that_are_enough_together_hide_nobody_else() -> None:
    assert skjul({"Rødovre": 40, "Herlev": 2, "Gladsaxe": 3}, 5).raekker == {"Herlev", "Gladsaxe"}


def test_large_rows_are_all_shown() -> None:
    assert skjul({"Rødovre": 5, "Herlev": 6}, 5) == skjul({}, 5)
