"""Coding and counting unmet needs: pure rules."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import product
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from faelles.tid import Periode
from reservationer.soegning.behov.figurer import behovsfigur
from reservationer.soegning.behov.kodning import aldersgruppe, kod
from reservationer.soegning.behov.optaelling import (
    OEVRIGE,
    Behovsopgoerelse,
    Behovsraekke,
    kvartal_navn,
    kvartaler_foer,
    opgoer,
)
from reservationer.soegning.kriterier import Kriterium
from reservationer.soegning.profil import Behovsprofil, Punkt, Vaegt
from tilbud.models import Pladsart

GRAENSE = 5
KVARTALER = kvartaler_foer(date(2026, 11, 28), 3)
A, B, C = (UUID(int=nr) for nr in (1, 2, 3))


def test_kvartaler_foer_are_the_finished_ones_and_half_open() -> None:
    assert [kvartal_navn(k) for k in KVARTALER] == ["1. kvartal 2026", "2. kvartal 2026", "3. kvartal 2026"]
    assert KVARTALER[-1] == Periode(date(2026, 7, 1), date(2026, 10, 1))
    assert kvartaler_foer(date(2026, 10, 1), 1)[0].til == date(2026, 10, 1)
    assert kvartaler_foer(date(2026, 9, 30), 1)[0].til == date(2026, 7, 1)


def test_kod_keeps_codes_and_leaves_out_words_place_price_age_and_day() -> None:
    profil = Behovsprofil(
        Periode(date(2027, 3, 17)),
        maalgrupper=((A, Vaegt.NOGET), (B, Vaegt.AFGOERENDE), (C, Vaegt.NOGET)),
        alder=34,
        kommuner=("0159",),
        naer=Punkt(12, 55),
        arter=frozenset({Pladsart.DAG, Pladsart.AKUT}),
        ugedage=frozenset({2, 1}),
        tekst="heste",
    )
    kodet = kod(profil, [Kriterium.LEDIG])
    assert (kodet.maalgruppe_id, kodet.andre_maalgrupper, kodet.aldersgruppe) == (B, (A, C), "18_66")
    assert (kodet.arter, kodet.ugedage) == (("akut", "dag"), (1, 2))
    assert (kodet.begynder, kodet.hindringer) == (date(2027, 3, 1), ("ledig",))
    assert "heste" not in str(kodet)
    assert "0159" not in str(kodet)


def test_fingeraftryk_is_of_the_need_alone() -> None:
    foerste = kod(Behovsprofil(Periode(date(2027, 3, 17)), alder=34, tekst="heste"), [Kriterium.LEDIG])
    samme = kod(Behovsprofil(Periode(date(2027, 3, 2)), alder=40, kommuner=("0159",)), [Kriterium.KOMMUNE])
    naeste = kod(Behovsprofil(Periode(date(2027, 4, 1)), alder=34), [Kriterium.LEDIG])
    assert naeste.fingeraftryk == foerste.fingeraftryk, "who searches again next month has the same need"
    anden = kod(Behovsprofil(Periode(date(2027, 3, 17)), alder=34, ugedage=frozenset({1})), [Kriterium.LEDIG])
    assert foerste.fingeraftryk == samme.fingeraftryk != anden.fingeraftryk


def test_aldersgruppe_at_its_boundaries() -> None:
    assert [aldersgruppe(alder) for alder in (None, 0, 17, 18, 66, 67, 120)] == [
        "", "under_18", "under_18", "18_66", "18_66", "67_plus", "67_plus",
    ]  # fmt: skip


def af_et_kkr(antal: Mapping[tuple[str, date], int], kvartaler: Sequence[Periode], graense: int) -> Behovsopgoerelse:
    """The counts of a KKR that was made of no others; `antal` is by group and the quarter's first day."""
    i_kvartalet = {k: [{gruppe: tal for (gruppe, fra), tal in antal.items() if fra == k.fra}] for k in kvartaler}
    return opgoer(dict.fromkeys(gruppe for gruppe, _ in antal), i_kvartalet, graense)


