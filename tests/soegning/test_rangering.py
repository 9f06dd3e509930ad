"""The order of hits, for any hits at all."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from reservationer.soegning.kriterier import Kriterium
from reservationer.soegning.rangering import Resultat, i_orden, rang
from reservationer.soegning.vurdering import Fakta, Krav, Plads, Udfald
from takster.queries import Takstvisning
from tilbud.friskhed import Friskhed
from tilbud.queries import Stand

INGEN = UUID(int=0)


def fakta(navn: str = "Kærgården") -> Fakta:
    """A department of an offer with the name."""
    return Fakta(
        afdeling_id=uuid4(),
        afdeling="Hovedhuset",
        tilbud_id=INGEN,
        tilbud=navn,
        driftsherre_id=INGEN,
        driftsherre="Gladsaxe Kommune",
        driftsherreart="kommune",
        kommunekode="0159",
        kommune="Gladsaxe",
        alder_fra=18,
        alder_til=None,
        lukket_fra=None,
        uden_pladser=False,
        rummer=(),
        rummer_ikke=(),
        fysiske_traek=(),
        niveau=None,
        hjemler=("SEL-107",),
        maalgrupper=(),
        godkendt_til=None,
        punkt=None,
        i_kkr=True,
        tekst_fundet=True,
    )


def resultat(
    friskhed: Friskhed, udfald: list[Udfald], pris: int | None, navn: str, vaegt: int, afstand: float | None
) -> Resultat:
    """A hit where only what decides the order differs."""
    takst = None if pris is None else Takstvisning(Decimal(pris), "doegn", "SEL-107", foreloebig=False)
    return Resultat(
        fakta=fakta(navn),
        plads=Plads(1, (), takst),
        stand=Stand(friskhed),
        krav=tuple(Krav(kriterium, et) for kriterium, et in zip(Kriterium, udfald, strict=False)),
        maalgrupper=(),
        maalgruppevaegt=vaegt,
        afstand=afstand,
    )


RESULTATER = st.lists(
    st.builds(
        resultat,
        st.sampled_from(Friskhed),
        st.lists(st.sampled_from([Udfald.OPFYLDT, Udfald.UKENDT]), min_size=3, max_size=3),
        st.none() | st.integers(1, 5),
        st.sampled_from(["Zebra", "Æblehaven", "Ålholm"]),
        st.integers(0, 3),
        st.none() | st.floats(0, 60),
    ),
    max_size=12,
)


@given(RESULTATER)
def test_i_orden_never_puts_unknown_above_confirmed(fundne: list[Resultat]) -> None:
    ledige = [fundet.er_ledig for fundet in i_orden(fundne)]
    assert ledige == sorted(ledige, reverse=True)


@given(RESULTATER)
def test_i_orden_without_prices_changes_order_only_among_equals(fundne: list[Resultat]) -> None:
    uden_priser = [replace(fundet, plads=replace(fundet.plads, takst=None)) for fundet in fundne]
    med = i_orden(fundne)
    assert [rang(fundet) for fundet in med] == [rang(fundet) for fundet in i_orden(uden_priser)]
    assert [rang(fundet) for fundet in med] == sorted(rang(fundet) for fundet in fundne)


@given(RESULTATER)
def test_i_orden_puts_the_cheaper_first_among_equals_and_the_unknown_price_last(fundne: list[Resultat]) -> None:
    ordnet = i_orden(fundne)
    for foerste, anden in pairwise(ordnet):
        if rang(foerste) == rang(anden) and foerste.plads.takst is None:
            assert anden.plads.takst is None
        elif rang(foerste) == rang(anden) and anden.plads.takst is not None:
            assert foerste.plads.takst is not None
            assert foerste.plads.takst.beloeb <= anden.plads.takst.beloeb


def test_i_orden_does_not_compare_prices_per_dag_with_prices_per_doegn() -> None:
    billig, dyr = (resultat(Friskhed.FRISK, [], pris, "Zebra", 0, None) for pris in (100, 900))
    dag = replace(
        billig,
        fakta=fakta("Æblehaven"),
        plads=Plads(1, (), Takstvisning(Decimal(500), "dag", "SEL-104", foreloebig=False)),
    )
    assert [r.plads.takst and r.plads.takst.enhed for r in i_orden([dyr, dag, billig])] == ["dag", "doegn", "doegn"]


@given(RESULTATER, st.randoms())
def test_i_orden_does_not_depend_on_the_order_found(fundne: list[Resultat], tilfaeldig: object) -> None:
    blandet = list(fundne)
    tilfaeldig.shuffle(blandet)  # type: ignore[attr-defined]  # random.Random, which hypothesis leaves untyped
    assert i_orden(blandet) == i_orden(fundne)
