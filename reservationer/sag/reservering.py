"""What the page before a reservation shows: the place, how fresh it is, its takster, and how long the hold lasts by which term."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from faelles.fejl import IkkeFundet
from faelles.tid import idag, nu
from takster.models import Takst
from takster.queries import takster_fra
from tilbud.models import Hjemmel, Plads, Tilbud
from tilbud.queries import Stand, stande
from vilkaar.kilde import Kilde, kilde
from vilkaar.noegler import Noegle
from vilkaar.queries import gaeldende_i_kommune


@dataclass(frozen=True, slots=True)
class Grundlag:
    """Everything one should know before reserving the place."""

    plads: Plads
    tilbud: Tilbud
    stand: Stand
    hjemler: Sequence[Hjemmel]
    takster: Sequence[Takst]
    kilde: Kilde | None
    demo: bool
    dag: date
    dage: int
    holder_til: datetime


def grundlag(plads_id: str) -> Grundlag:
    """Raises IkkeFundet when there is no such place, and Konflikt when the term for holds is missing."""
    plads = _plads(plads_id)
    tilbud, nu_, dag = plads.afdeling.tilbud, nu(), idag()
    vilkaar = gaeldende_i_kommune(tilbud.beliggenhedskommune_id, dag)
    dage = vilkaar.heltal(Noegle.RESERVATION_VARIGHED)
    return Grundlag(
        plads=plads,
        tilbud=tilbud,
        stand=stande({plads.afdeling_id: tilbud.beliggenhedskommune_id}, nu_, dag)[plads.afdeling_id],
        hjemler=list(tilbud.hjemler.all()),
        takster=list(takster_fra(plads.afdeling_id, dag)),
        kilde=kilde(vilkaar, Noegle.RESERVATION_VARIGHED),
        demo=vilkaar.demo,
        dag=dag,
        dage=dage,
        holder_til=nu_ + timedelta(days=dage),
    )


def _plads(plads_id: str) -> Plads:
    pladser = Plads.objects.select_related("afdeling__tilbud__driftsherre", "afdeling__tilbud__beliggenhedskommune")
    try:
        plads = pladser.defer("afdeling__tilbud__beliggenhedskommune__graense").filter(pk=UUID(plads_id)).first()
    except ValueError:
        plads = None
    if plads is None:
        raise IkkeFundet("plads_ikke_fundet", "Pladsen findes ikke.")
    return plads
