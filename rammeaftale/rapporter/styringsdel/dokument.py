"""The snapshot told as a document. Pure: the same snapshot gives the same pages. Only the worker imports this."""

from collections.abc import Mapping

from django.template.loader import render_to_string

from faelles.dokument.pdf import Dokument, Vedhaeftning
from faelles.dokument.tal import dato
from rammeaftale.rapporter.aftaleteksten.saetninger import vilkaarene
from rammeaftale.rapporter.eksempler.visning import vist
from rammeaftale.rapporter.kanonisk import fra_json, kontrolsum
from rammeaftale.rapporter.poster import vis
from rammeaftale.rapporter.styringsdel import saetninger, tal
from rammeaftale.rapporter.styringsdel.data import SKEMA_VERSION, Afsnit, Styringsdelbillede


def tegn(_data: str) -> dict[str, bytes]:
    """It has no drawings."""
    return {}


def dokument(data: str, billeder: Mapping[str, bytes]) -> Dokument:
    """The whole document, with the snapshot itself as an attachment."""
    billede = fra_json(Styringsdelbillede, data)
    aftale = billede.aftale
    demo = " · Demodata" if aftale.demo else ""
    titel = f"Styringsdel til {aftale.titel}"
    kontekst = {
        "titel": titel,
        "sidefod": f"{titel}, version {aftale.versionsnummer} · Data pr. {dato(billede.datadag)}{demo}",
        "b": billede,
        "kapitler": [(kapitel, [_afsnit(afsnit) for afsnit in kapitel.afsnit]) for kapitel in billede.kapitler],
        "stand": vilkaarene(billede.saet, billede.tekstdag),
        "mangler": saetninger.mangler(billede),
        "kontrolsum": kontrolsum(data.encode()),
        "skema_version": SKEMA_VERSION,
    }
    return Dokument(
        titel=titel,
        emne=f"Styringsdel til {aftale.titel}, version {aftale.versionsnummer}",
        forfatter=aftale.kkr,
        html=render_to_string("dokument/styringsdel.html", kontekst),
        dato=billede.datatidspunkt,
        billeder=billeder,
        vedhaeftninger=(
            Vedhaeftning("oejebliksbillede.json", "Alle tal bag rapporten (øjebliksbilledet)", data.encode()),
            *(Vedhaeftning(f"{post.id}.csv", post.titel, post.csv()) for post in vis(tal.poster(data))),
        ),
    )


def _afsnit(afsnit: Afsnit) -> dict[str, object]:
    return {
        "a": afsnit,
        "kode": tal.vilkaarskode(afsnit),
        "eksempel": vist("R2", afsnit.eksempel) if afsnit.eksempel else None,
    }
