"""Loading published prices: as written, with source and year; never a takst of ours and never converted."""

from decimal import Decimal
from pathlib import Path

from django.db import transaction

from kommuner.reference import raekker
from takster.models import OffentliggjortPris
from tilbud.hjemmeltekst import laes_hjemler
from tilbud.models import Hjemmel, OffentligtTilbud

FIL = Path(__file__).parent / "data" / "offentlige_takster.csv"
IKKE_ANGIVET = "ikke angivet"


def indlaes() -> list[OffentliggjortPris]:
    """Load every row of the file; rows are known by their number in it, so a second run changes nothing."""
    tilbud = {fundet.navn: fundet for fundet in OffentligtTilbud.objects.all()}
    hjemler = set(Hjemmel.objects.values_list("kode", flat=True))
    with transaction.atomic():
        return [_gem(nummer, raekke, tilbud, hjemler) for nummer, raekke in enumerate(raekker(FIL), start=2)]


def _uden(tekst: str) -> str:
    """The file writes "ikke angivet" where the page said nothing."""
    return "" if tekst == IKKE_ANGIVET else tekst


def _gem(
    nummer: int, raekke: dict[str, str], tilbud: dict[str, OffentligtTilbud], hjemler: set[str]
) -> OffentliggjortPris:
    laest = laes_hjemler(raekke["hjemmel"], hjemler)
    mangler = [laest.forbehold] if laest.forbehold else []
    if not _uden(raekke["enhed"]):
        mangler.append("enheden er ikke angivet")
    if not raekke["aar"]:
        mangler.append("året er ikke angivet")
    pris, _ = OffentliggjortPris.objects.update_or_create(
        raekke=nummer,
        defaults={
            "tilbud": tilbud.get(raekke["tilbud"]),
            "tilbud_navn": raekke["tilbud"],
            "driftsherre": _uden(raekke["driftsherre"]),
            "region": _uden(raekke["region"]),
            "ydelse": raekke["ydelse"],
            "hjemmel_tekst": _uden(raekke["hjemmel"]),
            "beloeb": Decimal(raekke["takst_kr"]),
            "enhed": _uden(raekke["enhed"]),
            "aar": int(raekke["aar"]) if raekke["aar"] else None,
            "moms": _uden(raekke["moms"]),
            "kilde_url": raekke["kilde_url"],
            "note": raekke["note"],
            "mangler": mangler,
        },
    )
    pris.hjemler.set(Hjemmel.objects.filter(pk__in=laest.koder))
    return pris
