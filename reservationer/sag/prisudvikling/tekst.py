"""Total price against list price in words: what the year shows, what the chart shows, and what the reasons are called."""

from collections.abc import Mapping
from datetime import timedelta

from faelles.dokument import tal as dansk
from reservationer.sag.prisudvikling.queries import Prisudvikling
from reservationer.sag.prisudvikling.regler import Grund
from takster.models import Takstenhed

EN_DAG: Mapping[Takstenhed, str] = {Takstenhed.DOEGN: "Et døgn", Takstenhed.DAG: "En dag"}
DAGE: Mapping[Takstenhed, str] = {Takstenhed.DOEGN: "Døgn", Takstenhed.DAG: "Dage"}
GRUNDNAVN: Mapping[Grund, str] = {
    Grund.UDEN_PRIS: "Ingen aftalt pris",
    Grund.UDEN_TAKST: "Ingen offentliggjort takst efter opholdets hjemmel",
    Grund.ANDEN_ENHED: "Prisen er aftalt i en anden enhed end taksten",
}


def dom(p: Prisudvikling) -> str:
    """What a day cost on average, beside the published takster, and how much of it is supplements; or why that is not told."""
    aar, et = p.ramme.aar, p.aaret
    if p.ramme.graense is None:
        return f"Tallene kan ikke vises. {p.ramme.hvorfor_intet}"
    if p.ramme.tom:
        return f"Ingen måned i {aar} er slut endnu. Vælg et tidligere år."
    if et is None:
        return f"Der er for få ophold med både aftalt pris og offentliggjort takst i {aar} til, at tallene kan vises."
    tal, enhed = et.tal, EN_DAG[p.ramme.enhed]
    samlet, vejledende, tillaeg = (tal.pr_dag(beloeb) for beloeb in (tal.samlet, tal.vejledende, tal.tillaeg))
    forskel = (
        f"{dansk.kr(abs(tal.pr_dag(tal.forskel)))} ({dansk.tal(abs(tal.forskel_procent), 1)} procent) {'mere' if tal.forskel > 0 else 'mindre'}"
        if tal.forskel
        else "det samme"
    )
    return (
        f"{enhed} kostede i gennemsnit {dansk.kr(samlet)} i {aar} mod {dansk.kr(vejledende)} efter de offentliggjorte takster: "
        f"{forskel}. Tillæg er {dansk.kr(tillaeg)} af prisen."
    )


def optalt_til(p: Prisudvikling) -> str:
    """The last day that is counted."""
    return dansk.dato(p.ramme.slut - timedelta(days=1))


def udvikling(p: Prisudvikling) -> str:
    """What the chart shows; empty where the year has no index."""
    et, niveau = p.aaret, p.ramme.niveau
    if et is None or niveau is None or et.samlet_indeks is None or et.vejledende_indeks is None:
        return ""
    mere = round(et.samlet_indeks, 1) - round(et.vejledende_indeks, 1)
    hvordan = "mere end" if mere > 0 else "mindre end" if mere < 0 else "som"
    return (
        f"I faste priser er den samlede pris indeks {dansk.tal(et.samlet_indeks, 1)} i {et.aar}, når {niveau.basisaar} er 100, og taksten for "
        f"de samme ophold indeks {dansk.tal(et.vejledende_indeks, 1)}: prisen med tillæg er vokset {hvordan} taksten."
    )
