"""Remind operators of the takster a year lacks: ordered here, mailed by `frister.paamindelse`."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import Konflikt
from faelles.scope import saet_database_aktoer
from faelles.tid import idag
from kommuner.models import Kkr
from takster.frister.queries import eget_kkr, tavle
from takster.models import Takstpaamindelse


def paamind(*, aktoer: Aktoer, aar: int, driftsherrer: Collection[UUID]) -> list[Takstpaamindelse]:
    """Order a reminder to each operator, once a day at most; the mails go out within a minute or so.

    Raises IkkeFundet when the actor is no KKR's secretariat, and Konflikt `kan_ikke_paamindes` when one of them lacks nothing, has
    nobody to write to, or has been reminded today, by whoever was first.
    """
    aktoer.kraev(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        kkr = Kkr.objects.select_for_update(no_key=True).get(pk=eget_kkr(aktoer).pk)
        kan = {d.id for d in tavle(aktoer, kkr, aar).driftsherrer if d.kan_paamindes(idag())}
        if not kan.issuperset(driftsherrer):
            raise Konflikt(
                "kan_ikke_paamindes",
                "En af de valgte mangler ikke længere noget, eller er påmindet i dag af en anden. Vælg igen.",
            )
        return Takstpaamindelse.objects.bulk_create(
            Takstpaamindelse(kkr=kkr, driftsherre_id=driftsherre, aar=aar, bestilt_af=aktoer.identitet)
            for driftsherre in sorted(set(driftsherrer))
        )
