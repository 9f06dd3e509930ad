"""The start page: the case worker's search and holds, the operator's answers to give."""

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.startside import Panel, panel
from faelles.tid import nu
from kommuner.adgang import log_laesning
from reservationer.sag import queries
from reservationer.sag.aftaler import queries as aftalequeries
from reservationer.sag.forespoergsler import queries as foresp
from reservationer.sag.models import Takstbesked
from reservationer.sag.overgange import Tilstand
from reservationer.sag.takstbeskeder.aendringer import aendringer
from reservationer.soegning.forms import SoegeForm

ANTAL = 5
FLEST = 25  # of each kind; the list has them all
# Where an agreement is when it waits for the actor's party.
HOS = {Funktion.MYNDIGHED: Tilstand.HOS_KOMMUNEN, Funktion.DRIFTSHERRE: Tilstand.HOS_TILBUDDET}


@panel(10)
def soegning(aktoer: Aktoer) -> Panel | None:
    """The search form stands first for those who look for places."""
    if aktoer.funktion is not Funktion.MYNDIGHED or not aktoer.maa(Rettighed.TILBUD_LAES):
        return None
    form = SoegeForm()
    form.fields["maalgruppe"].widget.attrs["autofocus"] = True
    return Panel("sag/_panel_soegning.html", {"form": form})


@panel(20)
def egne(aktoer: Aktoer) -> Panel | None:
    """The buyer's holds that run out soon, and its latest reservations."""
    if aktoer.funktion is not Funktion.MYNDIGHED or not aktoer.maa(Rettighed.RESERVATIONER_LAES):
        return None
    snart = list(queries.udloeber_snart(aktoer, nu()))
    seneste = list(queries.reservationer(aktoer, nu()).order_by("-oprettet", "-pk")[:ANTAL])
    log_laesning(aktoer, "reservation", queries.laeste(snart + seneste))
    return Panel("sag/_panel_egne.html", {"snart": snart, "seneste": seneste})


@panel(15)
def forespoergsler(aktoer: Aktoer) -> Panel | None:
    """What an enquiry waits for: the offer's answer, the buyer's elaboration, or an answer that is overdue; and the places offered."""
    if aktoer.funktion not in {Funktion.MYNDIGHED, Funktion.DRIFTSHERRE} or not aktoer.maa(
        Rettighed.RESERVATIONER_LAES
    ):
        return None
    til_svar, ubesvarede = list(foresp.til_svar(aktoer)[:FLEST]), []
    if aktoer.funktion is Funktion.MYNDIGHED:
        ubesvarede = list(foresp.ubesvarede(aktoer, nu())[:FLEST])
    tilbudte = list(foresp.tilbudte(aktoer, nu())[:FLEST])
    log_laesning(aktoer, "henvendelse", foresp.laeste([*til_svar, *ubesvarede, *(en.henvendelse for en in tilbudte)]))
    viste = {"til_svar": til_svar, "ubesvarede": ubesvarede, "tilbudte": tilbudte}
    om = {"koeber": aktoer.funktion is Funktion.MYNDIGHED, "nu": nu()}
    return Panel("forespoergsler/_panel.html", {**viste, **om})


@panel(20)
def til_svar(aktoer: Aktoer) -> Panel | None:
    """What the seller has to answer before the hold runs out."""
    if aktoer.funktion is not Funktion.DRIFTSHERRE or not aktoer.maa(Rettighed.RESERVATIONER_LAES):
        return None
    afventende = list(queries.afventende(aktoer, nu()))
    log_laesning(aktoer, "reservation", queries.laeste(afventende))
    return Panel("sag/_panel_til_svar.html", {"afventende": afventende})


@panel(18)
def aftaler(aktoer: Aktoer) -> Panel | None:
    """Placement agreements the other party has accepted and the actor's has not, the oldest first; none, nothing is shown."""
    hos = HOS.get(aktoer.funktion)
    if hos is None or not aktoer.maa(Rettighed.RESERVATIONER_LAES):
        return None
    fundne = list(aftalequeries.venter(aktoer, hos)[: FLEST + 1])
    if not fundne:
        return None
    viste = fundne[:FLEST]
    log_laesning(aktoer, "placeringsaftale", aftalequeries.laeste(viste))
    om = {"koeber": aktoer.funktion is Funktion.MYNDIGHED, "flere": len(fundne) > FLEST}
    return Panel("aftaler/_panel.html", {"aftaler": viste, **om})


@panel(16)
def aendrede_takster(aktoer: Aktoer) -> Panel | None:
    """Changed prices the municipality pays and nobody there has seen; none, nothing is shown."""
    if aktoer.funktion is not Funktion.MYNDIGHED or not aktoer.maa(Rettighed.RESERVATIONER_LAES):
        return None
    nye = Takstbesked.objects.synlige_for(aktoer).nye()
    viste = list(nye.med_det_aendrede().order_by("oprettet", "pk")[:FLEST])
    if not viste:
        return None
    senest = max(besked.oprettet for besked in viste)
    flere = nye.filter(oprettet__gt=senest).count() if len(viste) == FLEST else 0
    data = {"aendringer": aendringer(viste), "flere": flere, "senest": senest.isoformat()}
    return Panel("sag/takstbeskeder/_panel.html", data)
