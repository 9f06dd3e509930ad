"""What each role may do, in which function and in which kind of organisation: the one place that answers it."""

from collections.abc import Mapping
from dataclasses import dataclass

from faelles.aktoer import Funktion, Rettighed
from kommuner.models import ROLLE_ARTER, Organisationsart, Rolle
from kommuner.rettigheder import KLIENTRETTIGHEDER
from kommuner.rettigheder import LAESER as _LAESER
from kommuner.rettigheder import SAGER as _SAGER

__all__ = ["KLIENTRETTIGHEDER", "ROLLEINDHOLD", "Rolleindhold", "klientmuligheder"]


@dataclass(frozen=True, slots=True)
class Rolleindhold:
    """The function a role acts in, the rights it gives, and the kinds of organisation that can have it."""

    funktion: Funktion
    rettigheder: frozenset[Rettighed]
    arter: frozenset[Organisationsart]


_ADMINISTRATOR = frozenset({Rettighed.PERSONER_STYR, Rettighed.KLIENTER_STYR, Rettighed.LOG_LAES})

_FUNKTION_OG_RETTIGHEDER: Mapping[Rolle, tuple[Funktion, frozenset[Rettighed]]] = {
    Rolle.SAGSBEHANDLER: (Funktion.MYNDIGHED, _LAESER | _SAGER),
    Rolle.VISITATOR: (Funktion.MYNDIGHED, _LAESER | _SAGER),
    Rolle.OEKONOMI: (Funktion.MYNDIGHED, _LAESER | {Rettighed.RESERVATIONER_LAES}),
    Rolle.TILBUDSLEDER: (Funktion.DRIFTSHERRE, _LAESER | _SAGER | {Rettighed.PLADSER_BEKRAEFT}),
    Rolle.DRIFTSHERRE_OEKONOMI: (Funktion.DRIFTSHERRE, _LAESER | {Rettighed.RESERVATIONER_LAES}),
    Rolle.SEKRETARIAT: (
        Funktion.SEKRETARIAT,
        _LAESER | {Rettighed.GODKENDELSER_SKRIV, Rettighed.RAPPORTER_BESTIL, Rettighed.PERSONER_HJAELP},
    ),
    Rolle.LAESER: (Funktion.MYNDIGHED, _LAESER),
    Rolle.ADMINISTRATOR: (Funktion.ADMINISTRATION, _ADMINISTRATOR),
    Rolle.DRIFT: (Funktion.DRIFT, frozenset({Rettighed.DRIFT_LAES})),
}

ROLLEINDHOLD: Mapping[Rolle, Rolleindhold] = {
    rolle: Rolleindhold(funktion, rettigheder, ROLLE_ARTER[rolle])
    for rolle, (funktion, rettigheder) in _FUNKTION_OG_RETTIGHEDER.items()
}


def klientmuligheder(art: Organisationsart) -> Mapping[Funktion, frozenset[Rettighed]]:
    """The functions a system of such an organisation can act in, and what it can be given there.

    Never a function no person of the organisation can have, and never a right its people could not have in it.
    """
    muligheder = {}
    for funktion, rettigheder in KLIENTRETTIGHEDER.items():
        roller = [rolle for rolle in ROLLEINDHOLD.values() if rolle.funktion is funktion and art in rolle.arter]
        if roller:
            muligheder[funktion] = rettigheder & frozenset[Rettighed]().union(*(rolle.rettigheder for rolle in roller))
    return muligheder
