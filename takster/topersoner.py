"""What two people decide together: withdrawn by who sent it in, declined or published by another. Called inside the action's transaction."""

from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from faelles.aktoer import Aktoer
from faelles.cpr import cpr_fejl
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.haendelser import publicer
from faelles.tid import nu
from takster.models import Bladtilstand
from takster.models.forloeb import Forloeb

M = TypeVar("M", bound=Forloeb)


@dataclass(frozen=True, slots=True)
class Emne:
    """What is decided on: its name in codes and events, and in a sentence."""

    navn: str
    bestemt: str


def laas(emne: Emne, egne: QuerySet[M], pk: UUID) -> M:
    """The actor's own that waits, locked. Raises IkkeFundet, Konflikt `…_afgjort`."""
    fundet = egne.select_for_update(no_key=True, of=("self",)).filter(pk=pk).first()
    if fundet is None:
        raise IkkeFundet(f"{emne.navn}_ikke_fundet", f"{emne.bestemt} findes ikke.")
    if fundet.tilstand != Bladtilstand.INDSENDT:
        tilstand = Bladtilstand(fundet.tilstand).label.lower()
        raise Konflikt(f"{emne.navn}_afgjort", f"{emne.bestemt} er allerede i en anden tilstand: {tilstand}.")
    return fundet


def kraev_anden_person(aktoer: Aktoer, hvad: Forloeb) -> None:
    """Raises Konflikt `to_personer`."""
    if aktoer.identitet == hvad.indsendt_af:
        raise Konflikt("to_personer", "Du har selv sendt ind. En anden hos jer skal offentliggøre eller afvise.")


def traek(emne: Emne, aktoer: Aktoer, hvad: M) -> M:
    """Withdraw one's own. Raises Konflikt `kun_indsenderen`."""
    if hvad.indsendt_af != aktoer.identitet:
        raise Konflikt("kun_indsenderen", "Kun den, der har sendt ind, kan trække tilbage.")
    hvad.tilstand = Bladtilstand.TRUKKET
    hvad.save(update_fields=["tilstand"])
    publicer(f"{emne.navn}.trukket", emne.navn, hvad.pk)
    return hvad


def kraev_grund(grund: str) -> str:
    """Why it is declined, as it is stored. Raises UgyldigtInput without one."""
    grund = grund.strip()
    fejl = cpr_fejl(grund=grund) if grund else {"grund": ["Skriv, hvorfor det afvises."]}
    if fejl:
        raise UgyldigtInput("ugyldig_afvisning", "Det kan ikke afvises, før feltet er rettet.", fejl)
    return grund


def afvis(emne: Emne, aktoer: Aktoer, hvad: M, grund: str) -> M:
    """Decline somebody else's, with a reason of `kraev_grund`. Raises Konflikt `to_personer`."""
    kraev_anden_person(aktoer, hvad)
    hvad.afvist_grund = grund
    _afgoer(aktoer, hvad, Bladtilstand.AFVIST)
    publicer(f"{emne.navn}.afvist", emne.navn, hvad.pk)
    return hvad


def offentliggoer(emne: Emne, aktoer: Aktoer, hvad: M, erstatter: M | None, *, bekraeftet_af: UUID | None = None) -> M:
    """Publish it, in place of another where there is one that has been ended; `bekraeftet_af` is the final set that gives the same."""
    hvad.erstatter, hvad.bekraeftet_id = erstatter, bekraeftet_af
    _afgoer(aktoer, hvad, Bladtilstand.OFFENTLIGGJORT)
    publicer(f"{emne.navn}.aendret" if erstatter else f"{emne.navn}.offentliggjort", emne.navn, hvad.pk)
    return hvad


def _afgoer(aktoer: Aktoer, hvad: Forloeb, tilstand: Bladtilstand) -> None:
    """Store how it went, and by whom."""
    hvad.tilstand, hvad.afgjort = tilstand, nu()
    hvad.afgjort_af, hvad.afgjort_rolle = aktoer.identitet, aktoer.rolle_navn
    hvad.save(
        update_fields=["tilstand", "afgjort", "afgjort_af", "afgjort_rolle", "afvist_grund", "erstatter", "bekraeftet"]
    )
