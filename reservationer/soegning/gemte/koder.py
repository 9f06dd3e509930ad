"""A need as JSON and back, and as the address of the search page; never the words of a search. Pure."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from faelles.tid import Periode
from kommuner.models import Organisationsart
from reservationer.soegning.profil import Behovsprofil, Punkt, Vaegt
from tilbud.models import Adfaerd, FysiskTraek, Pladsart


class KanIkkeLaeses(ValueError):
    """A stored need whose codes are not, or no longer, any of ours."""


def til_json(profil: Behovsprofil) -> dict[str, Any]:
    """The need in JSON's own types, without the words somebody wrote; `fra_json` gives the rest of it back."""
    return {
        "fra": profil.periode.fra.isoformat(),
        "til": profil.periode.til and profil.periode.til.isoformat(),
        "hjemmel": profil.hjemmel,
        "maalgrupper": [[str(kode), int(vaegt)] for kode, vaegt in profil.maalgrupper],
        "alder": profil.alder,
        "ugedage": sorted(profil.ugedage),
        "arter": sorted(profil.arter),
        "adfaerd": sorted(profil.adfaerd),
        "fysiske_traek": sorted(profil.fysiske_traek),
        "kkr": profil.kkr and str(profil.kkr),
        "kommuner": list(profil.kommuner),
        "naer": profil.naer and [profil.naer.laengde, profil.naer.bredde, profil.naer.navn, profil.naer.postnr],
        "hoejst_km": profil.hoejst_km,
        "driftsherrearter": sorted(profil.driftsherrearter),
        "hoejeste_takst": None if profil.hoejeste_takst is None else str(profil.hoejeste_takst),
        "niveauer": sorted(profil.niveauer),
    }


def fra_json(data: Mapping[str, Any], dag: date) -> Behovsprofil | None:
    """The need as it is on the day: one that should have begun begins that day, and None is one whose days are over.

    Raises KanIkkeLaeses.
    """
    try:
        return _fra_json(data, dag)
    except (LookupError, TypeError, ValueError, ArithmeticError) as fejl:
        raise KanIkkeLaeses(type(fejl).__name__) from fejl


def kan_laeses(data: Mapping[str, Any]) -> bool:
    """Whether `fra_json` can read it."""
    try:
        fra_json(data, date.min)
    except KanIkkeLaeses:
        return False
    return True


def _fra_json(data: Mapping[str, Any], dag: date) -> Behovsprofil | None:
    fra, til = date.fromisoformat(data["fra"]), data["til"] and date.fromisoformat(data["til"])
    if til is not None and til <= dag:
        return None
    return Behovsprofil(
        periode=Periode(max(fra, dag), til),
        hjemmel=data["hjemmel"],
        maalgrupper=tuple((UUID(kode), Vaegt(vaegt)) for kode, vaegt in data["maalgrupper"]),
        alder=data["alder"],
        ugedage=frozenset(data["ugedage"]),
        arter=frozenset(map(Pladsart, data.get("arter", ()))),  # not asked about when the oldest were saved
        adfaerd=frozenset(map(Adfaerd, data["adfaerd"])),
        fysiske_traek=frozenset(map(FysiskTraek, data["fysiske_traek"])),
        kkr=data["kkr"] and UUID(data["kkr"]),
        kommuner=tuple(data["kommuner"]),
        naer=data["naer"] and Punkt(*data["naer"]),
        hoejst_km=data["hoejst_km"],
        driftsherrearter=frozenset(map(Organisationsart, data["driftsherrearter"])),
        hoejeste_takst=data["hoejeste_takst"] and Decimal(data["hoejeste_takst"]),
        niveauer=frozenset(data["niveauer"]),
    )


def forespoergsel(profil: Behovsprofil) -> str:
    """The query of the search page that asks for the same. The page has room for one decisive group; a second one matters much."""
    afgoerende = _med_vaegt(profil, Vaegt.AFGOERENDE)
    takst = profil.hoejeste_takst
    felter: dict[str, Any] = {
        "fra": profil.periode.fra.isoformat(),
        "til": profil.periode.sidste_dag and profil.periode.sidste_dag.isoformat(),
        "hjemmel": profil.hjemmel,
        "maalgruppe": afgoerende[0] if afgoerende else None,
        "vigtige_maalgrupper": [*afgoerende[1:], *_med_vaegt(profil, Vaegt.MEGET)],
        "andre_maalgrupper": _med_vaegt(profil, Vaegt.NOGET),
        "alder": profil.alder,
        "ugedage": sorted(profil.ugedage),
        "arter": sorted(profil.arter),
        "adfaerd": sorted(profil.adfaerd),
        "fysiske_traek": sorted(profil.fysiske_traek),
        "kkr": profil.kkr,
        "kommuner": profil.kommuner,
        "postnr": profil.naer.postnr if profil.naer else None,
        "punkt": f"{profil.naer.laengde},{profil.naer.bredde}" if profil.naer and not profil.naer.postnr else None,
        "hoejst_km": profil.hoejst_km,
        "driftsherrearter": sorted(profil.driftsherrearter),
        "hoejeste_takst": None if takst is None else f"{takst:f}".replace(".", ","),
        "niveauer": sorted(profil.niveauer),
    }
    return urlencode({navn: vaerdi for navn, vaerdi in felter.items() if vaerdi not in (None, "")}, doseq=True)


def _med_vaegt(profil: Behovsprofil, vaegt: Vaegt) -> list[str]:
    return [str(kode) for kode, denne in profil.maalgrupper if denne is vaegt]
