"""What the pages of an offer's prices have in common."""

from uuid import UUID

from django.urls import reverse

from faelles.aktoer import Aktoer, Rettighed
from faelles.fejl import IkkeFundet
from tilbud.models import Tilbud


def tilbuddet(tilbud_id: UUID) -> Tilbud:
    """An offer, whoever runs it. Raises IkkeFundet."""
    tilbud = Tilbud.objects.filter(pk=tilbud_id).first()
    if tilbud is None:
        raise IkkeFundet("tilbud_ikke_fundet", "Tilbuddet findes ikke.")
    return tilbud


def driver(aktoer: Aktoer, tilbud: Tilbud) -> bool:
    """Whether the person can do something with the offer's prices."""
    return aktoer.driver(tilbud.driftsherre_id, tilbud.pk) and aktoer.maa(Rettighed.TAKSTER_SKRIV)


def sti(tilbud: Tilbud, *led: dict[str, str]) -> list[dict[str, str]]:
    """The way to a page of the offer's."""
    return [
        {"navn": "Tilbud", "url": reverse("tilbud:liste")},
        {"navn": tilbud.navn, "url": reverse("tilbud:detalje", args=[tilbud.pk])},
        *led,
    ]
