"""The jobs that make documents about takster."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from faelles import notatjob
from faelles.job import Fremdrift, jobtype
from takster.beregning.takst import Takstresultat
from takster.fastsaettelse import queries
from takster.fastsaettelse.dokumentation import dokumentation
from takster.fastsaettelse.sammenligning import Sammenligning
from takster.models import Takst, Takstdokument, Takstdokumentfil

DOKUMENTATION = "takstdokumentation"


@dataclass(frozen=True, slots=True)
class Dokumentationsgrundlag:
    """Everything the evidence pack of a takst says. `pakke` is the pack as JSON; `foer` is last year's takst and the way from it to this one."""

    dokument: Takstdokument
    takst: Takst
    pakke: dict[str, Any]
    resultat: Takstresultat | None
    foer: tuple[Takst, Sammenligning] | None
    loft: queries.Loft | None


@jobtype(DOKUMENTATION, koe="rapport")
def lav_dokumentation(fremdrift: Fremdrift, parametre: dict[str, Any]) -> None:
    """Make the evidence pack of a takst as PDF and store it. Raises Konflikt as `notatjob.lav`."""
    dokument = Takstdokument.objects.get(pk=UUID(parametre["dokument_id"]))
    with notatjob.et_oejeblik():
        grundlag = laes(dokument)
    pdf = notatjob.lav(fremdrift, DOKUMENTATION, grundlag)
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
