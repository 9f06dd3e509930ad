"""How long half of the cases took, half-year by half-year, as a figure and in words. The table beside it holds the same figures."""

from dataclasses import dataclass
from decimal import Decimal

from faelles.dokument import diagram
from faelles.dokument.diagram import Punkt
from faelles.dokument.spec import Spec
from faelles.dokument.tal import tal
from reservationer.svartider.queries import Svartider
from reservationer.svartider.regler import TRIN_NAVN, Tal, Trin


@dataclass(frozen=True, slots=True)
class Figur:
    """`spec` is None when there is nothing to draw; `tekst` always says something."""

    spec: Spec | None
    tekst: str


def udvikling(svartider: Svartider) -> Figur:
    """A line for each step that has figures."""
    fundne = [(svartider.navn(halvaar), svartider.samlet(halvaar)) for halvaar in svartider.halvaar]
    punkter = [
        Punkt(TRIN_NAVN[trin], navn, Decimal(vist.halvdelen))
        for trin in Trin
        for navn, raekke in fundne
        if (vist := raekke.tal[trin]) and vist.halvdelen is not None
    ]
    svar = [(navn, vist) for navn, raekke in fundne if (vist := raekke.tal[Trin.SVAR]) and vist.sager]
    tekst = _i_ord(*svar[-1]) if svar else "Ingen svar kan vises endnu."
    if not punkter:
        return Figur(None, tekst)
    spec = diagram.linje(
        punkter,
        akse="dage, inden for hvilke halvdelen var nået",
        beskrivelse=f"Kurver over, hvor mange dage halvdelen af sagerne tog til hvert trin. {tekst}",
        bredde="container",
    )
    return Figur(spec, tekst)


def _i_ord(halvaar: str, svar: Tal) -> str:
    if svar.halvdelen is None or svar.ni_af_ti is None:
        raise ValueError("Der er ingen svar at fortælle om")
    return (
        f"I {halvaar} kom {tal(svar.sager)} svar: halvdelen inden for {_dage(svar.halvdelen)} "
        f"og 9 ud af 10 inden for {_dage(svar.ni_af_ti)}."
    )


def _dage(antal: int) -> str:
    return "1 dag" if antal == 1 else f"{tal(antal)} dage"
