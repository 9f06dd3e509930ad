"""The snapshot told as a document. Pure: the same snapshot and drawings give the same pages. Only the worker imports this."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from django.template.loader import render_to_string

from faelles.dokument.pdf import Dokument, Vedhaeftning
from faelles.dokument.tal import dato, kort_dato
from rammeaftale.rapporter.kanonisk import fra_json, kontrolsum
from rammeaftale.rapporter.kapacitet import figurer, saetninger, tal
from rammeaftale.rapporter.kapacitet.data import SKEMA_VERSION, Kapacitetsbillede
from rammeaftale.rapporter.poster import vis
from reservationer.svartider.regler import TRIN_FORKLARING, TRIN_NAVN

TITEL = "Kapacitet og belægning"


def tegn(data: str) -> dict[str, bytes]:
    """The drawings of a snapshot."""
    return figurer.tegn(fra_json(Kapacitetsbillede, data))


def dokument(data: str, billeder: Mapping[str, bytes]) -> Dokument:
    """The whole document, with the snapshot itself as an attachment."""
    billede = fra_json(Kapacitetsbillede, data)
    aftale, matrix = billede.aftale, billede.matrix
    titel = f"{TITEL} {billede.datadag.year}"
    demo = " · Demodata" if aftale.demo else ""
    kontekst = {
        "titel": titel,
        "sidefod": f"{titel}, {aftale.titel}, version {aftale.versionsnummer} · Data pr. {dato(billede.datadag)}{demo}",
        "b": billede,
        "omfang": saetninger.omfang(billede),
        "over_tid": saetninger.over_tid(billede),
        "typetekst": saetninger.typer(billede),
        "handel": saetninger.handel(billede),
        "vist_handel": saetninger.vist_handel(billede),
        "korttekst": saetninger.kort(billede),
        "specialiserede": saetninger.specialiserede(billede),
        "graense": saetninger.graense(billede, "ophold"),
        "borgergraense": saetninger.graense(billede, "borgere"),
        "behovsgraense": saetninger.graense(billede, "behov"),
        "kvartaler": zip(billede.kvartaler, billede.over_tid, strict=True),
        "typer": _grupper((t.hjemmel, t) for t in billede.typer),
        "handler": _grupper((saelger, (koeber, handel)) for saelger, koeber, handel in matrix.vist),
        "koebt": zip(matrix.koebere, matrix.koebt, strict=True),
        "trin": [(navn, TRIN_FORKLARING[trin]) for trin, navn in TRIN_NAVN.items()],
        "svartider": _grupper((tid.halvaar, tid) for tid in billede.svartider.samlet),
        "svartider_efter_hjemmel": _grupper((tid.gruppe, tid) for tid in billede.svartider.hjemler),
        "alt": figurer.alt_tekster(billede),
        "tegnet": frozenset(billeder),
        "kontrolsum": kontrolsum(data.encode()),
        "skema_version": SKEMA_VERSION,
        "kilde": f"Platformens register og belægningsregnskab, {kort_dato(billede.datadag)}.",
    }
    return Dokument(
        titel=titel,
        emne=f"Pladser, belægning, køb og salg i {aftale.kkr}",
        forfatter=aftale.kkr,
        html=render_to_string("dokument/kapacitet.html", kontekst),
        dato=billede.datatidspunkt,
        billeder=billeder,
        vedhaeftninger=(
            Vedhaeftning("oejebliksbillede.json", "Alle tal bag rapporten (øjebliksbilledet)", data.encode()),
            *(Vedhaeftning(f"{post.id}.csv", post.titel, post.csv()) for post in vis(tal.poster(data))),
        ),
    )


def _grupper(par: Iterable[tuple[str, Any]]) -> list[tuple[str, list[Any]]]:
    """Rows under the heading each begins with."""
    return [(overskrift, [raekke for _, raekke in gruppe]) for overskrift, gruppe in groupby(par, key=lambda p: p[0])]
