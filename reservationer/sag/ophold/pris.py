"""Where a stay's price comes from: what somebody says, or the published takst."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from reservationer.sag.beslutninger import Indhold
from reservationer.sag.overgange import Data
from reservationer.sag.priser import Prisaftale, er_beloeb, laes_tillaeg
from takster.models import Takst, Takstenhed
from tilbud.models import Niveau


def laes_pris(indhold: Indhold) -> tuple[Prisaftale | None, dict[str, list[str]]]:
    """The price somebody says, or None when none is said; and what is wrong with it, by field."""
    takst, niveau = indhold.data.get(Data.TAKST), indhold.data.get(Data.NIVEAU)
    tillaeg: Mapping[str, str] = indhold.data.get(Data.TILLAEG) or {}
    if takst is None:
        return None, ({"takst": ["Skriv taksten, når der er tillæg eller niveau."]} if tillaeg or niveau else {})
    felter: dict[str, list[str]] = {}
    if not er_beloeb(Decimal(takst)):
        felter["takst"] = ["Skriv et beløb i hele ører over nul."]
    if niveau is not None and niveau not in dict(Niveau.NAVNE):
        felter["niveau"] = ["Vælg et af niveauerne."]
    try:
        pris = Prisaftale(Decimal(takst), Takstenhed.DOEGN, niveau, laes_tillaeg(tillaeg))
    except ValueError as fejl:
        return None, {**felter, "tillaeg": [f"{fejl}, og arten skal være en af listens."]}
    return (None, felter) if felter else (pris, {})


def offentliggjort_pris(afdeling_id: UUID, hjemmel: str, dag: date) -> Prisaftale | None:
    """The department's published takst under the hjemmel on the day, with the offer's level; None when there is none."""
    takst = Takst.objects.paa(dag).filter(afdeling=afdeling_id, hjemmel=hjemmel).select_related("afdeling").first()
    if takst is None:
        return None
    niveau = Niveau.objects.paa(dag).filter(tilbud=takst.afdeling.tilbud_id).values_list("niveau", flat=True).first()
    return Prisaftale(takst.beloeb, Takstenhed(takst.enhed), niveau)
