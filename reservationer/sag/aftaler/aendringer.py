"""What a change of the stay does to its agreement: a new version, in the transaction of the change."""

from datetime import date

from faelles.aktoer import Aktoer
from faelles.scope import som_systemet
from reservationer.sag.aftaler.actions import aabn, ny_version
from reservationer.sag.aftaler.grundlag import Sag, laes
from reservationer.sag.aftaler.regler import Grundlag, aendret
from reservationer.sag.beslutninger import noter
from reservationer.sag.models import Ophold, Placeringsaftale
from reservationer.sag.models.placeringsaftale import AABNE
from reservationer.sag.overgange import Emne, Tilstand, Udfald, find

AENDRING = "the agreement follows the stay, also when another municipality has taken over"


def ved_aendring(ophold: Ophold, fra: date) -> None:
    """After a change of price, hjemmel or municipality from the day: what was put forward goes back to the draft, and an
    agreement both have accepted gets a new version to be accepted. Where none was made, none is.
    """
    sag = Sag(ophold)
    with som_systemet(AENDRING):
        ansvar = ophold.ansvar.for_systemet(AENDRING).filter(periode__contains=max(fra, ophold.foerste_dag)).get()
        alle = Placeringsaftale.objects.for_systemet(AENDRING).filter(**sag.noegle)
        aaben = alle.select_for_update(no_key=True).filter(tilstand__in=AABNE).first()
        seneste = alle.filter(tilstand=Tilstand.AFTALT).order_by("-nummer").first()
        koeber, betaler = ansvar.handlekommune_id, ansvar.betalingskommune_id
        if aaben is not None:
            samme = aaben.handlekommune_id == koeber
            tilbage(aaben, Udfald.TRAEK if samme else Udfald.BORTFALD)
            if samme:
                return
        if seneste is not None or aaben is not None:
            samme = seneste is not None and seneste.handlekommune_id == koeber
            ny_version(sag, koeber, betaler, seneste if samme else None, fra)


def ved_flytning(aktoer: Aktoer, ophold: Ophold, fra: date) -> None:
    """After a change of place or weekdays from the day: as `ved_aendring`, where what both have accepted, or one has, says otherwise."""
    sag = Sag(ophold)
    sagte = Placeringsaftale.objects.synlige_for(aktoer).filter(
        **sag.noegle, tilstand__in=(Tilstand.AFTALT, Tilstand.HOS_KOMMUNEN, Tilstand.HOS_TILBUDDET)
    )
    seneste = sagte.order_by("-nummer").first()
    if seneste is not None and aendret(Grundlag.af_json(seneste.grundlag), laes(aktoer, sag, fra)):
        ved_aendring(ophold, fra)


def tilbage(aftale: Placeringsaftale, udfald: Udfald) -> None:
    """What was put forward is a draft again (TRAEK), or the version lapses (BORTFALD): the case has changed, and nobody decided it."""
    if udfald is Udfald.TRAEK and aftale.tilstand == Tilstand.KLADDE:
        return
    overgang = find(Emne.PLACERINGSAFTALE, Tilstand(aftale.tilstand), udfald, None)
    aabn(aftale)
    aftale.tilstand = overgang.til
    aftale.save()
    noter(overgang, aftale, None)
