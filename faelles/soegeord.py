"""Query parameters: what a resource does not have is refused with what it has, never ignored."""

from collections.abc import Iterable

from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter

from faelles.fejl import UgyldigtInput


def kraev_kendte(query: QueryDict, kendte: Iterable[OpenApiParameter]) -> None:
    """Raises UgyldigtInput that names every parameter the resource does not have, and every value outside a closed list."""
    mulige = {soegeord.name: soegeord.enum for soegeord in kendte}
    felter: dict[str, list[str]] = {}
    for navn, vaerdier in query.lists():
        if navn not in mulige:
            felter[navn] = ["Søgeordet findes ikke her."]
        elif (ord_ := mulige[navn]) is not None and not set(vaerdier) <= set(ord_):
            felter[navn] = [f"Vælg blandt: {', '.join(map(str, ord_))}."]
    if felter:
        har = f"Ressourcen har søgeordene {', '.join(mulige)}." if mulige else "Ressourcen har ingen søgeord."
        raise UgyldigtInput("ugyldigt_soegeord", f"Et søgeord eller dets værdi kendes ikke. {har}", felter)
