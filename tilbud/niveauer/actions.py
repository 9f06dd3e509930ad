"""The secretariat registers an offer's level of specialisation."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.cpr import uden_cpr
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.haendelser import publicer
from faelles.tid import Periode, idag, nu
from tilbud.models import Niveau, Tilbud
from tilbud.niveauer.queries import sekretariat_for
from tilbud.niveauer.udvikling import NIVEAUER, Niveauperiode, indfoej


def registrer_niveau(*, aktoer: Aktoer, tilbud_id: UUID, niveau: int, fra: date, grund: str) -> Niveau:
    """Put an offer on a level from a day on, until the next registered level begins.

    A level registered from the very same day is replaced; the history keeps it. Raises IkkeFundet for an offer outside the
    secretariat's KKR, UgyldigtInput with all faults, and Konflikt `niveau_uaendret` when it is on that level already.
    """
    aktoer.kraev(Rettighed.NIVEAUER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        tilbud = _laas(tilbud_id)
        if tilbud is None or not sekretariat_for(aktoer, tilbud, idag()):
            raise IkkeFundet("tilbud_ikke_fundet", "Tilbuddet findes ikke blandt dem, sekretariatet indplacerer.")
        _kraev_rigtigt(tilbud, niveau, fra, grund.strip())
        gemt = _indfoej(tilbud, niveau, fra, grund.strip())
        tilbud.aendret = nu()
        tilbud.save(update_fields=["aendret"])
        publicer("tilbud.niveau_registreret", "tilbud", tilbud.id)
        return gemt


def _laas(tilbud_id: UUID) -> Tilbud | None:
    return Tilbud.objects.select_for_update(no_key=True).filter(pk=tilbud_id).first()


def _kraev_rigtigt(tilbud: Tilbud, niveau: int, fra: date, grund: str) -> None:
    felter: dict[str, list[str]] = {}
    if niveau not in NIVEAUER:
        felter["niveau"] = ["Vælg et af de tre niveauer."]
    if tilbud.lukket_fra is not None and fra >= tilbud.lukket_fra:
        felter["fra"] = [f"Tilbuddet er lukket fra {tilbud.lukket_fra:%d.%m.%Y}. Vælg en tidligere dato."]
    if not grund:
        felter["grund"] = ["Skriv, hvorfor tilbuddet er på niveauet."]
    try:
        uden_cpr(grund)
    except ValidationError as fejl:
        felter["grund"] = list(fejl.messages)
    if felter:
        raise UgyldigtInput("ugyldigt_niveau", "Niveauet kan ikke registreres endnu.", felter)


def _indfoej(tilbud: Tilbud, niveau: int, fra: date, grund: str) -> Niveau:
    gemte = list(Niveau.objects.filter(tilbud=tilbud).order_by("periode"))
    plan = indfoej([Niveauperiode(n.niveau, Periode.af_range(n.periode)) for n in gemte], fra)
    if plan.erstatter is not None:
        gammelt = gemte[plan.erstatter]
        gammelt.niveau, gammelt.grund = niveau, grund
        gammelt.save(update_fields=["niveau", "grund"])
        return gammelt
    if plan.afkorter is not None:
        gammelt = gemte[plan.afkorter]
        if gammelt.niveau == niveau:
            raise Konflikt("niveau_uaendret", f"Tilbuddet er allerede på niveau {niveau} den {fra:%d.%m.%Y}.")
        gammelt.periode = Periode(Periode.af_range(gammelt.periode).fra, fra).som_range
        gammelt.save(update_fields=["periode"])
    return Niveau.objects.create(tilbud=tilbud, niveau=niveau, periode=plan.periode.som_range, grund=grund)
