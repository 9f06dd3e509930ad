"""The pure rules: which roles an organisation gives, and who may decide about an administrator."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommuner.models import ROLLE_ARTER, Organisationsart, Rolle
from kommuner.personer.regler import MINDST_TO, hindring, kan_begraenses, mulige_roller, rollefejl

TILBUD = [UUID(int=nummer) for nummer in range(3)]
roller = st.lists(st.sampled_from(list(Rolle)), unique=True)
arter = st.sampled_from(list(Organisationsart))


@given(arter, roller, st.lists(st.sampled_from(TILBUD), unique=True), st.lists(st.sampled_from(TILBUD), unique=True))
def test_rollefejl_is_empty_exactly_when_the_database_would_take_every_row(
    art: Organisationsart, valgte: list[Rolle], kun: list[UUID], egne: list[UUID]
) -> None:
    lovlige = bool(valgte) and all(art in ROLLE_ARTER[r] and r is not Rolle.ADMINISTRATOR for r in valgte)
    begraensning = not kun or (Rolle.TILBUDSLEDER in valgte and set(kun) <= set(egne))
    fejl = rollefejl(art, valgte, kun, egne)
    assert ("roller" not in fejl, "kun_tilbud" not in fejl) == (lovlige, begraensning)


@given(arter)
def test_mulige_roller_never_offers_an_administrator(art: Organisationsart) -> None:
    assert Rolle.ADMINISTRATOR not in mulige_roller(art)
    assert kan_begraenses(art) is (art is not Organisationsart.SEKRETARIAT)


@given(st.booleans(), st.booleans(), st.integers(0, 9))
def test_nobody_decides_about_her_own_proposal_or_about_herself(hjaelp: bool, begge: bool, antal: int) -> None:
    assert hindring(eget_forslag=True, er_kandidaten=begge, hjaelp=hjaelp, administratorer=antal)
    assert hindring(eget_forslag=False, er_kandidaten=True, hjaelp=hjaelp, administratorer=antal)


@pytest.mark.parametrize(("antal", "maa"), [(0, True), (1, True), (MINDST_TO, False), (5, False)])
def test_secretariat_decides_only_where_there_are_fewer_than_two(antal: int, maa: bool) -> None:
    def svar(*, hjaelp: bool) -> str:
        return hindring(eget_forslag=False, er_kandidaten=False, hjaelp=hjaelp, administratorer=antal)

    assert (svar(hjaelp=True) == "") is maa
    assert svar(hjaelp=False) == ""
