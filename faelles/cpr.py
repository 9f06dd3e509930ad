"""The guard that keeps CPR numbers out of free text (invariant of architecture.md; rules-reservation § 7)."""

import re
from collections.abc import Container
from datetime import date

from django.core.exceptions import ValidationError

_TI_CIFRE = re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{2})[ \-–.]?(\d{4})(?!\d)")


def _er_dato(dag: int, maaned: int) -> bool:
    """A leap year stands for the century the number does not tell. Some CPR numbers add 60 to the day (replacement numbers)."""
    try:
        date(2000, maaned, dag - 60 if dag > 60 else dag)  # noqa: PLR2004 - the CPR office's replacement numbers
    except ValueError:
        return False
    return True


def ligner_cpr(tekst: str, kendte: Container[str] = ()) -> bool:
    """Whether the text holds ten digits that begin with a date; `kendte` are registered P-numre, which may pass.

    Modulus 11 is not asked: it has not been binding for new numbers since 2007.
    """
    return any(
        _er_dato(int(fund[1]), int(fund[2])) and "".join(fund.groups()) not in kendte
        for fund in _TI_CIFRE.finditer(tekst)
    )


def uden_cpr(tekst: str) -> None:
    """Validator for free text. Raises ValidationError that says why and what to use instead, without repeating the value."""
    if ligner_cpr(tekst):
        raise ValidationError(
            "Teksten ligner et CPR-nummer, og dem gemmer platformen aldrig. Skriv jeres egen sagsreference i stedet.",
            code="cpr",
        )
