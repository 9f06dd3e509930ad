"""What of cases waits for somebody in the morning: counts and the way to them, never whose they are."""

from django.urls import reverse

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.brevslags import Punkt, altid, brevslags
from faelles.tid import nu
from reservationer.sag import queries
from reservationer.sag.aftaler import queries as aftalequeries
from reservationer.sag.forespoergsler import queries as foresp
from reservationer.sag.overgange import Tilstand

LAES, SKRIV = Rettighed.RESERVATIONER_LAES, Rettighed.RESERVATIONER_SKRIV
KOEBER, SAELGER = Funktion.MYNDIGHED, Funktion.DRIFTSHERRE

altid("En takst, I betaler, er ændret", LAES, KOEBER)
altid(
    "En placeringsaftale er sendt til godkendelse, godkendt, afvist, opsagt, afsluttet eller reguleret efter taksten",
    SKRIV,
    KOEBER,
    SAELGER,
)
altid("En forespørgsel, jeres tilbud ikke har svaret på i tide, er sendt videre til jer", SKRIV, SAELGER, hele=True)


@brevslags("forespoergsler", "Forespørgsler, der venter på jer", LAES, KOEBER, SAELGER)
def forespoergsler(aktoer: Aktoer) -> Punkt | None:
    """The offer's answers to give, or what the buyer is asked to say more about."""
    antal, sti = foresp.til_svar(aktoer).count(), reverse("forespoergsler:liste")
    if aktoer.funktion is SAELGER:
        en, flere = "forespørgsel venter på jeres svar", "forespørgsler venter på jeres svar"
        return Punkt(antal, en, flere, f"{sti}?tilstand={Tilstand.AFVENTER.value}")
    en, flere = "tilbud vil vide mere om jeres forespørgsel", "tilbud vil vide mere om jeres forespørgsler"
    return Punkt(antal, en, flere, f"{sti}?tilstand={Tilstand.MERE_OENSKES.value}")


@brevslags("ubesvarede", "Forespørgsler, tilbud ikke har svaret på i tide", LAES, KOEBER)
def ubesvarede(aktoer: Aktoer) -> Punkt | None:
    """The buyer's enquiries whose deadline has passed."""
    sti = f"{reverse('forespoergsler:liste')}?tilstand={Tilstand.AFVENTER.value}"
    en, flere = "forespørgsel er ikke besvaret i tide", "forespørgsler er ikke besvaret i tide"
    return Punkt(foresp.ubesvarede(aktoer, nu()).count(), en, flere, sti)


@brevslags("pladstilbud", "Tilbudte pladser, der venter eller snart udløber", LAES, KOEBER, SAELGER)
def pladstilbud(aktoer: Aktoer) -> Punkt | None:
    """The buyer's to take; the offer's that lapse within three days."""
    antal, sti = foresp.tilbudte(aktoer, nu()).count(), reverse("start")
    if aktoer.funktion is SAELGER:
        en, flere = "tilbudt plads udløber inden for tre dage", "tilbudte pladser udløber inden for tre dage"
        return Punkt(antal, en, flere, sti)
    en, flere = "tilbudt plads kan reserveres", "tilbudte pladser kan reserveres"
    return Punkt(antal, en, flere, sti)


@brevslags("reservationer", "Reservationer, der skal bekræftes eller snart udløber", LAES, KOEBER, SAELGER)
def reservationer(aktoer: Aktoer) -> Punkt | None:
    """The seller's to confirm; the buyer's that run out within three days."""
    sti = f"{reverse('sag:liste')}?tilstand={Tilstand.AFVENTER.value}"
    if aktoer.funktion is SAELGER:
        en, flere = "reservation venter på jeres bekræftelse", "reservationer venter på jeres bekræftelse"
        return Punkt(queries.afventende(aktoer, nu()).count(), en, flere, sti)
    en, flere = "reservation udløber inden for tre dage", "reservationer udløber inden for tre dage"
    return Punkt(queries.udloeber_snart(aktoer, nu()).count(), en, flere, sti)


@brevslags("placeringsaftaler", "Placeringsaftaler, der venter på jeres godkendelse", LAES, KOEBER)
def placeringsaftaler(aktoer: Aktoer) -> Punkt | None:
    """Agreements the offer has accepted and the municipality has not; the start page leads to them."""
    en, flere = "placeringsaftale venter på jeres godkendelse", "placeringsaftaler venter på jeres godkendelse"
    return Punkt(aftalequeries.venter(aktoer, Tilstand.HOS_KOMMUNEN).count(), en, flere, reverse("start"))
