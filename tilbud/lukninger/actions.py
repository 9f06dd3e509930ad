"""Close a place or a department for a time, and open it again. The only way temporary closures change.

They take effect at once and by one person: a place that cannot be used must not be shown as free meanwhile, and nobody's
stay is touched. What is beyond the days the terms let one person decide is sent to a second, who approves it as every change that
matters to others (`registerimport`). Locks as in docs/samtidighed.md: the operator, the offer, then its places by id.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.db import DatabaseError, transaction

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.cpr import cpr_fejl
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput, som_konflikt
from faelles.ids import uuid7
from faelles.regneark.indlaesning import Raekke
from faelles.tid import Periode, idag, nu
from tilbud.belaegning.actions import aabn_igen, luk_pladser
from tilbud.belaegning.models import Lukningsgrund, Pladslukning
from tilbud.lukninger.queries import graense_alene, i_brug, lukket
from tilbud.lukninger.regler import aabningsfejl, alene_til, datofejl, rest
from tilbud.models import Afdeling, Importkilde, Plads, Registerimport, Tilbud
from tilbud.registerimport.actions import bestil, laas_driftsherren
from tilbud.registerimport.blokark import LUKNINGER
from tilbud.registerimport.lukningsbrud import Oensket
from vilkaar.kilde import Kilde

FLEST_NAEVNTE = 10  # what lies in the period, named in a refusal; the rest is a number


@dataclass(frozen=True, slots=True)
class Lukket:
    """What a closing has done: closed at once, and asked a second person for; one of the two may be missing."""

    straks: Pladslukning | None
    venter: Registerimport | None


def luk(
    *,
    aktoer: Aktoer,
    afdeling_id: UUID,
    fra: date,
    til: date,
    grund: Lukningsgrund,
    bemaerkning: str = "",
    plads_id: UUID | None = None,
) -> Lukket:
    """Close a place, or with `plads_id` None every place of the department, from `fra`; it opens again on `til`.

    The days one person alone may say are closed at once; the rest when a second person approves it. Raises IkkeFundet when it is
    not the actor's own, UgyldigtInput with all faults at once, and Konflikt `plads_i_brug` naming the places and what lies in the
    period; then nothing is closed and nothing sent.
    """
    aktoer.kraev(Rettighed.TILBUD_SKRIV, Funktion.DRIFTSHERRE)
    try:
        with transaction.atomic():
            laas_driftsherren(aktoer)
            afdeling = _laas_afdeling(aktoer, afdeling_id)
            pladser = _laas_pladser(afdeling, plads_id)
            _kraev_gyldig(fra, til, grund, bemaerkning)
            _kraev_fri(pladser, Periode(fra, til))
            dag = idag()
            dage, kilde, _ = graense_alene(afdeling, dag)
            hidtil = alene_til(lukket(afdeling.pk, plads_id), Periode(fra, til), dag, dage)
            plads = pladser[0] if plads_id else None
            oensket = Oensket(afdeling.pk, plads_id, fra, til, grund, bemaerkning.strip())
            return Lukket(
                _luk(replace(oensket, til=hidtil), pladser, kilde) if fra < hidtil else None,
                _send(aktoer, replace(oensket, fra=hidtil), afdeling, plads) if hidtil < til else None,
            )
    except DatabaseError as fejl:
        raise som_konflikt(fejl) or fejl from fejl


def _luk(oensket: Oensket, pladser: Sequence[Plads], kilde: Kilde | None) -> Pladslukning:
    ny = Pladslukning.objects.create(
        afdeling_id=oensket.afdeling_id,
        plads_id=oensket.plads_id,
        periode=Periode(oensket.fra, oensket.til).som_range,
        grund=oensket.grund,
        bemaerkning=oensket.bemaerkning,
        vilkaarssaet_id=kilde.saet_id if kilde else None,
    )
    luk_pladser(ny, pladser)
    return ny


def _send(aktoer: Aktoer, oensket: Oensket, afdeling: Afdeling, plads: Plads | None) -> Registerimport:
    """Ask a second person to close; nothing of this is closed until she has approved it."""
    raekke = Raekke(
        1,
        {
            "tilbud": str(afdeling.tilbud_id),
            "afdeling": str(afdeling.pk),
            "plads": str(oensket.plads_id or afdeling.pk),
            "id": str(uuid7()),
            "hvad": f"{f'{plads},' if plads else 'Hele'} {afdeling} i {afdeling.tilbud}",
            "fra": oensket.fra,
            "sidste_dag": oensket.til - timedelta(days=1),
            "grund": oensket.grund.value,
            "bemaerkning": oensket.bemaerkning,
        },
    )
    return bestil(aktoer=aktoer, raekker={LUKNINGER: [raekke]}, kilde=Importkilde.SIDE)


def aabn(*, aktoer: Aktoer, lukning_id: UUID, fra: date) -> Pladslukning:
    """Open again on `fra`, before the closure ends by itself; one that has not begun by then is lifted.

    Raises IkkeFundet when it is not the actor's own, or lifted, and UgyldigtInput for a day that has passed or is too late.
    """
    aktoer.kraev(Rettighed.TILBUD_SKRIV, Funktion.DRIFTSHERRE)
    with transaction.atomic():
        egne = Pladslukning.objects.gaelder().filter(afdeling__tilbud__in=Tilbud.objects.drevet_af(aktoer).order_by())
        lukning = egne.select_for_update(no_key=True, of=("self",)).filter(pk=lukning_id).first()
        if lukning is None:
            raise ikke_fundet()
        if felter := aabningsfejl(lukning.dage, fra, idag()):
            raise UgyldigtInput("ugyldig_aabning", "Der kan ikke åbnes igen, før datoen er rettet.", felter)
        tilbage = rest(lukning.dage, fra)
        if tilbage is None:
            lukning.ophaevet = nu()
        else:
            lukning.periode = tilbage.som_range
        lukning.save(update_fields=["ophaevet", "periode"])
        aabn_igen(lukning, tilbage)
        return lukning


def ikke_fundet() -> IkkeFundet:
    """The one answer for a closure that is somebody else's and for one that is not there."""
    return IkkeFundet("lukning_ikke_fundet", "Lukningen findes ikke blandt jeres egne.")


