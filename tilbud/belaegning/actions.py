"""The only way claims change. Who and why is the caller's business; here a place is taken or set free.

Locking (docs/samtidighed.md): everything that makes a place *less* free locks the place row first, once, and ends expired
holds under that lock; freeing needs no lock. The exclusion constraint stands behind all of it.
"""

from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, transaction

from faelles.fejl import IkkeFundet, Konflikt, som_konflikt
from faelles.haendelser import publicer
from faelles.tid import Periode, nu
from tilbud.belaegning.models import Optagelse, Optagelsesart
from tilbud.models import Plads


def tag_plads(
    *,
    plads_id: UUID,
    periode: Periode,
    art: Optagelsesart,
    udloeber: datetime | None = None,
) -> Optagelse:
    """Claim a place for a period, on all its weekdays.

    Raises IkkeFundet when there is no such place, Konflikt `plads_ikke_aaben` when it or its offer is not open on all the days, and
    Konflikt with the database's own code when somebody else was first or is at it now.
    """
    try:
        with transaction.atomic():
            plads = Plads.objects.select_for_update(no_key=True).filter(pk=plads_id).first()
            if plads is None:
                raise IkkeFundet("plads_ikke_fundet", "Pladsen findes ikke.")
            if not Plads.objects.aabne_i_hele(periode).i_aabne_tilbud(periode).filter(pk=plads_id).exists():
                raise Konflikt(
                    "plads_ikke_aaben", "Pladsen er ikke åben i hele perioden. Vælg en anden periode eller plads."
                )
            Optagelse.objects.filter(plads=plads).udloebne(nu()).update(aktiv=False)
            optagelse = Optagelse.objects.create(
                plads=plads,
                periode=periode.som_range,
                ugedage=plads.ugedage,
                art=art,
                udloeber=udloeber,
            )
            publicer("plads.optaget", "plads", plads.id)
    except DatabaseError as fejl:
        konflikt = som_konflikt(fejl)
        if konflikt is None:
            raise
        raise konflikt from fejl
    return optagelse


def fastgoer_hold(*, optagelse_id: UUID) -> Optagelse:
    """Turn a hold that still counts into a stay. Raises Konflikt `hold_udloebet` when it has run out or been given up."""
    with transaction.atomic():
        optagelse = Optagelse.objects.select_for_update(no_key=True).gaelder(nu()).filter(pk=optagelse_id).first()
        if optagelse is None or optagelse.art != Optagelsesart.HOLD:
            raise Konflikt(
                "hold_udloebet", "Reservationen er udløbet, og pladsen er fri igen. Kommunen skal reservere på ny."
            )
        optagelse.art, optagelse.udloeber = Optagelsesart.OPHOLD, None
        optagelse.save(update_fields=["art", "udloeber"])
        return optagelse


def frigiv(*, optagelse_id: UUID) -> None:
    """Give the place free; a claim that is not active is left as it is."""
    with transaction.atomic():
        optagelse = Optagelse.objects.select_for_update(no_key=True).get(pk=optagelse_id)
        if optagelse.aktiv:
            optagelse.aktiv = False
            optagelse.save(update_fields=["aktiv"])
            publicer("plads.frigivet", "plads", optagelse.plads_id)
