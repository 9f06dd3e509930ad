"""F7, F8 and the amount of a bill: prices put together of several parts, each dated (rules-takst § 3 and § 5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from takster.beregning.dateret import Dateret
from takster.beregning.tal import NUL, Pris, led, regnekontekst, uden_nuller
from takster.beregning.trin import Trin, Vilkaarsreference
from takster.beregning.vaerdiobjekt import Inddata, Vaerdiobjekt


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraftakst(Inddata):
    """The takst (kr./døgn) of what a package holds under one paragraph."""

    paragraf: str
    takst: Pris


@dataclass(frozen=True, slots=True, kw_only=True)
class Pakke(Inddata):
    """Services under several paragraphs sold as one. For a citizen already there only by agreement with the municipality."""

    dele: tuple[Paragraftakst, ...]
    vilkaarssaet: Vilkaarsreference | None = None

    def krydstjek(self) -> Mapping[str, str]:
        """The invoice is split per paragraph, so there are some and each stands once."""
        paragraffer = [del_.paragraf for del_ in self.dele]
        if not paragraffer or len(set(paragraffer)) < len(paragraffer):
            return {
                "dele": "Der skal være mindst én paragraf, og hver må kun stå én gang. Læg takster på samme paragraf sammen."
            }
        return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pakkepris(Vaerdiobjekt):
    """Package price (kr./døgn); the parts of the invoice are `inddata.dele` and sum to it exactly."""

    takst: Decimal
    trin: tuple[Trin, ...]
    inddata: Pakke


@regnekontekst()
def pakketakst(pakke: Pakke) -> Pakkepris:
    """F7: the sum of the paragraphs' takster."""
    takst = uden_nuller(sum((del_.takst for del_ in pakke.dele), NUL), 2)
    dele = tuple(Trin("F7", del_.paragraf, "del af pakken", uden_nuller(del_.takst, 2), "kr.") for del_ in pakke.dele)
    return Pakkepris(
        takst=takst,
        trin=(*dele, Trin("F7", "Pakketakst", led((del_.takst for del_ in pakke.dele), 2), takst, "kr.")),
        inddata=pakke,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Prislinje(Dateret):
    """A dated price (kr./døgn)."""

    navn: str
    beloeb: Pris


@dataclass(frozen=True, slots=True, kw_only=True)
class Individuelpris(Inddata):
    """What was agreed for one stay: the takst of the level, following on each other, and dated supplements of some kinds."""

    hovedtakster: tuple[Prislinje, ...]
    tillaeg: tuple[Prislinje, ...]
    vilkaarssaet: Vilkaarsreference | None = None

    def krydstjek(self) -> Mapping[str, str]:
        """One main price a day without gaps, one supplement of a kind a day, and none on a day without a main price."""
        if not self.hovedtakster:
            return {"hovedtakster": "Der skal være mindst én hovedtakst. Tilføj niveauets takst med datoer."}
        fejl = {}
        raekke = sorted(self.hovedtakster, key=lambda linje: linje.fra)
        for foer, efter in pairwise(raekke):
            if foer.til != efter.fra:
                slut = foer.til or "uden slutdato"
                fejl["hovedtakster"] = (
                    f"»{foer.navn}« (til {slut}) og »{efter.navn}« (fra {efter.fra}) overlapper eller har huller. Ret datoerne."
                )
        overlap = _overlap(self.tillaeg)
        udenfor = [linje for linje in self.tillaeg if not _inden_for(linje, raekke)]
        if overlap:
            fejl["tillaeg"] = (
                f"Tillægget »{overlap.navn}« fra {overlap.fra} overlapper et andet af samme navn. Ret datoerne."
            )
        elif udenfor:
            fejl["tillaeg"] = f"Tillægget »{udenfor[0].navn}« gælder på dage uden hovedtakst. Ret dets datoer."
        return fejl


def _overlap(linjer: Sequence[Prislinje]) -> Prislinje | None:
    """The first line that lies over an earlier one of the same name."""
    for nummer, linje in enumerate(linjer):
        if any(linje.navn == anden.navn and linje.periode.overlapper(anden.periode) for anden in linjer[:nummer]):
            return linje
    return None


def _inden_for(linje: Prislinje, raekke: Sequence[Prislinje]) -> bool:
    """A supplement without an end follows the main price to its end."""
    slut = raekke[-1].til
    return linje.fra >= raekke[0].fra and (
        slut is None or (linje.fra < slut if linje.til is None else linje.til <= slut)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Prisperiode(Vaerdiobjekt):
    """Days with one price (kr./døgn), and how it is made up."""

    fra: date
    til: date | None
    pris: Decimal
    trin: tuple[Trin, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Individuelprisresultat(Vaerdiobjekt):
    """The agreed price, period by period without overlap or gap."""

    perioder: tuple[Prisperiode, ...]
    inddata: Individuelpris


@regnekontekst()
def individuel_pris(aftale: Individuelpris) -> Individuelprisresultat:
    """F8: level plus supplements, a new period each day something begins or ends."""
    slut = max(aftale.hovedtakster, key=lambda linje: linje.fra).til
    skift = {linje.fra for linje in (*aftale.hovedtakster, *aftale.tillaeg)}
    skift |= {linje.til for linje in (*aftale.hovedtakster, *aftale.tillaeg) if linje.til is not None}
    dage = sorted(dag for dag in skift if slut is None or dag < slut)
    slutninger: list[date | None] = [*dage[1:], slut]
    return Individuelprisresultat(
        perioder=tuple(_prisperiode(aftale, fra, til) for fra, til in zip(dage, slutninger, strict=True)),
        inddata=aftale,
    )


def _prisperiode(aftale: Individuelpris, fra: date, til: date | None) -> Prisperiode:
    hoved = [linje for linje in aftale.hovedtakster if linje.periode.indeholder(fra)]
    tillaeg = sorted((linje for linje in aftale.tillaeg if linje.periode.indeholder(fra)), key=lambda linje: linje.navn)
    pris = uden_nuller(sum((linje.beloeb for linje in (*hoved, *tillaeg)), NUL), 2)
    trin = [
        Trin("F8", linje.navn, "hovedtakst" if linje in hoved else "tillæg", uden_nuller(linje.beloeb, 2), "kr.")
        for linje in (*hoved, *tillaeg)
    ]
    return Prisperiode(
        fra=fra,
        til=til,
        pris=pris,
        trin=(*trin, Trin("F8", "Aftalt pris", led((linje.beloeb for linje in (*hoved, *tillaeg)), 2), pris, "kr.")),
    )
