"""That a calculation is adjusted for the accounts as they are now: none closed, opened or corrected since it was made."""

from faelles.aktoer import Aktoer
from faelles.fejl import Konflikt
from takster.beregning.efterregulering import Efterregulering
from takster.fastsaettelse.queries import resultat
from takster.models import Regnskab, Takstberegning
from takster.regnskab.til_takst import til_takst
from takster.tilstande import Beregningstilstand


def kraev_regnskabet(aktoer: Aktoer, en: Takstberegning) -> None:
    """Raises Konflikt `regnskab_aendret` when the takst would be adjusted by other figures now."""
    fundet = resultat(en.beregning)
    if fundet is None or _brugt(fundet.inddata.efterregulering) == _nu(til_takst(aktoer, en.budget)):
        return
    igen = "Beregn" if en.tilstand == Beregningstilstand.KLADDE else "Afvis beregningen, og beregn"
    raise Konflikt(
        "regnskab_aendret",
        f"Det regnskab, der indgår i taksten for {en.aar}, er afsluttet, åbnet eller rettet, siden den blev beregnet. {igen} budgettet igen.",
    )


def _brugt(efter: Efterregulering | None) -> tuple[object, ...] | None:
    return None if efter is None else (efter.regnskabsaar, efter.provenu, efter.regnskab, efter.budget, efter.overfoert)


def _nu(et: Regnskab | None) -> tuple[object, ...] | None:
    return None if et is None else (et.aar, et.provenu, et.omkostninger, et.taerskelgrundlag, et.overfoert)
