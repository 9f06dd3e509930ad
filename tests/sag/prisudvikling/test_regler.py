"""The rules of total price against list price: sums that add up, fixed prices, index, and what may be shown."""

from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reservationer.sag.prisudvikling.regler import Celle, Ejer, Prissum, andel, serie, serier
from takster.beregning.loft import Pl
from takster.beregning.tal import HUNDREDE
from takster.vaekst.regler import Prisniveau

GRAENSE = 5
NIVEAU = Prisniveau(2024, 2026, (Pl(aar=2025, procent=Decimal(2)), Pl(aar=2026, procent=Decimal(3))))


def tal(dage: int, takst: int | str, aftalt: int | str, tillaeg: int | str = 0, *, ophold: int = GRAENSE) -> Prissum:
    """So many days at a published takst, an agreed one and supplements."""
    return Prissum(dage, dage * Decimal(takst), dage * Decimal(aftalt), dage * Decimal(tillaeg), ophold)


def test_worked_example() -> None:
    et = tal(100, 2687, 2687, 250) + tal(50, 2687, 2800)
    assert (et.dage, *map(int, (et.vejledende, et.takst, et.tillaeg))) == (150, 403_050, 408_700, 25_000)
    assert [int(et.samlet), int(et.forskel)] == [433_700, 30_650]
    assert round(et.forskel_procent, 2) == Decimal("7.60")
    assert round(et.pr_dag(et.samlet), 2) == Decimal("2891.33")


@given(st.integers(1, 400), st.decimals("0.01", 9999, places=2))
def test_stay_at_the_published_takst_without_supplements_differs_by_nothing(dage: int, takst: Decimal) -> None:
    et = tal(dage, str(takst), str(takst))
    assert not et.forskel
    assert not et.forskel_procent


summer = st.builds(
    lambda dage, takst, aftalt, tillaeg, ophold: tal(dage, takst, aftalt, tillaeg, ophold=ophold),
    st.integers(1, 400), st.integers(1, 5000), st.integers(1, 5000), st.integers(0, 900), st.integers(1, 12),
)  # fmt: skip
driftsherrer = [(Ejer.KOMMUNE, UUID(int=1)), (Ejer.KOMMUNE, UUID(int=2)), (Ejer.PRIVAT, UUID(int=3))]
celler = st.dictionaries(
    st.tuples(st.integers(2024, 2026), st.sampled_from(driftsherrer), st.sampled_from(["SEL-107", "SEL-108"])), summer
).map(lambda alle: [Celle(aar, *hvem, kode, tallene) for (aar, hvem, kode), tallene in alle.items()])


@given(celler)
def test_each_way_of_dividing_a_year_adds_up_to_it_when_all_is_shown(alle: list[Celle]) -> None:
    fundne = serier(alle, 1, NIVEAU)
    for punkt in fundne.alle:
        for maade in (fundne.ejere, fundne.driftsherrer, fundne.hjemler):
            dele = [et.tal for serien in maade.values() for et in serien if et.aar == punkt.aar]
            assert sum((et.dage for et in dele), 0) == punkt.tal.dage
            for navn in ("vejledende", "takst", "tillaeg", "samlet", "forskel"):
                assert sum(getattr(et, navn) for et in dele) == getattr(punkt.tal, navn)
    assert {punkt.aar for punkt in fundne.alle} == {celle.aar for celle in alle}


@given(celler)
def test_no_figure_that_is_shown_rests_on_fewer_stays_than_the_limit(alle: list[Celle]) -> None:
    fundne = serier(alle, GRAENSE, NIVEAU)
    alle_serier = [fundne.alle, *fundne.ejere.values(), *fundne.driftsherrer.values(), *fundne.hjemler.values()]
    assert all(et.tal.ophold >= GRAENSE for serien in alle_serier for et in serien)


@given(celler, st.integers(0, 3))
def test_years_are_told_by_themselves(alle: list[Celle], nummer: int) -> None:
    """Another year's figures neither show nor hide anything of this one."""
    aar = 2024 + nummer
    alene = serier([celle for celle in alle if celle.aar == aar], GRAENSE, None)
    sammen = serier(alle, GRAENSE, None)
    for hele, del_ in (
        ({"": sammen.alle}, {"": alene.alle}), (sammen.ejere, alene.ejere),
        (sammen.driftsherrer, alene.driftsherrer), (sammen.hjemler, alene.hjemler),
    ):  # fmt: skip
        viste = {noegle: [et for et in serien if et.aar == aar] for noegle, serien in hele.items()}
        assert {noegle: serien for noegle, serien in viste.items() if serien} == {
            noegle: list(serien) for noegle, serien in del_.items() if serien
        }


def test_fixed_prices_take_the_agreed_pl_out_and_the_base_year_is_index_100() -> None:
    foer, midt, nu = serie(
        {2024: tal(10, 1000, 1000), 2025: tal(20, 1020, 1020), 2026: tal(10, "1050.6", 1100)}, NIVEAU
    )
    assert (foer.vejledende, foer.samlet) == (Decimal("1050.6"), Decimal("1050.6"))
    assert (foer.vejledende_indeks, foer.samlet_indeks) == (HUNDREDE, HUNDREDE)
    assert (midt.vejledende_indeks, midt.samlet_indeks) == (HUNDREDE, HUNDREDE)
    assert (nu.vejledende, nu.vejledende_indeks) == (Decimal("1050.6"), HUNDREDE)
    assert nu.samlet_indeks is not None
    assert round(nu.samlet_indeks, 2) == Decimal("104.70")


def test_without_the_base_year_there_are_fixed_prices_and_no_index_and_without_pl_neither() -> None:
    (et,) = serie({2025: tal(10, 1000, 1000)}, NIVEAU)
    assert (et.vejledende, et.vejledende_indeks, et.samlet_indeks) == (Decimal(1030), None, None)
    (et,) = serie({2025: tal(10, 1000, 1000)}, None)
    assert (et.vejledende, et.samlet, et.vejledende_indeks) == (None, None, None)


def test_list_of_operators_and_list_of_legal_bases_do_not_give_each_other_away() -> None:
    """§ 108 is the second operator's alone; were both shown, the first one's own three under § 107 would follow."""
    alle = [
        Celle(2025, Ejer.KOMMUNE, UUID(int=1), "SEL-107", tal(10, 1000, 1000, ophold=10)),
        Celle(2025, Ejer.KOMMUNE, UUID(int=2), "SEL-107", tal(10, 1000, 1000, ophold=3)),
        Celle(2025, Ejer.PRIVAT, UUID(int=3), "SEL-108", tal(10, 1000, 1000, ophold=5)),
        Celle(2025, Ejer.PRIVAT, UUID(int=4), "SEL-108", tal(10, 1000, 1000, ophold=9)),
    ]
    fundne = serier(alle, GRAENSE, None)
    assert set(fundne.driftsherrer) == {UUID(int=3), UUID(int=4)}
    assert (set(fundne.ejere), set(fundne.hjemler), len(fundne.alle)) == (
        {Ejer.KOMMUNE, Ejer.PRIVAT}, {"SEL-107", "SEL-108"}, 1,
    )  # fmt: skip


@pytest.mark.parametrize(("del_", "hele", "procent"), [(1, 4, 25), (0, 4, 0), (0, 0, 0)])
def test_share_of_nothing_is_nothing(del_: int, hele: int, procent: int) -> None:
    assert andel(Decimal(del_), Decimal(hele)) == procent
