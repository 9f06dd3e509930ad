"""What every page of an agreement begins with: finding it for the actor, whether it is hers to write, and the way to it."""

from django.urls import reverse

from faelles.aktoer import Aktoer, Rettighed
from faelles.fejl import IkkeFundet
from rammeaftale.models import Rammeaftale


def synlig_aftale(aktoer: Aktoer, slug: str) -> Rammeaftale:
    """An agreement the actor's organisation is party to or keeps. Raises IkkeFundet."""
    aftaler = Rammeaftale.objects.synlige_for(aktoer).select_related("kkr", "hovedaftale")
    aftale = aftaler.filter(slug=slug).first()
    if aftale is None:
        raise IkkeFundet("aftale_ikke_fundet", "Rammeaftalen findes ikke.")
    return aftale


def egen_aftale(aktoer: Aktoer, slug: str) -> Rammeaftale:
    """An agreement the actor's organisation keeps as the secretariat. Raises IkkeFundet."""
    aftale = synlig_aftale(aktoer, slug)
    if not skriver(aktoer, aftale):
        raise IkkeFundet("aftale_ikke_fundet", "Rammeaftalen findes ikke.")
    return aftale


def skriver(aktoer: Aktoer, aftale: Rammeaftale) -> bool:
    """Whether the actor is the agreement's own secretariat."""
    return aktoer.maa(Rettighed.AFTALER_SKRIV) and aftale.kkr.sekretariat_id == aktoer.organisation_id


def sti(aftale: Rammeaftale) -> list[dict[str, str]]:
    """The breadcrumbs down to the agreement, an allonge under what it amends."""
    hoved = [_led(aftale.hovedaftale)] if aftale.hovedaftale else []
    return [{"navn": "Rammeaftaler", "url": reverse("rammeaftale:liste")}, *hoved, _led(aftale)]


def _led(aftale: Rammeaftale) -> dict[str, str]:
    return {"navn": aftale.titel, "url": reverse("rammeaftale:detalje", args=[aftale.slug])}
