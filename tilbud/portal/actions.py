"""Hold an extract against the register, and decide about what differs."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.cpr import uden_cpr
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.haendelser import publicer
from faelles.regneark.fil import laes_fil
from faelles.regneark.indlaesning import Indlaest, Raekke, indlaes
from faelles.scope import saet_database_aktoer
from faelles.tid import idag, nu
from tilbud.models import Importkilde, Portalafvigelse, Portalbeslutning, Portalsammenligning, Registerimport
from tilbud.portal.afvigelser import sammenlign
from tilbud.portal.queries import egne_poster, uafgjort
from tilbud.portal.skema import NAVN, portalark
from tilbud.registerimport.actions import bestil, laas_driftsherren
from tilbud.registerimport.queries import skema_paa
from tilbud.registerimport.skema import TILBUD

FLEST_NAEVNTE = 10  # faults told in a refusal


def sammenlign_udtraek(*, aktoer: Aktoer, fil: bytes, filnavn: str) -> Portalsammenligning:
    """Compare a file with the actor's own offers and keep what differs; nothing in the register changes.

    Raises UgyldigtInput `fil_ulaeselig` for a file that cannot be taken, or that has faults: nothing is kept then.
    """
    _kraev(aktoer)
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        skema = skema_paa(idag())
        raekker = _raekker(indlaes(laes_fil(fil, filnavn), [portalark(skema)]))
        fund = sammenlign(raekker, egne_poster(aktoer), skema)
        ny = Portalsammenligning.objects.create(
            organisation_id=aktoer.organisation_id,
            tilbud=sorted(map(UUID, fund.tilbud)),
            mangler=sorted(map(UUID, fund.mangler)),
            raekker=len(raekker),
            ukendte=fund.ukendte,
            lavet_af=aktoer.identitet,
            lavet_rolle=aktoer.rolle_navn,
        )
        Portalafvigelse.objects.bulk_create(
            Portalafvigelse(
                sammenligning=ny, tilbud_id=UUID(a.tilbud), felt=a.felt, vores=a.vores, portalens=a.portalens
            )
            for a in fund.afvigelser
        )
        for tilbud in dict.fromkeys(a.tilbud for a in fund.afvigelser):
            publicer("tilbud.afvigelse", "tilbud", tilbud)
        return ny


def _kraev(aktoer: Aktoer) -> None:
    aktoer.kraev(Rettighed.TILBUD_SKRIV, Funktion.DRIFTSHERRE)


def _raekker(indlaest: Indlaest) -> Sequence[Raekke]:
    raekker = indlaest.ark.get(NAVN, [])
    beskeder = [f"Række {f.raekke}, {f.kolonne}: {f.regel} {f.rettelse}" for f in indlaest.fejl]
    if not beskeder and not raekker:
        beskeder = ["Der er ingen rækker i filen. Hent skemaet, og prøv igen."]
    if beskeder:
        rest = len(beskeder) - FLEST_NAEVNTE
        mere = [f"Og {rest} til."] if rest > 0 else []
        raise UgyldigtInput("fil_ulaeselig", beskeder[0], {"fil": [*beskeder[:FLEST_NAEVNTE], *mere]})
    return raekker


def afgoer(
    *, aktoer: Aktoer, sammenligning_id: UUID, beslutninger: Mapping[UUID, Portalbeslutning], grund: str = ""
) -> Registerimport | None:
    """Decide about differences to be decided. Those to take over become one import, which a second person approves.

    Raises IkkeFundet; UgyldigtInput when nothing is decided, or when the portal's values break a rule of the register; Konflikt
    `afvigelse_afgjort` when one has been decided already, `ingen_aendring` when the register has the values by now.
    """
    _kraev(aktoer)
    grund = grund.strip()
    _kraev_rigtig(beslutninger, grund)
    with transaction.atomic():
        laas_driftsherren(aktoer)
        if not Portalsammenligning.objects.synlige_for(aktoer).filter(pk=sammenligning_id).exists():
            raise IkkeFundet("sammenligning_ikke_fundet", "Sammenligningen findes ikke.")
        fundne = list(
            Portalafvigelse.objects.synlige_for(aktoer).filter(
                uafgjort(), sammenligning=sammenligning_id, pk__in=beslutninger
            )
        )
        if len(fundne) != len(beslutninger):
            raise Konflikt("afvigelse_afgjort", "En af afvigelserne er allerede afgjort. Se siden igen.")
        overtages = [a for a in fundne if beslutninger[a.pk] is Portalbeslutning.OVERTAG]
        registerimport = _bestil(aktoer, overtages) if overtages else None
        for afvigelse in fundne:
            afvigelse.beslutning, afvigelse.grund, afvigelse.afgjort = beslutninger[afvigelse.pk], grund, nu()
            afvigelse.afgjort_af, afvigelse.afgjort_rolle = aktoer.identitet, aktoer.rolle_navn
            afvigelse.registerimport = registerimport if afvigelse in overtages else None
        felter = ["beslutning", "grund", "afgjort", "afgjort_af", "afgjort_rolle", "registerimport"]
        Portalafvigelse.objects.synlige_for(aktoer).bulk_update(fundne, felter)
        publicer("portal.afvigelser_afgjort", "portalsammenligning", sammenligning_id)
        return registerimport


def _kraev_rigtig(beslutninger: Mapping[UUID, Portalbeslutning], grund: str) -> None:
    felter: dict[str, list[str]] = {}
    if not beslutninger or Portalbeslutning.AFVENTER in beslutninger.values():
        felter["beslutninger"] = ["Vælg, hvad der skal ske med mindst én afvigelse."]
    try:
        uden_cpr(grund)
    except ValidationError as fejl:
        felter["grund"] = list(fejl.messages)
    if felter:
        raise UgyldigtInput("ugyldig_beslutning", "Beslutningerne kan ikke gemmes endnu.", felter)


def _bestil(aktoer: Aktoer, overtages: Sequence[Portalafvigelse]) -> Registerimport:
    return bestil(aktoer=aktoer, raekker={TILBUD: _som_raekker(overtages)}, kilde=Importkilde.FIL)


def _som_raekker(afvigelser: Sequence[Portalafvigelse]) -> list[Raekke]:
    """One row an offer, as the import's sheet has them."""
    pr_tilbud: dict[str, dict[str, Any]] = defaultdict(dict)
    for afvigelse in afvigelser:
        pr_tilbud[str(afvigelse.tilbud_id)][afvigelse.felt] = afvigelse.portalens
    return [Raekke(nr, {"id": tilbud, **felter}) for nr, (tilbud, felter) in enumerate(pr_tilbud.items(), start=1)]
