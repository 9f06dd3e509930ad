"""Who lives where: stays with their case rows on fixed days, and the report "Kapacitet og belægning" made of them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count

from faelles.ids import ny_reference
from faelles.scope import som_systemet
from faelles.tid import Periode, nu
from kommuner.models import Organisation
from rammeaftale.models import Rammeaftale
from rammeaftale.queries import gaeldende_version
from rammeaftale.rapporter.kanonisk import til_json
from rammeaftale.rapporter.kapacitet.data import Kapacitetsbillede
from rammeaftale.rapporter.kapacitet.samling import saml
from reservationer.sag.models import Ophold, Opholdsansvar, Opholdsplads, Opholdspris
from tests import fabrik
from tests.rammeaftale.rapporter.situationer import firkant
from tests.svartider.situationer import afvist
from tilbud.models import Afdeling
from vilkaar.queries import gaeldende

OEJEBLIK = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
FIRE_KVARTALER = Periode(date(2025, 10, 1), date(2026, 10, 1))
KOMMUNER = ("Gladsaxe", "Herlev", "Rødovre")
_nummer = count(1)


def ophold(hvor: Afdeling, koeber: str, periode: Periode, kr: str = "2000.00", pris_til: date | None = None) -> Ophold:
    """A stay on a place of its own, paid by the municipality; the price stops on a day when one is given."""
    plads = fabrik.ledig_plads(hvor)
    betaler = fabrik.kommune(koeber, i="KKR Midtjylland" if koeber == "Aarhus" else "KKR Hovedstaden").organisation
    with som_systemet("a stay as it stands in the tables"):
        nyt = Ophold.objects.create(
            indgang="selvhenvendelse",
            tilbud=hvor.tilbud,
            driftsherre=hvor.tilbud.driftsherre,
            parter=[betaler.pk],
            reference=ny_reference(),
            sagsreference=f"FH-{next(_nummer)}",
            tilstand="loebende",
            foerste_dag=periode.fra,
            betales_fra=periode.fra,
            vilkaarssaet_id=gaeldende(fabrik.kkr().pk, periode.fra).saet_id,
        )
        Opholdsplads.objects.create(ophold=nyt, optagelse=fabrik.optag(plads, periode))
        Opholdsansvar.objects.create(
            ophold=nyt, handlekommune=betaler, betalingskommune=betaler, periode=periode.som_range
        )
        Opholdspris.objects.create(
            ophold=nyt,
            periode=Periode(periode.fra, pris_til).som_range,
            takst=Decimal(kr),
            samlet=Decimal(kr),
            accepteret=nu(),
        )
    return nyt


def omraade() -> Rammeaftale:
    """Gladsaxe, Herlev and a private operator sell; small numbers here and there, and some stays without a case."""
    aftale = fabrik.aftale(parter=KOMMUNER)
    for nr, navn in enumerate(KOMMUNER):
        firkant(fabrik.kommune(navn), nr)
    fonden = Organisation.objects.create(art="privat", navn="Fonden")
    stor = fabrik.afdeling(fabrik.tilbud("Storegården", maalgrupper=("Autismespektrum", "Erhvervet hjerneskade")))
    lille = fabrik.afdeling(fabrik.tilbud("Lillebo", i="Herlev", hjemler=("SEL-108",), maalgrupper=("Psykisk sygdom",)))
    privat = fabrik.afdeling(fabrik.tilbud("Solgård", i="Herlev", driftsherre=fonden))
    aaret = Periode(date(2025, 3, 1), date(2026, 6, 1))
    for hvor, koeber, antal in (
        (stor, "Gladsaxe", 6), (stor, "Rødovre", 7), (stor, "Herlev", 2), (stor, "Aarhus", 1),
        (lille, "Herlev", 8), (lille, "Gladsaxe", 5), (privat, "Rødovre", 6),
    ):  # fmt: skip
        for _ in range(antal):
            ophold(hvor, koeber, aaret)
    ophold(lille, "Gladsaxe", Periode(date(2026, 9, 1)), "1500.50", pris_til=date(2026, 9, 11))
    for _ in range(5):
        fabrik.optag(fabrik.ledig_plads(stor), Periode(date(2024, 1, 1)))
    for _ in range(9):
        fabrik.ledig_plads(stor, ugedage=[1, 2, 3, 4, 5])
    fabrik.niveau(stor.tilbud, 1)
    fabrik.niveau(lille.tilbud, 3)
    fabrik.loggede_behov(9, navn="Rødovre")
    for nr in range(1, 7):
        afvist(stor.tilbud, "Rødovre", date(2026, 3, 2), nr, reference=f"RK-{nr}")
    return aftale


def billede(aftale: Rammeaftale, oejeblik: datetime = OEJEBLIK) -> Kapacitetsbillede:
    """The snapshot of the agreement's version."""
    version = gaeldende_version(aftale.id)
    assert version is not None
    return saml(version, oejeblik)


def data(aftale: Rammeaftale) -> str:
    """The snapshot as text."""
    return til_json(billede(aftale))
