"""A small area with a bit of everything, and the reports made of it."""

from datetime import UTC, date, datetime
from decimal import Decimal

from faelles.aktoer import Aktoer
from faelles.tid import Periode
from kommuner.models import Folketal, Kommune
from rammeaftale.actions import registrer_godkendelse
from rammeaftale.livscyklus import Partsstatus
from rammeaftale.models import Godkendelse, Part, Rammeaftale
from rammeaftale.queries import gaeldende_version
from rammeaftale.rapporter import tasks  # noqa: F401 - as a worker does: makes the report types' makers known
from rammeaftale.rapporter.actions import bestil_rapport
from rammeaftale.rapporter.kanonisk import til_json
from rammeaftale.rapporter.models import Rapport
from rammeaftale.rapporter.rammeaftalen.data import Rammeaftalebillede
from rammeaftale.rapporter.rammeaftalen.samling import saml
from rammeaftale.rapporter.register import UDKAST, Manuskript, fremstiller
from takster.models import OffentliggjortPris
from tests import fabrik
from tilbud.belaegning.models import Optagelsesart

OEJEBLIK = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
KOMMUNER = ("Rødovre", "Gladsaxe", "Herlev")


def firkant(kommune: Kommune, nr: int) -> None:
    """Give the municipality a square of its own on the map, and inhabitants."""
    x = 12.0 + nr * 0.1
    kommune.graense = {
        "type": "Polygon",
        "coordinates": [[[x, 55.6], [x + 0.1, 55.6], [x + 0.1, 55.7], [x, 55.7], [x, 55.6]]],
    }
    kommune.laengdegrad, kommune.breddegrad = Decimal(str(round(x + 0.05, 2))), Decimal("55.65")
    kommune.save()
    Folketal.objects.create(kommune=kommune, aar=2026, antal=20_000 + nr * 1000, kilde="FOLK1A")


def omraade() -> Rammeaftale:
    """An agreement without text in the area of `tilbud_og_ophold`."""
    aftale = fabrik.aftale(parter=KOMMUNER)
    tilbud_og_ophold()
    return aftale


def tilbud_og_ophold() -> None:
    """Three municipalities: Gladsaxe with many stays, Herlev with two, Rødovre with none."""
    for nr, navn in enumerate(KOMMUNER):
        firkant(fabrik.kommune(navn), nr)
    stor = fabrik.afdeling(
        fabrik.tilbud("Storegården", i="Gladsaxe", maalgrupper=("Autismespektrum", "Erhvervet hjerneskade"))
    )
    pladser = [fabrik.ledig_plads(stor) for _ in range(12)]
    for plads in pladser[:9]:
        fabrik.optag(plads, Periode(date(2025, 3, 1), date(2026, 6, 1)))
    fabrik.optag(pladser[-1], Periode(date(2026, 7, 1), date(2026, 8, 1)), art=Optagelsesart.LUKKET)
    fabrik.takst(stor, "2400.00")
    lille = fabrik.afdeling(fabrik.tilbud("Lillebo", i="Herlev", hjemler=("SEL-104",), maalgrupper=("Psykisk sygdom",)))
    for nr in range(4):
        plads = fabrik.ledig_plads(lille, art="dag", ugedage=[1, 2, 3, 4, 5])
        if nr < 2:
            fabrik.optag(plads, Periode(date(2025, 1, 1)))
    fabrik.takst(lille, "800.00", kode="SEL-104")
    fabrik.niveau(stor.tilbud, 2, til=date(2024, 5, 1))
    fabrik.niveau(stor.tilbud, 1, fra=date(2024, 5, 1))
    fabrik.loggede_behov(9, navn="Rødovre")
    fabrik.loggede_behov(7, fra=date(2025, 7, 1), navn="Gladsaxe", term="Erhvervet hjerneskade")
    fabrik.loggede_behov(3, fra=date(2025, 7, 1), navn="Herlev", term="Psykisk sygdom")
    OffentliggjortPris.objects.create(
        raekke=1, tilbud_navn="Solgaven", ydelse="Dagtilbud", beloeb=Decimal(971), kilde_url="https://www.example.dk/takster",
        moms="inkl. moms", note="365 d/å", mangler=["Enheden er ikke angivet"],
    )  # fmt: skip


def billede(aftale: Rammeaftale, oejeblik: datetime = OEJEBLIK) -> Rammeaftalebillede:
    """The snapshot of the agreement's version."""
    version = gaeldende_version(aftale.id)
    assert version is not None
    return saml(version, oejeblik)


def data(aftale: Rammeaftale) -> str:
    """The snapshot as text."""
    return til_json(billede(aftale))


def lav(data: str, type_: str = "rammeaftale", manuskript: Manuskript = UDKAST) -> bytes:
    """The PDF of a snapshot, chapter by chapter as the job makes it."""
    maskine = fremstiller(type_)
    opdelt = maskine.opdel(data, maskine.tegn(data), manuskript)
    return opdelt.flet([maskine.saet(kapitel.kilde) for kapitel in opdelt.kapitler])


def bestil(aftale: Rammeaftale, aktoer: Aktoer | None = None) -> Rapport:
    """A report ordered by the secretariat."""
    return bestil_rapport(aktoer=aktoer or fabrik.sekretariat(), aftale_id=aftale.id, type_="rammeaftale")


def beslut(aftale: Rammeaftale, part: Part, status: Partsstatus = Partsstatus.GODKENDT, **andet: object) -> Godkendelse:
    """A party's decision registered by the secretariat."""
    return registrer_godkendelse(
        **{
            "aktoer": fabrik.sekretariat(aftale.kkr.navn),
            "aftale_id": aftale.id,
            "part_id": part.id,
            "status": status,
            "dato": date(2026, 10, 1),
            "organ": "Kommunalbestyrelsen",
            "referat_url": "https://www.example.dk/referat/1",
            **andet,
        }  # type: ignore[arg-type]  # a test may pass what a caller should not
    )