def _laas_afdeling(aktoer: Aktoer, afdeling_id: UUID) -> Afdeling:
    """The department, with its offer locked: no place is made in it meanwhile."""
    afdeling = Afdeling.objects.filter(pk=afdeling_id).first()
    egne = Tilbud.objects.drevet_af(aktoer).order_by().select_for_update(no_key=True)
    if afdeling is None or not egne.filter(pk=afdeling.tilbud_id).values_list("pk", flat=True):
        raise IkkeFundet("afdeling_ikke_fundet", "Afdelingen findes ikke blandt jeres egne.")
    return afdeling


def _laas_pladser(afdeling: Afdeling, plads_id: UUID | None) -> list[Plads]:
    """The lock every new claim takes: nobody takes one of the places meanwhile."""
    pladser = Plads.objects.select_for_update(no_key=True).filter(afdeling=afdeling).order_by("pk")
    fundne = list(pladser if plads_id is None else pladser.filter(pk=plads_id))
    if plads_id is not None and not fundne:
        raise UgyldigtInput(
            "ugyldig_lukning",
            "Pladsen findes ikke i afdelingen.",
            {"plads": ["Vælg en plads i afdelingen, eller hele afdelingen."]},
        )
    return fundne


def _kraev_gyldig(fra: date, til: date, grund: Lukningsgrund, bemaerkning: str) -> None:
    felter = dict(datofejl(fra, til, idag()))
    if grund is Lukningsgrund.ANDET and not bemaerkning.strip():
        felter["bemaerkning"] = ["Skriv, hvorfor der lukkes, når ingen af de andre grunde passer."]
    felter |= cpr_fejl(bemaerkning=bemaerkning)
    if felter:
        raise UgyldigtInput("ugyldig_lukning", "Der kan ikke lukkes, før felterne er rettet.", felter)


def _kraev_fri(pladser: Sequence[Plads], periode: Periode) -> None:
    """Nothing lies in the period: stays are moved and reservations answered first."""
    fundne = i_brug(pladser, periode, nu())
    if fundne:
        flere = len(fundne) - FLEST_NAEVNTE
        mere = f"; og {flere} til" if flere > 0 else ""
        raise Konflikt(
            "plads_i_brug",
            f"Der kan ikke lukkes, mens pladserne er i brug i perioden: {'; '.join(fundne[:FLEST_NAEVNTE])}{mere}."
            " Flyt opholdene, svar på reservationerne, eller vælg andre dage. Intet er lukket.",
        )
