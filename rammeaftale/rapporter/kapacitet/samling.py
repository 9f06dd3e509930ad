"""Collects the snapshot of the report "Kapacitet og belægning". What rests on too few stays is left out here."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar
from uuid import UUID

from faelles.diskretion import skjul_raekker
from faelles.sprog import sortnoegle
from faelles.tid import KOEBENHAVN, Periode
from kommuner.models import Kommune, Organisationsart
from rammeaftale.models import Version
from rammeaftale.rapporter.aftalen import Vilkaarssaet, om_aftalen, om_vilkaarene
from rammeaftale.rapporter.kapacitet import data, ventetider
from rammeaftale.rapporter.kapacitet.handler import forbrug
from rammeaftale.rapporter.kapacitet.matrix import matrix
from rammeaftale.rapporter.rammeaftalen import behov
from rammeaftale.rapporter.rammeaftalen.data import Belaegning, Periodenavn
from rammeaftale.rapporter.rammeaftalen.omraadet import Omraade, kommuner_i, omraade, sum_af
from rammeaftale.rapporter.rammeaftalen.pladsdage import Pladsdage, pladsdage
from reservationer.soegning.behov.optaelling import kvartal_navn, kvartaler_foer
from tilbud.models import Niveau, Tilbud
from vilkaar.noegler import Noegle
from vilkaar.queries import GaeldendeVilkaar, gaeldende

KVARTALER = 12  # three years: long enough to see a season twice
PRIVATE = "Private og selvejende tilbud"
Dage = Mapping[UUID, Pladsdage]
N = TypeVar("N", bound=Hashable)


def saml(version: Version, oejeblik: datetime) -> data.Kapacitetsbillede:
    """Read everything the report needs. Raises Konflikt when the KKR has no terms on the data date, or the limit for small counts is missing."""
    dag = oejeblik.astimezone(KOEBENHAVN).date()
    kkr = version.aftale.kkr
    vilkaar = gaeldende(kkr.pk, dag)
    graense = vilkaar.heltal(Noegle.DISKRETION_GRAENSE)
    kommuner = kommuner_i(kkr, dag)
    her = omraade([kommune.kommunekode for kommune in kommuner], dag)
    aaret, foer = (Periodenavn(str(aar), date(aar, 1, 1), date(aar + 1, 1, 1)) for aar in (dag.year - 1, dag.year - 2))
    i_aaret, i_foer = (pladsdage(her.kommune.keys(), Periode(p.fra, p.til)) for p in (aaret, foer))
    kvartaler = _kvartaler(dag, KVARTALER)
    kommunetal, i_alt = _kommuner(kommuner, her, i_aaret, graense)
    return data.Kapacitetsbillede(
        datatidspunkt=oejeblik,
        datadag=dag,
        aftale=om_aftalen(version, dag),
        vilkaar=graensens_vilkaar(vilkaar),
        aaret=aaret,
        aaret_foer=foer,
        typer=_typer(her, i_aaret, i_foer, graense),
        kvartaler=kvartaler,
        over_tid=tuple(_i_kvartalet(her, kvartal, graense) for kvartal in kvartaler),
        kommuner=kommunetal,
        i_alt=i_alt,
        pladser_i_alt=her.pladser_i(her.aabne),
        tilbud_i_alt=len(her.aabne),
        matrix=handelsmatrix(kommuner, her, dag, graense),
        niveauer=_niveauer(her, dag, i_aaret, i_foer, graense),
        behov=behov.saml(kkr.pk, dag),
        svartider=ventetider.saml(kkr, dag),
    )


def graensens_vilkaar(vilkaar: GaeldendeVilkaar) -> Vilkaarssaet:
    """The set with the one term the report rests on."""
    saet = om_vilkaarene(vilkaar)
    return replace(saet, vaerdier=tuple(v for v in saet.vaerdier if v.noegle == Noegle.DISKRETION_GRAENSE))


def _i_kvartalet(her: Omraade, kvartal: Periodenavn, graense: int) -> Belaegning:
    alle = sum_af(pladsdage(her.kommune.keys(), Periode(kvartal.fra, kvartal.til)), her.kommune)
    return Belaegning(aabne=alle.aabne, belagte=None if alle.ophold < graense else alle.belagte)


def _kommuner(
    kommuner: Sequence[Kommune], her: Omraade, dage: Dage, graense: int
) -> tuple[tuple[data.Kommunetal, ...], Belaegning]:
    """Each municipality's and all, of one table: none can be computed from the others."""
    i: dict[str, list[UUID]] = {kommune.kommunekode: [] for kommune in kommuner}
    for nr, kode in her.kommune.items():
        i[kode].append(nr)
    summer = {kode: sum_af(dage, numre) for kode, numre in i.items()}
    skjult = skjul_raekker({kode: s.ophold for kode, s in summer.items() if s.aabne}, graense)
    alle = sum_af(dage, her.kommune)
    tal = tuple(
        data.Kommunetal(
            kode=kommune.kommunekode,
            navn=kommune.kortnavn,
            tilbud=sum(nr in her.aabne for nr in i[kommune.kommunekode]),
            pladser=her.pladser_i(nr for nr in i[kommune.kommunekode] if nr in her.aabne).i_alt,
            belaegning=_belaegning(summer[kommune.kommunekode], skjules=kommune.kommunekode in skjult.raekker),
            laengdegrad=kommune.laengdegrad,
            breddegrad=kommune.breddegrad,
            graense=kommune.graense,
        )
        for kommune in kommuner
    )
    return tal, _belaegning(alle, skjules=skjult.i_alt)


