"""A search for what does not exist finds nothing; what is kept of a search must ask for something that does."""

from faelles.fejl import UgyldigtInput
from kommuner.models import Kommune
from reservationer.soegning.profil import Behovsprofil
from tilbud.models import Hjemmel, Maalgruppe


def kraev_kendte(profil: Behovsprofil, besked: str) -> None:
    """Raise UgyldigtInput, with what to do about it, for target groups, a legal basis or municipalities nobody has."""
    fejl = {}
    if Maalgruppe.objects.filter(pk__in=profil.vaegte).count() < len(profil.vaegte):
        fejl["maalgrupper"] = ["En af målgrupperne kendes ikke."]
    if profil.hjemmel is not None and not Hjemmel.objects.filter(pk=profil.hjemmel).exists():
        fejl["hjemmel"] = ["Hjemlen kendes ikke."]
    if Kommune.objects.filter(pk__in=profil.kommuner).count() < len(set(profil.kommuner)):
        fejl["kommuner"] = ["En af kommunerne kendes ikke."]
    if fejl:
        raise UgyldigtInput("ugyldigt_input", besked, fejl)
