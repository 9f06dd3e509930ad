"""The growth in words: the verdict, what the chart shows, and what groups and reasons are called."""

from collections.abc import Mapping
from decimal import Decimal

from faelles.dokument import tal as dansk
from takster.beregning.loft import Loftresultat
from takster.models import Takstenhed
from takster.vaekst.queries import EgenVaekst, Vaekst
from takster.vaekst.regler import Grund, Gruppe, anden_laesning

PR_DAG: Mapping[Takstenhed, str] = {Takstenhed.DOEGN: "pr. plads pr. døgn", Takstenhed.DAG: "pr. plads pr. dag"}
GRUPPENAVN: Mapping[Gruppe, str] = {
    Gruppe.SAMME: "Prisen i de samme tilbud",
    Gruppe.AENDRET: "Tilbud med andre pladser eller hjemler",
    Gruppe.NY: "Nye tilbud",
    Gruppe.UMAALT: "Tilbud, der kun kan måles i det ene år",
    Gruppe.LUKKET: "Tilbud uden takst længere",
}
GRUNDNAVN: Mapping[Grund, str] = {
    Grund.UDEN_BEREGNING: "Takster, hvis beregning ikke er gemt eller er lavet med en anden model",
    Grund.DEL_AF_AARET: "Takster, der kun gælder en del af året",
    Grund.UDEN_TAKST: "Tilbud uden takst i året",
    Grund.ANDEN_ENHED: "Takster i den anden enhed",
    Grund.PRIVAT: "Private og selvejende tilbud, hvis pris er deres egen",
}


def dom(fundet: Vaekst) -> str:
    """Whether the area has kept the ceiling, by how much, and how many operators have; or why that cannot be told."""
    if fundet.alle is None or fundet.alle.resultat is None:
        return f"Væksten kan ikke vurderes. {fundet.hvorfor_ikke}".strip()
    resultat = fundet.alle.resultat
    holdt = "samlet holdt" if resultat.overholdt else "samlet ikke holdt"
    domme = [r.maaling.resultat.overholdt for r in fundet.driftsherrer if r.maaling.resultat]
    return (
        f"Driftsherrerne har {holdt} loftet for {fundet.aar}. {resultat.dom.removesuffix('.')}: {dansk.kr(resultat.udgift)} "
        f"{PR_DAG[fundet.enhed]} mod {dansk.kr(resultat.loft)} {sum(domme)} af {len(domme)} driftsherrer holder det hver for sig."
    )


def egen_dom(fundet: EgenVaekst) -> str:
    """The operator's own verdict, then the area's; or why there is none."""
    omraadet = dom(fundet.omraade)
    if fundet.omraade.alle is None:
        return omraadet
    if fundet.egen is None or fundet.egen.maaling.resultat is None:
        return f"Jeres egen vækst kan ikke vurderes: I har ikke takster for hele året både i basisåret og {fundet.omraade.aar}. {omraadet}"
    resultat = fundet.egen.maaling.resultat
    return (
        f"Jeres udgift ligger {afstand(resultat)}{'' if resultat.afstand_oere == 0 else ' loftet'}: {dansk.kr(resultat.udgift)} "
        f"{PR_DAG[fundet.omraade.enhed]} mod {dansk.kr(resultat.loft)} {omraadet}"
    )


def afstand(resultat: Loftresultat) -> str:
    """How far from the ceiling, in øre."""
    if not resultat.afstand_oere:
        return "på loftet"
    return f"{dansk.tal(abs(resultat.afstand_oere))} øre {'under' if resultat.overholdt else 'over'}"


def anden_doms_ord(fundet: Vaekst) -> str:
    """The verdict by the reading of the deduction the agreement has not chosen; empty when there is none."""
    if fundet.alle is None or fundet.alle.resultat is None:
        return ""
    valgt, anden = fundet.alle.resultat, anden_laesning(fundet.alle.resultat)
    return (
        f"Aftalen regner fradraget {valgt.inddata.metode}t. Regnet {anden.inddata.metode}t var loftet {dansk.kr(anden.loft)}, "
        f"og dommen: {anden.dom[0].lower()}{anden.dom[1:]}"
    )


def udvikling(fundet: Vaekst) -> str:
    """What the line chart shows."""
    sidste = fundet.alle.punkt(fundet.aar) if fundet.alle else None
    if sidste is None or sidste.indeks is None or fundet.loft is None:
        return ""
    return (
        f"Udgiften {PR_DAG[fundet.enhed]} i faste priser er indeks {dansk.tal(sidste.indeks, 1)} i {fundet.aar}, når {fundet.loft.basis.aar} "
        f"er 100. Loftet er indeks {dansk.tal(sidste.maal, 1)}."
    )


def egen_udvikling(fundet: EgenVaekst) -> str:
    """What the line chart of an operator shows; empty where it has no index of the year."""
    egen, omraadets = fundet.egen and fundet.egen.maaling.punkt(fundet.omraade.aar), udvikling(fundet.omraade)
    if not egen or egen.indeks is None:
        return omraadets
    return f"Jeres udgift er indeks {dansk.tal(egen.indeks, 1)}. I området: {omraadets[0].lower()}{omraadets[1:]}"


def sammensaetning(fundet: Vaekst) -> str:
    """How much of the change is price, and how much is other offers."""
    hele = fundet.sammensaetning
    if hele is None or fundet.loft is None:
        return ""
    aendring = hele.nu - hele.foer
    return (
        f"Fra {fundet.loft.basis.aar} til {fundet.aar} er udgiften ændret {_med_fortegn(aendring)} {PR_DAG[fundet.enhed]} i {fundet.aar}-priser. "
        f"Prisen i de samme tilbud er {_med_fortegn(hele.pris)} af det; resten er, at tilbuddene er nogle andre."
    )


def _med_fortegn(kr: Decimal) -> str:
    return f"{'+' if kr > 0 else ''}{dansk.kr(kr)}"
