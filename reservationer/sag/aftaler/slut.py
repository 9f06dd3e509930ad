"""How an agreement ends: by a notice, on a day, or because the next version takes over. The stay goes on, whatever happens here."""

from datetime import date

from faelles.aktoer import Aktoer, Funktion
from faelles.scope import som_systemet
from faelles.tid import dansk_dag, idag
from reservationer.sag.aftaler.felter import Variant
from reservationer.sag.aftaler.grundlag import Sag, hjemmel_paa, sagen
from reservationer.sag.beslutninger import Indhold, noter
from reservationer.sag.models import Placeringsaftale
from reservationer.sag.ophold.frister import EN_DAG, Varsel
from reservationer.sag.ophold.varsel import varselsnoegle
from reservationer.sag.overgange import Data, Emne, Tilstand, Udfald, find
from vilkaar.kilde import Kilde, i_kommune
from vilkaar.queries import gaeldende_i_kommune

AFLOESES = "the version that is replaced may be one the actor cannot see any more"


def datofejl(aftale: Placeringsaftale, udfald: Udfald, indhold: Indhold) -> dict[str, list[str]]:
    """What is wrong with the day: a notice has been given, of what there was then, and an agreement does not end before it begins."""
    dag: date | None = indhold.data.get(Data.DATO)
    if dag is None:
        return {}
    if udfald is Udfald.OPSIG and dag > idag():
        return {"dato": ["Dagen kan ikke ligge efter i dag."]}
    if udfald is Udfald.OPSIG and dag < (foerste := _foerste_varselsdag(aftale)):
        return {"dato": [f"Aftalen er fra den {foerste:%d.%m.%Y}. Vælg den dag eller en senere."]}
    if udfald is Udfald.AFSLUT and dag < aftale.gaelder_fra - EN_DAG:
        return {"dato": [f"Aftalen gælder fra {aftale.gaelder_fra:%d.%m.%Y}. Vælg dagen før den eller en senere."]}
    return {}


def _foerste_varselsdag(aftale: Placeringsaftale) -> date:
    """The first day the version could be given notice: when both had accepted it, or it had begun where that was before."""
    accepteret = max(filter(None, (aftale.kommune_accepteret, aftale.driftsherre_accepteret)))
    return min(aftale.gaelder_fra, dansk_dag(accepteret))


def varselskilde(aktoer: Aktoer, aftale: Placeringsaftale, dag: date) -> Kilde | None:
    """The term a notice of the actor's side would follow from on the day; None where the parties have agreed one."""
    if aftale.variant == Variant.UDEN:
        return None
    return i_kommune(aftale.tilbud.beliggenhedskommune_id, dag, varselsnoegle(aktoer.funktion))


def opsig(aktoer: Aktoer, aftale: Placeringsaftale, indhold: Indhold) -> None:
    """By the notice of the actor's side: as the version says it, or the term of the day it is given.

    Raises Konflikt when neither says it.
    """
    givet: date = indhold.data[Data.DATO]
    if aftale.variant == Variant.UDEN:
        koeber = aktoer.funktion is Funktion.MYNDIGHED
        varsel = Varsel.laes(aftale.varsel_kommune if koeber else aftale.varsel_tilbud)
    else:
        vilkaar = gaeldende_i_kommune(aftale.tilbud.beliggenhedskommune_id, givet)
        hjemmel = hjemmel_paa(aktoer, sagen(aktoer, aftale), givet)
        varsel = Varsel.laes(vilkaar.kode(varselsnoegle(aktoer.funktion), hjemmel))
        aftale.ophoer_vilkaarssaet_id = vilkaar.saet_id
    aftale.opsagt_som, aftale.ophoerer = aktoer.funktion, varsel.ophoer(givet)


def afslut(_aktoer: Aktoer, aftale: Placeringsaftale, indhold: Indhold) -> None:
    """On the day that is said, whether or not a notice runs."""
    aftale.ophoerer = indhold.data[Data.DATO]
    aftale.opsagt_som, aftale.ophoer_vilkaarssaet = "", None


def afloes(ny: Placeringsaftale, sag: Sag) -> None:
    """What the two parties had agreed before ends where the version they have just accepted begins, at the latest."""
    with som_systemet(AFLOESES):
        alle = Placeringsaftale.objects.for_systemet(AFLOESES).filter(**sag.noegle, handlekommune=ny.handlekommune_id)
        gaeldende = alle.filter(tilstand__in=(Tilstand.AFTALT, Tilstand.OPSAGT)).exclude(pk=ny.pk)
        for gammel in gaeldende.select_for_update(no_key=True):
            overgang = find(Emne.PLACERINGSAFTALE, Tilstand(gammel.tilstand), Udfald.AFLOES, None)
            gammel.tilstand = overgang.til
            gammel.ophoerer = min(gammel.ophoerer or date.max, ny.gaelder_fra - EN_DAG)
            gammel.save(update_fields=["tilstand", "ophoerer"])
            noter(overgang, gammel, None)
