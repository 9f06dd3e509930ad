"""The bodies of the demo KKR: a KKR of all municipalities, an embedsmandsudvalg of seven and the region, and a working group."""

from datetime import date

from faelles.tid import Periode
from kommuner.models import Kkr, KkrMedlemskab, Organisation, Region
from rammeaftale.models import Organ, Organmedlem
from rammeaftale.organer.regler import Hverv, Organart

FRA = date(2022, 1, 31)  # made up: before the demo's oldest agreement went through them
I_UDVALGET = 7


def organer(kkr: Kkr) -> None:
    """Made up: who is a member of what is chosen in Danish order."""
    medlemskaber = KkrMedlemskab.objects.paa(FRA).filter(kkr=kkr).select_related("kommune__organisation")
    kommuner = [m.kommune.organisation for m in medlemskaber.order_by("kommune__kortnavn_sortering")]
    region = Region.objects.get(organisation__navn="Region Hovedstaden").organisation
    _organ(kkr, Organart.KKR, kkr.navn, "Anbefaler rammeaftalen til kommunerne.", kommuner)
    _organ(
        kkr,
        Organart.EMBEDSMANDSUDVALG,
        "Embedsmandsudvalget for det specialiserede socialområde",
        "Forbereder rammeaftalen og følger den.",
        [*kommuner[:I_UDVALGET], region],
    )
    _organ(kkr, Organart.ARBEJDSGRUPPE, "Arbejdsgruppen om takster", "Forbereder styringsdelen.", kommuner[3:6])


def _organ(kkr: Kkr, art: Organart, navn: str, opgave: str, medlemmer: list[Organisation]) -> None:
    periode = Periode(FRA).som_range
    organ = Organ.objects.create(kkr=kkr, art=art, navn=navn, opgave=opgave, periode=periode, demo=True)
    Organmedlem.objects.bulk_create(
        Organmedlem(organ=organ, organisation=medlem, hverv=Hverv.MEDLEM if nr else Hverv.FORMAND, periode=periode)
        for nr, medlem in enumerate(medlemmer)
    )
