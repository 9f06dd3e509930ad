"""The report's sentences, computed from the snapshot: pure, so that no sentence can say anything else than the tables."""

from decimal import Decimal

from faelles.dokument.tal import kort_dato, kr, procent, tal
from faelles.tid import Periode
from rammeaftale.rapporter.kommunen.data import Handelsside, Kommunebillede, Raekke
from rammeaftale.rapporter.rammeaftalen.saetninger import flertal
from vilkaar.noegler import Noegle


def koeb(b: Kommunebillede) -> str:
    """How much it buys, and how much of it in its own offers."""
    if not b.koeb.i_alt.dage:
        return _intet(b, "køb")
    egne = next((raekke.handel.dage for raekke in b.koeb.parter if raekke.navn == b.kommune), None)
    selv = f" {procent(Decimal(egne) / b.koeb.i_alt.dage)} af dem var i kommunens egne tilbud." if egne else ""
    return f"{b.kommune} brugte {_omfang(b, b.koeb)}.{selv}"


def salg(b: Kommunebillede) -> str:
    """How much is used of its own offers, and how much of it by others."""
    if not b.salg.i_alt.dage:
        return _intet(b, "salg")
    egne = next((raekke.handel.dage for raekke in b.salg.parter if raekke.navn == b.kommune), None)
    selv = f" {procent(Decimal(egne) / b.salg.i_alt.dage)} af dem af kommunens egne borgere." if egne else ""
    return f"I kommunens egne tilbud blev der brugt {_omfang(b, b.salg)}.{selv}"


def stoerste(raekker: tuple[Raekke, ...]) -> str:
    """The largest of the rows that may be shown, or that there are none."""
    vist = [(raekke.navn, raekke.handel.dage) for raekke in raekker if raekke.handel.dage]
    if not vist:
        return "Hver for sig er der for få ophold til, at noget kan vises, så kun summen er med."
    navn, dage = max(vist, key=lambda par: par[1])
    return f"Størst er »{navn}« med {flertal(dage, 'pladsdag', 'pladsdage')}."


def tilbud(b: Kommunebillede) -> str:
    """What it operates itself on the data date."""
    if not b.tilbud:
        return f"{b.kommune} driver ingen åbne tilbud på platformen på datadagen."
    pladser = sum(et.pladser for et in b.tilbud)
    return (
        f"{b.kommune} driver {flertal(len(b.tilbud), 'åbent tilbud', 'åbne tilbud')} "
        f"med {flertal(pladser, 'plads', 'pladser')} på datadagen."
    )


def graense(b: Kommunebillede) -> str:
    """The smallest count that may be shown, with where it is agreed; nothing where nothing is hidden."""
    if b.vilkaar is None:
        return ""
    vaerdi = next(v.vaerdi for v in b.vilkaar.vaerdier if v.noegle == Noegle.DISKRETION_GRAENSE)
    return f"{vaerdi} ophold ({b.vilkaar.kilde(Noegle.DISKRETION_GRAENSE)})"


def periode(b: Kommunebillede) -> str:
    """`01.10.2025 til 30.09.2026`"""
    sidste = Periode(b.periode.fra, b.periode.til).sidste_dag
    return f"{kort_dato(b.periode.fra)} til {kort_dato(sidste) if sidste else ''}"


def _omfang(b: Kommunebillede, side: Handelsside) -> str:
    pladser = b.pladser(side.i_alt.dage)
    beloeb = "" if side.i_alt.kr is None else f" for {kr(side.i_alt.kr)}"
    return (
        f"{tal(side.i_alt.dage or 0)} pladsdage{beloeb}, i gennemsnit {tal(pladser or 0, 1)} pladser, fra {periode(b)}"
    )


def _intet(b: Kommunebillede, hvad: str) -> str:
    if b.egen:
        return f"Fra {periode(b)} er der ingen ophold at gøre op som {hvad}."
    return f"Fra {periode(b)} er der for få ophold til, at kommunens {hvad} kan vises."
