"""F9 and F10: the 10 percent of free choice, and private prices net."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faelles.fejl import UgyldigtInput
from takster.beregning.sammenligning import (
    Fritvalgsproeve,
    Fritvalgsresultat,
    Momssats,
    Prissammenligning,
    Tilbudspris,
    proev_frit_valg,
    sammenlign_netto,
)
from tests.takster.beregning.eksempel import OERE

DAG = date(2026, 5, 1)
SATS = Momssats(procent=Decimal("4.6"), fra=date(2023, 1, 1))


def proeve(forhandlet: str, visiteret: str = "2000") -> Fritvalgsresultat:
    """The check at 10 percent."""
    return proev_frit_valg(
        Fritvalgsproeve(
            dato=DAG,
            forhandlet_pris=Decimal(forhandlet),
            visiteret_udgift=Decimal(visiteret),
            graense_procent=Decimal(10),
        )
    )


@pytest.mark.parametrize(
    ("forhandlet", "visiteret", "tilladt", "forskel"),
    [
        ("1800", "2000", True, "-10.00"),
        ("2200", "2000", True, "10.00"),
        ("2200.01", "2000", False, "10.0005"),
        ("2955.70", "2687", True, "10.00"),
        ("2955.71", "2687", False, "10.000372162262"),
        ("0.11", "0.10", True, "10.00"),
        ("36.66", "33.33", True, "9.990999099909"),
        ("36.67", "33.33", False, "10.021002100210"),
    ],
)
def test_proev_frit_valg_allows_exactly_ten_percent_and_not_an_oere_more(
    forhandlet: str, visiteret: str, tilladt: bool, forskel: str
) -> None:
    resultat = proeve(forhandlet, visiteret)
    assert resultat.tilladt is tilladt
    assert str(resultat.forskel_procent) == forskel.rstrip("0") or str(resultat.forskel_procent) == forskel


def test_proev_frit_valg_says_how_much_room_is_left() -> None:
    resultat = proeve("2150")
    assert (str(resultat.hoejeste_pris), str(resultat.rum)) == ("2200.00", "50.00")
    assert [trin.formel for trin in resultat.trin] == ["F9"] * 3
    assert str(proeve("2300").rum) == "-100.00"
    assert Fritvalgsresultat.af_json(resultat.som_json()) == resultat


priser = st.decimals(min_value=Decimal("0.01"), max_value=Decimal(20000), places=2)


@given(priser, priser)
def test_proev_frit_valg_is_the_rule_in_whole_oere(forhandlet: Decimal, visiteret: Decimal) -> None:
    assert proeve(str(forhandlet), str(visiteret)).tilladt is (
        int(forhandlet * 100) * 100 <= int(visiteret * 100) * 110
    )


def sammenligning(*priser_: tuple[str, str, bool], **andet: Any) -> Prissammenligning:
    """Offers' gross prices on the day."""
    tilbud = tuple(Tilbudspris(navn=navn, brutto=Decimal(brutto), privat=privat) for navn, brutto, privat in priser_)
    return Prissammenligning(**{"dato": DAG, "priser": tilbud, "satser": (SATS,), "afrunding": OERE, **andet})


def test_sammenlign_netto_gives_the_prices_seen() -> None:
    resultat = sammenlign_netto(sammenligning(("A", "2461", True), ("B", "2530", True)))
    assert [str(pris.netto) for pris in resultat.priser] == ["2347.79", "2413.62"]


def test_sammenlign_netto_puts_a_dearer_gross_price_before_a_cheaper_public_one() -> None:
    resultat = sammenlign_netto(sammenligning(("Offentligt", "2400", False), ("Privat", "2461", True)))
    assert [(p.navn, str(p.brutto), str(p.netto), str(p.over_billigste)) for p in resultat.priser] == [
        ("Privat", "2461.00", "2347.79", "0.00"),
        ("Offentligt", "2400.00", "2400.00", "52.21"),
    ]
    assert "ingen momsrefusion" in resultat.trin[0].udregning


def test_sammenlign_netto_uses_the_rate_of_the_day() -> None:
    satser = (
        Momssats(procent=Decimal("4.6"), fra=date(2023, 1, 1), til=DAG),
        Momssats(procent=Decimal(5), fra=DAG),
    )
    resultat = sammenlign_netto(sammenligning(("A", "2000", True), satser=satser))
    assert str(resultat.priser[0].netto) == "1900.00"


@pytest.mark.parametrize(
    ("satser", "hvad"),
    [
        ((), "mangler en sats for momsrefusion den 2026-05-01"),
        ((Momssats(procent=Decimal(5), fra=date(2026, 5, 2)),), "mangler en sats"),
        ((SATS, Momssats(procent=Decimal(5), fra=DAG)), "2 satser"),
    ],
)
def test_prissammenligning_private_price_needs_exactly_one_rate(satser: tuple[Momssats, ...], hvad: str) -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        sammenligning(("A", "2461", True), satser=satser)
    assert hvad in fejl.value.felter["satser"][0]


def test_prissammenligning_of_public_prices_needs_no_rate() -> None:
    resultat = sammenlign_netto(sammenligning(("A", "2461", False), satser=()))
    assert str(resultat.priser[0].netto) == "2461.00"


def test_prissammenligning_an_offer_twice_is_refused() -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        sammenligning(("A", "2461", True), ("A", "2461", False))
    assert set(fejl.value.felter) == {"priser"}