def test_opgoer_counts_and_pools_what_is_rare_in_a_quarter() -> None:
    q1, q2, q3 = (k.fra for k in KVARTALER)
    antal = {
        ("Autisme", q1): 6, ("Angst", q1): 7, ("Sjælden", q1): 4,
        ("Autisme", q2): 7, ("Angst", q2): 3, ("ADHD", q2): 2,
        ("Autisme", q3): 9,
    }  # fmt: skip
    opgjort = af_et_kkr(antal, KVARTALER, GRAENSE)
    assert [(r.maalgruppe, r.antal, r.i_alt) for r in opgjort.raekker] == [
        ("Autisme", (None, 7, 9), 16),  # the least of the first quarter goes with the four, or they would be the rest
        ("Angst", (7, None, 0), 7),  # nought is shown where nobody is hidden
        (OEVRIGE, (10, 5, 0), 15),
    ]
    assert (opgjort.summer, opgjort.i_alt) == ((17, 12, 9), 38)
    assert "Sjælden" not in str(opgjort)
    assert "ADHD" not in str(opgjort)


def test_opgoer_hides_all_of_those_that_are_equally_small() -> None:
    """Which of them came first would otherwise be told by the one that is left."""
    fra = KVARTALER[0].fra
    opgjort = af_et_kkr({("A", fra): 4, ("B", fra): 5, ("C", fra): 5, ("D", fra): 8}, KVARTALER[:1], GRAENSE)
    assert [(r.maalgruppe, r.antal) for r in opgjort.raekker] == [("D", (8,)), (OEVRIGE, (14,))]


def test_opgoer_of_nothing_and_of_too_little_looks_the_same() -> None:
    for antal in ({}, {("Autisme", KVARTALER[0].fra): 4}):
        opgjort = af_et_kkr(antal, KVARTALER, GRAENSE)
        assert not opgjort.viser_noget
        assert opgjort.i_alt is None
        assert set(opgjort.summer) == {None}


GRUPPER = ("A", "B", "C", "D")
kvartalstal = st.dictionaries(st.sampled_from(GRUPPER[:3]), st.integers(1, 5))
logget = st.tuples(*[kvartalstal] * len(KVARTALER))
laesninger = st.lists(st.tuples(st.integers(1, 3), st.integers(2, 4)), min_size=2, max_size=4)
Logget = tuple[dict[str, int], ...]


def laest(log: Logget, til: int, graense: int) -> Behovsopgoerelse:
    """A reading of the two quarters before the `til`th boundary, as the window rolls."""
    vindue = KVARTALER[max(til - 2, 0) : til]
    i_vinduet = [(k, tal) for k, tal in zip(KVARTALER, log, strict=True) if k in vindue]
    antal = {(gruppe, k.fra): tal[gruppe] for gruppe in GRUPPER for k, tal in i_vinduet if gruppe in tal}
    return af_et_kkr(antal, vindue, graense)


@settings(max_examples=50)
@given(logget, laesninger)
def test_no_number_of_readings_tells_a_count_below_the_limit(log: Logget, laeses: list[tuple[int, int]]) -> None:
    """Somebody has all readings, with limits that changed in between, and knows all the target groups and the rules.

    Every count that was hidden in all of them could be another: there is another log with the same readings. D is a group
    nobody needed; among those that can be chosen there always is one.
    """
    kendt = [laest(log, *laesning) for laesning in laeses]
    for nr, kvartal in enumerate(log):
        graense = min((graense for til, graense in laeses if til - 2 <= nr < til), default=0)
        smaa = {gruppe for gruppe, tal in kvartal.items() if tal < graense}
        for tal in product(range(6), repeat=len(GRUPPER)):
            andet = {gruppe: et for gruppe, et in zip(GRUPPER, tal, strict=True) if et}
            if not smaa:
                break
            if afviger := {gruppe for gruppe in smaa if andet.get(gruppe, 0) != kvartal[gruppe]}:
                verden = (*log[:nr], andet, *log[nr + 1 :])
                if all(laest(verden, *laesning) == svar for laesning, svar in zip(laeses, kendt, strict=True)):
                    smaa -= afviger
        assert not smaa


