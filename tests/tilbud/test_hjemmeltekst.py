"""Reading a legal basis as people write it: what is certain, and never a guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tilbud.hjemmeltekst import laes_hjemler

KENDTE = {"SEL-85", "SEL-103", "SEL-104", "SEL-107", "SEL-108", "SEL-109", "SEL-52", "SEL-66", "ABL-105", "SEL-85a"}


@pytest.mark.parametrize(
    ("tekst", "koder"),
    [
        ("SEL § 107", ("SEL-107",)),
        ("SEL § 107 og § 108", ("SEL-107", "SEL-108")),
        ("SEL § 103, § 104, § 107, § 108", ("SEL-103", "SEL-104", "SEL-107", "SEL-108")),
        ("ABL § 105, stk. 2 + SEL § 85", ("ABL-105", "SEL-85")),
        ("SEL § 52 / § 66, stk. 1, nr. 6", ("SEL-52", "SEL-66")),
        ("SEL § 66, stk. 1, nr. 5", ("SEL-66",)),
        ("sel § 85 a", ("SEL-85a",)),
    ],
)
def test_laes_hjemler_certain_texts_are_read_whole(tekst: str, koder: tuple[str, ...]) -> None:
    laest = laes_hjemler(tekst, KENDTE)
    assert (laest.koder, laest.forbehold) == (koder, "")


@pytest.mark.parametrize(
    ("tekst", "koder", "del_af_forbehold"),
    [
        ("", (), "ikke angivet"),
        ("ikke angivet", (), "ikke angivet"),
        ("SEL § 110 m.fl.", (), "entydigt"),
        ("ABL § 105, stk. 2; § 56", ("ABL-105",), "entydigt"),
        ("ABL § 105, stk. 2; (kilden: § 56)", ("ABL-105",), "entydigt"),
        ("SEL § 174, stk. 4", (), "står ikke i listen"),
        ("§ 107", (), "står ikke i listen"),
        ("efter aftale", (), "kan ikke læses"),
    ],
)
def test_laes_hjemler_uncertain_texts_say_why(tekst: str, koder: tuple[str, ...], del_af_forbehold: str) -> None:
    laest = laes_hjemler(tekst, KENDTE)
    assert laest.koder == koder
    assert del_af_forbehold in laest.forbehold


@given(st.text("SELABL§ 0123456789,.+/ogstknr;()", max_size=40))
def test_laes_hjemler_never_gives_a_code_that_is_not_known(tekst: str) -> None:
    laest = laes_hjemler(tekst, KENDTE)
    assert set(laest.koder) <= KENDTE
    assert laest.koder or laest.forbehold