def _belaegning(dage: Pladsdage, *, skjules: bool) -> Belaegning:
    return Belaegning(aabne=dage.aabne, belagte=None if skjules else dage.belagte)


def _typer(her: Omraade, i_aaret: Dage, i_foer: Dage, graense: int) -> tuple[data.Typeraekke, ...]:
    """A row for each legal basis and target group that open offers have together, in the order of both."""
    grupper: dict[tuple[str, str], list[UUID]] = {}
    for hjemmel, maalgruppe, tilbud in _hjemmel_og_maalgruppe(her):
        grupper.setdefault((hjemmel, maalgruppe), []).append(tilbud)
    andele, andele_foer = (_procenter(grupper, dage, graense) for dage in (i_aaret, i_foer))
    fundne = []
    for (hjemmel, maalgruppe), numre in grupper.items():
        aabne = [nr for nr in numre if nr in her.aabne]
        if aabne:
            noegle = (hjemmel, maalgruppe)
            pladser, dage = her.pladser_i(aabne).i_alt, sum_af(i_aaret, numre).aabne
            fundne.append(
                data.Typeraekke(hjemmel, maalgruppe, len(aabne), pladser, dage, andele[noegle], andele_foer[noegle])
            )
    return tuple(fundne)


def _hjemmel_og_maalgruppe(her: Omraade) -> Iterable[tuple[str, str, UUID]]:
    """Each pair an offer has, with the offer."""
    hjemler, maalgrupper = (
        list(gennem.objects.filter(tilbud__in=her.kommune.keys()).order_by(*orden).values_list("tilbud_id", *felter))
        for gennem, orden, felter in (
            (
                Tilbud.hjemler.through,
                ("hjemmel__raekkefoelge", "hjemmel"),
                ("hjemmel", "hjemmel__paragraf", "hjemmel__navn"),
            ),
            (Tilbud.maalgrupper.through, ("maalgruppe__term_sortering", "maalgruppe"), ("maalgruppe__term",)),
        )
    )
    i_gruppen: dict[UUID, list[str]] = {}
    for nr, term in maalgrupper:
        i_gruppen.setdefault(nr, []).append(term)
    orden = {term: plads for plads, term in enumerate(dict.fromkeys(term for _, term in maalgrupper))}
    efter_hjemmel: dict[str, list[tuple[str, UUID]]] = {}
    for nr, kode, paragraf, navn in hjemler:
        efter_hjemmel.setdefault(f"{kode.split('-')[0]} {paragraf} {navn}", []).extend(
            (term, nr) for term in i_gruppen.get(nr, ["Ingen målgruppe angivet"])
        )
    for hjemmel, par in efter_hjemmel.items():
        for term, nr in sorted(par, key=lambda p: orden.get(p[0], len(orden))):
            yield hjemmel, term, nr


