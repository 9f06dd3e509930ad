"""Where one can search, and where distances are counted from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import FilteredRelation, Q

from faelles.sprog import sortnoegle
from kommuner.models import Kommune, Postnummer
from reservationer.soegning.profil import Punkt
from tilbud.queries import noget_ligger_i


@dataclass(frozen=True, slots=True)
class Steder:
    """The municipalities where something is known to lie and the KKRs, in Danish order, as choices; and one's own of each.

    `eget_kkr` is empty, and `centrum` None, for those who are no municipality.
    """

    kommuner: Sequence[tuple[str, str]]
    kkr: Sequence[tuple[str, str]]
    eget_kkr: str
    centrum: Punkt | None


def steder(organisation_id: UUID | None, dag: date) -> Steder:
    """The places of the day, as one's own municipality sees them; a KKR nobody belongs to is none of them. One statement."""
    raekker = list(
        Kommune.objects.annotate(
            kendt=noget_ligger_i(),
            egen=Q(organisation=organisation_id),
            dagens=FilteredRelation("kkr_medlemskaber", condition=Q(kkr_medlemskaber__periode__contains=dag)),
        )
        .order_by("kortnavn_sortering")
        .values_list("pk", "kortnavn", "kendt", "egen", "laengdegrad", "breddegrad", "dagens__kkr", "dagens__kkr__navn")
    )
    eget = next((raekke for raekke in raekker if raekke[3]), None)
    kkr = {str(pk): navn for *_, pk, navn in raekker if pk}
    return Steder(
        kommuner=[(kode, navn) for kode, navn, kendt, *_ in raekker if kendt],
        kkr=sorted(kkr.items(), key=lambda mulighed: sortnoegle(mulighed[1])),
        eget_kkr=str(eget[6]) if eget and eget[6] else "",
        centrum=_punkt(eget[4], eget[5], eget[1]) if eget else None,
    )


def egen_midte(organisation_id: UUID | None) -> Punkt | None:
    """The middle of one's own municipality; None for those who are none. One statement."""
    egen = Kommune.objects.filter(organisation=organisation_id)
    fundet = egen.values_list("laengdegrad", "breddegrad", "kortnavn").first()
    return None if fundet is None else _punkt(*fundet)


def postnummers_punkt(postnr: str) -> Punkt | None:
    """The middle of the municipalities a postcode touches: where the postcode itself lies is not known."""
    raekker = list(
        Postnummer.objects.filter(pk=postnr, kommuner__isnull=False).values_list(
            "kommuner__laengdegrad", "kommuner__breddegrad", "by"
        )
    )
    return midten(postnr, [(float(laengde), float(bredde), by) for laengde, bredde, by in raekker])


def midten(postnr: str, kommuner: Sequence[tuple[float, float, str]]) -> Punkt | None:
    """The middle of a postcode's municipalities: degrees east and north of each, and the town; None without any."""
    if not kommuner:
        return None
    laengder, bredder, byer = zip(*kommuner, strict=True)
    return Punkt(sum(laengder) / len(kommuner), sum(bredder) / len(kommuner), f"{postnr} {byer[0]}", postnr)


def _punkt(laengde: Decimal, bredde: Decimal, navn: str) -> Punkt:
    return Punkt(float(laengde), float(bredde), navn)
