"""What the report's job does, step by step and without storing anything, with time and memory."""

import resource
import time
from collections.abc import Callable
from typing import TypeVar

from faelles.tid import nu
from rammeaftale.models import Rammeaftale
from rammeaftale.queries import gaeldende_version
from rammeaftale.rapporter import tasks  # noqa: F401 - as a worker does: makes the report types' makers known
from rammeaftale.rapporter.emne import Emne
from rammeaftale.rapporter.kanonisk import til_json
from rammeaftale.rapporter.register import RAMMEAFTALE, fremstiller

AFTALE = "hovedstaden-2025-2026"

T = TypeVar("T")


def lav() -> dict[str, float]:
    """Pages, seconds of each step, and the most memory the process has had, in MB. Raises LookupError without demo data."""
    version = gaeldende_version(Rammeaftale.objects.get(slug=AFTALE).pk)
    if version is None:
        raise LookupError(AFTALE)
    vaerktoej = fremstiller(RAMMEAFTALE.noegle)
    data, saml = _med_tid(lambda: til_json(RAMMEAFTALE.saml(Emne(version), nu())))
    billeder, tegn = _med_tid(lambda: vaerktoej.tegn(data))
    udkast = vaerktoej.opdel(data, billeder)
    pdf, saet = _med_tid(lambda: udkast.flet([vaerktoej.saet(kapitel.kilde) for kapitel in udkast.kapitler]))
    mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"sider": vaerktoej.antal_sider(pdf), "saml": saml, "tegn": tegn, "saet": saet, "mb": mb}


def _med_tid(arbejde: Callable[[], T]) -> tuple[T, float]:
    start = time.perf_counter()
    return arbejde(), time.perf_counter() - start
