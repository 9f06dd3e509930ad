"""Counts and relaxations, against the plain way of searching again and again."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from faelles.tid import Periode
from reservationer.soegning.facetter import Naesten, facetter, lempelse, taeller_med
from reservationer.soegning.kriterier import Kriterium
from reservationer.soegning.profil import Behovsprofil
from reservationer.soegning.vurdering import Fakta, Plads, Udfald, med_takster, pladskrav, registertjek
from takster.queries import Takstvisning
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
    fundet = lempelse((fakta(), Plads(), en) for en in alle)
    if not alle:
        assert fundet is None
        return
    assert fundet is not None
    kort = min(map(len, alle))
    assert len(fundet.kriterier) == kort
    assert (
        fundet.antal == max(alle.count(en) for en in alle if len(en) == kort) == alle.count(frozenset(fundet.kriterier))
    )


KODER = ("SEL-107", "SEL-108", "SEL-104")
TAKSTER = st.dictionaries(
    st.sampled_from(KODER), st.tuples(st.sampled_from([1000, 3000]), st.sampled_from(["doegn", "dag"])), max_size=3
)
PRISEDE = st.lists(st.tuples(st.frozensets(st.sampled_from(KODER), min_size=1), TAKSTER, st.booleans()), max_size=8)
MED_TAKST = st.builds(
    Behovsprofil,
    periode=st.just(Periode(date(2027, 1, 1))),
    hjemmel=st.none() | st.sampled_from(KODER),
    hoejeste_takst=st.none() | st.just(Decimal(2000)),
)


def _stillet(profil: Behovsprofil, afdeling: tuple[frozenset[str], dict[str, tuple[int, str]], bool]) -> Naesten:
    """How a department with these legal bases and takster, and a free place or none, stands to a need."""
    hjemler, beloeb, ledig = afdeling
    alle = [Takstvisning(Decimal(kr), enhed, kode, foreloebig=False) for kode, (kr, enhed) in beloeb.items()]
    takster = sorted(alle, key=lambda takst: (takst.enhed != "doegn", takst.beloeb, takst.hjemmel))
    f = replace(fakta(), hjemler=sorted(hjemler))
    plads = med_takster(profil, Plads(antal=int(ledig)), takster)
    af_pladsen = {k.kriterium for k in pladskrav(profil, f, plads) if k.udfald is Udfald.IKKE_OPFYLDT}
    return f, plads, fejlede(profil, f) | af_pladsen


@given(MED_TAKST, PRISEDE)
def test_counts_of_legal_bases_are_what_one_finds_with_each_whose_takst_it_has(
    profil: Behovsprofil, alle: list[tuple[frozenset[str], dict[str, tuple[int, str]], bool]]
) -> None:
    tal = facetter(en for en in (_stillet(profil, af) for af in alle) if taeller_med(en[2]))
    for kode in KODER:
        fundne = [af for af in alle if not _stillet(replace(profil, hjemmel=kode), af)[2]]
        assert tal[Kriterium.HJEMMEL].get(kode, 0) == len(fundne)


@given(MED_TAKST, PRISEDE)
def test_lempelse_is_what_the_search_finds_without_it_also_when_legal_basis_and_takst_hang_together(
    profil: Behovsprofil, alle: list[tuple[frozenset[str], dict[str, tuple[int, str]], bool]]
) -> None:
    stillet = [_stillet(profil, af) for af in alle]
    if not alle or any(not fejl for *_, fejl in stillet):
        return  # something is found, so nothing stands in the way
    fundet = lempelse(stillet)
    assert fundet is not None

    def uden(kriterier: frozenset[Kriterium]) -> int:
        lempet = replace(
            profil,
            hjemmel=None if Kriterium.HJEMMEL in kriterier else profil.hjemmel,
            hoejeste_takst=None if Kriterium.TAKST in kriterier else profil.hoejeste_takst,
        )
        return sum(_stillet(lempet, af)[2] <= kriterier & {Kriterium.LEDIG} for af in alle)

    mulige = [Kriterium.HJEMMEL, Kriterium.TAKST, Kriterium.LEDIG]
    faerrest = next(n for n in (1, 2, 3) if any(uden(frozenset(faa)) for faa in combinations(mulige, n)))
    flest = max(uden(frozenset(faa)) for faa in combinations(mulige, faerrest))
    assert (len(fundet.kriterier), fundet.antal, uden(frozenset(fundet.kriterier))) == (faerrest, flest, flest)
