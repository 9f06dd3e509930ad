"""The jobs that make documents about takster."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from faelles import notatjob
from faelles.job import Fremdrift, jobtype
from takster.aarsliste.queries import aarets_takster
from takster.beregning.takst import Takstresultat
from takster.fastsaettelse import queries
from takster.fastsaettelse.dokumentation import dokumentation
from takster.fastsaettelse.sammenligning import Sammenligning
from takster.models import Takst, Takstdokument, Takstdokumentfil

DOKUMENTATION = "takstdokumentation"
TAKSTLISTE = "takstliste"


@dataclass(frozen=True, slots=True)
class Dokumentationsgrundlag:
    """Everything the evidence pack of a takst says. `pakke` is the pack as JSON; `foer` is last year's takst and the way from it to this one."""

    dokument: Takstdokument
    takst: Takst
    pakke: dict[str, Any]
    resultat: Takstresultat | None
    foer: tuple[Takst, Sammenligning] | None
    loft: queries.Loft | None


@dataclass(frozen=True, slots=True)
class Listegrundlag:
    """Everything the takst list of a year says: the takster by operator, each with `sidste` and `aendring`."""

    dokument: Takstdokument
    takster: Sequence[Takst]


@jobtype(DOKUMENTATION, koe="rapport")
def lav_dokumentation(fremdrift: Fremdrift, parametre: dict[str, Any]) -> None:
    """Make the evidence pack of a takst as PDF and store it. Raises Konflikt as `notatjob.lav`."""
    _lav(fremdrift, parametre, DOKUMENTATION, laes)


@jobtype(TAKSTLISTE, koe="rapport")
def lav_takstliste(fremdrift: Fremdrift, parametre: dict[str, Any]) -> None:
    """Make the takst list of a year as PDF and store it. Raises as `lav_dokumentation`."""
    _lav(fremdrift, parametre, TAKSTLISTE, laes_liste)


def _lav(
    fremdrift: Fremdrift, parametre: dict[str, Any], type_: str, laes_grundlag: Callable[[Takstdokument], Any]
) -> None:
    dokument = Takstdokument.objects.select_related("kkr", "hjemmel").get(pk=UUID(parametre["dokument_id"]))
    with notatjob.et_oejeblik():
        grundlag = laes_grundlag(dokument)
    pdf = notatjob.lav(fremdrift, type_, grundlag)
    with fremdrift.afslutning():
        Takstdokumentfil.objects.create(dokument=dokument, **notatjob.som_fil(pdf))


def laes(dokument: Takstdokument) -> Dokumentationsgrundlag:
    """What the pack says of the takst, read in one transaction."""
    if dokument.takst_id is None:
        raise LookupError(f"Dokument {dokument.pk} er ikke om en takst")
    takst = queries.takst(dokument.takst_id)
    beregning = takst.takstberegning
    return Dokumentationsgrundlag(
        dokument=dokument,
        takst=takst,
        pakke=dokumentation(takst),
        resultat=queries.resultat(takst.beregning),
        foer=queries.aaret_foer(takst),
        loft=queries.loft(beregning) if beregning else None,
    )


def laes_liste(dokument: Takstdokument) -> Listegrundlag:
    """The takster of the document's year, KKR and legal basis, operator by operator."""
    if dokument.aar is None:
        raise LookupError(f"Dokument {dokument.pk} er ikke om et år")
    takster = aarets_takster(
        aar=dokument.aar, kkr=dokument.kkr_id, hjemmel=dokument.hjemmel_id or "", sorter="driftsherre"
    )
    return Listegrundlag(dokument, list(takster))
