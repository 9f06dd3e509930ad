"""F11, F13 and F14: costs shared by a key, refunded by the state, or reduced because the place is used part of the week."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from faelles.penge import fordel
from takster.beregning.tal import (
    HUNDREDE,
    NUL,
    Aarstal,
    Faktor,
    Kroner,
    Pris,
    Procent,
    ProcentOverNul,
    Ugedage,
    laesbar,
    regnekontekst,
    uden_nuller,
)
from takster.beregning.trin import Afrunding, Trin, Vilkaarsreference
from takster.beregning.vaerdiobjekt import Inddata, Vaerdiobjekt


@dataclass(frozen=True, slots=True, kw_only=True)
class Noegletal(Inddata):
    """A party and its weight, for instance its 0-17-year-olds."""

    part: str
    vaegt: Faktor


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjektivFinansiering(Inddata):
    """A yearly cost (kr.) shared by an objective key, not by use."""

    beloeb: Kroner
    noegler: tuple[Noegletal, ...]
    afrunding: Afrunding
    vilkaarssaet: Vilkaarsreference | None = None

    def krydstjek(self) -> Mapping[str, str]:
        """Somebody to share it, each once."""
        parter = [noegle.part for noegle in self.noegler]
        if not parter or len(set(parter)) < len(parter):
            return {"noegler": "Der skal være mindst én part, og hver må kun stå én gang. Ret listen."}
        if self.beloeb % self.afrunding.enhed.stoerrelse:
            return {
                "beloeb": f"{laesbar(self.beloeb, 2)} kr. er ikke et helt antal {self.afrunding.enhed.value}. Ret beløb eller enhed."
            }
        return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Objektivfordeling(Vaerdiobjekt):
    """What each party pays (the value of its step, kr.); the steps sum to the cost exactly."""

    trin: tuple[Trin, ...]
    inddata: ObjektivFinansiering

    @property
    def andele(self) -> dict[str, Decimal]:
        """Party → kr."""
        return {trin.tekst: trin.vaerdi for trin in self.trin}


@regnekontekst()
def objektiv_fordeling(finansiering: ObjektivFinansiering) -> Objektivfordeling:
    """F11: weight over the sum of weights, by largest remainder (`faelles.penge.fordel`), so that nothing is lost."""
    vaegte = {noegle.part: noegle.vaegt for noegle in finansiering.noegler}
    samlet = laesbar(sum(vaegte.values(), NUL))
    andele = fordel(finansiering.beloeb, vaegte, finansiering.afrunding.enhed)
    beloeb = laesbar(finansiering.beloeb, 2)
    return Objektivfordeling(
        trin=tuple(
            Trin(
                "F11",
                part,
                f"{beloeb} × {laesbar(vaegte[part])} / {samlet}, største rest",
                uden_nuller(andel, 2),
                "kr.",
            )
            for part, andel in andele.items()
        ),
        inddata=finansiering,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusionstrin(Inddata):
    """The state refunds `procent` of the part of a yearly cost above `graense` (kr.) and up to the next step."""

    graense: Kroner
    procent: Procent


@dataclass(frozen=True, slots=True, kw_only=True)
class DyrEnkeltsag(Inddata):
    """One person's cost in a year (kr.), and that year's steps (serviceloven § 176; the thresholds are indexed every year)."""

    aar: Aarstal
    udgift: Kroner
    satser: tuple[Refusionstrin, ...]
    afrunding: Afrunding
    vilkaarssaet: Vilkaarsreference | None = None

    def krydstjek(self) -> Mapping[str, str]:
        """The year's steps, upwards."""
        if not self.satser:
            return {"satser": f"Refusionsgrænserne for {self.aar} mangler. Tilføj dem; de har ingen standardværdi."}
        if any(foer.graense >= efter.graense for foer, efter in pairwise(self.satser)):
            return {"satser": "Grænserne skal stige. Ret rækkefølgen."}
        return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusion(Vaerdiobjekt):
    """What the state refunds and what the municipality is left with (kr.)."""

    refusion: Decimal
    netto: Decimal
    trin: tuple[Trin, ...]
    inddata: DyrEnkeltsag


