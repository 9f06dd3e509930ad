"""F16: the agreed ceiling on growth in cost per place per day (rules-takst § 3 and § 6).

The agreement's words, "PL minus 2 %", can be read in two ways, and they differ by a few kroner; the agreement says which.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from faelles.penge import Enhed, afrund
from takster.beregning.tal import (
    HUNDREDE,
    Aarstal,
    Kroner,
    Pladsdage,
    Prisaendring,
    Procent,
    afkortet,
    laesbar,
    led,
    regnekontekst,
    uden_nuller,
)
from takster.beregning.trin import Trin, Vilkaarsreference
from takster.beregning.vaerdiobjekt import Inddata, Vaerdiobjekt


@dataclass(frozen=True, slots=True, kw_only=True)
class Pladsudgift(Inddata):
    """What a year cost (kr., in that year's prices) and the place days it was for: places times days."""

    aar: Aarstal
    omkostninger: Kroner
    pladsdage: Pladsdage


@dataclass(frozen=True, slots=True, kw_only=True)
class Pl(Inddata):
    """The agreed rise in prices and wages (PL) from the year before to `aar`, in percent."""

    aar: Aarstal
    procent: Prisaendring


@regnekontekst()
def pl_indeks(satser: Iterable[Pl], fra: int, aar: int) -> Decimal:
    """What 100 kr. of the year `fra` are in a later year, by the agreed PL of each year after it."""
    indeks = HUNDREDE
    for pl in satser:
        if fra < pl.aar <= aar:
            indeks = indeks * (HUNDREDE + pl.procent) / HUNDREDE
    return indeks


class Loftmetode(StrEnum):
    """How the deduction meets PL: taken off the indexed cost (`multiplikativ`), or off the index in points of the base (`additiv`)."""

    MULTIPLIKATIV = "multiplikativ"
    ADDITIV = "additiv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vaekstloft(Inddata):
    """A year against the base year, with the PL of each year between and the agreed deduction. Further years of PL are not used."""

    basis: Pladsudgift
    aaret: Pladsudgift
    pl: tuple[Pl, ...]
    fradrag_procent: Procent
    metode: Loftmetode
    vilkaarssaet: Vilkaarsreference | None = None

    def krydstjek(self) -> Mapping[str, str]:
        """A later year, and the PL of every year on the way there."""
        if self.aaret.aar <= self.basis.aar:
            return {"aaret": f"Skal ligge efter basisåret {self.basis.aar}; der står {self.aaret.aar}. Ret årene."}
        aarene = [pl.aar for pl in self.pl]
        mangler = [str(aar) for aar in range(self.basis.aar + 1, self.aaret.aar + 1) if aar not in aarene]
        if mangler:
            return {
                "pl": f"Der mangler PL for {', '.join(mangler)}. Tilføj de aftalte satser; de har ingen standardværdi."
            }
        if len(set(aarene)) < len(aarene):
            return {"pl": "Hvert år må kun have én PL. Ret listen."}
        return {}

    def pl_indeks(self, aar: int) -> Decimal:
        """What 100 kr. of the base year's costs are in a year up to this one, by the agreed PL alone."""
        return pl_indeks(self.pl, self.basis.aar, aar)

    @regnekontekst()
    def tilladt_indeks(self, aar: int) -> Decimal:
        """What they may be in a later year: PL less the deduction, by the agreement's reading."""
        if self.metode is Loftmetode.MULTIPLIKATIV:
            return self.pl_indeks(aar) * (HUNDREDE - self.fradrag_procent) / HUNDREDE
        return self.pl_indeks(aar) - self.fradrag_procent


@dataclass(frozen=True, slots=True, kw_only=True)
class Loftresultat(Vaerdiobjekt):
    """Cost and ceiling in kr. per place per day, to the øre. `afstand_oere` is the room left, negative when over."""

    overholdt: bool
    afstand_oere: int
    dom: str
    udgift: Decimal
    loft: Decimal
    trin: tuple[Trin, ...]
    inddata: Vaekstloft


@regnekontekst()
def proev_loft(vaekst: Vaekstloft) -> Loftresultat:
    """F16: `u ≤ u0 × Π(1 + pl) × (1 − d)`, or additive `u ≤ u0 × (Π(1 + pl) − d)`.

    Cost and ceiling are each rounded to the øre once, and the verdict is on the rounded figures that people see.
    """
    basis = _udgift(vaekst.basis)
    satser = sorted((pl for pl in vaekst.pl if vaekst.basis.aar < pl.aar <= vaekst.aaret.aar), key=lambda pl: pl.aar)
    indeks, tilladt = vaekst.pl_indeks(vaekst.aaret.aar), vaekst.tilladt_indeks(vaekst.aaret.aar)
    if vaekst.metode is Loftmetode.MULTIPLIKATIV:
        fradrag = f"{laesbar(afkortet(indeks))} × (100 − {laesbar(vaekst.fradrag_procent)}) / 100"
    else:
        fradrag = f"{laesbar(afkortet(indeks))} − {laesbar(vaekst.fradrag_procent)}"
    loft = afrund(basis * tilladt / HUNDREDE, Enhed.OERE)
    udgift = afrund(_udgift(vaekst.aaret), Enhed.OERE)
    afstand = int((loft - udgift) * HUNDREDE)
    dom = _dom(afstand)
    indekstrin = _indekstrin(vaekst, led(pl.procent for pl in satser), indeks, fradrag, tilladt)
    loftstrin = Trin(
        "F16",
        f"Loft {vaekst.aaret.aar}",
        "basisudgift × tilladt indeks / 100, afrundet til hele øre, halve op",
        loft,
        "kr. pr. plads pr. dag",
    )
    afstandstrin = Trin("F16", "Afstand til loftet", dom, uden_nuller(loft - udgift, 2), "kr. pr. plads pr. dag")
    return Loftresultat(
        overholdt=afstand >= 0,
        afstand_oere=afstand,
        dom=dom,
        udgift=udgift,
        loft=loft,
        trin=(_udgiftstrin(vaekst.basis), *indekstrin, loftstrin, _udgiftstrin(vaekst.aaret), afstandstrin),
        inddata=vaekst,
    )


def _indekstrin(vaekst: Vaekstloft, satser: str, indeks: Decimal, fradrag: str, tilladt: Decimal) -> tuple[Trin, Trin]:
    """The index of agreed PL, and what of it the deduction leaves."""
    pl = Trin(
        "F16",
        f"PL-indeks ({vaekst.basis.aar} = 100)",
        satser + " procent, den ene oven på den anden",
        uden_nuller(afkortet(indeks)),
        "indeks",
    )
    tekst = f"{fradrag} ({vaekst.metode})"
    return pl, Trin("F16", "Tilladt indeks efter fradrag", tekst, uden_nuller(afkortet(tilladt)), "indeks")


def _udgift(udgift: Pladsudgift) -> Decimal:
    return udgift.omkostninger / udgift.pladsdage


def _udgiftstrin(udgift: Pladsudgift) -> Trin:
    udregning = f"{laesbar(udgift.omkostninger, 2)} / {laesbar(udgift.pladsdage)}"
    return Trin(
        "F16", f"Udgift {udgift.aar}", udregning, uden_nuller(afkortet(_udgift(udgift)), 2), "kr. pr. plads pr. dag"
    )


def _dom(afstand: int) -> str:
    """The verdict in words."""
    if afstand == 0:
        return "Udgiften ligger præcis på loftet."
    return f"Udgiften ligger {laesbar(abs(afstand))} øre {'under' if afstand > 0 else 'over'} loftet."
