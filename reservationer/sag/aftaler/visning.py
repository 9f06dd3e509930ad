"""What a version says, in the order of KL's standard contract: for the page and for the document."""

from collections.abc import Sequence
from typing import Any

from faelles.dokument.tal import dato
from reservationer.sag.aftaler.felter import Variant
from reservationer.sag.aftaler.regler import Aftalevilkaar, Grundlag, Part
from reservationer.sag.models import Placeringsaftale
from reservationer.sag.ophold.frister import Varsel

Linjer = Sequence[tuple[str, str, str]]  # what, which, and what it follows from
IKKE_SKREVET = "Ikke skrevet endnu"


def kontekst(aftale: Placeringsaftale, grundlag: Grundlag | None = None) -> dict[str, Any]:
    """`grundlag` is what the case says now, of a draft; one that was put forward has its own."""
    g = grundlag or Grundlag.af_json(aftale.grundlag)
    return {
        "aftale": aftale,
        "grundlag": g,
        "titel": f"Placeringsaftale {g.reference}, version {aftale.nummer}",
        "afsnit": [
            ("Parter", _parter(aftale, g)),
            ("Grundlag", _grundlag(aftale, g)),
            ("Ydelse", _ydelse(aftale)),
            ("Vilkår for prisen", _om_prisen(aftale)),
            ("Varighed og opsigelse", _varighed(aftale, g)),
            ("Afregning", _afregning(aftale, g)),
        ],
    }


def _parter(a: Placeringsaftale, g: Grundlag) -> Linjer:
    betaler = _part(g.betalingskommune)
    return [
        ("Handlekommune", f"{_part(g.handlekommune)}", _eller(", ".join(filter(None, (a.kommune_afdeling, a.kommune_adresse))))),
        ("Betalingskommune", betaler, a.betaler_kontakt),
        ("Leverandør", _part(g.driftsherre), ""),
        ("Tilbud", ", ".join(filter(None, (g.tilbud, g.afdeling))), _numre(g)),
    ]  # fmt: skip


def _grundlag(a: Placeringsaftale, g: Grundlag) -> Linjer:
    saet = g.varsel_kommune or g.varsel_tilbud
    rammen = f"{saet.aftale}, sæt {saet.saet}" if saet and a.variant == Variant.INDEN else ""
    return [
        ("Hjemmel", g.hjemmel, ""),
        ("Tilbuddets art", g.pladsart, ", ".join(filter(None, (g.plads, g.ugedage)))),
        ("Kontrakt", _eller(a.get_variant_display()), rammen),
    ]


def _ydelse(a: Placeringsaftale) -> Linjer:
    return [
        ("Ydelser", _eller(", ".join(a.ydelser_i_ord)), ""),
        ("Mål", _eller(a.maal), "Målene står i kommunens egen sag"),
        ("Første opfølgning", _eller(dato(a.opfoelgning) if a.opfoelgning else ""), ""),
    ]


def _om_prisen(a: Placeringsaftale) -> Linjer:
    note = "Denne version følger af en ny takst og kræver ingen ny godkendelse" if a.er_reguleret else ""
    return [("Moms", _eller(a.get_moms_display()), ""), ("Regulering", _eller(a.get_regulering_display()), note)]


def _varighed(a: Placeringsaftale, g: Grundlag) -> Linjer:
    return [
        ("Begynder", dato(g.begynder), f"Denne version gælder fra {dato(a.gaelder_fra)}"),
        ("Varighed", _eller(a.get_varighed_display()), f"Til og med {dato(a.slut)}" if a.slut else ""),
        ("Kommunens varsel", *_varsel(a, a.varsel_kommune, g.varsel_kommune)),
        ("Tilbuddets varsel", *_varsel(a, a.varsel_tilbud, g.varsel_tilbud)),
        ("Lukning af pladser eller tilbud", _eller(a.get_lukning_display()), ""),
    ]


def _varsel(a: Placeringsaftale, skrevet: str, vilkaar: Aftalevilkaar | None) -> tuple[str, str]:
    """Inside the framework agreement its term, outside it what the parties write."""
    if a.variant == Variant.UDEN:
        return _eller(skrevet and str(Varsel.laes(skrevet))), "Aftalt mellem parterne"
    if vilkaar is None:
        return IKKE_SKREVET, ""
    status = "" if vilkaar.endelig else " (foreløbigt)"
    return vilkaar.ord, f"Efter {vilkaar.klausul}, sæt {vilkaar.saet} i {vilkaar.aftale}{status}"


def _afregning(a: Placeringsaftale, g: Grundlag) -> Linjer:
    frist = f"{a.betalingsdage} dage" if a.betalingsdage else ""
    return [
        ("Afregning", _eller(a.get_rytme_display()), ""),
        ("Betalingsfrist", _eller(frist), ""),
        ("EAN-nummer", _eller(a.ean), ""),
        ("Reference på fakturaen", _eller(a.fakturareference), ""),
        ("Fordeling", f"Hele prisen efter {g.hjemmel}", ""),
    ]


def _part(part: Part) -> str:
    return f"{part.navn}, CVR {part.cvr}" if part.cvr else part.navn


def _numre(g: Grundlag) -> str:
    numre = (("P-nummer", g.p_nummer), ("Tilbudsportalen", g.tilbudsportal_id))
    return ", ".join(f"{navn} {nummer}" for navn, nummer in numre if nummer)


def _eller(tekst: str) -> str:
    return tekst or IKKE_SKREVET
