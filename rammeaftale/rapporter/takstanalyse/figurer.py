"""The report's drawings. Only the worker imports this: the chart converter is large."""

from faelles.dokument.diagram import Soejle
from faelles.dokument.tegning import svg
from faelles.dokument.vandfald import vandfald
from rammeaftale.rapporter.takstanalyse.data import Sammensaetning, Takstanalysebillede, Takstart
from takster.vaekst.figurer import indekskurve


def tegn(billede: Takstanalysebillede) -> dict[str, bytes]:
    """Every drawing there is something to show in, by the name the pages use."""
    tegninger = {}
    for art in billede.arter:
        if kurve := _kurve(art):
            tegninger[f"kurve-{art.enhed}"] = kurve
        if art.sammensaetning:
            tegninger[f"vandfald-{art.enhed}"] = _vandfald(billede.aar, art, art.sammensaetning)
    return tegninger


def alt_tekster(art: Takstart) -> dict[str, str]:
    """What each drawing shows, for those who cannot see it; the figures stand in the table beside it."""
    return {
        "kurve": f"Kurve over udgiften og loftet. {art.ord.udvikling}",
        "vandfald": f"Vandfald fra basisårets udgift til årets. {art.ord.sammensaetning}",
    }


def _kurve(art: Takstart) -> bytes | None:
    punkter = art.alle.aarene if art.alle else ()
    spec = indekskurve(
        [(p.aar, p.indeks, p.loftets_indeks) for p in punkter if p.indeks is not None],
        alt_tekster(art)["kurve"],
        bredde=620,
    )
    return svg(spec) if spec else None


def _vandfald(aar: int, art: Takstart, hele: Sammensaetning) -> bytes:
    return svg(
        vandfald(
            Soejle(f"Udgift {art.basisaar}", hele.foer),
            [Soejle(virkning.gruppe, virkning.kr) for virkning in hele.virkninger if virkning.kr],
            Soejle(f"Udgift {aar}", hele.nu),
            akse=f"kr. {art.pr_dag}, {aar}-priser",
            beskrivelse=alt_tekster(art)["vandfald"],
            decimaler=1,
        )
    )
