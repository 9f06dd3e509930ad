"""The report's sentences, computed from the snapshot: pure, so that no sentence can say anything else than the tables."""

from decimal import Decimal

from faelles.dokument.tal import kort_dato, procent, tal
from faelles.tid import Periode
from rammeaftale.rapporter.kapacitet.data import Kapacitetsbillede
from rammeaftale.rapporter.rammeaftalen.data import Periodenavn
from rammeaftale.rapporter.rammeaftalen.saetninger import flertal
from vilkaar.noegler import Noegle


def omfang(billede: Kapacitetsbillede) -> str:
    """How much lies in the area, and how full it was."""
    andel = billede.i_alt.andel
    hvor_fuldt = (
        f"I {billede.aaret.navn} var {procent(andel)} af de åbne pladsdage belagt."
        if andel is not None
        else f"Belægningen i {billede.aaret.navn} kan ikke vises: der er ingen åbne pladsdage, eller den hviler på for få ophold."
    )
    return (
        f"De {len(billede.kommuner)} kommuner rummer {flertal(billede.tilbud_i_alt, 'tilbud', 'tilbud')} "
        f"med {flertal(billede.pladser_i_alt.i_alt, 'plads', 'pladser')} på datadagen. {hvor_fuldt}"
    )


def over_tid(billede: Kapacitetsbillede) -> str:
    """From the first quarter that may be shown to the last."""
    vist = [(k.navn, b.andel) for k, b in zip(billede.kvartaler, billede.over_tid, strict=True) if b.andel is not None]
    if not vist:
        return "Ingen af kvartalerne hviler på så mange ophold, at belægningen kan vises."
    (foerste, fra), (sidste, til) = vist[0], vist[-1]
    if len(vist) == 1:
        return f"Belægningen var {procent(fra)} i {foerste}."
    hoejst, lavest = max(vist, key=lambda p: p[1]), min(vist, key=lambda p: p[1])
    return (
        f"Belægningen var {procent(fra)} i {foerste} og {procent(til)} i {sidste}. "
        f"Højest, {procent(hoejst[1])}, var den i {hoejst[0]}, og lavest, {procent(lavest[1])}, i {lavest[0]}."
    )


def typer(billede: Kapacitetsbillede) -> str:
    """How many pairs of legal basis and target group there are, and of how many the occupancy may be shown."""
    vist = sum(raekke.procent is not None for raekke in billede.typer)
    return (
        f"Tilbuddene fordeler sig på {flertal(len(billede.typer), 'forening', 'foreninger')} af hjemmel og målgruppe. "
        f"Belægningen kan vises for {tal(vist)} af dem."
    )


def handel(billede: Kapacitetsbillede) -> str:
    """How many place-days were used, and how many of them are of a known buyer."""
    i_alt, uden = billede.matrix.i_alt.dage, billede.matrix.koebt[-1].dage
    if i_alt is None:
        return f"{_periode(billede.matrix.periode)} var der for få ophold til, at køb og salg kan vises."
    kendt = "" if uden is None else f" Køberen er registreret for {procent(_andel(i_alt - uden, i_alt))} af dem."
    return f"{_periode(billede.matrix.periode)} blev der brugt {tal(i_alt)} pladsdage i områdets tilbud.{kendt}"


def vist_handel(billede: Kapacitetsbillede) -> str:
    """How many fields of the matrix may be shown."""
    felter = len(billede.matrix.koebere) * len(billede.matrix.saelgere)
    return (
        f"{tal(len(billede.matrix.vist))} af {flertal(felter, 'felt', 'felter')} kan vises. "
        "De øvrige er tomme, hviler på for få ophold, eller ville røbe et felt, der gør."
    )


def kort(billede: Kapacitetsbillede) -> str:
    """The fullest and the emptiest of the municipalities that may be shown."""
    vist = [(k.navn, k.belaegning.andel) for k in billede.kommuner if k.belaegning.andel is not None]
    if not vist:
        return "Ingen kommunes belægning kan vises."
    hoejst, lavest = max(vist, key=lambda p: p[1]), min(vist, key=lambda p: p[1])
    if len(vist) == 1:
        return f"Kun belægningen i {hoejst[0]}, {procent(hoejst[1])}, kan vises."
    return f"Højest er belægningen i {hoejst[0]}, {procent(hoejst[1])}, og lavest i {lavest[0]}, {procent(lavest[1])}."


def specialiserede(billede: Kapacitetsbillede) -> str:
    """The offers of the highest level of specialisation."""
    nu = billede.niveauer[0]
    hvor_fuldt = "kan ikke vises" if nu.procent is None else f"var {nu.procent} procent"
    return (
        f"{flertal(nu.tilbud, 'tilbud', 'tilbud')} med {flertal(nu.pladser, 'plads', 'pladser')} er indplaceret på niveau 1, "
        f"meget specialiseret. Deres belægning i {billede.aaret.navn} {hvor_fuldt}."
    )


def graense(billede: Kapacitetsbillede, hvad: str) -> str:
    """The smallest count that may be shown, with where it is agreed."""
    vaerdi = next(v.vaerdi for v in billede.vilkaar.vaerdier if v.noegle == Noegle.DISKRETION_GRAENSE)
    return f"{vaerdi} {hvad} ({billede.vilkaar.kilde(Noegle.DISKRETION_GRAENSE)})"


def _periode(periode: Periodenavn) -> str:
    sidste = Periode(periode.fra, periode.til).sidste_dag
    return f"Fra {kort_dato(periode.fra)} til {kort_dato(sidste) if sidste else ''}"


def _andel(del_: int, hele: int) -> Decimal:
    return Decimal(del_) / hele if hele else Decimal(0)
