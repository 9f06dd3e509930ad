"""The PDF of a finished report: in the storage the operator has chosen (RAPPORTLAGER, docs/drift.md), under a name only its row knows.

It is stored before the transaction that ends the job, and under a name of its own each time: whatever is killed in between leaves a
file without a row, never a row without a file or half a file. What has no row is swept.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from faelles.fejl import Konflikt, Utilgaengelig
from faelles.ids import uuid7
from faelles.job import MASKINRUM
from faelles.scope import som_systemet
from faelles.tid import nu
from rammeaftale.rapporter.kanonisk import kontrolsum
from rammeaftale.rapporter.models import Rapportfil

log = logging.getLogger(__name__)
LAGER = "rapporter"
UDEN_RAEKKE = timedelta(days=7)  # a job that is about to end, or a database that has been put back, has its files still


@contextmanager
def _lageret() -> Iterator[Storage]:
    """The storage. Raises Utilgaengelig when it does not answer or has no room; FileNotFoundError is the caller's."""
    try:
        yield storages[LAGER]
    except FileNotFoundError:
        raise
    except Exception as fejl:  # the libraries behind a storage raise what they like; the log has all of it
        log.exception("rapportlager_svarer_ikke")
        raise Utilgaengelig from fejl


def gem(pdf: bytes) -> str:
    """Store a PDF; gives its name. Nobody can find it before a row names it. Raises Utilgaengelig."""
    with _lageret() as lager:
        return lager.save(f"{uuid7()}.pdf", ContentFile(pdf))


def laes(fil: Rapportfil) -> bytes:
    """The PDF as it was stored.

    Raises Utilgaengelig when the storage does not answer, Konflikt when what is there is not what was stored.
    """
    try:
        with _lageret() as lager, lager.open(fil.navn) as aaben:
            pdf: bytes = aaben.read()
    except FileNotFoundError:
        pdf = b""
    if kontrolsum(pdf) != fil.rapport.sha256:
        log.error("rapportfil_beskadiget", extra={"rapport": str(fil.pk), "fil": fil.navn})
        raise Konflikt(
            "rapportfil_beskadiget",
            "Rapportens PDF-fil er væk eller beskadiget og vises ikke. Driften kan hente den fra sikkerhedskopien.",
        )
    return pdf


def ryd() -> int:
    """Delete the files that have had no row for a week; gives how many."""
    graense = nu() - UDEN_RAEKKE
    with _lageret() as lager:
        navne = lager.listdir("")[1]
        with som_systemet(MASKINRUM):
            kendte = set(Rapportfil.objects.values_list("navn", flat=True))
        gamle = [navn for navn in navne if navn not in kendte and lager.get_modified_time(navn) < graense]
        for navn in gamle:
            lager.delete(navn)
    return len(gamle)
