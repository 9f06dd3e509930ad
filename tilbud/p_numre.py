"""Which P-numre are registered here: they may stand in text although they look like CPR numbers."""

from faelles.cpr import p_nummer_register
from tilbud.models import Tilbud


@p_nummer_register
def registreret(p_nummer: str) -> bool:
    """Whether an offer has the P-number."""
    return Tilbud.objects.filter(p_nummer=p_nummer).exists()
