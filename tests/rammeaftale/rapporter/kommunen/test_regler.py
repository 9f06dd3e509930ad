"""What may be shown of a side: never a row below the limit, nor what follows from a sum; for the municipality itself, all."""

from decimal import Decimal
from uuid import UUID, uuid5

from hypothesis import given
from hypothesis import strategies as st

from rammeaftale.rapporter.kapacitet.data import Handel
from rammeaftale.rapporter.kommunen.data import Handelsside, Raekke
from rammeaftale.rapporter.kommunen.regler import UDEN_SAG, Brug, hele, vist

RUM = UUID(int=7)
GRAENSE = 5


def brug(hjemmel: str, antal: int, *, maalgrupper: str = "A", part: str = "P", fra: int = 0) -> Brug:
    """So many stays of a hundred days each, at 2.000 kr. where they have a case; `fra`: the number of the first one."""
    ophold = frozenset(uuid5(RUM, str(nr)) for nr in range(fra, fra + antal))
    return Brug(
        hjemmel, maalgrupper, part, ophold, antal * 100, None if hjemmel == UDEN_SAG else Decimal(antal * 200_000)
    )


def side(antal: dict[str, int], *, dage_vises: bool = True, kr_vises: bool = True) -> Handelsside:
    alle = [brug(hjemmel, n, fra=nr * 100) for nr, (hjemmel, n) in enumerate(antal.items()) if n]
    i_alt = hele(alle).i_alt
    return vist(alle, (), Handel(i_alt.dage if dage_vises else None, i_alt.kr if kr_vises else None), GRAENSE)


taellinger = st.dictionaries(st.sampled_from(["§ 107", "§ 108", "§ 103", "§ 104", UDEN_SAG]), st.integers(0, 12))


def test_own_side_tells_everything_in_order_and_adds_up() -> None:
    fundet = hele([brug("§ 107", 1, part="Å"), brug("§ 108", 2, part="B", fra=10), brug(UDEN_SAG, 3, part="Z", fra=20)])
    assert [r.navn for r in fundet.hjemler] == ["§ 107", "§ 108", UDEN_SAG]
    assert [r.navn for r in fundet.parter] == ["B", "Z", "Å"]
    assert fundet.hjemler[2] == Raekke(UDEN_SAG, Handel(300, Decimal(0)), uden_pris=True)
    assert fundet.i_alt == Handel(600, Decimal(600_000))


def test_stay_under_two_hjemler_in_a_row_is_one_stay() -> None:
    """Five counts of one citizen are still one citizen: below the limit."""
    samme = [Brug("§ 107", "A", f"P{nr}", frozenset({RUM}), 10, Decimal(10)) for nr in range(5)]
    andre = [brug("§ 108", 9, fra=50)]
    fundet = vist([*samme, *andre], (), hele([*samme, *andre]).i_alt, GRAENSE)
    assert fundet.hjemler == ()


def test_rows_are_hidden_when_what_they_add_up_to_is() -> None:
    assert [r.navn for r in side({"§ 107": 9, "§ 108": 8}).hjemler] == ["§ 107", "§ 108"]
    assert side({"§ 107": 9, "§ 108": 8}, dage_vises=False).hjemler == ()
    assert [r.handel.kr for r in side({"§ 107": 9, "§ 108": 8}, kr_vises=False).hjemler] == [None, None]


@given(taellinger)
def test_no_row_below_the_limit_is_shown_or_can_be_subtracted(antal: dict[str, int]) -> None:
    fundet = side(antal)
    for vises, mulige in (
        ({r.navn for r in fundet.hjemler if r.handel.dage is not None}, antal),
        (
            {r.navn for r in fundet.hjemler if r.handel.kr is not None},
            {h: n for h, n in antal.items() if h != UDEN_SAG},
        ),
    ):
        assert all(antal[navn] >= GRAENSE for navn in vises)
        skjulte = [n for navn, n in mulige.items() if n and navn not in vises]
        if vises and skjulte:
            assert len(skjulte) > 1
            assert sum(skjulte) >= GRAENSE


@given(taellinger)
def test_what_is_shown_is_true(antal: dict[str, int]) -> None:
    for raekke in side(antal).hjemler:
        assert raekke.handel.dage == antal[raekke.navn] * 100
        assert raekke.handel.kr in {None, Decimal(antal[raekke.navn] * 200_000)}
