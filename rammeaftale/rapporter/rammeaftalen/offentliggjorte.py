"""What others have published: offers and prices, with source and year, and the rows that could not be placed with the reason."""

from collections import Counter
from urllib.parse import urlsplit

from rammeaftale.rapporter.rammeaftalen.data import Kilde, Offentliggjort, Uplaceret
from takster.models import OffentliggjortPris
from tilbud.models import OffentligtTilbud


def saml() -> Offentliggjort:
    """All rows of the published lists; none is left out."""
    tilbud = list(OffentligtTilbud.objects.order_by("raekke").values_list("raekke", "navn", "mangler"))
    priser = list(
        OffentliggjortPris.objects.order_by("raekke").values_list(
            "raekke", "tilbud_navn", "ydelse", "mangler", "kilde_url", "aar"
        )
    )
    kilder = Counter((_sted(url), aar) for *_, url, aar in priser)
    return Offentliggjort(
        priser=len(priser),
        tilbud=len(tilbud),
        kilder=tuple(
            Kilde(sted=sted, aar=aar, priser=antal)
            for (sted, aar), antal in sorted(kilder.items(), key=lambda k: (k[0][0], k[0][1] or 0))
        ),
        uplacerede=(
            *(Uplaceret("Tilbud", raekke, navn, tuple(mangler)) for raekke, navn, mangler in tilbud if mangler),
            *(
                Uplaceret("Priser", raekke, f"{navn}: {ydelse}", tuple(mangler))
                for raekke, navn, ydelse, mangler, _, _ in priser
                if mangler
            ),
        ),
    )


def _sted(url: str) -> str:
    """The site's name as people write it, also with Danish letters in it."""
    vaert = urlsplit(url).hostname
    return vaert.encode().decode("idna").removeprefix("www.") if vaert else url
