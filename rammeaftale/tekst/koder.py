"""The codes a term may have rows for: those of the floors that use it."""

from collections.abc import Collection, Mapping

from reservationer.sag.models import Fravaersart
from tilbud.models import Hjemmel
from vilkaar.beskrivelse import Kodeliste


def kendte_koder() -> Mapping[Kodeliste, Collection[str]]:
    """By list, also the codes that are no longer in use: a stay may have begun under one."""
    return {
        Kodeliste.HJEMLER: set(Hjemmel.objects.values_list("kode", flat=True)),
        Kodeliste.FRAVAERSARTER: Fravaersart.values,
    }
