"""Retention of enquiries: those nobody works with any more are anonymised, with what is said about them and where they waited."""

import logging
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import pgtrigger
from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from faelles.fejl import Konflikt
from faelles.haendelser import publicer
from faelles.ids import ny_reference
from faelles.spor import historik, maa_rettes
from faelles.tid import idag, midnat_efter, nu
from reservationer.sag.anonymisering import kommuner_pr_vilkaar, laas, scoped
from reservationer.sag.models import Besked, Beslutning, Forespoergsel, Henvendelse, Pladstilbud, Reservation
from reservationer.sag.opbevaring import skaeringsdag
from reservationer.sag.overgange import Tilstand
from reservationer.venteliste.models import Alternativ, Forbigaaelse, Ventelistepost
from vilkaar.noegler import Noegle

log = logging.getLogger(__name__)

I_GANG = (Tilstand.AFVENTER, Tilstand.MERE_OENSKES)
_UFORANDERLIGE = (
    "sag.Beslutning:beslutning_kun_tilfoejes",
    "venteliste.Ventelistepost:ventelistepost_afsluttet_er_afsluttet",
    "venteliste.Forbigaaelse:forbigaaelse_kun_tilfoejes",
    "venteliste.Alternativ:alternativ_kun_tilfoejes",
)


def anonymiser_forespoergsler(portion: int = 500) -> int:
    """Anonymise the enquiries in which nothing has happened for as long as the term says. Safe to run again.

    Never one that awaits an answer, waits on a list, or led to a reservation that is not anonymised itself. Each offer that was
    asked follows the terms in force today where it lies, and an enquiry waits for the last of them. Where the term is missing,
    nothing is touched and a warning says which, in which set, and how many wait. Returns how many.
    """
    dag, antal = idag(), 0
    skaering: list[tuple[list[str], date]] = []
    for vilkaar, kommuner in kommuner_pr_vilkaar(dag):
        try:
            maaneder = vilkaar.heltal(Noegle.OPBEVARING_FORESPOERGSEL_MAANEDER) if vilkaar else None
        except Konflikt as fejl:
            _advar(kommuner, dag, fejl.besked)
            continue
        if maaneder is None:
            _advar(kommuner, dag, "Kommunerne hører ikke til noget KKR, der har vilkår.")
            continue
        skaering.append((kommuner, skaeringsdag(dag, maaneder)))
    while fundet := _anonymiser_portion(skaering, portion):
        antal += fundet
    return antal


def _advar(kommuner: Collection[str], dag: date, grund: str) -> None:
    with transaction.atomic():
        venter = _stille(dag).filter(tilbud__beliggenhedskommune__in=kommuner).count()
    if venter:
        log.warning("forespoergsler_ikke_anonymiseret antal=%s grund=%s", venter, grund)


def _stille(sidste_dag: date) -> QuerySet[Henvendelse]:
    """The enquiries, offer by offer, that are over, and in which nothing has happened since the day."""
    slut = midnat_efter(sidste_dag)
    om_den = {"henvendelse": OuterRef("pk")}
    under = Q(henvendelse=OuterRef("pk")) | Q(pladstilbud__henvendelse=OuterRef("pk"))
    fundne: QuerySet[Henvendelse] = scoped(Henvendelse)
    return (
        fundne.filter(forespoergsel__anonymiseret=None, sendt__lt=slut)
        .exclude(tilstand__in=I_GANG)
        .exclude(Exists(scoped(Beslutning).filter(under, tidspunkt__gte=slut)))
        .exclude(Exists(scoped(Besked).filter(**om_den, sendt__gte=slut)))
        .exclude(Exists(scoped(Pladstilbud).filter(**om_den, tilstand=Tilstand.TILBUDT)))
        .exclude(Exists(scoped(Reservation).filter(pladstilbud__henvendelse=OuterRef("pk"), anonymiseret=None)))
        .exclude(Exists(scoped(Ventelistepost).filter(Q(afsluttet=None) | Q(afsluttet__gte=slut), **om_den)))
        .exclude(Exists(scoped(Alternativ).filter(post__henvendelse=OuterRef("pk"), tidspunkt__gte=slut)))
    )


def _anonymiser_portion(skaering: Collection[tuple[list[str], date]], portion: int) -> int:
    with transaction.atomic():
        rester = scoped(Henvendelse).filter(forespoergsel=OuterRef("pk"))
        for kommuner, til in skaering:
            faerdige = _stille(til).filter(tilbud__beliggenhedskommune__in=kommuner)
            rester = rester.exclude(pk__in=faerdige.values("pk"))
        forfaldne = scoped(Forespoergsel).filter(anonymiseret=None).exclude(Exists(rester))
        ider = laas(forfaldne, portion)
        _slet_spor(ider)
        for pk in ider:
            publicer("forespoergsel.anonymiseret", "forespoergsel", pk)
        return len(ider)


def _slet_spor(ider: Collection[UUID]) -> None:
    """Empty what names a case, a need or somebody who worked with it: in the rows, in their history, and in its context."""
    henvendelser = list(scoped(Henvendelse).filter(forespoergsel__in=ider).values_list("pk", flat=True))
    poster = list(scoped(Ventelistepost).filter(henvendelse__in=henvendelser).values_list("pk", flat=True))
    tilbudte = list(scoped(Pladstilbud).filter(henvendelse__in=henvendelser).values_list("pk", flat=True))
    behov: dict[str, Any] = {"maalgruppe": None, "aldersgruppe": "", "adfaerd": [], "fysiske_traek": []}
    sag = {"sagsreference": "", "bemaerkning": "", "oprettet_af": "", **behov, "anonymiseret": nu()}
    om_dem = Q(henvendelse__in=henvendelser) | Q(pladstilbud__in=tilbudte)
    noteret = {"bemaerkning": "", "identitet": ""}
    toemmes: tuple[tuple[type[Model], Mapping[str, Any], Q, Q], ...] = (  # the table, what, in its rows, in its history
        (Beslutning, noteret, om_dem, om_dem),
        (Ventelistepost, {"bemaerkning": ""}, Q(pk__in=poster), Q(pgh_obj__in=poster)),
        (Forbigaaelse, noteret, Q(post__in=poster), Q(post__in=poster)),
        (Alternativ, noteret, Q(post__in=poster), Q(post__in=poster)),
    )
    spor: list[tuple[type[Model], Mapping[str, Any], Q]] = [
        *((model, tomt, gamle) for model, tomt, _, gamle in toemmes),
        (Forespoergsel, {**sag, "reference": ""}, Q(pgh_obj__in=ider)),
        (Besked, {"tekst": "", "identitet": ""}, Q(henvendelse__in=henvendelser)),
        (Henvendelse, {}, Q(pgh_obj__in=henvendelser)),
        (Pladstilbud, {}, Q(pgh_obj__in=tilbudte)),
    ]
    with pgtrigger.ignore(*_UFORANDERLIGE):  # the one change they ever see
        scoped(Besked).filter(henvendelse__in=henvendelser).delete()
        for model, tomt, raekker, _ in toemmes:
            scoped(model).filter(raekker).update(**tomt)
        for pk in ider:
            scoped(Forespoergsel).filter(pk=pk).update(**sag, reference=ny_reference())  # one nobody knows
    for model, tomt, gamle in spor:
        tabel = historik(model)
        with maa_rettes(tabel):
            scoped(tabel).filter(gamle).update(**tomt, pgh_context={})
