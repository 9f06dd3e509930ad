"""The area of "Kapacitet og belægning" with what Gladsaxe trades, told as the report "Kommunens køb og salg"."""

from datetime import date, datetime

from faelles.aktoer import Aktoer
from faelles.scope import som_systemet
from faelles.tid import Periode
from kommuner.models import Rolle
from rammeaftale.models import Rammeaftale
from rammeaftale.queries import gaeldende_version
from rammeaftale.rapporter.actions import bestil_rapport
from rammeaftale.rapporter.emne import Emne
from rammeaftale.rapporter.kanonisk import til_json
from rammeaftale.rapporter.kommunen.data import Kommunebillede
from rammeaftale.rapporter.kommunen.samling import saml
from rammeaftale.rapporter.models import Rapport
from reservationer.sag.models import Opholdshjemmel
from tests import fabrik
from tests.rammeaftale.rapporter.kapacitet import situationer

OEJEBLIK = situationer.OEJEBLIK


def omraade() -> Rammeaftale:
    """As there; besides, Gladsaxe buys of Aarhus, and one of its stays in Herlev has changed hjemmel on the way."""
    aftale = situationer.omraade()
    langt_vaek = fabrik.afdeling(fabrik.tilbud("Fjernbo", i="Aarhus", maalgrupper=("Autismespektrum",)))
    skiftet = situationer.ophold(langt_vaek, "Gladsaxe", Periode(date(2025, 10, 1), date(2026, 10, 1)), "1000.00")
    with som_systemet("hjemler as they stand in the tables"):
        for kode, periode in (
            ("SEL-107", Periode(date(2025, 10, 1), date(2026, 1, 1))),
            ("SEL-108", Periode(date(2026, 1, 1), date(2026, 9, 1))),
        ):
            Opholdshjemmel.objects.create(ophold=skiftet, hjemmel=fabrik.hjemmel(kode), periode=periode.som_range)
    return aftale


def billede(
    aftale: Rammeaftale, navn: str = "Gladsaxe", *, egen: bool, oejeblik: datetime = OEJEBLIK
) -> Kommunebillede:
    """The snapshot of the agreement's version about a municipality."""
    version = gaeldende_version(aftale.id)
    assert version is not None
    return saml(Emne(version, fabrik.kommune(navn), egen=egen), oejeblik)


def data(aftale: Rammeaftale, navn: str = "Gladsaxe", *, egen: bool) -> str:
    """The snapshot as text."""
    return til_json(billede(aftale, navn, egen=egen))


def oekonomi(navn: str = "Gladsaxe") -> Aktoer:
    """Who may order the report on the own municipality."""
    return fabrik.aktoer(Rolle.OEKONOMI, fabrik.kommune(navn).organisation)


def bestil(aftale: Rammeaftale, af: Aktoer, kommunekode: str = "") -> Rapport:
    """The report ordered."""
    return bestil_rapport(aktoer=af, aftale_id=aftale.id, type_="kommune", kommunekode=kommunekode)
