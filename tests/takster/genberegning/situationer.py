"""Terms of 2027 that are preliminary, and become final: in the KKR where Gladsaxe's offers lie."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from faelles.tid import Periode
from takster.models import Budget, Genberegning, Takst, Takstberegning
from tests import fabrik
from tests.takster.budget.situationer import budget, oekonom
from tests.takster.fastsaettelse.situationer import offentliggjort
from tilbud.models import Tilbud
from vilkaar.models import Saetstatus, Vilkaarssaet
from vilkaar.noegler import Noegle

AAR = 2027
FOERSTE, SLUT = date(2027, 1, 1), date(2029, 1, 1)
LAVERE_LOFT: dict[Noegle, str] = {Noegle.BELAEGNING_MAKS: "97"}  # changes what has 98 percent, not the example's 96.4


def indtil_aaret() -> Vilkaarssaet:
    """What governs until then, and goes on after: the KKR's first set."""
    fabrik.kommune("Gladsaxe")
    saet = Vilkaarssaet.objects.get(kkr=fabrik.kkr(), status=Saetstatus.ENDELIG)
    saet.periode = Periode(date(2007, 1, 1), FOERSTE).som_range
    saet.save()
    return saet


def foreloebigt(andre: Mapping[Noegle, str] | None = None) -> Vilkaarssaet:
    """The next agreement's preliminary set."""
    indtil_aaret()
    return fabrik.vilkaar(fabrik.kkr(), fra=FOERSTE, til=SLUT, status=Saetstatus.FORELOEBIG, andre=andre)


def endeligt(andre: Mapping[Noegle, str] | None = None, *, uden: Noegle | None = None) -> Vilkaarssaet:
    """The next agreement's final set."""
    return fabrik.vilkaar(fabrik.kkr(), fra=FOERSTE, til=SLUT, andre=andre, uden=uden)


def tilbud(navn: str) -> Tilbud:
    return fabrik.afdeling(fabrik.tilbud(navn, i="Gladsaxe")).tilbud


def ens(navn: str = "Uændret") -> Takstberegning:
    """Published, with the example's occupancy."""
    return offentliggjort(budget(tilbud(navn), aar=AAR))


def fyldt(navn: str = "Fyldt") -> Takstberegning:
    """Published, with an occupancy the agreement's upper bound decides."""
    return offentliggjort(fyldt_budget(navn))


def fyldt_budget(navn: str = "Fyldt") -> Budget:
    return budget(tilbud(navn), aar=AAR, belaegning_foer=Decimal(100), belaegning_sidst=Decimal(100))


def genberegnet(en: Takstberegning) -> Genberegning:
    return Genberegning.objects.synlige_for(oekonom()).select_related("beregning").get(beregning=en)


def taksten(en: Takstberegning) -> Takst:
    return Takst.objects.get(takstberegning=en, ophoert=None)


def kladder() -> list[Takstberegning]:
    return list(Takstberegning.objects.egne(oekonom()).filter(tilstand="kladde").order_by("tilbud__navn"))
