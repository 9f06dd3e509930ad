"""What others have published: offers and prices, with source and year, and what could not be placed with the reason."""

from collections import Counter
from urllib.parse import urlsplit

from rammeaftale.rapporter.rammeaftalen.data import Kilde, Offentliggjort, Pris, UplaceretTilbud
from takster.models import OffentliggjortPris
from tilbud.models import OffentligtTilbud


def saml() -> Offentliggjort:
    """All rows of the published lists; none is left out."""
    tilbud = list(OffentligtTilbud.objects.order_by("raekke").values_list("raekke", "navn", "mangler"))
    priser = tuple(_pris(pris) for pris in OffentliggjortPris.objects.order_by("tilbud_sortering", "raekke"))
    kilder = Counter((pris.sted, pris.aar) for pris in priser)
    return Offentliggjort(
        tilbud=len(tilbud),
        uplacerede_tilbud=tuple(
            UplaceretTilbud(raekke, navn, tuple(mangler)) for raekke, navn, mangler in tilbud if mangler
        ),
        priser=priser,
        kilder=tuple(
            Kilde(sted=sted, aar=aar, priser=antal)
            for (sted, aar), antal in sorted(kilder.items(), key=lambda k: (k[0][0], k[0][1] or 0))
        ),
    )


def _pris(pris: OffentliggjortPris) -> Pris:
    return Pris(
        raekke=pris.raekke,
        tilbud=pris.tilbud_navn,
        ydelse=pris.ydelse,
        hjemmel=pris.hjemmel_tekst,
        beloeb=pris.beloeb,
        enhed=pris.enhed,
        aar=pris.aar,
        moms=pris.moms,
        note=pris.note,
        sted=_sted(pris.kilde_url),
        aarsager=tuple(pris.mangler),
    )


def _sted(url: str) -> str:
    """The site's name as people write it, also with Danish letters in it."""
    vaert = urlsplit(url).hostname
    return vaert.encode().decode("idna").removeprefix("www.") if vaert else url
