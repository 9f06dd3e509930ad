"""The course of a hearing: sent, links sent again or withdrawn, closed. What is mailed is ordered here and mailed by `hoering.breve`."""

import secrets
from collections.abc import Callable
from uuid import UUID

from django.db import transaction

from faelles import job
from faelles.aktoer import Aktoer
from faelles.fejl import Konflikt
from faelles.haendelser import publicer
from faelles.ids import uuid7
from faelles.tid import idag, nu
from kommuner.personer.noegle import fingeraftryk
from rammeaftale.actions.faelles import laas_egen
from rammeaftale.hoering.actions.faelles import kraev, laas_hoering, laas_modtager
from rammeaftale.hoering.job import JOBTYPE
from rammeaftale.hoering.lukning import luk
from rammeaftale.hoering.queries import udkast
from rammeaftale.hoering.regler import Anledning, Hoeringsstand
from rammeaftale.livscyklus import SKRIVES, Aftaletilstand
from rammeaftale.models import Hoering, Hoeringslink, Hoeringsmodtager, Hoeringsnotat, Version


def send_hoering(*, aktoer: Aktoer, hoering_id: UUID, kraev_set: Callable[[], None] = lambda: None) -> Hoering:
    """Send a draft hearing: its text is what the introduction and the clauses say now, and every recipient is mailed a link.

    `kraev_set` refuses under the lock what has changed since the caller saw it. Raises IkkeFundet or Konflikt.
    """
    kraev(aktoer)
    with transaction.atomic():
        hoering = laas_hoering(aktoer, hoering_id, Hoeringsstand.KLADDE)
        kraev_set()
        aftale = laas_egen(aktoer, hoering.version.aftale_id)  # nobody writes a clause in the very moment
        if hoering.version.sendt or Aftaletilstand(aftale.tilstand) not in SKRIVES:
            raise Konflikt(
                "ikke_kladde", f"{aftale.titel} er ikke en kladde længere. Kun et udkast kan sendes i høring."
            )
        modtagere = list(hoering.modtagere.all())
        if not modtagere:
            raise Konflikt("hoering_uden_modtagere", "Høringen har ingen høringsparter. Tilføj dem, før den sendes.")
        if hoering.frist < idag():
            raise Konflikt("hoering_frist_passeret", "Høringens frist er gået. Ret den, før høringen sendes.")
        hoering.sendt = nu()
        if not udkast(hoering):
            raise Konflikt("hoering_uden_tekst", "Udkastet har ingen klausuler endnu.")
        hoering.indledning = Version.objects.values_list("indledning", flat=True).get(pk=hoering.version_id)
        hoering.save(update_fields=["sendt", "indledning"])
        Hoeringslink.objects.bulk_create(_link(modtager, Anledning.AFSENDELSE) for modtager in modtagere)
        publicer("hoering.sendt", "hoering", hoering.id)
        return hoering


def nyt_link(*, aktoer: Aktoer, modtager_id: UUID, hoering_id: UUID | None = None) -> Hoeringslink:
    """Mail a recipient a new link; it replaces those it has, and with it an answer that has been given can be given anew.

    A recipient that is not of `hoering_id`, when one is given, does not exist. Raises IkkeFundet, or Konflikt when the hearing is not
    out or its deadline has passed.
    """
    kraev(aktoer)
    with transaction.atomic():
        modtager = laas_modtager(aktoer, modtager_id, Hoeringsstand.SENDT, i=hoering_id)
        kraev_frist(modtager.hoering)
        return bestil_link(modtager, Anledning.IGEN)


def traek_link(*, aktoer: Aktoer, modtager_id: UUID, hoering_id: UUID | None = None) -> None:
    """Make every link the recipient has worthless, also one on its way; `hoering_id` as in `nyt_link`. Raises IkkeFundet or Konflikt."""
    kraev(aktoer)
    with transaction.atomic():
        modtager = laas_modtager(aktoer, modtager_id, Hoeringsstand.SENDT, i=hoering_id)
        traek_alle(modtager)


def afslut(*, aktoer: Aktoer, hoering_id: UUID, kraev_set: Callable[[], None] = lambda: None) -> Hoering:
    """Close a hearing that is out: nobody can answer any more, and the links show nothing. `kraev_set` as in `send_hoering`. Raises
    IkkeFundet or Konflikt.
    """
    kraev(aktoer)
    with transaction.atomic():
        hoering = laas_hoering(aktoer, hoering_id, Hoeringsstand.SENDT)
        kraev_set()
        luk(hoering)
        return hoering


def bestil_notat(*, aktoer: Aktoer, hoering_id: UUID) -> Hoeringsnotat:
    """Order the note of what has been answered and done by now. Raises IkkeFundet, or Konflikt when the hearing is a draft."""
    kraev(aktoer)
    with transaction.atomic():
        hoering = laas_hoering(aktoer, hoering_id, Hoeringsstand.SENDT, Hoeringsstand.AFSLUTTET)
        notat_id = uuid7()
        parametre = {"notat_id": str(notat_id), "frist": hoering.frist.isoformat()}
        bestilt = job.bestil(type_=JOBTYPE, parametre=parametre, aktoer=aktoer)
        return Hoeringsnotat.objects.create(id=notat_id, hoering=hoering, job=bestilt)


def kraev_frist(hoering: Hoering) -> None:
    """Raise Konflikt when a hearing that is out cannot be answered any more: no link is mailed."""
    if hoering.frist < idag():
        raise Konflikt("hoering_frist_passeret", "Høringens frist er gået. Forlæng den, før der sendes nye links.")


def traek_alle(modtager: Hoeringsmodtager) -> None:
    """Make the recipient's links worthless, under the hearing's lock."""
    modtager.links.filter(trukket=None).update(trukket=nu())


def bestil_link(modtager: Hoeringsmodtager, anledning: Anledning) -> Hoeringslink:
    """Order a link under the hearing's lock; one that was on its way is not sent. Those already sent hold until this one is."""
    modtager.links.filter(sendt=None, trukket=None).update(trukket=nu())
    link = _link(modtager, anledning)
    link.save(force_insert=True)
    return link


def _link(modtager: Hoeringsmodtager, anledning: Anledning) -> Hoeringslink:
    return Hoeringslink(modtager=modtager, anledning=anledning, noegle_hash=fingeraftryk(ny_noegle()))


def ny_noegle() -> str:
    """The key of a link: 256 random bits."""
    return secrets.token_urlsafe(32)
