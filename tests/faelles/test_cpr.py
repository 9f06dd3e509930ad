"""The CPR guard: every usual writing is refused, and what municipalities otherwise write numbers for passes."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from faelles.cpr import cpr_fejl, find_cpr, ligner_cpr, uden_cpr, uden_cpr_i_linje
from faelles.dokument.tal import kr
from tests import fabrik


def ingen(_ti_cifre: str) -> bool:
    """A register without any P-number."""
    return False


def alle(_ti_cifre: str) -> bool:
    """A register in which every number is known."""
    return True


STREGER = "-‐‑‒–—―−﹣－"
RUM = ["", " ", "\u00a0", "\u2009", "\n", "\r\n", "\t"]
CIFRE = ["0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"]
USYNLIGE = ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\ufe0f"]

skille = st.builds(
    lambda foer, tegn, efter: foer + tegn + efter,
    st.sampled_from(RUM),
    st.sampled_from([*STREGER, ".", "/", "_", "·", ""]),
    st.sampled_from(RUM),
)
dele = st.builds(
    lambda dag, erstatning, loebe: (f"{dag.day + 60 * erstatning:02}", f"{dag:%m}", f"{dag:%y}", f"{loebe:04}"),
    st.dates(date(1900, 1, 1), date(2057, 12, 31)),
    st.booleans(),
    st.integers(0, 9999),
)


@st.composite
def skrevne_cpr(draw: st.DrawFn) -> str:
    """A CPR number the way somebody may write it, inside a text."""
    dag, maaned, aar, loebe = draw(dele)
    mellem = draw(st.sampled_from(["", ".", "-", " ", "/", ". ", "\u00a0", "–"]))
    tal = f"{mellem.join((dag, maaned, aar))}{draw(skille)}{loebe}"
    cifre = draw(st.sampled_from(CIFRE))
    tal = tal.translate({ord("0") + n: ciffer for n, ciffer in enumerate(cifre)})
    if draw(st.booleans()):
        sted = draw(st.integers(1, len(tal) - 1))
        tal = tal[:sted] + draw(st.sampled_from(USYNLIGE)) + tal[sted:]
    foer, efter = draw(
        st.sampled_from([("", ""), ("CPR", ""), ("borger: ", "."), ("(", ")"), ("sag 12, ", "\nhaster"), ("æ", "ø")])
    )
    return foer + tal + efter


@given(skrevne_cpr())
def test_ligner_cpr_finds_every_usual_writing(tekst: str) -> None:
    assert ligner_cpr(tekst, ingen)


@given(skrevne_cpr())
def test_uden_cpr_never_repeats_what_it_refuses(tekst: str) -> None:
    with pytest.raises(ValidationError) as fejl:
        uden_cpr_uden_register(tekst)
    assert not any(ciffer in fejl.value.messages[0] for ciffer in "0123456789")


def uden_cpr_uden_register(tekst: str) -> None:
    """As the validator, without the database."""
    with pytest.MonkeyPatch.context() as lap:
        lap.setattr("faelles.cpr._registre", [])
        uden_cpr(tekst)


tal = st.integers
aar = tal(2000, 2060)
SAGSREFERENCER = st.one_of(
    st.builds("{}-{:06}".format, aar, tal(0, 999_999)),
    st.builds("{}-{:07}".format, aar, tal(0, 9_999_999)),
    st.builds("{}/{:05}".format, aar, tal(0, 99_999)),
    st.builds("{:02}/{:05}".format, tal(0, 99), tal(0, 99_999)),
    st.builds("27.{:02}.{:02}-G01-{}-{:02}".format, tal(0, 99), tal(0, 99), tal(1, 99_999), tal(0, 99)),
    st.builds("27.{:02}.{:02}-Ø{:02}-{}-{:02}".format, tal(0, 99), tal(0, 99), tal(0, 99), tal(1, 999), tal(0, 99)),
    st.builds("RK-{}-{}".format, aar, tal(1, 99_999)),
    st.builds("S{}-{:05}".format, aar, tal(0, 99_999)),
    st.builds("NEXUS-{}".format, tal(1, 99_999_999)),
    st.builds("EMN-{}-{:05}".format, aar, tal(0, 99_999)),
)
CVR = st.builds("{}{:08}".format, st.sampled_from(["", "DK", "CVR "]), tal(10_000_000, 99_999_999))
EAN = st.builds("{}{:013}".format, st.sampled_from(["", "EAN "]), tal(5_790_000_000_000, 5_799_999_999_999))


@st.composite
def telefonnumre(draw: st.DrawFn) -> str:
    """Danish telephone numbers, with and without the country's."""
    otte = f"{draw(tal(20_000_000, 99_999_999))}"
    grupper = draw(st.sampled_from([(8,), (4, 4), (2, 2, 2, 2)]))
    stykker, fra = [], 0
    for laengde in grupper:
        stykker.append(otte[fra : fra + laengde])
        fra += laengde
    return draw(st.sampled_from(["", "+45 ", "+45", "0045 ", "tlf. "])) + " ".join(stykker)


