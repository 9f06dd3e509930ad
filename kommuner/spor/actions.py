"""Pruning of the logs by stated retention: the system's own work, in small transactions that each leave their trace."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from faelles.spor import SLETTET, LogQuerySet, Slags, maa_rettes, slags
from faelles.tid import nu
from kommuner.models import Laesning, Logrydning
from kommuner.spor.queries import LAESELOG

STYKKE = 5000  # rows deleted in one transaction
GRUND = "retention: what is older than the settings say is deleted whoever it belongs to"


def ryd_logge() -> int:
    """Delete what has been kept long enough; returns how many rows. Safe to run at any time, any number of times."""
    laest = nu() - timedelta(days=settings.LAESELOG_DAGE)
    aendret = nu() - timedelta(days=settings.AENDRINGSLOG_DAGE)
    antal = _ryd(LAESELOG, laest, "laesning_kun_tilfoejes", partial(_gamle_laesninger, laest))
    for en in slags():
        if not en.bevares:
            antal += _ryd(en.noegle, aendret, "append_only", partial(_gamle_spor, en, aendret))
    return antal


def _ryd(log: str, foer: datetime, vagt: str, gamle: "Callable[[], LogQuerySet[Any]]") -> int:
    """Delete in pieces, past the trigger that guards the table; rows another run is at are left to it."""
    i_alt, antal = 0, STYKKE
    while antal == STYKKE:
        with transaction.atomic():
            tabel = gamle().model
            ider = list(
                gamle().select_for_update(skip_locked=True).order_by("pk").values_list("pk", flat=True)[:STYKKE]
            )
            antal = len(ider)
            if ider:
                with maa_rettes(tabel, vagt):
                    tabel.objects.for_systemet(GRUND).filter(pk__in=ider).delete()
                Logrydning.objects.create(log=log, foer=foer, antal=antal)
        i_alt += antal
    return i_alt


def _gamle_laesninger(foer: datetime) -> LogQuerySet[Laesning]:
    return Laesning.objects.for_systemet(GRUND).filter(tidspunkt__lt=foer)


def _gamle_spor(en: Slags, foer: datetime) -> "LogQuerySet[Any]":
    """Rows that nothing shown later needs.

    The latest row of a thing that can still be changed stays: it is the "before" of the next change.
    """
    tabel: Any = en.spor
    gamle: LogQuerySet[Any] = tabel.objects.for_systemet(GRUND).filter(pgh_created_at__lt=foer)
    if en.kun_tilfoejes:
        return gamle
    senere = tabel.objects.for_systemet(GRUND).filter(pgh_obj=OuterRef("pgh_obj"), pgh_id__gt=OuterRef("pgh_id"))
    return gamle.filter(Q(Exists(senere)) | Q(pgh_label=SLETTET))
