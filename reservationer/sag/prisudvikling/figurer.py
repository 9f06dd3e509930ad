"""Total price and list price as a figure."""

from faelles.dokument import diagram
from faelles.dokument.diagram import Punkt
from faelles.dokument.spec import Spec
from reservationer.sag.prisudvikling import tekst
from reservationer.sag.prisudvikling.queries import Prisudvikling


def kurve(p: Prisudvikling) -> Spec | None:
    """A line for the total price and one for the takst of the same stays, by year; None where there is no index of the year."""
    beskrivelse = tekst.udvikling(p)
    if not beskrivelse or p.ramme.niveau is None:
        return None
    linjer = [
        Punkt(navn, str(et.aar), indeks)
        for navn, maal in (("Samlet pris", "samlet_indeks"), ("Takst", "vejledende_indeks"))
        for et in p.alle.aarene
        if (indeks := getattr(et, maal)) is not None
    ]
    return diagram.linje(
        linjer,
        akse=f"indeks, {p.ramme.niveau.basisaar} = 100",
        beskrivelse=f"Kurver over den samlede pris og taksten. {beskrivelse}",
        decimaler=1,
        bredde="container",
        fra_nul=False,
    )
