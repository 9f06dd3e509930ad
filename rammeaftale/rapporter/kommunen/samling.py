"""Collects the snapshot of the report "Kommunens køb og salg"."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q

from faelles.tid import KOEBENHAVN, Periode
from kommuner.models import Kkr, Kommune
from rammeaftale.rapporter.aftalen import Vilkaarssaet, om_aftalen
from rammeaftale.rapporter.beskyttelse import NAEVNES_IKKE, uden_driftsherre
from rammeaftale.rapporter.emne import Emne
from rammeaftale.rapporter.kapacitet.data import Handel, Handelsmatrix
from rammeaftale.rapporter.kapacitet.matrix import UDEN_KOEBER
from rammeaftale.rapporter.kapacitet.samling import graensens_vilkaar, handelsmatrix, handelsperiode, saelgernavn
from rammeaftale.rapporter.kommunen import data
from rammeaftale.rapporter.kommunen.brug import Talt, talt
from rammeaftale.rapporter.kommunen.regler import UDEN_SAG, Brug, hele, vist
from rammeaftale.rapporter.rammeaftalen.omraadet import kommuner_i, omraade
from tilbud.models import Hjemmel, Plads, Tilbud
from vilkaar.noegler import Noegle
from vilkaar.queries import gaeldende

UDEN_HJEMMEL, UDEN_MAALGRUPPE = "Hjemmel ikke registreret", "Ingen målgruppe angivet"
Sider = tuple[data.Handelsside, data.Handelsside]


def saml(emne: Emne, oejeblik: datetime) -> data.Kommunebillede:
    """Read everything the report needs, of the last four finished quarters.

    Raises ValueError without a municipality, and Konflikt when the secretariat's KKR has no limit for small counts on the data date.
    """
    kommune = emne.kommune
    if kommune is None:
        raise ValueError("Rapporten er om en kommune")
    dag = oejeblik.astimezone(KOEBENHAVN).date()
    periode = handelsperiode(dag)
    vilkaar = None
    if emne.egen:
        koeb, salg = _egne(kommune, Periode(periode.fra, periode.til))
    else:
        vilkaar, (koeb, salg) = _i_omraadet(emne.version.aftale.kkr, kommune, dag)
    return data.Kommunebillede(
        datatidspunkt=oejeblik,
        datadag=dag,
        aftale=replace(om_aftalen(emne.version, dag), indledning=""),  # not said here, and may be a draft
        vilkaar=vilkaar,
        kommune=kommune.organisation.navn,
        egen=emne.egen,
        periode=periode,
        tilbud=_tilbud(kommune, dag),
        koeb=koeb,
        salg=salg,
    )


def _egne(kommune: Kommune, periode: Periode) -> Sider:
    """All the municipality is party to, wherever the offer lies."""
    alle = talt(kommune.organisation_id, periode, None)
    skjulte = uden_driftsherre({en.tilbud for en in alle})

    def saelger(en: Talt) -> str:
        return NAEVNES_IKKE if en.tilbud in skjulte else en.saelger_navn

    koeb, salg = _koeb_og_salg(kommune, alle, saelger)
    return hele(koeb), hele(salg)


def _i_omraadet(kkr: Kkr, kommune: Kommune, dag: date) -> tuple[Vilkaarssaet, Sider]:
    """What may be told of its trade in the area, and the terms that decide it."""
    vilkaar = gaeldende(kkr.pk, dag)
    graense = vilkaar.heltal(Noegle.DISKRETION_GRAENSE)
    kommuner = kommuner_i(kkr, dag)
    her = omraade([en.kommunekode for en in kommuner], dag)
    matrix = handelsmatrix(kommuner, her, dag, graense)
    navn, periode = kommune.organisation.navn, Periode(matrix.periode.fra, matrix.periode.til)
    koeb, salg = _koeb_og_salg(
        kommune,
        talt(kommune.organisation_id, periode, her.kommune.keys()),
        lambda en: saelgernavn(en.saelger_art, en.saelger_navn),
    )
    sider = vist(koeb, *_koebt(matrix, navn), graense), vist(salg, *_solgt(matrix, navn), graense)
    return graensens_vilkaar(vilkaar), sider


def _koebt(matrix: Handelsmatrix, navn: str) -> tuple[tuple[data.Raekke, ...], Handel]:
    """The buyer's column of the matrix: the fields that may be shown, and the sum."""
    if navn not in matrix.koebere:
        return (), Handel(None, None)
    felter = tuple(data.Raekke(saelger, handel) for saelger, koeber, handel in matrix.vist if koeber == navn)
    return felter, matrix.koebt[matrix.koebere.index(navn)]


