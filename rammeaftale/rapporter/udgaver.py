"""What a report is to those who look for it: a draft, what is published, or what was and is withdrawn."""

from collections.abc import Mapping
from enum import StrEnum

from django.db.models import Q


class Udgave(StrEnum):
    """A final that is still being made, or failed, is none of them, and so is a report on one municipality."""

    UDKAST = "udkast"
    UDGIVET = "udgivet"
    TRUKKET_TILBAGE = "trukket_tilbage"


UDGAVE_NAVN: Mapping[Udgave, str] = {
    Udgave.UDKAST: "Udkast",
    Udgave.UDGIVET: "Endelig, udgivet",
    Udgave.TRUKKET_TILBAGE: "Trukket tilbage",
}
UDGAVE_ER: Mapping[Udgave, Q] = {
    Udgave.UDKAST: Q(nummer=None, kommune=None),
    Udgave.UDGIVET: Q(udgivelse__isnull=False, udgivelse__tilbagetraekning=None),
    Udgave.TRUKKET_TILBAGE: Q(udgivelse__tilbagetraekning__isnull=False),
}
