"""The check of serviceloven § 108 stk. 2 as rows of the comparison: what was held against what, when, and what came of it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from faelles.dokument.tal import kort_dato, tal, tal_mod
from reservationer.soegning.sammenlign.indhold import Celle, Raekke
from takster.beregning.sammenligning import i_hele_oere

IKKE_PROEVET: Celle = ("Ikke prøvet",)
IKKE_EFTER_108: Celle = ("Leverer ikke efter § 108",)
DET_VISITEREDE: Celle = ("Det visiterede tilbud",)
INTET: Celle = ("–",)


@dataclass(frozen=True, slots=True)
class Proevet:
    """A municipality's check of an offer, as the one the citizen wants, against the visited one. Prices are kr./døgn, as negotiated."""

    visiteret_id: UUID
    dato: date
    forhandlet_pris: Decimal
    visiteret_udgift: Decimal
    hoejeste_pris: Decimal
    forskel_procent: Decimal
    graense_procent: Decimal
    tilladt: bool


@dataclass(frozen=True, slots=True)
class Fritvalg:
    """How an offer stands to the free choice: whether it delivers under § 108, and the latest check of it against another of the compared."""

    tilbud_id: UUID
    navn: str
    efter_108: bool
    proevet: Proevet | None = None


def fritvalgsraekker(valgte: Sequence[Fritvalg]) -> tuple[Raekke, ...]:
    """The verdict, and when there is one the prices and their date; no rows unless two offers, at least, deliver under § 108."""
    if sum(en.efter_108 for en in valgte) < 2:  # noqa: PLR2004 - one to be visited to and one to want
        return ()
    navne = {en.tilbud_id: en.navn for en in valgte}
    proever = [en.proevet for en in valgte if en.proevet]
    visiterede = {p.visiteret_id: p for p in sorted(proever, key=lambda p: p.dato)}
    celler = [_celler(en, navne, visiterede.get(en.tilbud_id)) for en in valgte]
    navnene = ("Prøve af prisen", "Forhandlet pris", "Priserne gælder") if proever else ("Prøve af prisen",)
    return tuple(Raekke(navn, tuple(kolonne[nr] for kolonne in celler)) for nr, navn in enumerate(navnene))


def _celler(en: Fritvalg, navne: Mapping[UUID, str], som_visiteret: Proevet | None) -> tuple[Celle, Celle, Celle]:
    if not en.efter_108:
        return IKKE_EFTER_108, INTET, INTET
    if en.proevet is not None:
        return _udfald(en.proevet, navne), _pris(en.proevet.forhandlet_pris), (kort_dato(en.proevet.dato),)
    if som_visiteret is not None:
        return DET_VISITEREDE, _pris(som_visiteret.visiteret_udgift), (kort_dato(som_visiteret.dato),)
    return IKKE_PROEVET, INTET, INTET


def _udfald(proevet: Proevet, navne: Mapping[UUID, str]) -> Celle:
    return (
        "Inden for grænsen" if proevet.tilladt else "Over grænsen",
        f"{_forskel(proevet.forskel_procent, proevet.graense_procent)} {navne[proevet.visiteret_id]}",
        f"Højst {tal(i_hele_oere(proevet.hoejeste_pris), 2)} kr./døgn; det visiterede koster {tal(proevet.visiteret_udgift, 2)}",
    )


def _forskel(procent: Decimal, graense: Decimal) -> str:
    if procent == 0:
        return "Samme pris som"
    return (
        f"{tal_mod(procent, graense)} procent dyrere end"
        if procent > 0
        else f"{tal(-procent, 2)} procent billigere end"
    )


def _pris(beloeb: Decimal) -> Celle:
    return (f"{tal(beloeb, 2)} kr./døgn",)
