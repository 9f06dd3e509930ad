"""Loading the code lists the register uses: target groups and services (FFB) and legal bases. Safe to run again."""

from datetime import date
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from kommuner.reference import raekker
from tilbud.models import Hjemmel, Maalgruppe, Ydelsestype

DATA = Path(__file__).parent / "data"


def indlaes() -> dict[str, int]:
    """Load the lists in one transaction. Returns how many rows there are of each kind."""
    with transaction.atomic():
        _maalgrupper()
        _ydelsestyper()
        _hjemler()
    return {
        "målgrupper der kan vælges": Maalgruppe.objects.filter(valgbar=True).count(),
        "ydelsestyper": Ydelsestype.objects.count(),
        "hjemler": Hjemmel.objects.count(),
    }


def _maalgrupper() -> None:
    """The chosen ones (value set KLMålgrupperFFB) and everything above them; the rest of FFB is not target groups."""
    alle = {raekke["kode"]: raekke for raekke in raekker(DATA / "ffb_koder.csv")}
    brugte: set[str] = set()
    for raekke in alle.values():
        kode = raekke["kode"] if "maalgruppe" in raekke["vaerdisaet"] else ""
        while kode and kode not in brugte:
            brugte.add(kode)
            kode = alle[kode]["overordnet_kode"]
    for raekke in sorted((alle[kode] for kode in brugte), key=lambda raekke: int(raekke["niveau"])):
        overordnet = raekke["overordnet_kode"]
        Maalgruppe.objects.update_or_create(
            kode=UUID(raekke["kode"]),
            defaults={
                "term": raekke["term"],
                "overordnet_id": UUID(overordnet) if overordnet else None,
                "gren": raekke["gren"],
                "valgbar": "maalgruppe" in raekke["vaerdisaet"],
            },
        )


def _ydelsestyper() -> None:
    """Everything below FFB's »Ydelse«, parents first; the root itself is no service."""
    alle = list(raekker(DATA / "ffb_koder.csv"))
    rod = next(raekke["kode"] for raekke in alle if raekke["term"] == "Ydelse" and raekke["niveau"] == "1")
    kendte = {rod}
    for raekke in sorted(alle, key=lambda raekke: int(raekke["niveau"])):
        overordnet = raekke["overordnet_kode"]
        if overordnet not in kendte:
            continue
        kendte.add(raekke["kode"])
        Ydelsestype.objects.update_or_create(
            kode=UUID(raekke["kode"]),
            defaults={
                "term": raekke["term"],
                "overordnet_id": None if overordnet == rod else UUID(overordnet),
            },
        )


def _dag(tekst: str) -> date | None:
    return date.fromisoformat(tekst) if tekst else None


def _hjemler() -> None:
    """In the file's order; the old codes stand last, after those they map to."""
    for nummer, raekke in enumerate(raekker(DATA / "hjemler.csv")):
        gyldig = DateRange(_dag(raekke["gyldig_fra"]), _dag(raekke["gyldig_til"]), "[)")
        Hjemmel.objects.update_or_create(
            kode=raekke["kode"],
            defaults={
                "navn": raekke["navn"],
                "lov": raekke["lov"],
                "lovudgave": raekke["lovudgave"],
                "paragraf": raekke["paragraf"],
                "periode": gyldig if gyldig.lower or gyldig.upper else None,
                "erstattes_af_id": raekke["erstattes_af"] or None,
                "raekkefoelge": nummer,
            },
        )
