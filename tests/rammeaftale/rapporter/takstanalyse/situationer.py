"""The report "Takstanalyse" of the growth monitor's own situation, and of one offer exactly so far from its ceiling."""

from datetime import UTC, datetime
from decimal import Decimal

from kommuner.models import Organisation
from rammeaftale.models import Rammeaftale
from rammeaftale.queries import gaeldende_version
from rammeaftale.rapporter.kanonisk import til_json
from rammeaftale.rapporter.takstanalyse.data import Takstanalysebillede
from rammeaftale.rapporter.takstanalyse.samling import saml
from takster.models import Takstenhed
from tests import fabrik
from tests.takster.vaekst import situationer as vaekst
from tilbud.models import Tilbud

OEJEBLIK = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
LOFT_OERE = 103000  # 1,000 kr. × 102 % × 102 % × 99 % = 1,029.996 kr., to the øre


def omraade() -> Rammeaftale:
    """The growth monitor's area with day takster too, and a private offer that has a takst."""
    aftale = fabrik.aftale(parter=("Gladsaxe", "Rødovre"))
    vaekst.omraade()
    vaerksted = fabrik.afdeling(fabrik.tilbud("Dagcentret", hjemler=("SEL-104",)))
    for aar, kr in ((2024, 500), (2026, 520)):
        vaekst.takst(vaerksted, aar, kr, kode="SEL-104", enhed=Takstenhed.DAG, pladser=20, overhead=20)
    fonden = Organisation.objects.get(navn="Fonden")
    solgaard = fabrik.afdeling(fabrik.tilbud("Solgård", driftsherre=fonden))
    fabrik.ledig_plads(solgaard)
    fabrik.takst(solgaard, "3100.00")
    uden_navn = Tilbud.objects.filter(navn__startswith="Tilbud ").order_by("pk")
    for tilbud, navn in zip(uden_navn, ("Birken", "Elmen", "Granen", "Pilen", "Egen"), strict=True):
        tilbud.navn = navn
        tilbud.save()
    return aftale


def med_udgift(oere: int) -> Rammeaftale:
    """One offer at 1,000 kr. in the base year and so many øre per place per day this year."""
    aftale = fabrik.aftale(parter=("Gladsaxe",))
    vaekst.vilkaar()
    hvor = vaekst.afdeling((2024, 1000))
    vaekst.takst(hvor, 2026, Decimal(oere) / 100)
    return aftale


def billede(aftale: Rammeaftale, oejeblik: datetime = OEJEBLIK) -> Takstanalysebillede:
    """The snapshot of the agreement's version."""
    version = gaeldende_version(aftale.id)
    assert version is not None
    return saml(version, oejeblik)


def data(aftale: Rammeaftale) -> str:
    """The snapshot as text."""
    return til_json(billede(aftale))
