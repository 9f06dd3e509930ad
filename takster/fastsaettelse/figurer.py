"""The charts of a takst as Vega-Lite specifications, the same for page and PDF."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import islice
from typing import Any

from faelles.dokument import tal as dansk
from faelles.dokument.diagram import Punkt, Soejle, linje
from faelles.dokument.spec import Spec
from faelles.dokument.vandfald import vandfald as trin_for_trin
from faelles.tid import Periode
from takster.fastsaettelse.sammenligning import Sammenligning
from takster.models import Takst, Takstenhed

FLEST_SERIER = 6


def vandfald(sammenligning: Sammenligning, aar: int, enhed: Takstenhed, *, bredde: Any = "container") -> Spec:
    """From last year's takst to this year's in the unit of both, a bar for each change."""
    return trin_for_trin(
        Soejle(f"Takst {aar - 1}", sammenligning.foer),
        [Soejle(skridt.navn, skridt.virkning) for skridt in sammenligning.skridt],
        Soejle(f"Takst {aar}", sammenligning.nu),
        akse=enhed.label,
        beskrivelse=vandfald_tekst(sammenligning, aar),
        bredde=bredde,
    )


def vandfald_tekst(sammenligning: Sammenligning, aar: int) -> str:
    """What the chart shows, in words: the whole, and the change that makes most of it."""
    retning = "stiger" if sammenligning.forskel > 0 else "falder" if sammenligning.forskel < 0 else "er uændret"
    hele = f"Taksten {retning} fra {dansk.kr(sammenligning.foer)} i {aar - 1} til {dansk.kr(sammenligning.nu)} i {aar}"
    if sammenligning.forskel:
        hele += f", {dansk.tal(abs(sammenligning.procent), 1)} procent"
    stoerste = max(sammenligning.skridt, key=lambda skridt: abs(skridt.virkning), default=None)
    if stoerste is None:
        return f"{hele}."
    return f"{hele}. Mest betyder {stoerste.navn[0].lower()}{stoerste.navn[1:]}: {'+' if stoerste.virkning > 0 else ''}{dansk.kr(stoerste.virkning)}"


def udvikling(serier: Mapping[str, Iterable[Takst]]) -> Spec | None:
    """The takst on the last day of each year, a line for each department and legal basis, at most six; None for less than two years.

    A line is of one unit. Where there are both, its name says which.
    """
    beloeb: dict[tuple[str, Takstenhed], dict[str, Decimal]] = {}
    for serie, takster in serier.items():
        for en in sorted(takster, key=lambda en: en.periode.lower):
            sidste = Periode.af_range(en.periode).sidste_dag
            aaret = str((sidste or en.periode.lower).year)
            beloeb.setdefault((serie, Takstenhed(en.enhed)), {})[aaret] = en.beloeb
    linjer = dict(islice(beloeb.items(), FLEST_SERIER))
    enheder = [enhed for enhed in Takstenhed if any(enhed is en for _, en in linjer)]
    punkter = [
        Punkt(serie if len(enheder) == 1 else f"{serie}, {enhed.label}", aar, pris)
        for (serie, enhed), priser in linjer.items()
        for aar, pris in priser.items()
    ]
    punkter.sort(key=lambda punkt: punkt.trin)
    if len({punkt.trin for punkt in punkter}) < 2:  # noqa: PLR2004 - a line has two ends
        return None
    tekst = f"Taksternes udvikling fra {punkter[0].trin} til {punkter[-1].trin}."
    if len(beloeb) > FLEST_SERIER:
        tekst += f" Kurven viser de første {FLEST_SERIER} af {len(beloeb)}; tabellerne har dem alle."
    akse = " og ".join(enhed.label for enhed in enheder)
    return linje(punkter, akse=akse, beskrivelse=tekst, bredde="container", fra_nul=False)
