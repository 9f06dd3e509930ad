"""The sections of an offer's page and the facts shown in each: what a report can be about, where one looks for it. Pure."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from tilbud.models import AFDELINGENS, TILBUDDETS, Faktum


class Afsnit(StrEnum):
    """A section of the page."""

    OPLYSNINGER = "oplysninger"
    GODKENDELSE = "godkendelse"
    PLADSER = "pladser"
    TAKSTER = "takster"


AFSNIT_NAVN: Mapping[Afsnit, str] = {
    Afsnit.OPLYSNINGER: "Oplysninger",
    Afsnit.GODKENDELSE: "Godkendelse og tilsyn",
    Afsnit.PLADSER: "Pladser",
    Afsnit.TAKSTER: "Takster",
}
_ANDRE: Mapping[Afsnit, frozenset[Faktum]] = {
    Afsnit.GODKENDELSE: frozenset({Faktum.GODKENDELSE, Faktum.TILSYN, Faktum.MERPLADSER}),
    Afsnit.PLADSER: frozenset(
        {Faktum.UDEN_PLADSER, Faktum.LUKNINGER, Faktum.AFDELINGSNAVN, Faktum.BEKRAEFTELSE, Faktum.PLADSER}
    ),
    Afsnit.TAKSTER: frozenset({Faktum.TAKST}),
}


def afsnit_for(faktum: Faktum) -> Afsnit:
    """Where the fact is shown."""
    return next((afsnit for afsnit, fakta in _ANDRE.items() if faktum in fakta), Afsnit.OPLYSNINGER)


def fakta_i(*afsnit: Afsnit) -> Sequence[Faktum]:
    """The facts of the sections, in the order of the page."""
    return [faktum for faktum in Faktum if faktum in TILBUDDETS and afsnit_for(faktum) in afsnit]


def er_om_afdeling(fakta: Sequence[Faktum]) -> bool:
    """Whether one of the facts is a department's, so that it must be said which."""
    return not AFDELINGENS.isdisjoint(fakta)
