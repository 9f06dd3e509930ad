"""Levels, supplements and packages of the demo data, each computed by the engine beside a demo takst."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from faelles.scope import som_systemet
from faelles.tid import Periode
from takster.beregning.niveauer import Takstniveau
from takster.beregning.vaerdiobjekt import Inddata
from takster.models import Bladtilstand, Prisart, Prisblad, Takst, Takstenhed
from takster.prisblade import inddata
from takster.prisblade.inddata import REGNESTYKKER, Tillaegsbudget
from vilkaar.queries import GaeldendeVilkaar, gaeldende_i_kommune

I_ORDEN = ("afdeling__tilbud__navn_sortering", "afdeling__navn", "hjemmel", "periode")  # ids are never the same twice
HVER = 12  # of the takster has prices beside it
VAEGTE = ("1", "1.25", "1.6")
PAKKE = "Samlet pakke"
TILLAEG = Tillaegsbudget(navn="Vågen nattevagt", omkostning=Decimal(680_000), pladser=Decimal(2))


def indlaes(dag: date) -> int:
    """Write levels and a supplement beside some of the takster that hold on the day, and packages of some departments'. Returns how many."""
    alle = list(Takst.objects.paa(dag).select_related("afdeling__tilbud").order_by(*I_ORDEN))
    takster = alle[::HVER]
    sammen: dict[tuple[UUID, Any, str], list[Takst]] = {}
    for takst in alle:
        sammen.setdefault((takst.afdeling_id, takst.periode, takst.enhed), []).append(takst)
    pakker = [dele for dele in sammen.values() if len(dele) > 1][::HVER]
    steder = {_sted(takst) for takst in (*takster, *(dele[0] for dele in pakker))}
    vilkaar = {sted: gaeldende_i_kommune(*sted) for sted in steder}
    blade = [blad for takst in takster for blad in _ved(takst, vilkaar[_sted(takst)])]
    for dele in pakker:
        saet = vilkaar[_sted(dele[0])]
        blade.append(_blad(dele[0], Prisart.PAKKE, PAKKE, inddata.pakke(dele, saet), saet))
    with som_systemet("demo data of every operator's"):
        Prisblad.objects.bulk_create(blade, batch_size=500)
    return len(blade)


def _sted(takst: Takst) -> tuple[str, date]:
    return takst.afdeling.tilbud.beliggenhedskommune_id, Periode.af_range(takst.periode).fra


def _ved(takst: Takst, vilkaar: GaeldendeVilkaar) -> Iterator[Prisblad]:
    fra, enhed = Periode.af_range(takst.periode).fra, Takstenhed(takst.enhed)
    niveauer = [
        Takstniveau(niveau=nummer, pladser=Decimal(9 - nummer), vaegt=Decimal(vaegt))
        for nummer, vaegt in enumerate(VAEGTE, 1)
    ]
    yield _blad(takst, Prisart.NIVEAUER, "", inddata.niveauer(takst, niveauer, vilkaar), vilkaar)
    tillaeg = inddata.tillaeg(TILLAEG, aar=fra.year, enhed=enhed, vilkaar=vilkaar)
    yield _blad(takst, Prisart.TILLAEG, TILLAEG.navn, tillaeg, vilkaar)


def _blad(takst: Takst, art: Prisart, navn: str, data: Inddata, vilkaar: GaeldendeVilkaar) -> Prisblad:
    tilbud = takst.afdeling.tilbud
    return Prisblad(
        driftsherre_id=tilbud.driftsherre_id,
        tilbud=tilbud,
        afdeling_id=takst.afdeling_id,
        hjemmel_id=None if art is Prisart.PAKKE else takst.hjemmel_id,
        art=art,
        navn=navn,
        enhed=takst.enhed,
        periode=takst.periode,
        beregning=REGNESTYKKER[art].beregn(data).som_json(),
        vilkaarssaet_id=vilkaar.saet_id,
        begrundelse="Demodata",
        tilstand=Bladtilstand.OFFENTLIGGJORT,
        indsendt_af="demodata:en",
        indsendt_rolle="Demodata",
        afgjort=takst.oprettet,
        afgjort_af="demodata:en anden",
        afgjort_rolle="Demodata",
    )
