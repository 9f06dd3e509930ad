"""Stays of years that are over, with the prices agreed for them; and an area with enough of them to be shown."""

from datetime import date
from decimal import Decimal
from typing import Any

from faelles.ids import ny_reference
from faelles.scope import som_systemet
from faelles.tid import Periode, nu
from kommuner.models import Organisation
from reservationer.sag.begreber import Tilstand
from reservationer.sag.models import Indgang, Ophold, Opholdshjemmel, Opholdsplads, Opholdspris
from reservationer.sag.priser import Prisaftale, Tillaegsart
from takster.models import Takstenhed
from tests import fabrik
from tests.takster.vaekst.situationer import vilkaar
from tilbud.models import Afdeling, Plads
from vilkaar.models import Vilkaarssaet

AAR = 2025
BASIS = 2024
HJEMMEL = "SEL-107"


def ophold(hvor: Plads, periode: Periode, *, ugedage: list[int] | None = None) -> Ophold:
    """A stay on the place, with neither price nor hjemmel yet."""
    tilbud = hvor.afdeling.tilbud
    with som_systemet("test"):
        nyt = Ophold.objects.create(
            indgang=Indgang.AKUT,
            tilbud=tilbud,
            driftsherre=tilbud.driftsherre,
            parter=[fabrik.kommune().organisation_id],
            reference=ny_reference(),
            sagsreference="PRIS",
            tilstand=Tilstand.LOEBENDE,
            foerste_dag=periode.fra,
            betales_fra=periode.fra,
            vilkaarssaet=Vilkaarssaet.objects.order_by("nummer")[0],
        )
        Opholdsplads.objects.create(ophold=nyt, optagelse=fabrik.optag(hvor, periode, ugedage=ugedage))
    return nyt


def hjemmel(hvis: Ophold, periode: Periode, kode: str = HJEMMEL) -> None:
    """What the stay is given under in the period."""
    with som_systemet("test"):
        Opholdshjemmel.objects.create(ophold=hvis, hjemmel=fabrik.hjemmel(kode), periode=periode.som_range)


def pris(
    hvis: Ophold,
    periode: Periode,
    takst: int | str,
    tillaeg: int | str = 0,
    *,
    enhed: Takstenhed = Takstenhed.DOEGN,
    accepteret: bool = True,
) -> None:
    """What is agreed for it in the period."""
    aftale = Prisaftale(
        Decimal(takst), enhed, tillaeg={Tillaegsart.NATTEVAGT: Decimal(tillaeg)} if Decimal(tillaeg) else {}
    )
    with som_systemet("test"):
        Opholdspris.objects.create(
            ophold=hvis,
            periode=periode.som_range,
            accepteret=nu() if accepteret else None,
            **Opholdspris.kolonner(aftale),
        )


def betalt(
    hvor: Afdeling, periode: Periode, takst: int | str, tillaeg: int | str = 0, *, kode: str = HJEMMEL
) -> Ophold:
    """A stay on a place of its own with one price."""
    nyt = ophold(fabrik.ledig_plads(hvor), periode)
    hjemmel(nyt, periode, kode)
    pris(nyt, periode, takst, tillaeg)
    return nyt


def afdeling(*takster: tuple[int, str], i: str = "Gladsaxe", kode: str = HJEMMEL, ejer: str = "") -> Afdeling:
    """A department of a new offer with these takster: year and kr. per døgn."""
    andet: dict[str, Any] = {"driftsherre": Organisation.objects.create(art="privat", navn=ejer)} if ejer else {}
    hvor = fabrik.afdeling(fabrik.tilbud(i=i, **andet))
    for aar, beloeb in takster:
        fabrik.takst(hvor, beloeb, kode=kode, fra=date(aar, 1, 1), til=date(aar + 1, 1, 1))
    return hvor


def omraade() -> None:
    """Takster that rise with PL alone (2 percent in 2025), and supplements that come beside them in one municipality's offer.

    Kr. per døgn in the two years: Gladsaxe has five stays at 1,000 and 1,020 + 102, a foundation five at 2,000 and 2,040; Rødovre's
    three and Herlev's two, at 500 and 510, are too few to be shown.
    """
    vilkaar()
    gladsaxe = afdeling((BASIS, "1000"), (AAR, "1020"))
    fonden = afdeling((BASIS, "2000"), (AAR, "2040"), i="Rødovre", ejer="Fonden")
    smaa = [afdeling((BASIS, "500"), (AAR, "510"), i=kommune) for kommune in ("Rødovre", "Herlev")]
    for _ in range(5):
        dyrere(gladsaxe, (1000, 0), (1020, 102))
        dyrere(fonden, (2000, 0), (2040, 0))
    for hvor, antal in zip(smaa, (3, 2), strict=True):
        for _ in range(antal):
            dyrere(hvor, (500, 0), (510, 0))


def dyrere(hvor: Afdeling, foer: tuple[int, int], nu_: tuple[int, int]) -> Ophold:
    """A stay through both years, with a takst and supplements in each."""
    periode = Periode(date(BASIS, 1, 1), date(AAR + 1, 1, 1))
    nyt = ophold(fabrik.ledig_plads(hvor), periode)
    hjemmel(nyt, periode)
    pris(nyt, Periode.aar(BASIS), *foer)
    pris(nyt, Periode.aar(AAR), *nu_)
    return nyt