def _solgt(matrix: Handelsmatrix, navn: str) -> tuple[tuple[data.Raekke, ...], Handel]:
    """The seller's row."""
    felter = tuple(
        data.Raekke(koeber, handel, uden_pris=koeber == UDEN_KOEBER)
        for saelger, koeber, handel in matrix.vist
        if saelger == navn
    )
    return felter, next((s.i_alt for s in matrix.saelgere if s.navn == navn), Handel(None, None))


def _koeb_og_salg(
    kommune: Kommune, alle: Collection[Talt], saelger: Callable[[Talt], str]
) -> tuple[list[Brug], list[Brug]]:
    """What it pays for, and what is in its offers; its own citizens in its own offers are in both."""
    hjemler, grupper = _hjemler(alle), _maalgrupper({en.tilbud for en in alle})

    def brug(talte: Iterable[Talt], part: Callable[[Talt], str]) -> list[Brug]:
        return [
            Brug(
                hjemmel=_hjemmel(en, hjemler),
                maalgrupper=grupper.get(en.tilbud, UDEN_MAALGRUPPE),
                part=part(en),
                ophold=en.ophold,
                dage=en.dage,
                kr=en.kr if en.har_sag else None,
            )
            for en in sorted(talte, key=lambda en: _hjemlens_plads(en, hjemler))
        ]

    hvem = kommune.organisation_id
    return (
        brug((en for en in alle if en.koeber == hvem), saelger),
        brug((en for en in alle if en.saelger == hvem), lambda en: en.koeber_navn or UDEN_KOEBER),
    )


def _hjemlens_plads(en: Talt, hjemler: Mapping[str, tuple[int, str]]) -> tuple[bool, int]:
    """In the order of the law; last those without."""
    return not en.har_sag, hjemler[en.hjemmel][0] if en.hjemmel else len(hjemler)


def _hjemmel(en: Talt, hjemler: Mapping[str, tuple[int, str]]) -> str:
    if not en.har_sag:
        return UDEN_SAG
    return hjemler[en.hjemmel][1] if en.hjemmel else UDEN_HJEMMEL


def _hjemler(alle: Iterable[Talt]) -> dict[str, tuple[int, str]]:
    """By code: its place in the order of the law, and its name."""
    koder = {en.hjemmel for en in alle if en.hjemmel}
    fundne = Hjemmel.objects.filter(pk__in=koder).order_by("raekkefoelge", "kode")
    return {h.kode: (nr, f"{h.kode.split('-')[0]} {h}") for nr, h in enumerate(fundne)}


def _maalgrupper(tilbud: Collection[UUID]) -> dict[UUID, str]:
    """Each offer's target groups as one: an offer for several then counts once, and the lines add up."""
    fundne: dict[UUID, list[str]] = {}
    for nr, term in (
        Tilbud.maalgrupper.through.objects.filter(tilbud__in=tilbud)
        .order_by("maalgruppe__term_sortering", "maalgruppe")
        .values_list("tilbud_id", "maalgruppe__term")
    ):
        fundne.setdefault(nr, []).append(term)
    return {nr: "; ".join(termer) for nr, termer in fundne.items()}


def _tilbud(kommune: Kommune, dag: date) -> tuple[data.Tilbud, ...]:
    """Its own open offers in Danish order."""
    egne = (
        Tilbud.objects.filter(Q(lukket_fra=None) | Q(lukket_fra__gt=dag), driftsherre=kommune.organisation_id)
        .prefetch_related("hjemler")
        .order_by("navn_sortering", "pk")
    )
    pladser = dict(
        Plads.objects.aabne_paa(dag)
        .filter(afdeling__tilbud__driftsherre=kommune.organisation_id)
        .values_list("afdeling__tilbud")
        .annotate(antal=Count("id"))
    )
    return tuple(
        data.Tilbud(
            navn=tilbud.navn,
            hjemler=tuple(str(h) for h in sorted(tilbud.hjemler.all(), key=lambda h: (h.raekkefoelge, h.kode))),
            pladser=pladser.get(tilbud.pk, 0),
        )
        for tilbud in egne
    )
