"""Loading offers as operators have published them: as written but for protected addresses, with what is certain read out."""

from pathlib import Path

from django.db import transaction

from kommuner.models import Kommune
from kommuner.reference import raekker
from tilbud.beskyttelse import beskyttes
from tilbud.hjemmeltekst import laes_hjemler
from tilbud.models import Hjemmel, OffentligtTilbud

FIL = Path(__file__).parent / "data" / "offentlige_tilbud.csv"


def indlaes() -> list[OffentligtTilbud]:
    """Load every row of the file; rows are known by their number in it, so a second run changes nothing."""
    kommuner = {kommune.kortnavn: kommune for kommune in Kommune.objects.all()}
    hjemler = set(Hjemmel.objects.values_list("kode", flat=True))
    with transaction.atomic():
        return [_gem(nummer, raekke, kommuner, hjemler) for nummer, raekke in enumerate(raekker(FIL), start=2)]


def _gem(nummer: int, raekke: dict[str, str], kommuner: dict[str, Kommune], hjemler: set[str]) -> OffentligtTilbud:
    laest = laes_hjemler(raekke["hjemmel"], hjemler)
    kommune = kommuner.get(raekke["kommune"])
    beskyttet = beskyttes(laest.koder, raekke["hjemmel"])
    mangler = [laest.forbehold] if laest.forbehold else []
    if not raekke["kommune"]:
        mangler.append("kommunen er ikke angivet")
    elif kommune is None:
        mangler.append(f"kommunen »{raekke['kommune']}« kan ikke genkendes")
    tilbud, _ = OffentligtTilbud.objects.update_or_create(
        raekke=nummer,
        defaults={
            "navn": raekke["tilbud"],
            "driftsherre": raekke["driftsherre"],
            "kommune": kommune,
            "adresse": "" if beskyttet else raekke["adresse"],
            "beskyttet_adresse": beskyttet,
            "maalgruppe": raekke["maalgruppe"],
            "hjemmel_tekst": raekke["hjemmel"],
            "pladser": int(raekke["pladser"]) if raekke["pladser"] else None,
            "kilde_url": raekke["kilde_url"],
            "note": raekke["note"],
            "mangler": mangler,
        },
    )
    tilbud.hjemler.set(Hjemmel.objects.filter(pk__in=laest.koder))
    return tilbud
