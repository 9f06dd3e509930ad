"""The order of hits, for any hits at all."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from faelles.tid import Periode
from reservationer.soegning.kriterier import Kriterium
from reservationer.soegning.profil import Behovsprofil, Punkt, Vaegt
from reservationer.soegning.rangering import Resultat, i_orden, rang
from reservationer.soegning.rangering import resultat as find_resultat
from reservationer.soegning.vurdering import Fakta, Krav, Plads, Udfald, pladskrav
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
        godkendt=True,
        rummer=(),
        rummer_ikke=(),
        fysiske_traek=(),
        niveau=None,
        hjemler=("SEL-107",),
        maalgrupper=(),
        godkendt_til=None,
        kkr=None,
        punkt=None,
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
        maalgruppetal=(0, 0, vaegt),
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


OPFYLDT, UKENDT = [Udfald.OPFYLDT] * 3, [Udfald.OPFYLDT, Udfald.OPFYLDT, Udfald.UKENDT]


def _navne(*fundne: Resultat) -> list[str]:
    """The offers from the best to the last, whatever order they were found in."""
    ordnet = [fundet.fakta.tilbud for fundet in i_orden(fundne)]
    assert ordnet == [fundet.fakta.tilbud for fundet in i_orden(reversed(fundne))]
    return ordnet


def test_i_orden_what_is_known_to_fit_stands_before_what_nobody_can_answer_however_near_cheap_and_fresh_that_is() -> (
    None
):
    kendt = resultat(Friskhed.FORFALDEN, OPFYLDT, 4000, "Kendt", 3, 55)
    ukendt = resultat(Friskhed.FRISK, UKENDT, 1000, "Ukendt", 3, 2)
    to_ukendte = resultat(Friskhed.FRISK, [*UKENDT[:1], Udfald.UKENDT, Udfald.UKENDT], 500, "To ukendte", 3, 1)
    assert _navne(to_ukendte, ukendt, kendt) == ["Kendt", "Ukendt", "To ukendte"]
    # The target groups come first: what fits them better stands above although something of it is unknown.
    bedre = resultat(Friskhed.FRISK, UKENDT, 9000, "Bedre målgruppe", 4, 90)
    assert _navne(kendt, bedre) == ["Bedre målgruppe", "Kendt"]


def test_i_orden_distance_parts_by_steps_of_ten_km_and_within_a_step_the_price_does() -> None:
    naer = resultat(Friskhed.FRISK, OPFYLDT, 3000, "9,9 km", 1, 9.9)
    naermest = resultat(Friskhed.FRISK, OPFYLDT, 3100, "0,5 km", 1, 0.5)
    naeste_trin = resultat(Friskhed.FRISK, OPFYLDT, 1000, "10 km", 1, 10.0)
    fjern = resultat(Friskhed.FRISK, OPFYLDT, 900, "60 km", 1, 60.0)
    uden_sted = resultat(Friskhed.FRISK, OPFYLDT, 100, "Beskyttet adresse", 1, None)
    assert _navne(uden_sted, fjern, naeste_trin, naermest, naer) == [
        "9,9 km",
        "0,5 km",
        "10 km",
        "60 km",
        "Beskyttet adresse",
    ]
    # Freshness comes before distance.
    forfalden = resultat(Friskhed.FORFALDEN, OPFYLDT, 100, "Forfalden", 1, 0.1)
    assert _navne(forfalden, fjern) == ["60 km", "Forfalden"]


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


HOEJST = Decimal(5)
SPURGTE = [UUID(int=nr) for nr in range(1, 6)]
VAEGTE = (Vaegt.AFGOERENDE, *[Vaegt.NOGET] * 4)
PROFIL = Behovsprofil(
    periode=Periode(date(2027, 1, 1), None),
    maalgrupper=tuple(zip(SPURGTE, VAEGTE, strict=True)),
    naer=Punkt(12.5, 55.7),
    hoejeste_takst=HOEJST,
)


def vurderet(friskhed: Friskhed, pris: int | None, navn: str, grupper: list[UUID], bredde: float | None) -> Resultat:
    """A hit as the search makes it, for a need with a highest takst."""
    takst = None if pris is None else Takstvisning(Decimal(pris), "doegn", "SEL-107", foreloebig=False)
    punkt = None if bredde is None else Punkt(12.5, bredde)
    hvad = replace(fakta(navn), maalgrupper=grupper, punkt=punkt)
    plads = Plads(1, (), takst)
    return find_resultat(PROFIL, hvad, plads, Stand(friskhed), pladskrav(PROFIL, hvad, plads))


VURDEREDE = st.lists(
    st.builds(
        vurderet,
        st.sampled_from(Friskhed),
        st.none() | st.integers(1, int(HOEJST)),
        st.sampled_from(["Zebra", "Æblehaven", "Ålholm"]),
        st.lists(st.sampled_from(SPURGTE), unique=True),
        st.none() | st.floats(55.7, 56.2),
    ),
    max_size=12,
)


@given(VURDEREDE)
def test_taking_every_price_away_moves_only_equals_also_when_a_highest_takst_is_asked_for(
    fundne: list[Resultat],
) -> None:
    def uden_pris(fundet: Resultat) -> Resultat:
        plads = replace(fundet.plads, takst=None)
        return find_resultat(PROFIL, fundet.fakta, plads, fundet.stand, pladskrav(PROFIL, fundet.fakta, plads))

    efter = {fundet.fakta.afdeling_id: nr for nr, fundet in enumerate(i_orden(map(uden_pris, fundne)))}
    for foerste, anden in pairwise(i_orden(fundne)):
        byttet = efter[foerste.fakta.afdeling_id] > efter[anden.fakta.afdeling_id]
        assert not byttet or rang(foerste) == rang(anden)


def test_no_number_of_lesser_target_groups_makes_up_for_the_one_that_decides() -> None:
    vigtigst, *andre = SPURGTE
    det_afgoerende = vurderet(Friskhed.FRISK, 5, "Ålholm", [vigtigst], None)
    alle_de_andre = vurderet(Friskhed.FRISK, 1, "Zebra", andre, None)
    assert i_orden([alle_de_andre, det_afgoerende]) == [det_afgoerende, alle_de_andre]
    assert (det_afgoerende.maalgruppetal, alle_de_andre.maalgruppetal) == ((1, 0, 0), (0, 0, 4))


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
