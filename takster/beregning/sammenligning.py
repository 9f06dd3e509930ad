"""F9 and F10: comparing prices; the free choice of serviceloven § 108 stk. 2, and private prices net of indirect VAT.

A private offer's gross price holds VAT the municipality gets back (momsrefusion); a public one's holds none. Only the net
prices say which is dearer. The rate of the refund is dated and never assumed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from takster.beregning.dateret import Dateret
from takster.beregning.tal import HUNDREDE, Pris, Procent, afkortet, laesbar, regnekontekst, uden_nuller
from takster.beregning.trin import Afrunding, Trin, Vilkaarsreference
from takster.beregning.vaerdiobjekt import Inddata, Vaerdiobjekt


@dataclass(frozen=True, slots=True, kw_only=True)
class Momssats(Dateret):
    """The share of a private gross price (percent) the municipality gets back, in a period."""

    procent: Procent


@dataclass(frozen=True, slots=True, kw_only=True)
class Tilbudspris(Inddata):
    """An offer's gross price (kr./døgn); `privat` means it holds VAT that is refunded."""

    navn: str
    brutto: Pris
    privat: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Prissammenligning(Inddata):
    """Prices to compare on a day, and the refund rates known."""

    dato: date
    priser: tuple[Tilbudspris, ...]
    satser: tuple[Momssats, ...]
    afrunding: Afrunding
    vilkaarssaet: Vilkaarsreference | None = None

    def krydstjek(self) -> Mapping[str, str]:
        """A private price needs exactly one rate on the day."""
        paa_dagen = [sats for sats in self.satser if sats.periode.indeholder(self.dato)]
        if len(paa_dagen) > 1:
            return {"satser": f"Der er {len(paa_dagen)} satser for momsrefusion den {self.dato}. Ret datoerne."}
        if not paa_dagen and any(pris.privat for pris in self.priser):
            return {
                "satser": f"Der mangler en sats for momsrefusion den {self.dato}. Tilføj den; den har ingen standardværdi."
            }
        if len({pris.navn for pris in self.priser}) < len(self.priser):
            return {"priser": "Hvert tilbud må kun stå én gang. Ret navnene."}
        return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Nettopris(Vaerdiobjekt):
    """An offer's price after refund (kr./døgn), and how much dearer than the cheapest it is."""

    navn: str
    brutto: Decimal
    netto: Decimal
    over_billigste: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Prissammenligningsresultat(Vaerdiobjekt):
    """The offers by net price, the cheapest first, equal ones by name."""

    priser: tuple[Nettopris, ...]
    trin: tuple[Trin, ...]
    inddata: Prissammenligning


@regnekontekst()
def sammenlign_netto(sammenligning: Prissammenligning) -> Prissammenligningsresultat:
    """F10: net is gross times (1 - refund rate) for a private offer, gross for a public one; compared net only."""
    procent = next((s.procent for s in sammenligning.satser if s.periode.indeholder(sammenligning.dato)), None)
    trin = tuple(_netto(pris, procent, sammenligning.afrunding) for pris in sammenligning.priser)
    raekke = sorted(zip(sammenligning.priser, trin, strict=True), key=lambda par: (par[1].vaerdi, par[0].navn))
    return Prissammenligningsresultat(
        priser=tuple(
            Nettopris(
                navn=pris.navn,
                brutto=uden_nuller(pris.brutto, 2),
                netto=netto.vaerdi,
                over_billigste=uden_nuller(netto.vaerdi - raekke[0][1].vaerdi, 2),
            )
            for pris, netto in raekke
        ),
        trin=trin,
        inddata=sammenligning,
    )


def _netto(pris: Tilbudspris, procent: Decimal | None, afrunding: Afrunding) -> Trin:
    if not pris.privat or procent is None:
        return Trin("F10", pris.navn, "offentligt tilbud: ingen momsrefusion", uden_nuller(pris.brutto, 2), "kr.")
    netto = uden_nuller(afrunding.af(pris.brutto * (HUNDREDE - procent) / HUNDREDE), 2)
    udregning = f"{laesbar(pris.brutto, 2)} × (100 − {laesbar(procent)}) / 100, {afrunding.tekst}"
    return Trin("F10", pris.navn, udregning, netto, "kr.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fritvalgsproeve(Inddata):
    """The negotiated price of the offer the citizen wants and the cost of the visited one on a day (kr./døgn, net for a private one).

    `graense_procent` is how much dearer it may be: 10 in serviceloven § 108 stk. 2 (LOV 747 af 20/06/2025).
    """

    dato: date
    forhandlet_pris: Pris
    visiteret_udgift: Pris
    graense_procent: Procent
    vilkaarssaet: Vilkaarsreference | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fritvalgsresultat(Vaerdiobjekt):
    """Whether the choice is allowed on price, by how many percent the offer is dearer, and the room left (kr., negative when over)."""

    tilladt: bool
    forskel_procent: Decimal
    hoejeste_pris: Decimal
    rum: Decimal
    trin: tuple[Trin, ...]
    inddata: Fritvalgsproeve


def i_hele_oere(hoejeste_pris: Decimal) -> Decimal:
    """The highest price that can be asked, kr. with two decimals: a limit between two øre is told as the one below it."""
    return hoejeste_pris.quantize(Decimal("0.01"), rounding=ROUND_DOWN)


@regnekontekst()
def proev_frit_valg(proeve: Fritvalgsproeve) -> Fritvalgsresultat:
    """F9: allowed when the negotiated price does not exceed the visited cost by more than the limit; exactly on it is allowed.

    The verdict is from the exact figures, before any rounding.
    """
    hoejeste = uden_nuller(proeve.visiteret_udgift * (HUNDREDE + proeve.graense_procent) / HUNDREDE, 2)
    forskel = proeve.forhandlet_pris - proeve.visiteret_udgift
    forskel_procent = uden_nuller(afkortet(forskel * HUNDREDE / proeve.visiteret_udgift), 2)
    rum = uden_nuller(hoejeste - proeve.forhandlet_pris, 2)
    graense = f"{laesbar(proeve.visiteret_udgift, 2)} × (100 + {laesbar(proeve.graense_procent)}) / 100"
    procent = f"({laesbar(proeve.forhandlet_pris, 2)} − {laesbar(proeve.visiteret_udgift, 2)}) × 100 / {laesbar(proeve.visiteret_udgift, 2)}"
    return Fritvalgsresultat(
        tilladt=rum >= 0,
        forskel_procent=forskel_procent,
        hoejeste_pris=hoejeste,
        rum=rum,
        trin=(
            Trin("F9", "Højeste pris", graense, hoejeste, "kr."),
            Trin("F9", "Forskel i procent", procent, forskel_procent, "procent"),
            Trin("F9", "Tilladt" if rum >= 0 else "Over grænsen", "højeste pris − forhandlet pris", rum, "kr."),
        ),
        inddata=proeve,
    )
