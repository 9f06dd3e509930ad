"""The joint report on a call as a document. Pure: the same answers give the same pages. Only the worker imports this."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string

from faelles.dokument.pdf import Dokument, lav_pdf
from faelles.dokument.tal import dato
from rammeaftale.models import Udmeldingsrapport
from rammeaftale.udmeldinger.queries import Udmeldingsvisning
from rammeaftale.udmeldinger.svarene import SKJULT, Svaroversigt, Svarvisning

TITEL = "Fælles rapport"
# What every municipality is asked in words, and what it is called in the report.
EMNER = (
    ("tilbud", "Tilbud, der bruges"),
    ("viden", "Viden og erfaringer"),
    ("mangler", "Det, der mangler"),
    ("plan", "Kommunernes planer"),
)


@dataclass(frozen=True, slots=True)
class Emne:
    """One question and what the municipalities have answered to it, each with whether it is from before renewed treatment."""

    navn: str
    svar: Sequence[tuple[str, str, bool]]


def saet(om: tuple[Udmeldingsrapport, Udmeldingsvisning, Svaroversigt]) -> bytes:
    """The PDF."""
    return lav_pdf(dokument(*om))


def dokument(rapport: Udmeldingsrapport, v: Udmeldingsvisning, oversigt: Svaroversigt) -> Dokument:
    """What the report says; `oversigt` is what may be published, since its readers may see no more than others."""
    aftale = v.udmelding.aftale
    kontekst = {
        "titel": TITEL,
        "sidefod": f"{TITEL} · {v.udmelding} · {dato(rapport.bestilt)}",
        "v": v,
        "aftale": aftale,
        "oversigt": oversigt,
        "skjulte": [_navn(s) for s in oversigt.svar if s.antal == SKJULT],
        "mangler": [_navn(s) for s in oversigt.svar if s.svar is None],
        "mangler_igen": [_navn(s) for s in oversigt.svar if s.fra_foer],
        "emner": [Emne(navn, _svar(oversigt, felt)) for felt, navn in EMNER],
        "bestilt": rapport.bestilt,
    }
    return Dokument(
        titel=f"{TITEL}: {v.udmelding}",
        emne=f"Central udmelding til {aftale}",
        forfatter=str(aftale.kkr.sekretariat or aftale.kkr),
        html=render_to_string("dokument/udmeldingsrapport.html", kontekst),
        dato=rapport.bestilt,
    )


def _svar(oversigt: Svaroversigt, felt: str) -> list[tuple[str, str, bool]]:
    return [(_navn(s), tekst, s.fra_foer) for s in oversigt.svar if s.svar and (tekst := getattr(s.svar, felt))]


def _navn(svar: Svarvisning) -> str:
    return svar.part.organisation.navn
