"""Closing hearings: one by itself, or those that are out when their agreement lapses."""

from faelles.haendelser import publicer
from faelles.tid import nu
from rammeaftale.models import Hoering, Rammeaftale


def luk(hoering: Hoering) -> None:
    """Close a hearing that is out, under its lock: nobody can answer any more, and what was to be mailed is not."""
    hoering.afsluttet = nu()
    hoering.save(update_fields=["afsluttet"])
    publicer("hoering.afsluttet", "hoering", hoering.id)


def luk_aabne(aftale: Rammeaftale) -> None:
    """Close the agreement's hearings that are out, under its lock, without which no draft is sent."""
    aabne = Hoering.objects.filter(version__aftale=aftale, sendt__isnull=False, afsluttet=None).order_by("id")
    for hoering in aabne.select_for_update(no_key=True, of=("self",)):
        luk(hoering)
