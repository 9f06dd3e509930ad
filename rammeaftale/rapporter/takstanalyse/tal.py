"""The tables and drawings of the report "Takstanalyse" as rows: of each unit the same ones, those of day takster with `-dag` to their id."""

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal

from rammeaftale.rapporter.kanonisk import fra_json
from rammeaftale.rapporter.poster import Post, Raekke
from rammeaftale.rapporter.takstanalyse.data import Prisaar, Serie, Takstanalysebillede, Takstart
from takster.models import Takstenhed
from takster.vaekst.tekst import PR_DAG

_VAEKST = "takster.vaekst.queries.vaekst"
_UDELADELSER = "takster.vaekst.summer.udeladelser"
_TAKSTER = "rammeaftale.rapporter.rammeaftalen.takster.takster"
_PRISER = "reservationer.sag.prisudvikling.queries.prisudvikling"
_VILKAAR = "rammeaftale.rapporter.aftalen.om_vilkaarene"


def poster(data: str) -> tuple[Post, ...]:
    """Every table and drawing the report can have, in order; without rows when there is nothing to show."""
    b = fra_json(Takstanalysebillede, data)
    return (
        *(post for art in b.arter for post in _art(b, art)),
        _post("R4-T6", f"Takster i private og selvejende tilbud, {b.aar}", _TAKSTER,
              ("Hjemmel", "Enhed", "Antal", "Mindste, kr.", "Median, kr.", "Største, kr.", "Vejet gennemsnit, kr."),
              ((t.hjemmel, t.enhed, t.antal, t.mindste, t.median, t.stoerste, t.vejet) for t in b.private), 2),
        _post("R4-T9", f"Takster og tilbud, der ikke er med i {b.aar}", _UDELADELSER,
              ("Driftsherre", "Tilbud", "Afdeling", "Hjemmel", "Enhed", "Grund"),
              ((u.driftsherre, u.tilbud, u.afdeling, u.hjemmel, u.enhed, u.grund) for u in b.udeladelser), 4),
        _post("R4-T10", "Vilkårene bag", _VILKAAR, ("Vilkår", "Værdi", "Enhed", "Klausul", "Sæt", "Aftale"),
              ((v.navn, v.vaerdi, v.enhed, v.klausul, b.vilkaar.nummer, b.vilkaar.aftale) for v in b.vilkaar.vaerdier) if b.vilkaar else ()),
    )  # fmt: skip


def hale(art: Takstart) -> str:
    """What the ids of a unit's tables end with."""
    return "" if art.enhed == Takstenhed.DOEGN else f"-{art.enhed}"


def _art(b: Takstanalysebillede, art: Takstart) -> Iterator[Post]:
    slut, hvad = hale(art), PR_DAG[Takstenhed(art.enhed)]
    aarene = art.alle.aarene if art.alle else ()
    yield _post(f"R4-F1{slut}", f"Udgift {hvad} mod loftet", _VAEKST, ("År", "Indeks", "Loftets indeks"),
                ((p.aar, _rundet(p.indeks, 2), _rundet(p.loftets_indeks, 2)) for p in aarene if p.indeks is not None))  # fmt: skip
    yield _post(
        f"R4-T7{slut}", f"Udgift {hvad} år for år", _VAEKST,
        ("År", "Udgift i faste priser, kr.", "Indeks", "Loftets indeks", "Udgift i årets priser, kr.", "PL, procent"),
        ((p.aar, p.udgift, _rundet(p.indeks, 2), _rundet(p.loftets_indeks, 2), p.udgift_i_aarets_priser, _pl(art, p.aar)) for p in aarene),
    )  # fmt: skip
    yield _udgifter(f"R4-T1{slut}", f"Udgift {hvad} efter driftsherre", "Driftsherre", b, art, art.driftsherrer)
    yield _udgifter(f"R4-T2{slut}", f"Udgift {hvad} efter hjemmel", "Hjemmel", b, art, art.hjemler)
    yield _post(
        f"R4-T3{slut}", f"Overhead efter driftsherre, {b.aar}", _VAEKST, ("Driftsherre", "År", "Overhead, procent", "Norm, procent"),
        (
            (serie.navn, p.aar, _rundet(p.overheadprocent, 2), b.norm)
            for serie in _med_alle(art, art.driftsherrer) for p in serie.aarene
        ), 2,
    )  # fmt: skip
    yield _post(
        f"R4-T4{slut}", "Tilbud, pladser, dage og budget", _VAEKST, ("Driftsherre", "År", "Tilbud", "Pladser", "Pladsdage", "Budget i årets priser, kr."),
        (
            (serie.navn, p.aar, p.tilbud, p.pladser, p.pladsdage, p.omkostninger)
            for serie in _med_alle(art, art.driftsherrer) for p in serie.aarene
        ), 2,
    )  # fmt: skip
    yield from _sammensaetning(b, art)
    yield from _priser(b, art)
    yield _post(f"R4-T8{slut}", "Ikke med i tallene", _VAEKST, ("Grund", "Basisåret", str(b.aar)),
                ((u.grund, u.foer, u.nu) for u in art.udeladte))  # fmt: skip


