"""A stay that goes on in another offer: its handlekommune reserves there, no day is without a place, and both stays tell of each other.

The two are told of to whoever is a party of both; the offers see nothing of each other's stay.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Min, Q, QuerySet

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet, UgyldigtInput
from faelles.scope import som_systemet
from faelles.tid import Periode, idag, nu
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.models import Ophold, Reservation
from reservationer.sag.ophold import queries
from reservationer.sag.ophold.ansvar import kraev_handlekommune
from reservationer.sag.ophold.frister import har_hul
from reservationer.sag.overgange import Grund, Tilstand
from reservationer.sag.queries import reservationer

ANDENS = "the other of the two stays may be one the actor does not see"
FOER_HUL = "Der må ikke være en dag uden plads efter det ophold, borgeren flytter fra. Vælg en tidligere dag, eller spørg kommunen."
EFTER_HUL = "Borgeren flytter først senere ind i det nye tilbud. Vælg dagen før indflytningen eller en senere, eller spørg kommunen."
Felter = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Forbindelser:
    """What the actor may see of what a stay goes on from, what it goes on in, and the place that is reserved for that."""

    fra: Ophold | None
    til: Ophold | None
    reserveret: Reservation | None


def kraev_kan_overflyttes(aktoer: Aktoer, ophold_id: UUID, fra: date) -> None:
    """A stay is moved by its handlekommune: to become that takes a decision or an agreement, and no reservation is one.

    Raises IkkeFundet for one who is no party, IngenAdgang for one who is not handlekommune today, and UgyldigtInput when the
    stay would not have begun, or would have left days without a place, on the day the new place is wanted from.
    """
    ophold = find(aktoer, ophold_id)
    kraev_handlekommune(aktoer, ophold_id)
    if fra <= ophold.foerste_dag:
        fejl = f"Opholdet, der skal flyttes, begynder den {ophold.foerste_dag:%d.%m.%Y}. Vælg en senere dag."
    elif har_hul(slut := sidste_kendte_dag(ophold), fra):
        fejl = f"Opholdet, der skal flyttes, har plads til og med den {slut:%d.%m.%Y}. Vælg senest dagen efter."
    else:
        return
    raise UgyldigtInput(
        "ugyldig_reservation", "Reservationen kan ikke oprettes, før felterne er rettet.", {"fra": [fejl]}
    )


def find(aktoer: Aktoer, ophold_id: UUID) -> Ophold:
    """A stay of the actor's that is to be moved. Raises IkkeFundet when there is none."""
    ophold = Ophold.objects.synlige_for(aktoer).select_related("tilbud").filter(pk=ophold_id).first()
    if ophold is None:
        raise IkkeFundet("ophold_ikke_fundet", "Opholdet, der skal flyttes, findes ikke.")
    return ophold


def sidste_kendte_dag(ophold: Ophold) -> date | None:
    """The last day the stay has a place; None while nobody has said, or where the offer has no places."""
    if ophold.sidste_dag is not None:
        return ophold.sidste_dag
    with som_systemet(ANDENS):
        pladser = ophold.pladser.for_systemet(ANDENS).filter(optagelse__aktiv=True)
        perioder = [Periode.af_range(p) for p in pladser.values_list("optagelse__periode", flat=True)]
    slutter = [periode.sidste_dag for periode in perioder]
    return None if None in slutter else max((dag for dag in slutter if dag), default=None)


def hul_foer(reservation: Reservation, dag: date) -> Felter:
    """Whether a stay that begins on the day would leave days without a place after the one it goes on from."""
    if reservation.fortsaetter_id is None:
        return {}
    with som_systemet(ANDENS):
        gammelt = Ophold.objects.for_systemet(ANDENS).get(pk=reservation.fortsaetter_id)
    return {"dato": [FOER_HUL]} if har_hul(gammelt.sidste_dag, dag) else {}


def hul_efter(ophold: Ophold, indhold: Indhold, dag: date | None) -> Felter:
    """Whether a stay that ends on the day, to go on in another offer, would leave days without a place before that begins there."""
    if dag is None or indhold.grund is not Grund.OVERFLYTTET:
        return {}
    with som_systemet(ANDENS):
        nye = _foerste(ophold.fortsat_i.for_systemet(ANDENS), "foerste_dag")
        aftalt = ophold.fortsaettes_af.for_systemet(ANDENS).filter(tilstand=Tilstand.BEKRAEFTET)
        begynder = nye or _foerste(aftalt, "optagelse__periode__startswith")
    return {"dato": [EFTER_HUL]} if begynder is not None and har_hul(dag, begynder) else {}


def _foerste(fundne: QuerySet[Any], felt: str) -> date | None:
    dag: date | None = fundne.aggregate(dag=Min(felt))["dag"]
    return dag


def forbindelser(aktoer: Aktoer, ophold: Ophold) -> Forbindelser:
    """One or two statements. A reservation that became the next stay is told of by that."""
    mine = queries.ophold(aktoer, idag()).order_by("foerste_dag", "pk")
    om = Q(pk=ophold.fortsaetter_id) | Q(fortsaetter=ophold.pk)
    fundne = queries.som_set(mine.filter(om), idag())
    fra = next((et for et in fundne if et.pk == ophold.fortsaetter_id), None)
    til = next((et for et in fundne if et.fortsaetter_id == ophold.pk), None)
    holder = reservationer(aktoer, nu()).filter(aktuel_tilstand__in=(Tilstand.AFVENTER, Tilstand.BEKRAEFTET))
    reserveret = None if til else holder.filter(fortsaetter=ophold.pk).order_by("oprettet", "pk").first()
    return Forbindelser(fra, til, reserveret)
