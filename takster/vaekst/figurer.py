"""The growth as figures: index against the ceiling, and from the base year's cost to the year's."""

from collections.abc import Sequence
from decimal import Decimal

from faelles.dokument import diagram
from faelles.dokument.diagram import Punkt, Soejle
from faelles.dokument.spec import Bredde, Spec
from faelles.dokument.vandfald import vandfald
from takster.vaekst import tekst
from takster.vaekst.queries import EgenVaekst, Vaekst


def udvikling(fundet: Vaekst) -> Spec | None:
    """A line for the area's cost and one for the ceiling, by year; None where there is no index."""
    punkter = fundet.alle.punkter if fundet.alle else ()
    return indekskurve(
        [(p.aar, p.indeks, p.maal) for p in punkter if p.indeks is not None],
        f"Kurve over udgiften og loftet. {tekst.udvikling(fundet)}",
        bredde="container",
    )


def indekskurve(punkter: Sequence[tuple[int, Decimal, Decimal]], beskrivelse: str, *, bredde: Bredde) -> Spec | None:
    """The index of the cost and the ceiling's, by year, the first of which is the base year; None of no year."""
    if not punkter:
        return None
    linjer = [Punkt("Udgift", str(aar), indeks) for aar, indeks, _ in punkter]
    linjer += [Punkt("Loft", str(aar), loft) for aar, _, loft in punkter]
    return diagram.linje(
        linjer,
        akse=f"indeks, {punkter[0][0]} = 100",
        beskrivelse=beskrivelse,
        decimaler=1,
        bredde=bredde,
        fra_nul=False,
    )


def egen(fundet: EgenVaekst) -> Spec | None:
    """The operator's line between the area's and the ceiling's; None where it has no index."""
    alle, egne = fundet.omraade.alle, fundet.egen.maaling.punkter if fundet.egen else ()
    if alle is None or not any(punkt.indeks is not None for punkt in egne):
        return None
    linjer = [
        Punkt(serie, str(p.aar), p.indeks)
        for serie, punkter in (("Jeres udgift", egne), ("Områdets udgift", alle.punkter))
        for p in punkter
        if p.indeks is not None
    ]
    linjer += [Punkt("Loft", str(p.aar), p.maal) for p in alle.punkter]
    return diagram.linje(
        linjer,
        akse=f"indeks, {alle.punkter[0].aar} = 100",
        beskrivelse=f"Kurver over jeres og områdets udgift og loftet. {tekst.egen_udvikling(fundet)}",
        decimaler=1,
        bredde="container",
        fra_nul=False,
    )


def sammensaetning(fundet: Vaekst) -> Spec | None:
    """A bar for each group of offers that moves the cost; None where there are no two years."""
    if fundet.sammensaetning is None or fundet.loft is None:
        return None
    hele = fundet.sammensaetning
    return vandfald(
        Soejle(f"Udgift {fundet.loft.basis.aar}", hele.foer),
        [Soejle(tekst.GRUPPENAVN[v.gruppe], v.kr) for v in hele.virkninger if v.kr],
        Soejle(f"Udgift {fundet.aar}", hele.nu),
        akse=f"kr. {tekst.PR_DAG[fundet.enhed]}, {fundet.aar}-priser",
        beskrivelse=f"Vandfald fra udgiften i {fundet.loft.basis.aar} til {fundet.aar}. {tekst.sammensaetning(fundet)}",
        decimaler=1,
        bredde="container",
    )
