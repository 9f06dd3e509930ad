"""A few reservations of the demo data, made and decided the way people do it: today, whatever day the rest is made for."""

from datetime import datetime, time, timedelta
from random import Random
from uuid import UUID

from faelles.aktoer import Aktoer
from faelles.tid import KOEBENHAVN, Periode, idag, nu
from kommuner.models import Kommune, Organisation, Rolle
from kommuner.roller import ROLLEINDHOLD
from reservationer.sag.actions import beslut, reserver
from reservationer.sag.models import Reservation
from reservationer.sag.overgange import Grund, Tilstand, Udfald
from tilbud.belaegning.models import Optagelse, Optagelsesart
from tilbud.belaegning.querysets import er_ledig
from tilbud.models import Plads

LAENGDE = 60  # days
TIDLIGST = 10  # days from today
DAGE_SIDEN_UDLOEB = 2
I_GLADSAXE = 5  # so that the demonstration's provider has something on her list, from the demonstration's buyers
UDFALD = (None, Udfald.BEKRAEFT, Udfald.AFVIS, Udfald.ANNULLER, None)
HVER_UDLOEBER = 10  # one in ten has run out unanswered


def indlaes(kommuner: list[Kommune], foerste_tilbud: UUID, rng: Random, antal: int) -> int:
    """Reservations in every state: awaiting, confirmed, declined, cancelled and run out. Returns how many.

    The first offer is left alone: the demonstration itself reserves there.
    """
    periode = Periode(idag() + timedelta(days=TIDLIGST), idag() + timedelta(days=TIDLIGST + LAENGDE))
    ledige = _ledige(foerste_tilbud, periode)
    rng.shuffle(ledige)
    gladsaxes = [plads for plads in ledige if plads.afdeling.tilbud.driftsherre.navn == "Gladsaxe Kommune"][:I_GLADSAXE]
    andre = [plads for plads in ledige if plads not in gladsaxes]
    valgte = (gladsaxes + andre)[:antal]
    naboer = [kommune for kommune in kommuner if kommune.kortnavn in {"Rødovre", "Herlev"}]
    for nummer, plads in enumerate(valgte):
        koeber = rng.choice(naboer if nummer < len(gladsaxes) else kommuner).organisation
        _sag(plads, koeber, periode, nummer)
    return len(valgte)


def _ledige(foerste_tilbud: UUID, periode: Periode) -> list[Plads]:
    """Free places in the whole period, in an order that is the same every time."""
    return list(
        Plads.objects.aabne_i_hele(periode)
        .filter(er_ledig(Optagelse.objects.all(), periode, nu()), afdeling__tilbud__lukket_fra__isnull=True)
        .exclude(afdeling__tilbud=foerste_tilbud)
        .select_related("afdeling__tilbud__driftsherre")
        .prefetch_related("afdeling__tilbud__hjemler", "afdeling__tilbud__maalgrupper")
        .order_by("afdeling__tilbud__navn_sortering", "afdeling__navn_sortering", "betegnelse_sortering")
    )


def _aktoer(rolle: Rolle, organisation: Organisation) -> Aktoer:
    indhold = ROLLEINDHOLD[rolle]
    return Aktoer(organisation.id, organisation.navn, indhold.funktion, indhold.rettigheder, "demo", rolle.label)


def _sag(plads: Plads, koeber: Organisation, periode: Periode, nummer: int) -> None:
    tilbud = plads.afdeling.tilbud
    sagsbehandler, leder = _aktoer(Rolle.SAGSBEHANDLER, koeber), _aktoer(Rolle.TILBUDSLEDER, tilbud.driftsherre)
    gruppe = tilbud.maalgrupper.all()[0]
    reservation = reserver(
        aktoer=sagsbehandler,
        plads_id=plads.id,
        periode=periode,
        hjemmel=tilbud.hjemler.all()[0].kode,
        sagsreference=f"DEMO-{nummer + 1:03}",
        maalgruppe=gruppe.kode,
    )
    udfald = UDFALD[nummer % len(UDFALD)]
    if udfald is Udfald.BEKRAEFT:
        beslut(aktoer=leder, reservation_id=reservation.id, udfald=udfald)
    elif udfald is Udfald.AFVIS:
        beslut(aktoer=leder, reservation_id=reservation.id, udfald=udfald, grund=Grund.GRUPPEN_PASSER_IKKE)
    elif udfald is Udfald.ANNULLER:
        beslut(aktoer=sagsbehandler, reservation_id=reservation.id, udfald=udfald, grund=Grund.ANDET_TILBUD_VALGT)
    elif nummer % HVER_UDLOEBER == len(UDFALD) - 1:
        _udloeb(reservation)


def _udloeb(reservation: Reservation) -> None:
    """As if it had been made earlier, and had run out the day before yesterday."""
    optagelse = Optagelse.objects.get(pk=reservation.optagelse_id, art=Optagelsesart.HOLD)
    udloeb = datetime.combine(idag() - timedelta(days=DAGE_SIDEN_UDLOEB), time(12), KOEBENHAVN)
    varighed = (optagelse.udloeber or nu()) - reservation.oprettet
    optagelse.aktiv, optagelse.udloeber, optagelse.oprettet = False, udloeb, udloeb - varighed
    optagelse.save(update_fields=["aktiv", "udloeber", "oprettet"])
    reservation.tilstand, reservation.oprettet = Tilstand.UDLOEBET, udloeb - varighed
    reservation.save(update_fields=["tilstand", "oprettet"])
