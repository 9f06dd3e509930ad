"""Use cases of an import of accounts: a dry run that stores nothing, and storing all of it or nothing."""

from collections.abc import Sequence

from django.db import transaction

from faelles.aktoer import Aktoer
from faelles.fejl import Konflikt
from faelles.scope import saet_database_aktoer
from takster.budget.actions import kraev_kladde
from takster.budget.indlaesning import egne_tilbud
from takster.models import Regnskab
from takster.regnskab import actions
from takster.regnskab.regneark import Regnskabsraekke, proev
from takster.skemaark import Proeve


def proev_fil(*, aktoer: Aktoer, fil: bytes, filnavn: str) -> Proeve[Regnskabsraekke]:
    """What the file would store, or every fault in it. Raises UgyldigtInput `fil_ulaeselig` when it cannot be taken at all."""
    kraev_kladde(aktoer)
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        hele = Regnskab.objects.egne(aktoer).filter(afdeling=None, hjemmel=None)
        afsluttede = set(hele.filter(afsluttet__isnull=False).values_list("tilbud_id", "aar"))
    return proev(fil, filnavn, egne_tilbud(aktoer), afsluttede)


def indlaes(*, aktoer: Aktoer, raekker: Sequence[Regnskabsraekke]) -> list[Regnskab]:
    """Store all of them as drafts, each in place of the content of one that is there; all of them or none.

    Raises as `actions.opret` and `actions.gem`, for instance when accounts have been closed since the dry run.
    """
    kraev_kladde(aktoer)
    if not raekker:
        raise Konflikt("intet_at_indlaese", "Der er ingen regnskaber at indlæse. Vælg filen igen.")
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        return [_et(aktoer, raekke) for raekke in raekker]


def _et(aktoer: Aktoer, raekke: Regnskabsraekke) -> Regnskab:
    hele = Regnskab.objects.egne(aktoer).filter(afdeling=None, hjemmel=None)
    regnskab = hele.filter(tilbud=raekke.tilbud_id, aar=raekke.aar).first()
    if regnskab is None:
        regnskab = actions.opret(aktoer=aktoer, tilbud_id=raekke.tilbud_id, aar=raekke.aar)
    return actions.gem(aktoer=aktoer, regnskab_id=regnskab.pk, indhold=raekke.indhold)
