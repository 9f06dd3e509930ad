"""The snapshot told as a document. Pure: the same snapshot and drawings give the same pages. Only the worker imports this."""

from collections.abc import Callable, Mapping

from django.template.loader import render_to_string

from faelles.dokument.pdf import Dokument, Vedhaeftning
from faelles.dokument.tal import dato, kort_dato
from rammeaftale.rapporter.kanonisk import fra_json, kontrolsum
from rammeaftale.rapporter.poster import vis
from rammeaftale.rapporter.rammeaftalen import saetninger as rammeaftalens
from rammeaftale.rapporter.udviklingsdel import figurer, saetninger, tal
from rammeaftale.rapporter.udviklingsdel.data import SKEMA_VERSION, Tendens, Udviklingsdelbillede
from vilkaar.noegler import Noegle


def tegn(data: str) -> dict[str, bytes]:
    """The drawings of a snapshot."""
    return figurer.tegn(fra_json(Udviklingsdelbillede, data))


SAETNINGER: Mapping[str, Callable[[Udviklingsdelbillede], str]] = {
    "kapacitet": saetninger.kapacitet,
    "belaegning": saetninger.belaegning,
    "bevaegelser": saetninger.bevaegelser,
    "flytninger": saetninger.flytninger,
    "niveauer": rammeaftalens.niveauer,
    "behov": rammeaftalens.behov,
    "temaer": saetninger.temaer,
    "fokus": saetninger.fokus,
}


def dokument(data: str, billeder: Mapping[str, bytes]) -> Dokument:
    """The whole document, with the snapshot itself as an attachment."""
    billede = fra_json(Udviklingsdelbillede, data)
    aftale = billede.aftale
    demo = " · Demodata" if aftale.demo else ""
    titel = f"Udviklingsdel til {aftale.titel}"
    kontekst = {
        "titel": titel,
        "sidefod": f"{titel}, version {aftale.versionsnummer} · Data pr. {dato(billede.datadag)}{demo}",
        "b": billede,
        "kontrolsum": kontrolsum(data.encode()),
        "skema_version": SKEMA_VERSION,
        "saetninger": {navn: saetning(billede) for navn, saetning in SAETNINGER.items()},
        "alt": figurer.alt_tekster(billede),
        "tegnet": frozenset(billeder),
        "milepaele": saetninger.milepaele(billede),
        "aar": [
            (periode, pladser, rammeaftalens.andelstekst(dage))
            for periode, pladser, dage in zip(
                billede.perioder, billede.aabne_pladser, billede.belaegning_i_alt, strict=True
            )
        ],
        "maalgrupper": [(t, _andele(t)) for t in billede.maalgrupper],
        "tilbudstyper": [(t, _andele(t)) for t in billede.tilbudstyper],
        "kilde": f"Platformens register og belægningsregnskab, {kort_dato(billede.datadag)}.",
        "graense": next(v.vaerdi for v in billede.vilkaar.vaerdier if v.noegle == Noegle.DISKRETION_GRAENSE),
        "graensekilde": billede.vilkaar.kilde(Noegle.DISKRETION_GRAENSE),
    }
    return Dokument(
        titel=titel,
        emne=f"Udviklingsdel til {aftale.titel}, version {aftale.versionsnummer}",
        forfatter=aftale.kkr,
        html=render_to_string("dokument/udviklingsdel.html", kontekst),
        dato=billede.datatidspunkt,
        billeder=billeder,
        vedhaeftninger=(
            Vedhaeftning("oejebliksbillede.json", "Alle tal bag rapporten (øjebliksbilledet)", data.encode()),
            *(Vedhaeftning(f"{post.id}.csv", post.titel, post.csv()) for post in vis(tal.poster(data))),
        ),
    )


def _andele(tendens: Tendens) -> list[str]:
    """Table cells: whole per cent, `skjult`, or a dash for a period in which no place was open."""
    return [
        f"{andel}\N{NO-BREAK SPACE}%" if andel is not None else "skjult" if pladser else "–"
        for pladser, andel in zip(tendens.pladser, tendens.belaegning, strict=True)
    ]
