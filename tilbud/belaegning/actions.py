"""The only way claims change. Who and why is the caller's business; here a place is taken or set free.

Locking (docs/samtidighed.md): everything that makes a place *less* free locks the place row first, once, and ends expired
holds under that lock; freeing needs no lock. The exclusion constraint stands behind all of it.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import DatabaseError, transaction

from faelles.dokument.tal import dage_i_ord
from faelles.fejl import IkkeFundet, Konflikt, brudt_regel, som_konflikt
from faelles.haendelser import publicer
from faelles.tid import Periode, nu
from tilbud.belaegning.models import Optagelse, Optagelsesart, Pladslukning
from tilbud.belaegning.queries import for_mange
from tilbud.belaegning.vaern import NAVN as LOFT
from tilbud.models import Plads
from tilbud.models.register import alle_ugedage


def tag_plads(
    *,
    plads_id: UUID,
    periode: Periode,
    art: Optagelsesart,
    udloeber: datetime | None = None,
    ugedage: Collection[int] = (),
) -> Optagelse:
    """Claim a place for a period, on some weekdays (1 is Monday) or, with none named, on all the place has.

    Raises IkkeFundet when there is no such place, Konflikt `plads_ikke_aaben` when it or its offer is not open on all the days,
    `ikke_godkendt` when more places would be taken than socialtilsyn has approved and permissions allow, and Konflikt with the
    database's own code when somebody else was first or is at it now.
    """
    try:
        with transaction.atomic():
            plads = Plads.objects.select_for_update(no_key=True).filter(pk=plads_id).first()
            if plads is None:
                raise IkkeFundet("plads_ikke_fundet", "Pladsen findes ikke.")
            aaben = Plads.objects.aabne_i_hele(periode).i_aabne_tilbud(periode).filter(pk=plads_id).exists()
            if not aaben or not set(ugedage) <= set(plads.ugedage):
                raise Konflikt(
                    "plads_ikke_aaben",
                    "Pladsen er ikke åben i hele perioden på ugedagene. Vælg en anden periode eller plads.",
                )
            Optagelse.objects.filter(plads=plads).udloebne(nu()).update(aktiv=False)
            optagelse = Optagelse.objects.create(
                plads=plads,
                periode=periode.som_range,
                ugedage=sorted(set(ugedage)) or plads.ugedage,
                art=art,
                udloeber=udloeber,
            )
            publicer("plads.optaget", "plads", plads.id)
    except DatabaseError as fejl:
        if brudt_regel(fejl) == LOFT:
            raise _ikke_godkendt(plads_id, periode, ugedage) from fejl
        konflikt = som_konflikt(fejl)
        if konflikt is None:
            raise
        raise _lukket(plads_id, periode) or konflikt from fejl
    return optagelse


def _ikke_godkendt(plads_id: UUID, periode: Periode, ugedage: Collection[int]) -> Konflikt:
    """The refusal of a claim beyond what is approved, with the days and the numbers."""
    brud = for_mange(plads_id, periode, ugedage, nu())
    if brud is None:
        return Konflikt(
            "ikke_godkendt", "Tilbuddet har ikke flere godkendte pladser i perioden. Vælg en anden periode."
        )
    mere = f" og {brud.ekstra} ved tilladelse til merpladser" if brud.ekstra else ""
    return Konflikt(
        "ikke_godkendt",
        f"Tilbuddet er godkendt til {brud.godkendte} pladser{mere} {dage_i_ord(brud.periode)}, og med denne ville "
        f"{brud.antal} være taget. Vælg en anden periode, eller spørg driftsherren.",
    )


def _lukket(plads_id: UUID, periode: Periode) -> Konflikt | None:
    """The better word for a refusal when it is a temporary closure that stands in the way."""
    i_vejen = Optagelse.objects.gaelder(nu()).i_perioden(periode).filter(plads=plads_id, lukning__isnull=False)
    fundet = i_vejen.select_related("lukning").order_by("-periode").first()
    if fundet is None or fundet.lukning is None:
        return None
    dage, grund = dage_i_ord(Periode.af_range(fundet.periode)), fundet.lukning.get_grund_display().lower()
    return Konflikt(
        "plads_midlertidigt_lukket",
        f"Pladsen er midlertidigt lukket {dage}: {grund}. Vælg en anden periode eller plads.",
    )


def luk_pladser(lukning: Pladslukning, pladser: Iterable[Plads]) -> None:
    """Claim places for a closure on all weekdays, in the caller's transaction, which has locked them (or made them just now).

    The days outside a place's own are claimed too, so that it stays closed when it is opened for longer.
    """
    lukkede = list(pladser)
    Optagelse.objects.filter(plads__in=lukkede).udloebne(nu()).update(aktiv=False)
    Optagelse.objects.bulk_create(
        Optagelse(
            plads=plads,
            periode=lukning.periode,
            ugedage=alle_ugedage(),
            art=Optagelsesart.LUKKET,
            lukning=lukning,
        )
        for plads in lukkede
    )
    for plads in lukkede:
        publicer("plads.optaget", "plads", plads.id)


def luk_ny_plads(plads: Plads, dag: date) -> None:
    """A place made while its department is, or is to be, closed is closed as well; called under the offer's lock."""
    for lukning in Pladslukning.objects.fra(dag).filter(afdeling=plads.afdeling_id, plads=None):
        luk_pladser(lukning, [plads])


def aabn_igen(lukning: Pladslukning, dage: Periode | None) -> None:
    """Give the places of a closure free after its days as they are now; None: there are none any more."""
    optagelser = list(lukning.optagelser.select_for_update(no_key=True).filter(aktiv=True).order_by("pk"))
    nye = {"aktiv": False} if dage is None else {"periode": dage.som_range}
    Optagelse.objects.filter(pk__in=[optagelse.pk for optagelse in optagelser]).update(**nye)
    for optagelse in optagelser:
        publicer("plads.frigivet", "plads", optagelse.plads_id)


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
