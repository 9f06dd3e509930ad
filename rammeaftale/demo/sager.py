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
SNART = 1  # days until those run out that do so soon
I_GLADSAXE = 5  # so that the demonstration's provider has something on her list, from the demonstration's buyers
NABOER = ("Rødovre", "Herlev")  # the demonstration's buyers, in turn
UDFALD = (None, Udfald.BEKRAEFT, Udfald.AFVIS, Udfald.ANNULLER, None)
HVER_UDLOEBER = 10  # one in ten has run out unanswered, and one in ten is about to


def indlaes(kommuner: list[Kommune], foerste_tilbud: UUID, rng: Random, antal: int) -> int:
    """Reservations in every state: awaiting (some not for long), confirmed, declined, cancelled and run out. Returns how many.

    The first offer is left alone: the demonstration itself reserves there.
    """
    periode = Periode(idag() + timedelta(days=TIDLIGST), idag() + timedelta(days=TIDLIGST + LAENGDE))
    ledige = _ledige(foerste_tilbud, periode)
    rng.shuffle(ledige)
    gladsaxes = [plads for plads in ledige if plads.afdeling.tilbud.driftsherre.navn == "Gladsaxe Kommune"][:I_GLADSAXE]
    andre = [plads for plads in ledige if plads not in gladsaxes]
    valgte = (gladsaxes + andre)[:antal]
    naboer = [kommune for navn in NABOER for kommune in kommuner if kommune.kortnavn == navn]
    for nummer, plads in enumerate(valgte):
        koeber = naboer[nummer % len(naboer)] if nummer < len(gladsaxes) else rng.choice(kommuner)
        _sag(plads, koeber.organisation, periode, nummer)
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


def aktoer(rolle: Rolle, organisation: Organisation) -> Aktoer:
    """Somebody of the organisation in the role."""
    indhold = ROLLEINDHOLD[rolle]
    return Aktoer(organisation.id, organisation.navn, indhold.funktion, indhold.rettigheder, "demo", rolle.label)


def _sag(plads: Plads, koeber: Organisation, periode: Periode, nummer: int) -> None:
    tilbud = plads.afdeling.tilbud
    sagsbehandler, leder = aktoer(Rolle.SAGSBEHANDLER, koeber), aktoer(Rolle.TILBUDSLEDER, tilbud.driftsherre)
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
        _udloeber(reservation, om_dage=-DAGE_SIDEN_UDLOEB)
    elif nummer % HVER_UDLOEBER == 0:
        _udloeber(reservation, om_dage=SNART)


def _udloeber(reservation: Reservation, *, om_dage: int) -> None:
    """As if it had been made earlier: it runs out at noon in so many days, or did so long ago."""
    optagelse = Optagelse.objects.get(pk=reservation.optagelse_id, art=Optagelsesart.HOLD)
    udloeb = datetime.combine(idag() + timedelta(days=om_dage), time(12), KOEBENHAVN)
    varighed = (optagelse.udloeber or nu()) - reservation.oprettet
    optagelse.aktiv, optagelse.udloeber, optagelse.oprettet = om_dage > 0, udloeb, udloeb - varighed
    optagelse.save(update_fields=["aktiv", "udloeber", "oprettet"])
    reservation.tilstand = Tilstand.AFVENTER if om_dage > 0 else Tilstand.UDLOEBET
    reservation.oprettet = udloeb - varighed
    reservation.save(update_fields=["tilstand", "oprettet"])
