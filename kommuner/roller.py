"""What each role may do, in which function and in which kind of organisation: the one place that answers it."""

from collections.abc import Mapping
from dataclasses import dataclass

from faelles.aktoer import Funktion, Rettighed
from kommuner.models import Organisationsart, Rolle


@dataclass(frozen=True, slots=True)
class Rolleindhold:
    """The function a role acts in, the rights it gives, and the kinds of organisation that can have it."""

    funktion: Funktion
    rettigheder: frozenset[Rettighed]
    arter: frozenset[Organisationsart]


_KOMMUNE = frozenset({Organisationsart.KOMMUNE})
_SEKRETARIAT = frozenset({Organisationsart.SEKRETARIAT})
_DRIFTSHERRER = frozenset(
    {Organisationsart.KOMMUNE, Organisationsart.REGION, Organisationsart.PRIVAT, Organisationsart.SELVEJENDE}
)
_OFFENTLIGE = frozenset({Organisationsart.KOMMUNE, Organisationsart.REGION})

_LAESER = frozenset({Rettighed.TILBUD_LAES, Rettighed.RAMMEAFTALER_LAES, Rettighed.RAPPORTER_LAES})
_SAGER = frozenset({Rettighed.RESERVATIONER_LAES, Rettighed.RESERVATIONER_SKRIV})
_ADMINISTRATOR = frozenset({Rettighed.PERSONER_STYR, Rettighed.KLIENTER_STYR, Rettighed.LOG_LAES})

ROLLEINDHOLD: Mapping[Rolle, Rolleindhold] = {
    Rolle.SAGSBEHANDLER: Rolleindhold(Funktion.MYNDIGHED, _LAESER | _SAGER, _KOMMUNE),
    Rolle.VISITATOR: Rolleindhold(Funktion.MYNDIGHED, _LAESER | _SAGER, _KOMMUNE),
    Rolle.OEKONOMI: Rolleindhold(Funktion.MYNDIGHED, _LAESER | {Rettighed.RESERVATIONER_LAES}, _KOMMUNE),
    Rolle.TILBUDSLEDER: Rolleindhold(
        Funktion.DRIFTSHERRE, _LAESER | _SAGER | {Rettighed.PLADSER_BEKRAEFT}, _DRIFTSHERRER
    ),
    Rolle.DRIFTSHERRE_OEKONOMI: Rolleindhold(
        Funktion.DRIFTSHERRE, _LAESER | {Rettighed.RESERVATIONER_LAES}, _DRIFTSHERRER
    ),
    Rolle.SEKRETARIAT: Rolleindhold(
        Funktion.SEKRETARIAT,
        _LAESER | {Rettighed.GODKENDELSER_SKRIV, Rettighed.RAPPORTER_BESTIL, Rettighed.PERSONER_HJAELP},
        _SEKRETARIAT,
    ),
    Rolle.LAESER: Rolleindhold(Funktion.MYNDIGHED, _LAESER, _OFFENTLIGE),
    Rolle.ADMINISTRATOR: Rolleindhold(Funktion.ADMINISTRATION, _ADMINISTRATOR, _DRIFTSHERRER | _SEKRETARIAT),
    Rolle.DRIFT: Rolleindhold(Funktion.DRIFT, frozenset({Rettighed.DRIFT_LAES}), _SEKRETARIAT),
}

# What a system may be given, by the function it acts in.
KLIENTRETTIGHEDER: Mapping[Funktion, frozenset[Rettighed]] = {
    Funktion.MYNDIGHED: _LAESER | _SAGER,
    Funktion.DRIFTSHERRE: _LAESER | _SAGER | {Rettighed.PLADSER_BEKRAEFT},
    Funktion.SEKRETARIAT: _LAESER | {Rettighed.GODKENDELSER_SKRIV, Rettighed.RAPPORTER_BESTIL},
}
