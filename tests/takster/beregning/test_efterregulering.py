"""F4, F5 and F6: the accounts of the worked example, the threshold, deficits and provisions."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faelles.fejl import UgyldigtInput
from takster.beregning.efterregulering import Efterregulering, Regnskab, Takstdoegn, efterreguler, regnskabsresultat
from takster.beregning.efterregulering import Underskudsregel as Regel
from tests.takster.beregning.eksempel import efterregulering

HENSAT = {"regnskabsaar": 2024, "hensaettelse_aar": 5, "aarsforskydning": 2}


def beloeb(regnskab: str, metode: str = "overskydende", **andet: Any) -> str:
    """What enters the takst."""
    return str(efterreguler(efterregulering(regnskab, metode, **andet)).beloeb)


def test_regnskabsresultat_gives_provenu_and_result_of_the_example() -> None:
    solgt = (Takstdoegn(belagte_doegn=Decimal(8497), takst=Decimal(2480)),)
    resultat = regnskabsresultat(Regnskab(solgt=solgt, regnskab=Decimal(20150000)))
    assert (str(resultat.provenu), str(resultat.resultat)) == ("21072560.00", "922560.00")
    assert resultat.trin[0].udregning == "8.497 × 2.480,00"


def test_regnskabsresultat_sums_the_takster_of_a_year() -> None:
    solgt = (
        Takstdoegn(belagte_doegn=Decimal(4000), takst=Decimal("2480.50")),
        Takstdoegn(belagte_doegn=Decimal(4497), takst=Decimal(2511)),
    )
    resultat = regnskabsresultat(Regnskab(solgt=solgt, regnskab=Decimal(22000000)))
    assert resultat.provenu == 4000 * Decimal("2480.50") + 4497 * 2511
    assert resultat.resultat < 0
    assert resultat.trin[-1].tekst == "Underskud"


@pytest.mark.parametrize(
    ("regnskab", "overskydende", "alt"),
    [
        ("20150000", "0.00", "0.00"),  # case a, +922,560
        ("20052560", "0.00", "0.00"),  # exactly on the threshold
        ("20052559.99", "-0.01", "-1020000.01"),
        ("19750000", "-302560.00", "-1322560.00"),  # case b
        ("21072560", "0.00", "0.00"),  # no result at all
        ("22092560", "0.00", "0.00"),  # a deficit exactly on the threshold
    ],
)
def test_efterreguler_by_excess_and_by_all(regnskab: str, overskydende: str, alt: str) -> None:
    assert beloeb(regnskab) == overskydende
    assert beloeb(regnskab, "alt") == alt


def test_efterreguler_all_that_is_not_carried_enters_as_in_case_a_variant_b() -> None:
    assert beloeb("20150000", "alt", overfoert=Decimal(500000)) == "-422560.00"
    assert beloeb("20150000", "alt", overfoert=Decimal(0)) == "-922560.00"
    for regnskab, meget in (("20150000", "922560.01"), ("19750000", "1")):
        with pytest.raises(UgyldigtInput) as fejl:
            efterregulering(regnskab, "alt", overfoert=Decimal(meget))
        assert set(fejl.value.felter) == {"overfoert"}


def test_efterreguler_sets_a_surplus_aside_up_to_the_threshold_for_some_years() -> None:
    hensat = efterreguler(efterregulering("19750000", "hensaettelse", **HENSAT))
    assert (str(hensat.beholdt), str(hensat.beloeb)) == ("1020000.00", "-302560.00")
    assert (hensat.indgaar_aar, hensat.anvendes_senest) == (2026, 2029)
    assert [trin.formel for trin in hensat.trin] == ["F4", "F5", "F6", "F5"]
    mindre = efterreguler(efterregulering("19750000", "hensaettelse", overfoert=Decimal(20000), **HENSAT))
    assert str(mindre.beloeb) == "-1302560.00"


def test_efterreguler_tells_the_year_it_enters() -> None:
    resultat = efterreguler(efterregulering("19750000", regnskabsaar=2024, aarsforskydning=2))
    assert resultat.indgaar_aar == 2026
    assert resultat.trin[-1].udregning.startswith("regnskab 2024 indgår i 2026")
    assert efterreguler(efterregulering("19750000")).indgaar_aar is None


@pytest.mark.parametrize("metode", ["overskydende", "alt"])
def test_efterregulering_of_a_deficit_beyond_the_threshold_is_never_guessed(metode: str) -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        efterregulering("22092560.01", metode)
    (besked,) = fejl.value.felter["underskudRegel"]
    assert "Underskuddet på 1.020.000,01 kr. er over tærsklen på 1.020.000,00 kr." in besked
    assert "indregnes" in besked


def test_efterreguler_of_a_deficit_follows_the_agreements_rule() -> None:
    assert beloeb("22592560", underskud_regel=Regel.INDREGNES) == "500000.00"
    assert beloeb("22592560", "alt", underskud_regel=Regel.INDREGNES) == "1520000.00"
    assert beloeb("22592560", underskud_regel=Regel.BAERES) == "0.00"
    assert beloeb("22592560", "alt", underskud_regel=Regel.BAERES) == "0.00"
    assert beloeb("22592560", "hensaettelse", underskud_regel=Regel.INDREGNES, **HENSAT) == "500000.00"


def test_efterreguler_without_result_is_a_plain_zero() -> None:
    assert not Decimal(beloeb("20150000")).is_signed()


@given(st.decimals(min_value=Decimal(0), max_value=Decimal(10**8), places=2), st.sampled_from(["overskydende", "alt"]))
def test_efterreguler_splits_the_result_without_loss(regnskab: Decimal, metode: str) -> None:
    resultat = efterreguler(efterregulering(str(regnskab), metode, underskud_regel=Regel.INDREGNES))
    assert resultat.beholdt + abs(resultat.beloeb) == abs(Decimal(21072560) - regnskab)
    assert resultat.beloeb <= 0 if regnskab <= 21072560 else resultat.beloeb >= 0


@pytest.mark.parametrize(
    ("andet", "felter"),
    [
        ({"taerskel_procent": Decimal("100.1")}, {"taerskelProcent"}),
        ({"budget": Decimal(0)}, {"budget"}),
        ({"provenu": Decimal(-1)}, {"provenu"}),
        ({"regnskabsaar": 2024}, {"aarsforskydning"}),
        ({"aarsforskydning": 2}, {"regnskabsaar"}),
        ({"hensaettelse_aar": 5}, {"hensaettelseAar"}),
        ({"overfoert": Decimal(1)}, {"overfoert"}),
        ({"metode": "hensaettelse"}, {"regnskabsaar", "hensaettelseAar"}),
    ],
)
def test_efterregulering_that_does_not_hang_together_is_refused(andet: dict[str, Any], felter: set[str]) -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        efterregulering("20150000", **andet)
    assert set(fejl.value.felter) == felter


def test_efterregulering_reads_the_keys_of_the_contract() -> None:
    data = {
        "metode": "alt",
        "taerskelProcent": "5",
        "provenu": "21072560",
        "regnskab": "19750000",
        "budget": "20400000",
    }
    laest = Efterregulering.af_json(data)
    assert laest == efterregulering("19750000", "alt")
    assert laest.som_json() == data
