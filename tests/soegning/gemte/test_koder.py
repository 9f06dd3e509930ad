"""A need as JSON and back, and as an address the search page reads the same way."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from faelles.tid import Periode
from kommuner.models import Organisationsart, Postnummer
from reservationer.soegning.forms import SoegeForm
from reservationer.soegning.gemte.koder import KanIkkeLaeses, forespoergsel, fra_json, kan_laeses, til_json
from reservationer.soegning.profil import Behovsprofil, Punkt, Vaegt
from tests import fabrik
from tilbud.models import Adfaerd, FysiskTraek, Pladsart

I_DAG = date(2026, 11, 28)
PROFILER = st.builds(
    Behovsprofil,
    periode=st.builds(
        lambda fra, dage: Periode(fra, None if dage is None else date.fromordinal(fra.toordinal() + dage)),
        st.dates(I_DAG, date(2030, 1, 1)),
        st.none() | st.integers(1, 500),
    ),
    hjemmel=st.none() | st.just("SEL-107"),
    maalgrupper=st.lists(st.tuples(st.uuids(), st.sampled_from(Vaegt)), max_size=3, unique_by=lambda par: par[0]).map(tuple),
    alder=st.none() | st.integers(0, 120),
    ugedage=st.frozensets(st.integers(1, 7)),
    arter=st.frozensets(st.sampled_from(Pladsart)),
    adfaerd=st.frozensets(st.sampled_from(Adfaerd)),
    fysiske_traek=st.frozensets(st.sampled_from(FysiskTraek)),
    kkr=st.none() | st.uuids(),
    kommuner=st.lists(st.just("0159"), max_size=1).map(tuple),
    naer=st.none() | st.builds(Punkt, st.floats(8, 15), st.floats(54, 58), st.just("2610 Rødovre"), st.just("2610")),
    hoejst_km=st.none() | st.integers(1, 400),
    driftsherrearter=st.frozensets(st.sampled_from(Organisationsart)),
    hoejeste_takst=st.none() | st.decimals(1, 9999, places=2),
    niveauer=st.frozensets(st.integers(1, 3)),
)  # fmt: skip


@given(PROFILER)
def test_need_comes_back_from_json_as_it_was(profil: Behovsprofil) -> None:
    assert fra_json(til_json(profil), I_DAG) == profil


def test_need_is_stored_without_the_words_somebody_wrote() -> None:
    profil = Behovsprofil(Periode(I_DAG), alder=30, tekst="heste")
    assert "heste" not in str(til_json(profil))
    assert fra_json(til_json(profil), I_DAG) == replace(profil, tekst="")


@pytest.mark.parametrize(
    "skade", [{"adfaerd": ["udgaaet"]}, {"fra": "i går"}, {"ugedage": None}, {"hoejeste_takst": "mange"}]
)
def test_stored_need_with_codes_that_are_no_more_cannot_be_read(skade: dict[str, Any]) -> None:
    data = {**til_json(Behovsprofil(Periode(I_DAG))), **skade}
    assert not kan_laeses(data)
    with pytest.raises(KanIkkeLaeses):
        fra_json(data, I_DAG)
    with pytest.raises(KanIkkeLaeses):
        fra_json({}, I_DAG)


def test_need_that_should_have_begun_begins_today_and_one_whose_days_are_over_is_none() -> None:
    data = til_json(Behovsprofil(Periode(date(2026, 11, 1), date(2026, 12, 1))))
    assert fra_json(data, date(2026, 11, 30)) == Behovsprofil(Periode(date(2026, 11, 30), date(2026, 12, 1)))
    assert fra_json(data, date(2026, 12, 1)) is None
    uden_slut = fra_json(til_json(Behovsprofil(Periode(date(2026, 11, 1)))), date(2027, 1, 1))
    assert uden_slut == Behovsprofil(Periode(date(2027, 1, 1)))


def test_need_saved_before_one_could_ask_for_a_kind_of_place_asks_for_any() -> None:
    data = til_json(Behovsprofil(Periode(I_DAG)))
    del data["arter"]
    assert fra_json(data, I_DAG) == Behovsprofil(Periode(I_DAG))


@pytest.mark.django_db
def test_address_asks_the_search_page_for_the_same_need() -> None:
    gladsaxe, vigtig, anden = (
        fabrik.tilbud(i="Gladsaxe").beliggenhedskommune,
        fabrik.maalgruppe(),
        fabrik.maalgruppe("Angst"),
    )
    fabrik.hjemmel("SEL-107")
    Postnummer.objects.create(postnr="2610", by="Rødovre").kommuner.set([fabrik.kommune("Rødovre")])
    profil = Behovsprofil(
        Periode(fabrik.om(10), fabrik.om(40)),
        hjemmel="SEL-107",
        maalgrupper=((vigtig.kode, Vaegt.AFGOERENDE), (anden.kode, Vaegt.NOGET)),
        alder=34,
        ugedage=frozenset({1, 2}),
        arter=frozenset({Pladsart.DAG, Pladsart.AKUT}),
        adfaerd=frozenset({Adfaerd.DOM}),
        fysiske_traek=frozenset({FysiskTraek.KOERESTOL}),
        kkr=fabrik.kkr().pk,
        kommuner=(gladsaxe.pk,),
        naer=Punkt(12.45, 55.68, "2610 Rødovre", "2610"),
        hoejst_km=30,
        driftsherrearter=frozenset({Organisationsart.KOMMUNE}),
        hoejeste_takst=Decimal("2687.50"),
        niveauer=frozenset({1}),
    )
    form = SoegeForm(QueryDict(forespoergsel(profil)))
    assert form.is_valid(), form.errors
    assert form.profil == profil
    fra_punkt = SoegeForm(QueryDict(forespoergsel(replace(profil, naer=Punkt(9.921747, 57.0482)))))
    assert fra_punkt.is_valid(), fra_punkt.errors
    assert fra_punkt.profil == replace(profil, naer=Punkt(9.921747, 57.0482)), "a system's point, which is no postcode"
    aaben = Behovsprofil(Periode(fabrik.om(10)))
    tom = SoegeForm(QueryDict(forespoergsel(aaben)))
    assert tom.is_valid()
    assert tom.profil == aaben


def test_address_keeps_the_weights_and_lets_a_second_decisive_group_matter_much() -> None:
    a, b, c = (UUID(int=nummer) for nummer in (1, 2, 3))
    let = Behovsprofil(Periode(I_DAG), maalgrupper=((a, Vaegt.NOGET), (b, Vaegt.MEGET)))
    assert f"vigtige_maalgrupper={b}&andre_maalgrupper={a}" in forespoergsel(let)
    tung = replace(let, maalgrupper=((c, Vaegt.AFGOERENDE), (a, Vaegt.AFGOERENDE), (b, Vaegt.MEGET)))
    assert f"maalgruppe={c}&vigtige_maalgrupper={a}&vigtige_maalgrupper={b}" in forespoergsel(tung)