def test_control_totals_of_a_rolling_window_would_tell_a_hidden_count() -> None:
    """What was published before: a group's total over the window, its small quarter hidden, and a window later the rest."""
    log: Logget = ({"A": 2}, {"A": 9}, {"A": 9})
    i_alt = [sum(kvartal["A"] for kvartal in log[til - 2 : til]) for til in (2, 3)]
    assert i_alt[0] - i_alt[1] + 9 == 2, "subtracting two readings"
    assert [laest(log, til, GRAENSE).i_alt for til in (2, 3)] == [9, 18], "only what is shown is added up"


@given(logget, st.integers(1, 6))
def test_opgoer_shows_no_count_below_the_limit_and_only_true_ones(log: Logget, graense: int) -> None:
    antal = {(g, k.fra): n for k, tal in zip(KVARTALER, log, strict=True) for g, n in tal.items()}
    opgjort = af_et_kkr(antal, KVARTALER, graense)
    for nr, (kvartal, tal) in enumerate(zip(KVARTALER, log, strict=True)):
        vist = {r.maalgruppe: r.antal[nr] for r in opgjort.raekker if r.antal[nr] is not None}
        assert all(et == 0 or et >= graense for et in vist.values() if et is not None)
        assert opgjort.summer[nr] in {None, sum(tal.values())}
        assert sum(et or 0 for et in vist.values()) == (opgjort.summer[nr] or 0), kvartal
        assert all(et == tal.get(navn, 0) for navn, et in vist.items() if navn != OEVRIGE)
    for raekke in opgjort.raekker:
        assert raekke.i_alt == sum(et for et in raekke.antal if et is not None)


def test_behovsfigur_shows_most_first_and_groups_with_as_many_in_danish_order() -> None:
    raekker = [
        Behovsraekke(navn, (antal,), antal)
        for navn, antal in (
            ("Ångst", 7),
            (OEVRIGE, 9),
            ("Ørelidelse", 7),
            ("Blindhed", 6),
            ("Ængstelse", 7),
            ("Skjult", None),
        )
    ]
    figur = behovsfigur(Behovsopgoerelse(GRAENSE, tuple(KVARTALER[-1:]), tuple(raekker), (27,), 27))
    assert figur is not None
    assert [soejle["navn"] for soejle in figur["data"]["values"]] == ["Ængstelse", "Ørelidelse", "Ångst", "Blindhed"]


def af_to(et: dict[str, int], andet: dict[str, int]) -> Behovsopgoerelse:
    """A quarter of two KKRs that have become one."""
    return opgoer(GRUPPER, {KVARTALER[0]: [et, andet]}, GRAENSE)


def test_opgoer_of_two_that_have_become_one_adds_up_what_may_be_shown_of_both() -> None:
    opgjort = af_to({"A": 6, "B": 7}, {"A": 5, "C": 9})
    assert [(r.maalgruppe, r.i_alt) for r in opgjort.raekker] == [("A", 11), ("B", 7), ("C", 9)]
    pulje = af_to(
        {"A": 6, "B": 4, "C": 2}, {"A": 5, "C": 9}
    )  # nobody may know that two of C's eleven are the first one's
    assert [(r.maalgruppe, r.i_alt) for r in pulje.raekker] == [("A", 11), (OEVRIGE, 15)]
    assert not af_to({"A": 30}, {"A": 4}).viser_noget, "34 less the 30 that were shown is 4"


def test_two_that_have_become_one_tell_no_more_than_each_of_them_did() -> None:
    """Whoever has read what was shown of each can work out what is shown of both: it is the same for all that look the same."""
    mulige = [
        {g: tal for g, tal in zip("AB", par, strict=True) if tal} for par in product(range(GRAENSE + 2), repeat=2)
    ]
    vist: dict[str, str] = {}
    for et, andet in product(mulige, repeat=2):
        laest_af_hver = str([opgoer("AB", {KVARTALER[0]: [tal]}, GRAENSE) for tal in (et, andet)])
        samlet = str(opgoer("AB", {KVARTALER[0]: [et, andet]}, GRAENSE))
        assert vist.setdefault(laest_af_hver, samlet) == samlet
