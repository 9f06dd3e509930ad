"""Collects the snapshot of the report "Tilbud og takster". Nine statements however many offers."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from uuid import UUID

from faelles.tid import KOEBENHAVN, Periode
from rammeaftale.models import Version
from rammeaftale.rapporter.aftalen import om_aftalen
from rammeaftale.rapporter.beskyttelse import NAEVNES_IKKE, SPOERG_KOMMUNEN, uden_driftsherre
from rammeaftale.rapporter.rammeaftalen.omraadet import Omraade, kommuner_i, omraade
from rammeaftale.rapporter.tilbudsliste import data
from takster.aarsliste.queries import aarets_takster
from takster.models import Takst
from tilbud.models import Tilbud
from vilkaar.kilde import klausuler_i_ord


def saml(version: Version, oejeblik: datetime) -> data.Tilbudslistebillede:
    """The offers open on the data date, with the takster of its year."""
    dag = oejeblik.astimezone(KOEBENHAVN).date()
    kkr = version.aftale.kkr
    her = omraade([kommune.kommunekode for kommune in kommuner_i(kkr, dag)], dag)
    pr_tilbud: dict[UUID, list[Takst]] = defaultdict(list)
    for takst in aarets_takster(aar=dag.year):
        if takst.afdeling.tilbud_id in her.aabne:
            pr_tilbud[takst.afdeling.tilbud_id].append(takst)
    skjulte = uden_driftsherre(her.aabne)
    alle = (
        Tilbud.objects.filter(pk__in=her.aabne)
        .select_related("driftsherre", "beliggenhedskommune")
        .defer("beliggenhedskommune__graense")
        .prefetch_related("hjemler", "maalgrupper")
        .order_by("driftsherre__navn_sortering", "driftsherre", "navn_sortering", "pk")
    )
    return data.Tilbudslistebillede(
        datatidspunkt=oejeblik,
        datadag=dag,
        aftale=om_aftalen(version, dag),
        aar=dag.year,
        driftsherrer=tuple(
            data.Driftsherre(navn, tuple(_tilbud(et, her, pr_tilbud) for et in sine))
            for navn, sine in _pr_driftsherre(alle, skjulte)
        ),
        vilkaarssaet=_vilkaarssaet([takst for sine in pr_tilbud.values() for takst in sine]),
    )


def _pr_driftsherre(alle: Iterable[Tilbud], skjulte: Collection[UUID]) -> Iterator[tuple[str, list[Tilbud]]]:
    """Each operator with its offers; those whose operator is not named stand last, together and by their own names."""
    tilbuddene = list(alle)
    naevnte = (tilbud for tilbud in tilbuddene if tilbud.pk not in skjulte)
    unaevnte = [tilbud for tilbud in tilbuddene if tilbud.pk in skjulte]
    for driftsherre, sine in groupby(naevnte, key=lambda tilbud: tilbud.driftsherre):
        yield driftsherre.navn, list(sine)
    if unaevnte:
        yield NAEVNES_IKKE, sorted(unaevnte, key=lambda tilbud: (tilbud.navn_sortering, tilbud.pk))


def _kontakt(tilbud: Tilbud) -> str:
    if tilbud.beskyttet_adresse:
        return SPOERG_KOMMUNEN
    return ", ".join(filter(None, (tilbud.kontakt_funktion, tilbud.kontakt_telefon, tilbud.kontakt_email)))


def _tilbud(tilbud: Tilbud, her: Omraade, takster: Mapping[UUID, Sequence[Takst]]) -> data.Tilbud:
    return data.Tilbud(
        navn=tilbud.navn,
        kommune=tilbud.beliggenhedskommune.kortnavn,
        hjemler=tuple(str(hjemmel) for hjemmel in sorted(tilbud.hjemler.all(), key=lambda h: (h.raekkefoelge, h.kode))),
        maalgrupper=tuple(
            gruppe.term for gruppe in sorted(tilbud.maalgrupper.all(), key=lambda g: (g.term_sortering, str(g.kode)))
        ),
        pladser=her.pladser_i([tilbud.pk]).i_alt,
        kontakt=_kontakt(tilbud),
        takster=tuple(_takst(takst) for takst in takster.get(tilbud.pk, ())),
    )


def _takst(takst: Takst) -> data.Takst:
    periode = Periode.af_range(takst.periode)
    return data.Takst(
        afdeling=takst.afdeling.navn,
        hjemmel=takst.hjemmel.paragraf,
        beloeb=takst.beloeb,
        enhed=takst.get_enhed_display(),
        fra=periode.fra,
        sidste_dag=periode.sidste_dag,
        belaegning=takst.belaegningsprocent,
        foreloebig=takst.foreloebig,
        saet=_saetnavn(takst),
    )


def _saetnavn(takst: Takst) -> str:
    return f"{takst.vilkaarssaet.aftale}, sæt {takst.vilkaarssaet.nummer}"


def _vilkaarssaet(takster: Sequence[Takst]) -> tuple[data.Vilkaarssaet, ...]:
    """Each set once with each status it has, and the clauses of the takst."""
    fundne = {(_saetnavn(takst), takst.vilkaarsstatus, klausuler_i_ord(vars(takst)["klausuler"])) for takst in takster}
    return tuple(data.Vilkaarssaet(*saet) for saet in sorted(fundne))
