"""The snapshot told as a document. Pure: the same snapshot gives the same pages. Only the worker imports this."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string

from faelles.dokument.pdf import Dokument, Vedhaeftning
from faelles.dokument.tal import dato, kort_dato
from rammeaftale.rapporter.kanonisk import fra_json, kontrolsum
from rammeaftale.rapporter.kommunen import saetninger, tal
from rammeaftale.rapporter.kommunen.data import SKEMA_VERSION, Handelsside, Kommunebillede, Raekke
from rammeaftale.rapporter.poster import vis


def tegn(data: str) -> dict[str, bytes]:  # noqa: ARG001 - a type's drawings are of its snapshot; these are tables
    """No drawings."""
    return {}


def dokument(data: str, billeder: Mapping[str, bytes]) -> Dokument:
    """The whole document, with the snapshot itself as an attachment."""
    b = fra_json(Kommunebillede, data)
    titel = f"Køb og salg, {b.kommune}"
    demo = " · Demodata" if b.aftale.demo else ""
    kontekst = {
        "titel": titel,
        "sidefod": f"{titel}, {b.aftale.titel}, version {b.aftale.versionsnummer} · Data pr. {dato(b.datadag)}{demo}",
        "b": b,
        "periode": saetninger.periode(b),
        "koeb": {"tekst": saetninger.koeb(b), "tabeller": _tabeller(b, b.koeb, "K", "Driftsherre")},
        "salg": {"tekst": saetninger.salg(b), "tabeller": _tabeller(b, b.salg, "S", "Køber")},
        "tilbud": saetninger.tilbud(b),
        "graense": saetninger.graense(b),
        "kontrolsum": kontrolsum(data.encode()),
        "skema_version": SKEMA_VERSION,
        "kilde": f"Platformens belægningsregnskab og aftalte priser, {kort_dato(b.datadag)}.",
    }
    return Dokument(
        titel=titel,
        emne=f"Hvad {b.kommune} køber og sælger på det specialiserede område",
        forfatter=b.kommune if b.egen else b.aftale.kkr,
        html=render_to_string("dokument/kommunen.html", kontekst),
        dato=b.datatidspunkt,
        billeder=billeder,
        vedhaeftninger=(
            Vedhaeftning("oejebliksbillede.json", "Alle tal bag rapporten (øjebliksbilledet)", data.encode()),
            *(Vedhaeftning(f"{post.id}.csv", post.titel, post.csv()) for post in vis(tal.poster(data))),
        ),
    )


def _tabeller(b: Kommunebillede, side: Handelsside, bogstav: str, part: str) -> list[dict[str, Any]]:
    """The three ways a side is divided, each with its sentence and rows."""
    maader = (
        ("Hjemmel", "efter hjemmel", side.hjemler),
        ("Tilbuddets målgrupper", "efter tilbuddets målgrupper", side.maalgrupper),
        (part, f"efter {part.lower()}", side.parter),
    )
    return [
        {
            "id": f"R6-{bogstav}{nr}",
            "kolonne": kolonne,
            "titel": efter,
            "saetning": saetninger.stoerste(raekker),
            "raekker": [(raekke, b.pladser(raekke.handel.dage)) for raekke in raekker],
            "i_alt": (Raekke(tal.I_ALT, side.i_alt), b.pladser(side.i_alt.dage)),
            "vises": bool(raekker or side.i_alt.dage),
        }
        for nr, (kolonne, efter, raekker) in enumerate(maader, start=1)
    ]
