"""Emergency places of the demo data and the stays there: one within its 3 + 3 weeks, one that goes on past them, and a place that is free."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from faelles.aktoer import Aktoer
from faelles.scope import saet_database_aktoer
from faelles.spor import uden_historik
from faelles.tid import Periode, idag
from kommuner.models import Kommune, Rolle
from rammeaftale.demo.sager import NABOER, aktoer
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.models import Indgang, Ophold
from reservationer.sag.ophold.forloeb import afgoer_ophold
from reservationer.sag.ophold.indskrivning import indskriv_uden_reservation
from reservationer.sag.overgange import Data, Udfald
from reservationer.sag.priser import Prisaftale
from takster.models import Takstenhed
from tilbud.models import Afdeling, Bekraeftelse, Plads, Pladsart, Tilbud, Tilsynsgodkendelse
from vilkaar.noegler import Noegle
from vilkaar.queries import gaeldende_i_kommune

AABNET = 90  # days since the places opened
PLADSER = 3
BEGYNDT = (8, 50)  # days since the stays began: the second is extended, and past its six weeks
ORIENTERET = 2  # days into a stay the socialtilsyn was told
PRIS = Prisaftale(Decimal("4250.00"), Takstenhed.DOEGN)


def indlaes(kommuner: list[Kommune], foerste_tilbud: UUID) -> int:
    """The places in one of Gladsaxe's approved offers, which is approved for as many more, and the stays of the two buyers. Returns how many."""
    koebere = [k.organisation for navn in NABOER for k in kommuner if k.kortnavn == navn]
    godkendelse = _godkendelse(foerste_tilbud)
    if not koebere or godkendelse is None:
        return 0
    godkendelse.pladser += PLADSER
    godkendelse.save(update_fields=["pladser"])
    tilbud = godkendelse.tilbud
    leder, pladser = aktoer(Rolle.TILBUDSLEDER, tilbud.driftsherre), _pladser(tilbud)
    for nummer, dage in enumerate(BEGYNDT):
        koeber = koebere[nummer % len(koebere)]
        ophold = indskriv_uden_reservation(
            aktoer=leder,
            tilbud_id=tilbud.pk,
            plads_id=pladser[nummer].pk,
            indgang=Indgang.AKUT,
            handlekommune=koeber.kommune.kommunekode,
            hjemmel=godkendelse.hjemmel_id,
            sagsreference=f"DEMO-AKUT-{nummer + 1}",
            fra=idag() - timedelta(days=dage),
            pris=PRIS,
        )
        _foelg(aktoer(Rolle.SAGSBEHANDLER, koeber), ophold, forlaeng=dage == max(BEGYNDT))
    saet_database_aktoer(None)  # the rest of the demo data is the platform's
    return len(BEGYNDT)


def _godkendelse(foerste_tilbud: UUID) -> Tilsynsgodkendelse | None:
    """That of the offer, by name the first of Gladsaxe's that must be approved, but the one the demonstration itself reserves in."""
    aabne = Tilsynsgodkendelse.objects.paa(idag()).filter(tilbud__driftsherre__navn="Gladsaxe Kommune", pladser__gt=0)
    hos = aabne.filter(tilbud__lukket_fra=None, tilbud__beskyttet_adresse=False).exclude(tilbud=foerste_tilbud)
    i_orden = hos.select_related("tilbud__driftsherre").order_by("tilbud__navn_sortering", "hjemmel")
    return next((godkendelse for godkendelse in i_orden if _kraeves(godkendelse)), None)


def _kraeves(godkendelse: Tilsynsgodkendelse) -> bool:
    """Whether the terms ask for an approval of the hjemmel: no other stay has the clock."""
    vilkaar = gaeldende_i_kommune(godkendelse.tilbud.beliggenhedskommune_id, idag())
    return vilkaar.kode(Noegle.GODKENDELSE_KRAEVES, godkendelse.hjemmel_id) != "nej"


def _pladser(tilbud: Tilbud) -> list[Plads]:
    """The places in a department of their own, which the offer has confirmed."""
    periode = Periode(idag() - timedelta(days=AABNET)).som_range
    with uden_historik(Afdeling, Plads, Bekraeftelse):
        afdeling = Afdeling.objects.create(tilbud=tilbud, navn="Akutafsnittet")
        pladser = [
            Plads.objects.create(
                afdeling=afdeling, betegnelse=f"Akutplads {nummer}", art=Pladsart.AKUT, periode=periode
            )
            for nummer in range(1, PLADSER + 1)
        ]
        Bekraeftelse.objects.create(afdeling=afdeling, organisation=tilbud.driftsherre, rolle_navn="Tilbudsleder")
    return pladser


def _foelg(koeber: Aktoer, ophold: Ophold, *, forlaeng: bool) -> None:
    """The socialtilsyn is told, and has allowed the stay that is extended."""
    orienteret = {Data.DATO: ophold.foerste_dag + timedelta(days=ORIENTERET), Data.DOKUMENT: "Orientering i egen sag"}
    skridt = [(Udfald.ORIENTER_TILSYN, orienteret)]
    if forlaeng:
        skridt.append((Udfald.FORLAENG_AKUT, {Data.DOKUMENT: "Tilladelse i egen sag"}))
    for udfald, data in skridt:
        afgoer_ophold(aktoer=koeber, ophold_id=ophold.pk, udfald=udfald, indhold=Indhold(data=data))
