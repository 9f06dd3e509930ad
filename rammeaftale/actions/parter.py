"""Who is party to an agreement and when: the secretariat adds one, ends one, or lets one be succeeded by another, each on a day.

What is done with an agreement is done with its allonger too, as far as they go: the parties of both are the same.
"""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import Konflikt, UgyldigtInput
from faelles.tid import Periode
from rammeaftale.actions.faelles import laas_egen, laas_part
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import Part, Rammeaftale
from rammeaftale.partsregler import (
    FJERNES,
    HOLDER_OP,
    KOMMER_TIL,
    STAAR_FAST,
    begyndelsesfejl,
    ophoersfejl,
    tidligst,
)
from rammeaftale.queries import mulige_parter

# What can be registered about a party.
_HISTORIE = ("godkendelser", "genstarter", "udmeldingssvar", "offentliggoerelser")


def tilfoej_part(*, aktoer: Aktoer, aftale_id: UUID, organisation_id: UUID, fra: date) -> Part:
    """Let a municipality or region be party from the day and as long as the agreement holds; it must approve as the others.

    Raises IkkeFundet, UgyldigtInput, or Konflikt when the agreement has lapsed or the organisation is a party already.
    """
    aktoer.kraev(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        aftale = laas_egen(aktoer, aftale_id)
        _kraev(aftale, KOMMER_TIL, "En bortfaldet aftales parter ligger fast.")
        felter: dict[str, list[str]] = {}
        if not mulige_parter().filter(pk=organisation_id).exists():
            felter["organisation_id"] = ["Vælg en kommune eller en region."]
        if fejl := begyndelsesfejl(fra, aftale.aftaleperiode, aftale.vedtaget):
            felter["fra"] = [fejl]
        if felter:
            raise UgyldigtInput("ugyldig_part", "Parten kan ikke tilføjes, før felterne er rettet.", felter)
        part = _ny(aftale, organisation_id, Periode(fra, aftale.aftaleperiode.til))
        for allonge in _levende_allonger(aftale):
            _ny_i(allonge, organisation_id, Periode(fra, aftale.aftaleperiode.til))
        return part


def afslut_part(
    *, aktoer: Aktoer, aftale_id: UUID, part_id: UUID, sidste_dag: date, efterfoelger_id: UUID | None = None
) -> Part:
    """Let a party be one for the last time on a day; with a successor, that one is a party in its place from the day after.

    Raises IkkeFundet, UgyldigtInput, or Konflikt while the agreement, or an allonge of it, is out for approval.
    """
    aktoer.kraev(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        part = laas_part(aktoer, aftale_id, part_id)
        aftale, periode = part.aftale, Periode.af_range(part.periode)
        _kraev(aftale, HOLDER_OP, STAAR_FAST)
        felter: dict[str, list[str]] = {}
        if fejl := ophoersfejl(sidste_dag, periode, aftale.aftaleperiode, aftale.vedtaget):
            felter["sidste_dag"] = [fejl]
        if efterfoelger_id and not mulige_parter().exclude(pk=part.organisation_id).filter(pk=efterfoelger_id).exists():
            felter["efterfoelger_id"] = ["Vælg en anden kommune eller region."]
        if felter:
            raise UgyldigtInput("ugyldig_part", "Parten kan ikke afsluttes, før felterne er rettet.", felter)
        til = sidste_dag + timedelta(days=1)
        for allonge in _levende_allonger(aftale):
            samme = allonge.parter.filter(
                organisation=part.organisation_id, periode__overlap=Periode(til, None).som_range
            )
            for en in samme:
                _kraev(allonge, HOLDER_OP, STAAR_FAST)
                _afslut_i(en, til, efterfoelger_id, tidligst(allonge.aftaleperiode, allonge.vedtaget))
        return _afslut(part, til, efterfoelger_id)


def fjern_part(*, aktoer: Aktoer, aftale_id: UUID, part_id: UUID) -> None:
    """Take out a party that should not have been one, before the agreement is sent.

    Raises IkkeFundet, or Konflikt when it is too late or something is registered about the party: then it is part of the story.
    """
    aktoer.kraev(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        part = laas_part(aktoer, aftale_id, part_id)
        _kraev(part.aftale, FJERNES, "En part fjernes kun, før aftalen er sendt. Giv den i stedet en sidste dag.")
        _fjern(part)


def _fjern(part: Part) -> None:
    if any(getattr(part, navn).exists() for navn in _HISTORIE):
        besked = f"Der er registreret noget om parten i {part.aftale.titel}, så den bliver stående. Giv den i stedet en sidste dag."
        raise Konflikt("part_har_historie", besked)
    Part.objects.filter(pk=part.pk).fjern()


def _kraev(aftale: Rammeaftale, tilstande: Collection[Aftaletilstand], besked: str) -> None:
    if Aftaletilstand(aftale.tilstand) not in tilstande:
        raise Konflikt("parter_ligger_fast", f"{aftale.titel}: {besked}")


def _levende_allonger(aftale: Rammeaftale) -> list[Rammeaftale]:
    """The agreement's allonger that have not lapsed, locked."""
    allonger = aftale.allonger.exclude(tilstand=Aftaletilstand.BORTFALDET).select_for_update(no_key=True)
    return list(allonger.order_by("id"))


def _ny(aftale: Rammeaftale, organisation_id: UUID, periode: Periode) -> Part:
    if aftale.parter.filter(organisation=organisation_id, periode__overlap=periode.som_range).exists():
        raise Konflikt("part_findes", f"Organisationen er allerede part i {aftale.titel} i perioden.")
    return Part.objects.create(aftale=aftale, organisation_id=organisation_id, periode=periode.som_range)


def _ny_i(allonge: Rammeaftale, organisation_id: UUID, periode: Periode) -> None:
    """As far as the allonge goes, and of one that is adopted from the first day its parties may be others."""
    fra = max(periode.fra, tidligst(allonge.aftaleperiode, allonge.vedtaget))
    if (periode.til is None or fra < periode.til) and (
        faelles := Periode(fra, periode.til).faelles(allonge.aftaleperiode)
    ):
        _ny(allonge, organisation_id, faelles)


def _afslut(part: Part, til: date, efterfoelger_id: UUID | None) -> Part:
    gammel = Periode.af_range(part.periode)
    part.periode = Periode(gammel.fra, til).som_range
    part.efterfoelger_id = efterfoelger_id
    part.save(update_fields=["periode", "efterfoelger"])
    if efterfoelger_id:
        _ny(part.aftale, efterfoelger_id, Periode(til, gammel.til))
    return part


def _afslut_i(part: Part, til: date, efterfoelger_id: UUID | None, tidligst_: date) -> None:
    """A party of an allonge: taken out when it would not be one on any day of it, else ended as early as the allonge allows."""
    gammel, naar = Periode.af_range(part.periode), max(til, tidligst_)
    if naar > gammel.fra and (gammel.til is None or naar < gammel.til):
        _afslut(part, naar, efterfoelger_id)
    elif naar <= gammel.fra:
        _fjern(part)
        if efterfoelger_id:
            _ny(part.aftale, efterfoelger_id, gammel)
