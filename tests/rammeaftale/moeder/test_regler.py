"""What a body can decide, and where that takes an agreement."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rammeaftale.livscyklus import OVERGANGE, Aftaletilstand
from rammeaftale.moeder.regler import Organudfald, Truffet, foelge, mangler_udvalget, mulige_udfald
from rammeaftale.organer.regler import Organart

UDVALG, KKR = Organart.EMBEDSMANDSUDVALG, Organart.KKR
TRUFFET = st.lists(st.builds(Truffet, st.sampled_from(Organart), st.sampled_from(Organudfald)), max_size=6)


@pytest.mark.parametrize(
    ("art", "udfald", "til"),
    [
        (KKR, Organudfald.ANBEFALET, Aftaletilstand.KKR_ANBEFALET),
        (KKR, Organudfald.AFVIST, Aftaletilstand.KLADDE),
        (KKR, Organudfald.UDSAT, None),
        (UDVALG, Organudfald.TILTRAADT, None),
        (UDVALG, Organudfald.AFVIST, Aftaletilstand.KLADDE),
        (Organart.ARBEJDSGRUPPE, Organudfald.AFVIST, None),
    ],
)
def test_decision_takes_an_agreement_where_the_rule_says(
    art: Organart, udfald: Organudfald, til: Aftaletilstand | None
) -> None:
    assert foelge(art, udfald) is til


def test_only_kkr_recommends_and_every_step_a_decision_makes_is_one_of_the_table() -> None:
    for art in Organart:
        assert (Organudfald.ANBEFALET in mulige_udfald(art)) == (art is KKR)
        for udfald in mulige_udfald(art):
            assert foelge(art, udfald) in {None, *OVERGANGE[Aftaletilstand.EMBEDSMANDSUDVALG]}


@given(TRUFFET)
def test_kkr_waits_for_the_committees_last_word_and_for_no_committee_there_is_not(truffet: list[Truffet]) -> None:
    tiltraadt = Truffet(UDVALG, Organudfald.TILTRAADT)
    assert not mangler_udvalget(truffet, udvalg_findes=False)
    assert not mangler_udvalget([*truffet, tiltraadt], udvalg_findes=True)
    assert mangler_udvalget([*truffet, tiltraadt, Truffet(UDVALG, Organudfald.UDSAT)], udvalg_findes=True)
    andres = [t for t in truffet if t.art is not UDVALG]
    assert mangler_udvalget(andres, udvalg_findes=True), "nobody else's decision is the committee's"
    assert not mangler_udvalget([tiltraadt, *andres], udvalg_findes=True)
