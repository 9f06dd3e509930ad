"""Loading the shipped reference data about municipalities: safe to run again, and brings changes in a newer file.

Sources and doubts: docs/datakilder.md. Nothing is invented: which KKR follows after 1 January 2027 is not known, so the
memberships in a KKR have no end, while the regions change on that day by law (overgangsloven § 126).
"""

import csv
import json
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from faelles.tid import Periode
from kommuner.models import (
    Folketal,
    Kkr,
    KkrMedlemskab,
    Kommune,
    Organisation,
    Organisationsart,
    Postnummer,
    Region,
    RegionMedlemskab,
)

DATA = Path(__file__).parent / "data"


def raekker(fil: Path) -> Iterator[dict[str, str]]:
    """The rows of a shipped CSV file."""
    with fil.open(encoding="utf-8", newline="") as indhold:
        yield from csv.DictReader(indhold)


def indlaes() -> dict[str, int]:
    """Load everything in one transaction. Returns how many rows there are of each kind."""
    with transaction.atomic():
        regioner = _regioner()
        kkrer = _kkrer()
        kommuner = _kommuner()
        _medlemskaber(kommuner, regioner, kkrer)
        _folketal()
        _postnumre()
    return {
        "regioner": len(regioner),
        "KKR": len(kkrer),
        "kommuner": len(kommuner),
        "folketal": Folketal.objects.count(),
        "postnumre": Postnummer.objects.count(),
    }


def _dag(tekst: str) -> date | None:
    return date.fromisoformat(tekst) if tekst else None


def _periode(raekke: dict[str, str]) -> Periode:
    """The file names the last day; our periods end the day after."""
    fra, sidste = _dag(raekke["gyldig_fra"]), _dag(raekke["gyldig_til"])
    if fra is None:
        raise ValueError(f"Rækken har ingen første dag: {raekke}")
    return Periode(fra, sidste + timedelta(days=1) if sidste else None)


def _organisation(navn: str, art: Organisationsart, cvr: str = "") -> Organisation:
    organisation, _ = Organisation.objects.update_or_create(navn=navn, art=art, defaults={"cvr": cvr})
    return organisation


def _regioner() -> dict[str, Region]:
    """Regions by name, each pointing at its successor."""
    alle = list(raekker(DATA / "regioner.csv"))
    regioner: dict[str, Region] = {}
    for raekke in alle:
        region, _ = Region.objects.update_or_create(
            organisation=_organisation(raekke["navn"], Organisationsart.REGION),
            defaults={"regionskode": raekke["regionskode"], "periode": _periode(raekke).som_range},
        )
        regioner[raekke["navn"]] = region
    for raekke in alle:
        if raekke["afloeses_af"]:
            Region.objects.filter(pk=regioner[raekke["navn"]].pk).update(afloeses_af=regioner[raekke["afloeses_af"]])
    return regioner


def _kkrer() -> dict[str, tuple[Kkr, Periode]]:
    kkrer = {}
    for raekke in raekker(DATA / "kkr.csv"):
        slug = raekke["kkr"].removeprefix("KKR ").lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
        kkr, _ = Kkr.objects.get_or_create(navn=raekke["kkr"], defaults={"slug": slug})
        kkrer[raekke["kkr"]] = (kkr, _periode(raekke))
    return kkrer


def _graenser() -> dict[str, dict[str, object]]:
    samling = json.loads((DATA / "kommuner.geojson").read_text(encoding="utf-8"))
    return {figur["properties"]["kommunekode"]: figur["geometry"] for figur in samling["features"]}


def _kommuner() -> dict[str, tuple[Kommune, dict[str, str]]]:
    """Municipalities by code, each with its row."""
    graenser = _graenser()
    kommuner = {}
    for raekke in raekker(DATA / "kommuner.csv"):
        kode = raekke["kommunekode"]
        kommune, _ = Kommune.objects.update_or_create(
            kommunekode=kode,
            defaults={
                "organisation": _organisation(raekke["navn_lang"], Organisationsart.KOMMUNE, raekke["cvr"]),
                "kortnavn": raekke["navn"],
                "areal_km2": Decimal(raekke["areal_km2"]),
                "laengdegrad": Decimal(raekke["visueltcenter_lon"]),
                "breddegrad": Decimal(raekke["visueltcenter_lat"]),
                "graense": graenser[kode],
            },
        )
        kommuner[kode] = (kommune, raekke)
    return kommuner


def _medlemskaber(
    kommuner: dict[str, tuple[Kommune, dict[str, str]]],
    regioner: dict[str, Region],
    kkrer: dict[str, tuple[Kkr, Periode]],
) -> None:
    """Only for municipalities that have none: what people have registered since is never overwritten."""
    har_kkr = set(KkrMedlemskab.objects.values_list("kommune", flat=True))
    har_region = set(RegionMedlemskab.objects.values_list("kommune", flat=True))
    KkrMedlemskab.objects.bulk_create(
        KkrMedlemskab(kkr=kkrer[raekke["kkr"]][0], kommune=kommune, periode=kkrer[raekke["kkr"]][1].som_range)
        for kode, (kommune, raekke) in kommuner.items()
        if kode not in har_kkr
    )
    RegionMedlemskab.objects.bulk_create(
        RegionMedlemskab(region=regioner[navn], kommune=kommune, periode=regioner[navn].periode)
        for kode, (kommune, raekke) in kommuner.items()
        if kode not in har_region
        for navn in dict.fromkeys((raekke["region"], raekke["region_fra_2027"]))
    )


def _antal(tekst: str) -> int | None:
    return int(tekst) if tekst else None


def _folketal() -> None:
    Folketal.objects.bulk_create(
        (
            Folketal(
                kommune_id=raekke["kommunekode"],
                aar=int(raekke["aar"]),
                antal=int(raekke["folketal"]),
                alder_0_17=_antal(raekke["alder_0_17"]),
                alder_18_66=_antal(raekke["alder_18_66"]),
                alder_67_plus=_antal(raekke["alder_67_plus"]),
                kilde=raekke["kilde"],
            )
            for raekke in raekker(DATA / "folketal.csv")
        ),
        update_conflicts=True,
        unique_fields=["kommune", "aar"],
        update_fields=["antal", "alder_0_17", "alder_18_66", "alder_67_plus", "kilde"],
    )


def _postnumre() -> None:
    alle = list(raekker(DATA / "postnumre.csv"))
    Postnummer.objects.bulk_create(
        [Postnummer(postnr=raekke["postnr"], by=raekke["by"]) for raekke in alle],
        update_conflicts=True,
        unique_fields=["postnr"],
        update_fields=["by"],
    )
    forbindelse = Postnummer.kommuner.through
    forbindelse.objects.all().delete()
    forbindelse.objects.bulk_create(
        forbindelse(postnummer_id=raekke["postnr"], kommune_id=kode)
        for raekke in alle
        for kode in raekke["kommunekoder"].split()
    )
