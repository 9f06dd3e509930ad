"""What each role may do, in which function and in which kind of organisation: the one place that answers it."""

from collections.abc import Mapping
from dataclasses import dataclass

from faelles.aktoer import Funktion, Rettighed
from kommuner.models import ROLLE_ARTER, Organisationsart, Rolle
from kommuner.rettigheder import AFTALEARBEJDE, KLIENTRETTIGHEDER
from kommuner.rettigheder import LAESER as _LAESER
from kommuner.rettigheder import SAGER as _SAGER
from kommuner.rettigheder import TAKSTER as _TAKSTER

__all__ = ["KLIENTRETTIGHEDER", "ROLLEINDHOLD", "Rolleindhold", "klientmuligheder", "roller_med"]


@dataclass(frozen=True, slots=True)
class Rolleindhold:
    """The function a role acts in, the rights it gives, and the kinds of organisation that can have it."""

    funktion: Funktion
    rettigheder: frozenset[Rettighed]
    arter: frozenset[Organisationsart]


_MELDER = frozenset({Rettighed.FEJLMELDINGER_SKRIV})
# Whoever looks for places as an authority may be told when something fits, those who only read too.
_SOEGER = frozenset({Rettighed.SOEGNINGER_SKRIV})
_ADMINISTRATOR = frozenset({Rettighed.PERSONER_STYR, Rettighed.KLIENTER_STYR, Rettighed.LOG_LAES})
# Officials who speak for their organisation about an agreement: its drafts, and what it has taken on.
_AFTALEPART = frozenset({Rettighed.KOMMENTARER_SKRIV}) | AFTALEARBEJDE

ROLLEINDHOLD: Mapping[Rolle, Rolleindhold] = {
    Rolle.SAGSBEHANDLER: Rolleindhold(
        Funktion.MYNDIGHED, _LAESER | _SOEGER | _SAGER | _MELDER, ROLLE_ARTER[Rolle.SAGSBEHANDLER]
    ),
    Rolle.VISITATOR: Rolleindhold(
        Funktion.MYNDIGHED, _LAESER | _SOEGER | _SAGER | _MELDER | _AFTALEPART, ROLLE_ARTER[Rolle.VISITATOR]
    ),
    Rolle.OEKONOMI: Rolleindhold(
        Funktion.MYNDIGHED,
        _LAESER | _SOEGER | _MELDER | _AFTALEPART | {Rettighed.RESERVATIONER_LAES, Rettighed.RAPPORTER_BESTIL},
        ROLLE_ARTER[Rolle.OEKONOMI],
    ),
    Rolle.TILBUDSLEDER: Rolleindhold(
        Funktion.DRIFTSHERRE,
        _LAESER | _SAGER | _MELDER | _TAKSTER | {Rettighed.PLADSER_BEKRAEFT, Rettighed.TILBUD_SKRIV},
        ROLLE_ARTER[Rolle.TILBUDSLEDER],
    ),
    Rolle.DRIFTSHERRE_OEKONOMI: Rolleindhold(
        Funktion.DRIFTSHERRE,
        _LAESER | _MELDER | _AFTALEPART | _TAKSTER | {Rettighed.RESERVATIONER_LAES},
        ROLLE_ARTER[Rolle.DRIFTSHERRE_OEKONOMI],
    ),
    Rolle.SEKRETARIAT: Rolleindhold(
        Funktion.SEKRETARIAT,
        _LAESER
        | _MELDER
        | _AFTALEPART
        | {
            Rettighed.AFTALER_SKRIV,
            Rettighed.GODKENDELSER_SKRIV,
            Rettighed.HOERINGER_SKRIV,
            Rettighed.NIVEAUER_SKRIV,
            Rettighed.RAPPORTER_BESTIL,
            Rettighed.PERSONER_HJAELP,
        },
        ROLLE_ARTER[Rolle.SEKRETARIAT],
    ),
    Rolle.LAESER: Rolleindhold(Funktion.MYNDIGHED, _LAESER | _SOEGER, ROLLE_ARTER[Rolle.LAESER]),
    Rolle.ADMINISTRATOR: Rolleindhold(Funktion.ADMINISTRATION, _ADMINISTRATOR, ROLLE_ARTER[Rolle.ADMINISTRATOR]),
    Rolle.DRIFT: Rolleindhold(Funktion.DRIFT, frozenset({Rettighed.DRIFT_LAES}), ROLLE_ARTER[Rolle.DRIFT]),
}


def roller_med(rettighed: Rettighed, funktion: Funktion) -> tuple[Rolle, ...]:
    """The roles that give the right in the function: whom to write to about what they may do."""
    return tuple(
        rolle
        for rolle, indhold in ROLLEINDHOLD.items()
        if indhold.funktion is funktion and rettighed in indhold.rettigheder
    )


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