def _udgifter(
    id_: str, titel: str, hvem: str, b: Takstanalysebillede, art: Takstart, serier: tuple[Serie, ...]
) -> Post:
    """A row for each year of each, the last year's with its ceiling; then those of all."""
    return _post(
        id_, titel, _VAEKST, (hvem, "År", f"Udgift i {b.aar}-priser, kr.", "Indeks", "Loftets indeks", "Loft, kr.", "Øre under loftet"),
        (
            (serie.navn, p.aar, p.udgift, _rundet(p.indeks, 2), _rundet(p.loftets_indeks, 2), *_loft(serie, p.aar, b.aar))
            for serie in _med_alle(art, serier) for p in serie.aarene
        ), 2,
    )  # fmt: skip


def _loft(serie: Serie, aar: int, sidste: int) -> tuple[Decimal | None, int | None]:
    return (serie.dom.loft, serie.dom.afstand_oere) if serie.dom and aar == sidste else (None, None)


def _med_alle(art: Takstart, serier: tuple[Serie, ...]) -> Iterator[Serie]:
    yield from serier
    if art.alle:
        yield art.alle


def _sammensaetning(b: Takstanalysebillede, art: Takstart) -> Iterator[Post]:
    hele = art.sammensaetning
    raekker: list[Raekke] = []
    if hele:
        raekker = [
            (f"Udgift {art.basisaar}", None, hele.foer),
            *((v.gruppe, v.tilbud, v.kr) for v in hele.virkninger),
            (f"Udgift {b.aar}", None, hele.nu),
        ]
    kolonner = ("Virkning", "Tilbud", f"Kr. {art.pr_dag}")
    yield _post(f"R4-F2{hale(art)}", "Hvad har flyttet udgiften?", _VAEKST, kolonner, raekker)
    yield _post(f"R4-T5{hale(art)}", "Pris eller andre tilbud", _VAEKST, kolonner, raekker)


def _priser(b: Takstanalysebillede, art: Takstart) -> Iterator[Post]:
    kolonner = (
        "Dage", "Efter offentliggjort takst, kr. pr. dag", "Aftalt, kr. pr. dag", "Heraf tillæg, kr. pr. dag", "Forskel, procent",
        "Takstens indeks", "Prisens indeks",
    )  # fmt: skip
    p = art.priser
    yield _post(
        f"R4-T11{hale(art)}",
        "Samlet pris mod takst år for år",
        _PRISER,
        ("År", *kolonner),
        ((et.aar, *_pris(et)) for et in p.alle),
    )
    yield _post(f"R4-T12{hale(art)}", f"Samlet pris mod takst, {b.aar}", _PRISER, ("Ejer eller driftsherre", *kolonner),
                ((et.navn, *_pris(et)) for et in (*p.ejere, *p.driftsherrer)))  # fmt: skip


def _pris(et: Prisaar) -> Raekke:
    indeks = (_rundet(et.takstens_indeks, 2), _rundet(et.prisens_indeks, 2))
    return (et.dage, et.takst, et.samlet, et.tillaeg, _rundet(et.forskel_procent, 2), *indeks)


def _pl(art: Takstart, aar: int) -> Decimal | None:
    return next((pl.procent for pl in art.pl if pl.aar == aar), None)


def _post(
    id_: str, titel: str, kilde: str, kolonner: tuple[str, ...], raekker: Iterable[Raekke], noegler: int = 1
) -> Post:
    return Post(id_, titel, kilde, kolonner, tuple(raekker), noegler)


def _rundet(vaerdi: Decimal | None, decimaler: int) -> Decimal | None:
    return None if vaerdi is None else vaerdi.quantize(Decimal(1).scaleb(-decimaler), rounding=ROUND_HALF_UP)
