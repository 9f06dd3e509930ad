"""Offers whose takster cost so many kr. per place per day, computed by the engine; and terms with a ceiling on them.

Days are 365 of every year, and the budget is one cost and one concrete overhead, so a sum can be made by hand.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from faelles.tid import Periode
from kommuner.models import Organisation
from takster.beregning.belaegning import Dagsbasis
from takster.beregning.takst import Overhead, Overheadmetode, beregn_takst
from takster.models import Takst, Takstenhed
from tests import fabrik
from tests.takster.beregning.eksempel import inddata, poster
from tilbud.models import Afdeling
from vilkaar.models import Vilkaarssaet
from vilkaar.noegler import Noegle

# PL of 2 percent a year for two years, and 1 percent off: 102 × 1.02 × 0.99 = 102.9996.
LOFT = {
    Noegle.VAEKSTLOFT_BASISAAR: "2024", Noegle.VAEKSTLOFT: "2025=2; 2026=2", Noegle.VAEKSTLOFT_FRADRAG_PROCENT: "1",
}  # fmt: skip


def vilkaar(uden: Noegle | None = None, andre: Mapping[Noegle, str] = LOFT) -> None:
    """The KKR's terms from 2020 on."""
    fabrik.kommune("Gladsaxe")
    Vilkaarssaet.objects.filter(kkr=fabrik.kkr()).update(periode=Periode(date(2007, 1, 1), date(2020, 1, 1)).som_range)
    fabrik.vilkaar(fabrik.kkr(), fra=date(2020, 1, 1), andre={**LOFT, **andre}, uden=uden)


def beregning(kr: int | Decimal, *, pladser: int = 10, overhead: int = 0, aar: int = 2026) -> dict[str, Any]:
    """A stored calculation of so many kr. per place per day, `overhead` of them."""
    dage = pladser * 365
    return beregn_takst(
        inddata(
            aar=aar,
            pladser=Decimal(pladser),
            direkte_omkostninger=poster(("løn", str((kr - overhead) * dage))),
            overhead=Overhead(metode=Overheadmetode.KONKRET, beloeb=Decimal(overhead * dage)),
            dagsbasis=Dagsbasis("365"),
        )
    ).som_json()


def takst(
    hvor: Afdeling, aar: int, kr: int | Decimal, *, fra: date | None = None, til: date | None = None, **andet: Any
) -> Takst:
    """A takst of the year, or of the days given of it."""
    tal = {navn: andet.pop(navn) for navn in ("pladser", "overhead") if navn in andet}
    return fabrik.takst(
        hvor,
        fra=fra or date(aar, 1, 1),
        til=til or date(aar + 1, 1, 1),
        beregning=beregning(kr, aar=aar, **tal),
        **andet,
    )


def afdeling(*takster: tuple[int, int], i: str = "Gladsaxe", pladser: int = 10, **andet: Any) -> Afdeling:
    """A department of a new offer with these takster: year and kr. per place per day."""
    hvor = fabrik.afdeling(fabrik.tilbud(i=i, **andet))
    for aar, kr in takster:
        takst(hvor, aar, kr, pladser=pladser)
    return hvor


def omraade() -> None:
    """An area over its ceiling: one operator keeps it and one does not, and there is one of every group and reason."""
    vilkaar()
    fabrik.kommune("Rødovre")
    fabrik.hjemmel("SEL-108")
    afdeling((2024, 1000), (2025, 1010), (2026, 1020))
    dyr = afdeling((2024, 1000), (2025, 1050), i="Rødovre")
    takst(dyr, 2026, 1200, overhead=100)
    vokset = afdeling((2024, 1000))
    takst(vokset, 2026, 1000, pladser=15)
    afdeling((2026, 2000))
    afdeling((2024, 900))
    fabrik.takst(afdeling(navn="Huset"), fra=date(2026, 1, 1), til=date(2027, 1, 1))
    takst(afdeling(navn="Midt i året"), 2026, 5000, fra=date(2026, 3, 1))
    fabrik.takst(afdeling(navn="Værkstedet"), enhed=Takstenhed.DAG, fra=date(2026, 1, 1), til=date(2027, 1, 1))
    afdeling(navn="Uden takst")
    afdeling(navn="Fondens", driftsherre=Organisation.objects.create(art="privat", navn="Fonden"))
