"""The order of hits, for any hits at all."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from reservationer.soegning.sammenfatning import Krav, Resultat, Udfald, i_orden
from takster.queries import Takstvisning
from tilbud.friskhed import Friskhed
from tilbud.queries import Stand

INGEN = UUID(int=0)


def resultat(friskhed: Friskhed, udfald: list[Udfald], pris: int | None, navn: str) -> Resultat:
    """A hit where only what decides the order differs."""
    return Resultat(
        afdeling_id=uuid4(),
        afdeling="Hovedhuset",
        tilbud_id=INGEN,
        tilbud=navn,
        driftsherre_id=INGEN,
        driftsherre="Gladsaxe Kommune",
        kommunekode="0159",
        kommune="Gladsaxe",
        antal_ledige=1,
        pladser=(),
        stand=Stand(friskhed),
        takst=None if pris is None else Takstvisning(Decimal(pris), "doegn", "SEL-107", foreloebig=False),
        niveau=None,
        krav=tuple(Krav(str(nummer), udfald_) for nummer, udfald_ in enumerate(udfald)),
    )


RESULTATER = st.lists(
    st.builds(
        resultat,
        st.sampled_from(Friskhed),
        st.lists(st.sampled_from(Udfald), min_size=3, max_size=3),
        st.none() | st.integers(1, 5),
        st.sampled_from(["Zebra", "Æblehaven", "Ålholm"]),
    ),
    max_size=12,
)


def rang(fundet: Resultat) -> tuple[bool, int, int]:
    """What may decide before the price does."""
    return not fundet.er_ledig, len(fundet.krav) - fundet.opfyldte, fundet.stand.friskhed.rang


@given(RESULTATER)
def test_i_orden_never_puts_unknown_above_confirmed(fundne: list[Resultat]) -> None:
    ledige = [fundet.er_ledig for fundet in i_orden(fundne)]
    assert ledige == sorted(ledige, reverse=True)


@given(RESULTATER)
def test_i_orden_without_prices_changes_order_only_among_ties(fundne: list[Resultat]) -> None:
    uden_priser = [replace(fundet, takst=None) for fundet in fundne]
    assert [rang(fundet) for fundet in i_orden(fundne)] == [rang(fundet) for fundet in i_orden(uden_priser)]
    assert [rang(fundet) for fundet in i_orden(fundne)] == sorted(rang(fundet) for fundet in fundne)
