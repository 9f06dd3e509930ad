"""The snapshot told as a document. Pure: the same snapshot and drawings give the same pages. Only the worker imports this."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.template.loader import render_to_string

from faelles.dokument.pdf import Dokument, Vedhaeftning
from faelles.dokument.tal import dato, kort_dato
from rammeaftale.rapporter.kanonisk import fra_json, kontrolsum
from rammeaftale.rapporter.poster import vis
from rammeaftale.rapporter.takstanalyse import figurer, saetninger, tal
from rammeaftale.rapporter.takstanalyse.data import SKEMA_VERSION, Serie, Takstanalysebillede, Takstart
from takster.models import Takstenhed

# What there is room for beside the name: the base year and the latest ones. The rest is in the CSV.
HOEJST_AAR = 5
OVERSKRIFTER = {Takstenhed.DOEGN: "Døgntakster", Takstenhed.DAG: "Dagtakster"}


def tegn(data: str) -> dict[str, bytes]:
    """The drawings of a snapshot."""
    return figurer.tegn(fra_json(Takstanalysebillede, data))


def dokument(data: str, billeder: Mapping[str, bytes]) -> Dokument:
    """The whole document, with the snapshot itself as an attachment."""
    billede = fra_json(Takstanalysebillede, data)
    aftale = billede.aftale
    titel = f"Takstanalyse {billede.aar}"
    demo = " · Demodata" if aftale.demo else ""
    kontekst = {
        "titel": titel,
        "sidefod": f"{titel}, {aftale.titel}, version {aftale.versionsnummer} · Data pr. {dato(billede.datadag)}{demo}",
        "b": billede,
        "arter": [_art(billede, art, billeder) for art in billede.arter],
        "private": saetninger.private(billede),
        "loftets_kilde": saetninger.loftets_kilde(billede),
        "kontrolsum": kontrolsum(data.encode()),
        "skema_version": SKEMA_VERSION,
        "kilde": f"Platformens offentliggjorte takster, {kort_dato(billede.datadag)}.",
    }
    return Dokument(
        titel=titel,
        emne=f"Udgift pr. plads pr. dag i {aftale.kkr} mod det aftalte loft",
        forfatter=aftale.kkr,
        html=render_to_string("dokument/takstanalyse.html", kontekst),
        dato=billede.datatidspunkt,
        billeder=billeder,
        vedhaeftninger=(
            Vedhaeftning("oejebliksbillede.json", "Alle tal bag rapporten (øjebliksbilledet)", data.encode()),
            *(Vedhaeftning(f"{post.id}.csv", post.titel, post.csv()) for post in vis(tal.poster(data))),
        ),
    )


def _art(billede: Takstanalysebillede, art: Takstart, billeder: Mapping[str, bytes]) -> dict[str, Any]:
    alle = art.alle.aarene if art.alle else ()
    aarene = _viste_aar(punkt.aar for punkt in alle)
    return {
        "a": art,
        "hale": tal.hale(art),
        "navn": OVERSKRIFTER[Takstenhed(art.enhed)],
        "aarene": aarene,
        "udeladte_aar": len(alle) - len(aarene),
        "driftsherrer": _raekker(billede, art, art.driftsherrer, aarene),
        "hjemler": _raekker(billede, art, art.hjemler, aarene),
        "alle": _raekker(billede, art, (art.alle,), aarene) if art.alle else [],
        "lofter": [art.alle.punkt(aar) for aar in aarene] if art.alle else [],
        "pl": {pl.aar: pl.procent for pl in art.pl},
        "alt": figurer.alt_tekster(art),
        "priser_i_aaret": (*art.priser.ejere, *art.priser.driftsherrer),
        "kurve": f"kurve-{art.enhed}" if f"kurve-{art.enhed}" in billeder else "",
        "vandfald": f"vandfald-{art.enhed}" if f"vandfald-{art.enhed}" in billeder else "",
        "aendring": saetninger.aendring(billede, art),
        "paa_rette_spor": saetninger.paa_rette_spor(art),
        "overhead": saetninger.overhead(billede, art),
        "prisniveau": saetninger.prisniveau(billede, art),
        "omfang": saetninger.omfang(billede, art),
        "udeladt": saetninger.udeladt(art),
    }


def _viste_aar(aarene: Iterable[int]) -> list[int]:
    """The first year and the latest ones."""
    alle = list(aarene)
    return alle if len(alle) <= HOEJST_AAR else [alle[0], *alle[-(HOEJST_AAR - 1) :]]


def _raekker(
    billede: Takstanalysebillede, art: Takstart, serier: Iterable[Serie], aarene: Iterable[int]
) -> list[dict[str, Any]]:
    """A table's rows: each year shown, the last year's figures, and whether its overhead is over the norm."""
    viste, norm = list(aarene), billede.norm
    fundne = []
    for serie in serier:
        procent = saetninger.overheadprocent(serie, billede.aar)
        fundne.append(
            {
                "navn": serie.navn,
                "punkter": [serie.punkt(aar) for aar in viste],
                "dom": serie.dom,
                "nu": serie.punkt(billede.aar),
                "overhead_foer": saetninger.overheadprocent(serie, art.basisaar) if art.basisaar else None,
                "overhead": procent,
                "over_normen": None if procent is None or norm is None else procent > norm,
            }
        )
    return fundne
