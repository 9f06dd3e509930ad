"""A waiting list of the demo data: the demonstration's buyers wait for one of Gladsaxe's offers, some of them for long."""

from datetime import timedelta
from uuid import UUID

from faelles.scope import saet_database_aktoer
from faelles.tid import KOEBENHAVN, Periode, idag, nu
from kommuner.models import Kommune, Rolle
from rammeaftale.demo.sager import NABOER, aktoer
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.forespoergsler.actions import besvar, send_forespoergsel
from reservationer.sag.forespoergsler.behov import Behov
from reservationer.sag.models import Henvendelse
from reservationer.sag.overgange import Grund, Udfald
from reservationer.venteliste.actions import fastsaet_regel
from reservationer.venteliste.begreber import Regel
from reservationer.venteliste.models import Venteliste, Ventelistepost
from tilbud.models import Tilbud
from vilkaar.noegler import Noegle
from vilkaar.queries import gaeldende_i_kommune

VENTET = (200, 75, 12)  # days; the first two longer than the demo's terms allow without telling the municipality


def indlaes(kommuner: list[Kommune], foerste_tilbud: UUID) -> int:
    """Needs declined for lack of a place, which have waited since; the demonstration's own offer is left alone. Returns how many."""
    koebere = [k.organisation for navn in NABOER for k in kommuner if k.kortnavn == navn]
    hos = Tilbud.objects.filter(driftsherre__navn="Gladsaxe Kommune", lukket_fra=None, afdelinger__isnull=False)
    tilbud = hos.exclude(pk=foerste_tilbud).distinct().order_by("navn_sortering", "pk").first()
    if not koebere or tilbud is None:
        return 0
    leder = aktoer(Rolle.TILBUDSLEDER, tilbud.driftsherre)
    liste = fastsaet_regel(aktoer=leder, tilbud_id=tilbud.pk, regel=Regel.TUR)
    for nummer, dage in enumerate(VENTET):
        koeber = aktoer(Rolle.SAGSBEHANDLER, koebere[nummer % len(koebere)])
        behov = Behov(
            tilbud.hjemler.all()[0].kode, Periode(idag() + timedelta(days=30)), tilbud.maalgrupper.all()[0].kode
        )
        ny = send_forespoergsel(aktoer=koeber, behov=behov, tilbud=[tilbud.pk], sagsreference=f"DEMO-V{nummer + 1:02}")
        henvendelse = Henvendelse.objects.synlige_for(koeber).get(forespoergsel=ny)
        besvar(aktoer=leder, henvendelse_id=henvendelse.pk, udfald=Udfald.AFVIS, indhold=Indhold(Grund.INGEN_PLADS))
        _skriv_op(liste, henvendelse, dage)
    saet_database_aktoer(None)  # the rest of the demo data is the platform's
    return len(VENTET)


def _skriv_op(liste: Venteliste, henvendelse: Henvendelse, dage: int) -> None:
    """As if it had been written on so many days ago."""
    siden = nu() - timedelta(days=dage)
    vilkaar = gaeldende_i_kommune(liste.tilbud.beliggenhedskommune_id, idag())
    Ventelistepost.objects.create(
        venteliste=liste,
        henvendelse=henvendelse,
        tilbud_id=liste.tilbud_id,
        handlekommune_id=henvendelse.handlekommune_id,
        driftsherre_id=henvendelse.driftsherre_id,
        skrevet_op=siden,
        eskaleres=siden.astimezone(KOEBENHAVN).date()
        + timedelta(days=vilkaar.heltal(Noegle.VENTELISTE_ESKALERING_DAGE)),
        vilkaarssaet_id=vilkaar.saet_id,
    )
