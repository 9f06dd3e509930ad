"""Reading placement agreements: always for somebody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from faelles.aktoer import Aktoer, Rettighed
from faelles.fejl import IkkeFundet
from reservationer.sag.aftaler.grundlag import Sag, laes, sagen
from reservationer.sag.aftaler.regler import Grundlag, aendret
from reservationer.sag.models import Aftaledokument, Beslutning, Ophold, Placeringsaftale
from reservationer.sag.models.placeringsaftale import AABNE, SLUTTET
from reservationer.sag.ophold.ansvar import sluttede
from reservationer.sag.ophold.varsel import varselsnoegle
from reservationer.sag.overgange import Tilstand, Udfald
from vilkaar.kilde import Kilde, kilder

SLUTTER = (Udfald.OPSIG, Udfald.AFSLUT, Udfald.AFLOES)


def aftaler(aktoer: Aktoer) -> QuerySet[Placeringsaftale]:
    """The actor's agreements, all versions, the latest first; `har_dokument` when the PDF has been made."""
    dokument = Aftaledokument.objects.synlige_for(aktoer).filter(pk=OuterRef("pk"))
    synlige = Placeringsaftale.objects.synlige_for(aktoer).select_related("tilbud", "handlekommune", "driftsherre")
    return synlige.annotate(har_dokument=Exists(dokument))


def venter(aktoer: Aktoer, tilstand: Tilstand) -> QuerySet[Placeringsaftale]:
    """The actor's agreements that lie with one of the parties, with the case of each, who has waited longest first."""
    synlige = Placeringsaftale.objects.synlige_for(aktoer).filter(tilstand=tilstand)
    return synlige.select_related("tilbud", "handlekommune", "reservation", "ophold").order_by("oprettet", "pk")


def i_sagen(aktoer: Aktoer, sag: Sag) -> QuerySet[Placeringsaftale]:
    """Every version of a case the actor is a party of, the latest first."""
    return aftaler(aktoer).filter(**sag.noegle).order_by("-nummer")


def aftaler_i_sagen(aktoer: Aktoer, sag: Sag) -> dict[str, Any]:
    """What a case's own page shows of its agreements, and what a new version is drafted with when the actor may."""
    fundne = list(i_sagen(aktoer, sag))
    aaben = any(et.tilstand in AABNE for et in fundne)
    kan = sag.er_i_gang and not aaben and aktoer.maa(Rettighed.RESERVATIONER_SKRIV) and not _er_andres(aktoer, sag)
    navn = "ophold" if isinstance(sag.ting, Ophold) else "reservation"
    return {"aftaler": fundne, "aftale_om": {navn: str(sag.ting.pk)} if kan else {}}


def find(aktoer: Aktoer, aftale_id: UUID) -> Placeringsaftale:
    """One version with its case. Raises IkkeFundet when the actor is no party of it."""
    fundet = aftaler(aktoer).filter(pk=aftale_id).first()
    if fundet is None:
        raise IkkeFundet("placeringsaftale_ikke_fundet", "Placeringsaftalen findes ikke.")
    return fundet


def grundlaget(aktoer: Aktoer, aftale: Placeringsaftale) -> Grundlag:
    """What the version says by its case: frozen once it was put forward, else as the case is now."""
    if aftale.grundlag is not None:
        return Grundlag.af_json(aftale.grundlag)
    return laes(aktoer, sagen(aktoer, aftale), aftale.gaelder_fra)


def aendret_siden(aktoer: Aktoer, aftale: Placeringsaftale) -> list[str]:
    """What the case no longer says as the version does; nothing for a draft, which follows it, for one
    that ends, or when it is others' case now.
    """
    if aftale.grundlag is None or aftale.tilstand in {Tilstand.BORTFALDET, *SLUTTET}:
        return []
    sag = sagen(aktoer, aftale)
    if _er_andres(aktoer, sag):
        return []
    nu = laes(aktoer, sag, aftale.gaelder_fra)
    return aendret(Grundlag.af_json(aftale.grundlag), nu)


@dataclass(frozen=True, slots=True)
class Slutning:
    """Why, by whom and when a version was ended; `kilde` is what says its notice, when that is a term."""

    beslutning: Beslutning
    kilde: Kilde | None


def slutning(aktoer: Aktoer, aftale: Placeringsaftale) -> Slutning | None:
    """How the version was ended; None while it has no last day."""
    if aftale.ophoerer is None:
        return None
    beslutninger = Beslutning.objects.synlige_for(aktoer).filter(placeringsaftale=aftale, udfald__in=SLUTTER)
    term = (aftale.ophoer_vilkaarssaet_id, varselsnoegle(aftale.opsagt_som))
    return Slutning(beslutninger.select_related("organisation").latest("tidspunkt", "pk"), kilder([term]).get(term))


def _er_andres(aktoer: Aktoer, sag: Sag) -> bool:
    return isinstance(sag.ting, Ophold) and sluttede(aktoer, sag.ting.pk) is not None


def laeste(fundne: Iterable[Placeringsaftale]) -> Mapping[UUID, list[UUID]]:
    """Which versions have been seen and whose they are, for the read log."""
    return {et.pk: [et.handlekommune_id, et.driftsherre_id] for et in fundne}


def dokumentet(aktoer: Aktoer, aftale_id: UUID) -> bytes | None:
    """The agreement as PDF; None until it has been made."""
    fundet = Aftaledokument.objects.synlige_for(aktoer).filter(pk=aftale_id).first()
    return None if fundet is None else bytes(fundet.pdf)
