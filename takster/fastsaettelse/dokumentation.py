"""The evidence pack of a published takst: everything it takes to compute it again, and who decided it when.

The competition authority may examine whether a takst follows serviceloven § 174 (LOV 747/2025); this is what it is given. No person
is named: a role and an organisation are.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from faelles.tid import Periode, rfc3339
from takster.beregning.modeller import beregn
from takster.fastsaettelse import queries
from takster.models import Takst, Takstberegning
from vilkaar.models import Vilkaar, Vilkaarssaet
from vilkaar.noegler import NOEGLER, TAKSTENS_KLAUSULER, Noegle

SKEMA_VERSION = 1


def dokumentation(takst: Takst) -> dict[str, Any]:
    """The pack as JSON. Money and percents are text, instants UTC, periods half-open."""
    en = takst.takstberegning
    return {
        "skemaVersion": SKEMA_VERSION,
        "takst": _takst(takst),
        "gaelderFor": _gaelder_for(takst),
        "beregning": takst.beregning,
        "genberegnet": genberegnet(takst),
        "vilkaar": _vilkaar(takst.vilkaarssaet),
        "bekraeftetAf": _vilkaar(takst.bekraeftet) if takst.bekraeftet else None,
        "efterreguleringensVilkaar": _efterreguleringens(takst),
        "egenbetaling": en.egenbetaling if en else [],
        "begrundelse": en.begrundelse if en else "",
        "forloeb": list(_forloeb(takst)),
        "sammenligning": _sammenligning(takst),
        "vaekstloft": _loft(en),
    }


def genberegnet(takst: Takst) -> bool | None:
    """Whether computing the stored inputs again gives the stored result; None where no inputs are stored."""
    if not takst.beregning:
        return None
    return bool(beregn(takst.beregning["inddata"]).som_json() == takst.beregning)


def _takst(takst: Takst) -> dict[str, Any]:
    periode, tilbud = Periode.af_range(takst.periode), takst.afdeling.tilbud
    return {
        "id": str(takst.pk),
        "tilbud": tilbud.navn,
        "driftsherre": tilbud.driftsherre.navn,
        "afdeling": takst.afdeling.navn,
        "hjemmel": takst.hjemmel_id,
        "pris": {"beloeb": f"{takst.beloeb:f}", "valuta": "DKK"},
        "enhed": takst.enhed,
        "gyldigFra": periode.fra.isoformat(),
        "gyldigTil": periode.til.isoformat() if periode.til else None,
        "registreret": rfc3339(takst.oprettet),
        "erstattet": rfc3339(takst.ophoert) if takst.ophoert else None,
        "erstatter": str(takst.erstatter_id) if takst.erstatter_id else None,
    }


def _gaelder_for(takst: Takst) -> list[dict[str, str]]:
    """The parts of the offer the same calculation was published for."""
    alle = (
        Takst.objects.filter(takstberegning=takst.takstberegning_id)
        if takst.takstberegning_id
        else Takst.objects.filter(pk=takst.pk)
    )
    dele = (
        alle.order_by("afdeling__navn_sortering", "hjemmel_id").values_list("afdeling__navn", "hjemmel_id").distinct()
    )
    return [{"afdeling": afdeling, "hjemmel": hjemmel} for afdeling, hjemmel in dele]


def _efterreguleringens(takst: Takst) -> dict[str, Any] | None:
    """The terms the accounts were adjusted under: those of the accounts' year, often another set; None where nothing was adjusted."""
    brugt = ((takst.beregning or {}).get("inddata", {}).get("efterregulering") or {}).get("vilkaarssaet")
    return _vilkaar(Vilkaarssaet.objects.get(pk=brugt["saet"])) if brugt else None


def _vilkaar(saet: Vilkaarssaet) -> dict[str, Any]:
    """The terms of the set that say something of a takst, as they stand in the agreement."""
    raekker = Vilkaar.objects.filter(saet=saet).order_by("noegle")
    return {
        "aftale": saet.aftale,
        "nummer": saet.nummer,
        "status": saet.status,
        "vilkaar": [
            {
                "noegle": raekke.noegle,
                "navn": NOEGLER[Noegle(raekke.noegle)].navn,
                "vaerdi": raekke.vaerdi,
                "klausul": raekke.klausul,
            }
            for raekke in raekker
            if NOEGLER[Noegle(raekke.noegle)].klausul in TAKSTENS_KLAUSULER
        ],
    }


def _forloeb(takst: Takst) -> Iterable[dict[str, str]]:
    en = takst.takstberegning
    if en is None:
        yield {
            "trin": "indlaest",
            "tidspunkt": rfc3339(takst.oprettet),
            "rolle": "",
            "organisation": takst.afdeling.tilbud.driftsherre.navn,
        }
        return
    skridt: tuple[tuple[str, datetime | None, str], ...] = (
        ("beregnet", en.beregnet, en.beregnet_rolle),
        ("indsendt", en.indsendt, en.indsendt_rolle),
        ("godkendt", en.afgjort, en.afgjort_rolle),
        ("offentliggjort", en.offentliggjort, en.offentliggjort_rolle),
    )
    for navn, tidspunkt, rolle in skridt:
        if tidspunkt is not None:
            yield {"trin": navn, "tidspunkt": rfc3339(tidspunkt), "rolle": rolle, "organisation": en.driftsherre.navn}


def _sammenligning(takst: Takst) -> dict[str, Any] | None:
    """The waterfall from what held at the end of the year before, for the very same department and legal basis."""
    fundet = queries.aaret_foer(takst)
    if fundet is None:
        return None
    forrige, sammenligning = fundet
    return {
        "foer": {"id": str(forrige.pk), "pris": {"beloeb": f"{sammenligning.foer:f}", "valuta": "DKK"}},
        "nu": {"beloeb": f"{sammenligning.nu:f}", "valuta": "DKK"},
        "forskel": f"{sammenligning.forskel:f}",
        "skridt": [{"navn": skridt.navn, "virkning": f"{skridt.virkning:.12f}"} for skridt in sammenligning.skridt],
    }


def _loft(en: Takstberegning | None) -> Mapping[str, Any] | None:
    if en is None:
        return None
    fundet = queries.loft(en)
    if fundet.resultat is None or fundet.kilde is None:
        return {"hvorforIkke": fundet.hvorfor_ikke}
    return fundet.resultat.som_json() | {"klausul": fundet.kilde.klausul}
