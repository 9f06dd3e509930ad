"""What the API tells of a search: a hit, and what was left out."""

from typing import Any

from faelles.tid import KOEBENHAVN, idag, rfc3339
from reservationer.soegning.queries import Udeladt
from reservationer.soegning.rangering import Resultat
from vilkaar.api import vis_kilde


def vis_ledig(r: Resultat) -> dict[str, Any]:
    """A department with places: what is free, from when, how sure that is, and what it costs."""
    return {
        "afdelingId": r.fakta.afdeling_id and str(r.fakta.afdeling_id),
        "afdeling": r.fakta.afdeling,
        "tilbudId": str(r.fakta.tilbud_id),
        "tilbud": r.fakta.tilbud,
        "driftsherreId": str(r.fakta.driftsherre_id),
        "driftsherre": r.fakta.driftsherre,
        "kommunekode": r.fakta.kommunekode,
        "kommune": r.fakta.kommune,
        "ledig": r.er_ledig,
        "antal": r.plads.antal,
        "ikkeGodkendte": r.plads.ikke_godkendte,
        "godkendelseUdloeber": r.godkendelse_udloeber and r.godkendelse_udloeber.isoformat(),
        "udenPladser": r.fakta.uden_pladser,
        "pladser": [str(plads) for plads in r.plads.foerste],
        "arter": sorted(r.plads.arter),
        "ledigFra": r.ledig_fra and r.ledig_fra.isoformat(),
        "friskhed": r.stand.friskhed.value,
        "vilkaar": vis_kilde(r.stand.kilde),
        "bekraeftet": _bekraeftet(r),
        "aabneFejlmeldinger": r.fejl.aabne,
        "takst": r.plads.takst
        and {
            "pris": {"beloeb": str(r.plads.takst.beloeb), "valuta": "DKK"},
            "enhed": r.plads.takst.enhed,
            "hjemmel": r.plads.takst.hjemmel,
            "foreloebig": r.plads.takst.foreloebig,
        },
        "niveau": r.fakta.niveau,
        "krav": [{"kode": krav.kriterium.value, "navn": krav.navn, "udfald": krav.udfald.value} for krav in r.krav],
    }


def vis_hit(r: Resultat) -> dict[str, Any]:
    """A department as an answer to a need: what is free, and how it fits."""
    return {
        **vis_ledig(r),
        "maalgrupper": [{"kode": str(kode), "opfyldt": opfyldt} for kode, opfyldt in r.maalgrupper],
        "maalgruppetal": list(r.maalgruppetal),
        "afstandKm": None if r.afstand is None else round(r.afstand, 1),
    }


def _bekraeftet(r: Resultat) -> dict[str, Any] | None:
    if r.stand.tidspunkt is None:
        return None
    return {
        "tidspunkt": rfc3339(r.stand.tidspunkt),
        "organisation": r.stand.organisation,
        "funktion": r.stand.funktion,
        "alderDage": (idag() - r.stand.tidspunkt.astimezone(KOEBENHAVN).date()).days,
    }


def vis_udeladt(et: Udeladt) -> dict[str, Any]:
    """A department that was left out, with every reason."""
    return {
        "afdelingId": et.fakta.afdeling_id and str(et.fakta.afdeling_id),
        "tilbudId": str(et.fakta.tilbud_id),
        "tilbud": et.fakta.tilbud,
        "grunde": [{"kode": krav.kriterium.value, "grund": krav.grund} for krav in et.krav],
    }