def _procenter(grupper: Mapping[N, Sequence[UUID]], dage: Dage, graense: int) -> dict[N, int | None]:
    """The occupied share in whole per cent; None where it may not be shown or nothing was open."""
    summer = {noegle: sum_af(dage, numre) for noegle, numre in grupper.items()}
    skjulte = skjul_raekker({noegle: s.ophold for noegle, s in summer.items() if s.aabne}, graense).raekker
    return {noegle: None if noegle in skjulte else hele_procent(s) for noegle, s in summer.items()}


def hele_procent(dage: Pladsdage) -> int | None:
    """Half up; None where nothing was open."""
    if not dage.aabne:
        return None
    return int((Decimal(dage.belagte * 100) / dage.aabne).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _kvartaler(dag: date, antal: int) -> tuple[Periodenavn, ...]:
    return tuple(Periodenavn(kvartal_navn(k), k.fra, k.til or k.fra) for k in kvartaler_foer(dag, antal))


def handelsperiode(dag: date) -> Periodenavn:
    """The last four finished quarters: one that is not over would tell, day by day, who came."""
    fire = _kvartaler(dag, 4)
    return Periodenavn(f"{fire[0].navn} til {fire[-1].navn}", fire[0].fra, fire[-1].til)


def handelsmatrix(kommuner: Sequence[Kommune], her: Omraade, dag: date, graense: int) -> data.Handelsmatrix:
    """Who buys of whom in the last four finished quarters before the day, as it may be published."""
    periode = handelsperiode(dag)
    tilbud = list(
        Tilbud.objects.filter(pk__in=her.kommune.keys()).values_list("pk", "driftsherre__art", "driftsherre__navn")
    )
    navne = {(art, navn): saelgernavn(art, navn) for _, art, navn in tilbud}
    pladser = dict.fromkeys(sorted(set(navne.values()), key=lambda n: (n == PRIVATE, sortnoegle(n))), 0)
    for nr, art, navn in tilbud:
        if nr in her.aabne:
            pladser[navne[art, navn]] += her.pladser_i([nr]).i_alt
    koebere = [kommune.organisation.navn for kommune in kommuner]
    brugt = forbrug(her.kommune.keys(), Periode(periode.fra, periode.til), navne, frozenset(koebere))
    return matrix(periode, pladser, koebere, brugt, graense)


def saelgernavn(art: str, navn: str) -> str:
    """What an operator of that kind and name is called in the matrix: the private ones stand together."""
    return PRIVATE if art in {Organisationsart.PRIVAT, Organisationsart.SELVEJENDE} else navn


def _niveauer(her: Omraade, dag: date, i_aaret: Dage, i_foer: Dage, graense: int) -> tuple[data.Niveauraekke, ...]:
    """The offers by their level on the data date."""
    niveauer = dict(Niveau.objects.paa(dag).filter(tilbud__in=her.aabne).values_list("tilbud_id", "niveau"))
    grupper = {tal: [nr for nr in her.aabne if niveauer.get(nr) == tal] for tal in (1, 2, 3, None)}
    andele, andele_foer = (_procenter(grupper, dage, graense) for dage in (i_aaret, i_foer))
    return tuple(
        data.Niveauraekke(tal, len(numre), her.pladser_i(numre).i_alt, andele[tal], andele_foer[tal])
        for tal, numre in grupper.items()
    )
