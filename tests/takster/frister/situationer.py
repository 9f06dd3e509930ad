"""Gladsaxe's offers at every stage of 2027, taken there the way people do, beside others' that are not on the board."""

from datetime import date

from takster.models import Budget
from tests import fabrik
from tests.takster.budget.situationer import budget
from tests.takster.fastsaettelse.situationer import beregnet, beregning, godkendt, offentliggjort
from tilbud.models import Tilbud

AAR = 2027


def tilbud(navn: str, *, i: str = "Gladsaxe") -> Tilbud:
    """An offer with a department and a legal basis."""
    return fabrik.afdeling(fabrik.tilbud(navn, i=i)).tilbud


def budget_for(hvor: Tilbud) -> Budget:
    """Its budget of the year."""
    return budget(hvor, aar=AAR)


def alle_stader() -> dict[str, Tilbud]:
    """One offer at each stage, by what the board calls it."""
    fundne = {
        navn: tilbud(navn) for navn in ("Ingen", "Budget", "Beregnet", "Indsendt", "Godkendt", "Delvis", "Udgivet")
    }
    budget_for(fundne["Budget"])
    beregnet(budget_for(fundne["Beregnet"]))
    beregning(budget_for(fundne["Indsendt"]))
    godkendt(budget_for(fundne["Godkendt"]))
    fabrik.ledig_plads(fundne["Delvis"].afdelinger.get())
    offentliggjort(budget_for(fundne["Delvis"]), fra=date(AAR, 7, 1))
    offentliggjort(budget_for(fundne["Udgivet"]))
    return fundne


def oekonom(email: str = "takst@example.dk", *, i: str = "Gladsaxe") -> None:
    """Somebody at the operator who can be written to."""
    fabrik.bruger(fabrik.Rolle.DRIFTSHERRE_OEKONOMI, fabrik.kommune(i).organisation, email=email)
