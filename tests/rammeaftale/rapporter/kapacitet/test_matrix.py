"""The buyer-seller matrix: what is shown is true, and what is hidden cannot be had from it or from the table made of it."""

from decimal import Decimal
from itertools import product
from operator import attrgetter

from hypothesis import given
from hypothesis import strategies as st

from rammeaftale.rapporter.kapacitet.data import Handel, Handelsmatrix
from rammeaftale.rapporter.kapacitet.matrix import UDEN_FOR, UDEN_KOEBER, Forbrug, matrix
from rammeaftale.rapporter.rammeaftalen.data import Periodenavn
from tests.rammeaftale.rapporter.kapacitet.situationer import FIRE_KVARTALER

PERIODE = Periodenavn("et år", FIRE_KVARTALER.fra, FIRE_KVARTALER.til or FIRE_KVARTALER.fra)
KOMMUNER = ("A", "B", "C")
SAELGERE = {"A": 10, "B": 20, "Private": 5}
antal = st.integers(0, 12)
tabeller = st.fixed_dictionaries(dict.fromkeys(product(SAELGERE, (*KOMMUNER, UDEN_FOR, UDEN_KOEBER)), antal))


def forbrug(ophold: int) -> Forbrug:
    return Forbrug(ophold, ophold * 100, Decimal(ophold * 200_000))


def lav(tabel: dict[tuple[str, str], int]) -> Handelsmatrix:
    return matrix(PERIODE, SAELGERE, KOMMUNER, {par: forbrug(n) for par, n in tabel.items()}, 5)


@given(tabeller)
def test_what_is_shown_is_what_was_used(tabel: dict[tuple[str, str], int]) -> None:
    fundet = lav(tabel)
    for saelger in fundet.saelgere:
        for koeber, handel in zip(fundet.koebere, saelger.celler, strict=True):
            antal_ = tabel[saelger.navn, koeber]
            assert handel.dage in {None, antal_ * 100}
            assert handel.kr in {None, antal_ * 200_000}
            assert antal_ >= 5 or handel == Handel(None, None)
        assert saelger.i_alt.dage in {None, 100 * sum(n for (s, _), n in tabel.items() if s == saelger.navn)}


@given(tabeller)
def test_no_line_with_a_shown_total_hides_just_one_field(tabel: dict[tuple[str, str], int]) -> None:
    """Kroner are a table of their own, without the stays that have no price."""
    fundet = lav(tabel)
    for vaerdi, soejler in ((attrgetter("dage"), fundet.koebere), (attrgetter("kr"), fundet.koebere[:-1])):
        bredde = len(soejler)
        linjer = [(s.celler[:bredde], s.i_alt) for s in fundet.saelgere]
        linjer += [(tuple(s.celler[nr] for s in fundet.saelgere), fundet.koebt[nr]) for nr in range(bredde)]
        linjer += [(tuple(s.i_alt for s in fundet.saelgere), fundet.i_alt), (fundet.koebt[:bredde], fundet.i_alt)]
        for dele, i_alt in linjer:
            skjulte = [del_ for del_ in dele if vaerdi(del_) is None]
            assert vaerdi(i_alt) is None or len(skjulte) != 1


@given(tabeller)
def test_few_hidden_citizens_never_have_their_kroner_told_by_a_total(tabel: dict[tuple[str, str], int]) -> None:
    """What a shown sum leaves for the hidden fields is of five stays or more, and those without a price are not among them."""
    fundet = lav(tabel)
    for saelger in fundet.saelgere:
        priser = zip(fundet.koebere[:-1], saelger.celler, strict=False)
        skjulte = sum(tabel[saelger.navn, koeber] for koeber, handel in priser if handel.kr is None)
        if saelger.i_alt.kr is not None and any(handel.kr is None for handel in saelger.celler[:-1]):
            assert skjulte >= 5


@given(tabeller)
def test_use_is_told_only_where_the_matrix_tells_it(tabel: dict[tuple[str, str], int]) -> None:
    fundet = lav(tabel)
    for saelger, brug in zip(fundet.saelgere, fundet.brug, strict=True):
        if brug.navn in KOMMUNER:
            assert brug.egne == saelger.celler[fundet.koebere.index(brug.navn)].dage
        else:
            assert brug.egne == 0
        if brug.i_omraadet is not None:
            andre = (n for (s, k), n in tabel.items() if s == brug.navn and k in KOMMUNER and k != brug.navn)
            assert brug.i_omraadet == 100 * sum(andre)
            assert None not in {brug.egne, brug.uden_for, brug.uden_koeber, brug.i_alt}


def test_area_without_sellers_has_an_empty_matrix() -> None:
    fundet = matrix(PERIODE, {}, KOMMUNER, {}, 5)
    assert (fundet.vist, fundet.brug, fundet.i_alt) == ((), (), Handel(None, None))
