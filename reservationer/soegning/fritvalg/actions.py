"""Check a free choice and keep it as a note."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from faelles import job
from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import UgyldigtInput
from faelles.haendelser import publicer
from faelles.ids import uuid7
from faelles.scope import saet_database_aktoer
from reservationer.soegning.fritvalg.job import JOBTYPE
from reservationer.soegning.models import Fritvalgsproeve
from takster.beregning.sammenligning import Fritvalgsproeve as Inddata
from takster.beregning.sammenligning import Fritvalgsresultat, proev_frit_valg
from takster.vilkaarsinddata import reference
from tilbud.models import Tilbud
from vilkaar.noegler import Noegle
from vilkaar.queries import gaeldende_i_kommune

# What the calculation calls its inputs, and what people see them as.
_FELTER = {"forhandletPris": "forhandlet_pris", "visiteretUdgift": "visiteret_udgift"}


def proev(
    *,
    aktoer: Aktoer,
    visiteret_id: UUID,
    oensket_id: UUID,
    visiteret_udgift: Decimal,
    forhandlet_pris: Decimal,
    dato: date,
    begrundelse: str = "",
) -> Fritvalgsproeve:
    """Hold the negotiated price of the wanted offer against the cost of the visited one (kr./døgn), keep it, and order the note.

    The limit is the term `frit_valg_graense_procent` of the day in the KKR where the visited offer lies. Raises UgyldigtInput
    (all faults at once), or Konflikt when the term is missing.
    """
    aktoer.kraev(Rettighed.RESERVATIONER_SKRIV, Funktion.MYNDIGHED)
    visiteret, oensket = _tilbud(visiteret_id, oensket_id)
    resultat = _beregn(visiteret, visiteret_udgift, forhandlet_pris, dato)
    proeve_id = uuid7()
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        proeve = Fritvalgsproeve.objects.create(
            id=proeve_id,
            organisation_id=aktoer.organisation_id,
            visiteret=visiteret,
            oensket=oensket,
            dato=dato,
            visiteret_udgift=visiteret_udgift,
            forhandlet_pris=forhandlet_pris,
            tilladt=resultat.tilladt,
            begrundelse=begrundelse.strip(),
            beregning=resultat.som_json(),
            kommune_navn=aktoer.organisation_navn[: Fritvalgsproeve.NAVN_LAENGST],
            visiteret_navn=_navn(visiteret),
            oensket_navn=_navn(oensket),
            rolle_navn=aktoer.rolle_navn,
            job=job.bestil(type_=JOBTYPE, parametre={"proeve_id": str(proeve_id)}, aktoer=aktoer),
        )
        publicer("fritvalgsproeve.oprettet", "fritvalgsproeve", proeve.pk)
        return proeve


def _navn(tilbud: Tilbud) -> str:
    return f"{tilbud}, {tilbud.driftsherre}"[: Fritvalgsproeve.NAVN_LAENGST]


def _tilbud(visiteret_id: UUID, oensket_id: UUID) -> tuple[Tilbud, Tilbud]:
    """Both offers. Raises UgyldigtInput unless they are two, both there, and both deliver under § 108."""
    fundne = (
        Tilbud.objects.prefetch_related("hjemler")
        .select_related("beliggenhedskommune", "driftsherre")
        .in_bulk([visiteret_id, oensket_id])
    )
    fejl: dict[str, list[str]] = {}
    for felt, tilbud_id in (("visiteret", visiteret_id), ("oensket", oensket_id)):
        tilbud = fundne.get(tilbud_id)
        if tilbud is None:
            fejl[felt] = ["Tilbuddet findes ikke."]
        elif Fritvalgsproeve.HJEMMEL not in {hjemmel.pk for hjemmel in tilbud.hjemler.all()}:
            fejl[felt] = ["Tilbuddet leverer ikke efter serviceloven § 108; frit valg efter stk. 2 gælder kun der."]
    if visiteret_id == oensket_id:
        fejl["oensket"] = ["Det ønskede tilbud skal være et andet end det visiterede."]
    if fejl:
        raise UgyldigtInput("ugyldig_fritvalgsproeve", "Prøven kan ikke laves, før felterne er rettet.", fejl)
    return fundne[visiteret_id], fundne[oensket_id]


def _beregn(visiteret: Tilbud, visiteret_udgift: Decimal, forhandlet_pris: Decimal, dato: date) -> Fritvalgsresultat:
    vilkaar = gaeldende_i_kommune(visiteret.beliggenhedskommune_id, dato)
    try:
        return proev_frit_valg(
            Inddata(
                dato=dato,
                forhandlet_pris=forhandlet_pris,
                visiteret_udgift=visiteret_udgift,
                graense_procent=vilkaar.tal(Noegle.FRIT_VALG_GRAENSE_PROCENT),
                vilkaarssaet=reference(vilkaar),
            )
        )
    except UgyldigtInput as fejl:
        felter = {_FELTER.get(felt, felt): beskeder for felt, beskeder in fejl.felter.items()}
        raise UgyldigtInput("ugyldig_fritvalgsproeve", fejl.besked, felter) from None
