"""Coding and counting unmet needs: pure rules."""

from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from faelles.tid import Periode
from reservationer.soegning.behov.kodning import aldersgruppe, kod
from reservationer.soegning.behov.optaelling import OEVRIGE, kvartal_navn, kvartaler_foer, opgoer
from reservationer.soegning.kriterier import Kriterium
from reservationer.soegning.profil import Behovsprofil, Punkt, Vaegt

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
        tekst="heste",
    )
    kodet = kod(profil, [Kriterium.LEDIG])
    assert (kodet.maalgruppe_id, kodet.andre_maalgrupper, kodet.aldersgruppe) == (B, (A, C), "18_66")
    assert (kodet.begynder, kodet.hindringer) == (date(2027, 3, 1), ("ledig",))
    assert "heste" not in str(kodet)
    assert "0159" not in str(kodet)


def test_fingeraftryk_is_of_the_need_alone() -> None:
    foerste = kod(Behovsprofil(Periode(date(2027, 3, 17)), alder=34, tekst="heste"), [Kriterium.LEDIG])
    samme = kod(Behovsprofil(Periode(date(2027, 3, 2)), alder=40, kommuner=("0159",)), [Kriterium.KOMMUNE])
    anden = kod(Behovsprofil(Periode(date(2027, 4, 1)), alder=34), [Kriterium.LEDIG])
    assert foerste.fingeraftryk == samme.fingeraftryk != anden.fingeraftryk


def test_aldersgruppe_at_its_boundaries() -> None:
    assert [aldersgruppe(alder) for alder in (None, 0, 17, 18, 66, 67, 120)] == [
        "", "under_18", "under_18", "18_66", "18_66", "67_plus", "67_plus",
    ]  # fmt: skip


def test_opgoer_counts_and_pools_rare_groups_without_their_names() -> None:
    q1, q2, q3 = (k.fra for k in KVARTALER)
    antal = {("Autisme", q1): 6, ("Autisme", q2): 7, ("Autisme", q3): 9, ("Sjælden", q1): 4, ("Angst", q2): 3}
    opgjort = opgoer(antal, KVARTALER, GRAENSE)
    assert [raekke.maalgruppe for raekke in opgjort.raekker] == ["Autisme", OEVRIGE]
    assert opgjort.raekker[1].antal[0] is None
    assert "Sjælden" not in str(opgjort)
    assert opgjort.viser_noget


def test_opgoer_of_nothing_and_of_too_little_looks_the_same() -> None:
    for antal in ({}, {("Autisme", KVARTALER[0].fra): 4}):
        opgjort = opgoer(antal, KVARTALER, GRAENSE)
        assert not opgjort.viser_noget
        assert opgjort.i_alt is None
        assert set(opgjort.summer) == {None}


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["A", "B", "C", "D"]), st.sampled_from([k.fra for k in KVARTALER])),
        st.integers(1, 12),
    )
)
def test_opgoer_shows_no_count_below_the_limit_and_only_true_ones(antal: dict[tuple[str, date], int]) -> None:
    opgjort = opgoer(antal, KVARTALER, GRAENSE)
    viste = [tal for raekke in opgjort.raekker for tal in (*raekke.antal, raekke.i_alt)]
    assert all(tal >= GRAENSE for tal in (*viste, *opgjort.summer, opgjort.i_alt) if tal is not None)
    for nr, kvartal in enumerate(KVARTALER):
        sum_ = sum(tal for (_, fra), tal in antal.items() if fra == kvartal.fra)
        assert opgjort.summer[nr] in {None, sum_}
    for raekke in opgjort.raekker:
        skjulte = [tal for tal in raekke.antal if tal is None]
        assert len(skjulte) != 1 or raekke.i_alt is None, "one hidden count beside a shown total could be computed"
