"""Correcting what an agreement was begun with, while it is a draft: its title, and its period until the parties have been asked."""

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from django.db import transaction

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import Konflikt, UgyldigtInput
from faelles.haendelser import publicer
from faelles.tid import Periode
from rammeaftale.actions.faelles import laas_egen, overlapsfejl
from rammeaftale.actions.opret import (
    allongens_periode,
    kraev_titel_og_periode,
    parter_efter_hovedaftalen,
    parter_efter_registret,
)
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import Part, Rammeaftale
from rammeaftale.queries import seneste_sendte


def ret_aftale(
    *,
    aktoer: Aktoer,
    aftale_id: UUID,
    titel: str,
    fra: date,
    til: date | None,
    kraev_set: Callable[[], None] = lambda: None,
) -> Rammeaftale:
    """Another title, and other days, `til` not included (an allonge ends with its agreement: None). The address is kept.

    With other days the parties are set by the register anew, those of an allonge by its agreement; what the secretariat has set itself
    stands, and follows the period only where it began or ended with it. `kraev_set` refuses under the lock what has changed since
    the caller saw it. Raises IkkeFundet, UgyldigtInput, or Konflikt when the agreement is no draft.
    """
    aktoer.kraev(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        aftale = laas_egen(aktoer, aftale_id)
        kraev_set()
        if aftale.tilstand != Aftaletilstand.KLADDE:
            raise Konflikt(
                "aftale_ikke_kladde",
                f"{aftale.titel} er »{aftale.get_tilstand_display().lower()}«; titel og periode rettes kun, mens den er kladde.",
            )
        periode = _perioden(aftale, titel, fra, til)
        aftale.titel = titel.strip()
        if periode != aftale.aftaleperiode:
            _flyt_haandsatte(aftale, periode)
            aftale.periode = periode.som_range
            hoved = aftale.hovedaftale
            nye = (
                parter_efter_hovedaftalen(aftale, hoved, periode) if hoved else parter_efter_registret(aftale, periode)
            )
            _saet_parter(aftale, [ny for ny in nye if ny.organisation_id not in aftale.haandsatte])
        aftale.save(update_fields=["titel", "periode"])
        return aftale


def _perioden(aftale: Rammeaftale, titel: str, fra: date, til: date | None) -> Periode:
    """The days it shall have. Raises UgyldigtInput when it cannot have them."""
    if aftale.hovedaftale:
        periode = allongens_periode(aftale.hovedaftale, titel, fra)
        if til and til != periode.til:
            besked = "En allonge slutter med den aftale, den ændrer."
            raise UgyldigtInput("ugyldig_aftale", besked, {"til": [besked]})
    else:
        slut = til or aftale.aftaleperiode.til or date.max
        kraev_titel_og_periode(titel, fra, slut)
        periode = Periode(fra, slut)
        if fejl := overlapsfejl(aftale.kkr, periode, {Aftaletilstand.VEDTAGET}):
            raise UgyldigtInput("ugyldig_aftale", fejl, {"fra": [fejl]})
    if periode != aftale.aftaleperiode and seneste_sendte(aftale):
        besked = "Perioden ligger fast, når en version har været sendt til godkendelse: det er den, parterne har taget stilling til."
        raise UgyldigtInput("ugyldig_aftale", besked, {"fra": [besked]})
    return periode


def _flyt_haandsatte(aftale: Rammeaftale, periode: Periode) -> None:
    """Let those set by hand keep their days, but for the ends they had in common with the old period. Raises UgyldigtInput."""
    gammel = aftale.aftaleperiode
    for part in aftale.parter.filter(organisation__in=aftale.haandsatte).select_related("organisation"):
        sine = Periode.af_range(part.periode)
        fra = periode.fra if sine.fra == gammel.fra else sine.fra
        til = periode.til if sine.til == gammel.til else sine.til
        faelles = Periode(fra, til).faelles(periode) if til is None or fra < til else None
        if faelles is None:
            besked = f"{part.organisation} ville ikke være part i den periode med de dage, I har givet den. Ret eller fjern parten først."
            raise UgyldigtInput("ugyldig_aftale", besked, {"fra": [besked]})
        part.periode = faelles.som_range
        part.save(update_fields=["periode"])
        if faelles != sine:
            publicer("part.aendret", "rammeaftale", aftale.id)


def _saet_parter(aftale: Rammeaftale, nye: Iterable[Part]) -> None:
    """Let these be the parties; a party that is one still is the same row, with other days."""
    gamle: dict[UUID, list[Part]] = {}
    parter = aftale.parter.exclude(organisation__in=aftale.haandsatte)
    for part in parter.select_related("organisation").order_by("-periode"):
        gamle.setdefault(part.organisation_id, []).append(part)
    for ny in nye:
        kendt = gamle.get(ny.organisation_id)
        if kendt:
            part = kendt.pop()
            if _staar(part) != _staar(ny):
                publicer("part.aendret", "rammeaftale", aftale.id)
            part.periode, part.efterfoelger_id, part.begrundelse = ny.periode, ny.efterfoelger_id, ny.begrundelse
            part.save(update_fields=["periode", "efterfoelger", "begrundelse"])
        else:
            ny.save(force_insert=True)
            publicer("part.tilfoejet", "rammeaftale", aftale.id)
    for part in (part for rest in gamle.values() for part in rest):
        if part.udmeldingssvar.exists():
            besked = f"{part.organisation} ville ikke være part i den periode, og den har svaret på en central udmelding i aftalen."
            raise UgyldigtInput("ugyldig_aftale", besked, {"fra": [besked]})
        Part.objects.filter(pk=part.pk).fjern()
        publicer("part.fjernet", "rammeaftale", aftale.id)


def _staar(part: Part) -> tuple[Periode, UUID | None]:
    """What others are told of a party: its days, and who comes after it."""
    return Periode.af_range(part.periode), part.efterfoelger_id
