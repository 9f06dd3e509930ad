"""Suppression: what is hidden is never below the limit alone, and nothing published gives it back.

Two checkers that know nothing of how it is done: one looks for another table of non-negative numbers that would be
published just the same, the other solves the sums of the table as equations.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faelles.diskretion import Skjult, skjul, skjul_raekker, skjul_summer

Tabel = Mapping[tuple[int, int], int]
graenser = st.integers(1, 6)
antal = st.one_of(st.integers(0, 3), st.integers(0, 12))


def tabeller(raekker: int, soejler: int) -> st.SearchStrategy[dict[tuple[int, int], int]]:
    """Tables up to that size, in which some cells are impossible."""
    noegler = st.lists(st.tuples(st.integers(1, raekker), st.integers(1, soejler)), unique=True, min_size=1)
    return noegler.flatmap(lambda celler: st.fixed_dictionaries(dict.fromkeys(sorted(celler), antal)))


def poster(tabel: Tabel) -> dict[tuple[int, int], int]:
    """Every figure of the table: cells, and totals in row 0, column 0 and (0, 0)."""
    alle = dict(tabel)
    for (r, k), vaerdi in tabel.items():
        for sted in ((r, 0), (0, k), (0, 0)):
            alle[sted] = alle.get(sted, 0) + vaerdi
    return alle


def skjulte(skjult: Skjult[int, int]) -> set[tuple[int, int]]:
    """Where a hidden figure stands."""
    return {
        *skjult.celler,
        *((r, 0) for r in skjult.raekkesummer),
        *((0, k) for k in skjult.soejlesummer),
        *([(0, 0)] if skjult.i_alt else []),
    }


def andre_tabeller(tabel: Tabel, gemt: set[tuple[int, int]]) -> Iterator[dict[tuple[int, int], int]]:
    """Every table one citizen or less away in each cell that would be published just the same."""
    ventet = {sted: vaerdi for sted, vaerdi in poster(tabel).items() if sted not in gemt}
    pr_raekke = []
    for raekke in sorted({r for r, _ in tabel}):
        celler = [sted for sted in tabel if sted[0] == raekke]
        valg = product(*([v for v in (tabel[s] - 1, tabel[s], tabel[s] + 1) if v >= 0] if s in gemt else [tabel[s]] for s in celler))  # fmt: skip
        pr_raekke.append(
            [dict(zip(celler, v, strict=True)) for v in valg if (raekke, 0) in gemt or sum(v) == ventet[raekke, 0]]
        )
    for raekker in product(*pr_raekke):
        anden = {sted: vaerdi for raekke in raekker for sted, vaerdi in raekke.items()}
        if all(poster(anden)[sted] == vaerdi for sted, vaerdi in ventet.items()):
            yield anden


@settings(max_examples=150)
@given(tabeller(3, 3), graenser)
def test_every_hidden_figure_could_be_another(tabel: dict[tuple[int, int], int], graense: int) -> None:
    gemt, sande = skjulte(skjul(tabel, graense)), poster(tabel)
    usete = set(gemt)
    for anden in andre_tabeller(tabel, gemt):
        usete -= {sted for sted, vaerdi in poster(anden).items() if vaerdi != sande[sted]}
        if not usete:
            break
    assert usete == set()


def linjer(tabel: Tabel) -> list[tuple[tuple[int, int], list[tuple[int, int]]]]:
    """Every total and the figures it is the sum of."""
    alle = poster(tabel)
    raekker = [((nr, 0), [s for s in alle if s[0] == nr and s[1]]) for nr in dict.fromkeys(r for r, _ in alle)]
    return raekker + [((0, nr), [s for s in alle if s[1] == nr and s[0]]) for nr in dict.fromkeys(k for _, k in alle)]


def bestemte(tabel: Tabel, gemt: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """The hidden figures that the sums of the table determine as equations (Gauss and Jordan with fractions)."""
    alle, ukendte = poster(tabel), sorted(gemt)
    raekker = []
    for total, dele in linjer(tabel):
        led = {total: Fraction(-1), **dict.fromkeys(dele, Fraction(1))}
        kendt = -sum((tal * alle[sted] for sted, tal in led.items() if sted not in gemt), start=Fraction(0))
        raekker.append([led.get(sted, Fraction(0)) for sted in ukendte] + [kendt])
    pivot = 0
    for soejle in range(len(ukendte)):
        fundet = next((nr for nr in range(pivot, len(raekker)) if raekker[nr][soejle]), None)
        if fundet is None:
            continue
        raekker[pivot], raekker[fundet] = raekker[fundet], raekker[pivot]
        raekker[pivot] = [tal / raekker[pivot][soejle] for tal in raekker[pivot]]
        for nr, raekke in enumerate(raekker):
            if nr != pivot and raekke[soejle]:
                raekker[nr] = [a - raekke[soejle] * b for a, b in zip(raekke, raekker[pivot], strict=True)]
        pivot += 1
    alene = [[nr for nr, tal in enumerate(raekke[:-1]) if tal] for raekke in raekker]
    return {ukendte[led[0]] for led in alene if len(led) == 1}


@given(tabeller(6, 6), graenser)
def test_no_hidden_figure_follows_from_the_equations(tabel: dict[tuple[int, int], int], graense: int) -> None:
    assert bestemte(tabel, skjulte(skjul(tabel, graense))) == set()


@given(tabeller(3, 3), graenser)
def test_control_hiding_only_the_small_ones_would_give_some_back(
    tabel: dict[tuple[int, int], int], graense: int
) -> None:
    """The checkers see what they should: where more was hidden than the small ones, one of them says why."""
    smaa = {sted for sted, vaerdi in poster(tabel).items() if vaerdi < graense}
    gemt = skjulte(skjul(tabel, graense))
    if gemt == smaa:
        return
    sande, usete = poster(tabel), set(smaa)
    for anden in andre_tabeller(tabel, smaa):
        usete -= {sted for sted, vaerdi in poster(anden).items() if vaerdi != sande[sted]}
    assert usete or for_smaa_linjer(tabel, smaa, graense)


def for_smaa_linjer(tabel: Tabel, gemt: set[tuple[int, int]], graense: int) -> list[tuple[int, int]]:
    """The totals that are shown although what is hidden beside them is below the limit."""
    alle = poster(tabel)
    skjult = [
        (total, [alle[sted] for sted in dele if sted in gemt]) for total, dele in linjer(tabel) if total not in gemt
    ]
    return [total for total, dele in skjult if dele and sum(dele) < graense]


@given(tabeller(6, 6), graenser)
def test_nothing_below_the_limit_is_shown_nor_left_over_beside_a_total(
    tabel: dict[tuple[int, int], int], graense: int
) -> None:
    gemt = skjulte(skjul(tabel, graense))
    assert {sted for sted, vaerdi in poster(tabel).items() if vaerdi < graense} <= gemt
    assert for_smaa_linjer(tabel, gemt, graense) == []
    assert skjulte(skjul(tabel, graense)) == gemt


@given(tabeller(6, 6), graenser)
def test_table_without_small_figures_is_shown_whole(tabel: dict[tuple[int, int], int], graense: int) -> None:
    assert skjulte(skjul({sted: vaerdi + graense for sted, vaerdi in tabel.items()}, graense)) == set()


def test_one_small_cell_takes_the_cheapest_three_with_it_and_no_total() -> None:
    tabel = {
        ("Rødovre", "unge"): 2, ("Rødovre", "voksne"): 10, ("Rødovre", "ældre"): 20,
        ("Herlev", "unge"): 11, ("Herlev", "voksne"): 9, ("Herlev", "ældre"): 30,
        ("Gladsaxe", "unge"): 50, ("Gladsaxe", "voksne"): 60, ("Gladsaxe", "ældre"): 70,
    }  # fmt: skip
    skjult = skjul(tabel, 5)
    assert skjult.celler == {(k, m) for k in ("Rødovre", "Herlev") for m in ("unge", "voksne")}
    assert (skjult.raekkesummer, skjult.soejlesummer, skjult.i_alt) == (frozenset(), frozenset(), False)


def test_totals_are_hidden_when_they_must_be() -> None:
    assert skjul({("a", 1): 2, ("b", 1): 40}, 5) == Skjult(
        celler=frozenset({("a", 1), ("b", 1)}),
        raekkesummer=frozenset({"a", "b"}),
        soejlesummer=frozenset(),
        i_alt=False,
    )
    assert skjul({("a", 1): 1, ("a", 2): 1}, 5).i_alt
    assert skjul({("a", 1): 2, ("a", 2): 40}, 5).soejlesummer == {1, 2}


def test_nought_is_hidden_so_that_it_could_be_one() -> None:
    """The hidden cells lie on a ring of six, but two noughts lock it: without more hidden, each could be computed."""
    ring = {(1, 1): 0, (1, 2): 5, (3, 2): 5, (3, 3): 0, (2, 3): 5, (2, 1): 5}
    tabel = {(r, k): ring.get((r, k), 50) for r in (1, 2, 3) for k in (1, 2, 3)}
    skjult = skjul(tabel, 5)
    assert skjulte(skjult) > {(1, 1), (3, 3)}


raekker = st.dictionaries(st.integers(0, 30), st.integers(0, 40), max_size=12)


@given(raekker, st.integers(1, 12))
def test_total_less_the_visible_rows_never_gives_a_hidden_number_back(antal: dict[int, int], graense: int) -> None:
    skjult = skjul_raekker(antal, graense)
    rest = [antal[navn] for navn in skjult.raekker]
    assert all(borgere >= graense for navn, borgere in antal.items() if navn not in skjult.raekker)
    assert skjult.i_alt or not rest or (len(rest) > 1 and sum(rest) >= graense)


@given(raekker, st.integers(1, 12))
def test_total_of_a_list_is_hidden_only_when_every_row_is(antal: dict[int, int], graense: int) -> None:
    skjult = skjul_raekker(antal, graense)
    assert not skjult.i_alt or skjult.raekker == frozenset(antal)


@given(raekker, st.integers(1, 12))
def test_no_more_rows_are_hidden_than_needed(antal: dict[int, int], graense: int) -> None:
    """Taking any row that is large enough out of the hidden ones would break the rule."""
    skjult = skjul_raekker(antal, graense)
    if not skjult.i_alt:
        for navn in [navn for navn in skjult.raekker if antal[navn] >= graense]:
            rest = [antal[anden] for anden in skjult.raekker if anden != navn]
            assert len(rest) < 2 or sum(rest) < graense


@pytest.mark.parametrize(
    ("antal", "skjulte_raekker"),
    [
        ({"Rødovre": 40, "Herlev": 2, "Gladsaxe": 9}, {"Herlev", "Gladsaxe"}),
        ({"Rødovre": 40, "Herlev": 2, "Gladsaxe": 3}, {"Herlev", "Gladsaxe"}),
        ({"Rødovre": 5, "Herlev": 6}, set()),
        ({}, set()),
    ],
)
def test_list_hides_the_small_rows_and_the_smallest_other(antal: dict[str, int], skjulte_raekker: set[str]) -> None:
    skjult = skjul_raekker(antal, 5)
    assert skjult.raekker == skjulte_raekker
    assert not skjult.i_alt


Grupperet = Mapping[tuple[str, str, str], int]
_STEDER = [(gruppe, f"{gruppe}{nr}", soejle) for gruppe in "AB" for nr in (1, 2) for soejle in ("x", "y")]
grupperede = st.lists(st.sampled_from(_STEDER), unique=True, min_size=1).flatmap(
    lambda celler: st.fixed_dictionaries(dict.fromkeys(sorted(celler), antal))
)


def summer(tabel: Grupperet) -> dict[str, int]:
    """Every total that is published, by the name of its group, row or column; all of it is `*`."""
    alle: dict[str, int] = {}
    for sted, vaerdi in tabel.items():
        for navn in (*sted, "*"):
            alle[navn] = alle.get(navn, 0) + vaerdi
    return alle


def skjulte_summer(tabel: Grupperet, graense: int) -> set[str]:
    gemt = skjul_summer(tabel, graense)
    return {*gemt.grupper, *gemt.raekker, *gemt.soejler, *("*" if gemt.i_alt else "")}


@settings(max_examples=150)
@given(grupperede, graenser)
def test_groups__every_hidden_total_and_every_small_cell_could_be_another(tabel: Grupperet, graense: int) -> None:
    gemt, sande = skjulte_summer(tabel, graense), summer(tabel)
    assert {navn for navn, vaerdi in sande.items() if vaerdi < graense} <= gemt
    usete: set[object] = {*gemt, *(sted for sted, vaerdi in tabel.items() if vaerdi < graense)}
    for vaerdier in product(*([v for v in (tal - 1, tal, tal + 1) if v >= 0] for tal in tabel.values())):
        anden = dict(zip(tabel, vaerdier, strict=True))
        andre = summer(anden)
        if all(andre[navn] == vaerdi for navn, vaerdi in sande.items() if navn not in gemt):
            usete -= {navn for navn in gemt if andre[navn] != sande[navn]}
            usete -= {sted for sted, vaerdi in anden.items() if vaerdi != tabel[sted]}
        if not usete:
            break
    assert usete == set()


@given(grupperede, graenser)
def test_groups__what_is_hidden_beside_a_shown_total_makes_up_the_limit(tabel: Grupperet, graense: int) -> None:
    gemt, sande = skjulte_summer(tabel, graense), summer(tabel)
    raekker = {raekke: gruppe for gruppe, raekke, _ in tabel}
    dele = [
        *((gruppe, {r for r, g in raekker.items() if g == gruppe}) for gruppe in raekker.values()),
        ("*", set(raekker.values())),
        ("*", {soejle for *_, soejle in tabel}),
    ]
    for total, navne in dele:
        skjult = navne & gemt
        assert not skjult or total in gemt or sum(sande[navn] for navn in skjult) >= graense


def test_groups__lists_of_rows_and_of_columns_do_not_give_each_other_away() -> None:
    """Each list by itself could show y: then B's rows would be y, and A2 what is left of x."""
    tabel = {("A", "A1", "x"): 10, ("A", "A2", "x"): 3, ("B", "B1", "y"): 5, ("B", "B2", "y"): 9}
    gemt = skjul_summer(tabel, 5)
    assert gemt.raekker == {"A1", "A2"}
    assert (gemt.grupper, gemt.soejler, gemt.i_alt) == (frozenset(), frozenset(), False)


def test_groups__without_small_figures_everything_is_shown_and_of_nothing_there_is_nothing() -> None:
    tabel = dict.fromkeys(_STEDER, 5)
    assert skjulte_summer(tabel, 5) == set()
    assert skjul_summer(dict[tuple[str, str, str], int](), 5).i_alt is False
