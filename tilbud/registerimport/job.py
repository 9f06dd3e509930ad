"""The job that reads a large file and makes the draft of it, for the one who sent it."""

from typing import Any
from uuid import UUID

from django.db import transaction

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import UgyldigtInput
from faelles.job import Fremdrift, jobtype
from faelles.regneark.fil import laes_fil
from faelles.regneark.indlaesning import Indlaest, indlaes
from faelles.regneark.raa import Raaark
from faelles.scope import saet_database_aktoer, som_systemet
from faelles.tid import idag
from tilbud.models import Importtilstand, Registerimport
from tilbud.registerimport.proeve import kraev_raekker, proevet
from tilbud.registerimport.queries import skema_paa

JOBTYPE = "registerimport"
HENTER = "the job is told whose file it reads by the import itself"


@jobtype(JOBTYPE, koe="standard")
def laes(fremdrift: Fremdrift, parametre: dict[str, Any]) -> None:
    """Read the file, row by row, and store its dry run as the draft. Nothing is stored before the end, so it can begin again.

    Raises UgyldigtInput `fil_ulaeselig` for a file that cannot be taken; it is then let go.
    """
    import_id = UUID(parametre["import_id"])
    registerimport = _hent(import_id)
    aktoer = _afsenderen(registerimport, parametre["tilbud"])
    try:
        indlaest = _indlaes(fremdrift, registerimport)
    except UgyldigtInput:
        with som_systemet(HENTER):
            Registerimport.objects.for_systemet(HENTER).filter(pk=import_id).update(fil=None)
        raise
    antal = sum(map(len, indlaest.ark.values()))
    fremdrift.meld("Sammenligner med registret", antal, antal)
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        felter = proevet(aktoer, indlaest)
    with fremdrift.afslutning():
        saet_database_aktoer(aktoer)
        felter |= {"tilstand": Importtilstand.KLADDE, "fil": None}
        Registerimport.objects.synlige_for(aktoer).filter(pk=import_id, tilstand=Importtilstand.LAESES).update(**felter)


def _hent(import_id: UUID) -> Registerimport:
    with som_systemet(HENTER):
        return Registerimport.objects.for_systemet(HENTER).select_related("organisation").get(pk=import_id)


def _afsenderen(registerimport: Registerimport, tilbud: list[str] | None) -> Aktoer:
    """The one who sent the file, as she was when she did. What she may do with the draft is asked when she does it."""
    return Aktoer(
        organisation_id=registerimport.organisation_id,
        organisation_navn=registerimport.organisation.navn,
        funktion=Funktion.DRIFTSHERRE,
        rettigheder=frozenset({Rettighed.TILBUD_SKRIV}),
        identitet=registerimport.bestilt_af,
        rolle_navn=registerimport.bestilt_rolle,
        tilbud=None if tilbud is None else frozenset(map(UUID, tilbud)),
    )


def _indlaes(fremdrift: Fremdrift, registerimport: Registerimport) -> Indlaest:
    fremdrift.meld("Åbner filen", 0, 0)
    with fremdrift.langt_trin():
        raa = laes_fil(bytes(registerimport.fil or b""), ".csv" if registerimport.er_csv else "")
    i_alt = _raekker(raa)
    with transaction.atomic():
        skema = skema_paa(idag()).ark
    return kraev_raekker(indlaes(raa, skema, lambda naaet: fremdrift.meld("Læser rækker", naaet, i_alt)))


def _raekker(raa: list[Raaark]) -> int:
    """Rows below the headings, in all sheets."""
    return sum(max(len(ark.raekker) - 1, 0) for ark in raa)
