"""Collects the snapshot of the report "Rammeaftale". Everything is read once, inside the caller's one transaction."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from uuid import UUID

from faelles.diskretion import skjul_raekker
from faelles.tid import KOEBENHAVN, Periode
from kommuner.models import Folketal, Kommune
from rammeaftale.models import Version
from rammeaftale.queries import partsstande
from rammeaftale.rapporter.aftalen import om_aftalen, om_vilkaarene
from rammeaftale.rapporter.aftaleteksten import samling as aftaleteksten
from rammeaftale.rapporter.eksempler import samling as eksempler
from rammeaftale.rapporter.rammeaftalen import behov, data, niveauer, offentliggjorte
from rammeaftale.rapporter.rammeaftalen.omraadet import Omraade, kommuner_i, omraade, sum_af
from rammeaftale.rapporter.rammeaftalen.pladsdage import Pladsdage, pladsdage
from rammeaftale.rapporter.rammeaftalen.takster import takster
from tilbud.models import Tilbud
from vilkaar.noegler import Noegle
from vilkaar.queries import gaeldende


def saml(version: Version, oejeblik: datetime) -> data.Rammeaftalebillede:
    """Read everything the report needs. Raises Konflikt when the KKR has no terms on the data date, or a term is missing."""
    dag = oejeblik.astimezone(KOEBENHAVN).date()
    aftale = version.aftale
    vilkaar = gaeldende(aftale.kkr_id, dag)
    graense = vilkaar.heltal(Noegle.DISKRETION_GRAENSE)
    kommuner = kommuner_i(aftale.kkr, dag)
    register = omraade([kommune.kommunekode for kommune in kommuner], dag)
    perioder = _perioder(dag)
    dage = [pladsdage(register.kommune.keys(), Periode(p.fra, p.til)) for p in perioder]
    belaegning, i_alt = _belaegning(kommuner, register, dage, graense)
    return data.Rammeaftalebillede(
        datatidspunkt=oejeblik,
        datadag=dag,
        aftale=om_aftalen(version, dag),
        tekst=aftaleteksten.tekst(version, dag),
        eksempler=eksempler.saml(version, dag),
        vilkaar=om_vilkaarene(vilkaar),
        parter=_parter(version),
        perioder=perioder,
        kommuner=_kommuner(kommuner, register, belaegning, dag),
        belaegning_i_alt=i_alt,
        maalgrupper=_maalgrupper(register, dage, graense),
        takstaar=dag.year,
        takster=takster(register.aabne, Periode.aar(dag.year)),
        niveauer=niveauer.niveauer(register, dag),
        niveau_pladser=niveauer.niveau_pladser(register, dag),
        flytninger=niveauer.flytninger(register, dag),
        behov=behov.saml(aftale.kkr_id, dag),
        offentliggjort=offentliggjorte.saml(),
    )


def _parter(version: Version) -> tuple[data.Part, ...]:
    fundne = []
    for stand_ in partsstande(version):
        periode, seneste = Periode.af_range(stand_.part.periode), stand_.seneste
        fundne.append(
            data.Part(
                navn=stand_.part.organisation.navn,
                fra=periode.fra,
                til=periode.til,
                efterfoelger=stand_.part.efterfoelger.navn if stand_.part.efterfoelger else "",
                status=stand_.status.value,
                dato=seneste.dato if seneste else None,
                organ=seneste.organ if seneste else "",
                referat_url=seneste.referat_url if seneste else "",
                bemaerkning=seneste.bemaerkning if seneste else "",
            )
        )
    return tuple(fundne)


def _perioder(dag: date) -> tuple[data.Periodenavn, ...]:
    """The last whole calendar year, and the days of this year before the data date (none on 1 January)."""
    nytaar = date(dag.year, 1, 1)
    sidste_aar = data.Periodenavn(navn=str(dag.year - 1), fra=date(dag.year - 1, 1, 1), til=nytaar)
    i_aar = (data.Periodenavn(navn=f"{dag.year} til dato", fra=nytaar, til=dag),) if dag > nytaar else ()
    return (sidste_aar, *i_aar)


def _belaegning(
    kommuner: Sequence[Kommune], register: Omraade, dage: Sequence[Mapping[UUID, Pladsdage]], graense: int
) -> tuple[dict[str, tuple[data.Belaegning, ...]], tuple[data.Belaegning, ...]]:
    """Per municipality and in all, each period by itself, with what rests on too few stays left out."""
    i: dict[str, list[UUID]] = {kommune.kommunekode: [] for kommune in kommuner}
    for nr, kode in register.kommune.items():
        i[kode].append(nr)
    pr_kommune: dict[str, list[data.Belaegning]] = {kode: [] for kode in i}
    i_alt = []
    for periodens in dage:
        summer = {kode: sum_af(periodens, numre) for kode, numre in i.items()}
        skjult = skjul_raekker({kode: s.ophold for kode, s in summer.items() if s.aabne}, graense)
        for kode, s in summer.items():
            pr_kommune[kode].append(
                data.Belaegning(aabne=s.aabne, belagte=None if kode in skjult.raekker else s.belagte)
            )
        alle = sum_af(periodens, register.kommune)
        i_alt.append(data.Belaegning(aabne=alle.aabne, belagte=None if skjult.i_alt else alle.belagte))
    return {kode: tuple(liste) for kode, liste in pr_kommune.items()}, tuple(i_alt)


def _kommuner(
    kommuner: Sequence[Kommune], register: Omraade, belaegning: Mapping[str, tuple[data.Belaegning, ...]], dag: date
) -> tuple[data.Kommune, ...]:
    folketal = {
        tal.kommune_id: tal for tal in Folketal.objects.filter(kommune__in=kommuner, aar__lte=dag.year).order_by("aar")
    }
    tilbud = Counter(register.kommune[nr] for nr in register.aabne)
    fundne = []
    for kommune in kommuner:
        kode = kommune.kommunekode
        tal = folketal.get(kode)
        fundne.append(
            data.Kommune(
                kode=kode,
                navn=kommune.kortnavn,
                tilbud=tilbud[kode],
                pladser=register.pladser_i(nr for nr in register.aabne if register.kommune[nr] == kode),
                belaegning=belaegning[kode],
                folketal=tal.antal if tal else None,
                folketal_aar=tal.aar if tal else None,
                laengdegrad=kommune.laengdegrad,
                breddegrad=kommune.breddegrad,
                graense=kommune.graense,
            )
        )
    return tuple(fundne)


def _maalgrupper(
    register: Omraade, dage: Sequence[Mapping[UUID, Pladsdage]], graense: int
) -> tuple[data.Maalgruppe, ...]:
    par = list(
        Tilbud.maalgrupper.through.objects.filter(tilbud__in=register.kommune.keys())
        .order_by("maalgruppe__term_sortering", "maalgruppe")
        .values_list("maalgruppe__term", "tilbud_id")
    )
    i = {term: [nr for _, nr in gruppe] for term, gruppe in groupby(par, key=lambda p: p[0])}
    andele: dict[str, list[int | None]] = {term: [] for term in i}
    for periodens in dage:
        summer = {term: sum_af(periodens, numre) for term, numre in i.items()}
        skjulte = skjul_raekker({term: s.ophold for term, s in summer.items() if s.aabne}, graense).raekker
        for term, s in summer.items():
            vises = s.aabne and term not in skjulte
            andele[term].append(_hele_procent(s) if vises else None)
    return tuple(
        data.Maalgruppe(
            navn=term,
            tilbud=sum(nr in register.aabne for nr in numre),
            pladser=register.pladser_i(nr for nr in numre if nr in register.aabne),
            belaegning=tuple(andele[term]),
        )
        for term, numre in i.items()
        if any(nr in register.aabne for nr in numre)
    )


def _hele_procent(dage: Pladsdage) -> int:
    return int((Decimal(dage.belagte * 100) / dage.aabne).quantize(Decimal(1), rounding=ROUND_HALF_UP))
