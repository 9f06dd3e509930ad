"""The chapters of a report that is being made: written down, taken one by one by whoever is free, kept by what they are made from.

The report's own worker sets chapters like every other and needs no help, so reports never wait for each other's workers. A
chapter is taken without a lock that lasts; one whose worker died is taken again after `GENTAG`. Set twice, it is the same.
"""

import logging
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from faelles import job
from faelles.fejl import DomaeneFejl, Konflikt
from faelles.job import Fremdrift
from faelles.models import JobStatus
from faelles.tid import nu
from rammeaftale.rapporter.kanonisk import kontrolsum
from rammeaftale.rapporter.models import Kapitel, Kapitelfil, Rapport
from rammeaftale.rapporter.register import Kapitelkilde, fremstiller

log = logging.getLogger(__name__)

GENTAG = timedelta(seconds=60)
VENT = 0.2  # seconds between looks while others set the last chapters
GEMMES = timedelta(days=30)  # how long a finished chapter waits for a report that can use it
_FAERDIG = Exists(Kapitelfil.objects.filter(sha256=OuterRef("sha256")))
_hjaelp: list[Callable[[UUID, int], None]] = []


def brug_hjaelp(kald: Callable[[UUID, int], None]) -> Callable[[UUID, int], None]:
    """Say how another worker is asked to set a chapter of a report, given the number of its attempt (`tasks` does)."""
    _hjaelp[:] = [kald]
    return kald


def skriv(rapport: Rapport, kilder: Sequence[Kapitelkilde]) -> None:
    """Write down what the report's chapters are made from; what an earlier attempt has finished is finished still."""
    nye = [
        Kapitel(rapport=rapport, nummer=nr, titel=k.titel[:200], kilde=k.kilde, sha256=kontrolsum(k.kilde))
        for nr, k in enumerate(kilder, start=1)
    ]
    with transaction.atomic():
        Kapitel.objects.filter(rapport=rapport).delete()
        Kapitel.objects.bulk_create(nye)
        Kapitelfil.objects.filter(sha256__in=[k.sha256 for k in nye]).update(brugt=nu())


def saet_alle(fremdrift: Fremdrift, rapport: Rapport, meld: Callable[[int], None]) -> list[bytes]:
    """Set the chapters together with whoever helps, and return their PDFs in order. `meld` is told how many are finished.

    Raises Konflikt with each chapter that could not be set, and why, when the others are finished.
    """
    kapitler = Kapitel.objects.filter(rapport=rapport)
    for _ in range(kapitler.filter(~_FAERDIG).count() - 1):
        for kald in _hjaelp:
            kald(rapport.pk, fremdrift.forsoeg)
    while True:
        meld(kapitler.filter(_FAERDIG).count())
        if saet_naeste(fremdrift, rapport):
            continue
        if not kapitler.filter(~_FAERDIG, fejl="").exists():
            break
        time.sleep(VENT)
    if fejlede := kapitler.filter(~_FAERDIG).defer("kilde"):
        grunde = " ".join(f"Kapitlet »{kapitel.titel}« kunne ikke sættes: {kapitel.fejl}" for kapitel in fejlede)
        raise Konflikt("kapitel_fejlede", f"{grunde} De færdige kapitler er gemt og bruges, når der prøves igen.")
    filer = dict(Kapitelfil.objects.filter(sha256__in=kapitler.values("sha256")).values_list("sha256", "pdf"))
    return [bytes(filer[sha256]) for sha256 in kapitler.values_list("sha256", flat=True)]


def hjaelp(rapport_id: UUID, forsoeg: int) -> None:
    """Set one chapter of a report whose attempt still runs; does nothing when there is none left."""
    rapport = Rapport.objects.get(pk=rapport_id)
    job.deltag(rapport.job_id, forsoeg, partial(saet_naeste, rapport=rapport))


def saet_naeste(fremdrift: Fremdrift, rapport: Rapport) -> bool:
    """Set the next chapter nobody is setting. False when there is none."""
    kapitel = _tag(rapport)
    if kapitel is None:
        return False
    try:
        with fremdrift.langt_trin():
            pdf = fremstiller(rapport.type).saet(bytes(kapitel.kilde))
    except DomaeneFejl as fejl:
        _noter(kapitel, fejl.besked)
    except Exception as fejl:
        log.exception("kapitel_fejlet", extra={"rapport": str(rapport.pk), "kapitel": kapitel.nummer})
        _noter(kapitel, f"{type(fejl).__name__}: {fejl}")
    else:
        Kapitelfil.objects.bulk_create([Kapitelfil(sha256=kapitel.sha256, pdf=pdf)], ignore_conflicts=True)
    return True


def _tag(rapport: Rapport) -> Kapitel | None:
    ledige = Kapitel.objects.filter(
        ~_FAERDIG, Q(taget=None) | Q(taget__lt=nu() - GENTAG), rapport=rapport, fejl=""
    ).select_for_update(skip_locked=True, no_key=True)
    with transaction.atomic():
        kapitel = ledige.first()
        if kapitel is not None:
            kapitel.taget = nu()
            kapitel.save(update_fields=["taget"])
    return kapitel


def _noter(kapitel: Kapitel, grund: str) -> None:
    """By query: another attempt may have written the chapters anew meanwhile."""
    Kapitel.objects.filter(pk=kapitel.pk).update(fejl=" ".join(grund.split())[:300] or "Ukendt fejl.")


def ryd() -> None:
    """Forget the chapters of reports that were cancelled, or failed long ago, and the PDFs nobody has used for long."""
    annulleret, gammel = Q(rapport__job__status=JobStatus.ANNULLERET), Q(rapport__job__afsluttet__lt=nu() - GEMMES)
    Kapitel.objects.filter(annulleret | gammel).delete()
    Kapitelfil.objects.filter(brugt__lt=nu() - GEMMES).delete()
