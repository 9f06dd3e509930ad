"""What each role may do, and in which function: the one table that answers it."""

from collections.abc import Mapping
from dataclasses import dataclass

from faelles.aktoer import Funktion, Rettighed
from kommuner.models import Rolle


@dataclass(frozen=True, slots=True)
class Rolleindhold:
    """The function a role acts in and the rights it gives."""

    funktion: Funktion
    rettigheder: frozenset[Rettighed]


_LAESER = frozenset({Rettighed.TILBUD_LAES, Rettighed.RAMMEAFTALER_LAES, Rettighed.RAPPORTER_LAES})
_SAGER = frozenset({Rettighed.RESERVATIONER_LAES, Rettighed.RESERVATIONER_SKRIV})

ROLLEINDHOLD: Mapping[Rolle, Rolleindhold] = {
    Rolle.SAGSBEHANDLER: Rolleindhold(Funktion.MYNDIGHED, _LAESER | _SAGER),
    Rolle.TILBUDSLEDER: Rolleindhold(Funktion.DRIFTSHERRE, _LAESER | _SAGER | {Rettighed.PLADSER_BEKRAEFT}),
    Rolle.SEKRETARIAT: Rolleindhold(
        Funktion.SEKRETARIAT, _LAESER | {Rettighed.GODKENDELSER_SKRIV, Rettighed.RAPPORTER_BESTIL}
    ),
    Rolle.LAESER: Rolleindhold(Funktion.MYNDIGHED, _LAESER),
}
