"""Use cases of an import: a dry run that stores nothing, and storing all of it or nothing."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from faelles.aktoer import Aktoer
from faelles.fejl import Konflikt
from faelles.scope import saet_database_aktoer
from takster.budget import actions
from takster.budget.regneark import Budgetraekke, proev
from takster.models import Budget
from takster.skemaark import Proeve, Tilbudsid
from tilbud.models import Tilbud


def proev_fil(*, aktoer: Aktoer, fil: bytes, filnavn: str) -> Proeve[Budgetraekke]:
    """What the file would store, or every fault in it. Raises UgyldigtInput `fil_ulaeselig` when it cannot be taken at all."""
    actions.kraev_kladde(aktoer)
    return proev(fil, filnavn, egne_tilbud(aktoer))


def egne_tilbud(aktoer: Aktoer) -> Mapping[str, Tilbudsid]:
    """The offers the actor runs, by the platform's id and by the operator's own."""
    fundne = {}
    for pk, ekstern_id, navn, lukket_fra in Tilbud.objects.drevet_af(aktoer).values_list(
        "pk", "ekstern_id", "navn", "lukket_fra"
    ):
        et = Tilbudsid(pk, navn, lukket_fra)
        fundne[str(pk)] = et
        if ekstern_id:
            fundne[ekstern_id] = et
    return fundne


def indlaes(*, aktoer: Aktoer, raekker: Sequence[Budgetraekke]) -> list[Budget]:
    """Store every budget, in place of the content of one that is there; all of them or none.

    Raises as `actions.opret` and `actions.gem`, for instance when an offer has been closed or given away since the dry run.
    """
    actions.kraev_kladde(aktoer)
    if not raekker:
        raise Konflikt("intet_at_indlaese", "Der er ingen budgetter at indlæse. Vælg filen igen.")
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        return [_en(aktoer, raekke) for raekke in raekker]


def _en(aktoer: Aktoer, raekke: Budgetraekke) -> Budget:
    budget = (
        Budget.objects.synlige_for(aktoer)
        .filter(tilbud=raekke.tilbud_id, aar=raekke.aar, afdeling=None, hjemmel=None)
        .first()
    )
    if budget is None:
        budget = actions.opret(aktoer=aktoer, tilbud_id=raekke.tilbud_id, aar=raekke.aar)
    return actions.gem(aktoer=aktoer, budget_id=budget.pk, enhed=raekke.enhed, indhold=raekke.indhold)
