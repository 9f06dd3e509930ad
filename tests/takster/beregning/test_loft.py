"""F16: the ceiling to 2018 in both readings, and its verdict to the øre."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faelles.fejl import UgyldigtInput
from takster.beregning.loft import Loftmetode, Loftresultat, Pl, Pladsudgift, Vaekstloft, proev_loft

PL = tuple(
    Pl(aar=aar, procent=Decimal(procent))
    for aar, procent in ((2015, "1.3"), (2016, "1.6"), (2017, "1.7"), (2018, "1.8"))
)


def vaekst(udgift: str, metode: str = "multiplikativ", pl: tuple[Pl, ...] = PL, basis: str = "2200") -> Vaekstloft:
    """One place in 2014 and 2018; kr. per day."""
    return Vaekstloft(
        basis=Pladsudgift(aar=2014, omkostninger=Decimal(basis) * 365, pladsdage=Decimal(365)),
        aaret=Pladsudgift(aar=2018, omkostninger=Decimal(udgift) * 365, pladsdage=Decimal(365)),
        pl=pl,
        fradrag_procent=Decimal(2),
        metode=Loftmetode(metode),
    )


@pytest.mark.parametrize(
    ("metode", "loft"),
    [
        ("multiplikativ", "2297.32"),  # 2,200 x 1.013 x 1.016 x 1.017 x 1.018 x 0.98
        ("additiv", "2300.20"),  # 2,200 x (1.065545… − 0.02); about 3 kr. more, as rules-takst says
    ],
)
def test_proev_loft_in_both_readings(metode: str, loft: str) -> None:
    indeks = Decimal("1.013") * Decimal("1.016") * Decimal("1.017") * Decimal("1.018")
    forventet = 2200 * (indeks * Decimal("0.98") if metode == "multiplikativ" else indeks - Decimal("0.02"))
    assert forventet.quantize(Decimal("0.01")) == Decimal(loft)
    assert proev_loft(vaekst("2200", metode)).loft == Decimal(loft)


@pytest.mark.parametrize(
    ("udgift", "overholdt", "oere", "dom"),
    [
        ("2297.32", True, 0, "Udgiften ligger præcis på loftet."),
        ("2297.33", False, -1, "Udgiften ligger 1 øre over loftet."),
        ("2297.31", True, 1, "Udgiften ligger 1 øre under loftet."),
        ("2310.00", False, -1268, "Udgiften ligger 1.268 øre over loftet."),
    ],
)
def test_proev_loft_verdict_says_by_how_many_oere(udgift: str, overholdt: bool, oere: int, dom: str) -> None:
    resultat = proev_loft(vaekst(udgift))
    assert (resultat.overholdt, resultat.afstand_oere, resultat.dom) == (overholdt, oere, dom)


def test_proev_loft_explains_itself() -> None:
    resultat = proev_loft(vaekst("2290"))
    assert [trin.tekst for trin in resultat.trin] == [
        "Udgift 2014",
        "PL-indeks (2014 = 100)",
        "Tilladt indeks efter fradrag",
        "Loft 2018",
        "Udgift 2018",
        "Afstand til loftet",
    ]
    assert resultat.trin[1].udregning == "1,3 + 1,6 + 1,7 + 1,8 procent, den ene oven på den anden"
    assert Loftresultat.af_json(resultat.som_json()) == resultat
    assert proev_loft(Vaekstloft.af_json(resultat.som_json()["inddata"])) == resultat


def test_proev_loft_does_not_depend_on_the_order_of_the_years_nor_on_later_ones() -> None:
    flere = (Pl(aar=2020, procent=Decimal(9)), *PL[::-1], Pl(aar=2014, procent=Decimal(9)))
    assert proev_loft(vaekst("2290", pl=flere)).loft == proev_loft(vaekst("2290")).loft


@pytest.mark.parametrize("mangler", [2015, 2017, 2018])
def test_vaekstloft_a_year_without_pl_is_named(mangler: int) -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        vaekst("2200", pl=tuple(pl for pl in PL if pl.aar != mangler))
    assert f"mangler PL for {mangler}" in fejl.value.felter["pl"][0]


def test_vaekstloft_two_pl_for_a_year_or_no_later_year_is_refused() -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        vaekst("2200", pl=(*PL, PL[0]))
    assert set(fejl.value.felter) == {"pl"}
    samme = Pladsudgift(aar=2014, omkostninger=Decimal(1), pladsdage=Decimal(1))
    with pytest.raises(UgyldigtInput) as fejl:
        Vaekstloft(basis=samme, aaret=samme, pl=PL, fradrag_procent=Decimal(2), metode=Loftmetode.ADDITIV)
    assert set(fejl.value.felter) == {"aaret"}


@given(st.decimals(min_value=Decimal(1), max_value=Decimal(20000), places=2))
def test_proev_loft_the_multiplicative_reading_is_never_the_laxer_one_when_prices_rise(basis: Decimal) -> None:
    streng, lempelig = (proev_loft(vaekst("1", metode, basis=str(basis))).loft for metode in Loftmetode)
    assert streng <= lempelig
