"""Counts and relaxations, against the plain way of searching again and again."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from faelles.tid import Periode
from reservationer.soegning.facetter import facetter, lempelse
from reservationer.soegning.kriterier import Kriterium
from reservationer.soegning.profil import Behovsprofil
from reservationer.soegning.vurdering import Fakta, Plads, Udfald, registertjek
from tests.soegning.test_rangering import fakta
from tilbud.models import Adfaerd, FysiskTraek

FORSKELLIGE = st.lists(
    st.tuples(
        st.sampled_from(["0159", "0163"]),
        st.lists(st.sampled_from(["SEL-107", "SEL-108"]), min_size=1, unique=True),
        st.frozensets(st.sampled_from([Kriterium.KOMMUNE, Kriterium.HJEMMEL, Kriterium.ALDER]), max_size=1),
    ),
    max_size=15,
)


@given(FORSKELLIGE)
def test_facetter_count_what_passes_all_other_criteria(
    raekker: list[tuple[str, list[str], frozenset[Kriterium]]],
) -> None:
    naesten = [
        (replace(fakta(), afdeling_id=uuid4(), kommunekode=kode, hjemler=hjemler), fejl)
        for kode, hjemler, fejl in raekker
    ]
    tal = facetter((f, Plads(), fejl) for f, fejl in naesten)
    for kode in ("0159", "0163"):
        plain = sum(f.kommunekode == kode and fejl <= {Kriterium.KOMMUNE} for f, fejl in naesten)
        assert tal[Kriterium.KOMMUNE].get(kode, 0) == plain
    for hjemmel in ("SEL-107", "SEL-108"):
        plain = sum(hjemmel in f.hjemler and fejl <= {Kriterium.HJEMMEL} for f, fejl in naesten)
        assert tal[Kriterium.HJEMMEL].get(hjemmel, 0) == plain


PROFILER = st.builds(
    Behovsprofil,
    periode=st.just(Periode(date(2027, 1, 1))),
    niveauer=st.frozensets(st.integers(1, 3)),
    fysiske_traek=st.frozensets(st.sampled_from([FysiskTraek.KOERESTOL, FysiskTraek.EGET_BAD])),
    adfaerd=st.frozensets(st.sampled_from([Adfaerd.DOM, Adfaerd.BORTGANG])),
)
FAKTA = st.lists(
    st.builds(
        lambda niveau, traek, ikke: replace(
            fakta(), afdeling_id=uuid4(), niveau=niveau, fysiske_traek=traek, rummer_ikke=ikke
        ),
        st.none() | st.integers(1, 3),
        st.lists(st.sampled_from([FysiskTraek.KOERESTOL, FysiskTraek.EGET_BAD]), unique=True),
        st.lists(st.sampled_from([Adfaerd.DOM, Adfaerd.BORTGANG]), unique=True),
    ),
    max_size=10,
)


def fejlede(profil: Behovsprofil, f: Fakta) -> frozenset[Kriterium]:
    """What a department fails of a need."""
    return frozenset(kriterium for kriterium, tjek in registertjek(profil) if tjek(f) is Udfald.IKKE_OPFYLDT)


@given(PROFILER, FAKTA)
def test_facetter_say_what_a_search_with_the_option_would_show_unknown_ones_included(
    profil: Behovsprofil, alle: list[Fakta]
) -> None:
    tal = facetter((f, Plads(), fejl) for f in alle if len(fejl := fejlede(profil, f)) <= 1)
    muligheder = [
        *((Kriterium.NIVEAU, n, replace(profil, niveauer=frozenset({n}))) for n in (1, 2, 3)),
        *((Kriterium.FYSISK, t, replace(profil, fysiske_traek=profil.fysiske_traek | {t})) for t in FysiskTraek),
        *((Kriterium.ADFAERD, a, replace(profil, adfaerd=profil.adfaerd | {a})) for a in Adfaerd),
    ]
    for kriterium, valg, valgt in muligheder:
        assert tal[kriterium].get(valg, 0) == sum(not fejlede(valgt, f) for f in alle)


FEJLEDE = st.lists(st.frozensets(st.sampled_from([Kriterium.KOMMUNE, Kriterium.HJEMMEL, Kriterium.ALDER]), min_size=1))


@given(FEJLEDE)
def test_lempelse_is_the_fewest_criteria_and_among_them_those_that_remove_most(
    alle: list[frozenset[Kriterium]],
) -> None:
    fundet = lempelse(alle)
    if not alle:
        assert fundet is None
        return
    assert fundet is not None
    kort = min(map(len, alle))
    assert len(fundet.kriterier) == kort
    assert (
        fundet.antal == max(alle.count(en) for en in alle if len(en) == kort) == alle.count(frozenset(fundet.kriterier))
    )
