"""The worked models, computed by the takst engine from a set of terms and the example's own figures (rules-takst § 4).

The figures are made up to be easy to follow and are nobody's budget or accounts; every rate and rule is the set's.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal

from faelles.fejl import DomaeneFejl
from rammeaftale.rapporter.eksempler.data import Eksempel, Eksempeltrin, Forudsaetning, Regnestykke
from takster import vilkaarsinddata
from takster.beregning.belaegning import Belaegning, budgetteret_belaegning
from takster.beregning.efterregulering import Efterregulering, efterreguler
from takster.beregning.takst import Budgetpost, Takstinddata, Takstresultat, beregn_takst
from takster.beregning.trin import Trin
from vilkaar.kilde import EFTERREGULERINGENS, TAKSTENS_DELE, kilde
from vilkaar.noegler import Noegle
from vilkaar.queries import GaeldendeVilkaar

OVERSKUD, ENHEDSTAKST = "overskud", "enhedstakst"
INTET_SAET = (
    "Aftalens vilkår er ikke udsendt som et sæt endnu, så eksemplet kan ikke regnes med dem. Det regnes, når de er."
)
PLADSER = Decimal(24)
OMKOSTNINGER = (
    ("Løn", Decimal(17_850_000)),
    ("Ejendom", Decimal(1_480_000)),
    ("Materiale, aktivitet og øvrig drift", Decimal(1_360_000)),
    ("Afskrivning og forrentning", Decimal(575_000)),
    ("Socialtilsyn og tjenestemandspension", Decimal(145_202)),
)
OVERHEAD = Decimal(1_284_612)  # what the example's operator has calculated, where the agreement asks for that
FAKTISK = (Decimal("97.2"), Decimal("95.6"))
AFTALT = Decimal(96)  # the occupancy approved, where the agreement has it agreed offer by offer
PROVENU, BUDGET = Decimal(21_072_560), Decimal(20_400_000)
REGNSKABER = (Decimal(20_150_000), Decimal(19_750_000), Decimal(22_500_000))
I_TAKSTEN = REGNSKABER[1]  # the accounts the example of the unit takst takes up
_BELAEGNINGENS = tuple(noegle for noegle, del_ in TAKSTENS_DELE.items() if del_ == "belægning")


def eksempler(vilkaar: GaeldendeVilkaar | None, aar: int) -> tuple[Eksempel, ...]:
    """Both, for takster of the year. One that the set lacks a term for says which; without a set, both say so."""
    return (_over_og_underskud(vilkaar, aar), _enhedstakst(vilkaar, aar))


def _over_og_underskud(vilkaar: GaeldendeVilkaar | None, aar: int) -> Eksempel:
    def regn(saet: GaeldendeVilkaar) -> Sequence[Regnestykke]:
        belaegning = _stykke("Budgetteret belægning", budgetteret_belaegning(_belaegning(saet)).trin)
        regnskaber = (
            _stykke(f"Regnskab {nr}", efterreguler(_efterregulering(saet, aar, regnskab)).trin)
            for nr, regnskab in enumerate(REGNSKABER, start=1)
        )
        return [belaegning, *regnskaber]

    return _eksempel(
        OVERSKUD,
        "Efterregulering og belægning",
        (
            *_FAKTISKE,
            Forudsaetning("Takstindtægter (provenu) i regnskabsåret", PROVENU, "kr."),
            Forudsaetning("Omkostningsbaseret budget i regnskabsåret", BUDGET, "kr."),
            *(
                Forudsaetning(f"Omkostningsbaseret regnskab {nr}", regnskab, "kr.")
                for nr, regnskab in enumerate(REGNSKABER, start=1)
            ),
        ),
        vilkaar,
        regn,
        (*_BELAEGNINGENS, *EFTERREGULERINGENS),
    )


def _enhedstakst(vilkaar: GaeldendeVilkaar | None, aar: int) -> Eksempel:
    def regn(saet: GaeldendeVilkaar) -> Sequence[Regnestykke]:
        efterregulering = _efterregulering(saet, aar, I_TAKSTEN)
        return [
            _stykke("Uden efterregulering", _takst(saet, aar, None).trin),
            _stykke("Med efterregulering", _takst(saet, aar, efterregulering).trin),
        ]

    return _eksempel(
        ENHEDSTAKST,
        "Enhedstakst med efterregulering",
        (
            Forudsaetning("Godkendte døgnpladser", PLADSER, "pladser"),
            *(Forudsaetning(navn, beloeb, "kr.") for navn, beloeb in OMKOSTNINGER),
            *_FAKTISKE,
            Forudsaetning("Takstindtægter (provenu) i regnskabsåret", PROVENU, "kr."),
            Forudsaetning("Omkostningsbaseret budget i regnskabsåret", BUDGET, "kr."),
            Forudsaetning("Omkostningsbaseret regnskab", I_TAKSTEN, "kr."),
        ),
        vilkaar,
        regn,
        tuple(noegle for noegle in TAKSTENS_DELE if noegle is not Noegle.DAGSBASIS_DAGTILBUD),
    )


_FAKTISKE = tuple(
    Forudsaetning(f"Faktisk belægning, {hvornaar} kendte år", procent, "procent")
    for hvornaar, procent in zip(("næstsidste", "sidste"), FAKTISK, strict=True)
)


def _eksempel(
    noegle: str,
    titel: str,
    forudsaetninger: tuple[Forudsaetning, ...],
    vilkaar: GaeldendeVilkaar | None,
    regn: Callable[[GaeldendeVilkaar], Sequence[Regnestykke]],
    efter: Sequence[Noegle],
) -> Eksempel:
    if vilkaar is None:
        return Eksempel(noegle, titel, forudsaetninger, (), "", INTET_SAET)
    fra = kilde(vilkaar, *efter)
    kilden = fra.i_ord if fra else ""
    try:
        return Eksempel(noegle, titel, forudsaetninger, tuple(regn(vilkaar)), kilden, "")
    except DomaeneFejl as fejl:
        grunde = " ".join(besked for beskeder in fejl.felter.values() for besked in beskeder)
        return Eksempel(noegle, titel, forudsaetninger, (), kilden, grunde or fejl.besked)


def _belaegning(vilkaar: GaeldendeVilkaar) -> Belaegning:
    aftales = vilkaar.ord(Noegle.BELAEGNING_METODE) == "aftale"
    return vilkaarsinddata.belaegning(vilkaar, faktisk=FAKTISK, godkendt_afvigelse=AFTALT if aftales else None)


def _efterregulering(vilkaar: GaeldendeVilkaar, aar: int, regnskab: Decimal) -> Efterregulering:
    """Of the accounts that enter the takst of the year."""
    return vilkaarsinddata.efterregulering(
        vilkaar,
        regnskabsaar=aar - vilkaar.heltal(Noegle.EFTERREGULERING_AARSFORSKYDNING),
        provenu=PROVENU,
        regnskab=regnskab,
        budget=BUDGET,
        takstgrundlag=_grundlag(vilkaar),
    )


def _grundlag(vilkaar: GaeldendeVilkaar) -> Decimal:
    """The example's takstberegningsgrundlag: its costs with overhead."""
    direkte = sum((beloeb for _, beloeb in OMKOSTNINGER), Decimal(0))
    return direkte + vilkaarsinddata.overhead(vilkaar, OVERHEAD).af(direkte).vaerdi


def _takst(vilkaar: GaeldendeVilkaar, aar: int, efterregulering: Efterregulering | None) -> Takstresultat:
    return beregn_takst(
        Takstinddata(
            aar=aar,
            pladser=PLADSER,
            direkte_omkostninger=tuple(Budgetpost(art=navn, beloeb=beloeb) for navn, beloeb in OMKOSTNINGER),
            indtaegter=(),
            overhead=vilkaarsinddata.overhead(vilkaar, OVERHEAD),
            belaegning=_belaegning(vilkaar),
            dagsbasis=vilkaarsinddata.dagsbasis(vilkaar, dagtilbud=False),
            efterregulering=efterregulering,
            afrunding=vilkaarsinddata.afrunding(vilkaar),
            vilkaarssaet=vilkaarsinddata.reference(vilkaar),
        )
    )


def _stykke(navn: str, trin: Sequence[Trin]) -> Regnestykke:
    return Regnestykke(navn, tuple(Eksempeltrin(et.formel, et.tekst, et.udregning, et.vaerdi, et.enhed) for et in trin))
