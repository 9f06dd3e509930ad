"""The evidence pack of a takst as a document. Pure: the same takst and terms give the same pages. Only the worker imports this."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from faelles.dokument import tal as dansk
from faelles.dokument.pdf import Dokument, Vedhaeftning, lav_pdf
from faelles.dokument.tegning import svg
from faelles.tid import Periode
from takster.beregning.belaegning import Dagsbasis
from takster.beregning.efterregulering import Efterregulering
from takster.beregning.takst import Takstinddata
from takster.beregning.tal import laesbar
from takster.dokumenter.job import Dokumentationsgrundlag
from takster.fastsaettelse import figurer
from takster.models import Takstenhed

TITEL = "Dokumentation af takst"
BREDDE = 620  # px of the waterfall; the page shrinks it to its own width
TRIN_NAVN = {
    "beregnet": "Beregnet",
    "indsendt": "Indsendt til godkendelse",
    "godkendt": "Godkendt",
    "offentliggjort": "Offentliggjort",
    "indlaest": "Indlæst",
}
DAGSBASIS = {Dagsbasis.KALENDER: "kalenderårets dage", Dagsbasis.FAST: "altid 365 dage"}


def saet(grundlag: Dokumentationsgrundlag) -> bytes:
    """The PDF."""
    return lav_pdf(dokument(grundlag))


def dokument(g: Dokumentationsgrundlag) -> Dokument:
    """What the pack says, with the same as JSON attached."""
    tilbud, periode = g.takst.afdeling.tilbud, Periode.af_range(g.takst.periode)
    aar, bestilt = periode.fra.year, g.dokument.bestilt
    kontekst = {
        "titel": TITEL,
        "sidefod": f"{tilbud} · {g.takst.hjemmel_id} · {dansk.dage_i_ord(periode)} · Opgjort {dansk.dato(bestilt)}",
        "takst": g.takst,
        "tilbud": tilbud,
        "periode": periode,
        "aar": aar,
        "pakke": g.pakke,
        "resultat": g.resultat,
        "oplysninger": _oplysninger(g.resultat.inddata, g.resultat.dage) if g.resultat else (),
        "model": (g.takst.beregning or {}).get("inddata", {}).get("model", ""),
        "saet": list(_saet(g.pakke)),
        "forloeb": [
            (TRIN_NAVN[skridt["trin"]], datetime.fromisoformat(skridt["tidspunkt"]), skridt)
            for skridt in g.pakke["forloeb"]
        ],
        "foer": g.foer[0] if g.foer else None,
        "sammenligning": g.foer[1] if g.foer else None,
        "vandfald_tekst": figurer.vandfald_tekst(g.foer[1], aar) if g.foer else "",
        "loft": g.loft,
        "bestilt": bestilt,
    }
    return Dokument(
        titel=f"{TITEL}: {tilbud}, {aar}",
        emne=f"Takst for {g.takst.afdeling}, {g.takst.hjemmel_id}, {dansk.dage_i_ord(periode)}",
        forfatter=tilbud.driftsherre.navn,
        html=render_to_string("dokument/takstdokumentation.html", kontekst),
        dato=bestilt,
        billeder=_billeder(g, aar),
        vedhaeftninger=(
            Vedhaeftning(
                "dokumentation.json",
                "Inddata, trin, vilkår og forløb, som de kan læses af en maskine",
                json.dumps(g.pakke, ensure_ascii=False, indent=1, sort_keys=True).encode(),
            ),
        ),
    )


def _billeder(g: Dokumentationsgrundlag, aar: int) -> Mapping[str, bytes]:
    """The waterfall from the year before, where there is one."""
    if g.foer is None:
        return {}
    return {"vandfald": svg(figurer.vandfald(g.foer[1], aar, Takstenhed(g.takst.enhed), bredde=BREDDE))}


def _oplysninger(inddata: Takstinddata, dage: int) -> Sequence[tuple[str, str]]:
    """What was put in besides the lines of the budget, in words."""
    belaegning, overhead = inddata.belaegning, inddata.overhead
    fundne = [
        ("År", str(inddata.aar)),
        ("Pladser", laesbar(inddata.pladser)),
        ("Dage i året", f"{dage} ({DAGSBASIS[inddata.dagsbasis]})"),
        ("Overhead", f"{laesbar(overhead.procent)} procent" if overhead.procent is not None else "beregnet konkret"),
        ("Afrunding", inddata.afrunding.tekst),
    ]
    if belaegning.aftalt is not None:
        fundne.append(("Belægning", f"aftalt: {laesbar(belaegning.aftalt)} procent"))
    elif belaegning.faktisk and belaegning.mindst is not None and belaegning.hoejst is not None:
        fundne += [
            ("Faktisk belægning", " og ".join(f"{laesbar(procent)} procent" for procent in belaegning.faktisk)),
            ("Grænser for belægning", f"{laesbar(belaegning.mindst)} til {laesbar(belaegning.hoejst)} procent"),
        ]
    return [*fundne, *_regnskabet(inddata.efterregulering)]


def _regnskabet(efter: Efterregulering | None) -> Sequence[tuple[str, str]]:
    if efter is None:
        return [("Efterregulering", "intet regnskab indgår")]
    return [
        ("Provenu", dansk.kr(efter.provenu)),
        ("Regnskab", dansk.kr(efter.regnskab)),
        ("Tærskel", f"{laesbar(efter.taerskel_procent)} procent af {dansk.kr(efter.budget)}"),
        ("Metode", str(efter.metode)),
    ]


def _saet(pakke: Mapping[str, Any]) -> Sequence[tuple[str, Mapping[str, Any]]]:
    """The sets of terms behind the takst, each with what it is there for."""
    navne = {
        "vilkaar": "Takstens vilkår",
        "bekraeftetAf": "Det endelige sæt, der har bekræftet taksten",
        "efterreguleringensVilkaar": "Vilkårene i regnskabsåret",
    }
    return [(navn, pakke[noegle]) for noegle, navn in navne.items() if pakke[noegle]]
