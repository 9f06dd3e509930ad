"""Counts and relaxations, against the plain way of searching again and again."""

from dataclasses import replace
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from reservationer.soegning.facetter import facetter, lempelse
from reservationer.soegning.kriterier import Kriterium
from tests.soegning.test_rangering import fakta

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
    tal = facetter(naesten)
    for kode in ("0159", "0163"):
        plain = sum(f.kommunekode == kode and fejl <= {Kriterium.KOMMUNE} for f, fejl in naesten)
        assert tal[Kriterium.KOMMUNE].get(kode, 0) == plain
    for hjemmel in ("SEL-107", "SEL-108"):
        plain = sum(hjemmel in f.hjemler and fejl <= {Kriterium.HJEMMEL} for f, fejl in naesten)
        assert tal[Kriterium.HJEMMEL].get(hjemmel, 0) == plain


@given(FORSKELLIGE)
def test_lempelse_is_the_criterion_most_fail_alone(raekker: list[tuple[str, list[str], frozenset[Kriterium]]]) -> None:
    naesten = [(fakta(), fejl) for _, _, fejl in raekker]
    fundet = lempelse(naesten)
    tal = {k: sum(fejl == {k} for _, fejl in naesten) for k in Kriterium}
    assert (fundet.antal if fundet else 0) == max(tal.values())
