"""Choose one of the offers that were compared, and keep why."""

from uuid import UUID

from django.db import transaction

from faelles import job
from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import Konflikt, UgyldigtInput
from faelles.haendelser import publicer
from faelles.ids import uuid7
from faelles.scope import saet_database_aktoer
from reservationer.soegning.models import Tilbudsvalg
from reservationer.soegning.sammenlign.indhold import FAERREST, FLEST, Sammenligning
from reservationer.soegning.valg.job import JOBTYPE


def vaelg(
    *, aktoer: Aktoer, sammenligning: Sammenligning, tryk: str, afdeling_id: UUID, begrundelse: str
) -> Tilbudsvalg:
    """Keep the comparison as it stands, which of its departments was chosen and why, and order the note.

    `tryk` is the fingerprint of the comparison that was shown: nothing else is kept. Nothing of it is about a citizen: the
    comparison says how offers stand to criteria, not what was asked for. Raises UgyldigtInput (all faults at once), and
    Konflikt `aendret_siden_vist` when it is no longer what was shown.
    """
    aktoer.kraev(Rettighed.RESERVATIONER_SKRIV, Funktion.MYNDIGHED)
    _kontroller(sammenligning, afdeling_id, begrundelse)
    if sammenligning.tryk != tryk:
        raise Konflikt(
            "aendret_siden_vist",
            "Sammenligningen er ændret, siden den blev vist, så intet er gemt. Se den igennem, som den er nu, og gem igen.",
        )
    valgt, valg_id = sammenligning.kolonne(afdeling_id), uuid7()
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        valget = Tilbudsvalg.objects.create(
            id=valg_id,
            organisation_id=aktoer.organisation_id,
            afdeling_id=afdeling_id,
            navn=str(valgt)[: Tilbudsvalg.NAVN_LAENGST],
            antal=len(sammenligning.kolonner),
            dato=sammenligning.dato,
            sammenligning=sammenligning.uden_adresser().som_json(),
            begrundelse=begrundelse.strip(),
            kommune_navn=aktoer.organisation_navn[: Tilbudsvalg.NAVN_LAENGST],
            rolle_navn=aktoer.rolle_navn,
            job=job.bestil(type_=JOBTYPE, parametre={"valg_id": str(valg_id)}, aktoer=aktoer),
        )
        publicer("tilbudsvalg.oprettet", "tilbudsvalg", valget.pk)
        return valget


def _kontroller(sammenligning: Sammenligning, afdeling_id: UUID, begrundelse: str) -> None:
    fejl: dict[str, list[str]] = {}
    if not FAERREST <= len(sammenligning.kolonner) <= FLEST:
        fejl["afdeling"] = [f"Et valg er mellem {FAERREST} og {FLEST} afdelinger."]
    elif afdeling_id not in {kolonne.afdeling_id for kolonne in sammenligning.kolonner}:
        fejl["afdeling"] = ["Vælg en af de afdelinger, der er sammenlignet."]
    if not begrundelse.strip():
        fejl["begrundelse"] = ["Skriv, hvorfor I vælger tilbuddet."]
    if fejl:
        raise UgyldigtInput("ugyldigt_valg", "Valget er ikke gemt, før felterne er rettet.", fejl)
