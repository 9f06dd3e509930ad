"""The agreement's tables; what belongs together stands in one module."""

from rammeaftale.models.aftale import (
    SEKRETARIAT,
    SEKRETARIAT_FOR_VERSION,
    Aftaletrin,
    Genstart,
    Godkendelse,
    Offentliggoerelse,
    Part,
    Rammeaftale,
    Version,
)

__all__ = [
    "SEKRETARIAT",
    "SEKRETARIAT_FOR_VERSION",
    "Aftaletrin",
    "Genstart",
    "Godkendelse",
    "Offentliggoerelse",
    "Part",
    "Rammeaftale",
    "Version",
]