@regnekontekst()
def central_refusion(sag: DyrEnkeltsag) -> Refusion:
    """F13: each percent of its own slice of the cost."""
    trin, refusion = [], NUL
    lofter = [sats.graense for sats in sag.satser[1:]] + [max(sag.udgift, sag.satser[-1].graense)]
    for sats, loft in zip(sag.satser, lofter, strict=True):
        del_ = max(min(sag.udgift, loft) - sats.graense, NUL)
        beloeb = uden_nuller(del_ * sats.procent / HUNDREDE, 2)
        refusion += beloeb
        udregning = f"{laesbar(del_, 2)} × {laesbar(sats.procent)} / 100"
        trin.append(Trin("F13", f"Refusion over {laesbar(sats.graense)} kr.", udregning, beloeb, "kr."))
    refusion = sag.afrunding.af(refusion)
    netto = uden_nuller(sag.udgift - refusion, 2)
    trin += [
        Trin("F13", "Refusion i alt", f"sum af trinene, {sag.afrunding.tekst}", refusion, "kr."),
        Trin("F13", "Netto", f"{laesbar(sag.udgift, 2)} − {laesbar(refusion, 2)}", netto, "kr."),
    ]
    return Refusion(refusion=refusion, netto=netto, trin=tuple(trin), inddata=sag)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deltidsfaktor(Inddata):
    """From so many days a week the place costs this percent of the full price."""

    mindst_dage: Ugedage
    procent: ProcentOverNul


@dataclass(frozen=True, slots=True, kw_only=True)
class Deltidsplads(Inddata):
    """A day place used some days a week, its full price (kr./dag) and the agreement's table of factors."""

    takst: Pris
    dage_om_ugen: Ugedage
    faktorer: tuple[Deltidsfaktor, ...]
    afrunding: Afrunding
    vilkaarssaet: Vilkaarsreference | None = None

    def krydstjek(self) -> Mapping[str, str]:
        """A factor for this many days, and each number of days once."""
        dage = [faktor.mindst_dage for faktor in self.faktorer]
        if len(set(dage)) < len(dage):
            return {"faktorer": "Hvert antal dage må kun stå én gang. Ret tabellen."}
        if not any(antal <= self.dage_om_ugen for antal in dage):
            return {
                "faktorer": f"Der er ingen faktor for {self.dage_om_ugen} dage om ugen. Tilføj den; den har ingen standardværdi."
            }
        return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deltidstakst(Vaerdiobjekt):
    """The price of the part-time place (kr./dag, on the same days as the full one) and the percent it is of it."""

    takst: Decimal
    procent: Decimal
    trin: tuple[Trin, ...]
    inddata: Deltidsplads


@regnekontekst()
def deltidstakst(plads: Deltidsplads) -> Deltidstakst:
    """F14: the full price times the factor of the highest step reached."""
    faktor = max((f for f in plads.faktorer if f.mindst_dage <= plads.dage_om_ugen), key=lambda f: f.mindst_dage)
    takst = plads.afrunding.af(plads.takst * faktor.procent / HUNDREDE)
    udregning = f"{laesbar(plads.takst, 2)} × {laesbar(faktor.procent)} / 100, {plads.afrunding.tekst}"
    fra = f"mindst {faktor.mindst_dage} dage om ugen; her {plads.dage_om_ugen}"
    return Deltidstakst(
        takst=takst,
        procent=uden_nuller(faktor.procent),
        trin=(
            Trin("F14", "Deltidsfaktor", fra, uden_nuller(faktor.procent), "procent"),
            Trin("F14", "Deltidstakst", udregning, takst, "kr."),
        ),
        inddata=plads,
    )
