"""Enquiries and messages (`forespoergsel`, `besked`), reservations, and the decisions about each (`beslutning`)."""

from reservationer.sag.models.besked import Besked
from reservationer.sag.models.beslutning import Beslutning
from reservationer.sag.models.forespoergsel import Aldersgruppe, Forespoergsel, Henvendelse
from reservationer.sag.models.reservation import Reservation

__all__ = ["Aldersgruppe", "Besked", "Beslutning", "Forespoergsel", "Henvendelse", "Reservation"]
