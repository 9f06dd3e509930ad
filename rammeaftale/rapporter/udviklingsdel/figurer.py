"""The report's drawings. Only the worker imports this: the chart converter is large."""

from collections.abc import Mapping

from faelles.dokument.diagram import OpOgNed, Punkt, linje, op_og_ned
from faelles.dokument.tegning import svg
from rammeaftale.rapporter.rammeaftalen import figurer as faelles
from rammeaftale.rapporter.rammeaftalen import saetninger as rammeaftalens
from rammeaftale.rapporter.udviklingsdel import saetninger
from rammeaftale.rapporter.udviklingsdel.data import Udviklingsdelbillede


def tegn(billede: Udviklingsdelbillede) -> dict[str, bytes]:
    """Every drawing there is something to show in, by the name the pages use."""
    alt = alt_tekster(billede)
    tegninger: dict[str, bytes] = {}
    if punkter := [Punkt(*punkt) for punkt in saetninger.kurver(billede)]:
        tegninger["belaegning"] = svg(
            linje(punkter, akse="Belægning, procent", beskrivelse=alt["belaegning"], fra_nul=False)
        )
    if any(paa.niveau1 + paa.niveau2 + paa.niveau3 for paa in billede.niveauer):
        tegninger["niveauer"] = faelles.niveauer(billede.niveauer, alt["niveauer"])
    if billede.flytninger:
        data = [OpOgNed(*aaret) for aaret in saetninger.flyttet_pr_aar(billede)]
        tegninger["flytninger"] = svg(
            op_og_ned(
                data, op="Til et mere specialiseret niveau", ned="Til et mere alment niveau", akse="Tilbud",
                beskrivelse=alt["flytninger"],
            )
        )  # fmt: skip
    if billede.behov.flest:
        tegninger["behov"] = faelles.behov(billede.behov, alt["behov"])
    return tegninger


def alt_tekster(billede: Udviklingsdelbillede) -> Mapping[str, str]:
    """What each drawing shows, for those who cannot see it; the figures stand in the table beside it."""
    grupper = [t.maalgruppe for t in saetninger.viste_maalgrupper(billede)]
    med = f" og for {', '.join(grupper)}" if grupper else ""
    return {
        "belaegning": f"Kurver over belægningen år for år i hele området{med}. {saetninger.belaegning(billede)}",
        "niveauer": f"Stablet søjlediagram over antal tilbud på hvert niveau år for år. {rammeaftalens.niveauer(billede)}",
        "flytninger": f"Søjler op og ned over tilbud, der har skiftet niveau, år for år. {saetninger.flytninger(billede)}",
        "behov": f"Søjlediagram over udækkede behov for hver målgruppe. {rammeaftalens.behov(billede)}",
    }
