"""Who is handed a file that goes with an answer.

The agreement's parties get those of the answers that count, once all of the text has been asked for CPR numbers or the secretariat
has released the file; the secretariat gets every file but one it has closed, which nobody gets.
"""

from uuid import UUID

from django.db.models import QuerySet

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet
from rammeaftale.hoering.queries import gaelder, maa_skrive
from rammeaftale.hoering.regler import Filadgang
from rammeaftale.models import Hoering, Hoeringsfil

_HOERING = "bemaerkning__svar__link__modtager__hoering"


def synlig_fil(aktoer: Aktoer, fil_id: UUID, hoering_id: UUID | None = None) -> Hoeringsfil:
    """A file whose content the actor may have, of this hearing when it is given. Raises IkkeFundet."""
    synlige = Hoering.objects.synlige_for(aktoer).order_by().values("pk")
    if hoering_id is not None:
        synlige = synlige.filter(pk=hoering_id)
    fil = _fil(fil_id).filter(**{f"{_HOERING}__in": synlige}).first()
    if fil is None or fil.adgang is Filadgang.LUKKET:
        raise _findes_ikke()
    if not maa_skrive(aktoer, fil.bemaerkning.svar.link.modtager.hoering) and not (
        fil.adgang is Filadgang.AABEN and gaelder(fil.bemaerkning.svar)
    ):
        raise _findes_ikke()
    return fil


def egen_fil(aktoer: Aktoer, fil_id: UUID, hoering_id: UUID | None = None) -> Hoeringsfil:
    """A file of an answer to a hearing the actor's secretariat holds, closed or not. Raises IkkeFundet."""
    egne = {f"{_HOERING}__version__aftale__kkr__sekretariat": aktoer.organisation_id}
    fil = _fil(fil_id).filter(**egne).first()
    if fil is None or hoering_id not in {None, fil.bemaerkning.svar.link.modtager.hoering_id}:
        raise _findes_ikke()
    return fil


def _fil(fil_id: UUID) -> QuerySet[Hoeringsfil]:
    fundne = Hoeringsfil.objects.select_related(
        f"{_HOERING}__version__aftale__kkr", f"{_HOERING}__version__aftale__hovedaftale"
    )
    return fundne.prefetch_related("vurderinger").filter(pk=fil_id)


def _findes_ikke() -> IkkeFundet:
    return IkkeFundet("fil_ikke_fundet", "Filen findes ikke, eller den udleveres ikke.")
