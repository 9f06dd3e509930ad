"""The worked example of rules-takst § 4 with something changed, and budgets for hypothesis."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from faelles.penge import Enhed
from takster.beregning.belaegning import Belaegning, Dagsbasis
from takster.beregning.efterregulering import Efterregulering, Efterreguleringsmetode, Underskudsregel
from takster.beregning.takst import Budgetpost, Overhead, Overheadmetode, Takstinddata
from takster.beregning.trin import Afrunding, Afrundingsmetode

KRONE = Afrunding(enhed=Enhed.KRONE, metode=Afrundingsmetode.HALF_UP)
OERE = Afrunding(enhed=Enhed.OERE, metode=Afrundingsmetode.HALF_UP)
PROCENT_6 = Overhead(metode=Overheadmetode.PROCENT, procent=Decimal(6))
OMKOSTNINGER = (
    ("løn", "17850000"),
    ("øvrige personaleudgifter", "620000"),
    ("ejendom", "1480000"),
    ("øvrig drift", "740000"),
    ("afskrivning", "410000"),
    ("forrentning", "165000"),
    ("tilsyn", "49202"),
    ("tjenestemandspension", "96000"),
)


def poster(*par: tuple[str, str]) -> tuple[Budgetpost, ...]:
    """Lines of a budget."""
    return tuple(Budgetpost(art=art, beloeb=Decimal(beloeb)) for art, beloeb in par)


def efter_regnskab(*faktisk: str, mindst: str = "95", hoejst: str = "98") -> Belaegning:
    """Occupancy from the last known years."""
    return Belaegning(faktisk=tuple(map(Decimal, faktisk)), mindst=Decimal(mindst), hoejst=Decimal(hoejst))


def inddata(**andet: Any) -> Takstinddata:
    """The example's takst without efterregulering."""
    felter: dict[str, Any] = {
        "aar": 2026,
        "pladser": Decimal(24),
        "direkte_omkostninger": poster(*OMKOSTNINGER),
        "indtaegter": (),
        "overhead": PROCENT_6,
        "belaegning": efter_regnskab("97.2", "95.6"),
        "dagsbasis": Dagsbasis.KALENDER,
        "efterregulering": None,
        "afrunding": KRONE,
    }
    return Takstinddata(**{**felter, **andet})


def efterregulering(regnskab: str, metode: str = "overskydende", **andet: Any) -> Efterregulering:
    """The example's accounts of year t-2: 8,497 døgn at 2,480 kr. against a budget of 20.4 million."""
    felter: dict[str, Any] = {
        "taerskel_procent": Decimal(5),
        "provenu": Decimal(21072560),
        "regnskab": Decimal(regnskab),
        "budget": Decimal(20400000),
    }
    return Efterregulering(metode=Efterreguleringsmetode(metode), **{**felter, **andet})


kroner = st.decimals(min_value=Decimal(100_000), max_value=Decimal(10**9), places=2)
procenter = st.decimals(min_value=Decimal(1), max_value=Decimal(100), places=2)
budgetter = st.lists(st.builds(Budgetpost, art=st.text("abcæøå", min_size=1), beloeb=kroner), min_size=1, max_size=8)
overheads = st.one_of(
    st.builds(Overhead, metode=st.just(Overheadmetode.PROCENT), procent=procenter),
    st.builds(Overhead, metode=st.just(Overheadmetode.KONKRET), beloeb=kroner),
)
belaegninger = st.one_of(
    st.builds(Belaegning, aftalt=procenter),
    st.builds(
        Belaegning,
        faktisk=st.lists(procenter, min_size=1, max_size=2).map(tuple),
        mindst=st.just(Decimal(90)),
        hoejst=st.just(Decimal(98)),
    ),
)
regnskaber = st.builds(  # at most 90,000 kr. either way, so that a takst is left of the smallest budget
    Efterregulering,
    metode=st.sampled_from([Efterreguleringsmetode.OVERSKYDENDE, Efterreguleringsmetode.ALT]),
    taerskel_procent=procenter,
    provenu=st.integers(0, 90_000_00).map(lambda oere: Decimal(oere) / 100),
    regnskab=st.integers(0, 90_000_00).map(lambda oere: Decimal(oere) / 100),
    budget=kroner,
    underskud_regel=st.sampled_from(Underskudsregel),
)
takster = st.builds(
    inddata,
    aar=st.integers(2007, 2100),
    pladser=st.integers(1, 300).map(Decimal),
    direkte_omkostninger=budgetter.map(tuple),
    overhead=overheads,
    belaegning=belaegninger,
    dagsbasis=st.sampled_from(Dagsbasis),
    efterregulering=st.none() | regnskaber,
    afrunding=st.sampled_from([KRONE, OERE]),
)
