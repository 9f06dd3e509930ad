"""Sharing and rounding money."""

import json
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from faelles.fejl import UgyldigtInput
from faelles.penge import Enhed, afrund, fordel

noegler = st.dictionaries(
    st.text("abcdefghij", min_size=1, max_size=4),
    st.decimals(min_value=Decimal("0.01"), max_value=Decimal(10**7), places=2),
    min_size=1,
    max_size=30,
)
oere = st.integers(min_value=-(10**12), max_value=10**12).map(lambda antal: Decimal(antal) / 100)


@given(oere, noegler)
def test_fordel_shares_sum_to_the_amount(beloeb: Decimal, vaegte: dict[str, Decimal]) -> None:
    assert sum(fordel(beloeb, vaegte).values()) == beloeb


@given(oere, noegler)
def test_fordel_each_share_is_within_one_unit_of_its_ideal(beloeb: Decimal, vaegte: dict[str, Decimal]) -> None:
    samlet = sum(vaegte.values())
    for navn, andel in fordel(beloeb, vaegte).items():
        assert abs(andel * samlet - beloeb * vaegte[navn]) < Decimal("0.01") * samlet


@given(oere.filter(lambda beloeb: beloeb >= 0), noegler, st.data())
def test_fordel_share_never_falls_when_its_own_key_rises(
    beloeb: Decimal, vaegte: dict[str, Decimal], data: st.DataObject
) -> None:
    navn = data.draw(st.sampled_from(sorted(vaegte)))
    hoejere = {**vaegte, navn: vaegte[navn] + data.draw(st.integers(1, 10**6))}
    assert fordel(beloeb, hoejere)[navn] >= fordel(beloeb, vaegte)[navn]


@given(oere, noegler)
def test_fordel_does_not_depend_on_the_order_of_keys(beloeb: Decimal, vaegte: dict[str, Decimal]) -> None:
    assert fordel(beloeb, dict(reversed(vaegte.items()))) == fordel(beloeb, vaegte)


def test_fordel_ties_go_by_name() -> None:
    assert fordel(Decimal("0.02"), {"b": Decimal(1), "a": Decimal(1), "c": Decimal(1)}) == {
        "b": Decimal("0.01"),
        "a": Decimal("0.01"),
        "c": Decimal("0.00"),
    }


def test_fordel_the_guarantee_example_by_population() -> None:
    """rules-rammeaftale § 8: 105,000 kr. between two municipalities."""
    andele = fordel(Decimal("105000.00"), {"0101": Decimal(667099), "0147": Decimal(105840)})
    assert andele == {"0101": Decimal("90622.15"), "0147": Decimal("14377.85")}


@pytest.mark.parametrize(
    ("beloeb", "vaegte", "enhed", "kode"),
    [
        ("100", {}, Enhed.OERE, "ingen_noegler"),
        ("100", {"a": "0"}, Enhed.OERE, "noegle_ikke_positiv"),
        ("100", {"a": "1", "b": "-1"}, Enhed.OERE, "noegle_ikke_positiv"),
        ("100", {"a": "NaN"}, Enhed.OERE, "noegle_ikke_positiv"),
        ("100.005", {"a": "1"}, Enhed.OERE, "beloeb_ikke_hele_enheder"),
        ("100.50", {"a": "1"}, Enhed.KRONE, "beloeb_ikke_hele_enheder"),
        ("Infinity", {"a": "1"}, Enhed.OERE, "beloeb_ikke_hele_enheder"),
    ],
)
def test_fordel_refuses_what_cannot_be_shared(beloeb: str, vaegte: dict[str, str], enhed: Enhed, kode: str) -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        fordel(Decimal(beloeb), {navn: Decimal(vaegt) for navn, vaegt in vaegte.items()}, enhed)
    assert fejl.value.kode == kode


@pytest.mark.parametrize(
    ("beloeb", "enhed", "afrundet"),
    [
        ("2687.4815", "krone", "2687"),
        ("2687.5", "krone", "2688"),
        ("0.005", "oere", "0.01"),
        ("-0.005", "oere", "-0.01"),
    ],
)
def test_afrund_is_half_up_away_from_zero(beloeb: str, enhed: str, afrundet: str) -> None:
    assert afrund(Decimal(beloeb), Enhed(enhed)) == Decimal(afrundet)


def koer(*argumenter: str) -> dict[str, str]:
    """What the command prints."""
    ud = StringIO()
    call_command("fordel", *argumenter, stdout=ud)
    svar: dict[str, str] = json.loads(ud.getvalue())
    return svar


def test_fordel_command_prints_shares_as_strings() -> None:
    assert koer("--beloeb", "105000.00", "--enhed", "oere", "--noegle", "0101=667099", "0147=105840") == {
        "0101": "90622.15",
        "0147": "14377.85",
    }
    assert koer("--beloeb", "10", "--enhed", "krone", "--noegle", "a=1", "b=2", "c=3") == {"a": "2", "b": "3", "c": "5"}


@pytest.mark.parametrize("noegle", ["0101=0", "0101=-3", "0101=abc", "0101", "=4"])
def test_fordel_command_refuses_bad_keys(noegle: str) -> None:
    with pytest.raises(CommandError):
        koer("--beloeb", "100", "--noegle", noegle)


def test_fordel_command_refuses_the_same_key_twice() -> None:
    with pytest.raises(CommandError, match="to gange"):
        koer("--beloeb", "100", "--noegle", "a=1", "a=2")
