"""F8, the levels: a takst split into prices whose average is the takst."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faelles.fejl import UgyldigtInput
from faelles.penge import Enhed
from takster.beregning.niveauer import Niveauinddata, Niveautakster, Takstniveau, niveautakster
from takster.beregning.trin import Afrunding, Afrundingsmetode

KRONE = Afrunding(enhed=Enhed.KRONE, metode=Afrundingsmetode.HALF_UP)
OERE = Afrunding(enhed=Enhed.OERE, metode=Afrundingsmetode.HALF_UP)


def inddata(takst: str, *par: tuple[str, str], afrunding: Afrunding = KRONE) -> Niveauinddata:
    return Niveauinddata(
        takst=Decimal(takst),
        niveauer=tuple(
            Takstniveau(niveau=nummer, pladser=Decimal(pladser), vaegt=Decimal(vaegt))
            for nummer, (pladser, vaegt) in enumerate(par, 1)
        ),
        afrunding=afrunding,
    )


def test_niveautakster__weights_and_places_split_the_takst_so_that_the_average_is_the_takst() -> None:
    fundet = niveautakster(inddata("2687", ("12", "1"), ("8", "1.2"), ("4", "1.8")))
    # 24 places, weighed 12 + 9.6 + 7.2 = 28.8: 2687 × 24 / 28.8 = 2239.17 for a weight of 1
    assert [(et.niveau, et.takst) for et in fundet.niveauer] == [(1, 2239), (2, 2687), (3, Decimal(4031))]
    assert fundet.gennemsnit == Decimal("2687.000000")
    assert {trin.formel for trin in fundet.trin} == {"F8"}
    assert fundet.trin[2].udregning == "2.687,00 × 1 × 24 / 28,8, afrundet til hele kroner, halve op"


@given(
    st.decimals("100", "9000", places=2),
    st.lists(st.tuples(st.integers(1, 60), st.decimals("0.5", "3", places=2)), min_size=2, max_size=10),
)
def test_niveautakster__average_differs_from_the_takst_by_less_than_the_rounding(
    takst: Decimal, par: list[tuple[int, Decimal]]
) -> None:
    fundet = niveautakster(inddata(str(takst), *((str(p), str(v)) for p, v in par), afrunding=OERE))
    assert abs(fundet.gennemsnit - takst) <= Decimal("0.005001")
    assert Niveautakster.af_json(fundet.som_json()) == fundet == niveautakster(fundet.inddata)


@given(st.permutations([("12", "1"), ("8", "1.2"), ("4", "1.8")]))
def test_niveautakster__do_not_depend_on_the_order_they_are_written_in(par: list[tuple[str, str]]) -> None:
    assert sorted(et.takst for et in niveautakster(inddata("2687", *par)).niveauer) == [2239, 2687, 4031]


@pytest.mark.parametrize("par", [[("24", "1")], []])
def test_niveautakster__one_level_is_no_levels(par: list[tuple[str, str]]) -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        inddata("2687", *par)
    assert set(fejl.value.felter) == {"niveauer"}


def test_niveautakster__a_level_that_comes_to_nothing_is_refused() -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        niveautakster(inddata("100", ("10", "1"), ("10", "0.001")))
    assert "gratis" in fejl.value.felter["niveauer"][0]
