"""What of stays waits for the actor: a list on the start page, and kinds of mail."""

from collections.abc import Callable

from django.urls import reverse

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.brevslags import Maade, Punkt, brevslags
from faelles.startside import Panel, panel
from faelles.tid import idag
from kommuner.adgang import log_laesning
from reservationer.sag.ophold import queries
from reservationer.sag.ophold.opgaver import Slags, opgaver, ventende

FLEST = 25  # stays; the list of stays has them all
KOEBER, SAELGER = Funktion.MYNDIGHED, Funktion.DRIFTSHERRE
ALTID = (Maade.DAGLIGT,)


@panel(14)
def ophold(aktoer: Aktoer) -> Panel | None:
    """Stays that wait for something, the first day first; none, nothing is shown."""
    if aktoer.funktion not in {KOEBER, SAELGER} or not aktoer.maa(Rettighed.RESERVATIONER_LAES):
        return None
    fundne = opgaver(aktoer, idag(), FLEST + 1)
    if not fundne:
        return None
    log_laesning(aktoer, "ophold", queries.laeste(en.ophold for en in fundne))
    om = {
        "flere": len({en.ophold.pk for en in fundne}) > FLEST,
        "kan_skrive": aktoer.maa(Rettighed.RESERVATIONER_SKRIV),
    }
    return Panel("ophold/_panel.html", {"opgaver": fundne, "idag": idag(), **om})


def _antal(slags: Slags, en: str, flere: str) -> Callable[[Aktoer], Punkt | None]:
    """How many stays wait for this, and the way to them."""

    def venter(aktoer: Aktoer) -> Punkt | None:
        sti = f"{reverse('ophold:liste')}?venter={slags}"
        return Punkt(ventende(aktoer, idag()).exclude(**{slags: None}).count(), en, flere, sti)

    return venter


brevslags("prisforslag", "Prisforslag, der skal tages stilling til", Rettighed.RESERVATIONER_LAES, KOEBER)(
    _antal(
        Slags.PRISFORSLAG,
        "ophold har et prisforslag, der venter på jer",
        "ophold har et prisforslag, der venter på jer",
    )
)
brevslags("opsagte_ophold", "Ophold, den anden part har opsagt", Rettighed.RESERVATIONER_LAES, KOEBER, SAELGER)(
    _antal(Slags.OPSAGT, "ophold er opsagt af den anden part", "ophold er opsagt af den anden part")
)
brevslags("flytninger", "Planlagte flytninger", Rettighed.RESERVATIONER_LAES, KOEBER, SAELGER)(
    _antal(Slags.FLYTTER, "ophold flytter til en anden plads", "ophold flytter til en anden plads")
)
brevslags(
    "forladte_pladser", "Pladser, der er forladt og stadig betales", Rettighed.RESERVATIONER_LAES, KOEBER, SAELGER
)(_antal(Slags.BETALES_EFTER, "forladt plads betales stadig", "forladte pladser betales stadig"))
brevslags(
    "uden_godkendelse",
    "Et ophold uden godkendelse har varet for længe, eller socialtilsynet er ikke orienteret",
    Rettighed.RESERVATIONER_LAES,
    KOEBER,
    SAELGER,
    maader=ALTID,
)(
    _antal(
        Slags.UDEN_GODKENDELSE,
        "ophold uden godkendelse har varet for længe eller mangler orienteringen af socialtilsynet",
        "ophold uden godkendelse har varet for længe eller mangler orienteringen af socialtilsynet",
    )
)
