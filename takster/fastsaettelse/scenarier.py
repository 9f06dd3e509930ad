"""Use cases of a scenario: kept, and thrown away. It never becomes a takst; the budget is changed for that."""

from uuid import UUID

from django.db import IntegrityError, transaction

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.scope import saet_database_aktoer
from takster.beregning.takst import Takstinddata
from takster.budget.actions import kraev
from takster.fastsaettelse.hvad_nu_hvis import Aendringer, med
from takster.models import Scenarie, Takstberegning


def gem(*, aktoer: Aktoer, beregning: Takstberegning, navn: str, aendringer: Aendringer) -> Scenarie:
    """Keep what was changed and the takst it gives; sent twice it is kept once. Raises UgyldigtInput without a name, Konflikt `scenarie_findes`."""
    kraev(aktoer)
    if not navn.strip():
        besked = "Skriv et navn, før scenariet gemmes."
        raise UgyldigtInput("ugyldigt_scenarie", besked, {"navn": [besked]})
    resultat = med(Takstinddata.af_json(beregning.beregning["inddata"]), aendringer)
    try:
        with transaction.atomic():
            saet_database_aktoer(aktoer)
            return Scenarie.objects.create(
                beregning=beregning,
                driftsherre_id=beregning.driftsherre_id,
                tilbud_id=beregning.tilbud_id,
                navn=navn.strip(),
                aendringer=aendringer.som_json(),
                beloeb=resultat.takst,
                oprettet_af=aktoer.identitet,
            )
    except IntegrityError as fejl:
        gemt = Scenarie.objects.synlige_for(aktoer).filter(beregning=beregning, navn=navn.strip()).first()
        if gemt is not None and gemt.aendringer == aendringer.som_json():
            return gemt
        raise Konflikt(
            "scenarie_findes", f"Der er allerede et scenarie, der hedder »{navn.strip()}«. Vælg et andet navn."
        ) from fejl


def slet(*, aktoer: Aktoer, scenarie_id: UUID) -> UUID:
    """Throw one away; gives the calculation it was of. Raises IkkeFundet."""
    kraev(aktoer)
    with transaction.atomic():
        scenarie = Scenarie.objects.synlige_for(aktoer).filter(pk=scenarie_id).first()
        if scenarie is None:
            raise IkkeFundet("scenarie_ikke_fundet", "Scenariet findes ikke.")
        Scenarie.objects.synlige_for(aktoer).filter(pk=scenarie_id).delete()
        return scenarie.beregning_id
