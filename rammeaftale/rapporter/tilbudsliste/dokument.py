"""The snapshot told as a document. Pure: the same snapshot gives the same pages. Only the worker imports this."""

from collections.abc import Iterator, Mapping

from django.template.loader import render_to_string

from faelles.dokument.pdf import Dokument, Vedhaeftning
from faelles.dokument.tal import dato, kort_dato, tal
from rammeaftale.rapporter.kanonisk import fra_json, kontrolsum
from rammeaftale.rapporter.poster import vis
from rammeaftale.rapporter.rammeaftalen.saetninger import flertal
from rammeaftale.rapporter.tilbudsliste.data import SKEMA_VERSION, Driftsherre, Tilbudslistebillede
from rammeaftale.rapporter.tilbudsliste.tal import poster

PORTION = 150  # rows in a chapter, and as many more as the operator has that it ends with: what is set at a time must fit in memory


def tegn(data: str) -> dict[str, bytes]:  # noqa: ARG001 - a type's drawings are of its snapshot; a list has none
    """No drawings."""
    return {}


def dokument(data: str, billeder: Mapping[str, bytes]) -> Dokument:
    """The whole document, with the snapshot itself as an attachment."""
    billede = fra_json(Tilbudslistebillede, data)
    aftale = billede.aftale
    titel = f"Tilbud og takster {billede.aar}"
    demo = " · Demodata" if aftale.demo else ""
    kontekst = {
        "titel": titel,
        "sidefod": f"{titel}, {aftale.titel}, version {aftale.versionsnummer} · Data pr. {dato(billede.datadag)}{demo}",
        "b": billede,
        "driftsherrer": list(_driftsherrer(billede)),
        "omfang": omfang(billede),
        "kontrolsum": kontrolsum(data.encode()),
        "skema_version": SKEMA_VERSION,
        "kilde": f"Platformens register og offentliggjorte takster, {kort_dato(billede.datadag)}.",
    }
    return Dokument(
        titel=titel,
        emne=f"Åbne tilbud i {aftale.kkr} med deres takster",
        forfatter=aftale.kkr,
        html=render_to_string("dokument/tilbudsliste.html", kontekst),
        dato=billede.datatidspunkt,
        billeder=billeder,
        vedhaeftninger=(
            Vedhaeftning("oejebliksbillede.json", "Alle tal bag rapporten (øjebliksbilledet)", data.encode()),
            *(Vedhaeftning(f"{post.id}.csv", post.titel, post.csv()) for post in vis(poster(data))),
        ),
    )


def _driftsherrer(billede: Tilbudslistebillede) -> Iterator[tuple[Driftsherre, bool]]:
    """Each operator, and whether it begins a chapter that is set by itself."""
    raekker = PORTION
    for driftsherre in billede.driftsherrer:
        begynder = raekker >= PORTION
        raekker = 0 if begynder else raekker
        raekker += sum(1 + len(tilbud.takster) for tilbud in driftsherre.tilbud)
        yield driftsherre, begynder


def omfang(billede: Tilbudslistebillede) -> str:
    """How many offers, places and takster, and how many offers have no takst."""
    alle = billede.tilbud
    uden = sum(not tilbud.takster for tilbud in alle)
    mangler = f" {flertal(uden, 'tilbud har', 'tilbud har')} ingen takst i året." if uden else ""
    return (
        f"Listen rummer {flertal(len(alle), 'tilbud', 'tilbud')} "
        f"med {tal(sum(tilbud.pladser for tilbud in alle))} pladser og "
        f"{flertal(sum(len(tilbud.takster) for tilbud in alle), 'takst', 'takster')}.{mangler}"
    )