BELOEB = st.builds(kr, st.decimals(Decimal(0), Decimal(10**11), places=2))
RAA_BELOEB = st.builds("{:.2f}".format, st.decimals(Decimal(0), Decimal(10**11), places=2))


@st.composite
def datoer(draw: st.DrawFn) -> str:
    """Dates, ranges of dates and instants as people and systems write them."""
    dage = st.dates(date(2000, 1, 1), date(2060, 1, 1))
    en, anden = datetime.combine(draw(dage), draw(st.times())), draw(dage)
    form = draw(st.sampled_from(["%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d", "%d.%m.%y", "%Y%m%d"]))
    mellem = draw(st.sampled_from([" - ", "–", " til ", "-"]))
    return draw(
        st.sampled_from(
            [f"{en:{form}}", f"{en:{form}}{mellem}{anden:{form}}", f"{en:{form}} kl. {en:%H.%M}", f"{en:%Y-%m-%dT%H:%M:%S}Z", f"{en:%Y-%m-%d %H:%M}"]
        )
    )  # fmt: skip


@pytest.mark.parametrize(
    "hvad", [SAGSREFERENCER, CVR, EAN, telefonnumre(), BELOEB, RAA_BELOEB, datoer(), st.uuids(), st.uuids().map(lambda u: u.hex)],
    ids=["sagsreference", "cvr", "ean", "telefon", "beloeb", "raat beloeb", "dato", "uuid", "uuid hex"],
)  # fmt: skip
def test_ligner_cpr_lets_other_numbers_pass(hvad: st.SearchStrategy[str | UUID]) -> None:
    @given(hvad, st.sampled_from(["{}", "Vedr. {} i dag", "({})", "ref:{};", "se\n{}\nder"]))
    def passerer(vaerdi: str | UUID, ramme: str) -> None:
        assert not ligner_cpr(ramme.format(vaerdi), ingen)

    passerer()


@pytest.mark.parametrize(
    "tekst", ["320203-1234", "011303-1234", "920203-1234", "600203-1234", "01020312345", "10203-1234", ""]
)
def test_ligner_cpr_needs_ten_digits_that_begin_with_a_date(tekst: str) -> None:
    assert not ligner_cpr(tekst, ingen)
    assert ligner_cpr("290200-1234", ingen)


@pytest.mark.parametrize(
    "tekst", ["https://x.dk/?q=010203-1234", "https://x.dk/?q=010203%2D1234", "/sag/010203+1234", "%30102031234"]
)
def test_ligner_cpr_reads_web_addresses(tekst: str) -> None:
    assert ligner_cpr(tekst, ingen)


P_NUMRE = st.integers(1_000_000_000, 1_031_129_999).map(str)


@given(P_NUMRE)
def test_registered_p_nummer_passes_in_one_piece_only(nummer: str) -> None:
    assert not ligner_cpr(f"P-nummer {nummer}.", alle)
    if ligner_cpr(nummer, ingen):  # with the hyphen it is written as a CPR number, whatever else it is
        assert ligner_cpr(f"{nummer[:6]}-{nummer[6:]}", alle)


def test_register_is_asked_only_about_what_looks_like_a_cpr_number() -> None:
    spurgt: list[str] = []

    def register(ti_cifre: str) -> bool:
        spurgt.append(ti_cifre)
        return True

    ligner_cpr("RK-2026-17, EAN 5798000354821, tlf. 12 34 56 78", register)
    assert spurgt == []
    ligner_cpr("P 1003412345", register)
    assert spurgt == ["1003412345"]


@pytest.mark.django_db
def test_p_nummer_of_an_offer_passes_in_text_and_another_does_not() -> None:
    fabrik.tilbud(p_nummer="1003412345")
    uden_cpr("Se P-nummer 1003412345")
    with pytest.raises(ValidationError):
        uden_cpr("Se P-nummer 1003412346")
    assert list(cpr_fejl(god="1003412345", daarlig="1003412346")) == ["daarlig"]


def test_find_cpr_names_the_place_and_never_a_refused_key() -> None:
    data = {"sager": [{"ref": "RK-1"}, {"ref": "010203-1234"}], "tal": 1102031234, "010203-1234": 1, "p": "1003412345"}
    with pytest.MonkeyPatch.context() as lap:
        lap.setattr("faelles.cpr._registre", [])
        assert list(find_cpr(data, {"p"})) == ["sager/1/ref", "tal", ""]


@given(skrevne_cpr(), st.sampled_from(["GET /soeg?tekst={} 200", "{}", "Traceback\n  {}\nValueError"]))
def test_log_line_holds_no_cpr_number(tekst: str, ramme: str) -> None:
    assert not ligner_cpr(uden_cpr_i_linje(ramme.format(tekst)), ingen)


def test_log_line_keeps_the_rest() -> None:
    assert uden_cpr_i_linje("Not Found: /a/010203-1234 (RK-2026-1)") == "Not Found: /a/[skjult] (RK-2026-1)"
    assert (
        uden_cpr_i_linje("2026-11-24 03:36:12,123 INFO sag RK-2026-1") == "2026-11-24 03:36:12,123 INFO sag RK-2026-1"
    )
